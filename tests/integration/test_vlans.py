"""Which VLANs arrive on a NIC, from frames that really do."""
import json
import socket
import struct
import time
import unittest

import frames
from world import Agent, Collector, World, until

PEER = "52:54:00:00:00:%02x"
WINDOW_S = 2


def arp(source, sender, to="ff:ff:ff:ff:ff:ff"):
    """Who has the address before mine?"""
    return (frames.mac(to) + frames.mac(source) +
            struct.pack("!HHHBBH", 0x0806, 1, 0x0800, 6, 4, 1) +
            frames.mac(source) + socket.inet_aton(sender) +
            bytes(6) + socket.inet_aton(sender)).ljust(60, b"\0")


def in_vlan(vlan, sender="10.0.0.1", source=PEER % 1, kind=0x8100):
    return frames.tagged(arp(source, sender), (kind, vlan))


class Listening(unittest.TestCase):
    """A host with three uplinks, windows only when somebody asks."""

    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.host, self.leaf = self.world.nodes("hv1", "leaf1")
        for nic in range(3):
            self.world.wire(self.host, "ens%d" % nic, self.leaf,
                            "Eth%d" % nic)

    def agent(self, **keys):
        keys.setdefault("vlan_window", WINDOW_S)
        keys.setdefault("vlan_period", 0)
        agent = Agent(self.host, **keys)
        until("it listens on all NICs", 5, lambda: all(
            one["listening"] for one in agent.show()["nics"]))
        return agent

    def during_a_window(self, agent, do, nic=None):
        """Asks for a window, does something in it; gives what was heard."""
        words = ["vlans", "--now"] + ([nic] if nic else [])
        asked = self.host.start("asked", *agent.argv(*words))
        until("a window is open", 3, lambda: self.tagged_sockets(agent))
        do()
        until("the command ends", WINDOW_S + 5, lambda: not asked.running())
        self.assertEqual(asked.popen.returncode, 0, asked.said())
        return self.heard(agent)

    @staticmethod
    def tagged_sockets(agent):
        """Packet sockets of the agent beyond those for neighbors."""
        return agent.packet_sockets() - 3

    @staticmethod
    def heard(agent):
        return {nic["name"]: {one["id"]: one for one in nic["heard_vlans"]}
                for nic in agent.show()["nics"] if "heard_vlans" in nic}

    def test_each_nic_tells_what_arrives_there(self):
        agent = self.agent()
        self.assertEqual(self.heard(agent), {})

        def send():
            self.leaf.send("Eth0", in_vlan(140, "10.1.40.7"))
            self.leaf.send("Eth0", in_vlan(140, "10.1.40.8", PEER % 2))
            self.leaf.send("Eth0", in_vlan(20, "0.0.0.0"))
            self.leaf.send("Eth1", in_vlan(4094, kind=0x88a8))
            self.leaf.send("Eth1", frames.tagged(
                arp(PEER % 1, "10.9.9.9"), (0x88a8, 10), (0x8100, 99)))

        heard = self.during_a_window(agent, send)
        self.assertEqual({nic: sorted(vlans) for nic, vlans in heard.items()},
                         {"ens0": [20, 140], "ens1": [10, 4094], "ens2": []})
        one = heard["ens0"][140]
        self.assertEqual(one["addresses"], ["10.1.40.7", "10.1.40.8"])
        self.assertEqual(one["frames"], 2)
        self.assertEqual(one["expires"] - one["last_heard"], 3600)
        self.assertLess(abs(one["last_heard"] - time.time()), 10)
        self.assertNotIn("addresses", heard["ens0"][20])
        self.assertNotIn("addresses", heard["ens1"][10])
        how = agent.show()["nics"][2]["vlan_listening"]
        self.assertEqual((how["period_s"], how["window_s"], how["filtered"],
                          how["frames_dropped"]), (0, WINDOW_S, False, 0))

    def test_what_tells_of_no_vlan_is_not_heard(self):
        agent = self.agent()
        own = json.loads(self.host.run("ip", "-j", "link").stdout)
        own = next(one["address"] for one in own if one["ifname"] == "ens1")

        def send():
            self.leaf.send("Eth0", arp(PEER % 1, "10.0.0.1"))
            self.leaf.send("Eth0", in_vlan(0))
            self.leaf.send("Eth0", in_vlan(4095))
            self.leaf.send("Eth0", frames.tagged(
                arp(PEER % 1, "10.0.0.1", PEER % 9), (0x8100, 30)))
            self.leaf.send("Eth0", frames.tagged(
                frames.lldp(PEER % 1, "leaf1", "Eth0"), (0x8100, 31)))
            self.leaf.send("Eth0", frames.tagged(
                frames.cdp(PEER % 1, "leaf1", "Eth0"), (0x8100, 1)))
            # What the host sent by one uplink, back on another.
            self.leaf.send("Eth0", in_vlan(32, source=own))
            self.host.send("ens0", in_vlan(33))
            self.leaf.send("Eth0", in_vlan(34))

        heard = self.during_a_window(agent, send)
        self.assertEqual(sorted(heard["ens0"]), [34])

    def test_between_windows_nothing_is_heard_and_no_socket_is_there(self):
        agent = self.agent()
        self.assertEqual(self.tagged_sockets(agent), 0)
        for vlan in range(1, 200):
            self.leaf.send("Eth0", in_vlan(vlan))
        heard = self.during_a_window(
            agent, lambda: self.leaf.send("Eth0", in_vlan(300)))
        self.assertEqual(sorted(heard["ens0"]), [300])
        self.assertEqual(self.tagged_sockets(agent), 0)
        before = agent.cpu_ns()
        for vlan in range(1, 200):
            self.leaf.send("Eth0", in_vlan(vlan))
        time.sleep(1)
        self.assertLess(agent.cpu_ns() - before, 1_000_000)
        self.assertEqual(sorted(self.heard(agent)["ens0"]), [300])

    def test_another_cable_has_other_vlans(self):
        agent = self.agent()
        heard = self.during_a_window(
            agent, lambda: [self.leaf.send("Eth%d" % nic, in_vlan(140))
                            for nic in (0, 1)])
        self.assertEqual(sorted(heard), ["ens0", "ens1", "ens2"])
        self.leaf.ip("link set Eth0 down")
        until("it is forgotten", 3,
              lambda: "ens0" not in self.heard(agent))
        self.assertIn(140, self.heard(agent)["ens1"])
        self.leaf.ip("link set Eth0 up")
        time.sleep(0.5)
        self.assertNotIn("ens0", self.heard(agent))

    def test_windows_open_by_themselves(self):
        agent = self.agent(vlan_window=1, vlan_period=10)
        end = time.time() + 25
        while time.time() < end:
            for nic in range(3):
                self.leaf.send("Eth%d" % nic, in_vlan(100 + nic))
            time.sleep(0.3)
            heard = self.heard(agent)
            if len(heard) == 3 and all(heard.values()):
                break
        self.assertEqual({nic: sorted(vlans) for nic, vlans in heard.items()},
                         {"ens%d" % n: [100 + n] for n in range(3)})
        vlan = heard["ens0"][100]
        self.assertEqual(vlan["expires"] - vlan["last_heard"], 120)

    def test_the_command_shows_it(self):
        agent = self.agent()
        said = agent.command("vlans").stdout
        self.assertIn("unknown: no window has passed yet", said)
        self.during_a_window(agent, lambda: self.leaf.send(
            "Eth1", in_vlan(140, "10.1.40.7")), "ens1")
        said = agent.command("vlans").stdout
        self.assertRegex(said, r"ens1 +140 +\w+ s ago +1 +10\.1\.40\.7")
        self.assertRegex(said, r"ens0 +- .*no window has passed")
        self.assertIn("2 s whenever asked", said)
        answer = agent.command("vlans", "ens1")
        self.assertNotIn("ens0", answer.stdout)
        answer = agent.command("vlans", "ens9")
        self.assertEqual(answer.returncode, 2)
        self.assertIn("there is no NIC", answer.stderr)
        self.leaf.ip("link set Eth2 down")
        until("it has no carrier", 3, lambda: agent.command(
            "vlans", "--now", "ens2").returncode == 2)

    def test_it_can_be_turned_off(self):
        agent = self.agent(vlan_window=0, vlan_period=300)
        answer = agent.command("vlans", "--now")
        self.assertEqual(answer.returncode, 2)
        self.assertIn("vlan_window is 0", answer.stderr)
        self.assertIn("vlan_window is 0", agent.command("vlans").stdout)
        for nic in agent.show()["nics"]:
            self.assertNotIn("vlan_listening", nic)

    def test_the_report_and_its_heartbeats_tell_it(self):
        collector = Collector(self.world)
        agent = self.agent(collector=collector.address, heartbeat=1)
        until("it reports", 5, lambda: collector.find("hv1 ens0"))
        self.during_a_window(
            agent, lambda: self.leaf.send("Eth0", in_vlan(140)))
        time.sleep(2.5)  # two heartbeats
        delivery = agent.show()["delivery"]
        self.assertTrue(delivery["reached"], delivery)
        self.assertNotIn("reason", delivery)
        self.assertNotRegex(agent.said(), r"(?i)refused|not delivered")

    def test_a_storm_hides_no_other_vlan(self):
        agent = self.agent()

        def storm():
            self.leaf.flood("Eth0", in_vlan(66), 0.7)
            self.leaf.send("Eth0", in_vlan(140))
            self.leaf.flood("Eth0", in_vlan(66), 0.5)

        before = agent.cpu_ns()
        heard = self.during_a_window(agent, storm)
        self.assertEqual(sorted(heard["ens0"]), [66, 140])
        self.assertLess(heard["ens0"][66]["frames"], 2000)
        self.assertLess(agent.cpu_ns() - before, 100_000_000)


