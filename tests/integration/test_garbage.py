"""Garbage at the API: a problem document, nothing stored, no crash."""
import copy
import gzip
import json
import os
import random
import struct
import time
import unittest

from world import Collector, World

STORES = ("sqlite", "postgresql")
ROUTE = "/api/v1/reports"


def report(number=None):
    """A small report as an agent sends it."""
    now = int(time.time())
    return {
        "version": 1, "number": number or now, "sent_at": now,
        "digest": "0123456789abcdef",
        "agent": {"version": "0.1.0", "started_at": now,
                  "sources": ["lldp", "cdp"]},
        "host": {"id": "0123456789abcdef0123456789abcdef", "name": "hv1",
                 "kernel": "6.1.0", "addresses": ["10.99.0.2"]},
        "nics": [{
            "name": "ens1", "ifindex": 3, "mac": "b8:ce:f6:00:00:01",
            "up": True, "carrier": True, "mtu": 1500, "listening": True,
            "frames_heard": 1, "frames_dropped": 0, "frames_malformed": 0,
            "neighbors": [{
                "protocol": "lldp", "source_mac": "00:de:fb:00:01:01",
                "destination_mac": "01:80:c2:00:00:0e", "ttl_s": 120,
                "chassis_id": {"type": "mac", "value": "00:de:fb:00:01:01"},
                "port_id": {"type": "interface_name",
                            "value": "Ethernet1/1"},
                "system_name": "leaf1", "first_heard": now,
                "last_heard": now, "expires": now + 120, "frames": 1}]}],
        "links": []}


def changed(path, value):
    """The report with one member changed; the path is as a problem has it."""
    document = report()
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


def zstd_frame(octets):
    """One frame with one raw block (RFC 8878 3.1.1)."""
    return b"\x28\xb5\x2f\xfd\xa0" + struct.pack("<I", len(octets)) + \
        struct.pack("<I", len(octets) << 3 | 1)[:3] + octets


