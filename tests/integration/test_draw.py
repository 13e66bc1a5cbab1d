"""Drawings of the three situations, through the API and the command line.

The hosts' reports are made up (tests/draw/situations.py); the collector and the
command line are the real ones, and every format is fetched.
"""
import os
import sys
import time
import unittest
import json
from xml.etree import ElementTree

from world import TREE, Collector, World

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


if __name__ == "__main__":
    unittest.main()
