"""Faults of what no test machine has: told by reports that are posted.

Each is the healthy host below with one thing changed: two NICs of
10 Gbit/s on two cards and two switches, an LACP bond, one machine.
"""
import itertools
import time

from fault_lab import SOFTWARE
from faults import fault, healthy

_numbers = itertools.count(1)
IN_SYNC, ALONE = 61, 69  # states of LACP (IEEE 802.1AX, 6.4.2.3)


class Posted:
    """A host that is told; its report is changed and told again."""

    def __init__(self, lab, number=None):
        self.lab, self.number = lab, number or next(_numbers)
        self.name = "esx%02d" % self.number
        self.told = {
            "nics": [self.nic(1), self.nic(2)],
            "links": [{"name": "bond0", "kind": "bond", "mtu": 1500,
                       "bond_mode": "802.3ad", "master": "br0"},
                      {"name": "br0", "kind": "bridge", "mtu": 1500}],
            "vswitches": [{
                "name": "br0", "kind": "linux_bridge", "uplinks": [{
                    "name": "bond0", "kind": "bond", "mode": "802.3ad",
                    "lacp": "negotiated", "members": [
                        {"nic": "eno1", "state": "active"},
                        {"nic": "eno2", "state": "active"}]}]}],
            "port_groups": [
                {"vswitch": "br0", "name": "prod", "vlan": 120}],
            "workloads": [{
                "id": "1", "kind": "vm", "name": "web%02d" % self.number,
                "state": "running", "source": "libvirt", "vnics": [{
                    "name": "vnet0", "type": "tap", "connected": True,
                    "mac": "52:54:00:00:01:%02x" % self.number,
                    "vswitch": "br0", "port_group": "prod"}]}]}

    def nic(self, leg):
        return {"name": "eno%d" % leg, "ifindex": leg + 1, "up": True,
                "mac": "b8:ce:f6:00:%02x:%02x" % (leg, self.number),
                "carrier": True, "mtu": 1500, "speed_mbps": 10000,
                "duplex": "full", "driver": "i40e", "listening": True,
                "bus": "0000:%d%d:00.0" % (leg, leg),
                "master": "bond0", "bond_state": "active",
                "lacp": {"aggregator": 1, "actor": IN_SYNC,
                         "partner": IN_SYNC},
                "neighbors": [self.neighbor(leg)]}

    def neighbor(self, leg, switch=None, **more):
        now = int(time.time())
        switch = switch or leg
        return dict({
            "protocol": "lldp", "ttl_s": 120, "system_name": "tor%d" % switch,
            "scope": "nearest-bridge",
            "source_mac": "02:00:00:%02x:%02x:%02x" % (
                leg, switch, self.number),
            "chassis_id": {"type": "mac",
                           "value": "02:00:00:00:%02x:ff" % switch},
            "port_id": {"type": "interface_name",
                        "value": "Ethernet%d/%d" % (leg, self.number)},
            "first_heard": now, "last_heard": now, "expires": now + 120,
            "pvid": 1, "max_frame": 9216,
            "vlans": [{"id": 120, "name": "prod"}],
            "aggregation": {"capable": True, "enabled": True}}, **more)

    def team(self, mode="active-backup"):
        """No LACP, as on most hosts of VMware."""
        uplink = self.told["vswitches"][0]["uplinks"][0]
        uplink.update(mode=mode, lacp="off")
        self.told["links"][0]["bond_mode"] = mode
        for nic in self.told["nics"]:
            del nic["lacp"]
            nic["neighbors"][0]["aggregation"]["enabled"] = False
        return self

    def states(self, *states):
        for member, state in zip(
                self.told["vswitches"][0]["uplinks"][0]["members"], states):
            member["state"] = state

    @property
    def vnic(self):
        return self.told["workloads"][0]["vnics"][0]

    def post(self):
        self.lab.post(self.name, **self.told)
        return self


# ---- hosts and NICs --------------------------------------------------------


@fault("NIC", "systems", "nic-firmware-lldp", asks="eno1", by="posted")
def firmware_keeps_lldp(lab):
    """Intel's agent in the NIC is on; the neighbor is no longer heard."""
    host = Posted(lab).post()
    yield host
    nic = host.told["nics"][0]
    nic.update(firmware_lldp=True, firmware_flag="disable-fw-lldp",
               neighbors=[])
    host.post()


