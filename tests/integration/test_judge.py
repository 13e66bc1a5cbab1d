"""Frames that are not the switch's own word are never shown as the neighbor."""
import time
import unittest

import frames
from world import Agent, Collector, World, sender_of, until

SWITCH = "00:de:fb:00:01:01"


class OwnFrames(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.host, self.leaf = self.world.nodes("hv1", "leaf1")
        self.world.wire(self.host, "ens1", self.leaf, "Eth1",
                        ("b8:ce:f6:00:00:01", SWITCH))
        self.collector = Collector(self.world)
        self.agent = Agent(self.host, self.collector.address)

    def test_what_the_host_sends_is_not_heard(self):
        self.host.lldpd("-l", "-ccccc")
        self.leaf.send("Eth1", frames.lldp(SWITCH, "leaf1", "Ethernet1/1"))
        until("leaf1 is the neighbor", 5, lambda:
              self.collector.answer("hv1 ens1") == "Eth1/1 on leaf1")
        time.sleep(2.5)  # two of its own frames
        self.assertEqual(self.collector.answer("hv1 ens1"),
                         "Eth1/1 on leaf1")
        nic, = [nic for nic in self.agent.show()["nics"]
                if nic["name"] == "ens1"]
        self.assertEqual([sender_of(one) for one in nic["neighbors"]],
                         ["leaf1"])

    def test_its_own_frame_that_comes_back_is_marked(self):
        # A loop in the network brings the host its own frame.
        own = "b8:ce:f6:00:00:01"
        self.leaf.send("Eth1", frames.lldp(own, "hv1", "ens1"))
        self.leaf.send("Eth1", frames.cdp(own, "hv1", "ens1"))
        self.leaf.send("Eth1", frames.cdp(SWITCH, "leaf1", "Ethernet1/1"))
        until("leaf1 is the neighbor", 5, lambda:
              self.collector.answer("hv1 ens1") == "Eth1/1 on leaf1")
        leg, = self.collector.json("/api/v1/path?of=hv1%20ens1")["legs"]
        marked = [one for one in leg["heard"] if one.get("own")]
        self.assertEqual(len(marked), 2, leg["heard"])


class FloodedByABridge(unittest.TestCase):
    """A Linux bridge takes CDP for an ordinary multicast and floods it."""

    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.hv1, self.hv2, self.leaf1, self.leaf2 = self.world.nodes(
            "hv1", "hv2", "leaf1", "leaf2")
        self.collector = Collector(self.world)

    def bridge(self, node, *nics):
        node.ip("link add br0 type bridge", "link set br0 up",
                *["link set %s master br0" % nic for nic in nics])
        until("the bridge forwards", 40, lambda: node.run(
            "bridge", "link").stdout.count("state forwarding") == len(nics))

    def hosts(self):
        return [Agent(node, self.collector.address)
                for node in (self.hv1, self.hv2)]

    def test_a_bridge_that_joins_two_uplinks(self):
        # leaf1 - ens1 [br0] ens2 - leaf2: each leaf's CDP leaves by the
        # other uplink, and what comes in there must not be believed.
        self.world.wire(self.hv1, "ens1", self.leaf1, "Eth1")
        self.world.wire(self.hv1, "ens2", self.leaf2, "Eth1")
        self.bridge(self.hv1, "ens1", "ens2")
        Agent(self.hv1, self.collector.address)
        for leaf in (self.leaf1, self.leaf2):
            leaf.lldpd("-l", "-ccccc", config=[
                "ports Eth1 lldp portdescription Ethernet1/1"])
        for nic, leaf in (("ens1", "leaf1"), ("ens2", "leaf2")):
            until("%s is on %s" % (nic, leaf), 10, lambda n=nic, w=leaf:
                  self.collector.find("hv1 " + n).get("switch") == w)
        time.sleep(3)
        for nic, leaf in (("ens1", "leaf1"), ("ens2", "leaf2")):
            self.assertEqual(
                self.collector.find("hv1 " + nic).get("switch"), leaf)

    def test_cdp_that_crossed_another_host(self):
        # leaf1 - ens1 [br0 of hv2] ens2 - ens1 of hv1.  hv2 hears leaf1 by
        # LLDP and CDP; hv1 hears only the flooded CDP, from the same port.
        self.world.wire(self.hv2, "ens1", self.leaf1, "Eth1",
                        ("b8:ce:f6:00:02:01", SWITCH))
        self.world.wire(self.hv2, "ens2", self.hv1, "ens1")
        self.bridge(self.hv2, "ens1", "ens2")
        self.hosts()
        for _ in range(3):
            self.leaf1.send("Eth1", frames.cdp(SWITCH, "leaf1", "Ethernet1/1"))
            self.leaf1.send("Eth1",
                            frames.lldp(SWITCH, "leaf1", "Ethernet1/1"))
            time.sleep(0.5)
        until("hv2 is on leaf1", 5, lambda:
              self.collector.answer("hv2 ens1") == "Eth1/1 on leaf1")
        until("hv1's CDP is known for a phantom", 5, self.phantom)
        self.assertNotEqual(self.collector.find("hv1 ens1").get("answer"),
                            "Eth1/1 on leaf1")

    def phantom(self):
        status, _ = self.collector.get("/api/v1/path?of=hv1%20ens1")
        if status != 200:
            return None
        leg, = self.collector.json("/api/v1/path?of=hv1%20ens1")["legs"]
        return any(one.get("phantom") for one in leg["heard"])

    def test_lldp_wins_over_a_flooded_cdp(self):
        # A dumb bridge between leaf1, leaf2 and hv1; leaf2 is its true
        # neighbor by LLDP, leaf1's CDP is flooded to it.
        self.world.wire(self.hv1, "ens1", self.leaf2, "Eth1")
        Agent(self.hv1, self.collector.address)
        true = "00:de:fb:00:02:01"
        for _ in range(3):
            self.leaf2.send("Eth1", frames.cdp(SWITCH, "leaf1", "Ethernet1/1"))
            self.leaf2.send("Eth1", frames.cdp(true, "leaf2", "Ethernet1/4"))
            self.leaf2.send("Eth1", frames.lldp(true, "leaf2", "Ethernet1/4"))
            time.sleep(0.5)
        until("hv1 is on leaf2", 5, lambda:
              self.collector.answer("hv1 ens1") == "Eth1/4 on leaf2")


class TaggedFrames(unittest.TestCase):
    def test_every_tag_arrives(self):
        stacks = {
            "vlan0": [(0x8100, 0)], "vlan1": [(0x8100, 1)],
            "native": [(0x8100, 100)], "qinq": [(0x88a8, 10), (0x8100, 20)],
            "double": [(0x8100, 10), (0x8100, 20)], "none": []}
        world = World()
        self.addCleanup(world.close)
        host, leaf = world.nodes("hv1", "leaf1")
        for number, name in enumerate(stacks):
            world.wire(host, "ens%d" % number, leaf, "Eth%d" % number,
                       (None, "00:de:fb:00:01:%02x" % number))
        agent = Agent(host)
        time.sleep(0.5)
        for number, (name, tags) in enumerate(stacks.items()):
            source = "00:de:fb:00:01:%02x" % number
            for frame in (frames.lldp(source, name, "Ethernet1/1"),
                          frames.cdp(source, name, "Ethernet1/1")):
                leaf.send("Eth%d" % number, frames.tagged(frame, *tags))

        def heard(number):
            nic, = [nic for nic in agent.show()["nics"]
                    if nic["name"] == "ens%d" % number]
            return nic.get("neighbors", ())

        for number, (name, tags) in enumerate(stacks.items()):
            with self.subTest(name):
                until("both protocols arrive", 3,
                      lambda n=number: len(heard(n)) == 2)
                for one in heard(number):
                    self.assertEqual(
                        [tag["id"] for tag in one.get("vlan_tags", ())],
                        [vlan for _, vlan in tags], one["protocol"])


if __name__ == "__main__":
    unittest.main()
