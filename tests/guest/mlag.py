"""Runs in the guest: whole paths over bonds and the kernel's Open vSwitch.

The lab's two leafs are Open vSwitch with one LACP system id, as an MLAG pair.
One host bonds with the kernel, the other gets Open vSwitch in the kernel.  All
paths are compared with what is configured here.
"""
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "integration"))
from paths import legs, right  # noqa: E402
from world import Agent, Collector, Node, World, until  # noqa: E402

PATIENCE_S = 60  # every instruction is emulated
LIMIT_S = 2.0
LEAFS = {"ens1f0": "leaf1a", "ens1f1": "leaf1b"}
SYSTEM = "02:1c:73:ff:00:01"


class Mlag(unittest.TestCase):
    maxDiff = None
    took = {}

    @classmethod
    def setUpClass(cls):
        for module in ("bonding", "8021q", "openvswitch", "veth", "bridge"):
            subprocess.run(["modprobe", module], check=True)
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        os.rmdir(cls.world.dir)  # "up" insists on making it
        cls.world.lab_do("up", KINDS="bond\nplain", OOB_TX="600")
        cls.bond, cls.plain = (Node(cls.world, "hv%d" % n) for n in (1, 2))
        cls.collector = Collector(cls.world)
        cls.agents = [Agent(node, cls.collector.address)
                      for node in (cls.bond, cls.plain)]

    @classmethod
    def tearDownClass(cls):
        print("       until right in demarc path: " + ", ".join(
            "%s %.2f s" % one for one in cls.took.items()))

    def bonded(self, host, vnic, group, switches, uplink="bond0",
               states=("active", "active")):
        number = 1 if host is self.bond else 2
        ports = {"ens1f0": "Eth1/%d on leaf1a" % number,
                 "ens1f1": "Eth%d on leaf1b" % number}
        return sorted(
            (vnic, group, switches, uplink, nic, state,
             "?" if state == "down" else ports[nic])
            for nic, state in zip(ports, states))

    def right(self, what, of, wanted, limit=PATIENCE_S):
        with self.subTest(what):
            took = right(lambda: legs(self.collector, of), wanted, limit)
            if limit == LIMIT_S:
                self.took[what] = took

    def leaf(self, host, nic, state):
        """Pulls or plugs the cable of a NIC, on the switch's side."""
        Node(self.world, LEAFS[nic]).ip("link set Eth1-%s %s" % (
            host.name[2:], state))

    def uplink(self, host, vswitch):
        return next(one["uplinks"][0] for one in self.collector.json(
            "/api/v1/vswitches")["vswitches"]
                    if (one["host"], one["name"]) == (host.name, vswitch))

    def pulled(self, host, of, wanted):
        """One leg after the other, and back; 'wanted' of the states."""
        for nic, states in (("ens1f1", ("active", "down")),
                            ("ens1f0", ("down", "active"))):
            self.leaf(host, nic, "down")
            self.right("%s of %s is pulled" % (nic, of), of,
                       wanted(states), LIMIT_S)
            self.leaf(host, nic, "up")
            self.right("%s is back" % nic, of, wanted(("active", "active")))

    def test_1_lacp_with_two_leafs(self):
        host, of = self.bond, "hv1 vnet0"
        self.right("LACP", of, self.bonded(host, "vnet0", "untagged", "br0"))
        up = self.uplink(host, "br0")
        self.assertEqual((up["kind"], up["mode"], up["lacp"],
                          up["partner_mac"]),
                         ("bond", "802.3ad", "negotiated", SYSTEM))
        self.pulled(host, of, lambda states: self.bonded(
            host, "vnet0", "untagged", "br0", states=states))

    def vlan(self, *commands):
        for command in commands:
            subprocess.run(["bridge", "-n", self.bond.namespace, "vlan",
                            *command.split()], check=True)

    def test_2_a_bridge_that_filters_vlans(self):
        host, of = self.bond, "hv1 vnet0"
        host.ip("link set br0 type bridge vlan_filtering 1")
        self.vlan("add dev bond0 vid 100-200", "del dev vnet0 vid 1",
                  "add dev vnet0 vid 140 pvid untagged")
        self.right("a PVID", of, self.bonded(
            host, "vnet0", "tag 140", "br0"), LIMIT_S)
        self.vlan("add dev vnet0 vid 150-151")
        self.right("a trunk", of, self.bonded(
            host, "vnet0", "native 140, trunk 140,150-151", "br0"), LIMIT_S)
        up = self.uplink(host, "br0")
        self.assertEqual((up["carries"], up["untagged"]), ("1,100-200", 1))
        host.ip("link set br0 type bridge vlan_filtering 0")
        self.right("no filter", of, self.bonded(
            host, "vnet0", "untagged", "br0"), LIMIT_S)

    def test_3_a_vlan_device_over_the_bond(self):
        host, of = self.bond, "hv1 vnet1"
        host.ip("link add link bond0 name bond0.140 type vlan id 140",
                "link set bond0.140 up", "link add br140 type bridge",
                "link set br140 up", "link set bond0.140 master br140",
                "tuntap add vnet1 mode tap", "link set vnet1 master br140 up")
        self.right("a VLAN device", of, self.bonded(
            host, "vnet1", "untagged", "br140", "bond0.140"), LIMIT_S)
        up = self.uplink(host, "br140")
        self.assertEqual((up["kind"], up["vlan"], up["partner_mac"]),
                         ("vlan", 140, SYSTEM))
        host.ip("link set vnet1 master br0")
        self.right("a move to the bond", of, self.bonded(
            host, "vnet1", "untagged", "br0"), LIMIT_S)
        host.ip("link del vnet1", "link del br140", "link del bond0.140")
        self.right("it is gone", of, [], LIMIT_S)

    def test_4_active_backup(self):
        host, of = self.bond, "hv1 vnet0"
        host.ip("link set bond0 nomaster", "link del bond0",
                "link add bond0 type bond mode active-backup miimon 100",
                *["link set %s down" % nic for nic in LEAFS],
                *["link set %s master bond0" % nic for nic in LEAFS],
                "link set bond0 up", "link set bond0 master br0",
                "link set bond0 type bond active_slave ens1f0")

        def wanted(*states):
            return self.bonded(host, "vnet0", "untagged", "br0",
                               states=states)
        self.right("a new bond", of, wanted("active", "standby"))
        self.leaf(host, "ens1f0", "down")
        self.right("the active leg is pulled", of,
                   wanted("down", "active"), LIMIT_S)
        self.leaf(host, "ens1f0", "up")
        self.right("it is back", of, wanted("standby", "active"))
        host.ip("link set bond0 type bond active_slave ens1f0")
        self.right("it is chosen", of, wanted("active", "standby"), LIMIT_S)

    def ovs(self, node, *words):
        subprocess.run(["ovs-vsctl", "--timeout=60", "--db=unix:" +
                        os.path.join(node.dir, "run/openvswitch/db.sock"),
                        *words], check=True)

    def start_ovs(self, node):
        """With the kernel's datapath: the lab's own is in userspace."""
        home = os.path.join(node.dir, "run/openvswitch")
        os.makedirs(home, exist_ok=True)
        subprocess.run(["ovsdb-tool", "create", home + "/conf.db",
                        "/usr/share/openvswitch/vswitch.ovsschema"],
                       check=True)
        node.start("ovsdb", "ovsdb-server", "/run/openvswitch/conf.db",
                   "--remote=punix:/run/openvswitch/db.sock",
                   "--unixctl=/run/openvswitch/ovsdb.ctl")
        until("ovsdb-server answers", PATIENCE_S,
              lambda: os.path.exists(home + "/db.sock"))
        node.start("vswitchd", "ovs-vswitchd",
                   "unix:/run/openvswitch/db.sock",
                   "--unixctl=/run/openvswitch/vswitchd.ctl")

    def test_5_open_vswitch_in_the_kernel(self):
        host, of = self.plain, "hv2 vnet0"
        for number, leaf in enumerate(LEAFS.values()):
            self.ovs(Node(self.world, leaf), "--", "add-port", "mlag0",
                     "Eth1-2", "--", "set", "port", "Eth1-2", "lacp=active",
                     "other_config:lacp-system-id=" + SYSTEM,
                     "other_config:lacp-time=fast", "--", "set", "interface",
                     "Eth1-2", "other_config:lacp-aggregation-key=102",
                     "other_config:lacp-port-id=%d" % (2 + 1000 * number))
        self.start_ovs(host)
        self.ovs(host, "--", "add-br", "br-ex", "--", "add-br", "br-int",
                 "--", "add-bond", "br-ex", "bond0", "ens1f0", "ens1f1",
                 "lacp=active", "bond_mode=balance-tcp",
                 "other_config:lacp-time=fast",
                 "--", "add-port", "br-int", "vnet0", "tag=10",
                 "--", "add-port", "br-ex", "to-int",
                 "--", "set", "interface", "to-int", "type=patch",
                 "options:peer=to-ex", "--", "add-port", "br-int", "to-ex",
                 "--", "set", "interface", "to-ex", "type=patch",
                 "options:peer=to-int")

        def wanted(states=("active", "active"), group="tag 10"):
            return self.bonded(host, "vnet0", group, "br-int br-ex",
                               states=states)
        self.right("a bond with LACP", of, wanted())
        until("LACP is negotiated", PATIENCE_S, lambda: (
            self.uplink(host, "br-ex").get("lacp") == "negotiated"))
        up = self.uplink(host, "br-ex")
        self.assertEqual((up["kind"], up["mode"]), ("bond", "balance-tcp"))
        for nic in LEAFS:
            self.assertIn("master ovs-system", host.run(
                "ip", "-o", "link", "show", nic).stdout)
        self.ovs(host, "set", "port", "vnet0", "tag=77")
        self.right("a new tag", of, wanted(group="tag 77"), LIMIT_S)
        self.pulled(host, of, lambda states: wanted(states, "tag 77"))


if __name__ == "__main__":
    unittest.main()
