/*
 * scene.h - what a drawing shows: hosts, switches, the cables between them,
 * and what both sides of each cable say.
 *
 *	view, scope -> [scene] -> layout -> sheet -> writers
 *
 * Plain values, filled by who knows the model; what draws them knows nothing
 * of where they came from.  Things name each other by their place in the
 * arrays.  The order of the arrays means nothing: the same things in another
 * order are the same drawing, so an id must be of the thing, not of its place.
 *
 * Memory:  scene_done frees all; texts are in the arena, or lent and outlive
 *          the scene.
 * Errors:  'arena.failed' when the heap is exhausted.
 * Units:   VLAN ids, unix seconds, Mbit/s; -1: not said.  Texts are UTF-8 from
 *          outside, of any length; "" is not said; never NULL.
 */
#ifndef COLLECTOR_DRAW_SCENE_H
#define COLLECTOR_DRAW_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collector/arena.h"

#define SCENE_NONE UINT32_MAX

/* What is known of a cable. */
enum cable_state {
	CABLE_NONE,      /* nothing was heard: where it ends is unknown */
	CABLE_SURE,      /* the port is known */
	CABLE_ONE_SIDED, /* one of several, or by one side's word only */
	CABLE_STALE,     /* was heard, and is no longer */
	CABLE_DOWN       /* the NIC has no link */
};

enum claim_side { CLAIM_NETWORK, CLAIM_SYSTEMS };

enum claim_about {
	ABOUT_CARRIES,  /* 'vlans' arrive or are named by the switch */
	ABOUT_NATIVE,   /* 'vlan' is that of untagged frames, by the switch */
	ABOUT_NEEDS,    /* 'vlans' are what port groups send tagged */
	ABOUT_UNTAGGED, /* 'text' (a port group) sends untagged */
	ABOUT_OTHER     /* 'text' says all of it: "MTU 9216" */
};

/* One row at the line. */
struct scene_claim {
	enum claim_side side;
	enum claim_about about;
	const char *vlans; /* "10,20,120-125" */
	int64_t vlan;
	const char *text;
	const char *source;  /* "CDP", "frames heard in 15 min", "esx-07" */
	int64_t last_heard;  /* -1: it is of now */
	bool stale, matters; /* matters: stands nearest to the line */
};

struct scene_switch {
	const char *id, *name, *href;
	const char *about; /* "Cisco Nexus 5548UP, NX-OS 7.3" */
};

struct scene_port {
	const char *id, *name; /* "Te1/8" */
	uint32_t device;       /* place in 'switches' */
	uint32_t order;        /* among the ports of its switch, natural */
	const char *aggregate; /* "Po12", of its switch; "" */
};

/* What joins two switches, or leads out of the drawing. */
struct scene_trunk {
	const char *id;
	uint32_t a, b;            /* switches; b SCENE_NONE: not drawn */
	const char *name, *ports; /* "Po1", "31-32" */
	const char *to;           /* "core-1", if b is not drawn */
};

struct scene_host {
	const char *id, *name, *href;
	const char *about; /* "VMware ESXi 8.0, bay 7" */
	bool silent;       /* what is shown is of 'seen_at' */
	int64_t seen_at;
	bool inside_unread; /* nothing inside is here: nobody looked */
};

struct scene_nic {
	const char *id, *name, *mac;
	uint32_t host;
	uint32_t order; /* among the NICs of its host, natural */
	uint32_t bond;  /* SCENE_NONE */
	uint32_t port;  /* SCENE_NONE: not known */
	enum cable_state state;
	const char *state_text; /* "heard by CDP since 14:05 UTC" */
	const char *speed;      /* "10G full" */
	uint32_t first_claim, claim_count;
	bool used; /* a vSwitch sends by it now */
};

struct scene_bond {
	const char *id, *name, *mode; /* "802.3ad" */
	uint32_t host;
};

struct scene_vswitch {
	const char *id, *name, *href;
	const char *about; /* "distributed vSwitch" */
	uint32_t host;
	const uint32_t *nics; /* uplinks, in natural order */
	size_t nic_count;
	const uint32_t *patches; /* vSwitches that a patch port leads to */
	size_t patch_count;
};

