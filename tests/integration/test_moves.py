"""Whatever moves inside a host is right in demarc path within two seconds."""
import json
import os
import shutil
import subprocess
import time
import unittest

from paths import legs, right
from world import Agent, Collector, Node, World, until

ALONE = True
LIMIT_S = 2.0
# Carrier, LACP and the choice of a leg take Open vSwitch a moment more.
BOND_S = 4.0
UUID = "11111111-2222-3333-4444-5555555555%02x"


class Moves(unittest.TestCase):
    maxDiff = None
    took = {}

    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        os.rmdir(cls.world.dir)  # "up" insists on making it
        cls.world.lab_do("up", TX="1", OOB_TX="2")
        with open(os.path.join(cls.world.dir, "kinds")) as file:
            cls.kinds = file.read().split()
        cls.collector = Collector(cls.world)
        cls.hosts = {kind: Node(cls.world, "hv%d" % number)
                     for number, kind in enumerate(cls.kinds, 1)}
        cls.name_namespace()
        cls.agents = {kind: Agent(host, cls.collector.address)
                      for kind, host in cls.hosts.items()}
        for kind, host in cls.hosts.items():
            for nic in ("ens1f0", "ens1f1"):
                until("%s %s is found" % (host.name, nic), 20,
                      lambda h=host, n=nic: cls.collector.find(
                          h.name, n).get("state") == "current")

    @classmethod
    def name_namespace(cls):
        """A file for a namespace's name; the agent sees what is there now."""
        host = cls.hosts["bridge"]
        cls.app = "app%d" % os.getpid()
        file = os.path.join(host.dir, "run/netns", cls.app)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "w"):
            pass
        for add, remove in (
                (("ip", "netns", "add", cls.app),
                 ("ip", "netns", "del", cls.app)),
                (("mount", "--bind", "/run/netns/" + cls.app, file),
                 ("umount", file))):
            subprocess.run(add, check=True)
            cls.addClassCleanup(subprocess.run, remove, check=True)

    @classmethod
    def tearDownClass(cls):
        times = sorted(cls.took.values()) or [0]
        print("       %d changes, until right in demarc path: median %.2f s, "
              "most %.2f s (%s)" % (
                  len(times), times[len(times) // 2], times[-1],
                  max(cls.took, key=cls.took.get, default="none")))

    # ---- what is asked, and what is expected ------------------------------

    def port(self, kind, nic):
        number = self.kinds.index(kind) + 1
        return ("Eth1/%d on leaf1a" if nic == "ens1f0" else
                "Eth%d on leaf1b") % number

    def single(self, kind, vnic, group, switches, nic):
        return [(vnic, group, switches, nic, nic, "active",
                 self.port(kind, nic))]

    def bonded(self, kind, vnic, group, switches,
               states=("active", "active")):
        legs = []
        for nic, state in zip(("ens1f0", "ens1f1"), states):
            there = state != "down"
            legs.append((vnic, group, switches, "bond0", nic, state,
                         self.port(kind, nic) if there else "?"))
        return sorted(legs)

    @staticmethod
    def nowhere(vnic, group, switches):
        return [(vnic, group, switches, "?", "?", "?", "?")]

    def soon(self, what, of, wanted, limit=LIMIT_S):
        with self.subTest(what):
            self.took[what] = right(
                lambda: legs(self.collector, of), wanted, limit)

    def ovs(self, kind, *words):
        subprocess.run(
            ["ovs-vsctl", "--timeout=30", "--db=unix:" + os.path.join(
                self.hosts[kind].dir, "run/openvswitch/db.sock"), *words],
            check=True)

    # ---- Linux bridges ------------------------------------------------------

    def test_taps_of_linux_bridges(self):
        host, of = self.hosts["bridge"], "hv1 tapm"
        host.ip("tuntap add tapm mode tap", "link set tapm master br0 up")
        self.soon("a tap comes", of, self.single(
            "bridge", "tapm", "untagged", "br0", "ens1f0"))
        host.ip("link set tapm master br1")
        self.soon("a tap moves", of, self.single(
            "bridge", "tapm", "untagged", "br1", "ens1f1"))
        host.ip("link add br2 type bridge", "link set br2 up",
                "link set tapm master br2")
        self.soon("a tap moves to a bridge without uplink", of, self.nowhere(
            "tapm", "untagged", "br2"))
        host.ip("link add pa type veth peer pb", "link set pa master br2 up",
                "link set pb master br0 up")
        self.soon("bridges are joined by a veth", of, self.single(
            "bridge", "tapm", "untagged", "br2 br0", "ens1f0"))
        host.ip("link del pa", "link del br2")
        self.soon("the bridge of a tap goes", of, [])
        host.ip("link set tapm master br0")
        self.soon("a tap without a bridge gets one", of, self.single(
            "bridge", "tapm", "untagged", "br0", "ens1f0"))
        host.ip("link set tapm name tapn")
        self.soon("a tap is renamed", "hv1 tapn", self.single(
            "bridge", "tapn", "untagged", "br0", "ens1f0"))
        host.ip("link del tapn")
        self.soon("a tap goes", "hv1 tapn", [])

    def test_a_namespace_on_a_linux_bridge(self):
        host, name = self.hosts["bridge"], self.app
        host.ip("link add vetha type veth peer name eth0 netns " + name,
                "link set vetha master br0 up")
        self.soon("a namespace starts", name, self.single(
            "bridge", "vetha", "untagged", "br0", "ens1f0"))
        host.ip("link set vetha master br1")
        self.soon("a namespace moves", name, self.single(
            "bridge", "vetha", "untagged", "br1", "ens1f1"))
        host.ip("link del vetha")
        self.soon("a namespace ends", name, [])

    def test_the_uplink_of_a_bridge_changes(self):
        host, of = self.hosts["bridge"], "hv1 vnet0"
        host.ip("link set ens1f0 nomaster")
        self.soon("a bridge loses its uplink", of, self.nowhere(
            "vnet0", "untagged", "br0"))
        host.ip("link set ens1f0 master br0")
        self.soon("a bridge gets its uplink back", of, self.single(
            "bridge", "vnet0", "untagged", "br0", "ens1f0"))

    # ---- Open vSwitch -----------------------------------------------------------

    def patch(self, kind):
        self.ovs(kind, "--", "add-port", "br-ex", "to-int",
                 "--", "set", "interface", "to-int", "type=patch",
                 "options:peer=to-ex", "--", "add-port", "br-int", "to-ex",
                 "--", "set", "interface", "to-ex", "type=patch",
                 "options:peer=to-int")

    def unpatch(self, kind):
        self.ovs(kind, "--", "del-port", "to-int", "--", "del-port", "to-ex")

    def open_vswitch(self, kind):
        host = self.hosts[kind].name
        of = host + " vnet0"
        self.soon(kind + " without a patch", of,
                  self.nowhere("vnet0", "tag 10", "br-int"))
        self.patch(kind)
        self.soon(kind + " with a patch", of,
                  self.bonded(kind, "vnet0", "tag 10", "br-int br-ex"))
        for columns, group in (
                (("tag=20",), "tag 20"),
                (("tag=[]", "trunks=7,8,9"), "trunk 7-9"),
                (("tag=30", "trunks=31", "vlan_mode=native-tagged"),
                 "native 30, trunk 30-31"),
                (("tag=40", "trunks=[]", "vlan_mode=dot1q-tunnel"),
                 "tunnel 40"),
                (("tag=[]", "vlan_mode=[]"), "trunk all"),
                (("tag=10",), "tag 10")):
            self.ovs(kind, "set", "port", "vnet0", *columns)
            self.soon("%s: %s" % (kind, group), of, self.bonded(
                kind, "vnet0", group, "br-int br-ex"))
        self.move_tap(kind, host)
        self.pull_leg(kind, of)
        self.unpatch(kind)
        self.soon(kind + " loses its patch", of,
                  self.nowhere("vnet0", "tag 10", "br-int"))

    def move_tap(self, kind, host):
        of = host + " tapo"
        self.hosts[kind].ip("tuntap add tapo mode tap", "link set tapo up")
        self.ovs(kind, "add-port", "br-ex", "tapo", "tag=5")
        self.soon(kind + ": a tap comes", of,
                  self.bonded(kind, "tapo", "tag 5", "br-ex"))
        self.ovs(kind, "--", "del-port", "tapo",
                 "--", "add-port", "br-int", "tapo", "tag=6")
        self.soon(kind + ": a tap moves", of,
                  self.bonded(kind, "tapo", "tag 6", "br-int br-ex"))
        self.ovs(kind, "del-port", "tapo")
        self.soon(kind + ": a tap is without a bridge", of, [])
        self.hosts[kind].ip("link del tapo")

    def pull_leg(self, kind, of):
        for nic, states in (("ens1f0", ("down", "active")),
                            ("ens1f1", ("active", "down"))):
            # On the switch's side: a cable is pulled.
            leaf = "leaf1a" if nic == "ens1f0" else "leaf1b"
            port = "Eth1-%d" % (self.kinds.index(kind) + 1)
            wire = Node(self.world, leaf)
            wire.ip("link set %s down" % port)
            self.soon("%s: %s is pulled" % (kind, nic), of, self.bonded(
                kind, "vnet0", "tag 10", "br-int br-ex", states))
            wire.ip("link set %s up" % port)
            self.soon("%s: %s is back" % (kind, nic), of, self.bonded(
                kind, "vnet0", "tag 10", "br-int br-ex"), 20)
            # lldpd and LACP speak when it is their turn.
            self.took.pop("%s: %s is back" % (kind, nic), None)

    def test_open_vswitch_with_a_balanced_bond(self):
        self.open_vswitch("ovs-slb")
        kind, of = "ovs-slb", "hv2 vnet0"
        self.patch(kind)
        self.ovs(kind, "set", "port", "bond0", "bond_mode=active-backup")
        for nic, states in (("ens1f1", ("standby", "active")),
                            ("ens1f0", ("active", "standby"))):
            subprocess.run(
                ["ovs-appctl", "-t", os.path.join(
                    self.hosts[kind].dir, "run/openvswitch/vswitchd.ctl"),
                 "bond/set-active-slave", "bond0", nic], check=True,
                stdout=subprocess.DEVNULL)
            self.soon("the active leg becomes " + nic, of, self.bonded(
                kind, "vnet0", "tag 10", "br-int br-ex", states), BOND_S)
        self.ovs(kind, "set", "port", "bond0", "bond_mode=balance-slb")
        self.soon("the mode of a bond changes", of, self.bonded(
            kind, "vnet0", "tag 10", "br-int br-ex"))
        self.ovs(kind, "--", "del-port", "bond0",
                 "--", "add-port", "br-ex", "ens1f1", "trunks=10,20")
        self.soon("a bond becomes one NIC", of, self.single(
            kind, "vnet0", "tag 10", "br-int br-ex", "ens1f1"))
        carries, = (uplink["carries"] for switch in self.collector.json(
            "/api/v1/vswitches")["vswitches"] for uplink in switch["uplinks"]
                    if (switch["host"], switch["name"]) == ("hv2", "br-ex"))
        self.assertEqual(carries, "10,20")
        self.ovs(kind, "--", "del-port", "ens1f1", "--", "add-bond", "br-ex",
                 "bond0", "ens1f0", "ens1f1", "bond_mode=balance-slb")
        self.soon("a NIC becomes a bond", of, self.bonded(
            kind, "vnet0", "tag 10", "br-int br-ex"))
        self.unpatch(kind)

    def test_open_vswitch_with_lacp(self):
        self.open_vswitch("ovs-lacp")

    # ---- bonds of the kernel, bare NICs -------------------------------------

    def test_a_bond_of_the_kernel(self):
        if "bond" not in self.hosts:
            self.skipTest("this kernel has no bonds; make guest shows it")
        kind, of = "bond", self.hosts["bond"].name + " vnet0"
        self.soon("bond", of, self.bonded(kind, "vnet0", "untagged", "br0"),
                  20)
        self.hosts[kind].ip("link set ens1f1 down")
        self.soon("bond: ens1f1 is pulled", of, self.bonded(
            kind, "vnet0", "untagged", "br0", ("active", "down")))
        self.hosts[kind].ip("link set ens1f1 up")
        self.soon("bond: ens1f1 is back", of, self.bonded(
            kind, "vnet0", "untagged", "br0"), 20)

    def test_a_bare_nic(self):
        of, host = self.hosts["plain"].name + " ens1f0", self.hosts["plain"]

        def told():
            leg = json.loads(self.collector.demarc(
                "path", "--json", of).stdout)["legs"][0]
            return (leg["neighbor"] or {}).get("state"), leg["nic"]["up"]
        for state, wanted in (("down", ("ended", False)),
                              ("up", ("current", True))):
            host.ip("link set ens1f0 " + state)
            right(told, wanted, LIMIT_S if state == "down" else 20)

    # ---- a machine ----------------------------------------------------------

    def qemu(self, kind, name, tap):
        number = self.kinds.index(kind)
        return self.hosts[kind].start(
            name, "qemu-system-x86_64", "-S", "-display", "none",
            "-nodefaults", "-M", "q35,accel=tcg", "-m", "16",
            "-name", "guest=%s,debug-threads=on" % name,
            "-uuid", UUID % number, "-netdev",
            "tap,id=n0,ifname=%s,script=no,downscript=no" % tap, "-device",
            "virtio-net-pci,netdev=n0,mac=52:54:00:02:00:%02x,romfile=" %
            number)

    def test_a_machine_starts_and_stops(self):
        if not shutil.which("qemu-system-x86_64"):
            self.skipTest("no qemu-system-x86_64 here")
        for kind in ("bridge", "ovs-slb"):
            name, tap = "db-" + kind, "tapq"
            process = self.qemu(kind, name, tap)
            until("QEMU has its tap", 10, lambda k=kind, t=tap: t in
                  self.hosts[k].run("ip", "link").stdout)
            if kind == "bridge":
                self.hosts[kind].ip("link set tapq master br1 up")
                wanted = self.single(kind, tap, "untagged", "br1", "ens1f1")
            else:
                self.hosts[kind].ip("link set tapq up")
                self.ovs(kind, "add-port", "br-ex", tap, "tag=44")
                wanted = self.bonded(kind, tap, "tag 44", "br-ex")
            self.soon(kind + ": a machine starts", name, wanted)
            self.assertEqual(
                legs(self.collector, "52:54:00:02:00:%02x" % self.kinds.index(kind)),
                wanted)
            process.stop()
            if kind == "ovs-slb":
                self.ovs(kind, "del-port", tap)
            self.soon(kind + ": a machine ends", name, [])


if __name__ == "__main__":
    unittest.main()
