"""The inside of hosts, compared with what the test itself configured."""
import json
import os
import shutil
import stat
import subprocess
import unittest

from world import Agent, Node, World, until

KINDS = ("bridge", "ovs-slb", "ovs-lacp")
# What is changed is to be right within two seconds.
SOON_S = 2
UUID = "11111111-2222-3333-4444-5555555555%02x"
CONTAINER = "0123456789abcdef" * 4


def uplink(*nics, **more):
    return dict({"name": nics[0], "kind": "nic", "members": [
        {"nic": nic, "state": "active"} for nic in nics]}, **more)


def switch(name, kind, uplinks=(), patches=(), **more):
    return dict({"name": name, "kind": kind, "uplinks": list(uplinks),
                 "patches": list(patches)}, **more)


def bond(mode, lacp):
    return uplink("ens1f0", "ens1f1", name="bond0", kind="bond", mode=mode,
                  lacp=lacp)


def by(member, items):
    return sorted(items, key=lambda one: one[member])


def unknown_tap(source, vswitch, group):
    """A tap that no process has open."""
    return {"id": "port:vnet0", "kind": "vm", "state": "unknown",
            "source": source, "vnics": [{
                "name": "vnet0", "vswitch": vswitch, "port_group": group,
                "type": "tap", "connected": False}]}


def open_vswitch(mode, lacp):
    return {"vswitches": [
        switch("br-ex", "openvswitch", [bond(mode, lacp)],
               [{"name": "to-int", "peer_vswitch": "br-int"}],
               datapath="userspace"),
        switch("br-int", "openvswitch", [],
               [{"name": "to-ex", "peer_vswitch": "br-ex"}],
               datapath="userspace")],
            "port_groups": [{"vswitch": "br-int", "name": "tag 10",
                             "vlan": 10}],
            "workloads": [unknown_tap("ovs", "br-int", "tag 10")]}


BRIDGES = {
    "vswitches": [
        switch("br0", "linux_bridge", [uplink("ens1f0")],
               vlan_filtering=False),
        switch("br1", "linux_bridge", [uplink("ens1f1")],
               vlan_filtering=False)],
    "port_groups": [{"vswitch": "br0", "name": "untagged"}],
    "workloads": [unknown_tap("kernel", "br0", "untagged")]}


