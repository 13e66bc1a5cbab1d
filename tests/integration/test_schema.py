"""schema/report.json and the collector judge the same documents alike.

A good report and heartbeat are taken; then each of their members is replaced
by values of every kind, left out, or added to.  The collector's answer (204 or
400) must be what a JSON Schema validator of others says.  The answers of the
API are held against schema/api.yaml.
"""
import copy
import http.client
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
from urllib.parse import quote

from stores import database_of_test

try:
    import jsonschema
except ImportError:
    jsonschema = None
try:
    import yaml
except ImportError:
    yaml = None

STORES = ("sqlite", "postgresql")
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BUILD", "build")
HOST = "0123456789abcdef0123456789abcdef"
OTHERS = [None, True, False, -1, 0, 1.5, 70000, 1e300, "", " ", "x", "a b", "0" * 5000,
          [], ["x"], {}, {"x": 1}, [[]], "00:11:22:aa:bb:cc", "lldp", "full",
          "10,20-30", "4096", "0010,1-"]


def neighbor():
    return {
        "protocol": "lldp", "version": 1, "source_mac": "b8:ce:f6:00:00:01",
        "destination_mac": "01:80:c2:00:00:0e", "scope": "nearest-bridge",
        "vlan_tags": [{"id": 1, "priority": 7, "service": False}], "ttl_s": 120,
        "chassis_id": {"type": "mac", "value": "b8:ce:f6:00:00:00"},
        "port_id": {"type": "interface_name", "value": "Ethernet1/1"},
        "port_description": "to hv1", "system_name": "leaf1a", "system_description": "x",
        "platform": "p", "software": "s",
        "capabilities": {"supported": ["bridge"], "enabled": ["bridge"]},
        "management_addresses": ["10.0.0.1"], "native_vlan": 1, "pvid": 1,
        "vlans": [{"id": 140, "name": "storage"}], "voice_vlan": 4, "management_vlan": 5,
        "vtp_domain": "v", "duplex": "full", "autonegotiation": {"supported": True},
        "mtu": 1500, "max_frame": 9216, "aggregation": {"capable": True},
        "power": {}, "med": {}, "serial": "ABC12345", "checksum": "ok",
        "unknown_tlvs": [{"oui": "00:11:22", "type": 1, "octets": 4}], "skipped_tlvs": 0,
        "own": False, "ended": {"reason": "expired", "at": 100},
        "first_heard": 1, "last_heard": 2, "expires": 3, "frames": 4, "frame": "AAEC",
        "source": "vsphere"}


def report():
    return {
        "version": 1, "number": 1, "sent_at": 1000, "digest": "0" * 16,
        "agent": {"version": "0.1", "started_at": 1, "sources": ["lldp"],
                  "program": "demarc-vsphere", "via": "vcenter vc1"},
        "host": {"id": HOST, "name": "hv1", "kernel": "6", "os": "o", "vendor": "v",
                 "model": "m", "serial": "s", "platform": "esxi", "connection": "connected",
                 "chassis": "ENC 1", "slot": "bay 7", "unanswered": ["openvswitch"],
                 "addresses": ["10.0.0.2", "2001:db8::1"]},
        "nics": [{"name": "ens1", "ifindex": 3, "mac": "00:11:22:33:44:55",
                  "permanent_mac": "00:11:22:33:44:55", "alternative_names": ["enp3"],
                  "kind": "veth", "up": True, "carrier": True, "speed_mbps": 10000,
                  "duplex": "full", "mtu": 1500, "driver": "d", "bus": "b", "firmware": "f",
                  "firmware_lldp": True, "firmware_flag": "fw-lldp-agent",
                  "master": "bond0", "bond_state": "active",
                  "lacp": {"aggregator": 1, "actor": 63, "partner": 61}, "listening": False,
                  "listening_reason": "r", "frames_heard": 1, "frames_dropped": 0,
                  "frames_malformed": 0, "carrier_changed_at": 5, "port_name": "p0",
                  "slot": "PCIe 2",
                  "vfs": [{"index": 0, "mac": "00:11:22:33:44:77", "vlan": 42,
                           "trust": True, "spoof_check": False, "link": "auto"}],
                  "vlan_listening": {"period_s": 300, "window_s": 10, "since": 1,
                                     "filtered": True, "frames_dropped": 1,
                                     "frames_lost": 0},
                  "heard_vlans": [{"id": 140, "addresses": ["10.1.140.7"],
                                   "subnets": ["10.1.140.0/24"], "first_heard": 1,
                                   "last_heard": 2, "expires": 3, "frames": 4}],
                  "neighbors": [neighbor()]}],
        "links": [{"name": "bond0", "ifindex": 4, "kind": "bond", "mac": "00:11:22:33:44:55",
                   "up": True, "carrier": True, "mtu": 1500, "master": "br0", "lower": "x",
                   "vlan": 5, "bond_mode": "802.3ad", "bond_active": "ens1"}],
        "vswitches": [{"name": "br int", "kind": "openvswitch", "datapath": "kernel",
                       "vlan_filtering": False, "uuid": "50 1e", "mtu": 9000,
                       "discovery": {"protocol": "lldp", "operation": "both"},
                       "uplinks": [{"name": "bond0", "kind": "bond", "vlan": 140,
                                    "mode": "802.3ad", "lacp": "negotiated",
                                    "partner_mac": "00:11:22:33:44:66",
                                    "members": [{"nic": "ens1", "state": "active"}],
                                    "carries": "10-30,40", "untagged": 1}],
                       "patches": [{"name": "p1", "peer_vswitch": "br-ex"}]}],
        "port_groups": [{"vswitch": "br int", "name": "native 20, trunk 10", "vlan": 20,
                         "trunks": "10", "unknown_vlan": False, "id": "dvportgroup-12",
                         "team": {"policy": "loadbalance_srcid", "active": ["ens1"],
                                  "standby": ["ens2"], "unused": ["ens3"]},
                         "pvlan": {"primary": 100, "secondary": 101}}],
        "workloads": [{"id": "w1", "kind": "vm", "name": "web 01", "uuid": "u",
                       "state": "running", "source": "libvirt",
                       "vnics": [{"name": "vnet0", "mac": "52:54:00:00:00:01",
                                  "vswitch": "br int", "port_group": "native 20, trunk 10",
                                  "connected": True, "type": "macvtap", "mode": "bridge",
                                  "network": "prod", "nic": "ens1", "vf": 1}]}]}


