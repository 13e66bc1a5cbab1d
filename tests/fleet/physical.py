"""A data centre made of numbers: racks, switches, hosts, cables, machines.

    seed -> [physical] -> what each host can know of itself at a moment

Things happen to it (happen.py), whether or not a host tells of them; what a
host knows is taken as a picture that never changes afterwards (Host.picture).
Nothing here was learnt from a collector.
"""
import collections
import hashlib
import random

HOSTS_A_RACK = 12
PORTS_A_SWITCH = 48
NATIVE_VLAN = 10
GROUP_VLANS = tuple(range(100, 300, 10))
FRAMES_EVERY_S = 30
TTL_S = {"lldp": 120, "cdp": 180}
JOBS = ("shop", "proxy", "mail", "host-mon", "workflow", "log", "npm", "sys")

# What a NIC hears of one sender by one protocol.
Heard = collections.namedtuple(
    "Heard", "protocol switch port first ended reason")
Nic = collections.namedtuple("Nic", "name mac carrier changed hears")
Vnic = collections.namedtuple("Vnic", "name mac vswitch group connected")
Machine = collections.namedtuple("Machine", "id uuid name state vnics")
Group = collections.namedtuple("Group", "vswitch name id vlan unused")
Picture = collections.namedtuple(
    "Picture", "host taken nics groups machines vswitches")


def number_of(*parts):
    """A number that looks like any other."""
    text = " ".join(str(part) for part in parts)
    return int.from_bytes(hashlib.blake2b(
        text.encode(), digest_size=8).digest(), "big")


class Switch:
    """One of the two of a rack.  A third of the racks speaks LLDP, a third
    LLDP and CDP, a third CDP; every other one that speaks LLDP names VLANs."""

    def __init__(self, rack, leg):
        self.rack, self.leg = rack, leg
        self.brief = "leaf%04d%s" % (rack, leg)
        self.name = self.brief + ".dc1.example.net"
        self.serial = "FDO%04dZ%s" % (rack, leg.upper())
        side = "ab".index(leg)
        self.mac = "b8:ce:f6:%02x:%02x:00" % (rack >> 7, rack << 1 & 255 | side)
        self.address = "10.255.%d.%d" % (rack >> 7, rack << 1 & 255 | side)
        self.protocols = (("lldp",), ("lldp", "cdp"), ("cdp",))[rack % 3]
        self.vlans = GROUP_VLANS[::2] if "lldp" in self.protocols and \
            rack // 3 % 2 == 0 else ()
        self.stacked = rack % 4 == 3
        self.free = list(range(1, PORTS_A_SWITCH + 1))

    def port_name(self, port):
        return ("GigabitEthernet1/0/%d" if self.stacked else
                "Ethernet1/%d") % port

    def port_brief(self, port):
        return ("Gi1/0/%d" if self.stacked else "Eth1/%d") % port

    def port_mac(self, port):
        return self.mac[:-2] + "%02x" % port


