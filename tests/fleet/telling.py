"""What an agent, or the reader of a vCenter, says of a host.

    picture, now -> [telling] -> report, or heartbeat, as octets
"""
import hashlib
import json

from physical import NATIVE_VLAN, TTL_S, last_heard


def neighbor(host, nic, heard, now):
    """One neighbor; volatile members last, so that they can be left out."""
    switch, port = heard.switch, heard.port
    said = {"protocol": heard.protocol, "ttl_s": TTL_S[heard.protocol]}
    if host.kind == "esxi":
        said["source"] = "vsphere"
    else:
        said["source_mac"] = switch.port_mac(port)
        if heard.protocol == "lldp":
            said["scope"] = "nearest-bridge"
    if heard.protocol == "lldp":
        said.update(
            chassis_id={"type": "unknown" if host.kind == "esxi" else "mac",
                        "value": switch.mac},
            port_id={"type": "unknown" if host.kind == "esxi" else
                     "interface_name", "value": switch.port_name(port)},
            system_name=switch.name, pvid=NATIVE_VLAN,
            system_description="NX-OS 9.3(9)",
            capabilities={"supported": ["bridge", "router"],
                          "enabled": ["bridge"]},
            vlans=[{"id": v, "name": "net-%d" % v} for v in switch.vlans])
    else:
        said.update(
            chassis_id={"type": "device_id", "value": "%s(%s)" % (
                switch.name, switch.serial)},
            port_id={"type": "interface_name",
                     "value": switch.port_name(port)},
            platform="N9K-C93180YC-EX", software="9.3(9)",
            native_vlan=NATIVE_VLAN,
            capabilities={"enabled": ["switch"]})
    said["management_addresses"] = [switch.address]
    if heard.ended is not None:
        said["ended"] = {"reason": heard.reason, "at": heard.ended}
    said["first_heard"] = heard.first
    said["last_heard"] = last_heard(host, nic, heard, now)
    said["expires"] = said["last_heard"] + TTL_S[heard.protocol]
    said["frames"] = 1
    return said


def nics(picture, now):
    bond = {"ovs": None, "bridge": "bond0", "esxi": None}[picture.host.kind]
    for at, nic in enumerate(picture.nics):
        said = {"name": nic.name, "mac": nic.mac, "up": True,
                "carrier": nic.carrier, "mtu": 9000, "speed_mbps": 25000,
                "listening": True}
        if bond:
            said["master"] = bond
        if nic.changed is not None:
            said["carrier_changed_at"] = nic.changed
        said["neighbors"] = [neighbor(picture.host, at, h, now)
                             for h in nic.hears]
        yield said


def uplinks(picture, name, members):
    kind, title = {"ovs": ("bond", "bond-" + name), "bridge": ("bond", "bond0"),
                   "esxi": ("team", "uplinks")}[picture.host.kind]
    if members:
        yield {"name": title, "kind": kind, "mode": "active-backup",
               "members": [{"nic": picture.nics[n].name,
                            "state": "active" if picture.nics[n].carrier
                            else "down"} for n in members]}


def vswitches(picture):
    host = picture.host
    for name, members in picture.vswitches.items():
        said = {"name": name, "kind": {
            "ovs": "openvswitch", "bridge": "linux_bridge",
            "esxi": "distributed" if name[0] == "D" else "standard"}[host.kind],
            "uplinks": list(uplinks(picture, name, members))}
        if name[0] == "D":
            said["uuid"] = "50 1e 2f " + name
        yield said


def groups(picture):
    for group in picture.groups:
        said = {"vswitch": group.vswitch, "name": group.name}
        if group.vlan is not None:
            said["vlan"] = group.vlan
        if group.id:
            said["id"] = group.id
            names = [n.name for n in picture.nics[:3]]
            said["team"] = {
                "policy": "failover_explicit",
                "active": [n for i, n in enumerate(names)
                           if i not in group.unused],
                "standby": [], "unused": [names[i] for i in group.unused]}
        yield said


def workloads(picture):
    source = "vsphere" if picture.host.kind == "esxi" else "libvirt"
    for machine in picture.machines:
        yield {"id": machine.id, "kind": "vm", "name": machine.name,
               "uuid": machine.uuid, "state": machine.state, "source": source,
               "vnics": [{"name": v.name, "mac": v.mac, "vswitch": v.vswitch,
                          "port_group": v.group, "connected": v.connected}
                         for v in machine.vnics]}


def links(picture):
    if picture.host.kind != "bridge":
        return []
    return [{"name": "bond0", "kind": "bond", "mac": picture.nics[0].mac,
             "bond_mode": "active-backup", "master": "br0"},
            {"name": "br0", "kind": "bridge", "mac": picture.nics[0].mac}]


def digest_of(said):
    """Of all but what is volatile."""
    plain = json.dumps(said, default=str)
    return hashlib.blake2b(plain.encode(), digest_size=8).hexdigest()


def head(number, now, digest):
    return {"version": 1, "number": number, "sent_at": now, "digest": digest}


def report(picture, number, now):
    """Gives the octets, and the digest that heartbeats repeat."""
    host = picture.host
    esxi = host.kind == "esxi"
    digest = digest_of([str(number), host.id])
    said = head(number, now, digest)
    said["agent"] = {"version": "0.1.0", "started_at": 1}
    said["host"] = {"id": host.id, "name": host.name, "serial": host.serial,
                    "addresses": [host.address],
                    "os": "VMware ESXi 8.0.2" if esxi else
                    "Debian GNU/Linux 12 (bookworm)"}
    if esxi:
        said["agent"].update(program="demarc-vsphere", via="vc1.example.net")
        said["host"].update(platform="esxi", connection="connected")
    said["nics"] = list(nics(picture, now))
    said["links"] = links(picture)
    said["vswitches"] = list(vswitches(picture))
    said["port_groups"] = list(groups(picture))
    said["workloads"] = list(workloads(picture))
    return json.dumps(said).encode(), digest


def heartbeat(picture, number, now, digest):
    said = head(number, now, digest)
    said["heartbeat"] = True
    said["host"] = {"id": picture.host.id}
    said["heard"] = []
    for at, nic in enumerate(picture.nics):
        for heard in nic.hears:
            if heard.ended is not None:
                continue
            last = last_heard(picture.host, at, heard, now)
            one = {"nic": nic.name, "protocol": heard.protocol,
                   "last_heard": last,
                   "expires": last + TTL_S[heard.protocol]}
            if picture.host.kind != "esxi":
                one["source_mac"] = heard.switch.port_mac(heard.port)
            said["heard"].append(one)
    return json.dumps(said).encode()
