/*
 * known.h - what is known of one host, as far as rules read it.
 *
 *	view -> [known] -> rules -> judgements
 *
 * Plain values that somebody else fills in (collector/knowing.h): the host's
 * inside, its NICs, what each of them hears, the switch ports that they are
 * cabled to, and of other hosts what is needed to compare.  All of it is as it
 * is claimed; a rule asks of a claim whether it is current before it believes
 * it, and takes what is not there for unknown.
 *
 * A place is a number in an array of 'struct known'; KNOWN_NONE: none.
 *
 * Memory:  the arena of 'struct known'; texts may be lent from the model, so it
 *          lives as long as the view it was made from.
 * Errors:  'arena.failed' when the heap is exhausted.
 * Units:   unix seconds by the collector's clock, -1: not said; VLAN ids; MTU
 *          in octets; Mbit/s.  Texts are "" when nothing is said, never NULL;
 *          numbers -1.
 */
#ifndef COLLECTOR_RULES_KNOWN_H
#define COLLECTOR_RULES_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collector/arena.h"
#include "collector/vlans.h"

#define KNOWN_NONE UINT32_MAX

enum {
	KNOWN_SIBLINGS_MOST = 64,  /* hosts; a rack has 48 at most */
	KNOWN_ELSEWHERE_MOST = 16, /* other things of one name */
	KNOWN_WAYS_MOST = 16384
};

/* What was said of a yes-or-no question. */
enum told { TOLD_NOTHING, TOLD_NO, TOLD_YES };

/* Who said it, by what, and when. */
struct known_source {
	const char *text; /* "LLDP on esx-07 vmnic1, told by vCenter vc1" */
	int64_t since;
	int64_t last_heard; /* -1: it is of the last report */
	bool current;
};

/* A set of VLANs in 512 octets. */
struct known_vlans {
	uint64_t bits[VLAN_IDS / 64];
};

static inline bool
known_vlans_have(const struct known_vlans *set, int64_t vlan)
{
	return vlan >= 0 && vlan < VLAN_IDS &&
	       (set->bits[vlan / 64] >> (vlan % 64) & 1);
}

static inline void
known_vlans_add(struct known_vlans *set, int64_t vlan)
{
	if (vlan >= 0 && vlan < VLAN_IDS)
		set->bits[vlan / 64] |= (uint64_t)1 << (vlan % 64);
}

/* ---- the network's side ------------------------------------------------ */

struct known_switch {
	const char *name; /* "leaf1a", up to the first dot */
	const char *id;
	/* What it says of itself, of which its platform is read. */
	const char *model, *software, *description;
	const char *vendor; /* whose TLVs it sends: "arista" */
	bool switch_class;  /* forwards for others, or does not say */
};

struct known_port {
	uint32_t on;      /* place in switches */
	const char *name; /* "Eth1/9" */
	const char *full; /* "Ethernet1/9": as it is typed */
	const char *text; /* "Eth1/9 on leaf1a" */
	int fex, member;  /* 0: none */
};

/* What became of a neighbor when all that its NIC hears was compared. */
enum known_note {
	KNOWN_NEIGHBOR,  /* it is at the other end of the cable */
	KNOWN_CANDIDATE, /* it is one of several that may be */
	KNOWN_OWN,       /* the host's own frame */
	KNOWN_PASSED,    /* came through something else: a phantom */
	KNOWN_BESIDE,    /* a station or phone beside the switch */
	KNOWN_PAST       /* something newer has taken its place */
};

struct known_vlan_name {
	int id;
	const char *name;
};

/* What one NIC heard from one sender by one protocol. */
struct known_neighbor {
	struct known_source source;
	const char *protocol; /* "lldp", "cdp" */
	enum known_note note;
	bool lldp, by_vcenter, switch_class;
	uint32_t port; /* place in ports; KNOWN_NONE: the host's own frame */
	const char *source_mac, *system_name;
	int64_t ended_at;         /* -1: not ended */
	const char *ended_reason; /* "expired", "goodbye", "link_down" */
	int64_t ttl_s;
	/* Of its port: */
	const char *port_description;
	int64_t native_vlan; /* CDP's */
	int64_t pvid;        /* LLDP's; 0: no untagged frames */
	int64_t mtu, max_frame;
	const char *duplex;   /* "full", "half" */
	enum told aggregated; /* enabled */
	enum told aggregable; /* capable */
	int64_t aggregate;    /* its number */
	enum told autonegotiates;
	int64_t voice_vlan, management_vlan;
	/* By VLAN name TLVs, or FDP's bitmap; NULL: it names none. */
	const struct known_vlans *named;
	const struct known_vlan_name *names; /* by number */
	size_t name_count;
	const char *vendor; /* whose TLVs it sends: "arista" */
	int64_t names_lost; /* beyond a limit of the agent; they are not all */
};