struct scene_group {
	const char *id, *name, *href;
	/* "VLAN 120", "untagged", "VLAN 10-20"; "": its name says it. */
	const char *vlan;
	uint32_t vswitch;
};

enum machine_kind { MACHINE_VM, MACHINE_CONTAINER, MACHINE_KERNEL };

struct scene_machine {
	const char *id, *name, *href;
	enum machine_kind kind;
	const char *state; /* "running", "off" */
	uint32_t host;
};

/* From a machine to a port group, or to a vSwitch without any. */
struct scene_vnic {
	const char *id, *name, *mac;
	uint32_t machine;
	uint32_t group, vswitch; /* SCENE_NONE: not known */
	bool disconnected;
};

enum scene_owner { OWNER_NETWORK, OWNER_SYSTEMS, OWNER_BOTH };

/* What does not fit.  Rules make these; a drawing only shows them. */
struct scene_finding {
	const char *id, *heading;
	const char **lines; /* of evidence */
	size_t line_count;
	const char *command; /* what to type; "" */
	enum scene_owner owner;
	unsigned severity; /* the higher, the worse */
	bool quiet;        /* a remark, not a problem: grey */
	/* What it is about; a cable is named by its NIC. */
	const uint32_t *nics, *ports, *machines;
	size_t nic_count, port_count, machine_count;
};

enum answer_value { ANSWER_UNKNOWN, ANSWER_NO, ANSWER_YES };

/* One line of a strip: what both sides say of one thing; or, without 'right',
 * one remark with its tick. */
struct scene_row {
	const char *left, *right;
	enum answer_value value;
};

/* The way of one thing, for a strip; the members that are SCENE_NONE are not
 * of the way, or not known. */
struct scene_path {
	const char *question, *remark; /* "Which switch port does ... use?" */
	const char *answer, *evidence; /* "Te1/8 on sw-c07-b", "heard by ..." */
	bool sure;
	uint32_t machine, vnic, group, nic, port;
	const uint32_t *vswitches; /* from the machine outwards */
	size_t vswitch_count;
	const char *gap;          /* why the way ends before a NIC; "" */
	struct scene_row *sides;  /* the host says, the switch says */
	struct scene_row *inside; /* of the host */
	struct scene_row *other;  /* of the other uplink */
	const char **advice;      /* what to do */
	const char *left_age, *right_age; /* "read from esx-07", "CDP" */
	size_t side_count, inside_count, other_count, advice_count;
	size_t other_uplinks; /* that 'other' is of */
};

struct scene {
	struct arena arena;
	const char *id;       /* of the scope: the seed of the hand */
	const char *title;    /* "Rack C07" */
	const char *question; /* below the title; "" */
	const char *remark;   /* of the title block: "seen: CDP 7, hosts 3/3" */
	const char *href;     /* where the page of this drawing is */
	uint64_t revision;    /* "rev 4711" */
	int64_t now;          /* the moment of the state that is shown */
	struct scene_switch *switches;
	struct scene_port *ports;
	struct scene_trunk *trunks;
	struct scene_host *hosts;
	struct scene_nic *nics;
	struct scene_bond *bonds;
	struct scene_vswitch *vswitches;
	struct scene_group *groups;
	struct scene_machine *machines;
	struct scene_vnic *vnics;
	struct scene_claim *claims;
	struct scene_finding *findings;
	size_t switch_count, port_count, trunk_count, host_count, nic_count;
	size_t bond_count, vswitch_count, group_count, machine_count;
	size_t vnic_count, claim_count, finding_count;
	const struct scene_path *path; /* NULL: no strip */
	/* The path in question, in any other drawing: SCENE_NONE, or places. */
	uint32_t marked_machine, marked_nic;
};

/* Is it about the NIC, its cable that is, or about its port? */
bool scene_is_about(
    const struct scene *s, const struct scene_finding *f, uint32_t nic);

/* Is any, but for remarks? */
bool scene_is_wrong(const struct scene *s, uint32_t nic);

/* An empty scene: every text "", every place SCENE_NONE. */
void scene_init(struct scene *s);
void scene_done(struct scene *s);

#endif
