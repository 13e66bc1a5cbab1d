/*
 * virtual.h - the inside of a host: vSwitches, their uplinks and port groups,
 * and the workloads that hang on them.
 *
 *	links, ovs, owners -> inside -> [virtual] -> report
 *
 * One picture of one moment: made for a report, written, and forgotten.  What
 * belongs to something names its place in the list of those.
 *
 * Memory:  virtual_init/virtual_done.
 * Errors:  VIRTUAL_NONE: the list is full (counted in 'lost') or the heap is.
 * Absent:  an empty text, a zero number, VIRTUAL_NONE or a false 'has_...' is
 *          unknown.
 */
#ifndef REPORT_VIRTUAL_H
#define REPORT_VIRTUAL_H

#include "report/host.h"
#include "report/vlans.h"

#define VIRTUAL_NONE UINT32_MAX

enum {
	/* What a collector takes; a larger host is split before. */
	VSWITCHES_MOST = 256,
	UPLINKS_MOST = 512,
	PATCHES_MOST = 512,
	PORT_GROUPS_MOST = 4096,
	TEAMS_MOST = 4096,
	WORKLOADS_MOST = 8192,
	VNICS_MOST = 16384,
	/* Kernel bonds have no limit, switches take 8 or 16 legs. */
	UPLINK_MEMBERS_MOST = 16,
	/* Open vSwitch's names of patch ports hold a UUID and more. */
	PORT_NAME_SIZE = 96,
	/* vCenter takes 80 characters, each of up to three octets. */
	PORT_GROUP_NAME_SIZE = 256,
	PORT_GROUP_ID_SIZE = 64,
	BOND_MODE_SIZE = 32,
	VNIC_TYPE_SIZE = 32,
	WORKLOAD_ID_SIZE = 96,
	WORKLOAD_NAME_SIZE = 128,
	UUID_TEXT_SIZE = 37
};

enum vswitch_kind {
	VSWITCH_BRIDGE,
	VSWITCH_OVS,
	VSWITCH_MACVTAP,     /* "macvtap on ens1f2" */
	VSWITCH_SRIOV,       /* "sriov on ens1f0": the switch in a NIC */
	VSWITCH_STANDARD,    /* of one ESXi host */
	VSWITCH_DISTRIBUTED, /* of a vCenter; this host's part of it */
	VSWITCH_OPAQUE       /* run by somebody else: NSX */
};
enum datapath { DATAPATH_UNKNOWN, DATAPATH_KERNEL, DATAPATH_USERSPACE };
struct vswitch {
	char name[PORT_NAME_SIZE];
	enum vswitch_kind kind;
	enum datapath datapath;
	bool has_filtering, filtering; /* of VLANs, by a Linux bridge */
	uint32_t mtu;
	/* A distributed switch has the same one in all its hosts. */
	char uuid[UUID_TEXT_SIZE];
	/* What VMware's switch does itself: "cdp" or "lldp"; "listen",
	 * "advertise", "both", "none". */
	char discovery[8], operation[12];
};

enum member_state {
	MEMBER_UNKNOWN,
	MEMBER_ACTIVE,
	MEMBER_STANDBY,
	MEMBER_DOWN,
	MEMBER_UNUSED /* by the port group that says so */
};
struct uplink_member {
	char nic[PORT_NAME_SIZE];
	enum member_state state;
};

enum uplink_kind {
	UPLINK_NIC,
	UPLINK_BOND,
	UPLINK_VLAN,
	UPLINK_TEAM /* several NICs by VMware's teaming policy */
};
enum lacp_state {
	LACP_UNKNOWN,
	LACP_OFF,
	LACP_CONFIGURED, /* no partner answers */
	LACP_NEGOTIATED
};
struct uplink {
	uint32_t vswitch;
	char name[PORT_NAME_SIZE];
	enum uplink_kind kind;
	uint16_t vlan; /* of a VLAN device below the vSwitch */
	char mode[BOND_MODE_SIZE];
	enum lacp_state lacp;
	bool has_partner;
	uint8_t partner_mac[MAC_SIZE];
	uint8_t member_count;
	uint16_t members_lost; /* beyond UPLINK_MEMBERS_MOST */
	struct uplink_member members[UPLINK_MEMBERS_MOST];
	bool limited; /* only the VLANs in 'carries' pass */
	struct vlans carries;
	uint16_t untagged; /* the VLAN of untagged frames */
};

struct patch {
	uint32_t vswitch, peer;
	char name[PORT_NAME_SIZE];
};

