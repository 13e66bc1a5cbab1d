"""demarc-vsphere when the vCenter, the way to it or a name is hostile."""
import http.server
import json
import os
import threading
import time
import unittest

try:
    import jsonschema
except ImportError:
    jsonschema = None

from test_vsphere import FIRST_S, SOON_S, Told
from vcenter import VCenter, Vsphere, certificate
from world import TREE, Collector, World, until

RETRY_S = 10      # after a failure all is right again
RSS_KIB = 30000

# How a reply is spoiled: one with updates, or one with all there is.
UPDATES = ("half", "claim", "bomb", "longtext", "gzipbomb")
READINGS = ("cut", "reset", "deep", "endless")
HINTS = ("status", "reply", "half")


class Spoiled(Told):
    """Every spoiled reply is said once, survived and made up for."""
    options = [("-machines", "8")]
    vlan = 600

    def changed(self):
        """A change that can only be known from a reply that was whole."""
        Spoiled.vlan += 1
        self.vcenter.do("retag", group="dv-web", vlan=self.vlan)
        name = next(one["name"] for one in self.vcenter.truth()["machines"]
                    if one["nics"][0]["group"] == "dv-web")
        until("the change is known", RETRY_S,
              lambda: not self.wrong(self.vcenter, [name]))

    def survives(self, kind, method):
        process = self.vsphere.process
        spoiled = self.vcenter.calls()["spoiled"]
        lines = len(self.vsphere.said().splitlines())
        self.vcenter.spoil(kind, method)
        if method == "RetrievePropertiesEx":
            self.vcenter.kill_sessions()  # so all is read anew
        # The call under way ends well, the next is spoiled, perhaps when it
        # ends: with the second change.
        self.changed()
        self.changed()
        self.assertEqual(self.vcenter.calls()["spoiled"], spoiled + 1)
        self.assertIs(self.vsphere.process, process)
        self.assertTrue(process.running())
        self.assertLess(self.vsphere.peak_kib(), RSS_KIB)
        said = self.vsphere.said().splitlines()[lines:]
        bad = [one for one in said if not one.startswith("info:")]
        # After "reset" libcurl itself may ask again, on a new connection.
        self.assertIn(len(bad), (0, 1) if kind == "reset" else (1,), said)
        self.assertLess(len(said), 5, said)

    def test_1_updates_are_spoiled(self):
        for kind in UPDATES:
            with self.subTest(kind):
                self.survives(kind, "WaitForUpdatesEx")
        self.all_right()

    def test_2_what_is_read_first_is_spoiled(self):
        for kind in READINGS:
            with self.subTest(kind):
                self.survives(kind, "RetrievePropertiesEx")
        self.all_right()

    def test_3_hints_are_spoiled(self):
        for kind in HINTS:
            spoiled = self.vcenter.calls()["spoiled"]
            self.vcenter.spoil(kind, "QueryNetworkHint", count=3)
            self.vcenter.do("link", host="esx1-0001", nic="vmnic0", up="no")
            until("a hint is spoiled", 5, lambda old=spoiled: (
                self.vcenter.calls()["spoiled"] > old))
            self.vcenter.spoil()
            self.vcenter.do("link", host="esx1-0001", nic="vmnic0", up="yes")
            self.changed()
        until("all is right again", 30, lambda: not self.wrong(self.vcenter))

    def test_4_a_killed_session_costs_one_retry(self):
        logins = self.vcenter.calls()["methods"]["Login"]
        self.vcenter.kill_sessions()
        self.changed()
        self.assertEqual(self.vcenter.calls()["methods"]["Login"], logins + 1)
        self.assertEqual(self.vcenter.calls()["refused"], 0)

    def test_5_a_part_that_may_not_be_read_costs_itself(self):
        self.vcenter.do("hide", host="esx1-0002", path="config.network")
        self.vcenter.kill_sessions()
        self.changed()
        others = {name for name in self.vcenter.paths()
                  if "esx1-0002" not in str(self.vcenter.paths()[name])}
        until("the others are right", RETRY_S,
              lambda: not self.wrong(self.vcenter, others))
        self.vcenter.do("hide", host="esx1-0002")
        self.vcenter.kill_sessions()
        until("all is right again", RETRY_S,
              lambda: not self.wrong(self.vcenter))

    def test_6_names_are_hostile(self):
        uuid = self.vcenter.truth()["machines"][1]["uuid"]

        def name():
            return self.collector.json("/api/v1/vms/" + uuid)["vm"]["name"]

        vm = "vm1-00001"
        for hostile in ("a<b>&\"'c]]>", "\u202egnp.exe", "a" * 10000,
                        "%2f..%2f' OR 1=1 --", "tab\tand\nline"):
            with self.subTest(hostile[:20]):
                before = name()
                self.vcenter.do("rename", vm=vm, name=hostile)
                vm = hostile
                until("it has another name", SOON_S,
                      lambda old=before: name() != old)
                for bad in ("\u202e", "\n", "\t", "\x1b"):
                    self.assertNotIn(bad, name())
                self.assertLess(len(name()), 1025)
        self.vcenter.do("rename", vm=vm, name="vm1-00001")
        until("it has its name again", SOON_S, lambda: name() == "vm1-00001")
        self.all_right()

    def test_7_octets_that_are_no_xml_are_survived(self):
        for number, octets in enumerate((b"\xff\xfe", b"&#1;", b"&nbsp;")):
            with self.subTest(octets):
                self.vcenter.swap("vm1-00003", octets)
                self.vcenter.do("rename", vm="vm1-00002", name="x%d" % number)
                self.vcenter.do("rename", vm="x%d" % number, name="vm1-00002")
                self.vcenter.kill_sessions()
                time.sleep(0.5)
                self.vcenter.swap()
                self.changed()
        self.all_right()


    def test_8_a_host_that_does_not_answer_delays_nobody(self):
        before = self.vcenter.calls()["spoiled"]
        self.vcenter.spoil("silent", "QueryNetworkHint", count=-1)
        self.vcenter.do("link", host="esx1-0001", nic="vmnic1", up="no")
        until("its hints are asked for", 5, lambda: (
            self.vcenter.calls()["spoiled"] > before))
        for host in ("esx1-0006", "esx1-0000"):
            self.soon(["vm1-00008"], "move", vm="vm1-00008", host=host)

    def test_9_a_host_that_hangs_does_not_delay_the_hints_of_others(self):
        before = self.vcenter.calls()["spoiled"]
        self.vcenter.spoil("silent", "QueryNetworkHint", count=1)
        self.vcenter.do("link", host="esx1-0002", nic="vmnic1", up="no")
        until("one hangs", 5, lambda: (
            self.vcenter.calls()["spoiled"] > before))
        asked = self.vcenter.calls()["methods"]["QueryNetworkHint"]
        self.vcenter.do("link", host="esx1-0003", nic="vmnic1", up="no")
        until("another one is asked", 5, lambda: (
            self.vcenter.calls()["methods"]["QueryNetworkHint"] > asked))