@fault("host", "systems", "host-silent", asks="", by="posted")
def host_lost_by_its_vcenter(lab):
    """The vCenter has no connection to it."""
    host = Posted(lab).team()
    host.told["host"] = {"platform": "esxi", "connection": "connected"}
    host.told["agent"] = {"via": "vc1", "program": "demarc-vsphere",
                          "sources": ["vsphere"]}
    host.post()
    yield host
    host.told["host"]["connection"] = "disconnected"
    host.post()


@fault("NIC", "both", "slow-leg", asks="eno2", by="posted")
def slow_leg(lab):
    """One leg at 1 Gbit/s, its fellow at 10."""
    host = Posted(lab).post()
    yield host
    host.told["nics"][1]["speed_mbps"] = 1000
    host.post()


@fault("cable", "both", "duplex", asks="eno1", by="posted")
def half_duplex_on_the_host(lab):
    """The NIC has half duplex, the switch says full."""
    host = Posted(lab).post()
    yield host
    nic = host.told["nics"][0]
    nic["duplex"] = "half"
    nic["neighbors"].append(dict(
        host.neighbor(1), protocol="cdp", duplex="full"))
    host.post()


# ---- bonds -----------------------------------------------------------------


@fault("cable", "both", "lacp-partners", asks="eno1", by="posted")
def legs_with_different_partners(lab):
    """Each leg is answered by another system."""
    host = Posted(lab).post()
    yield host
    host.told["nics"][1]["lacp"]["aggregator"] = 2
    host.post()


@fault("uplink", "both", "lacp-one-sided", asks="eno2", by="posted")
def nobody_answers_lacp_on_one_leg(lab):
    """The second port is out of the channel."""
    host = Posted(lab).post()
    yield host
    nic = host.told["nics"][1]
    nic["lacp"] = {"aggregator": 2, "actor": ALONE, "partner": 0}
    nic["neighbors"][0]["aggregation"]["enabled"] = False
    host.post()


@fault("uplink", "systems", "team-one-leg", asks="eno1", by="posted")
def single_uplink(lab):
    """The second NIC was taken out of the team."""
    host = Posted(lab).team().post()
    yield host
    del host.told["nics"][1]
    del host.told["vswitches"][0]["uplinks"][0]["members"][1]
    host.post()


@fault("uplink", "both", "team-on-standby", asks="web", by="posted")
def on_standby(lab):
    """The active leg is down, its standby carries."""
    host = Posted(lab).team()
    host.states("active", "standby")
    host.post()
    yield host
    host.states("down", "standby")
    host.post()


@fault("switch", "both", "team-one-switch", asks="eno1", by="posted")
def second_leg_on_the_switch_of_the_first(lab):
    """The second leg is found on the first one's switch."""
    host = Posted(lab).team().post()
    yield host
    host.told["nics"][1]["neighbors"] = [host.neighbor(
        2, 1, port_id={"type": "interface_name",
                       "value": "Ethernet1/1%02d" % host.number})]
    host.post()


# ---- the virtual side ------------------------------------------------------


@fault("vNIC", "systems", "vnic-disconnected", asks="web", by="posted")
def vnic_disconnected(lab):
    """Its cable is pulled in the hypervisor."""
    host = Posted(lab).post()
    yield host
    host.vnic["connected"] = False
    host.post()


@fault("vNIC", "systems", "vnic-nowhere", asks="web", by="posted")
def vnic_without_a_switch(lab):
    """The tap is a port of no bridge."""
    host = Posted(lab).post()
    yield host
    for member in ("vswitch", "port_group"):
        del host.vnic[member]
    host.vnic["network"] = "prod"
    host.told["links"].append({"name": "vnet0", "kind": "tun", "up": True})
    host.post()


@fault("vNIC", "systems", "mac-twice", asks="web", by="posted")
def duplicate_mac(lab):
    """A clone runs on another host."""
    one, other = Posted(lab).post(), Posted(lab).post()
    yield one
    other.vnic["mac"] = one.vnic["mac"]
    other.post()


