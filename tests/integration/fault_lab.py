"""A lab of many hosts at a few switches, each host with a fault of its own.

Switches are real lldpd, machines are taps on bridges of Linux or of Open
vSwitch, hosts run real demarc-agent.  What no part of a test machine can have
(speed, PCI cards, a vCenter) is told by reports that are posted.
"""
import itertools
import json
import os
import struct
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

from ovs import OpenVSwitch
from world import Agent, Collector, World, until

AT_ONCE = 4
SOFTWARE = "Cisco Nexus Operating System (NX-OS) Software, Version 9.3(8)"
VLANS = {120: "prod", 130: "test", 140: "dmz"}
DOT1, DOT3 = "00,80,c2", "00,12,0f"


def octets(data):
    return ",".join("%02x" % one for one in data)


class Leaf:
    """A switch: a namespace in which lldpd speaks on every port."""

    def __init__(self, node):
        self.node, self.lines = node, []
        self.numbers = itertools.count(1)

    def port(self):
        """A name for one more port."""
        port = "Eth%d" % next(self.numbers)
        self.lines += self.saying(port)
        return port

    @staticmethod
    def saying(port, vlans=None, native=1, frame=9216):
        """Lines for lldpd: names of VLANs, the one without a tag, and the
        longest frame."""
        said = [(DOT1, 1, struct.pack("!H", native)),
                (DOT3, 4, struct.pack("!H", frame))]
        for vlan, name in (VLANS if vlans is None else vlans).items():
            said.append((DOT1, 3, struct.pack("!HB", vlan, len(name)) +
                         name.encode()))
        return ["ports %s lldp custom-tlv %soui %s subtype %d oui-info %s" % (
            port, "add " if number else "", oui, kind, octets(value))
                for number, (oui, kind, value) in enumerate(said)]

    def start(self):
        self.process = self.node.lldpd(
            "-I", "Eth*", config=['system description "%s"' % SOFTWARE,
                                  "system capabilities enabled bridge",
                                  "system chassisid %s-chassis" %
                                  self.node.name,
                                  *self.lines])

    def say(self, port, **more):
        """Says other VLANs of a port from now on."""
        file = os.path.join(self.node.dir, "run", port)
        with open(file, "w") as out:
            print("unconfigure ports %s lldp custom-tlv" % port, file=out)
            for line in self.saying(port, **more):
                print("configure", line, file=out)
        self.command("-c", "/run/" + port)

    def command(self, *words):
        said = self.node.run("lldpcli", *words)
        assert said.returncode == 0, said.stderr


class Host:
    """A host, what each of its NICs is cabled to, and its machine vnet0."""

    def __init__(self, lab, node):
        self.lab, self.node, self.ends, self.keys = lab, node, {}, {}
        self.name = node.name
        self.agent = None

    def cable(self, nic, leaf, port=None):
        """Switches that speak by frames of the test have no ports to name."""
        leaf = self.lab.leafs.get(leaf) or leaf
        port = port or leaf.port()
        self.lab.world.wire(self.node, nic, leaf.node, port)
        leaf.node.ip("link set %s mtu 9000" % port)
        self.ends[nic] = (leaf, port)

    def tap(self):
        self.node.ip("tuntap add vnet0 mode tap", "link set vnet0 up")

    def bridge(self, leaf="leaf1", nic="ens1"):
        """One uplink, and a machine without tag."""
        if nic:
            self.cable(nic, leaf)
        self.tap()
        self.node.ip("link add br0 type bridge", "link set br0 up",
                     "link set vnet0 master br0",
                     *["link set %s master br0" % nic] * bool(nic))
        return self

    def team(self, *tag, legs=("leaf1", "leaf2"),
             bond=("bond_mode=balance-slb",)):
        """Open vSwitch: a bond of legs, and a machine in a VLAN."""
        for number, leaf in enumerate(legs, 1):
            self.cable("ens%d" % number, leaf)
        self.tap()
        self.ovs = OpenVSwitch(self.node)
        self.ovs.start()
        nics = ["ens%d" % number for number in range(1, len(legs) + 1)]
        up = ["--", "add-port", "br0", *nics] if len(nics) == 1 else [
            "--", "add-bond", "br0", "bond0", *nics, *bond]
        self.set("add-br", "br0", *up,
                 "--", "add-port", "br0", "vnet0", *tag)
        return self

    def set(self, *words):
        """Of Open vSwitch."""
        assert self.ovs.do(*words) == 0, words

    def say(self, nic, **more):
        """What the switch port of a NIC says from now on."""
        leaf, port = self.ends[nic]
        leaf.say(port, **more)

    def switch_port(self, nic, words):
        """Sets the link at the switch's end of a cable."""
        leaf, port = self.ends[nic]
        leaf.node.ip("link set %s %s" % (port, words))

    def hears(self, nic, *frames):
        """Frames that arrive from the port that the NIC is cabled to."""
        leaf, port = self.ends[nic]
        with self.lab.lock:
            for frame in frames:
                leaf.node.send(port, frame)

    def replug(self, nic, leaf, port):
        """Puts the other end of the cable into another switch's port, which
        has a MAC of its own."""
        old, name = self.ends[nic]
        new = self.lab.leafs[leaf]
        old.node.ip("link set %s down" % name,
                    "link set %s netns %s name %s" % (
                        name, new.node.namespace, port))
        mac = "02:00:00:%s" % ":".join("%02x" % one for one in os.urandom(3))
        new.node.ip("link set %s address %s up" % (port, mac))
        self.ends[nic] = (new, port)


