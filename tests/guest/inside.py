"""Runs in the guest: real drivers, bonds, Open vSwitch's datapath, tags.

guest.sh made three wires; the MACs of their ends are 52:54:00:de:0W:0E.  End 0
becomes a switch's port with the real lldpd on it, end 1 a NIC of the host.
"""
import json
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "integration"))
import frames  # noqa: E402
from world import Agent, World, sender_of, until  # noqa: E402

DRIVERS = ("e1000e", "virtio_net", "vmxnet3")
MODULES = DRIVERS + ("bonding", "8021q", "openvswitch", "veth")
PATIENCE_S = 40  # every instruction is emulated


def nic_by_mac(mac):
    links = json.loads(subprocess.check_output(["ip", "-j", "link"]))
    return next(one["ifname"] for one in links if one["address"] == mac)


def host_mac(wire):
    return "52:54:00:de:%02x:01" % wire


class Guest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for module in MODULES:
            subprocess.run(["modprobe", module], check=True)
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.host, *cls.leafs = cls.world.nodes(
            "hv1", *["leaf%d" % wire for wire in range(len(DRIVERS))])
        for wire, leaf in enumerate(cls.leafs):
            for end, node, name in ((0, leaf, "Eth1"),
                                    (1, cls.host, "ens%d" % wire)):
                nic = nic_by_mac("52:54:00:de:%02x:%02x" % (wire, end))
                subprocess.run(["ip", "link", "set", nic, "netns",
                                node.namespace, "name", name], check=True)
                node.ip("link set %s up" % name)
        cls.agent = Agent(cls.host, nic=None)
        for leaf in cls.leafs:
            leaf.lldpd("-l", "-ccccc")

    def nics(self):
        return {nic["name"]: nic for nic in self.agent.show()["nics"]}

    def current(self, nic):
        """(protocol, name) of each neighbor that is there now."""
        return {(one["protocol"], sender_of(one))
                for one in nic.get("neighbors", ()) if not one.get("ended")}

    def right(self, wires):
        nics = self.nics()
        return all(self.current(nics["ens%d" % wire]) ==
                   {("lldp", "leaf%d" % wire), ("cdp", "leaf%d" % wire)}
                   for wire in wires)

    def frames_heard(self, wire):
        return self.nics()["ens%d" % wire]["frames_heard"]

    def hears(self, *wires):
        """Both protocols from the right switch, and new frames of it."""
        before = {wire: self.frames_heard(wire) for wire in wires}
        until("each hears its own leaf", PATIENCE_S,
              lambda: self.right(wires), 0.5)
        until("frames go on arriving", PATIENCE_S, lambda: all(
            self.frames_heard(wire) > before[wire] + 1 for wire in wires), 0.5)

    def test_1_each_driver_hears_both_without_promiscuous_mode(self):
        self.hears(0, 1, 2)
        links = json.loads(self.host.run("ip", "-d", "-j", "link").stdout)
        nics = self.nics()
        for wire, driver in enumerate(DRIVERS):
            with self.subTest(driver):
                link, = [one for one in links
                         if one["ifname"] == "ens%d" % wire]
                self.assertNotIn("PROMISC", link["flags"])
                self.assertEqual(link["promiscuity"], 0)
                nic = nics["ens%d" % wire]
                self.assertEqual(nic["driver"], driver)
                self.assertEqual(nic["permanent_mac"], host_mac(wire))
                self.assertRegex(nic["bus"], r"^0000:00:\w\w\.\w$")
        self.assertFalse(nics.get("lo", {}).get("listening"))

    def bond(self, mode):
        self.host.ip("link add bond0 type bond mode %s miimon 100" % mode)
        for wire in (0, 1):
            self.host.ip("link set ens%d down" % wire,
                         "link set ens%d master bond0" % wire)
        self.host.ip("link set bond0 up")
        try:
            until("they are seen as members", PATIENCE_S, lambda: all(
                self.nics()["ens%d" % wire].get("master") == "bond0"
                for wire in (0, 1)), 0.5)
            self.hears(0, 1)
            nics = self.nics()
            self.assertFalse(nics.get("bond0", {}).get("listening"))
            for wire in (0, 1):
                self.assertEqual(nics["ens%d" % wire]["permanent_mac"],
                                 host_mac(wire))
        finally:
            self.host.ip("link del bond0")
            for wire in (0, 1):
                self.host.ip("link set ens%d up" % wire)

    def test_2_members_of_a_bond_active_backup(self):
        self.bond("active-backup")

    def test_3_members_of_a_bond_802_3ad(self):
        self.bond("802.3ad")

    def test_4_members_of_a_bond_balance_xor(self):
        self.bond("balance-xor")

    def test_5_a_port_of_open_vswitch_in_the_kernel(self):
        home = os.path.join(self.host.dir, "run/openvswitch")
        os.makedirs(home)
        subprocess.run(["ovsdb-tool", "create", home + "/conf.db",
                        "/usr/share/openvswitch/vswitch.ovsschema"],
                       check=True)
        self.host.start("ovsdb", "ovsdb-server", "/run/openvswitch/conf.db",
                        "--remote=punix:/run/openvswitch/db.sock",
                        "--unixctl=/run/openvswitch/ovsdb.ctl")
        until("ovsdb-server answers", PATIENCE_S, lambda: os.path.exists(
            home + "/db.sock"))
        self.host.start("vswitchd", "ovs-vswitchd",
                        "unix:/run/openvswitch/db.sock",
                        "--unixctl=/run/openvswitch/vswitchd.ctl")
        subprocess.run(["ovs-vsctl", "--timeout=60",
                        "--db=unix:%s/db.sock" % home, "add-br", "br-ex",
                        "--", "add-port", "br-ex", "ens2"], check=True)
        until("the kernel's datapath has it", PATIENCE_S, lambda:
              self.nics()["ens2"].get("master") == "ovs-system", 0.5)
        self.hears(2)
        subprocess.run(["ovs-vsctl", "--timeout=60",
                        "--db=unix:%s/db.sock" % home, "del-br", "br-ex"],
                       check=True)

    def test_6_priority_tagged_frames(self):
        for wire, driver in enumerate(DRIVERS):
            with self.subTest(driver):
                self.tagged(wire, "tag0", [(0x8100, 0)])

    def test_7_frames_of_vlans_that_the_host_has(self):
        # A NIC that filters VLANs hands up only those that somebody on the
        # host asked for, as long as it is not promiscuous.
        stacks = ([(0x8100, 1)], [(0x8100, 100)], [(0x88a8, 10), (0x8100, 20)])
        for wire, driver in enumerate(DRIVERS):
            self.host.ip(*["link add link ens%d name v%d.%d type vlan id %d" %
                           (wire, wire, vlan, vlan) for vlan in (1, 10, 100)])
            for number, tags in enumerate(stacks, 1):
                with self.subTest(driver=driver, tags=tags):
                    self.tagged(wire, "tag%d" % number, tags)

    def tagged(self, wire, name, tags):
        source = "00:de:fb:00:%02x:%02x" % (wire, int(name[3:]) + 1)
        for frame in (frames.lldp(source, name, "Ethernet1/1"),
                      frames.cdp(source, name, "Ethernet1/1")):
            self.leafs[wire].send("Eth1", frames.tagged(frame, *tags))

        def heard():
            return {one["protocol"]: [tag["id"] for tag in one.get("vlan_tags", ())]
                    for one in self.nics()["ens%d" % wire]["neighbors"]
                    if sender_of(one) == name}

        vlans = [vlan for _, vlan in tags]
        until("both arrive with their tags", 10, lambda:
              heard() == {"lldp": vlans, "cdp": vlans}, 0.5)


if __name__ == "__main__":
    unittest.main()
