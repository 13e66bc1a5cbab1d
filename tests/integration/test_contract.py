"""The collector against schema/api.yaml, by validators and generators of others.

tests/contract does it; here it gets a collector.  The requests are made up from
the document, the same ones each time.  CONTRACT_TIMES=20 makes twenty times as
many, CONTRACT_SEED=N others.
"""
import os
import shutil
import subprocess
import unittest

from world import TREE, Collector, World, program, until

STORES = ("sqlite", "postgresql")
HERE = os.path.join(TREE, "tests/contract")
TIMES = float(os.environ.get("CONTRACT_TIMES", "1"))
LONGEST_S = 120 * max(TIMES, 1)


@unittest.skipUnless(shutil.which("node"), "Node.js is missing (package nodejs)")
@unittest.skipUnless(os.path.isdir(os.path.join(HERE, "node_modules")),
                     "npm has not fetched what tests/contract needs")
class Holding(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.collector = Collector(cls.world)

    def holds(self, *parts, **environment):
        done = subprocess.run(
            ["node", os.path.join(HERE, "contract.mjs"),
             "http://127.0.0.1:%d" % self.collector.port, *parts],
            env=dict(os.environ, **environment),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=LONGEST_S)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertTrue(self.collector.process.running(),
                        self.collector.process.said())
        print(done.stdout, end="", flush=True)


class Contract(Holding):
    def test_the_document_is_right_in_itself(self):
        self.holds("document")

    def test_what_it_allows_is_answered_as_it_says(self):
        self.holds("valid")

    def test_what_nobody_should_ask_is_answered_as_it_says(self):
        self.holds("hostile")

    def test_what_may_be_reported_can_be_asked_for(self):
        self.holds("reports")

    def test_what_no_agent_sends_is_refused_as_it_says(self):
        self.holds("bodies")


class Guarded(Holding):
    """The same of a collector that wants tokens."""

    def setUp(self):
        self.holds("fixtures")
        made = subprocess.run(
            [program("demarc-collector"), "--config", self.collector.config,
             "token", "add", "ann", "viewer"], text=True, check=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        self.token = made.stdout.strip()
        until("a token is wanted", 5, lambda: self.collector.get(
            "/api/v1/hosts")[0] == 401)

    def test_both_with_a_token_and_without(self):
        for token in (self.token, ""):
            self.holds("valid", "hostile", CONTRACT_TOKEN=token,
                       CONTRACT_TIMES=str(TIMES / 4))


if __name__ == "__main__":
    unittest.main()