class Inside(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        os.rmdir(cls.world.dir)  # "up" insists on making it
        cls.world.lab_do("up", KINDS="\n".join(KINDS))
        cls.hosts = [Node(cls.world, "hv%d" % number)
                     for number in range(1, len(KINDS) + 1)]
        for host in cls.hosts[1:]:
            cls.ovs(host, "--", "add-port", "br-ex", "to-int",
                    "--", "set", "interface", "to-int", "type=patch",
                    "options:peer=to-ex", "--", "add-port", "br-int", "to-ex",
                    "--", "set", "interface", "to-ex", "type=patch",
                    "options:peer=to-int")
        cls.name_namespace()
        cls.agents = [Agent(host) for host in cls.hosts]

    @classmethod
    def name_namespace(cls):
        """A namespace of the name "web" in the /run of the first host."""
        cls.web = cls.hosts[0].namespace + "-web"
        file = os.path.join(cls.hosts[0].dir, "run/netns/web")
        os.makedirs(os.path.dirname(file))
        with open(file, "w"):
            pass
        for add, remove in (
                (("ip", "netns", "add", cls.web),
                 ("ip", "netns", "del", cls.web)),
                (("mount", "--bind", "/run/netns/" + cls.web, file),
                 ("umount", file))):
            subprocess.run(add, check=True)
            cls.addClassCleanup(subprocess.run, remove, check=True)

    @staticmethod
    def ovs(host, *words):
        subprocess.run(
            ["ovs-vsctl", "--timeout=30", "--db=unix:" + os.path.join(
                host.dir, "run/openvswitch/db.sock"), *words], check=True)

    def inside(self, number):
        said = self.agents[number].show()
        return {"vswitches": by("name", said["vswitches"]),
                "port_groups": by("name", said["port_groups"]),
                "workloads": by("id", said["workloads"])}

    def same(self, number, wanted, seconds=SOON_S):
        """Nothing wrong, nothing missing, nothing besides."""
        try:
            until("it is so", seconds,
                  lambda: self.inside(number) == wanted)
        except AssertionError:
            self.assertEqual(self.inside(number), wanted)

    def soon(self, number, what, is_so):
        return until(what, SOON_S, lambda: is_so(self.inside(number)))

    def workload(self, inside, ident):
        return next((w for w in inside["workloads"] if w["id"] == ident), {})

    def test_1_linux_bridges_are_told_as_they_are(self):
        self.same(0, BRIDGES)

    def test_1_open_vswitch_is_told_as_it_is(self):
        self.same(1, open_vswitch("balance-slb", "off"))

    def test_1_a_bond_with_lacp_is_told_as_it_is(self):
        self.same(2, open_vswitch("balance-tcp", "negotiated"), 10)

    def test_2_a_tap_moves_from_bridge_to_bridge(self):
        for bridge in ("br1", "br0"):
            self.hosts[0].ip("link set vnet0 master " + bridge)
            self.soon(0, "vnet0 is on " + bridge, lambda said, b=bridge: [
                (v["vswitch"], v["port_group"]) for w in said["workloads"]
                for v in w["vnics"]] == [(b, "untagged")])
        self.same(0, BRIDGES)

    def test_2_a_port_is_tagged_anew(self):
        for columns, name, vlan, trunks in (
                (("tag=20",), "tag 20", 20, None),
                (("tag=[]", "trunks=30,10,11"), "trunk 10-11,30", None,
                 "10-11,30"),
                (("tag=20", "trunks=30", "vlan_mode=native-untagged"),
                 "native 20, trunk 20,30", 20, "20,30"),
                (("tag=[]", "trunks=[]", "vlan_mode=[]"), "trunk all", None,
                 "1-4094"),
                (("tag=10",), "tag 10", 10, None)):
            self.ovs(self.hosts[1], "set", "port", "vnet0", *columns)
            wanted = {"vswitch": "br-int", "name": name}
            wanted.update({"vlan": vlan} if vlan else {})
            wanted.update({"trunks": trunks} if trunks else {})
            self.soon(1, name, lambda said, one=wanted: (
                said["port_groups"] == [one] and
                said["workloads"][0]["vnics"][0]["port_group"] ==
                one["name"]))

    def test_2_a_leg_of_a_bond_is_pulled(self):
        for number in (1, 2):
            for state, wanted in (("down", "down"), ("up", "active")):
                self.hosts[number].ip("link set ens1f1 " + state)
                until("the leg is " + wanted,
                      SOON_S if wanted == "down" else 10,
                      lambda n=number, w=wanted: [
                          one["state"] for one in self.inside(n)["vswitches"]
                          [0]["uplinks"][0]["members"]] == ["active", w])

    def test_2_a_bridge_with_an_address_is_a_kernel_port(self):
        self.hosts[0].ip("addr add 10.98.0.1/24 dev br1")
        said = self.soon(0, "br1 is a kernel port", lambda said: self.workload(
            said, "kernel:br1"))
        self.assertEqual(said["kind"], "kernel_port")
        self.assertEqual(said["vnics"][0]["vswitch"], "br1")
        self.hosts[0].ip("addr del 10.98.0.1/24 dev br1")
        self.same(0, BRIDGES)

    def test_3_a_namespace_is_named_and_a_container_has_its_id(self):
        group = "/sys/fs/cgroup/pids/docker/" + CONTAINER
        sleeper = None
        try:
            self.hosts[0].ip(
                "link add veth1 type veth peer name eth0 netns " + self.web,
                "link set veth1 master br0 up")
            self.soon(0, "the namespace", lambda said: self.workload(
                said, "netns:web").get("kind") == "namespace")
            try:
                os.makedirs(group)
            except OSError as why:
                self.skipTest("no control group of our own: %s" % why)
            sleeper = subprocess.Popen(
                ["ip", "netns", "exec", self.web, "sleep", "60"])
            with open(group + "/cgroup.procs", "w") as file:
                file.write(str(sleeper.pid))
            self.hosts[0].ip("link set veth1 down", "link set veth1 up")
            said = self.soon(0, "the container", lambda said: self.workload(
                said, CONTAINER))
            self.assertEqual(
                (said["kind"], said["state"], said["source"]),
                ("container", "running", "proc"))
            self.assertEqual(said["vnics"][0]["vswitch"], "br0")
        finally:
            if sleeper:
                sleeper.kill()
                sleeper.wait()
            for path in (group, os.path.dirname(group)):
                if os.path.isdir(path):
                    os.rmdir(path)
            self.hosts[0].ip("link del veth1")
        self.same(0, BRIDGES)

    def qemu(self, number, name, tap, netdev=None, mac=None, fd=None):
        """With 'fd' it finds that file as its descriptor 3."""
        if not shutil.which("qemu-system-x86_64"):
            self.skipTest("no qemu-system-x86_64 here")
        opens = ("sh", "-c", 'exec "$@" 3<> %s' % fd, "sh") if fd else ()
        return self.hosts[number].start(
            name, *opens, "qemu-system-x86_64", "-S", "-display", "none",
            "-nodefaults", "-M", "q35,accel=tcg", "-m", "16",
            "-name", "guest=%s,debug-threads=on" % name,
            "-uuid", UUID % number, "-netdev",
            netdev or "tap,id=n0,ifname=%s,script=no,downscript=no" % tap,
            "-device", "virtio-net-pci,netdev=n0,mac=%s,romfile=" %
            (mac or "52:54:00:01:00:%02x" % number))

    def test_3_a_machine_is_known_by_its_process(self):
        for number, vswitch, group, down in (
                (0, "br0", "untagged", BRIDGES),
                (1, "br-int", "tag 10", open_vswitch("balance-slb", "off"))):
            tap = "tapx%d" % number
            qemu = self.qemu(number, "web-%d" % number, tap)
            until("QEMU has its tap", 10, lambda: os.path.exists(
                "/proc/%d" % qemu.pid) and tap in self.hosts[number].run(
                    "ip", "link").stdout)
            self.hosts[number].ip("link set %s up" % tap)
            if number == 0:
                self.hosts[0].ip("link set %s master br0" % tap)
            else:
                self.ovs(self.hosts[1], "add-port", "br-int", tap, "tag=10")
            said = self.soon(number, "the machine", lambda said: self.workload(
                said, UUID % number))
            self.assertEqual(said, {
                "id": UUID % number, "kind": "vm", "name": "web-%d" % number,
                "uuid": UUID % number, "state": "unknown", "source": "proc",
                "vnics": [{"name": tap, "mac": "52:54:00:01:00:%02x" % number,
                           "vswitch": vswitch, "port_group": group,
                           "type": "tap", "connected": True}]})
            qemu.stop()
            if number == 1:
                self.ovs(self.hosts[1], "del-port", tap)
            self.same(number, down)

    def test_3_a_container_has_the_mac_that_its_bridge_learned(self):
        mac = "02:42:ac:11:00:02"
        self.hosts[0].ip(
            "link add veth2 type veth peer name eth0 address %s netns %s" %
            (mac, self.web), "link set veth2 master br0 up")
        self.addCleanup(self.hosts[0].ip, "link del veth2")
        self.soon(0, "the namespace", lambda said: self.workload(
            said, "netns:web").get("kind") == "namespace")
        # It speaks as soon as it is up: it looks for routers.
        subprocess.run(["ip", "-n", self.web, "link", "set", "eth0", "up"],
                       check=True)
        self.soon(0, "its MAC", lambda said: self.workload(
            said, "netns:web")["vnics"][0].get("mac") == mac)
        # Two of them are a bridge or a router.
        subprocess.run(["ip", "-n", self.web, "link", "add", "link", "eth0",
                        "name", "second", "type", "macvlan"], check=True)
        subprocess.run(["ip", "-n", self.web, "link", "set", "second", "up"],
                       check=True)
        self.soon(0, "no MAC", lambda said: "mac" not in self.workload(
            said, "netns:web")["vnics"][0])

    def macvtap(self, name, ifindex):
        """The device of a macvtap, as udev makes it."""
        path = os.path.join(self.world.dir, "tap%d" % ifindex)
        device = self.hosts[0].run(
            "sh", "-c", "cat /sys/class/net/%s/tap%d/dev" %
            (name, ifindex)).stdout
        major, minor = (int(part) for part in device.split(":"))
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(major, minor))
        self.addCleanup(os.unlink, path)
        return path

    def test_3_a_macvtap_hangs_on_a_switch_in_its_nic(self):
        host, mac = self.hosts[0], "52:54:00:01:00:aa"
        host.ip("link add link eno1 name macvtap0 address %s type macvtap "
                "mode bridge" % mac, "link set macvtap0 up")
        self.addCleanup(self.same, 0, BRIDGES)
        self.addCleanup(host.ip, "link del macvtap0")
        vnic = {"name": "macvtap0", "mac": mac,
                "vswitch": "macvtap on eno1", "port_group": "untagged",
                "type": "macvtap", "mode": "bridge", "nic": "eno1",
                "connected": True}
        said = self.soon(0, "the macvtap", lambda said: self.workload(
            said, "port:macvtap0"))
        self.assertEqual(said["vnics"], [vnic])
        self.assertIn(switch("macvtap on eno1", "macvtap", [uplink("eno1")]),
                      self.inside(0)["vswitches"])
        links = json.loads(host.run("ip", "-j", "link").stdout)
        index = next(one["ifindex"] for one in links
                     if one["ifname"] == "macvtap0")
        self.qemu(0, "db01", "macvtap0", netdev="tap,id=n0,fd=3", mac=mac,
                  fd=self.macvtap("macvtap0", index))
        until("QEMU runs", 10, lambda: "guest=db01" in subprocess.check_output(
            ["ps", "ax"], text=True))
        host.ip("link set macvtap0 down", "link set macvtap0 up")
        said = self.soon(0, "the machine", lambda said: self.workload(
            said, UUID % 0))
        self.assertEqual((said["name"], said["vnics"]), ("db01", [vnic]))
        host.ip("addr add 10.97.0.1/24 dev macvtap0")
        self.soon(0, "the host's own", lambda said: self.workload(
            said, "kernel:macvtap0"))

    def test_4_a_database_that_ends_is_told_once_and_harms_nobody(self):
        host, agent = self.hosts[2], self.agents[2]
        with open(os.path.join(host.dir, "ovsdb.pid")) as file:
            pid = int(file.read())
        subprocess.run(["kill", str(pid)], check=True)
        self.soon(2, "its bridges are unknown", lambda said: (
            said["vswitches"] == []))
        until("the agent says so", 5,
              lambda: "the session ended" in agent.said())
        self.assertEqual(agent.said().count("the session ended"), 1)
        self.assertEqual(
            {nic["name"] for nic in agent.show()["nics"]},
            {"eno1", "ens1f0", "ens1f1"})


if __name__ == "__main__":
    unittest.main()