class Mute:
    """A switch that says only what frames of the test say."""

    def __init__(self, node):
        self.node, self.numbers = node, itertools.count(1)

    def port(self):
        return "Eth%d" % next(self.numbers)


class Lab:
    """All of it.  Each fault builds its hosts, and then breaks them."""

    def __init__(self, faults):
        self.world = World()
        self.collector = Collector(self.world)
        self.leafs, self.number = {}, int(time.time())
        for name in ("leaf1", "leaf2", "leaf3", "leaf4", "leaf5"):
            self.leafs[name] = Leaf(self.world.nodes(name)[0])
        self.leafs["mute"] = Mute(self.world.nodes("mute")[0])
        self.hosts, self.host_of, self.count = [], {}, 0
        self.steps, self.broken = {}, {}
        self.lock = threading.Lock()
        self.breaking = ThreadPoolExecutor(len(faults))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self.build, faults))

    def build(self, fault):
        step = self.steps[fault.name] = fault.do(self)
        self.host_of[fault.name] = next(step).name

    def hosts_of(self, count=1):
        with self.lock:
            self.count += count
            last = self.count
        names = ["hv%02d" % number for number in
                 range(last - count + 1, last + 1)]
        made = [Host(self, node) for node in self.world.nodes(*names)]
        self.hosts += made
        return made

    def host(self):
        return self.hosts_of()[0]

    def start(self):
        """Everything that runs, while nothing is broken yet."""
        for leaf in self.leafs.values():
            if isinstance(leaf, Leaf):
                leaf.start()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            agents = list(pool.map(lambda host: Agent(
                host.node, self.collector.address, vlan_period=0,
                **host.keys), self.hosts))
        for host, agent in zip(self.hosts, agents):
            host.agent = agent
        until("all hosts have told what their NICs hear", 30, self.heard)

    def heard(self):
        said = {one["name"]: one["nics_with_neighbor"] for one in
                self.collector.json("/api/v1/hosts?limit=500")["hosts"]}
        wanted = {host.name: sum(
            isinstance(leaf, Leaf) for leaf, _ in host.ends.values())
            for host in self.hosts}
        return not {name for name, count in wanted.items()
                    if said.get(name, -1) < count}

    def break_all(self, faults):
        """Injects every fault, all at once, and notes when each was there."""
        return [self.breaking.submit(self.break_one, fault)
                for fault in faults]

    def break_one(self, fault):
        for _ in self.steps[fault.name]:
            raise AssertionError("a fault is built and broken, no more")
        self.broken[fault.name] = time.time()

    def post(self, name, **members):
        """A report of a host that no part here can be."""
        with self.lock:
            self.number += 1
            number = self.number
        now = int(time.time())
        document = {
            "version": 1, "number": number, "sent_at": now,
            "digest": "%016x" % number,
            "agent": {"version": "0.1.0", "started_at": now,
                      "sources": ["lldp", "cdp"]},
            "host": {"id": name.encode().hex().ljust(32, "0"), "name": name},
            "nics": [], "links": []}
        for key, value in members.items():
            if isinstance(value, dict):
                document[key] = dict(document.get(key, {}), **value)
            else:
                document[key] = value
        status, _, body = self.collector.ask(
            "POST", "/api/v1/reports", json.dumps(document).encode())
        assert status == 204, body

    def diagnose(self, of):
        status, body = self.collector.get(
            "/api/v1/diagnose?of=" + urllib.parse.quote(of))
        return json.loads(body) if status == 200 else {
            "verdict": body.decode(errors="replace")}

    def findings(self, host):
        return self.collector.json(
            "/api/v1/findings?host=" + host)["findings"]
