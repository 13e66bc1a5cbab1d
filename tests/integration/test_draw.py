"""Drawings of the three situations, through the API and the command line.

The hosts' reports are made up (tests/draw/situations.py); the collector and the
command line are the real ones, and every format is fetched.
"""
import os
import socket
import sys
import time
import unittest
import json
from xml.etree import ElementTree

from world import TREE, Collector, World, program

sys.path.insert(0, os.path.join(TREE, "tests/draw"))
import situations  # noqa: E402  (beside the formats' tests)

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
