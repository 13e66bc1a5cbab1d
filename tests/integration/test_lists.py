"""Lists over HTTP: pages, filters, tables."""
import csv
import gzip
import hashlib
import io
import json
import re
import unittest
import urllib.parse

from test_garbage import report
from world import Collector, World, until

STORES = ("sqlite", "postgresql")
LISTS = ("hosts", "switches", "vms", "vswitches", "vlans")


class Lists(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.collector = Collector(cls.world)
        for number in range(1, 24):
            cls.post("hv%d" % number)

    @classmethod
    def post(cls, name):
        document = report()
        document["host"] = {
            "id": hashlib.md5(name.encode()).hexdigest(), "name": name}
        if name.endswith("3"):
            document["host"]["platform"] = "esxi"
            document["nics"][0]["neighbors"] = []
        document["vswitches"] = [{"name": "br0", "kind": "linux_bridge", "uplinks": []}]
        document["port_groups"] = [{"name": "web", "vswitch": "br0", "vlan": 100 + len(name)}]
        document["workloads"] = [{
            "id": "w-" + name, "kind": "vm", "name": "=vm," + name,
            "state": "running", "vnics": []}]
        status, _, body = cls.collector.ask(
            "POST", "/api/v1/reports", json.dumps(document).encode())
        assert status == 204, body

    def answer(self, path, status=200, **headers):
        got, headers, body = self.collector.ask("GET", path, **headers)
        self.assertEqual(got, status, body)
        return json.loads(body), headers

    def names(self, path, key="name"):
        document, _ = self.answer("/api/v1/" + path)
        name = re.match(r"\w+", path).group()
        return [item[key] for item in document[name]]

    def test_pages_together_are_the_list(self):
        for name in LISTS:
            whole, _ = self.answer("/api/v1/" + name)
            for limit in (1, 4, 100):
                with self.subTest(name, limit=limit):
                    items, path = [], "/api/v1/%s?limit=%d" % (name, limit)
                    while path:
                        page, headers = self.answer(path)
                        self.assertLessEqual(len(page[name]), limit)
                        self.assertEqual(page["count"], whole["count"])
                        items += page[name]
                        path = page.get("next")
                        self.assertEqual(
                            headers.get("link"),
                            '<%s>; rel="next"' % path.lower() if path else None)
                    strip = {"now", "last_report"}
                    self.assertEqual(
                        [{k: v for k, v in item.items() if k not in strip}
                         for item in items],
                        [{k: v for k, v in item.items() if k not in strip}
                         for item in whole[name]])

    def test_a_page_goes_on_where_it_was_while_hosts_come(self):
        first, _ = self.answer("/api/v1/hosts?limit=5")
        self.assertEqual([h["name"] for h in first["hosts"]],
                         ["hv1", "hv2", "hv3", "hv4", "hv5"])
        self.post("hv0")
        second, _ = self.answer(first["next"])
        self.assertEqual([h["name"] for h in second["hosts"]],
                         ["hv6", "hv7", "hv8", "hv9", "hv10"])

    def test_filters(self):
        self.assertEqual(self.names("hosts?kind=esxi"), ["hv3", "hv13", "hv23"])
        self.assertEqual(self.names("hosts?q=V1&limit=2"), ["hv1", "hv10"])
        self.assertEqual(self.names("hosts?state=silent"), [])
        self.assertEqual(self.names("hosts?switch=nobody"), [])
        on_leaf = self.names("hosts?switch=leaf1")
        self.assertIn("hv4", on_leaf)
        self.assertNotIn("hv13", on_leaf)
        self.assertEqual(self.names("switches?state=current"), ["leaf1"])
        self.assertEqual(self.names("switches?state=ended"), [])
        self.assertEqual(self.names("vms?host=HV7"), ["=vm,hv7"])
        self.assertEqual(self.names("vms?host=hv7&state=off"), [])
        self.assertEqual(self.names("vms?vlan=7"), [])
        self.assertEqual(self.names("vswitches?host=hv7&kind=linux_bridge"), ["br0"])
        self.assertEqual(self.names("vlans?state=past", "id"), [])

    def test_filters_stay_from_page_to_page(self):
        page, _ = self.answer("/api/v1/hosts?kind=esxi&limit=2")
        self.assertEqual(page["count"], 3)
        page, _ = self.answer(page["next"])
        self.assertEqual([h["name"] for h in page["hosts"]], ["hv23"])

    def test_what_does_not_exist_is_refused(self):
        for query, words in (
                ("hosts?size=2", "limit, after, at, kind, state, switch, q"),
                ("vlans?host=x", "limit, after, at, state"),
                ("hosts?state=gone", "current, silent"),
                ("vms?state=current", "running, paused, suspended, off"),
                ("hosts?limit=0", "number"), ("hosts?limit=", "number"),
                ("vms?vlan=0", "1 to 4094"), ("vms?q=", "empty"),
                ("hosts?after=" + "x" * 3000, "next"),
                ("hosts.csv?size=2", "limit")):
            with self.subTest(query):
                problem, _ = self.answer("/api/v1/" + query, 400)
                self.assertIn(words, problem["detail"])
        self.answer("/api/v1/hosts.cs", 404)
        self.answer("/api/v1/hosts/hv1.csv", 404)

    def table(self, path, **headers):
        status, headers, body = self.collector.ask("GET", path, **headers)
        self.assertEqual(status, 200, body)
        self.assertEqual(headers["content-type"],
                         "text/csv; charset=utf-8; header=present")
        self.assertEqual(headers["vary"], "accept, accept-encoding")
        text = body.decode()
        self.assertTrue(text.endswith("\r\n"))
        return list(csv.DictReader(io.StringIO(text, newline=""),
                                   strict=True)), headers

    def test_tables(self):
        for name in LISTS:
            with self.subTest(name):
                whole, headers = self.answer("/api/v1/" + name)
                self.assertEqual(headers["vary"], "accept, accept-encoding")
                by_path, _ = self.table("/api/v1/%s.csv" % name)
                by_kind, _ = self.table("/api/v1/" + name, Accept="text/csv")
                self.assertEqual(len(by_path), whole["count"])
                self.assertEqual([set(row) for row in by_path],
                                 [set(row) for row in by_kind])
                for row, item in zip(by_path, whole[name]):
                    for column, cell in row.items():
                        value = item.get(column)
                        if isinstance(value, int) and column != "last_report":
                            self.assertEqual(cell, str(value).lower()
                                             if isinstance(value, bool) else str(value))

    def test_a_name_that_looks_like_a_formula_is_text(self):
        rows, _ = self.table("/api/v1/vms.csv?host=hv7")
        self.assertEqual(rows[0]["name"], "'=vm,hv7")

    def test_the_next_page_of_a_table_is_in_its_header(self):
        rows, headers = self.table("/api/v1/hosts.csv?kind=esxi&limit=2")
        self.assertEqual([row["name"] for row in rows], ["hv3", "hv13"])
        path = re.fullmatch(r'<(.*)>; rel="next"', headers["link"]).group(1)
        self.assertEqual(urllib.parse.urlsplit(path).path, "/api/v1/hosts.csv")
        rows, headers = self.table(path)
        self.assertEqual([row["name"] for row in rows], ["hv23"])
        self.assertNotIn("link", headers)

    def test_what_is_large_goes_packed_to_who_takes_it(self):
        for path in ("/api/v1/hosts", "/", "/api/v1/hosts.csv"):
            status, headers, plain = self.collector.ask("GET", path)
            self.assertNotIn("content-encoding", headers)
            status, headers, body = self.collector.ask(
                "GET", path, Accept_Encoding="br, gzip")
            self.assertEqual(status, 200)
            self.assertEqual(headers["content-encoding"], "gzip")
            self.assertIn("accept-encoding", headers["vary"])
            self.assertEqual(int(headers["content-length"]), len(body))
            self.assertLess(len(body), len(plain) // 2)
            self.assertEqual(gzip.decompress(body)[:8], plain[:8])

    def test_what_has_not_changed_is_not_sent_again(self):
        for path in ("/", "/api/v1/switches.csv?q=nobody"):
            tag = self.collector.ask("GET", path)[1]["etag"]
            self.assertTrue(tag.startswith('w/"'), tag)
            status, headers, body = self.collector.ask(
                "GET", path, If_None_Match=tag.replace("w/", "W/"))
            self.assertEqual((status, body, headers["etag"]), (304, b"", tag))
            self.assertEqual(self.collector.ask(
                "GET", path, If_None_Match='"other"')[0], 200)

    def test_an_answer_with_ages_is_another_each_second(self):
        first = self.collector.ask("GET", "/api/v1/hosts")[1]["etag"]
        until("a second has passed", 5, lambda: self.collector.ask(
            "GET", "/api/v1/hosts", If_None_Match=first)[0] == 200)

    def test_head_has_the_headers_alone(self):
        status, headers, body = self.collector.ask(
            "HEAD", "/api/v1/hosts?limit=1")
        self.assertEqual((status, body), (200, b""))
        self.assertIn("rel=", headers["link"])
        self.assertGreater(int(headers["content-length"]), 100)


if __name__ == "__main__":
    unittest.main()