class Garbage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.collector = Collector(cls.world)

    def post(self, body, **more):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        return self.collector.ask("POST", ROUTE, body, **more)

    def problem(self, answer, status):
        got, headers, body = answer
        self.assertEqual(got, status, body)
        self.assertEqual(headers.get("content-type"),
                         "application/problem+json")
        document = json.loads(body)
        self.assertEqual(document["status"], status)
        self.assertTrue(document["title"])
        self.assertGreater(len(document["detail"]), 10)
        return document

    def tearDown(self):
        self.assertTrue(self.collector.process.running(),
                        self.collector.process.said())
        self.assertEqual(self.collector.json("/api/v1/hosts")["count"], 0)

    def test_what_is_not_json(self):
        for body in (b"", b" ", b"{", b"}", b"[", b"nul", b"\0", b"\xff\xfe",
                     b'{"version":1', b'{"version":1}}', b"{'version':1}",
                     b'{"version":1,}', b'"' + b"x" * 70000,
                     b"[" * 100000, b'{"a":' * 50000, b"1e999", b"-",
                     b'{"host":{"name":"\xc3\x28"}}'):
            with self.subTest(body[:20]):
                self.problem(self.post(body), 400)

    def test_what_is_json_but_no_report(self):
        for body in (None, [], 1, "x", True, {}, {"version": 1},
                     {"version": 2}, {"version": "1"}, [report()]):
            with self.subTest(str(body)[:20]):
                self.problem(self.post(body), 400)

    def test_the_place_of_a_mistake_is_named(self):
        nic, heard = ("nics", 0), ("nics", 0, "neighbors", 0)
        for path, value, place in (
                (nic + ("mac",), "xyz", "nics[0].mac"),
                (nic + ("name",), 7, "nics[0].name"),
                (nic + ("name",), "x" * 5000, "nics[0].name"),
                (nic + ("mtu",), "big", "nics[0].mtu"),
                (nic + ("up",), "yes", "nics[0].up"),
                (heard + ("protocol",), "ospf",
                 "nics[0].neighbors[0].protocol"),
                (heard + ("source_mac",), "1",
                 "nics[0].neighbors[0].source_mac"),
                (heard + ("last_heard",), -5,
                 "nics[0].neighbors[0].last_heard"),
                (("host", "id"), "../../etc", "host.id"),
                (("host", "id"), "", "host.id"),
                (("host", "name"), None, "host.name"),
                (("number",), 1.5, "number"), (("number",), -1, "number"),
                (("nics",), {}, "nics"), (("links",), 3, "links")):
            with self.subTest(place, value=str(value)[:20]):
                said = self.problem(self.post(changed(path, value)), 400)
                self.assertIn(place, said["detail"] + said.get("path", ""))

    def test_too_much(self):
        self.problem(self.post(b" " * (4 * 1024 * 1024 + 1)), 413)
        many = report()
        many["nics"] = [copy.deepcopy(many["nics"][0]) for _ in range(5000)]
        for number, nic in enumerate(many["nics"]):
            nic["name"] = "ens%d" % number
        self.assertIn(self.post(many)[0], (400, 413))

    def test_packed_bodies_that_are_bad(self):
        good = gzip.compress(json.dumps(report()).encode())
        for body, coding, status in (
                (good[:-9], "gzip", 400), (good[:40], "gzip", 400),
                (b"", "gzip", 400), (b"{}", "gzip", 400),
                (good, "zstd", 400), (gzip.compress(b"{}"), "gzip", 400),
                (good, None, 400),
                (gzip.compress(b" " * 4 * 1024 * 1024 + b" "), "gzip", 413),
                (gzip.compress(b" " * 1024 * 1024), "gzip", 413),
                (gzip.compress(os.urandom(5 * 1024 * 1024)), "gzip", 413),
                (good, "br", 415), (good, "gzip, gzip", 415)):
            headers = {"Content_Encoding": coding} if coding else {}
            with self.subTest(coding=coding, size=len(body)):
                answer = self.post(body, **headers)
                self.problem(answer, status)
                self.assertEqual(
                    answer[1].get("accept-encoding"),
                    "gzip, zstd" if status == 415 else None)

    def test_what_is_not_called_json(self):
        for kind in ("text/plain", "application/x-www-form-urlencoded",
                     "multipart/form-data; boundary=x", ""):
            with self.subTest(kind):
                self.problem(self.post(report(), kind=kind), 415)

    def test_wrong_routes_and_methods(self):
        ask = self.collector.ask
        for path in ("/api/v1/nothing", "/api/v2/find?q=x", "/api", "/nothing",
                     "/a/../../etc/passwd", "/a/%2e%2e/%2e%2e/etc/passwd",
                     "/a/nothing.js", "/api/v1/hosts/nobody",
                     "/api/v1/switches/none", "/api/v1/path?of=nobody"):
            with self.subTest(path):
                self.problem(ask("GET", path), 404)
        for method, path in (("GET", ROUTE), ("DELETE", ROUTE),
                             ("POST", "/api/v1/find?q=x"),
                             ("PUT", "/api/v1/hosts")):
            with self.subTest(method + path):
                got = ask(method, path)
                self.problem(got, 405)
                self.assertTrue(got[1].get("allow"))

    def test_a_page_of_somebody_else_cannot_ask(self):
        # A browser that a name of another site led here (DNS rebinding).
        answer = self.collector.request(
            b"GET /api/v1/hosts HTTP/1.1\r\nHost: evil.example\r\n"
            b"Connection: close\r\n\r\n")
        self.assertIn(b" 421 ", answer.split(b"\r\n")[0])

    def test_wrong_questions(self):
        ask = self.collector.ask
        for path in ("/api/v1/find", "/api/v1/find?q=", "/api/v1/find?x=1",
                     "/api/v1/find?q=" + "a" * 5000, "/api/v1/path",
                     "/api/v1/find?q=%20%20"):
            with self.subTest(path[:30]):
                self.assertIn(ask("GET", path)[0], (400, 414))
        for path in ("/healthz%00x", "/api/v1/hosts%00"):
            with self.subTest(path):
                self.assertEqual(ask("GET", path)[0], 404)
        for text in ("%00", "%ff%fe", "%", "%zz", "'%20OR%201=1--", "%25%5f",
                     "%3Cscript%3E", "*", "%5C", "%22"):
            with self.subTest(text):
                status, _, body = ask("GET", "/api/v1/find?q=" + text)
                self.assertIn(status, (200, 400), body)
                json.loads(body)

    def test_what_is_not_http(self):
        for octets in (b"\0" * 1000, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
                       b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
                       b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20000 + b"\r\n",
                       b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1"
                       b"\r\n\r\n" % ROUTE.encode(),
                       b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                       b"99999999999999999999\r\n\r\n" % ROUTE.encode(),
                       b"POST %s HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
                       b"chunked\r\n\r\nzz\r\n" % ROUTE.encode()):
            with self.subTest(octets[:30]):
                try:
                    self.collector.request(octets, wait=1)
                except OSError:
                    pass  # it may hang up before it has all

    def test_reports_with_a_few_octets_changed(self):
        chance = random.Random(20)
        text = json.dumps(report()).encode()
        for _ in range(500):
            body = bytearray(text)
            for _ in range(chance.randrange(1, 4)):
                body[chance.randrange(len(body))] = chance.randrange(256)
            self.assertIn(self.post(bytes(body))[0], (204, 400))
            self.collector_forget()

    def collector_forget(self):
        """A mutant may be a good report; then the store is no longer empty."""
        if self.collector.json("/api/v1/hosts")["count"]:
            self.collector.stop()
            type(self).collector = Collector(self.world)


