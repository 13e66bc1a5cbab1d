"""What demarc-agent says to the person who types it, and how it ends."""
import json
import os
import struct
import subprocess
import time
import unittest

import frames
from world import Agent, Collector, World, program, until

SWITCH = "00:de:fb:00:01:01"


def agent(*words):
    return subprocess.run([program("demarc-agent"), *words], text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=20)


def write_capture(path, *packets):
    with open(path, "wb") as file:
        file.write(struct.pack("!IHHIIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
        for packet in packets:
            file.write(struct.pack("!IIII", 1, 0, len(packet), len(packet)))
            file.write(packet)


class OnANode(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.host, cls.leaf = cls.world.nodes("hv1", "leaf1")
        cls.world.wire(cls.host, "ens1", cls.leaf, "Eth1",
                       ("b8:ce:f6:00:00:01", SWITCH))
        cls.world.wire(cls.host, "ens2", cls.leaf, "Eth2")
        cls.leaf.ip("link set Eth2 down")

    def test_listen_says_what_it_heard_and_ends(self):
        said = os.path.join(self.world.dir, "listen")
        listening = self.host.start("listen", program("demarc-agent"),
                                    "listen", "ens1")
        time.sleep(1)
        self.leaf.send("Eth1", frames.lldp(SWITCH, "leaf1", "Ethernet1/1"))
        self.leaf.send("Eth1", frames.cdp(SWITCH, "leaf1", "Ethernet1/1"))
        self.assertEqual(until("it ends", 10, lambda: (
            None if listening.running() else "ended")), "ended", said)
        self.assertEqual(listening.popen.returncode, 0, listening.said())
        self.assertIn("leaf1", listening.said())
        self.assertIn("Ethernet1/1", listening.said())

    def about(self, name):
        """/proc/PID/status of the agents on the host, as dicts."""
        for pid in self.host.pids():
            with open("/proc/%d/status" % pid) as file:
                said = dict(line.rstrip("\n").split(":\t", 1)
                            for line in file if ":\t" in line)
            if said["Name"] == name:
                yield said

    def test_listen_is_not_root_while_it_reads_frames(self):
        listening = self.host.start("unprivileged", program("demarc-agent"),
                                    "listen", "ens1", "--timeout", "3",
                                    "--user", "nobody")
        net_raw = 1 << 13
        until("it has no root", 2, lambda: any(
            "0" not in said["Uid"].split() and
            int(said["CapPrm"], 16) == net_raw and said["NoNewPrivs"] == "1"
            for said in self.about("demarc-agent")))
        until("it ends", 5, lambda: not listening.running())
        self.assertEqual(listening.popen.returncode, 1, listening.said())
        self.assertIn("heard nothing", listening.said())

    def test_listen_becomes_no_user_that_is_not_there(self):
        answer = self.host.run(program("demarc-agent"), "listen", "ens1",
                               "--timeout", "2", "--user", "no-such-user")
        self.assertEqual(answer.returncode, 2, answer.stdout)
        self.assertIn("no-such-user", answer.stderr)

    def test_listen_says_why_it_may_have_heard_nothing(self):
        answer = self.host.run(program("demarc-agent"), "listen", "ens1",
                               "--timeout", "2")
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertRegex(answer.stdout + answer.stderr, "(?i)nothing")

    def test_listen_without_a_link_says_so(self):
        answer = self.host.run(program("demarc-agent"), "listen", "ens2",
                               "--timeout", "2")
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertRegex(answer.stdout + answer.stderr,
                         "(?i)carrier|link is down|no link|cable")

    def test_listen_on_a_nic_that_is_not_there(self):
        answer = self.host.run(program("demarc-agent"), "listen", "ens7")
        self.assertNotEqual(answer.returncode, 0)
        self.assertIn("ens7", answer.stderr)
        self.assertIn("ens1", answer.stderr, "it names those that are")

    def test_show_without_an_agent(self):
        answer = self.host.run(program("demarc-agent"), "show",
                               "--control-socket", "/run/nobody.sock")
        self.assertNotEqual(answer.returncode, 0)
        self.assertRegex(answer.stderr, "(?i)agent.*(run|start)")

    def test_show_and_doctor_beside_a_running_agent(self):
        own = Agent(self.host)
        self.addCleanup(own.process.stop)
        until("it listens", 5, lambda: any(
            nic.get("listening") for nic in own.show()["nics"]))
        self.leaf.send("Eth1", frames.lldp(SWITCH, "leaf1", "Ethernet1/1"))
        until("it is shown", 3, lambda: "leaf1" in own.command("show").stdout)
        text = own.command("show").stdout
        self.assertIn("ens1", text)
        self.assertTrue(all(len(line) <= 132 for line in text.splitlines()))
        one = own.command("show", "ens2")
        self.assertEqual(one.returncode, 0, one.stderr)
        self.assertNotIn("leaf1", one.stdout)
        none = own.command("show", "ens7")
        self.assertNotEqual(none.returncode, 0)
        self.assertIn("ens7", none.stderr)
        checked = own.command("doctor")
        self.assertIn(checked.returncode, (0, 1), checked.stderr)
        for nic in ("ens1", "ens2"):
            self.assertIn(nic, checked.stdout)

    def test_doctor_says_since_when_a_nic_hears_no_more(self):
        own = Agent(self.host)
        self.addCleanup(own.process.stop)
        until("it listens", 5, lambda: any(
            nic.get("listening") for nic in own.show()["nics"]))
        self.leaf.send("Eth1", frames.lldp(
            SWITCH, "leaf1", "Ethernet1/1", ttl=1))
        until("it is heard", 3, lambda: "leaf1" in own.command("show").stdout)
        until("it has expired", 5, lambda: "last frame" in own.command(
            "doctor", "ens1").stdout)
        self.assertRegex(
            own.command("doctor", "ens1").stdout,
            r"\? silent +last frame \d+ s ago, neighbor expired at "
            r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC")

    def test_show_tells_the_inside_and_alternative_names_count(self):
        collector = Collector(self.world)
        self.addCleanup(collector.stop)
        own = Agent(self.host, collector.address)
        self.addCleanup(own.process.stop)
        self.host.ip("link property add dev ens1 altname uplink-a",
                     "link add br0 type bridge", "link set br0 up",
                     "link set ens1 master br0")
        self.addCleanup(self.host.ip, "link property del dev ens1 altname "
                        "uplink-a", "link del br0")
        text = until("br0 is told", 3, lambda: next((
            said for said in (own.command("show").stdout,)
            if "br0: Linux bridge\n  uplink ens1: ens1 active\n" in said),
            None))
        self.assertTrue(all(len(line) <= 132 for line in text.splitlines()))
        self.assertNotIn("br0", own.command("show", "ens1").stdout)
        for name in ("ens1", "uplink-a"):
            self.assertIn("ens1:", own.command("doctor", name).stdout)
            self.assertIn("\nens1 ", own.command("show", name).stdout)
        hit = until("it is found", 5, lambda: collector.find("uplink-a"))
        self.assertIn("ens1", str(hit))
        self.assertEqual(
            [nic["alternative_names"] for nic in own.show()["nics"]
             if nic["name"] == "ens1"], [["uplink-a"]])

    def test_doctor_names_what_is_wrong_and_the_fix(self):
        checked = self.host.run(program("demarc-agent"), "doctor", "ens2")
        self.assertEqual(checked.returncode, 1, checked.stdout)
        self.assertRegex(checked.stdout, "(?i)carrier|link|cable")

    def test_two_agents_do_not_share_a_socket(self):
        own = Agent(self.host)
        self.addCleanup(own.process.stop)
        second = self.host.run(program("demarc-agent"), "--config", own.config)
        self.assertNotEqual(second.returncode, 0)
        self.assertIn("control.sock", second.stderr)

    def test_mistakes_in_the_configuration_are_named(self):
        path = os.path.join(self.world.dir, "wrong.conf")
        for line, place in (("nci = e*", "nci"), ("heartbeat = often", "often"),
                            ("collector = ftp://x", "ftp://x"),
                            ("host_id = 12", "12"), ("nic", "nic")):
            with self.subTest(line):
                with open(path, "w") as file:
                    file.write("# a comment\n%s\n" % line)
                answer = self.host.run(program("demarc-agent"), "--config",
                                       path)
                self.assertEqual(answer.returncode, 2, answer.stderr)
                self.assertIn(place, answer.stderr)


class Reading(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.path = os.path.join(self.world.dir, "a.pcap")

    def test_a_capture(self):
        write_capture(self.path, frames.lldp(SWITCH, "leaf1", "Ethernet1/1"),
                      frames.cdp(SWITCH, "leaf1", "Ethernet1/1"))
        answer = agent("read", self.path)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn("leaf1", answer.stdout)
        lines = agent("read", "--json", self.path).stdout.splitlines()
        read = [json.loads(line) for line in lines]
        self.assertEqual([one["frame"] for one in read], [1, 2])
        self.assertEqual([one["neighbor"]["protocol"] for one in read],
                         ["lldp", "cdp"])

    def test_a_malformed_frame_and_what_is_no_discovery(self):
        write_capture(self.path,
                      frames.lldp(SWITCH, "leaf1", "Ethernet1/1")[:20],
                      bytes(12) + b"\x08\x00" + bytes(46))
        answer = agent("read", "--json", self.path)
        self.assertEqual(answer.returncode, 1, answer.stderr)
        read = [json.loads(line) for line in answer.stdout.splitlines()]
        self.assertEqual([one["status"] for one in read],
                         ["malformed", "not_discovery"])
        self.assertTrue(read[0]["reason"])

    def test_what_is_no_capture(self):
        with open(self.path, "wb") as file:
            file.write(b"this is no capture")
        for path in (self.path, "/nowhere/a.pcap", self.world.dir):
            with self.subTest(path):
                answer = agent("read", path)
                self.assertEqual(answer.returncode, 2)
                self.assertIn(path, answer.stderr)

    def test_every_program_explains_itself(self):
        for name in ("demarc-agent", "demarc-collector", "demarc",
                     "demarc-deliver"):
            for option in ("--help", "--version"):
                with self.subTest(name + option):
                    answer = subprocess.run(
                        [program(name), option], text=True, timeout=5,
                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                    self.assertEqual(answer.returncode, 0, answer.stderr)
                    self.assertIn(name, answer.stdout)
            wrong = subprocess.run(
                [program(name), "--no-such-option"], text=True, timeout=5,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.assertEqual(wrong.returncode, 2, name)
            self.assertIn("no-such-option", wrong.stderr)


class Asking(unittest.TestCase):
    """The exit status of demarc: 0, 1, 2, 3."""

    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.collector = Collector(self.world)

    def test_it_tells_apart_why_there_is_no_answer(self):
        demarc = self.collector.demarc
        self.assertEqual(demarc("find", "nobody").returncode, 1)
        self.assertEqual(demarc("hosts").returncode, 1)
        self.assertEqual(demarc("find").returncode, 2)
        self.assertEqual(demarc("fnid", "x").returncode, 2)
        for wrong in ("5000", "ten", "0", "-1"):
            answer = demarc("vlan", wrong)
            self.assertEqual(answer.returncode, 2)
            self.assertIn("a number from 1 to 4094", answer.stderr)
        answer = demarc("vlan", "99")
        self.assertEqual(answer.returncode, 1)
        self.assertIn("nobody needs VLAN 99", answer.stderr)
        self.collector.stop()
        answer = demarc("find", "x")
        self.assertEqual(answer.returncode, 3)
        self.assertIn(self.collector.socket, answer.stderr)
        self.assertEqual(answer.stdout, "")

    def test_json_is_the_answer_of_the_api_unchanged(self):
        said = json.loads(self.collector.demarc("hosts", "--json").stdout)
        asked = self.collector.json("/api/v1/hosts")
        self.assertEqual(set(said), set(asked))

    def test_an_address_that_is_not_this_machine_is_refused(self):
        with open(self.collector.config) as file:
            text = file.read()
        self.collector.stop()
        with open(self.collector.config, "w") as file:
            file.write(text.replace("listen = ", "listen = 0.0.0.0:7413, "))
        answer = subprocess.run(
            [program("demarc-collector"), "--config", self.collector.config],
            text=True, timeout=5, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        self.assertNotEqual(answer.returncode, 0)
        self.assertIn("0.0.0.0", answer.stderr)


if __name__ == "__main__":
    unittest.main()