@fault("port group", "systems", "group-drift", asks="web", by="posted")
def drifted_port_group(lab):
    """Three hosts have prod in VLAN 120, this one in 121."""
    hosts = [alone(Posted(lab), "drift").post() for _ in range(4)]
    yield hosts[0]
    hosts[0].told["port_groups"][0]["vlan"] = 121
    for nic in hosts[0].told["nics"]:
        nic["neighbors"][0]["vlans"].append({"id": 121, "name": "new"})
    hosts[0].post()


@fault("switch port", "network", "vlan-not-carried", asks="web", by="posted")
def vlan_missing_on_both_trunks_unlike_siblings(lab):
    """Three hosts alike have VLAN 120 on both ports, this one on none."""
    hosts = [alone(Posted(lab), "alike").post() for _ in range(4)]
    yield hosts[0]
    for nic in hosts[0].told["nics"]:
        nic["neighbors"][0]["vlans"] = [{"id": 130, "name": "test"}]
    hosts[0].post()


@fault("NIC", "systems", "mtu-alike", asks="eno1", by="posted")
def mtu_unlike_siblings(lab):
    """Three hosts alike have 9000, this one 1500."""
    hosts = [alone(Posted(lab), "mtu") for _ in range(4)]
    for host in hosts:
        mtu(host, 9000).post()
    yield hosts[0]
    mtu(hosts[0], 1500).post()


def mtu(host, octets):
    for one in host.told["nics"] + host.told["links"]:
        one["mtu"] = octets
    return host


def alone(host, name):
    """On switches that only hosts of this name hang on."""
    for nic in host.told["nics"]:
        one = nic["neighbors"][0]
        one["system_name"] += name
        one["system_description"] = SOFTWARE
        one["chassis_id"] = {"type": "local", "value": one["system_name"]}
        one["source_mac"] = one["source_mac"].replace(
            "02:00:00", "02:%02x:%02x" % (len(name), ord(name[0])))
    return host


# ---- healthy ---------------------------------------------------------------


@healthy(by="posted")
def an_mlag_pair(lab):
    """LACP over two switches that are one system to it."""
    yield Posted(lab).post()


@healthy(by="posted")
def active_backup_over_two_switches(lab):
    """The second leg stands by."""
    host = Posted(lab).team()
    host.states("active", "standby")
    yield host.post()


@healthy(asks="web", by="posted")
def standby_uplink(lab):
    """VMware: the port group uses one leg, the other one stands by."""
    host = Posted(lab).team()
    host.told["port_groups"][0]["team"] = {
        "policy": "failover_explicit", "active": ["eno2"],
        "standby": ["eno1"]}
    yield host.post()


@healthy(by="posted")
def a_machine_that_is_off(lab):
    """Its vNIC is disconnected, as it has to be."""
    host = Posted(lab).post()
    yield host
    host.told["workloads"][0]["state"] = "off"
    host.vnic["connected"] = False
    host.post()


@healthy(by="posted")
def kernel_ports_alone(lab):
    """Storage bound to one uplink on purpose."""
    host = Posted(lab).team()
    host.told["workloads"][0].update(kind="kernel_port", name="vmk1")
    host.told["port_groups"][0]["team"] = {
        "policy": "failover_explicit", "active": ["eno1"],
        "unused": ["eno2"]}
    yield host.post()


@healthy(by="posted")
def one_mac_by_vrrp(lab):
    """Routers share a MAC by design."""
    one, other = Posted(lab), Posted(lab)
    for host in (one, other):
        host.vnic["mac"] = "00:00:5e:00:01:0a"
        host.post()
    yield one


@healthy(by="posted")
def two_networks_of_one_name(lab):
    """Hosts that are not alike may call different networks alike."""
    one, other = alone(Posted(lab), "here"), alone(Posted(lab), "there")
    other.told["port_groups"][0]["vlan"] = 121
    other.post()
    yield one.post()


@healthy(by="posted")
def trunk_4095(lab):
    """VMware's 4095 is no VLAN, it is all of them."""
    host = Posted(lab).team()
    host.told["port_groups"][0]["vlan"] = 4095
    yield host.post()
