"""The table of faults and of healthy variants.

Each builds its hosts in the lab, waits (yield), and breaks them.  By "real"
parts, by "frames" of the test beside them, or by "posted" reports of what no
part of a test machine can be.
"""
import collections
import os
import signal
import struct
import time

import frames

Fault = collections.namedtuple(
    "Fault", "name by asks hop owner rule do how")
FAULTS, HEALTHY = [], []
DUPLEX = 0x0b  # of CDP


def fault(hop, owner, rule, asks="ens1", by="real"):
    """Asked of this NIC or vNIC of the host, this hop is to be named."""
    def add(do):
        FAULTS.append(Fault(do.__name__.replace("_", " "), by, asks, hop,
                            owner, rule, do, do.__doc__))
        return do
    return add


def healthy(asks="", by="real"):
    """Nothing here is worse than a remark."""
    def add(do):
        HEALTHY.append(Fault(do.__name__.replace("_", " "), by, asks, None,
                             None, None, do, do.__doc__))
        return do
    return add


# ---- attachment ------------------------------------------------------------


@fault("NIC", "both", "nic-link")
def leg_down(lab):
    """The switch port of an uplink is shut."""
    host = lab.host().bridge()
    yield host
    host.switch_port("ens1", "down")


@fault("NIC", "systems", "nic-link")
def nic_switched_off(lab):
    """ip link set ens1 down."""
    host = lab.host().bridge()
    yield host
    host.node.ip("link set ens1 down")


@fault("NIC", "both", "nic-link", asks="ens2")
def leg_of_a_team_down(lab):
    """The switch port of one leg of two is shut."""
    host = lab.host().team("tag=120")
    yield host
    host.switch_port("ens2", "down")


@fault("switch port", "network", "neighbor-silent")
def silent_switch(lab):
    """lldpd of the switch is killed; the link stays."""
    host = lab.host().bridge("leaf3")
    yield host
    for pid in lab.leafs["leaf3"].node.pids():
        os.kill(pid, signal.SIGKILL)


@fault("cable", "both", "cable-moved")
def moved_cable(lab):
    """The other end goes from a port of leaf1 to one of leaf2."""
    host = lab.host().bridge()
    yield host
    host.replug("ens1", "leaf2", "Eth91")


@fault("cable", "both", "cable-moved")
def swapped_cables(lab):
    """Two hosts exchange their ports."""
    one, other = lab.hosts_of(2)
    one.bridge("leaf1")
    other.bridge("leaf2")
    yield one
    one_port, other_port = one.ends["ens1"][1], other.ends["ens1"][1]
    one.replug("ens1", "leaf2", "Eth92")
    other.replug("ens1", "leaf1", one_port)
    lab.leafs["leaf2"].node.ip("link set Eth92 name " + other_port)


@fault("cable", "systems", "cable-to-host")
def cable_to_another_host(lab):
    """An uplink ends on a host whose lldpd is a station's."""
    host, other = lab.hosts_of(2)
    lab.world.wire(host.node, "ens1", other.node, "ens1")
    host.bridge(nic=None)
    host.node.ip("link set ens1 master br0")
    yield host
    other.node.lldpd("-I", "ens1", config=[
        "system capabilities enabled station"])


@fault("cable", "both", "nic-flaps")
def flapping(lab):
    """The link goes and comes four times."""
    host = lab.host().bridge()
    yield host
    for _ in range(4):
        host.switch_port("ens1", "down")
        time.sleep(0.7)
        host.switch_port("ens1", "up")
        time.sleep(0.7)


@fault("switch port", "both", "port-claimed-twice", by="frames")
def one_port_on_two_nics(lab):
    """A hub: two hosts hear one switch port by LLDP."""
    hosts = lab.hosts_of(2)
    for host in hosts:
        host.bridge("mute")
    yield hosts[0]
    for host in hosts:
        host.hears("ens1", switch("hubbed", "Ethernet1/7", 7))


@fault("cable", "network", "neighbors-several", by="frames")
def several_switches_on_one_nic(lab):
    """Something unmanaged stands between."""
    host = lab.host().bridge("mute")
    yield host
    for _ in range(3):
        host.hears("ens1", switch("north", "Ethernet1/1", 1),
                   switch("south", "Ethernet1/2", 2))
        time.sleep(1.1)  # else the one took the other's place


# ---- VLANs -----------------------------------------------------------------


@fault("switch port", "network", "vlan-not-carried", asks="ens2")
def vlan_missing_on_one_trunk(lab):
    """leaf2 no longer names the VLAN that leaf1 names."""
    host = lab.host().team("tag=120")
    yield host
    host.say("ens2", vlans={130: "test", 140: "dmz"})


@fault("switch port", "network", "vlan-legs-differ", asks="ens1")
def legs_with_different_sets(lab):
    """A VLAN that no port group has yet is on one trunk only."""
    host = lab.host().team("tag=140")
    yield host
    host.say("ens1", vlans={120: "prod", 140: "dmz"})


