"""A small fleet lives through an hour: does the collector say what is true?

tests/fleet/fleet.py is the same for fleets of any size.  SEED=N repeats a run.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from stores import database_of_test
from world import BUILD, TREE

STORES = ("sqlite", "postgresql")


class Fleet(unittest.TestCase):
    def test_of_an_hour_of_changes_every_answer_is_true(self):
        directory = tempfile.mkdtemp(prefix="demarc-fleet-")
        self.addCleanup(shutil.rmtree, directory)
        command = [sys.executable, "-B",
                   os.path.join(TREE, "tests/fleet/fleet.py"),
                   os.path.join(BUILD, "clocked"),
                   "--database", database_of_test(directory)]
        if "SEED" in os.environ:
            command += ["--seed", os.environ["SEED"]]
        ran = subprocess.run(command, text=True, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, timeout=300)
        print("       " + ran.stdout.strip().replace("\n", "\n       "))
        self.assertEqual(ran.returncode, 0, "SEED=N repeats it")


if __name__ == "__main__":
    unittest.main()
