"""What /metrics tells, read by Prometheus' own parser."""
import http.client
import json
import unittest

from test_garbage import report as plain_report
from world import Collector, World, until

try:
    from prometheus_client.parser import text_string_to_metric_families
except ImportError:
    text_string_to_metric_families = None

STORES = ("sqlite", "postgresql")
ONE, TWO = "%032x" % (1 << 100), "%032x" % (2 << 100)
REPORTS = "/api/v1/reports"


def report(host, number):
    """Of a host with one NIC, one neighbor and three machines."""
    document = plain_report(number)
    document["digest"] = "%016x" % number
    document["host"]["id"] = host
    document["workloads"] = [
        {"id": "w%d-%d" % (number, i), "kind": "vm", "name": "vm%d" % i,
         "vnics": []} for i in range(3)]
    return json.dumps(document).encode()


@unittest.skipIf(text_string_to_metric_families is None,
                 "python3-prometheus-client is not installed")
class Metrics(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.collector = Collector(self.world)

    def scrape(self):
        """Families by name; their samples by name and labels."""
        status, headers, body = self.collector.ask("GET", "/metrics")
        self.assertEqual(status, 200)
        self.assertEqual(headers["content-type"],
                         "text/plain; version=0.0.4; charset=utf-8")
        families = list(text_string_to_metric_families(body.decode()))
        names = [family.name for family in families]
        self.assertEqual(len(names), len(set(names)))
        for family in families:
            self.assertTrue(family.documentation, family.name)
            self.assertNotEqual(family.type, "unknown", family.name)
            self.assertRegex(family.name, "^(demarc|process)_[a-z_]+$")
            if family.type == "histogram":
                self.check_histogram(family)
        return {(sample.name, *sorted(sample.labels.items())): sample.value
                for family in families for sample in family.samples}

    def check_histogram(self, family):
        """Buckets only grow; the last one is the count."""
        last, of = 0, None
        for sample in family.samples:
            labels = {key: value for key, value in sample.labels.items()
                      if key != "le"}
            if sample.name.endswith("_bucket"):
                last = 0 if labels != of else last
                self.assertGreaterEqual(sample.value, last)
                last, of = sample.value, labels
            elif sample.name.endswith("_count"):
                self.assertEqual((sample.value, labels), (last, of))

    def post(self, body, status):
        self.assertEqual(
            self.collector.ask("POST", REPORTS, body)[0], status)

    def test_what_was_posted_is_counted(self):
        for host, revision in ((ONE, 1), (TWO, 1), (ONE, 2), (ONE, 3)):
            self.post(report(host, revision), 204)
        self.post(report(ONE, 3), 204)
        self.post(b"{", 400)
        beat = json.loads(report(TWO, 1))
        beat = {key: beat[key] for key in ("version", "sent_at")}
        self.post(json.dumps(dict(
            beat, number=9, heartbeat=True, digest="f" * 16,
            host={"id": TWO})).encode(), 409)
        found = self.scrape()

        def total(name, **labels):
            return found["demarc_" + name, *sorted(labels.items())]
        self.assertEqual(total("reports_total", result="stored"), 4)
        self.assertEqual(total("reports_total", result="known"), 1)
        self.assertEqual(total("reports_total", result="malformed"), 1)
        self.assertEqual(total("heartbeats_total", result="conflict"), 1)
        # What changes nothing need not wait for the writer.
        self.assertIn(total("report_wait_seconds_count"), (4, 5, 6))
        self.assertIn(total("commit_reports_sum"), (4, 5, 6))
        self.assertGreater(total("commit_seconds_sum"), 0)
        self.assertEqual(total("http_requests_total", route=REPORTS,
                               status="204"), 5)
        self.assertEqual(total("http_request_seconds_count", route=REPORTS), 7)
        self.assertEqual(total("queue_reports"), 0)
        sent = 5 * len(report(ONE, 1))
        self.assertGreater(total("http_received_bytes_total"), sent)
        self.assertGreater(total("http_received_bytes_total"),
                           total("report_bytes_total") - 10)
        self.assertGreater(total("http_sent_bytes_total"), 100)
        self.assertGreaterEqual(total("http_connections_total"), 8)
        until("only the one is connected that asks", 5, lambda:
              self.scrape()["demarc_http_open_connections",] == 1)
        self.assertEqual(total("ready"), 1)

    def test_the_fleet_is_counted_as_it_is_now(self):
        self.post(report(ONE, 1), 204)
        self.post(report(TWO, 1), 204)
        for turn in range(2):
            found = self.scrape()
            for name, label, value, number in (
                    ("hosts", "state", "current", 2),
                    ("hosts", "state", "silent", 0),
                    ("claims", "kind", "nic", 2),
                    ("claims", "kind", "neighbor", 2),
                    ("claims", "kind", "link", 0),
                    ("claims", "kind", "workload", 6)):
                self.assertEqual(found["demarc_" + name, (label, value)],
                                 number)
            self.assertEqual(found["demarc_switches",], 1)
            self.assertEqual(found["demarc_switch_ports",], 1)
            # What replaces something is not counted beside it.
            self.post(report(ONE, 2 + turn), 204)
        self.assertEqual(self.collector.stop(), 0)
        self.collector.start()
        self.assertEqual(
            self.scrape()["demarc_claims", ("kind", "nic")], 2)

    def test_routes_are_counted_and_no_paths(self):
        for path in ("/", "/api/v1/hosts/a", "/api/v1/hosts/b",
                     "/nothing/x", "/nothing/y"):
            self.collector.get(path)
        talk = http.client.HTTPConnection("127.0.0.1", self.collector.port)
        talk.request("BREW", "/coffee")
        talk.getresponse().read()
        talk.close()
        found = self.scrape()
        name = "demarc_http_requests_total"
        self.assertEqual(
            found[name, ("route", "/api/v1/hosts/{which}"),
                  ("status", "404")], 2)
        self.assertEqual(found[name, ("route", "page"), ("status", "200")], 1)
        self.assertEqual(found[name, ("route", "other"), ("status", "404")],
                         3)

    def test_the_process_is_told(self):
        found = self.scrape()
        self.assertGreater(found["process_resident_memory_bytes",], 1 << 20)
        self.assertGreater(found["process_cpu_seconds_total",], 0)
        self.assertEqual(sum(value for key, value in found.items()
                             if key[0] == "demarc_build_info"), 1)


if __name__ == "__main__":
    unittest.main()