/* Tagged frames of one VLAN that arrived on a NIC. */
struct known_heard_vlan {
	int id;
	struct known_source source;
};

/* How a NIC is listened to for VLANs. */
struct known_listening {
	bool told;     /* somebody notes which VLANs arrive */
	bool filtered; /* the NIC drops those that the host does not have */
	int64_t period_s, window_s;
	int64_t since;  /* whole windows passed since then */
	int64_t losses; /* frames that had no room */
};

/* Why there is no word on what a NIC is cabled to, or not one. */
enum known_cable {
	KNOWN_CABLE_SURE,          /* 'port' is at the other end, now */
	KNOWN_CABLE_SHARED,        /* NICs of other hosts hear the same port */
	KNOWN_CABLE_SEVERAL,       /* several switches remain */
	KNOWN_CABLE_SEVERAL_PORTS, /* several ports of one switch remain */
	KNOWN_CABLE_PASSED, /* what it hears came through something else */
	KNOWN_CABLE_STALE,  /* 'port' was, and is no longer heard */
	KNOWN_CABLE_ENDED,  /* the same, and why is said */
	KNOWN_CABLE_UNHEARD /* nothing is heard, and nothing was */
};

/* Another host's NIC that hears the same switch port. */
struct known_rival {
	const char *host, *nic;
	struct known_source source; /* of what it hears */
	uint32_t port;
	bool lldp; /* it does by LLDP */
};

/* ---- the systems' side ------------------------------------------------- */

/* A virtual function of an SR-IOV NIC. */
struct known_vf {
	int64_t index, vlan; /* 0: untagged */
	const char *mac;
	enum told trust;
};

/* A NIC, of this host or of a sibling. */
struct known_nic {
	struct known_source source; /* the kernel, or a vCenter */
	const char *name, *mac, *permanent_mac;
	const char *master; /* its bond or bridge; "" */
	uint32_t bond;      /* place in links: the bond that it is in */
	const char *driver, *firmware;
	const char *bus; /* "0000:3b:00.0": all but the last digit: its card */
	const char *slot;
	enum told up, carrier, listening;
	const char *listening_reason; /* why not */
	/* The LLDP agent in the NIC's firmware, that takes the frames. */
	enum told firmware_lldp;
	const char *firmware_flag; /* "disable-fw-lldp" */
	int64_t carrier_changed_at;
	int64_t mtu, speed;
	const char *duplex;
	const char *bond_state; /* "active", "backup" */
	int64_t lacp_aggregator, lacp_actor, lacp_partner;
	int64_t frames_heard, frames_malformed, frames_dropped;
	int64_t removed_at; /* -1: it is there */
	int64_t flaps;      /* of the carrier, within the last hour */

	/* The first uplink that it serves; KNOWN_NONE: none. */
	uint32_t vswitch, uplink;
	uint32_t use_count; /* how many it serves */

	enum known_cable cable;
	uint32_t port; /* place in ports; KNOWN_NONE */
	/* When this cable was first heard, and by what it is known. */
	struct known_source cable_source;
	/* Where it was before: another port, which ended; KNOWN_NONE. */
	uint32_t former_port;
	int64_t former_ended_at, former_last_heard;

	struct known_neighbor *neighbors;
	size_t neighbor_count;
	struct known_heard_vlan *heard_vlans; /* by number */
	size_t heard_vlan_count;
	struct known_listening listening_vlans;
	struct known_vf *vfs;
	size_t vf_count;
	struct known_rival *rivals;
	size_t rival_count;
	/* Another host's NIC, or another one of this host, that is at the other
	 * end of the cable: "db02 eno4"; "". */
	const char *opposite;
};

/* A link of the kernel: bond, bridge, VLAN device, tap. */
struct known_link {
	struct known_source source;
	const char *name, *kind, *master, *lower;
	int64_t vlan, mtu;
	enum told up, carrier;
	const char *bond_mode, *bond_active; /* "802.3ad", "eno1" */
};

enum known_member_state {
	LEG_UNKNOWN,
	LEG_ACTIVE,
	LEG_STANDBY,
	LEG_DOWN,
	LEG_UNUSED
};

struct known_member {
	const char *name;
	uint32_t nic; /* place in nics */
	enum known_member_state state;
};

struct known_uplink {
	const char *name;
	const char *kind; /* "nic", "bond", "vlan", "team" */
	const char *mode; /* "802.3ad", "balance-slb", "loadbalance_ip" */
	const char *lacp; /* "negotiated", "configured", "off" */
	const char *partner_mac;
	const char *carries; /* "10-30,40"; "": all, or not said */
	int64_t vlan;        /* of a VLAN device below the switch */
	int64_t untagged;    /* the VLAN that leaves without a tag */
	struct known_member *members;
	size_t member_count;
};