class Host:
    """A hypervisor: Open vSwitch, a Linux bridge or ESXi."""

    def __init__(self, number, rack, random_):
        self.number, self.rack = number, rack
        self.kind = ("ovs", "bridge", "esxi")[number % 3]
        self.id = "%016x%016x" % (number_of("host", number),
                                  number_of("more", number))
        self.name = "hv%05d" % number
        self.serial = "K%06dK" % number
        self.address = "10.%d.%d.%d" % (number >> 16, number >> 8 & 255,
                                        number & 255)
        names = ["vmnic%d" % n for n in range(4)] if self.kind == "esxi" \
            else ["ens1f0", "ens1f1", "ens2f0", "ens2f1"]
        self.nic_names = names
        self.nic_macs = ["04:3f:%02x:%02x:%02x:%02x" % (
            number >> 16, number >> 8 & 255, number & 255, n)
            for n in range(4)]
        self.cables = [None] * 4  # switch and port, or pulled out
        self.hears = [() for _ in range(4)]
        self.carrier = [True] * 4
        self.changed = [None] * 4
        self.vlans = sorted(random_.sample(GROUP_VLANS, 6))
        self.machines = {}
        self.next_port = 0
        self.vswitches = self.plan_vswitches()

    def plan_vswitches(self):
        """Name -> the NICs of its uplink, by number; () for none."""
        if self.kind == "esxi":
            return {"DSwitch%d" % self.rack: (0, 1, 2), "vSwitch0": (3,)}
        if self.kind == "ovs":
            return {"br-prod": (0, 2), "br-stor": (1, 3)}
        return {"br0": (0, 1, 2, 3), "virbr0": ()}

    def vswitch_of(self, vlan):
        """Where the port group of a VLAN is."""
        names = list(self.vswitches)
        if self.kind == "ovs":
            return names[vlan // 10 % 2]
        return names[0]

    def group_name(self, vlan):
        return "net-%d" % vlan if self.kind == "esxi" else "tag %d" % vlan

    def groups(self):
        """VMware's groups of every second VLAN may not use the third NIC."""
        all_ = [Group(self.vswitch_of(vlan), self.group_name(vlan),
                      "dvportgroup-%d" % vlan if self.kind == "esxi" else None,
                      vlan, (2,) if self.kind == "esxi" and vlan % 20 else ())
                for vlan in self.vlans]
        if self.kind == "bridge":
            all_.append(Group("virbr0", "untagged", None, None, ()))
        return tuple(all_)

    def picture(self, now):
        nics = tuple(Nic(self.nic_names[n], self.nic_macs[n], self.carrier[n],
                         self.changed[n], self.hears[n]) for n in range(4))
        return Picture(self, now, nics, self.groups(),
                       tuple(self.machines.values()), self.vswitches)


def last_heard(host, nic, heard, now):
    """When the last frame came before 'now'; a sender repeats it."""
    if heard.ended is not None:
        now = heard.ended
    phase = number_of(host.number, nic, heard.protocol) % FRAMES_EVERY_S
    return max(heard.first, now - (now - phase) % FRAMES_EVERY_S)


class Site:
    """All of it, and the dice."""

    def __init__(self, seed, hosts, machines):
        self.random = random.Random(seed)
        self.seed, self.serial = seed, 0
        self.racks = [(Switch(r, "a"), Switch(r, "b")) for r in
                      range(-(-hosts // HOSTS_A_RACK) + 1)]
        self.hosts = [Host(n, n // HOSTS_A_RACK, self.random)
                      for n in range(hosts)]
        for host in self.hosts:
            for nic in range(4):
                self.plug(host, nic, 0)
            for _ in range(self.random.randint(machines // 2,
                                               machines * 3 // 2)):
                self.add_machine(host)

    # ---- cables ------------------------------------------------------------

    def plug(self, host, nic, now):
        """Into a free port of the rack; what is heard is heard at once."""
        switch = self.racks[host.rack][nic // 2 if host.kind == "ovs"
                                       else nic % 2]
        port = switch.free.pop(self.random.randrange(len(switch.free)))
        host.cables[nic] = (switch, port)
        host.carrier[nic] = True
        past = tuple(h for h in host.hears[nic] if h.ended is not None and
                     (h.switch, h.port) != (switch, port))[-2:]
        protocols = switch.protocols
        if host.kind == "esxi":  # one protocol of the switch of VMware
            protocols, past = protocols[-1:], ()
        host.hears[nic] = past + tuple(
            Heard(p, switch, port, now, None, None) for p in protocols)

    def pull(self, host, nic, now):
        """The port is not free before the host has told of it: release."""
        taken, host.cables[nic] = host.cables[nic], None
        self.lose(host, nic, now)
        return taken

    def lose(self, host, nic, now):
        host.carrier[nic] = False
        host.hears[nic] = () if host.kind == "esxi" else tuple(
            h if h.ended is not None else
            h._replace(ended=now, reason="link_down")
            for h in host.hears[nic])

    @staticmethod
    def release(taken):
        switch, port = taken
        switch.free.append(port)

    # ---- machines ----------------------------------------------------------

    def add_machine(self, host):
        self.serial += 1
        job = self.random.choice(JOBS)
        name = "%s-%06d" % (job, self.serial)
        if self.serial % 5 == 0:
            name += ".prod.example.net"
        one = number_of("machine", self.seed, self.serial)
        uuid = "%08x-%04x-4%03x-8%03x-%012x" % (
            one >> 32, one >> 16 & 65535, one & 4095, one >> 4 & 4095,
            number_of("rest", one) & 0xffffffffffff)
        machine = Machine(
            "vm-%d" % self.serial if host.kind == "esxi" else uuid, uuid,
            name, "running", ())
        vnics = 1 + (self.serial % 7 == 0)
        self.place(host, machine, ["52:%02x:%02x:%02x:%02x:%02x" % (
            n, one >> 24 & 255, one >> 16 & 255, one >> 8 & 255, one & 255)
            for n in range(vnics)])

    def place(self, host, machine, macs):
        """Makes the machine's vNICs anew, on this host."""
        vnics = []
        for n, mac in enumerate(macs):
            vlan = self.random.choice(host.vlans)
            host.next_port += 1
            switch, group = host.vswitch_of(vlan), host.group_name(vlan)
            if host.kind == "bridge" and self.random.random() < 0.05:
                switch, group = "virbr0", "untagged"
            vnics.append(Vnic(
                "Network adapter %d" % (n + 1) if host.kind == "esxi" else
                "vnet%d" % host.next_port, mac, switch, group,
                machine.state != "off"))
        host.machines[machine.uuid] = machine._replace(vnics=tuple(vnics))