/* Which uplinks a port group may use, where it differs from its vSwitch. */
struct team {
	char policy[BOND_MODE_SIZE];
	uint8_t member_count;
	uint16_t members_lost; /* beyond UPLINK_MEMBERS_MOST */
	/* NICs or uplinks of the vSwitch: active, standby or unused. */
	struct uplink_member members[UPLINK_MEMBERS_MOST];
};

struct port_group {
	uint32_t vswitch;
	struct vlan_policy policy;
	char name[PORT_GROUP_NAME_SIZE]; /* "": named after the policy */
	char id[PORT_GROUP_ID_SIZE];     /* "dvportgroup-12" */
	bool has_team;
	uint32_t team;                           /* place in 'teams' */
	uint16_t pvlan_primary, pvlan_secondary; /* 0: no private VLAN */
};

enum workload_kind {
	WORKLOAD_VM,
	WORKLOAD_CONTAINER,
	WORKLOAD_NAMESPACE,
	WORKLOAD_KERNEL_PORT
};
enum workload_state {
	STATE_UNKNOWN,
	STATE_RUNNING,
	STATE_PAUSED,
	STATE_SUSPENDED, /* its memory is on disk */
	STATE_OFF
};
enum workload_source {
	SOURCE_KERNEL,
	SOURCE_NETNS,
	SOURCE_PROC,
	SOURCE_OVS,
	SOURCE_LIBVIRT,
	SOURCE_VSPHERE
};
struct workload {
	char id[WORKLOAD_ID_SIZE];
	enum workload_kind kind;
	enum workload_state state;
	enum workload_source source;
	char name[WORKLOAD_NAME_SIZE];
	char uuid[UUID_TEXT_SIZE];
};

struct vnic {
	uint32_t workload, vswitch, port_group;
	char name[PORT_NAME_SIZE];
	bool has_mac, has_vf, has_connected, connected;
	uint8_t mac[MAC_SIZE];
	uint16_t vf;               /* of 'nic' */
	char nic[LINK_NAME_SIZE];  /* of a macvtap or a VF */
	char type[VNIC_TYPE_SIZE]; /* "tap", "veth", "vmxnet3" ... */
	char mode[VNIC_TYPE_SIZE]; /* of a macvtap: "bridge", "vepa" ... */
	/* What people call the network that it is to be in. */
	char network[PORT_GROUP_NAME_SIZE];
};

/* One list; 'items' are of the kind that its name says. */
struct virtual_list {
	void *items;
	uint32_t count, capacity;
};

struct virtual
{
	struct virtual_list vswitches, uplinks, patches;
	struct virtual_list port_groups, teams, workloads, vnics;
	uint32_t lost;
};

void virtual_init(struct virtual *v);
void virtual_done(struct virtual *v);

/* Each gives the place of what was added. */
uint32_t virtual_add_vswitch(struct virtual *v, const struct vswitch *one);
uint32_t virtual_add_uplink(struct virtual *v, const struct uplink *one);
uint32_t virtual_add_patch(struct virtual *v, const struct patch *one);
uint32_t virtual_add_vnic(struct virtual *v, const struct vnic *one);
uint32_t virtual_add_team(struct virtual *v, const struct team *one);

/* Or the place where the same stands already: of port groups, the same name
 * and policy on the same vSwitch; of workloads, the same id. */
uint32_t virtual_add_port_group(
    struct virtual *v, const struct port_group *one);
uint32_t virtual_add_workload(struct virtual *v, const struct workload *one);

/* Lent until the next one is added. */
const struct vswitch *virtual_vswitch(const struct virtual *v, uint32_t place);
const struct uplink *virtual_uplink(const struct virtual *v, uint32_t place);
const struct patch *virtual_patch(const struct virtual *v, uint32_t place);
const struct port_group *virtual_port_group(
    const struct virtual *v, uint32_t place);
const struct team *virtual_team(const struct virtual *v, uint32_t place);
const struct workload *virtual_workload(
    const struct virtual *v, uint32_t place);
const struct vnic *virtual_vnic(const struct virtual *v, uint32_t place);

/* The place of the vSwitch of that name. */
uint32_t virtual_find_vswitch(const struct virtual *v, const char *name);

/* What it is called: by people, or by its policy. */
const char *virtual_port_group_name(
    const struct port_group *group, char out[static PORT_GROUP_NAME_SIZE]);

/* Puts the vNICs in the order of their workloads. */
void virtual_sort(struct virtual *v);

#endif
