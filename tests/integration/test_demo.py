"""make demo answers, serves the page, and leaves nothing behind."""
import glob
import os
import re
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.request

from world import TREE, until

ALONE = True


class Demo(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.mkdtemp(prefix="demarc-it-demo-")
        os.chmod(self.temporary, 0o755)
        self.log = os.path.join(self.temporary, "log")
        self.addCleanup(os.rmdir, self.temporary)
        self.addCleanup(os.unlink, self.log)

    def start(self, *words):
        with open(self.log, "wb") as out:
            return subprocess.Popen(
                [os.path.join(TREE, "tests/demo.sh"), *words],
                env=dict(os.environ, TMPDIR=self.temporary),
                stdin=subprocess.DEVNULL, stdout=out,
                stderr=subprocess.STDOUT, start_new_session=True)

    def said(self):
        with open(self.log) as file:
            return file.read()

    def left(self, demo):
        """What is still there of this demo."""
        names = [name for name in os.listdir("/run/netns")
                 if name.startswith("demo-%d-" % demo.pid)]
        names += glob.glob(self.temporary + "/demarc-demo*")
        for path in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(path) as file:
                    fields = file.read().rsplit(")", 1)[1].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(fields[3]) == demo.pid:  # the session that it leads
                names.append("%s (%s)" % (path, fields[0]))
        return names

    def nothing_left(self, demo):
        until("nothing is left: %s" % self.left(demo), 2,
              lambda: not self.left(demo))

    def test_it_answers_and_ends_when_told_to(self):
        demo = self.start()
        self.addCleanup(demo.wait)
        self.addCleanup(demo.terminate)
        until("the demo invites to try", 60, lambda: (
            "Ctrl-C" in self.said() or demo.poll() is not None))
        said = self.said()
        self.assertIn("hv2 ens1f0 is on Eth1/2 of leaf1a", said)
        took = int(re.search(r"(\d+) s from the start", said).group(1))
        self.assertLess(took, 30)
        page = re.search(r"http://127\.0\.0\.1:\d+/", said).group(0)
        with urllib.request.urlopen(page, timeout=5) as answer:
            self.assertIn(b"<title>", answer.read())
        os.killpg(demo.pid, signal.SIGINT)  # as a terminal does
        self.assertEqual(demo.wait(20), 0, self.said())
        self.nothing_left(demo)

    def test_it_can_end_by_itself(self):
        demo = self.start("--once")
        self.assertEqual(demo.wait(90), 0, self.said())
        self.nothing_left(demo)
        self.assertIn("nothing is left behind", self.said())

    def test_ended_in_the_middle_it_cleans_up_as_well(self):
        demo = self.start()
        time.sleep(2.5)
        os.killpg(demo.pid, signal.SIGTERM)
        demo.wait(20)
        self.nothing_left(demo)


if __name__ == "__main__":
    unittest.main()
