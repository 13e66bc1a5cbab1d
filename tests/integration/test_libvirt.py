"""libvirtd with machines that run, compared with what the test configured."""
import os
import shutil
import signal
import subprocess
import unittest

from virt import Libvirt
from world import Agent, Collector, Node, World, program, until

# What is changed is to be right within two seconds.
SOON_S = 2
UUID = "4dea22b3-1d52-4b3c-8d5a-0000000000%02x"
# The agent has 25 MB to give.
RSS_MOST_KIB = 25 << 10
OUT = {"ens1f0": ("leaf1a", "Eth1/1"), "ens1f1": ("leaf1b", "Eth1"),
       "eno1": ("oob1", "gi0-1"), "ens2f0": ("leaf1a", "Eth1-9")}
BOND = ("ens1f0", "ens1f1")
OVS = ("br-int", "br-ex")


def mac(number):
    return "52:54:00:0a:00:%02x" % number


def interface(number, kind, inner):
    return "<interface type='%s'><mac address='%s'/>%s</interface>" % (
        kind, mac(number), inner)


def bridge(number, name, more=""):
    return interface(number, "bridge", "<source bridge='%s'/>%s" % (
        name, more))


OPEN_VSWITCH = "<virtualport type='openvswitch'/>"
# Each NIC: its XML, its member of the report, the vSwitches of its path and
# the NICs of its legs.
FORMS = [
    (bridge(1, "br0"),
     {"type": "tap", "vswitch": "br0", "port_group": "untagged"},
     ("br0",), ("eno1",)),
    (interface(2, "network", "<source network='lan' portgroup='prod'/>"),
     {"type": "tap", "vswitch": "br-int", "port_group": "prod",
      "network": "lan"}, OVS, BOND),
    (bridge(3, "br-int", "<vlan><tag id='30'/></vlan>" + OPEN_VSWITCH),
     {"type": "tap", "vswitch": "br-int", "port_group": "tag 30"}, OVS, BOND),
    (bridge(4, "br-int", "<vlan trunk='yes'><tag id='30' nativeMode="
            "'untagged'/><tag id='31'/></vlan>" + OPEN_VSWITCH),
     {"type": "tap", "vswitch": "br-int",
      "port_group": "native 30, trunk 30-31"}, OVS, BOND),
    (bridge(5, "br-int", OPEN_VSWITCH),
     {"type": "tap", "vswitch": "br-int", "port_group": "trunk all"},
     OVS, BOND),
    (interface(6, "direct", "<source dev='ens2f0' mode='vepa'/>"),
     {"type": "macvtap", "vswitch": "macvtap on ens2f0", "mode": "vepa",
      "port_group": "untagged", "nic": "ens2f0"},
     ("macvtap on ens2f0",), ("ens2f0",)),
    (interface(7, "network", "<source network='edge'/>"),
     {"type": "macvtap", "vswitch": "macvtap on ens2f0", "mode": "bridge",
      "port_group": "untagged", "nic": "ens2f0", "network": "edge"},
     ("macvtap on ens2f0",), ("ens2f0",)),
    (interface(8, "ethernet", "<target dev='tap-own'/>"),
     {"type": "tap"}, (), ()),
    (interface(9, "user", ""), {"type": "user"}, (), ()),
]


