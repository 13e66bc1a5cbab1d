"""Server-sent events: what changes is told at once, in order, and once."""
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

from listening import Listener
from test_garbage import report
from world import TREE, Collector, World, until

STORES = ("sqlite", "postgresql")
# Within it a sleeping stream must write something.
COMMENT_S = 15


class Events(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.collector = Collector(cls.world)
        cls.number = int(time.time())
        cls.quiet = Listener(cls.collector.port, "?host=nobody")
        cls.quiet_since = time.time()
        cls.post("hv1", [])

    def setUp(self):
        self.listeners = []
        self.addCleanup(lambda: [one.close() for one in self.listeners])

    @classmethod
    def post(cls, host, machines, **more):
        """A report of a host with these machines."""
        cls.number += 1
        document = report(cls.number)
        document["digest"] = "%016x" % cls.number
        document["host"] = {
            "id": hashlib.md5(host.encode()).hexdigest(), "name": host}
        document["workloads"] = [{
            "id": "id-" + name, "kind": "vm", "name": name,
            "state": "running", "vnics": []} for name in machines]
        document["nics"][0].update(more)
        status, _, body = cls.collector.ask(
            "POST", "/api/v1/reports", json.dumps(document).encode())
        assert status == 204, body

    def listen(self, *query, **more):
        one = Listener(self.collector.port, *query, **more)
        self.listeners.append(one)
        first = one.until(1)[0]
        return one, first

    @staticmethod
    def said(events):
        return [one["data"]["text"] for one in events]

    def descriptors(self):
        return len(os.listdir("/proc/%d/fd" % self.collector.process.pid))

    def cpu_s(self):
        with open("/proc/%d/stat" % self.collector.process.pid) as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def test_a_change_is_told_at_once(self):
        one, first = self.listen()
        self.assertEqual(first["event"], "ready")
        self.assertIn("text/event-stream", one.head)
        self.assertNotIn("Content-Encoding", one.head)
        self.assertNotIn("Content-Length", one.head)
        begun = time.time()
        self.post("hv1", ["web-01"], carrier=False)
        events = one.until(2)
        print("       told %.0f ms after" % ((time.time() - begun) * 1000))
        self.assertEqual(self.said(events), [
            "hv1 ens1 lost its link", "web-01 started on hv1"])
        self.assertEqual(events[0]["data"]["was"], "yes")
        self.post("hv1", [])
        self.assertEqual(len(one.until(2)), 2)

    @unittest.skipUnless(jsonschema and yaml, "python3-jsonschema, -yaml")
    def test_an_event_is_as_the_contract_says(self):
        with open(os.path.join(TREE, "schema/api.yaml")) as file:
            contract = yaml.safe_load(file)
        wanted = {"$ref": "#/components/schemas/Change",
                  "components": contract["components"]}
        one, _ = self.listen()
        self.post("hv4", [])
        self.post("hv4", ["m"], speed_mbps=10, carrier=False)
        self.post("hv4", [])
        for event in one.until(6):
            jsonschema.validate(
                event["data"], wanted, jsonschema.Draft202012Validator)

    def test_the_same_again_is_no_event(self):
        one, _ = self.listen()
        self.post("hv1", [])
        self.post("hv1", ["last"])
        self.assertEqual(self.said(one.until(1)), ["last started on hv1"])
        self.post("hv1", [])

    def test_filters_by_host_and_kind(self):
        host, _ = self.listen("?host=hv2")
        kind, _ = self.listen("?kind=nic")
        self.post("hv2", [])
        self.post("hv1", ["a"])
        self.post("hv1", [], mtu=9000)
        self.post("hv2", ["b"], mtu=9000)
        self.assertEqual(self.said(host.until(3)), [
            "hv2 reported for the first time: 1 NIC, 0 workloads",
            "MTU of hv2 ens1 changed from 1500 to 9000",
            "b started on hv2"])
        self.assertEqual(self.said(kind.until(2)), [
            "MTU of hv1 ens1 changed from 1500 to 9000",
            "MTU of hv2 ens1 changed from 1500 to 9000"])
        self.post("hv1", [])
        self.post("hv2", [])

    def test_nothing_is_missed_over_a_reconnect(self):
        one, _ = self.listen()
        told = []
        for turn in range(1, 21):
            self.post("hv1", ["vm-%d" % turn])
            if turn % 4 == 0:
                told += one.until(1)
                one.close()
                one = Listener(self.collector.port, last=told[-1]["id"])
                self.listeners.append(one)
        self.post("hv1", [])
        while len(told) < 40:
            told += one.until(1)
        self.assertEqual({event["event"] for event in told}, {"change"})
        numbers = [int(event["id"].split("-")[1]) for event in told]
        self.assertEqual(
            numbers, list(range(numbers[0], numbers[0] + 40)))

    def test_who_names_another_life_is_told_to_read_anew(self):
        for last in ("1-1", "nonsense"):
            one, first = self.listen(last=last)
            self.assertEqual(first["event"], "reset")
        self.post("hv1", ["after"])
        self.assertEqual(self.said(one.until(1)), ["after started on hv1"])
        self.post("hv1", [])

    def test_a_client_of_http_1_0_is_served(self):
        one, _ = self.listen(version="1.0")
        self.assertNotIn("chunked", one.head)
        self.post("hv1", ["old"])
        self.assertEqual(self.said(one.until(1)), ["old started on hv1"])
        self.post("hv1", [])

    def test_two_hundred_listen(self):
        count, turns = 200, 10
        many = [self.listen()[0] for _ in range(count)]
        before = self.cpu_s()
        for turn in range(turns):
            self.post("hv1", ["turn-%d" % turn] if turn % 2 else [],
                      mtu=2000 + turn)
            for one in many:
                self.assertIn("event", one.until(1)[0])
        spent = self.cpu_s() - before
        print("       %.0f us of CPU for each delivery" % (
            spent / turns / count * 1e6))

    def test_who_vanishes_is_forgotten(self):
        self.post("hv1", [])
        before = self.descriptors()
        for _ in range(50):
            self.listen()[0].close()
        self.assertGreater(self.descriptors(), before + 40)
        machines = []

        def gone():
            machines[:] = [] if machines else ["m"]
            self.post("hv1", machines)
            return self.descriptors() <= before + 2
        until("their connections are closed", 10, gone, 0.2)

    def test_who_is_slow_is_let_go(self):
        slow, _ = self.listen(room=4096)
        quick, _ = self.listen("?kind=nic")
        names = ["machine-%04d-%s" % (n, "x" * 100) for n in range(900)]
        for turn in range(24):
            self.post("hv3", names if turn % 2 == 0 else [])
        rss = self.collector.process.rss_kib()
        events = []
        while not slow.ended:
            self.assertTrue(slow.read(10))
            events += slow.events()
        self.assertEqual(events[-1]["event"], "reset")
        self.post("hv1", [], mtu=1600)
        self.assertEqual(len(quick.until(1)), 1)
        self.post("hv1", [])
        print("       after %d events; %d MiB resident" % (
            len(events), rss / 1024))

    def test_who_hears_nothing_gets_a_comment(self):
        left = COMMENT_S - (time.time() - self.quiet_since)
        while self.quiet.read(max(left, 0.5)):
            self.quiet.events()
            if self.quiet.comments:
                break
        self.assertGreater(self.quiet.comments, 0)

    def test_wrong_questions_are_refused(self):
        for query in ("kind=cable", "host=", "limit=5"):
            status, _, _ = self.collector.ask(
                "GET", "/api/v1/events?" + query)
            self.assertEqual(status, 400, query)
        status, headers, body = self.collector.ask("HEAD", "/api/v1/events")
        self.assertEqual((status, body), (200, b""))


class Ending(unittest.TestCase):
    def test_the_streams_end_with_the_collector(self):
        world = World()
        self.addCleanup(world.close)
        collector = Collector(world)
        many = [Listener(collector.port) for _ in range(20)]
        for one in many:
            one.until(1)
        begun = time.time()
        self.assertEqual(collector.stop(), 0)
        self.assertLess(time.time() - begun, 1)
        for one in many:
            while not one.ended:
                self.assertTrue(one.read(5))
            self.assertEqual(one.raw, b"")
            one.close()
