"""The three situations that people draw on whiteboards, as reports of hosts.

	situations.py rack|pod NOW      prints the reports, one in a line

rack    two switches and three hosts of different kinds: an ESXi host whose two
        uplinks are not alike, a Linux bridge, Open vSwitch over a bond
path    the same, asked for one VM
pod     four switches and sixteen hosts that are alike but for one cable to the
        other rack, one that is no longer heard, and one port without a VLAN
"""
import json
import sys

GIGABIT = 1000
SWITCHES = {
    "sw-c07-a": ("00:05:73:c0:7a:00", "Cisco Nexus 5548UP", "NX-OS, Version 7.3(2)N1(1)"),
    "sw-c07-b": ("00:05:73:c0:7b:00", "Cisco Catalyst 4500-X", "IOS-XE, Version 3.11"),
    "sw-d01-a": ("00:05:73:d0:1a:00", "Nexus 5548UP", "NX-OS, Version 7.3"),
    "sw-d01-b": ("00:05:73:d0:1b:00", "Nexus 5548UP", "NX-OS, Version 7.3"),
    "sw-d02-a": ("00:05:73:d0:2a:00", "Catalyst 4500-X", "IOS-XE, Version 3.11"),
    "sw-d02-b": ("00:05:73:d0:2b:00", "Catalyst 4500-X", "IOS-XE, Version 3.11"),
}


def cdp(now, switch, port, native, ago=23, ttl=180):
    """What CDP tells of a port: it has no list of VLANs."""
    mac, model, software = SWITCHES[switch]
    return {
        "protocol": "cdp", "source_mac": mac[:-2] + "%02x" % (int(port.split("/")[-1]) + 1),
        "ttl_s": ttl, "chassis_id": {"type": "device_id", "value": switch},
        "port_id": {"type": "interface_name", "value": port}, "platform": model,
        "software": software, "native_vlan": native, "duplex": "full", "mtu": 9216,
        "capabilities": {"supported": ["bridge"], "enabled": ["bridge"]},
        "first_heard": now - 40 * 86400, "last_heard": now - ago,
        "expires": now - ago + ttl}


def heard(now, vlans):
    return [{"id": vlan, "subnets": ["10.7.%d.0/24" % (vlan % 256)],
             "first_heard": now - 86400, "last_heard": now - 40,
             "expires": now + 3600, "frames": 30} for vlan in vlans]


def nic(now, name, mac, cable=None, vlans=(), native=1, speed=10 * GIGABIT, mtu=9000, ago=23):
    """'cable': switch and port; without one the NIC has no link."""
    out = {"name": name, "mac": mac, "up": True, "carrier": cable is not None, "mtu": mtu,
           "vlan_listening": {"period_s": 300, "window_s": 10, "since": now - 86400}}
    if cable:
        out.update(speed_mbps=speed, duplex="full", heard_vlans=heard(now, vlans),
                   neighbors=[cdp(now, *cable, native, ago)])
    return out


def vm(name, mac, vswitch, group, source="vsphere"):
    return {"id": name, "kind": "vm", "name": name, "state": "running", "source": source,
            "vnics": [{"name": "vNIC 1", "mac": mac, "vswitch": vswitch, "port_group": group,
                       "connected": True}]}


def kernel_port(name, mac, vswitch, group):
    return {"id": name, "kind": "kernel_port", "name": name, "source": "vsphere",
            "vnics": [{"name": name, "mac": mac, "vswitch": vswitch, "port_group": group}]}


def team(*nics):
    return {"name": "uplinks", "kind": "team", "mode": "loadbalance_srcid",
            "members": [{"nic": name, "state": "active"} for name in nics]}


def report(now, number, name, system, slot, nics, inside, links=(), vsphere=False):
    agent = {"version": "0.1.0", "sources": ["vsphere" if vsphere else "netlink"]}
    host = {"id": "%08x%024x" % (number, 0xc07), "name": name, "os": system,
            "slot": str(slot), "platform": "esxi" if vsphere else "linux"}
    return {"version": 1, "number": now, "sent_at": now, "digest": "%016x" % number,
            "agent": agent, "host": host, "nics": nics, "links": list(links), **inside}


def linux_bridge(now):
    inside = {
        "vswitches": [{"name": "br0", "kind": "linux_bridge", "uplinks": [
            {"name": "eth0", "kind": "nic", "members": [{"nic": "eth0", "state": "active"}]},
            {"name": "eth1", "kind": "nic", "members": [{"nic": "eth1", "state": "down"}]}]}],
        "port_groups": [{"vswitch": "br0", "name": "untagged"}],
        "workloads": [vm("ci-01", "52:54:00:9a:03:01", "br0", "untagged", "libvirt"),
                      vm("ci-02", "52:54:00:9a:03:02", "br0", "untagged", "libvirt")]}
    return report(now, 3, "lxb-03", "Debian 12", 3, [
        nic(now, "eth0", "00:25:b5:00:03:01", ("sw-c07-a", "Eth1/3"), (), 30, GIGABIT, 1500),
        nic(now, "eth1", "00:25:b5:00:03:02")], inside)


