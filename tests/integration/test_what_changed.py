"""What changed, and what is different between two moments: API and command."""
import hashlib
import json
import os
import time
import unittest

try:
    import jsonschema
    import yaml
except ImportError:
    jsonschema = yaml = None

from test_garbage import report
from world import TREE, Collector, World

STORES = ("sqlite", "postgresql")


def next_second():
    """From its begin on: changes of one second are sorted, however slow we are."""
    time.sleep(1.02 - time.time() % 1)


class WhatChanged(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.collector = Collector(cls.world)
        next_second()  # history begins before the first report
        cls.number = int(time.time())
        cls.post("hv1", "Ethernet1/1", ["web-01"])
        cls.post("hv2", "Ethernet1/2", [])
        next_second()
        cls.middle = int(time.time())
        next_second()
        cls.post("hv1", "Ethernet1/3", [])
        cls.post("hv2", "Ethernet1/2", ["web-01", "db-01"])
        next_second()
        cls.post("hv2", "Ethernet1/2", ["web-01"])

    @classmethod
    def post(cls, host, port, machines):
        cls.number += 1
        document = report(cls.number)
        document["digest"] = "%016x" % cls.number
        document["host"] = {
            "id": hashlib.md5(host.encode()).hexdigest(), "name": host}
        document["nics"][0]["neighbors"][0]["port_id"]["value"] = port
        document["workloads"] = [{
            "id": "id-" + name, "kind": "vm", "name": name, "state": "running",
            "vnics": [{"name": "vnet-" + name, "vswitch": "br0",
                       "port_group": "tag 140"}]} for name in machines]
        status, _, body = cls.collector.ask(
            "POST", "/api/v1/reports", json.dumps(document).encode())
        assert status == 204, body

    def texts(self, path):
        return [c["text"] for c in self.collector.json(path)["changes"]]

    def test_changes_are_told_the_latest_first(self):
        self.assertEqual(self.texts("/api/v1/changes"), [
            "db-01 is gone from hv2",
            "hv1 ens1 moved from leaf1 Eth1/1 to leaf1 Eth1/3",
            "web-01 is gone from hv1",
            "db-01 started on hv2, vNIC vnet-db-01 on br0 tag 140",
            "web-01 started on hv2, vNIC vnet-web-01 on br0 tag 140",
            "hv1 reported for the first time: 1 NIC, 1 workload",
            "hv2 reported for the first time: 1 NIC, 0 workloads"])

    def test_the_difference_is_what_remains(self):
        self.assertEqual(self.texts("/api/v1/diff?from=%d" % self.middle), [
            "hv1 ens1 moved from leaf1 Eth1/1 to leaf1 Eth1/3",
            "web-01 is gone from hv1",
            "web-01 started on hv2, vNIC vnet-web-01 on br0 tag 140"])
        self.assertEqual(
            self.texts("/api/v1/diff?from=%d&kind=neighbor" % self.middle),
            ["hv1 ens1 moved from leaf1 Eth1/1 to leaf1 Eth1/3"])
        self.assertEqual(self.texts("/api/v1/diff?from=%d&to=%d" % (
            self.middle, self.middle)), [])

    def test_pages_together_are_the_list(self):
        for path in ("changes?host=hv2", "diff?from=%d" % self.middle):
            whole = self.collector.json("/api/v1/" + path)["changes"]
            items, path = [], "/api/v1/%s&limit=2" % path
            while path:
                page = self.collector.json(path)
                self.assertLessEqual(len(page["changes"]), 2)
                items += page["changes"]
                path = page.get("next")
            self.assertEqual(items, whole)

    def test_a_table_has_the_same_rows(self):
        status, headers, body = self.collector.ask(
            "GET", "/api/v1/changes.csv?kind=host")
        self.assertEqual(status, 200)
        self.assertIn("text/csv", headers["content-type"])
        lines = body.decode().split("\r\n")
        self.assertEqual(lines[0], "at,host,host_id,kind,what,thing,member,"
                         "was,is,text")
        self.assertEqual(len(lines), 4)

    @unittest.skipUnless(jsonschema and yaml, "python3-jsonschema, -yaml")
    def test_answers_are_as_the_contract_says(self):
        with open(os.path.join(TREE, "schema/api.yaml")) as file:
            contract = yaml.safe_load(file)
        for path, name in (("changes?limit=3", "Changes"), ("changes", "Changes"),
                           ("diff?from=%d" % self.middle, "Diff")):
            jsonschema.validate(
                self.collector.json("/api/v1/" + path),
                {"$ref": "#/components/schemas/" + name,
                 "components": contract["components"]},
                jsonschema.Draft202012Validator)

    def test_the_command_tells_them(self):
        told = self.collector.demarc("changes", "--since", "-1h")
        self.assertEqual(told.returncode, 0, told.stderr)
        lines = told.stdout.splitlines()
        self.assertRegex(lines[0], r"^WHEN +CHANGE$")
        self.assertRegex(lines[2], r"^(\d\d-\d\d )?\d\d:\d\d:\d\d  hv1 ens1 moved from "
                         "leaf1 Eth1/1 to leaf1 Eth1/3$")
        self.assertRegex(lines[8], r"^history is kept since [0-9: -]+; what was "
                         "before is not known$")
        self.assertEqual(len(lines), 9)
        told = self.collector.demarc("changes", "--kind", "nic")
        self.assertEqual(told.returncode, 1)
        self.assertRegex(told.stdout, "^nothing changed\nhistory is kept since ")
        told = self.collector.demarc("diff", str(self.middle))
        self.assertEqual(told.stdout, (
            "hv1\n"
            "  hv1 ens1 moved from leaf1 Eth1/1 to leaf1 Eth1/3\n"
            "  web-01 is gone from hv1\n"
            "\n"
            "hv2\n"
            "  web-01 started on hv2, vNIC vnet-web-01 on br0 tag 140\n"))

    def test_the_command_says_what_is_wrong(self):
        for words in (("changes", "--since", "soon"), ("diff",),
                      ("diff", "-1h", "-2h"), ("diff", "-1h", "-2m", "-1m"),
                      ("changes", "--kind", "cable"), ("hosts", "--since", "-1h"),
                      ("hosts", "--limit", "2"), ("diff", "-1h", "--until", "-1m"),
                      ("changes", "--at", "-1h")):
            told = self.collector.demarc(*words)
            self.assertEqual(told.returncode, 2, words)
            self.assertEqual(len(told.stderr.splitlines()), 1, told.stderr)
        self.assertEqual(
            self.collector.demarc("changes", "--host", "hv9").returncode, 1)
