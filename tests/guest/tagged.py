"""Runs in the guest: tags that a NIC takes off, or leaves in, or drops.

The wires are those of inside.py; here end 0 is a switch that tags, by VLAN
devices of the kernel.
"""
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "integration"))
from inside import DRIVERS, MODULES, PATIENCE_S, nic_by_mac  # noqa: E402
from test_vlans import PEER, arp  # noqa: E402
from world import Agent, World, until  # noqa: E402

WINDOW_S = 4


class Tagged(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for module in MODULES:
            subprocess.run(["modprobe", module], check=True)
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.host, cls.leaf = cls.world.nodes("hv1", "leaf1")
        for wire in range(len(DRIVERS)):
            for end, node, name in ((0, cls.leaf, "Eth%d" % wire),
                                    (1, cls.host, "ens%d" % wire)):
                nic = nic_by_mac("52:54:00:de:%02x:%02x" % (wire, end))
                subprocess.run(["ip", "link", "set", nic, "netns",
                                node.namespace, "name", name], check=True)
                node.ip("link set %s up" % name)
            cls.leaf.ip(*["link add link Eth%d name v%d.%d type vlan id %d" %
                          (wire, wire, vlan, vlan) for vlan in (140, 4000)])
            cls.leaf.ip(*["link set v%d.%d up" % (wire, vlan)
                          for vlan in (140, 4000)])
        cls.agent = Agent(cls.host, nic=None, vlan_window=WINDOW_S,
                          vlan_period=0)
        until("all have a carrier", PATIENCE_S, lambda: all(
            one["carrier"] for one in cls.nics()), 0.5)

    @classmethod
    def nics(cls):
        return [one for one in cls.agent.show()["nics"]
                if one["name"].startswith("ens")]

    def heard(self):
        """VLANs of each driver after a window in which both were sent."""
        asked = self.host.start("asked", *self.agent.argv("vlans", "--now"))
        while asked.running():
            for wire in range(len(DRIVERS)):
                for vlan in (140, 4000):
                    self.leaf.send("v%d.%d" % (wire, vlan),
                                   arp(PEER % wire, "10.1.0.7"))
        self.assertEqual(asked.popen.returncode, 0, asked.said())
        return {nic["driver"]: [(one["id"], one.get("addresses"))
                                for one in nic["heard_vlans"]]
                for nic in self.nics()}

    def offload(self, value):
        """Gives the drivers that let it be set."""
        able = []
        for wire, driver in enumerate(DRIVERS):
            nic = "ens%d" % wire
            self.host.run("ethtool", "-K", nic, "rx-vlan-offload", value)
            said = self.host.run("ethtool", "-k", nic)
            self.assertEqual(said.returncode, 0, said.stderr)
            if "rx-vlan-offload: %s\n" % value in said.stdout:
                able.append(driver)
        return able

    def filtered(self):
        return {nic["driver"]: nic["vlan_listening"]["filtered"]
                for nic in self.nics()}

    def forget(self):
        """Another cable: what was heard is not known any more."""
        for wire in range(len(DRIVERS)):
            self.host.ip("link set ens%d down" % wire,
                         "link set ens%d up" % wire)
        until("nothing is known", PATIENCE_S, lambda: all(
            one["carrier"] and "heard_vlans" not in one
            for one in self.nics()), 0.5)

    def test_1_a_nic_that_drops_vlans_says_so(self):
        heard = self.heard()
        self.assertEqual(self.filtered(), dict.fromkeys(DRIVERS, True))
        for driver in ("virtio_net", "vmxnet3"):
            self.assertEqual(heard[driver], [])

    def test_2_tags_arrive_whoever_takes_them_off(self):
        for wire in range(len(DRIVERS)):
            self.host.ip("link set ens%d promisc on" % wire)
        both = [(140, ["10.1.0.7"]), (4000, ["10.1.0.7"])]
        for value in ("off", "on"):
            able = self.offload(value)
            self.forget()
            with self.subTest(offload=value, drivers=able):
                self.assertIn("e1000e", able)
                self.assertEqual(self.heard(), dict.fromkeys(DRIVERS, both))
                self.assertEqual(self.filtered(),
                                 dict.fromkeys(DRIVERS, False))


if __name__ == "__main__":
    unittest.main()
