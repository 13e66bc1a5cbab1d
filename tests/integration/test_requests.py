"""The line that each request leaves in the log."""
import re
import unittest

from world import Collector, World, until

STORES = ("sqlite", "postgresql")
LINE = re.compile(
    r"debug: request: (\S+) (\d+) (\d+) octets in (\d+\.\d{3}) ms "
    r"from (.+?), token (\S+): (.*)")


class Requests(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)

    def lines(self, collector, path):
        """Those about this path, once there is one."""
        def look():
            lines = collector.process.said().splitlines()
            return [line for line in lines if line.endswith(": " + path)]
        return until("a line tells of " + path, 5, look)

    def test_each_request_is_one_line_at_the_level_debug(self):
        collector = Collector(self.world, log_level="debug")
        for method, path, status in (
                ("GET", "/api/v1/hosts", "200"), ("GET", "/nothing", "404"),
                ("HEAD", "/readyz", "200"), ("PUT", "/metrics", "405"),
                ("POST", "/api/v1/reports", "400")):
            with self.subTest(method + " " + path):
                _, _, body = collector.ask(method, path)
                line, = self.lines(collector, path)
                said = LINE.fullmatch(line).groups()
                self.assertEqual(said[:2], (method, status))
                self.assertEqual(int(said[2]), len(body))
                self.assertLess(float(said[3]), 5000)
                self.assertEqual(said[4:], ("127.0.0.1", "none", path))

    def test_what_may_be_secret_is_left_out(self):
        collector = Collector(self.world, log_level="debug")
        collector.ask("GET", "/api/v1/find?q=geheim1",
                      Authorization="Bearer geheim2", Cookie="geheim3")
        collector.ask("POST", "/api/v1/reports", b'{"geheim4":1}')
        self.lines(collector, "/api/v1/find")
        self.lines(collector, "/api/v1/reports")
        self.assertNotIn("geheim", collector.process.said())

    def test_a_path_cannot_break_its_line(self):
        collector = Collector(self.world, log_level="debug")
        collector.ask("GET", "/x%0Aerror:%20forged%1B[2J%E2%80%AE")
        line, = [line for line in collector.process.said().splitlines()
                 if "forged" in line]
        self.assertTrue(LINE.fullmatch(line), line)
        self.assertNotIn("\x1b", line)

    def test_nothing_is_said_of_requests_at_the_usual_level(self):
        collector = Collector(self.world)
        collector.ask("GET", "/api/v1/hosts")
        self.assertEqual(collector.stop(), 0)
        self.assertNotIn("request:", collector.process.said())


if __name__ == "__main__":
    unittest.main()
