/*
 * host.h - one host, its NICs and its links, as an agent sees them.
 *
 *	rtnetlink, ethtool, DMI -> [host] -> report, show, doctor
 *
 * Memory:  plain values without pointers.
 * Absent:  an empty text, a zero number or a false 'has_...' is unknown.
 * Units:   speed in Mb/s, MTU in octets, times in unix seconds.
 */
#ifndef REPORT_HOST_H
#define REPORT_HOST_H

#include <stdbool.h>
#include <stdint.h>

#include "report/neighbor.h"

enum {
	LINK_NAME_SIZE = 16, /* IFNAMSIZ */
	LINK_KIND_SIZE = 16,
	LINK_BUS_SIZE = 32,
	/* Two or three names of up to 15 characters are usual (udev). */
	LINK_ALTERNATIVES_SIZE = 96,
	HOST_TEXT_SIZE = 128,
	HOST_ID_SIZE = 33, /* 32 hexadecimal digits */
	/* A host with more addresses is a router; those beyond are counted. */
	HOST_ADDRESSES_MOST = 64,
	NIC_REASON_SIZE = 120,
	NIC_SLOT_SIZE = 32,
	/* What a PF may have at most by PCI Express is 65535; drivers stop at
	 * 256. */
	VFS_MOST = 256
};

enum bond_leg { BOND_LEG_UNKNOWN, BOND_LEG_ACTIVE, BOND_LEG_BACKUP };

/* A network device of any kind: NIC, bond, bridge, VLAN, veth ... */
struct link {
	uint32_t index;
	uint32_t master; /* index of its bond or bridge */
	uint32_t lower;  /* a VLAN's device, a veth's peer */
	uint32_t mtu;
	uint32_t carrier_changes; /* counted by the kernel; may wrap */
	uint32_t bond_active;     /* bond: index of the active leg */
	uint16_t hardware;        /* ARPHRD_... */
	uint16_t vlan;            /* VLAN device: its id */
	/* Bits of the 16 addresses 01:80:c2:00:00:0X that a bridge forwards
	 * although the standard says it must not; LLDP is bit 14. */
	uint16_t group_forward_mask;
	/* Bond: of the aggregate in use; member: the one that it is in. */
	uint16_t aggregator;
	int32_t lower_namespace; /* the kernel's number; -1: this one */
	bool up, carrier;
	bool physical;        /* a piece of hardware stands behind it */
	bool lower_elsewhere; /* 'lower' counts in another namespace */
	bool has_mac, has_permanent_mac, has_bond_mode;
	bool has_partner_mac;
	bool has_lacp;       /* of a bond's member: the two octets below */
	bool member_down;    /* of a bond: its monitoring says so */
	bool vlan_filtering; /* bridge */
	bool promiscuous;    /* it takes every frame */
	uint8_t bond_mode;   /* 0 balance-rr, 1 active-backup ... */
	uint8_t bond_leg;    /* enum bond_leg, of a bond's member */
	uint8_t lacp_actor, lacp_partner; /* states as LACP sends them */
	uint8_t macvlan_mode;             /* MACVLAN_MODE_..., 0: is none */
	uint8_t mac[MAC_SIZE];
	uint8_t permanent_mac[MAC_SIZE];
	uint8_t partner_mac[MAC_SIZE]; /* bond: of the LACP partner */
	char name[LINK_NAME_SIZE];
	char kind[LINK_KIND_SIZE]; /* "bond", "bridge" ...; "": hardware */
	char member_kind[LINK_KIND_SIZE]; /* what its master is */
	char bus[LINK_BUS_SIZE];          /* "0000:3b:00.0" */
	char port_name[LINK_NAME_SIZE];   /* which port of its card: "p0" */
	uint8_t alternative_count;
	uint8_t alternatives_lost;                 /* those that did not fit */
	char alternatives[LINK_ALTERNATIVES_SIZE]; /* NUL after each */
};

enum vf_link { VF_LINK_UNKNOWN, VF_LINK_AUTO, VF_LINK_UP, VF_LINK_DOWN };

/* A virtual function of an SR-IOV NIC, as its PF tells it. */
struct vf {
	uint16_t index;
	uint16_t vlan; /* 0: none is set */
	bool has_mac, has_trust, trust;
	bool has_spoof_check, spoof_check;
	uint8_t mac[MAC_SIZE];
	uint8_t link; /* enum vf_link */
};

/* What ethtool says of a NIC. */
struct nic_facts {
	uint32_t speed_mbps;
	bool has_duplex;
	enum duplex duplex;
	char driver[32];
	char firmware[32];
	char bus[LINK_BUS_SIZE];
	/* The NIC's firmware has an LLDP agent that keeps the frames from the
	 * host while it is on; "": none, or the driver does not tell. */
	char firmware_flag[32]; /* of the driver: "fw-lldp-agent" */
	bool firmware_lldp;
};

/* What was counted on one NIC since the agent listens there. */
struct nic_counts {
	uint64_t heard; /* frames of a neighbor that could be read */
	uint64_t malformed;
	uint64_t too_large; /* longer than any protocol of ours makes them */
	uint64_t other;     /* passed the filter, were none of ours */
	uint64_t dropped;   /* the kernel's: the socket was full */
	uint64_t lost_neighbors; /* beyond the limit for one NIC */
};

/* One NIC as a report tells it, without its neighbors. */
struct nic_view {
	const struct link *link;
	const char *master; /* name; NULL: none */
	struct nic_facts facts;
	struct nic_counts counts;
	bool listening;
	char reason[NIC_REASON_SIZE];   /* why it is not listening */
	int64_t carrier_changed_at;     /* 0: not since the agent started */
	int64_t removed_at;             /* 0: it is there */
	char port_name[LINK_NAME_SIZE]; /* which port of its card: "p0" */
	char slot[NIC_SLOT_SIZE];       /* where its card is in the machine */
	const struct vf *vfs;           /* lent; NULL: none */
	uint16_t vf_count;
};

struct host {
	char id[HOST_ID_SIZE];
	const char *platform; /* "linux", "esxi"; NULL: not said */
	/* Of a host that a vCenter tells of: "connected", "disconnected",
	 * "not_responding"; NULL: it tells of itself. */
	const char *connection;
	char name[HOST_TEXT_SIZE];
	char kernel[HOST_TEXT_SIZE];
	char os[HOST_TEXT_SIZE];
	char vendor[HOST_TEXT_SIZE];
	char model[HOST_TEXT_SIZE];
	char serial[HOST_TEXT_SIZE];
	char chassis[HOST_TEXT_SIZE]; /* serial or name of its enclosure */
	char slot[HOST_TEXT_SIZE];    /* the bay of a blade in it */
	uint16_t address_count;
	uint16_t addresses_lost;
	struct address addresses[HOST_ADDRESSES_MOST];
};

#endif