def heartbeat():
    return {"version": 1, "number": 1, "sent_at": 1000, "digest": "0" * 16, "heartbeat": True,
            "host": {"id": HOST},
            "heard": [{"nic": "ens1", "protocol": "lldp", "source_mac": "b8:ce:f6:00:00:01",
                       "last_heard": 5, "expires": 6}],
            "heard_vlans": [{"nic": "ens1", "vlans": "10,20-30", "last_heard": 5,
                             "expires": 6}]}


def places(value, path=()):
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else \
        enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, path + (key,))


def changed(document, path, change):
    document = copy.deepcopy(document)
    at = document
    for key in path[:-1]:
        at = at[key]
    change(at, path[-1])
    return document


def set_to(value):
    def change(at, key):
        at[key] = value
    return change


def leave_out(at, key):
    del at[key]


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=20)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(20)
        self.sock.connect(self.path)


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if jsonschema is None or yaml is None:
            raise unittest.SkipTest("python3-jsonschema and python3-yaml are not installed")
        cls.directory = tempfile.mkdtemp(prefix="demarc-schema-")
        path = os.path.join(cls.directory, "socket")
        program = os.path.join(ROOT, BUILD, "demarc-collector")
        cls.process = subprocess.Popen(
            [program, "--listen", "unix:" + path, "--log_level", "warning",
             "--database", database_of_test(cls.directory),
             "--tokens", os.path.join(cls.directory, "tokens")])
        for _ in range(200):
            if os.path.exists(path):
                break
            time.sleep(0.05)
        cls.connection = UnixConnection(path)
        with open(os.path.join(ROOT, "schema/report.json"), encoding="utf-8") as f:
            cls.schema = json.load(f)
        jsonschema.Draft202012Validator.check_schema(cls.schema)
        cls.validator = jsonschema.Draft202012Validator(cls.schema)
        cls.number = 1

    @classmethod
    def tearDownClass(cls):
        cls.process.terminate()
        cls.process.wait()
        shutil.rmtree(cls.directory)

    def post(self, document):
        Schema.number += 1
        if isinstance(document.get("number"), int) and document["number"] == 1 and \
                not isinstance(document["number"], bool):
            document = dict(document, number=Schema.number)
        self.connection.request("POST", "/api/v1/reports", json.dumps(document),
                                {"Content-Type": "application/json"})
        reply = self.connection.getresponse()
        return reply.status, reply.read()

    def judge(self, document, what):
        status, body = self.post(document)
        # 409: a heartbeat that was understood, of a state that is not there.
        self.assertIn(status, (204, 400, 409), what)
        self.assertEqual(status != 400, self.validator.is_valid(document), (what, body))

    def judge_all(self, document):
        self.judge(document, "good")
        for path in list(places(document)):
            self.judge(changed(document, path, leave_out), (path, "left out"))
            for value in OTHERS:
                self.judge(changed(document, path, set_to(value)), (path, value))
        self.judge(dict(document, future={"x": [1]}), "unknown member")

    def test_reports(self):
        self.judge_all(report())

    def test_heartbeats(self):
        self.judge_all(heartbeat())

    def test_reports_of_the_unit_tests(self):
        """What unit tests read is what the schema allows; its answers are what the API says."""
        directory = os.path.join(ROOT, "tests/reports")
        for name in sorted(os.listdir(directory)):
            with open(os.path.join(directory, name), encoding="utf-8") as f:
                document = json.load(f)
            self.assertTrue(self.validator.is_valid(document), name)
            self.assertEqual(self.post(document)[0], 204, name)
        self.check_answers((
            ("/api/v1/hosts", "Hosts"), ("/api/v1/hosts/esx01", "Host"),
            ("/api/v1/vms", "Vms"), ("/api/v1/vms/vm-10", "Vm"),
            ("/api/v1/path?of=esx01%20DSwitch", "Path"), ("/api/v1/path?of=vm-30", "Path"),
            ("/api/v1/path?of=52:54:00:00:00:f3", "Path"), ("/api/v1/find?q=web", "Find"),
            ("/api/v1/find?q=vlan%20150", "Find"), ("/api/v1/find?q=52:54:0:0:0:f0", "Find"),
            ("/api/v1/find?q=chassis%20ENC77%20bay%207", "Find"),
            ("/api/v1/vswitches", "Vswitches"), ("/api/v1/vswitches/DSwitch", "Vswitch"),
            ("/api/v1/vlans", "Vlans"), ("/api/v1/vlans/140", "Vlan"),
            ("/api/v1/vlans/150", "Vlan"), ("/api/v1/vlans/77", "Vlan"),
            ("/api/v1/hosts?limit=1&kind=esxi", "Hosts"), ("/api/v1/vms?limit=2", "Vms"),
            ("/api/v1/vswitches?limit=3", "Vswitches"), ("/api/v1/vlans?limit=1", "Vlans"),
            ("/api/v1/switches?limit=1", "Switches"), ("/api/v1/vms?limit=x", "Problem"),
            ("/api/v1/switches", "Switches"), ("/api/v1/switches/leaf1a", "Switch")))

    def test_answers_have_what_the_api_says(self):
        good = report()
        del good["nics"][0]["neighbors"][0]["ended"]
        good["digest"] = "1" * 16
        good["workloads"].append({"id": "w2", "kind": "namespace", "name": "lost",
                                  "vnics": [{"name": "veth0"}]})
        self.assertEqual(self.post(good)[0], 204)
        self.check_answers((("/api/v1/find?q=hv1", "Find"), ("/api/v1/path?of=hv1", "Path"),
                           ("/api/v1/hosts", "Hosts"), ("/api/v1/hosts/hv1", "Host"),
                           ("/api/v1/switches", "Switches"),
                           ("/api/v1/switches/leaf1a", "Switch"),
                           ("/api/v1/path?of=web%2001", "Path"),
                           ("/api/v1/path?of=hv1%20lost", "Path"),
                           ("/api/v1/path?of=br%20int", "Path"),
                           ("/api/v1/find?q=web", "Find"),
                           ("/api/v1/find?q=vlan%2010", "Find"),
                           ("/api/v1/vms", "Vms"), ("/api/v1/vms/w1", "Vm"),
                           ("/api/v1/vswitches", "Vswitches"),
                           ("/api/v1/vlans", "Vlans"),
                           ("/api/v1/vlans/140", "Vlan"),
                           ("/api/v1/vlans/20", "Vlan"),
                           ("/api/v1/vswitches/br%20int", "Vswitch"),
                           ("/api/v1/nothing", "Problem")))

    def test_lists_have_the_parameters_that_the_api_says(self):
        with open(os.path.join(ROOT, "schema/api.yaml"), encoding="utf-8") as f:
            api = yaml.safe_load(f)

        def resolved(value):
            while "$ref" in value:
                at = api
                for step in value["$ref"].split("/")[1:]:
                    at = at[step]
                value = at
            return value
        lists = 0
        for path, item in api["paths"].items():
            if "text/csv" not in item.get("get", {}).get(
                    "responses", {}).get("200", {}).get("content", {}):
                continue
            lists += 1
            known = []
            parameters = [resolved(one) for one in item["get"]["parameters"]]
            begin = path + "?"
            if any(one.get("required") for one in parameters):  # from, of a diff
                begin += "from=%d&" % (time.time() - 1)
            for of_path in parameters:
                known.append(of_path["name"])
                words = resolved(of_path["schema"]).get("enum", [])
                for word in words:
                    status, body = self.get("%s%s=%s" % (begin, known[-1], quote(word)))
                    # 410: there was no history yet.
                    self.assertIn(status, (200, 410 if "from=" in begin else 200), body)
                if words:
                    status, body = self.get("%s%s=x" % (begin, known[-1]))
                    self.assertEqual(status, 400)
                    self.assertIn(": " + ", ".join(words), json.loads(body)["detail"])
            status, body = self.get(begin + "nonsense=1")
            self.assertEqual(status, 400)
            self.assertEqual(set(json.loads(body)["detail"].split(": ")[1].split(", ")),
                             set(known), path)
        self.assertEqual(lists, 16)

    def get(self, path):
        self.connection.request("GET", path)
        reply = self.connection.getresponse()
        return reply.status, reply.read()

    def check_answers(self, answers):
        with open(os.path.join(ROOT, "schema/api.yaml"), encoding="utf-8") as f:
            api = yaml.safe_load(f.read().replace("report.json#/", "#/"))
        del api["paths"]
        api["$defs"] = self.schema["$defs"]
        for path, name in answers:
            self.connection.request("GET", path)
            answer = json.loads(self.connection.getresponse().read())
            schema = dict(api, **{"$ref": "#/components/schemas/" + name})
            jsonschema.Draft202012Validator(schema).validate(answer)


if __name__ == "__main__":
    unittest.main()
