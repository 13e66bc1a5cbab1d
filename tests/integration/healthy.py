"""Healthy variants: what looks like a fault and is none."""
import frames
from fault_lab import VLANS
from faults import aggregation, healthy, switch


@healthy()
def a_bridge_and_a_machine(lab):
    """One uplink, one machine without a tag."""
    yield lab.host().bridge()


@healthy()
def a_team_over_two_switches(lab):
    """Both legs carry the VLAN."""
    yield lab.host().team("tag=120")


@healthy()
def renamed_switch(lab):
    """The switch gets another name; its chassis stays."""
    yield lab.host().bridge("leaf4")
    lab.leafs["leaf4"].command("configure", "system", "hostname", "leaf4new")


@healthy()
def a_switch_that_says_goodbye(lab):
    """lldpd of the switch is ended in order: a remark."""
    yield lab.host().bridge("leaf5")
    lab.leafs["leaf5"].process.stop()


@healthy()
def vlan_names_not_advertised(lab):
    """Not advertised is not the same as not allowed."""
    host = lab.host().team("tag=120")
    yield host
    for nic in ("ens1", "ens2"):
        host.say(nic, vlans={})


@healthy()
def vlan_names_on_neither_of_a_pair_but_others(lab):
    """The switches name other VLANs only, on both legs alike."""
    host = lab.host().team("tag=2000")
    yield host


@healthy()
def native_vlan_that_nobody_uses(lab):
    """The port has a native VLAN, and all that is sent has a tag."""
    host = lab.host().team("tag=120")
    yield host
    for nic in ("ens1", "ens2"):
        host.say(nic, native=999)


@healthy()
def jumbo_frames_that_fit(lab):
    """9000 on the whole way, and on the switch."""
    host = lab.host().bridge()
    yield host
    host.node.ip("link set ens1 mtu 9000", "link set vnet0 mtu 9000",
                 "link set br0 mtu 9000")


@healthy()
def jumbo_nic_below_a_bridge_of_1500(lab):
    """The NIC could, what stands on it does not."""
    host = lab.host().bridge()
    yield host
    host.node.ip("link set ens1 mtu 9000", "link set br0 mtu 1500")
    host.say("ens1", frame=1522)


@healthy()
def a_vlan_too_many(lab):
    """The port carries what nobody needs: a remark."""
    host = lab.host().team("tag=120")
    yield host
    for nic in ("ens1", "ens2"):
        host.say(nic, vlans={**VLANS, 777: "spare"})


@healthy()
def trunk_to_a_machine(lab):
    """A machine that gets all VLANs needs none by name."""
    yield lab.host().team()


@healthy()
def spare_nic_without_link(lab):
    """Nothing hangs on it."""
    host = lab.host().bridge()
    host.cable("ens2", "leaf1")
    yield host
    host.switch_port("ens2", "down")


@healthy()
def vlan_0(lab):
    """tag=0 is no VLAN."""
    yield lab.host().team("tag=0")


@healthy(by="frames")
def fabric_extender(lab):
    """Port names of a fabric extender, two of them."""
    host = lab.host().team("tag=120", legs=("mute", "mute"))
    yield host
    for number in (1, 2):
        host.hears("ens%d" % number, switch(
            "parent", "Ethernet10%d/1/7" % number, 0x30 + number,
            chassis=0x30))


@healthy(by="frames")
def cdp_and_lldp_of_one_port(lab):
    """Long and short names of one port are one port."""
    host = lab.host().bridge("mute")
    yield host
    host.hears("ens1", switch("both", "Ethernet1/7", 0x40),
               frames.cdp("00:de:fb:09:00:40", "both", "Ethernet1/7"))


@healthy(by="frames")
def pair_of_switches_with_a_channel(lab):
    """vPC, MLAG: one channel over two switches, LACP on the host."""
    host = lab.host().team(
        "tag=120", legs=("mute", "mute"),
        bond=("bond_mode=balance-tcp", "lacp=active"))
    yield host
    for number, name in enumerate(("vpc1", "vpc2"), 1):
        host.hears("ens%d" % number, switch(
            name, "Ethernet1/7", 0x50 + number, aggregation(3)))
