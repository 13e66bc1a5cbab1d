"""The collector against schema/api.yaml, by validators and generators of others.

tests/contract does it; here it gets a collector.  The requests are made up from
the document, the same ones each time.  CONTRACT_TIMES=20 makes twenty times as
many, CONTRACT_SEED=N others.
"""
import os
import shutil
import subprocess
import unittest

from world import TREE, Collector, World

HERE = os.path.join(TREE, "tests/contract")
LONGEST_S = 30 * int(os.environ.get("CONTRACT_TIMES", "1"))


@unittest.skipUnless(shutil.which("node"), "Node.js is missing (package nodejs)")
@unittest.skipUnless(os.path.isdir(os.path.join(HERE, "node_modules")),
                     "npm has not fetched what tests/contract needs")
class Contract(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.collector = Collector(cls.world)

    def holds(self, part):
        done = subprocess.run(
            ["node", os.path.join(HERE, "contract.mjs"),
             "http://127.0.0.1:%d" % self.collector.port, part],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=LONGEST_S)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertTrue(self.collector.process.running(),
                        self.collector.process.said())
        print(done.stdout, end="", flush=True)

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


if __name__ == "__main__":
    unittest.main()
