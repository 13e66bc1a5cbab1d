"""Findings of a running collector: opened, shown, acknowledged, closed, kept."""
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
from world import TREE, Collector, World, until

STORES = ("sqlite", "postgresql")
RULE = "neighbor-goodbye"


class Sender:
    """A host that tells one collector after another what its NIC hears."""

    def __init__(self, name="hv1"):
        self.name, self.number = name, int(time.time())

    def post(self, collector, goodbye):
        self.number += 1
        document = report(self.number)
        document["digest"] = "%016x" % self.number
        document["host"] = {
            "id": hashlib.md5(self.name.encode()).hexdigest(),
            "name": self.name}
        if goodbye:
            document["nics"][0]["neighbors"][0]["ended"] = {
                "reason": "goodbye", "at": int(time.time())}
        status, _, body = collector.ask(
            "POST", "/api/v1/reports", json.dumps(document).encode())
        assert status == 204, body


def findings(collector, host, more=""):
    path = "/api/v1/findings?rule=%s&host=%s%s" % (RULE, host, more)
    return collector.json(path)["findings"]


class Findings(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.collector = Collector(cls.world)

    def found(self, host, more=""):
        return findings(self.collector, host, more)

    def open_one(self, host):
        Sender(host).post(self.collector, True)
        until("the goodbye is found", 5, lambda: self.found(host))
        return self.found(host)[0]

    def ack(self, one, body):
        return self.collector.ask(
            "POST", "/api/v1/findings/%s/ack" % one["id"],
            json.dumps(body).encode())

    def test_a_finding_lives_and_stays_in_history(self):
        sender = Sender("hv1")
        sender.post(self.collector, False)
        time.sleep(1.1)  # a moment at which nothing was wrong
        before = int(time.time())
        time.sleep(1.1)
        sender.post(self.collector, True)
        until("the goodbye is found", 5, lambda: self.found("hv1"))
        one = self.found("hv1")[0]
        self.assertEqual((one["host"], one["nic"]), ("hv1", "ens1"))
        self.assertEqual(self.ack(one, {"note": "is replaced"})[0], 200)
        known = self.found("hv1", "&acknowledged=yes")[0]
        self.assertEqual(known["acknowledged"]["note"], "is replaced")
        self.assertEqual(known["id"], one["id"])
        host = self.collector.json("/api/v1/hosts/hv1")
        self.assertIn(one["id"], [f["id"] for f in host["findings"]])
        # A start of the collector tells nothing twice.
        self.collector.stop()
        self.collector.start()
        again = self.found("hv1")[0]
        self.assertEqual(again["opened_at"], one["opened_at"])
        self.assertEqual(again["acknowledged"]["note"], "is replaced")
        time.sleep(1.1)
        middle = int(time.time())
        time.sleep(1.1)
        sender.post(self.collector, False)
        until("it is closed", 5, lambda: not self.found("hv1"))
        was = self.found("hv1", "&at=%d" % middle)
        self.assertEqual([f["id"] for f in was], [one["id"]])
        self.assertEqual(was[0]["acknowledged"]["note"], "is replaced")
        self.assertEqual(self.found("hv1", "&at=%d" % before), [])

    @unittest.skipUnless(jsonschema and yaml, "python3-jsonschema, -yaml")
    def test_answers_are_as_the_contract_says(self):
        one = self.open_one("hv2")
        with open(os.path.join(TREE, "schema/api.yaml")) as file:
            contract = yaml.safe_load(file)
        for path, name in (("findings", "Findings"), ("rules", "Rules"),
                           ("findings/" + one["id"], "FindingAnswer"),
                           ("hosts/hv2", "Host")):
            answer = self.collector.json("/api/v1/" + path)
            jsonschema.validate(
                answer["findings"] if name == "Host" else answer,
                {"$ref": "#/components/schemas/" + (
                    "FindingsNamed" if name == "Host" else name),
                 "components": contract["components"]},
                jsonschema.Draft202012Validator)

    def test_what_is_wrong_with_an_acknowledgement_is_said(self):
        one = self.open_one("hv3")
        for status, body in ((400, {}), (400, {"note": ""}), (400, []),
                             (400, {"note": 7}),
                             (400, {"note": "x", "until": 1}),
                             (400, {"note": "x" * 1001})):
            self.assertEqual(self.ack(one, body)[0], status, body)
        self.assertEqual(self.collector.ask(
            "POST", "/api/v1/findings/%s/ack" % one["id"], b"{}",
            kind="text/plain")[0], 415)
        self.assertEqual(
            self.ack({"id": "0" * 16}, {"note": "x"})[0], 404)

    def test_the_command_tells_them(self):
        one = self.open_one("hv4")
        told = self.collector.demarc("findings", "--rule", RULE)
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertIn(one["id"], told.stdout)
        told = self.collector.demarc("findings", one["id"])
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertIn("What both sides say", told.stdout)
        told = self.collector.demarc(
            "findings", "ack", one["id"], "is", "replaced")
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertIn(": is replaced", told.stdout)
        told = self.collector.demarc("findings", "--host", "nobody")
        self.assertEqual(told.returncode, 1, told.stderr)
        for words in (("findings", "--owner", "me"), ("finding",),
                      ("ack", one["id"]), ("hosts", "--owner", "network"),
                      ("findings", "--since", "-1h")):
            told = self.collector.demarc(*words)
            self.assertEqual(told.returncode, 2, words)
            self.assertEqual(len(told.stderr.splitlines()), 1, told.stderr)


if __name__ == "__main__":
    unittest.main()
