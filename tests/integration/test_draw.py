"""Drawings of the three situations, through the API and the command line.

The hosts' reports are made up (tests/draw/situations.py); the collector and the
command line are the real ones, and every format is fetched.
"""
import copy
import json
import os
import random
import socket
import sys
import time
import unittest
from xml.etree import ElementTree

from world import BUILD, TREE, Collector, World, program

sys.path.insert(0, os.path.join(TREE, "tests/draw"))
sys.path.insert(0, os.path.join(TREE, "tests/fleet"))
import situations  # noqa: E402  (beside the formats' tests)
from clocked import Clocked  # noqa: E402

TEXTS = {"drawio": "<mxfile", "dot": "graph", "mmd": "flowchart", "graphml": "<graphml",
         "excalidraw": "excalidraw", "svg": "<svg"}
RACK = "scope=sw-c07-a,sw-c07-b"
POD = "scope=sw-d01-a,sw-d01-b,sw-d02-a,sw-d02-b"


class Draw(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.collector = Collector(cls.world)
        now = int(time.time())
        for report in situations.rack(now) + situations.pod(now):
            status, _, said = cls.collector.ask(
                "POST", "/api/v1/reports", json.dumps(report).encode())
            assert status == 204, said

    def draw(self, suffix, query, status=200):
        got, headers, body = self.collector.ask(
            "GET", "/api/v1/draw.%s?%s" % (suffix, query))
        self.assertEqual(got, status, body[:300])
        return headers, body

    def texts(self, query):
        """All words of the SVG."""
        _, body = self.draw("svg", query)
        root = ElementTree.fromstring(body)
        return " ".join("".join(one.itertext()) for one in root.iter()
                        if one.tag.endswith("text"))

    def test_a_rack_shows_both_sides_of_each_cable(self):
        said = self.texts(RACK + "&title=Rack%20C07")
        for text in ("Rack C07", "sw-c07-a", "sw-c07-b", "esx-07", "lxb-03", "kvm-02",
                     "Te1/8", "carries 130", "needs 120, 130", "native 30", "br0 untagged",
                     "no link", "dvs-prod", "PG-WEB", "web-01", "bond0", "demarc"):
            self.assertIn(text, said)

    def test_a_way_shows_what_both_sides_say(self):
        said = self.texts("scope=nic:esx-07%20vmnic3&highlight=vm:web-01")
        for text in ("Which switch port does esx-07 vmnic3 use?", "Te1/8 on sw-c07-b",
                     "needs VLAN 120, 130", "carries VLAN 130", "MTU 9216", "PG-WEB"):
            self.assertIn(text, said)

    def test_a_pod_shows_every_host(self):
        said = self.texts(POD)
        for number in range(21, 37):
            self.assertIn("esx-%d" % number, said)

    def test_each_format_can_be_had(self):
        for suffix, begin in TEXTS.items():
            for query in (RACK, POD, "scope=vm:web-01"):
                _, body = self.draw(suffix, query)
                self.assertIn(begin, body.decode()[:4000], suffix)
        for suffix in ("txt", "ascii"):
            _, body = self.draw(suffix, "scope=vm:web-01")
            self.assertIn("web-01", body.decode())
        self.draw("gif", RACK, 404)

    def test_the_command_line_writes_a_file(self):
        name = os.path.join(self.world.dir, "rack.svg")
        done = self.collector.demarc("draw", "sw-c07-a,sw-c07-b", "-o", name)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(name, encoding="utf-8") as file:
            self.assertIn("esx-07", file.read())
        done = self.collector.demarc("draw", "web-01")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("web-01", done.stdout)
        self.assertEqual(self.collector.demarc("draw", "vmnic0").returncode, 2)
        self.assertEqual(self.collector.demarc("draw", "nobody").returncode, 1)
        self.assertEqual(
            self.collector.demarc("draw", "web-01", "-o", "noformat").returncode, 2)
        self.assertEqual(self.collector.demarc("hosts", "-o", name).returncode, 2)

    def test_the_command_line_says_that_there_are_pages(self):
        name = os.path.join(self.world.dir, "pods.svg")
        scope = ("draw", POD[len("scope="):], "-o", name)
        done = self.collector.demarc(*scope, "--detail", "index")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("pods.svg is the index of 2 pages; --page 1 to --page 2",
                      done.stderr)
        done = self.collector.demarc(
            *scope, "--detail", "index", "--page", "2")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        with open(name, encoding="utf-8") as file:
            self.assertTrue("Page 2 of 2" in file.read())
        done = self.collector.demarc(*scope)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        done = self.collector.demarc("draw", "web-01", "--page", "2")
        self.assertEqual(done.returncode, 2)
        self.assertIn("text", done.stderr)


def renewed(report, seconds):
    """The report that comes so much later, with no news in it: what is heard is
    heard again, and what is not is not."""
    out = copy.deepcopy(report)
    for nic in out["nics"]:
        for heard in nic.get("neighbors", []) + nic.get("heard_vlans", []):
            if heard["expires"] >= out["sent_at"]:
                heard["last_heard"] += seconds
                heard["expires"] += seconds
    for one in ("sent_at", "number"):
        out[one] += seconds
    return out


class SameState(unittest.TestCase):
    """What is the same, and what differs, on a clock that the test sets."""
    NOW = 1795269900 + 20  # shortly after what a drawing is floored to
    SCOPES = (RACK, POD, "scope=vm:web-01", "scope=vm:web-01&detail=full")
    THINGS = ("switch", "port", "host", "nic", "vswitch", "group", "machine", "vnic")
    FORMATS = ("svg", "drawio", "excalidraw", "dot", "mmd", "graphml", "vsdx", "txt", "ascii")

    def setUp(self):
        self.reports = situations.rack(self.NOW) + situations.pod(self.NOW)

    def collector(self, reports):
        one = Clocked(os.path.join(BUILD, "clocked"), ":memory:")
        self.addCleanup(one.close)
        one.start(self.NOW)
        for report in reports:
            self.tell(one, report)
        return one

    def tell(self, collector, report):
        status, said = collector.post(json.dumps(report).encode())
        self.assertEqual(status, 204, said)

    def host(self, name):
        return next(r for r in self.reports if r["host"]["name"] == name)

    def draw(self, collector, suffix, query):
        # Asked by this name, it links to no address of its own.
        status, body = collector.request("GET", "/api/v1/draw.%s?%s" % (suffix, query),
                                         headers={"Host": "localhost"})
        self.assertEqual(status, 200, body[:300])
        return body

    def draw_all(self, collector):
        return {(suffix, scope): self.draw(collector, suffix, scope)
                for suffix in self.FORMATS for scope in self.SCOPES
                if "detail" not in scope or suffix not in ("txt", "ascii")}

    def elements(self, collector, query):
        """Of Excalidraw, by their ids: where each is, and what it says."""
        return {one["id"]: one for one in json.loads(
            self.draw(collector, "excalidraw", query))["elements"]}

    @staticmethod
    def place(element):
        return [element[of] for of in ("x", "y", "width", "height")]

    def differing(self, one, other):
        return [i for i in set(one) | set(other) if one.get(i) != other.get(i)]

    def test_a_heartbeat_without_news_is_the_same_drawing(self):
        collector = self.collector(self.reports)
        before = self.draw_all(collector)
        for seconds in (60, 120):
            collector.set_time(self.NOW + seconds)
            for report in self.reports:
                self.tell(collector, renewed(report, seconds))
            self.assertEqual(self.draw_all(collector), before)

    def test_a_change_is_drawn_at_once(self):
        collector = self.collector(self.reports)
        before = self.draw_all(collector)
        collector.set_time(self.NOW + 60)
        report = renewed(self.host("esx-07"), 60)
        report["workloads"][2]["state"] = "off"
        report["digest"] = "f" * 16
        self.tell(collector, report)
        for scope in self.SCOPES:
            same = self.draw(collector, "svg", scope) == before["svg", scope]
            self.assertEqual(same, scope == POD, scope)

    def test_reports_in_another_order_are_the_same_drawing(self):
        before = self.draw_all(self.collector(self.reports))
        shuffled = list(self.reports)
        random.Random(5).shuffle(shuffled)
        self.assertEqual(self.draw_all(self.collector(shuffled)), before)

    def test_one_changed_claim_changes_ten_elements_at_most(self):
        collector = self.collector(self.reports)
        before = {scope: self.elements(collector, scope) for scope in (RACK, POD)}
        for name, scope in (("esx-07", RACK), ("esx-23", POD)):
            report = self.host(name)
            report["nics"][1]["neighbors"][0]["native_vlan"] = 99
            report["digest"] = "f" * 16
            report["number"] += 1
            self.tell(collector, report)
            changed = self.differing(before[scope], self.elements(collector, scope))
            self.assertTrue(1 < len(changed) <= 10, sorted(changed))

    def test_one_more_machine_moves_no_other_host(self):
        collector = self.collector(self.reports)
        before = {scope: self.elements(collector, scope) for scope in (RACK, POD)}
        for name, scope in (("esx-07", RACK), ("esx-23", POD)):
            report = self.host(name)
            report["workloads"].append(situations.vm(
                "web-03", "00:50:56:9a:1c:%s" % name[-2:],
                report["vswitches"][-1]["name"], "PG-WEB"))
            report["digest"] = "f" * 16
            report["number"] += 1
            self.tell(collector, report)
            after = self.elements(collector, scope)
            self.assertNotEqual(after, before[scope])
            for one, was in before[scope].items():
                # Its host may get a row more, and what is at the foot goes down by that.
                kind, _, rest = one[2:].partition(":")
                if kind in self.THINGS and (
                        kind == "nic" or not rest.startswith(report["host"]["id"])):
                    self.assertEqual(self.place(was), self.place(after[one]), one)


class SlowPictures(unittest.TestCase):
    """What stands in for demarc-picture makes none until it may."""

    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.go = os.path.join(self.world.dir, "go")
        painter = os.path.join(
            os.path.dirname(program("demarc-collector")), "demarc-picture")
        with open(painter, "w") as file:
            file.write("#!/bin/sh\nuntil [ -e %s ]; do sleep 0.1; done\n"
                       "cat > /dev/null\necho painted\n" % self.go)
        os.chmod(painter, 0o755)
        self.addCleanup(os.remove, painter)
        self.collector = Collector(self.world, threads=1)
        self.report(int(time.time()))

    def report(self, now):
        for report in situations.rack(now):
            status, _, said = self.collector.ask(
                "POST", "/api/v1/reports", json.dumps(report).encode())
            self.assertEqual(status, 204, said)

    def ask(self, count):
        """Asks for so many pictures at once; gives their sockets."""
        talks = []
        for number in range(count):
            talk = socket.create_connection(
                ("127.0.0.1", self.collector.port), 10)
            self.addCleanup(talk.close)
            talk.sendall(b"GET /api/v1/draw.pdf?%s&title=%d HTTP/1.1\r\n"
                         b"Host: localhost\r\nConnection: close\r\n\r\n" %
                         (RACK.encode(), number))
            talks.append(talk)
        return talks

    @staticmethod
    def answers(talks):
        return [b"".join(iter(lambda: talk.recv(65536), b""))
                for talk in talks]

    def test_nobody_else_waits_for_them(self):
        talks = self.ask(12)
        for path in ("/healthz", "/api/v1/hosts", "/api/v1/draw.svg?" + RACK,
                     "/api/v1/draw.txt?scope=vm:web-01"):
            begun = time.time()
            self.assertEqual(self.collector.get(path)[0], 200)
            self.assertLess(time.time() - begun, 2, path)
        self.report(int(time.time()))
        with open(self.go, "w"):
            pass
        answers = self.answers(talks)
        painted = [a for a in answers if a.endswith(b"painted\n")]
        refused = [a for a in answers if a.startswith(b"HTTP/1.1 503") and
                   b"\r\nRetry-After: " in a]
        self.assertEqual(len(painted) + len(refused), len(talks), answers)
        # Eight wait, and one is being made, if it was begun by then.
        self.assertIn(len(painted), (8, 9))

    def test_the_end_does_not_wait_for_them(self):
        talks = self.ask(3)
        for _ in range(2):  # what came before the first was read by then
            self.collector.get("/healthz")
        self.assertEqual(self.collector.stop(), 0, self.collector.process.said())
        for answer in self.answers(talks):
            self.assertTrue(answer.startswith(b"HTTP/1.1 503"), answer)


if __name__ == "__main__":
    unittest.main()
