"""What was is told again: over HTTP, by many at once, after a restart."""
import json
import subprocess
import threading
import time
import unittest

from test_garbage import report
from world import Collector, World, program

STORES = ("sqlite", "postgresql")


class Past(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.collector = Collector(cls.world, keep_days=7)
        cls.number = int(time.time())
        cls.post(["web-01"])
        time.sleep(1.1)
        cls.before = int(time.time())
        time.sleep(1.1)
        cls.post(["web-02"])

    @classmethod
    def post(cls, machines):
        cls.number += 1
        document = report(cls.number)
        document["digest"] = "%016x" % cls.number
        document["workloads"] = [{
            "id": "id-" + name, "kind": "vm", "name": name,
            "state": "running", "vnics": []} for name in machines]
        status, _, body = cls.collector.ask(
            "POST", "/api/v1/reports", json.dumps(document).encode())
        assert status == 204, body

    def ask(self, path, status=200):
        answer, _, body = self.collector.ask("GET", path)
        self.assertEqual(answer, status, body)
        return json.loads(body)

    def names(self, query):
        return [one["name"] for one in self.ask("/api/v1/vms" + query)["vms"]]

    def cli(self, *words):
        return subprocess.run(
            [program("demarc"), "--collector=" + self.collector.address,
             *words], capture_output=True, text=True, timeout=20)

    def test_1_a_machine_that_is_gone_is_there_in_the_past(self):
        self.assertEqual(self.names(""), ["web-02"])
        self.assertEqual(self.names("?at=%d" % self.before), ["web-01"])
        answer = self.ask("/api/v1/vms/web-01?at=%d" % self.before)
        self.assertEqual(answer["now"], self.before)
        self.assertLessEqual(abs(answer["asked_at"] - time.time()), 2)
        self.ask("/api/v1/vms/web-01", 404)
        self.assertIn("history is kept since", self.ask(
            "/api/v1/find?q=web-01&at=%d" % (self.before - 9999), 410)["detail"])

    def test_2_many_ask_about_many_moments_at_once(self):
        answers = []

        def ask(back):
            answers.append(self.collector.ask(
                "GET", "/api/v1/hosts?at=%d" % (self.before + back % 2)))

        threads = [threading.Thread(target=ask, args=(i,)) for i in range(40)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        self.assertEqual(len(answers), 40)
        for status, _, body in answers:
            self.assertEqual(status, 200, body)
            self.assertEqual(json.loads(body)["count"], 1)

    def test_3_the_command_says_of_when_it_speaks(self):
        when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(self.before))
        said = self.cli("find", "--at", when, "web-01")
        self.assertEqual(said.returncode, 0, said.stderr)
        self.assertTrue(said.stdout.startswith("As of %s, " % when),
                        said.stdout)
        self.assertEqual(self.cli("find", "web-01").returncode, 1)
        self.assertEqual(self.cli("find", "--at", "soon", "web-01").returncode,
                         2)
        said = self.cli("hosts", "--at", "-1w")
        self.assertEqual(said.returncode, 2)
        self.assertIn("history is kept since", said.stderr)

    def test_4_a_restart_forgets_nothing(self):
        self.collector.stop()
        self.collector.start()
        self.assertEqual(self.names("?at=%d" % self.before), ["web-01"])
        self.assertEqual(self.names(""), ["web-02"])


if __name__ == "__main__":
    unittest.main()