class Machines(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        if not shutil.which("libvirtd") or not shutil.which(
                "qemu-system-x86_64"):
            raise unittest.SkipTest("no libvirtd or no QEMU here")
        if not os.path.exists(program("demarc-libvirt")):
            raise unittest.SkipTest("demarc-libvirt was not built")
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        os.rmdir(cls.world.dir)  # "up" insists on making it
        cls.world.lab_do("up", KINDS="ovs-slb")
        cls.host = Node(cls.world, "hv1")
        cls.world.wire(cls.host, "ens2f0", Node(cls.world, "leaf1a"),
                       "Eth1-9")
        cls.host.ip("link del vnet0", "link add br0 type bridge",
                    "link add br1 type bridge", "link set eno1 master br0",
                    "link set br0 up", "link set br1 up")
        cls.ovs("del-port", "vnet0", "--",
                "add-port", "br-ex", "to-int", "--",
                "set", "interface", "to-int", "type=patch",
                "options:peer=to-ex", "--", "add-port", "br-int", "to-ex",
                "--", "set", "interface", "to-ex", "type=patch",
                "options:peer=to-int")
        cls.collector = Collector(cls.world)
        cls.agent = Agent(cls.host, cls.collector.address)
        cls.libvirt = Libvirt(cls.host)
        cls.libvirt.start()
        cls.libvirt.network(
            "lan", "<forward mode='bridge'/><bridge name='br-int'/>"
            "<virtualport type='openvswitch'/><portgroup name='prod'>"
            "<vlan><tag id='20'/></vlan></portgroup>")
        cls.libvirt.network(
            "edge", "<forward mode='bridge'><interface dev='ens2f0'/>"
            "</forward>")

    @classmethod
    def ovs(cls, *words):
        subprocess.run(
            ["ovs-vsctl", "--timeout=30", "--db=unix:" + os.path.join(
                cls.host.dir, "run/openvswitch/db.sock"), *words], check=True)

    def machines(self):
        return {one.get("name"): one for one in self.agent.show()["workloads"]
                if one["kind"] == "vm"}

    def state(self, name, wanted, seconds=SOON_S):
        return until("%s is %s" % (name, wanted), seconds, lambda: (
            lambda one: one.get("state") == wanted and one)(
                self.machines().get(name, {})))

    def create(self, number, *interfaces):
        name = "vm%d" % number
        self.libvirt.call("create", self.libvirt.machine(
            name, UUID % number, *interfaces))
        return name

    def child(self):
        """The number of the agent's demarc-libvirt, 0 when there is none."""
        for pid in self.host.pids():
            try:
                if self.world.name_of(pid) == "demarc-libvirt":
                    return pid
            except OSError:
                pass  # it has just ended
        return 0

    def path(self, address):
        """What the collector answers: one tuple for each leg."""
        status, _ = self.collector.get("/api/v1/path?of=" + address)
        if status != 200:
            return None
        legs = []
        for leg in self.collector.json("/api/v1/path?of=" + address)["legs"]:
            neighbor = leg["neighbor"] or {}
            legs.append((
                leg["workload"]["name"], leg["vnic"].get("mac"),
                leg["port_group"].get("name"),
                tuple(s["name"] for s in leg["vswitch"] if "name" in s),
                leg["nic"].get("name"),
                (neighbor["switch"]["short_name"],
                 neighbor["port"]["short_name"]) if neighbor else None))
        return legs

    def test_1_each_form_is_where_it_was_put(self):
        name = self.create(1, *[form[0] for form in FORMS])
        said = self.state(name, "running")
        self.assertEqual((said["source"], said["uuid"], said["id"]),
                         ("libvirt", UUID % 1, UUID % 1))
        vnics = {one["mac"]: one for one in said["vnics"]}
        for number, (_, wanted, _, _) in enumerate(FORMS, 1):
            with self.subTest(form=number):
                one = dict(vnics.pop(mac(number)))
                del one["name"]
                self.assertEqual(one, dict(
                    wanted, mac=mac(number), connected=True))
        self.assertEqual(vnics, {})

    def test_2_each_path_leads_to_the_switch_port(self):
        for number, (_, wanted, switches, nics) in enumerate(FORMS, 1):
            legs = [("vm1", mac(number), wanted.get("port_group"), switches,
                     nic, OUT.get(nic)) for nic in nics or (None,)]
            with self.subTest(form=number):
                try:  # the switch of the last wire speaks each five seconds
                    until("the path", 10,
                          lambda n=number, w=legs: self.path(mac(n)) == w)
                except AssertionError:
                    self.assertEqual(self.path(mac(number)), legs)

    def test_3_a_machine_starts_pauses_and_ends(self):
        name = self.create(2, bridge(0x21, "br0"))
        self.state(name, "running")
        self.libvirt.call("suspend", name)
        self.state(name, "paused")
        self.libvirt.call("resume", name)
        self.state(name, "running")
        self.libvirt.call("destroy", name)
        until("it is gone", SOON_S, lambda: name not in self.machines())

    def test_3_a_machine_that_is_off_shows_where_it_would_be(self):
        self.libvirt.call("define", self.libvirt.machine(
            "mail", UUID % 3, bridge(0x31, "br1"),
            interface(0x32, "network", "<source network='lan'/>")))
        said = self.state("mail", "off")
        self.assertEqual(said["vnics"], [
            {"name": "net0", "mac": mac(0x31), "vswitch": "br1",
             "port_group": "untagged", "type": "tap", "connected": False},
            {"name": "net1", "mac": mac(0x32), "vswitch": "br-int",
             "type": "tap", "network": "lan", "connected": False}])
        self.libvirt.call("undefine", "mail")
        until("it is gone", SOON_S, lambda: "mail" not in self.machines())

    def test_3_a_nic_moves_from_bridge_to_bridge_and_another_is_added(self):
        name = self.create(4, bridge(0x41, "br0"))
        on = lambda said: [one.get("vswitch") for one in said["vnics"]]
        self.assertEqual(on(self.state(name, "running")), ["br0"])
        self.libvirt.call("update-device", name, self.libvirt.file(
            "moved", bridge(0x41, "br1")), "--live")
        until("it is on br1", SOON_S,
              lambda: on(self.machines()[name]) == ["br1"])
        self.libvirt.call("attach-device", name, self.libvirt.file(
            "more", interface(0x42, "user", "")), "--live")
        until("the second NIC is told", SOON_S, lambda: [
            one.get("mac") for one in self.machines()[name]["vnics"]] ==
            [mac(0x42), mac(0x41)])
        self.libvirt.call("destroy", name)

    def test_3_a_hostile_name_is_cleaned(self):
        hostile = "&lt;img src=x&gt;\u202e&#133;" + "n" * 180
        self.libvirt.call("define", self.libvirt.file(
            "hostile", "<domain type='qemu'><name>%s</name><uuid>%s</uuid>"
            "<memory unit='MiB'>16</memory><os><type>hvm</type></os>"
            "<description>%s</description></domain>" % (
                hostile, UUID % 5, "x" * 200000)))
        one = until("it is told", SOON_S, lambda: [
            one for one in self.machines().values()
            if one.get("uuid") == UUID % 5])[0]
        self.assertTrue(one["name"].startswith("<img src=x>\ufffd"), one)
        self.assertLess(len(one["name"].encode()), 128)
        self.assertFalse(set(one["name"]) & set("\u202e\u0085\x1b\n"))
        self.libvirt.call("undefine", UUID % 5)

    def test_4_it_is_small_and_has_no_rights(self):
        with open("/proc/%d/status" % self.child()) as file:
            said = dict(line.rstrip("\n").split(":\t", 1) for line in file)
        self.assertLess(int(said["VmRSS"].split()[0]), RSS_MOST_KIB)
        self.assertNotEqual(said["Uid"].split()[0], "0")
        self.assertEqual(int(said["CapPrm"], 16), 0)
        self.assertEqual(int(said["CapBnd"], 16), 0)
        self.assertEqual(said["NoNewPrivs"], "1")

    def test_5_libvirt_is_killed_and_comes_back(self):
        self.libvirt.stop(signal.SIGKILL)
        one = until("its state is unknown", SOON_S, lambda: (
            lambda said: said["state"] == "unknown" and said)(
                self.machines()["vm1"]))
        self.assertEqual(one["source"], "proc")
        self.assertEqual(self.child(), 0)
        for _ in range(2):
            self.libvirt.start()
            self.state("vm1", "running")
            self.libvirt.stop()
            self.state("vm1", "unknown")
        self.libvirt.start()
        self.state("vm1", "running")
        said = self.agent.said()
        self.assertEqual(said.count("its machines are unknown"), 3)
        self.assertEqual(said.count("following its machines"), 4)

    def test_6_libvirt_is_stopped_and_goes_on(self):
        self.libvirt.process.tell(signal.SIGSTOP)
        try:
            self.state("vm1", "unknown", 30)
            until("it is said", 5, lambda: (
                "libvirt does not answer" in self.agent.said()))
        finally:
            self.libvirt.process.tell(signal.SIGCONT)
        self.state("vm1", "running", 5)

    def test_7_the_agent_ends_it(self):
        pid = self.child()
        self.agent.process.stop()
        self.assertTrue(pid)
        self.assertFalse(os.path.exists("/proc/%d" % pid))


SAYS = {
    "garbage": "head -c 300000 /dev/urandom; sleep 60",
    "a line without end": "yes {{{{ | tr -d '\\n'",
    "half a line": "printf '{\"domain\":{\"uuid\":\"a\",'; exit 0",
    "no line of ours": "echo '{\"domain\":[]}'; sleep 60",
    "nothing, and ends": "exit 7",
    "lost at once": "echo '{\"lost\":\"\\u001b[31m\"}'",
}


class Nonsense(unittest.TestCase):
    """A demarc-libvirt that is not well: said once, and harms nobody."""

    def test_each_kind_is_said_once_and_the_links_are_still_told(self):
        for name, script in SAYS.items():
            with self.subTest(name):
                self.one(script)

    def one(self, script):
        world = World()
        try:
            host, wire = world.nodes("hv1", "leaf1")
            world.wire(host, "ens0", wire, "Eth1")
            agent = Broken(host, script)
            host.ip("link add br0 type bridge", "link set ens0 master br0")
            until("the bridge is told", 2, lambda: [
                one["name"] for one in agent.show()["vswitches"]] == ["br0"])
            until("it is said", 3, lambda: agent.said().count(
                "its machines are unknown"))
            with open(agent.starts) as file:
                first = len(file.read())
            until("it is started again", 6, lambda: os.path.getsize(
                agent.starts) > first)
            host.ip("link set br0 name br9")
            until("the new name", 2, lambda: agent.show()["vswitches"][0]
                  ["name"] == "br9")
            self.assertEqual(agent.said().count("its machines are"), 1)
            self.assertNotIn("\x1b", agent.said())
            self.assertLess(agent.process.rss_kib(), 16 << 10)
        finally:
            world.close()


class Broken(Agent):
    """An agent beside which another demarc-libvirt stands."""

    def __init__(self, node, script):
        self.programs = os.path.join(node.dir, "programs")
        self.starts = os.path.join(node.dir, "agent", "starts")
        os.makedirs(self.programs)
        shutil.copy(program("demarc-agent"), self.programs)
        path = os.path.join(self.programs, "demarc-libvirt")
        with open(path, "w") as file:
            print("#!/bin/sh\necho >> %s\n%s" % (self.starts, script),
                  file=file)
        os.chmod(path, 0o755)
        super().__init__(node, libvirt="test:///default")

    def start(self):
        self.process = self.node.start(
            "agent", os.path.join(self.programs, "demarc-agent"), "--config",
            self.config)
        until("the agent listens on its control socket", 5,
              lambda: os.path.exists(self.socket))


if __name__ == "__main__":
    unittest.main()