struct known_vswitch {
	struct known_source source;
	const char *name;
	const char *kind; /* "linux_bridge", "openvswitch", "standard" ... */
	const char *uuid; /* a distributed one has the same in all its hosts */
	int64_t mtu;
	struct known_uplink *uplinks;
	size_t uplink_count;
	size_t patch_count, vnic_count, group_count;
};

/* A port group of the same name in another host that has other VLANs. */
struct known_drift {
	const char *host, *vlans; /* "VLAN 12" */
	struct known_source source;
};

struct known_group {
	struct known_source source;
	const char *name, *id;
	uint32_t vswitch;
	const char *vlans; /* "VLAN 120", "trunk 10,20", "untagged" */
	int64_t vlan;      /* -1: none */
	const char *trunks;
	int64_t pvlan_primary, pvlan_secondary;
	/* What it needs carried; 0 and 4095 are no VLANs. */
	struct known_vlans needs;
	size_t need_count;
	bool untagged; /* its frames leave without a tag */
	bool all;      /* a trunk of all VLANs: what it needs is unknown */
	bool unknown;  /* nobody tells its VLAN */
	size_t vnic_count;
	/* Standing elsewhere under this name: how many hosts agree, and those
	 * that do not, at most KNOWN_ELSEWHERE_MOST. */
	size_t same_count;
	struct known_drift *drifts;
	size_t drift_count;
};

/* One way of a port group, or of a VLAN device of the kernel, out of the host.
 * Those that its team does not let it use are not among them. */
struct known_way {
	uint32_t group;   /* KNOWN_NONE: it begins at 'link' */
	uint32_t link;    /* the VLAN device */
	uint32_t vswitch; /* that it leaves by */
	uint32_t uplink;  /* place in that vSwitch's uplinks */
	uint32_t nic;     /* KNOWN_NONE: 'gap' says why */
	enum known_member_state state;
	bool by_group;   /* the port group's own team says the state */
	const char *gap; /* a sentence */
};

/* A VM, container or kernel port. */
struct known_machine {
	struct known_source source;
	const char *id, *name;
	const char *kind;  /* "vm", "container", "namespace", "kernel_port" */
	const char *state; /* "running", "off" ... */
	uint32_t first_vnic, vnic_count;
};

/* Another vNIC of the same MAC. */
struct known_twin {
	const char *host, *machine, *vnic;
	const char *state; /* of the machine */
	struct known_source source;
};

struct known_vnic {
	const char *name, *mac, *type;
	const char *vswitch_name, *group_name, *network;
	enum told connected;
	uint32_t machine, vswitch, group;
	uint32_t nic; /* of a macvtap or VF */
	int64_t vf;
	struct known_twin *twins;
	size_t twin_count;
};

/* ---- hosts that are alike ---------------------------------------------- */

/* A NIC of another host that stands for one of this host: cabled to the same
 * switch, below a vSwitch of the same name. */
struct known_sibling {
	const char *host;
	uint32_t of;           /* place in nics: which one it stands for */
	struct known_nic *nic; /* its cable, neighbors and VLANs; no rivals */
};

/* ---- the host ---------------------------------------------------------- */

struct known {
	struct arena arena;
	int64_t now;
	struct known_source source; /* its agent, or "vCenter vc1" */
	const char *name, *machine_id;
	const char *platform; /* "linux", "esxi" */
	const char *os, *model, *via;
	const char *connection; /* of a vCenter's host: "connected" */
	const char **addresses;
	size_t address_count;
	const char **unanswered; /* "openvswitch": its part is unknown */
	size_t unanswered_count;
	bool current;      /* it reports, and its vCenter sees it */
	bool silent;       /* nothing was heard of it for too long */
	bool disconnected; /* its vCenter has lost it */
	int64_t seen_at, disconnected_since;
	int64_t clock_ahead_s;    /* of ours; 0: they agree */
	bool shared_id;           /* two hosts report with its machine id */
	int64_t agent_started_at; /* by the collector's clock */

	struct known_switch *switches;
	size_t switch_count;
	struct known_port *ports;
	size_t port_count;
	struct known_nic *nics; /* in natural order */
	size_t nic_count;
	struct known_link *links;
	size_t link_count;
	struct known_vswitch *vswitches;
	size_t vswitch_count;
	struct known_group *groups;
	size_t group_count;
	struct known_way *ways; /* group by group */
	size_t way_count;
	bool ways_cut;                  /* there are more */
	struct known_machine *machines; /* in natural order of their names */
	size_t machine_count;
	struct known_vnic *vnics;
	size_t vnic_count;

	struct known_sibling *siblings;
	size_t sibling_count;
	size_t alike_count; /* hosts that are alike, this one not counted */
	struct known_vlans alike_needs; /* what their port groups need */
	bool alike_need_all;            /* or nobody can tell it */
};

void known_init(struct known *out);
void known_done(struct known *known);

#endif
