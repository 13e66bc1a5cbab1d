"""Open vSwitch's database on a node of the lab."""
import json
import os
import subprocess
import time

from world import until

SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema"


class OpenVSwitch:
    """ovsdb-server alone: its bridges need no datapath to be told."""

    def __init__(self, host):
        self.host = host
        self.dir = os.path.join(host.dir, "run/openvswitch")
        self.socket = os.path.join(self.dir, "db.sock")
        self.process = None

    def start(self):
        os.makedirs(self.dir, exist_ok=True)
        conf = os.path.join(self.dir, "conf.db")
        if not os.path.exists(conf):
            subprocess.run(["ovsdb-tool", "create", conf, SCHEMA], check=True)
        self.process = self.host.start(
            "ovsdb", "ovsdb-server", "/run/openvswitch/conf.db",
            "--remote=punix:/run/openvswitch/db.sock",
            "--unixctl=/run/openvswitch/ovsdb.ctl")
        until("ovsdb-server answers", 5,
              lambda: self.do("--no-wait", "init") == 0)
        return time.time()

    def do(self, *words):
        return subprocess.run(
            ["ovs-vsctl", "--timeout=5", "--db=unix:" + self.socket,
             "--no-wait", *words], stderr=subprocess.DEVNULL,
            check=False).returncode

    def transact(self, table, name, columns):
        """Sets columns of one row to these texts and maps, whatever is in
        them: ovs-vsctl would have to have it quoted."""
        row = {column: ["map", list(map(list, value.items()))]
               if isinstance(value, dict) else value
               for column, value in columns.items()}
        answer = json.loads(subprocess.run(
            ["ovsdb-client", "--timeout=5", "transact",
             "unix:" + self.socket, json.dumps(["Open_vSwitch", {
                 "op": "update", "table": table, "row": row,
                 "where": [["name", "==", name]]}],
             ensure_ascii=False)],
            check=True, stdout=subprocess.PIPE).stdout)
        assert answer == [{"count": 1}], answer