def esx(now):
    inside = {
        "vswitches": [
            {"name": "vSwitch0", "kind": "standard", "uplinks": [team("vmnic0", "vmnic1")]},
            {"name": "dvs-prod", "kind": "distributed", "uplinks": [team("vmnic2", "vmnic3")]}],
        "port_groups": [
            {"vswitch": "vSwitch0", "name": "Mgmt"},
            {"vswitch": "vSwitch0", "name": "vMotion", "vlan": 20},
            {"vswitch": "dvs-prod", "name": "PG-WEB", "vlan": 120},
            {"vswitch": "dvs-prod", "name": "PG-DB", "vlan": 130}],
        "workloads": [
            kernel_port("vmk0", "00:25:b5:00:07:0f", "vSwitch0", "Mgmt"),
            kernel_port("vmk1", "00:50:56:6a:07:01", "vSwitch0", "vMotion"),
            vm("web-01", "00:50:56:9a:1c:0e", "dvs-prod", "PG-WEB"),
            vm("web-02", "00:50:56:9a:1c:0f", "dvs-prod", "PG-WEB"),
            vm("db-01", "00:50:56:9a:1c:10", "dvs-prod", "PG-DB")]}
    return report(now, 7, "esx-07", "VMware ESXi 8.0", 7, [
        nic(now, "vmnic0", "00:25:b5:00:07:0f", ("sw-c07-a", "Eth1/7"), (10, 20), 10),
        nic(now, "vmnic1", "00:25:b5:00:07:1f", ("sw-c07-b", "Te1/7"), (10, 20), 1),
        nic(now, "vmnic2", "00:25:b5:00:07:2f", ("sw-c07-a", "Eth1/8"), (120, 130)),
        nic(now, "vmnic3", "00:25:b5:00:07:3f", ("sw-c07-b", "Te1/8"), (130,))],
        inside, vsphere=True)


def kvm(now):
    members = [{"nic": "eno1", "state": "active"}, {"nic": "eno2", "state": "active"}]
    inside = {
        "vswitches": [{"name": "br-ovs", "kind": "openvswitch", "uplinks": [
            {"name": "bond0", "kind": "bond", "mode": "balance-tcp", "members": members}]}],
        "port_groups": [{"vswitch": "br-ovs", "name": "tag 130", "vlan": 130},
                        {"vswitch": "br-ovs", "name": "tag 140", "vlan": 140}],
        "workloads": [vm("db-02", "52:54:00:9a:02:01", "br-ovs", "tag 130", "libvirt"),
                      vm("app-01", "52:54:00:9a:02:02", "br-ovs", "tag 140", "libvirt"),
                      vm("app-02", "52:54:00:9a:02:03", "br-ovs", "tag 140", "libvirt")]}
    return report(now, 12, "kvm-02", "Debian 12", 12, [
        nic(now, "eno1", "00:25:b5:00:02:01", ("sw-c07-b", "Te1/11"), (130, 140)),
        nic(now, "eno2", "00:25:b5:00:02:02", ("sw-c07-b", "Te1/12"), (130, 140))], inside)


def rack(now):
    return [linux_bridge(now), esx(now), kvm(now)]


MACHINES = (12, 9, 14, 11, 8, 13, 10, 12, 7, 15, 11, 9, 12, 0, 10, 13)
VLANS = (10, 20, 120, 130)


def pod_cables(number):
    """The cables of host 21 to 36: one side each, at the port of its place."""
    pod, place = ("d01", number - 20) if number < 29 else ("d02", number - 28)
    port = "Eth1/%d" if pod == "d01" else "Te1/%d"
    first, second = ("sw-%s-a" % pod, port % place), ("sw-%s-b" % pod, port % place)
    if number == 31:
        first = ("sw-d02-b", "Te1/17")
    if number == 34:
        second = ("sw-d01-b", "Eth1/16")
    return first, second


def pod_host(now, number):
    name, mac = "esx-%d" % number, "00:25:b5:%02x:00:%%02x" % number
    first, second = pod_cables(number)
    groups = (("Mgmt", 10), ("vMotion", 20), ("PG-WEB", 120), ("PG-DB", 130))
    lacking = [v for v in VLANS if v != 120] if number == 25 else VLANS
    inside = {
        "vswitches": [{"name": "dvs-prod", "kind": "distributed",
                       "uplinks": [team("vmnic0", "vmnic1")]}],
        "port_groups": [{"vswitch": "dvs-prod", "name": group, "vlan": vlan}
                        for group, vlan in groups],
        "workloads": [
            kernel_port("vmk0", mac % 0x80, "dvs-prod", "Mgmt"),
            kernel_port("vmk1", mac % 0x81, "dvs-prod", "vMotion"),
            *[vm("vm-%d-%02d" % (number, i), "00:50:56:%02x:01:%02x" % (number, i),
                 "dvs-prod", "PG-WEB" if i % 2 else "PG-DB")
              for i in range(MACHINES[number - 21])]]}
    return report(now, number, name, "VMware ESXi 8.0", number - 20, [
        # Six minutes is twice the time that CDP gives it.
        nic(now, "vmnic0", mac % 0, first, VLANS, ago=360 if number == 29 else 23),
        nic(now, "vmnic1", mac % 1, second, lacking)], inside, vsphere=True)


def pod(now):
    return [pod_host(now, number) for number in range(21, 37)]


SITUATIONS = {"rack": rack, "pod": pod}


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in SITUATIONS:
        sys.exit(__doc__)
    for one in SITUATIONS[sys.argv[1]](int(sys.argv[2])):
        print(json.dumps(one))


if __name__ == "__main__":
    main()