@fault("switch port", "both", "vlan-native")
def wrong_native_vlan(lab):
    """The port has the VLAN without a tag that the port group tags."""
    host = lab.host().team("tag=130")
    yield host
    for nic in ("ens1", "ens2"):
        host.say(nic, vlans={120: "prod", 140: "dmz"}, native=130)


@fault("switch port", "both", "vlan-native")
def tagged_port_group_on_an_access_port(lab):
    """The port is in one VLAN alone, which the port group tags."""
    host = lab.host().team("tag=120", legs=("leaf1",))
    yield host
    host.say("ens1", vlans={120: "prod"}, native=120)


@fault("switch port", "both", "vlan-native", asks="ens2")
def native_vlans_of_legs_differ(lab):
    """Untagged frames go into VLAN 1 on one leg, into 130 on the other."""
    host = lab.host().team()
    host.set("set", "port", "vnet0", "vlan_mode=access")
    yield host
    host.say("ens2", native=130)


@fault("switch port", "both", "vlan-untagged")
def no_native_vlan(lab):
    """The trunk takes no untagged frames, and the host sends them."""
    host = lab.host().bridge()
    yield host
    host.say("ens1", native=0)


@fault("uplink", "systems", "vlan-held-back")
def uplink_holds_a_vlan_back(lab):
    """trunks= of the uplink lacks the VLAN of the machine."""
    host = lab.host().team("tag=140")
    yield host
    host.set("set", "port", "bond0", "trunks=120,130")


# ---- bonds -----------------------------------------------------------------


@fault("uplink", "both", "lacp-one-sided")
def lacp_on_the_host_alone(lab):
    """lacp=active here; by the switch's LLDP its ports are in no channel."""
    host = lab.host().team("tag=120")
    yield host
    host.set("set", "port", "bond0", "bond_mode=balance-tcp", "lacp=active")


@fault("uplink", "both", "lacp-one-sided", by="frames")
def channel_on_the_switch_alone(lab):
    """The ports are in a channel, the team of the host makes none."""
    host = lab.host().team("tag=120", legs=("mute", "mute"))
    yield host
    for number in (1, 2):
        host.hears("ens%d" % number, switch(
            "chan", "Ethernet1/%d" % number, 0x20 + number,
            aggregation(3), chassis=0x20))


@fault("switch", "both", "team-one-switch")
def both_legs_on_one_switch(lab):
    """The second leg is put into the first one's switch."""
    host = lab.host().team("tag=120")
    yield host
    host.replug("ens2", "leaf1", "Eth93")


# ---- MTU, speed, duplex ----------------------------------------------------


@fault("vSwitch", "systems", "mtu-inside", asks="vnet0")
def mtu_step_inside(lab):
    """The bridge has 9000, its uplink 1500."""
    host = lab.host().bridge()
    yield host
    host.node.ip("link set ens1 mtu 9000", "link set vnet0 mtu 9000",
                 "link set br0 mtu 9000", "link set ens1 mtu 1500",
                 "link set br0 mtu 9000")


@fault("switch port", "both", "mtu-switch")
def jumbo_frames_meet_a_switch_without(lab):
    """MTU 9000 up to the NIC, 1500 on the switch port."""
    host = lab.host().bridge()
    yield host
    host.node.ip("link set ens1 mtu 9000", "link set vnet0 mtu 9000",
                 "link set br0 mtu 9000")
    host.say("ens1", frame=1522)


@fault("NIC", "systems", "mtu-alike")
def legs_of_different_mtu(lab):
    """One leg has 9000, the other 1500."""
    host = lab.host().team("tag=120")
    yield host
    host.node.ip("link set ens1 mtu 9000")


@fault("cable", "both", "duplex", by="frames")
def half_duplex(lab):
    """CDP says that the port has half duplex."""
    host = lab.host().bridge("mute")
    yield host
    host.hears("ens1", frames.cdp(
        "00:de:fb:07:00:01", "half", "Ethernet1/5",
        more=[(DUPLEX, b"\0")]))


# ---- the virtual side ------------------------------------------------------


@fault("vSwitch", "systems", "vswitch-no-uplink", asks="vnet0")
def bridge_without_uplink(lab):
    """The uplink is taken out of the bridge."""
    host = lab.host().bridge()
    yield host
    host.node.ip("link set ens1 nomaster")


@fault("vSwitch", "systems", "vswitch-no-uplink", asks="vnet0")
def wrong_bridge(lab):
    """The tap is put into a bridge that leads nowhere."""
    host = lab.host().bridge()
    host.node.ip("link add br1 type bridge", "link set br1 up")
    yield host
    host.node.ip("link set vnet0 master br1")


# ---- frames ----------------------------------------------------------------


def switch(name, port, number, extra=b"", chassis=None):
    """A switch with this number in its MAC; a bridge by its capabilities."""
    return frames.lldp(
        "00:de:fb:09:00:%02x" % number, name, port, extra=extra,
        chassis="00:de:fb:09:01:%02x" % (chassis or number))


def aggregation(status, number=1):
    """LLDP's link aggregation TLV (IEEE 802.3)."""
    return frames.tlv(127, b"\x00\x12\x0f\x03" + struct.pack(
        "!BI", status, number))