class Around(Told):
    """What is around it is started again, or has names that nobody expects."""
    options = [("-machines", "8", "-page", "7")]

    def right_soon(self):
        until("all is right", FIRST_S, lambda: not self.wrong(self.vcenter))

    def hosts(self):
        return self.collector.json("/api/v1/hosts")["hosts"]

    def legs_at(self, group):
        """The legs of all machines at port groups with such an id."""
        legs = []
        for one in self.vcenter.truth()["machines"]:
            legs += self.collector.json(
                "/api/v1/path?of=" + one["uuid"])["legs"]
        return [leg for leg in legs
                if leg["port_group"].get("id", "").startswith(group)]

    def test_1_pages_may_be_smaller_than_asked_for(self):
        self.all_right()
        self.assertGreater(self.vcenter.calls()["methods"][
            "ContinueRetrievePropertiesEx"], 3)

    def test_2_the_vcenter_is_started_again(self):
        lines = len(self.vsphere.said().splitlines())
        self.vcenter.stop()
        time.sleep(2)
        self.vcenter.start()
        self.vcenter.do("move", vm="vm1-00000", host="esx1-0005")
        self.right_soon()
        said = self.vsphere.said().splitlines()[lines:]
        self.assertLess(len([one for one in said
                             if one.startswith("warning:")]), 2, said)

    def test_3_the_collector_is_started_again(self):
        self.collector.stop()
        self.vcenter.do("move", vm="vm1-00000", host="esx1-0001")
        time.sleep(1)
        self.collector.start()
        self.right_soon()

    def test_3_the_collector_comes_late(self):
        """What it did not take is told when it does, not with the next
        heartbeat."""
        self.vsphere.kill()
        self.collector.stop()
        os.remove(self.collector.database)
        self.vsphere.start()
        until("reports wait", 5, lambda: "reports wait" in self.vsphere.said())
        time.sleep(1)
        self.collector.start()
        self.right_soon()

    def test_4_a_port_group_is_renamed(self):
        self.soon(None, "call", group="dv-web", name="dv-shop")
        self.soon(None, "call", group="Prod", host="esx1-0000", name="Shop")

    def test_5_hosts_port_groups_and_switches_are_hostile(self):
        hostile = "<b>\u202e&amp;\x7f /%2f " + "a" * 3000
        self.vcenter.do("hostname", host="esx1-0003", name=hostile)
        self.vcenter.do("call", group="dv-lag", name=hostile)
        self.vcenter.do("call", group="Backup", host="esx1-0001", name=hostile)
        self.vcenter.do("cable", host="esx1-0000", nic="vmnic0",
                        device=hostile, port=hostile)
        self.vcenter.do("move", vm="vm1-00000", host="esx1-0006")
        until("the others are right", SOON_S, lambda: not self.wrong(
            self.vcenter, ["esx1-%04d vmk0" % one for one in (1, 2, 4, 5, 6)]))
        until("the host has its new name", SOON_S, lambda: "esx1-0003" not in [
            one["name"] for one in self.hosts()])
        until("so has the port group", SOON_S, lambda: "dv-lag" not in [
            leg["port_group"]["name"] for leg in self.legs_at("dvportgroup")])
        self.assertEqual(len(self.hosts()), 8)
        self.assertNotIn("\u202e", str(self.hosts()))
        self.assertNotIn("\u202e", str(self.legs_at("dvportgroup")))
        self.assertNotIn("refused", self.vsphere.said())

    def test_6_its_reports_are_as_the_schema_has_them(self):
        """Also those with names that are hostile."""
        if not jsonschema:
            self.skipTest("no jsonschema here")
        with open(os.path.join(TREE, "schema/report.json")) as file:
            schema = jsonschema.Draft202012Validator(json.load(file))
        said = self.vsphere.once()
        self.assertEqual(len(said), 8)
        for report in said:
            self.assertEqual([], [one.message for one in
                                  schema.iter_errors(report)])
            self.assertEqual(report["host"]["platform"], "esxi")


