"""Runs in the guest: bonds and VLAN-filtering bridges as the agent tells them.

Needs no NIC: the legs are veths, the switch at their other ends is a bond.
"""
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "integration"))
from world import Agent, World, until  # noqa: E402

PATIENCE_S = 40  # every instruction is emulated
LEAF_MAC = "02:1c:73:ff:00:01"


class Virtual(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        for module in ("bonding", "8021q", "veth", "bridge", "tun", "dummy"):
            subprocess.run(["modprobe", module], check=True)
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.host, cls.leaf = cls.world.nodes("hv9", "leaf9")
        for number in (0, 1):
            cls.world.wire(cls.host, "ens%d" % number,
                           cls.leaf, "Eth%d" % number)
        cls.agent = Agent(cls.host, nic="ens*")

    def bond(self, node, legs, mode, *more):
        node.ip("link add bond0 type bond miimon 100 mode " +
                " ".join((mode, *more)))
        self.addCleanup(node.ip, "link del bond0")
        for leg in legs:
            node.ip("link set %s down" % leg,
                    "link set %s master bond0" % leg)
        node.ip("link set bond0 up")

    def is_told(self, name, wanted):
        said = {}

        def ask():
            said.update(self.agent.show())
            return said[name] == wanted
        try:
            until("it is told", PATIENCE_S, ask, 0.5)
        except AssertionError:
            self.assertEqual(said[name], wanted)

    def bridge(self, uplink):
        return [{"name": "br0", "kind": "linux_bridge",
                 "vlan_filtering": uplink.get("carries") is not None,
                 "uplinks": [uplink], "patches": []}]

    def legs(self, *states):
        return [{"nic": "ens%d" % number, "state": state}
                for number, state in enumerate(states)]

    def test_1_a_bond_with_lacp_and_its_legs(self):
        self.bond(self.host, ("ens0", "ens1"), "802.3ad", "lacp_rate", "fast")
        self.bond(self.leaf, ("Eth0", "Eth1"), "802.3ad", "lacp_rate", "fast",
                  "ad_actor_system", LEAF_MAC)
        self.host.ip("link add br0 type bridge", "link set br0 up",
                     "link set bond0 master br0")
        self.addCleanup(self.host.ip, "link del br0")
        up = {"name": "bond0", "kind": "bond", "mode": "802.3ad",
              "lacp": "negotiated", "partner_mac": LEAF_MAC,
              "members": self.legs("active", "active")}
        self.is_told("vswitches", self.bridge(up))
        self.leaf.ip("link set Eth1 down")
        up["members"] = self.legs("active", "down")
        self.is_told("vswitches", self.bridge(up))

    def test_2_a_bond_with_one_leg_in_use(self):
        self.bond(self.host, ("ens0", "ens1"), "active-backup")
        self.leaf.ip("link set Eth0 up", "link set Eth1 up")
        self.host.ip("link add link bond0 name bond0.140 type vlan id 140",
                     "link set bond0.140 up",
                     "link add br0 type bridge", "link set br0 up",
                     "link set bond0.140 master br0")
        self.addCleanup(self.host.ip, "link del br0")
        up = {"name": "bond0.140", "kind": "vlan", "vlan": 140,
              "mode": "active-backup", "lacp": "off",
              "members": self.legs("active", "standby")}
        self.is_told("vswitches", self.bridge(up))
        self.leaf.ip("link set Eth0 down")
        up["members"] = self.legs("down", "active")
        self.is_told("vswitches", self.bridge(up))

    def test_3_a_bridge_that_filters_vlans(self):
        self.leaf.ip("link set Eth0 up")
        self.host.ip("link set ens0 up",
                     "link add br0 type bridge vlan_filtering 1",
                     "link set br0 up", "link set ens0 master br0",
                     "tuntap add vnet0 mode tap", "link set vnet0 master br0",
                     "link set vnet0 up")
        self.vlan("add dev ens0 vid 100-200", "del dev vnet0 vid 1",
                  "add dev vnet0 vid 140 pvid untagged")
        up = {"name": "ens0", "kind": "nic",
              "members": self.legs("active"), "carries": "1,100-200",
              "untagged": 1}
        self.is_told("vswitches", self.bridge(up))
        self.is_told("port_groups", [
            {"vswitch": "br0", "name": "tag 140", "vlan": 140}])
        self.vlan("add dev vnet0 vid 150-151", "del dev ens0 vid 200")
        self.is_told("port_groups", [
            {"vswitch": "br0", "name": "native 140, trunk 140,150-151",
             "vlan": 140, "trunks": "140,150-151"}])
        self.vlan("del dev vnet0 vid 140", "del dev vnet0 vid 150-151")
        self.is_told("port_groups", [{"vswitch": "br0", "name": "closed"}])
        up["carries"] = "1,100-199"
        self.is_told("vswitches", self.bridge(up))
        self.host.ip("addr add 10.1.1.1/24 dev br0")
        self.is_told("port_groups", [
            {"vswitch": "br0", "name": "tag 1", "vlan": 1},
            {"vswitch": "br0", "name": "closed"}])

    def vlan(self, *commands):
        for command in commands:
            subprocess.run(["bridge", "-n", self.host.namespace, "vlan",
                            *command.split()], check=True)


if __name__ == "__main__":
    unittest.main()
