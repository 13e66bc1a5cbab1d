"""A backup of a collector that goes on taking reports, and its return."""
import json
import os
import signal
import subprocess
import threading
import time
import unittest

from test_garbage import report as plain_report
from world import Collector, World, program

HOSTS = 20


def report(host, revision):
    """Each revision has machines and a neighbor of its own."""
    document = plain_report(revision)
    document["digest"] = "%016x" % revision
    document["host"] = {"id": "%x" % (host + 16) + "0" * 30,
                        "name": "hv%d" % host}
    document["nics"][0]["neighbors"][0]["port_id"]["value"] = \
        "Ethernet1/%d" % revision
    document["workloads"] = [
        {"id": "w%d-%d" % (revision, i), "kind": "vm",
         "name": "vm%d-%d" % (revision, i), "vnics": []} for i in range(6)]
    return json.dumps(document).encode()


class Backup(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.collector = Collector(self.world)
        self.file = os.path.join(self.collector.dir, "saved.sqlite")

    def post(self, host, revision):
        status, _, body = self.collector.ask(
            "POST", "/api/v1/reports", report(host, revision))
        self.assertEqual(status, 204, body)

    def told(self, *words, status=0):
        """What demarc-collector WORDS... says."""
        done = subprocess.run(
            [program("demarc-collector"), "--config", self.collector.config,
             *words], text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30)
        self.assertEqual(done.returncode, status, done.stderr + done.stdout)
        return done.stderr if status else done.stdout

    def answers(self):
        found = []
        for path in ("hosts", "vms", "switches"):
            answer = self.collector.json("/api/v1/" + path)
            del answer["now"]
            found.append(answer)
        return found

    def lose_all(self):
        self.collector.process.stop(signal.SIGKILL)
        for end in ("", "-wal", "-shm"):
            if os.path.exists(self.collector.database + end):
                os.unlink(self.collector.database + end)

    def test_what_was_saved_answers_as_before(self):
        for host in range(HOSTS):
            self.post(host, 1)
        self.post(1, 2)
        before = self.answers()
        self.told("backup", self.file)
        self.assertEqual(os.stat(self.file).st_mode & 0o777, 0o640)
        for host in range(HOSTS):
            self.post(host, 3)
        self.assertNotEqual(self.answers(), before)
        self.lose_all()
        self.assertIn("is restored: schema", self.told("restore", self.file))
        self.assertIn("%d hosts" % HOSTS, self.told("check"))
        self.told("--database", os.path.join(self.collector.dir, "new/db"),
                  "restore", self.file)
        self.collector.start()
        self.assertEqual(self.answers(), before)
        # And it takes what comes.
        self.post(1, 4)

    def test_reports_are_taken_while_it_is_made(self):
        for host in range(HOSTS):
            self.post(host, 1)
        over, slowest = threading.Event(), [0.0, 0]

        def go_on():
            revision = 1
            while not over.is_set():
                revision += 1
                for host in range(HOSTS):
                    begun = time.time()
                    self.post(host, revision)
                    slowest[0] = max(slowest[0], time.time() - begun)
                    slowest[1] += 1
        poster = threading.Thread(target=go_on)
        poster.start()
        try:
            for _ in range(5):
                self.told("backup", self.file)
                # Each host is there once, with six machines and what it heard.
                self.assertIn("%d hosts" % HOSTS, self.told("check", self.file))
                os.unlink(self.file)
            self.assertIn("is sound", self.told("check"))
        finally:
            over.set()
            poster.join()
        self.assertGreater(slowest[1], HOSTS)
        self.assertLess(slowest[0], 2)

    def test_nothing_is_overwritten(self):
        self.post(1, 1)
        self.assertIn("is there already", self.told(
            "backup", self.collector.database, status=1))
        with open(self.file, "w") as file:
            file.write("mine")
        self.assertIn("is there already",
                      self.told("backup", self.file, status=1))
        with open(self.file) as file:
            self.assertEqual(file.read(), "mine")
        self.assertFalse(os.path.exists(self.file + ".partial"))
        os.unlink(self.file)
        with open(self.file + ".partial", "w"):
            pass
        self.assertIn("remove it", self.told("backup", self.file, status=1))
        os.unlink(self.file + ".partial")
        self.told("backup", self.file)
        self.assertIn("another demarc-collector uses",
                      self.told("restore", self.file, status=1))
        self.collector.process.stop(signal.SIGKILL)
        self.assertIn("is there already",
                      self.told("restore", self.file, status=1))
        # The log of another database is as bad.
        os.unlink(self.collector.database)
        with open(self.collector.database + "-wal", "w") as file:
            file.write("rest")
        self.assertIn("-wal is there already",
                      self.told("restore", self.file, status=1))
        self.assertFalse(os.path.exists(self.collector.database))

    def test_a_check_finds_what_is_wrong(self):
        for host in range(HOSTS):
            self.post(host, 1)
        self.told("backup", self.file)
        with open(self.file, "rb") as file:
            good = file.read()
        middle = len(good) // 2
        for octets, why in (
                (good[:middle] + bytes(8192) + good[middle + 8192:], ""),
                (good[:middle], ""), (b"no database" * 100, "not a database"),
                (b"", "no database of demarc")):
            with open(self.file, "wb") as file:
                file.write(octets)
            self.assertIn(why, self.told("check", self.file, status=1))
            self.assertIn(why, self.told("restore", self.file, status=1))
        self.told("check", "/nowhere", status=1)
        self.assertIn("its directory does not exist", self.told(
            "backup", "/nowhere/db", status=1))

    def test_words_that_mean_nothing_are_refused(self):
        for words in (("backup",), ("restore",), ("backup", "a", "b"),
                      ("check", "a", "b")):
            self.assertIn("say backup FILE", self.told(*words, status=2))
        self.assertIn("pg_dump", self.told(
            "--database", "postgresql:///demarc", "backup", "x", status=2))


if __name__ == "__main__":
    unittest.main()