class AtTheDoor(unittest.TestCase):
    """Certificates, passwords, redirections."""

    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.collector = Collector(cls.world)
        cls.cert, key = certificate(cls.world.dir, "right")
        cls.other, _ = certificate(cls.world.dir, "wrong")
        cls.vcenter = VCenter(cls.world, "-cert", cls.cert, "-key", key,
                              "-clusters", "1", "-hosts", "1", "-machines", "1")

    def vsphere(self, name, **more):
        made = Vsphere(self.world, self.vcenter, self.collector, name=name,
                       **more)
        self.addCleanup(made.kill)
        return made

    def test_1_who_is_refused_says_so_once_and_does_not_hammer(self):
        calls = self.vcenter.calls()
        stranger = self.vsphere("wrong-ca", ca=self.other)
        until("it says why", 5, lambda: "certificate" in stranger.said())
        time.sleep(1.5)
        self.assertEqual(self.vcenter.calls(), calls)
        guesser = self.vsphere("wrong-password", ca=self.cert,
                               password="not this")
        until("it says why", 5, lambda: "password" in guesser.said())
        time.sleep(3)
        self.assertEqual(self.vcenter.calls()["refused"], 1)
        self.assertNotIn("not this", guesser.said())
        for one in (stranger, guesser):
            self.assertTrue(one.process.running())
            self.assertEqual(len(one.said().splitlines()), 2, one.said())

    def test_a_password_does_not_go_where_a_redirection_points(self):
        heard = []

        class Listener(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                heard.append(self.path)
                self.send_error(500)

            def log_message(self, *words):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
        self.addCleanup(server.server_close)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.shutdown)
        self.vcenter.spoil("redirect", "Login",
                           text="http://127.0.0.1:%d/sdk" % server.server_port)
        one = self.vsphere("redirected", ca=self.cert)
        until("it says so", FIRST_S, lambda: one.said().strip())
        until("it is in at last", 30,
              lambda: self.collector.json("/api/v1/hosts")["hosts"])
        self.assertEqual(heard, [])

    def test_a_password_goes_in_the_clear_nowhere(self):
        one = self.vsphere("clear", vcenter="http://192.0.2.1/sdk")
        until("it refuses", 2, lambda: not one.process.running())
        self.assertIn("https://", one.said())

    def test_the_password_is_in_no_word_that_others_see(self):
        one = self.vsphere("careful", ca=self.cert)
        until("it is in", FIRST_S,
              lambda: self.collector.json("/api/v1/hosts")["hosts"])
        for what in ("cmdline", "environ"):
            with open("/proc/%d/%s" % (one.process.pid, what), "rb") as file:
                self.assertNotIn(b"secret", file.read())
        self.assertNotIn("secret", one.said())


if __name__ == "__main__":
    unittest.main()