class OpenVSwitch(unittest.TestCase):
    """A real switch that tags: access ports of VLANs 10 and 20 on a leaf,
    whose trunk to the host allows one of them."""

    def test_a_trunk_carries_what_it_allows(self):
        world = World()
        self.addCleanup(world.close)
        host, leaf, one, two = world.nodes("hv1", "leaf1", "one", "two")
        world.wire(host, "ens0", leaf, "Eth0")
        world.wire(one, "eth0", leaf, "Eth1")
        world.wire(two, "eth0", leaf, "Eth2")
        ovs = leaf.open_vswitch()
        ovs("add-br", "br0", "--", "set", "bridge", "br0",
            "datapath_type=netdev", "--",
            "add-port", "br0", "Eth0", "trunks=10,30", "--",
            "add-port", "br0", "Eth1", "tag=10", "--",
            "add-port", "br0", "Eth2", "tag=20")
        agent = Agent(host, vlan_window=3, vlan_period=10)
        end = time.time() + 30
        vlans = {}
        while time.time() < end and not vlans:
            one.send("eth0", arp(PEER % 1, "10.1.10.5"))
            two.send("eth0", arp(PEER % 2, "10.1.20.5"))
            time.sleep(0.2)
            nic, = agent.show()["nics"]
            vlans = {one["id"]: one.get("addresses")
                     for one in nic.get("heard_vlans", ())}
        self.assertEqual(vlans, {10: ["10.1.10.5"]})