class Good(unittest.TestCase):
    """What must work beside all that."""

    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.collector = Collector(self.world)

    def post(self, document):
        return self.collector.ask(
            "POST", ROUTE, json.dumps(document).encode())[0]

    def test_a_good_report_twice_and_an_older_one(self):
        self.assertEqual(self.post(report(1000)), 204)
        self.assertEqual(self.post(report(1000)), 204)
        older = report(999)
        older["host"]["name"] = "wrong"
        self.assertEqual(self.post(older), 204)
        hosts = self.collector.json("/api/v1/hosts")["hosts"]
        self.assertEqual([host["name"] for host in hosts], ["hv1"])
        self.assertEqual(self.collector.answer("hv1 ens1"),
                         "Eth1/1 on leaf1")

    def test_packed_reports(self):
        for number, coding in enumerate(("gzip", "x-gzip", "GZIP", "zstd"), 20):
            body = json.dumps(report(number)).encode()
            pack = zstd_frame if coding == "zstd" else gzip.compress
            status, headers, _ = self.collector.ask(
                "POST", ROUTE, pack(body), Content_Encoding=coding)
            self.assertEqual(status, 204)
            self.assertEqual(headers["accept-encoding"], "gzip, zstd")

    def test_a_member_that_is_not_known_is_ignored(self):
        document = report()
        document["host"]["colour"] = "blue"
        document["nics"][0]["neighbors"][0]["later"] = [1, {"x": None}]
        self.assertEqual(self.post(document), 204)

    def test_a_heartbeat_of_a_stranger_asks_for_the_whole(self):
        status, headers, body = self.collector.ask(
            "POST", ROUTE, json.dumps(
                {"version": 1, "number": 5, "sent_at": 5, "heartbeat": True,
                 "digest": "0123456789abcdef",
                 "host": {"id": "f" * 32}, "heard": []}).encode())
        self.assertEqual(status, 409, body)
        self.assertEqual(headers["content-type"], "application/problem+json")

    def test_hostile_names_stay_text(self):
        document = report()
        name = "<img src=x onerror=alert(1)>\u202e'\"; DROP TABLE host;--"
        document["nics"][0]["neighbors"][0]["system_name"] = name
        self.assertEqual(self.post(document), 204)
        page = self.collector.find("hv1 ens1")
        self.assertNotIn("\x1b", str(page))
        self.assertEqual(self.collector.json("/api/v1/hosts")["count"], 1)


if __name__ == "__main__":
    unittest.main()
