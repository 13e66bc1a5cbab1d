/*
 * values.h - what is read of a vCenter: the structs that its properties become.
 *
 *	soap -> [values] in lists -> inventory -> compose
 *
 * A struct place is a text or a series of texts of the list that the item is
 * in.  A pair is one text of a series, "first\nsecond".
 *
 * Memory:  plain values; their texts live and die with their list.
 * Absent:  a place of 0, a number of 0, FLAG_ABSENT.
 * Source:  vSphere Web Services API, the types named at each struct.
 */
#ifndef VSPHERE_VALUES_H
#define VSPHERE_VALUES_H

#include "vsphere/soap.h"

/* In the order of soap_properties(OBJECT_HOST). */
enum host_property {
	HOST_NAME,
	HOST_CONNECTION,
	HOST_SYSTEM,
	HOST_PRODUCT,
	HOST_NETWORK_SYSTEM,
	HOST_PNICS,
	HOST_SWITCHES,
	HOST_GROUPS,
	HOST_PROXIES,
	HOST_KERNEL_PORTS,
	HOST_OPAQUE_SWITCHES,
	HOST_OPAQUE_NETWORKS,
	HOST_PROPERTIES
};
enum vm_property {
	VM_NAME,
	VM_INSTANCE_UUID,
	VM_UUID,
	VM_HOST,
	VM_POWER,
	VM_DEVICES,
	VM_PROPERTIES
};
enum switch_property {
	SWITCH_NAME,
	SWITCH_UUID,
	SWITCH_CONFIG,
	SWITCH_PROPERTIES
};
enum group_property { GROUP_NAME, GROUP_KEY, GROUP_CONFIG, GROUP_PROPERTIES };

/* HostSystemInfo */
struct system_value {
	struct place uuid, vendor, model, serial, chassis;
};

/* AboutInfo, of a host */
struct product_value {
	struct place full_name, version;
};

/* PhysicalNic */
struct pnic_value {
	struct place key, device, pci, driver;
	uint32_t speed_mbps;
	uint8_t full_duplex; /* enum flag */
	uint8_t linked;      /* FLAG_YES: it has a link */
	struct mac_value mac;
};

/* Teaming: of a switch, a port group, a distributed port group. */
struct teaming_value {
	struct place policy;
	struct place active, standby; /* series of NICs or uplinks */
	uint8_t ordered;              /* FLAG_YES: the order is told here */
};

/* HostVirtualSwitch */
struct switch_value {
	struct place name, key;
	struct place pnics; /* series of keys */
	struct place protocol, operation;
	uint32_t mtu;
	struct teaming_value teaming;
};

/* HostPortGroup */
struct group_value {
	struct place key, name, vswitch;
	uint32_t vlan;
	struct teaming_value teaming;
};

/* HostProxySwitch */
struct proxy_value {
	struct place uuid, name, key;
	struct place pnics;     /* series of keys */
	struct place ports;     /* pairs: port key, uplink name */
	struct place lag_ports; /* pairs: LAG name, port key */
	struct place wired;     /* pairs: NIC, port key */
	uint32_t mtu;
};

/* HostVirtualNic */
struct kernel_port_value {
	struct place device, group;
	struct place address;
	struct place more_addresses; /* series, IPv6 */
	struct place switch_uuid, group_key;
	struct place opaque_network;
	struct mac_value mac;
};

/* HostOpaqueSwitch */
struct opaque_switch_value {
	struct place key, name;
	struct place pnics; /* series of keys */
};

/* HostOpaqueNetworkInfo */
struct opaque_network_value {
	struct place id, name;
};

/* VirtualDevice, of those that have a MAC */
struct card_value {
	uint32_t key;
	struct place label, type, backing_type;
	struct place network; /* of a standard switch: its port group */
	struct place switch_uuid, group_key;
	struct place opaque_network;
	struct place function; /* PCI of the NIC whose VF this is */
	uint8_t connected, starts_connected; /* enum flag */
	struct mac_value mac;
};

/* VLAN of a distributed port group, or what all of its switch have. */
struct vlan_value {
	struct place type;   /* "VmwareDistributedVirtualSwitchVlanIdSpec" */
	struct place id;     /* a number, of VlanIdSpec */
	struct place ranges; /* pairs: start, end; of TrunkVlanSpec */
	uint32_t pvlan;      /* of PvlanSpec */
};

/* VMwareDVSConfigInfo */
struct dvs_value {
	struct place uplinks; /* series of names */
	struct place lags;    /* pairs: name, mode */
	struct place pvlans;  /* pairs: primary, secondary */
	struct place protocol, operation;
	uint32_t mtu;
	struct vlan_value vlan;
	struct teaming_value teaming;
};

/* DVPortgroupConfigInfo */
struct dvpg_value {
	struct place name, key, dvs;
	uint8_t uplink; /* enum flag: the switch's own, of its uplinks */
	struct vlan_value vlan;
	struct teaming_value teaming;
};

/* ServiceContent */
struct service_value {
	struct place name, version, build, api_type, instance_uuid;
	struct place root, collector, views, sessions;
};

/* PhysicalNicHintInfo, with what CDP and LLDP told its switch */
struct capabilities_value {
	uint8_t router, transparent_bridge, source_route_bridge;
	uint8_t network_switch, host, igmp, repeater; /* enum flag */
};
struct hint_value {
	struct place device;
	struct place subnets;  /* pairs: VLAN, subnet */
	struct place networks; /* pairs: VLAN, network */
	struct {
		uint8_t told; /* enum flag */
		uint8_t full_duplex;
		uint32_t version, timeout_s, ttl_s, samples, vlan, mtu;
		struct place device, address, port, software, platform;
		struct place name, management, location;
		struct capabilities_value capabilities;
	} cdp;
	struct {
		uint8_t told; /* enum flag */
		uint32_t ttl_s, timeout_s, samples, vlan, mtu;
		struct place chassis, port;
		struct place name, port_description, description, management;
		struct capabilities_value supported, enabled;
	} lldp;
};

extern const struct shape shape_service;   /* struct service_value */
extern const struct shape shape_reference; /* struct place */
extern const struct shape shape_nothing;   /* an answer without content */
extern const struct shape shape_hints;     /* struct hint_value */

#endif
