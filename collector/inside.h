/*
 * inside.h - what stands inside one host: virtual switches, their port groups,
 * and the workloads that hang on them.
 *
 *	claims of the host -> [inside] -> walk -> answers
 *
 * It is read when somebody first asks for it, since most hosts are not asked
 * for between two of their reports; and of a host with thousands of machines
 * only the one that is asked for.  What one thing says of another by name is
 * looked up once, then: a walk follows numbers.
 *
 * Memory:  the host's, until its inside or outside changes.
 * Errors:  inside_ran_out.
 * Units:   VLAN ids; -1: not said.
 */
#ifndef COLLECTOR_INSIDE_H
#define COLLECTOR_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"

#define INSIDE_NONE UINT32_MAX

struct model_host;
struct model_inner;

/* What was said of a yes-or-no question. */
enum said { SAID_NOTHING, SAID_NO, SAID_YES };

enum member_state {
	MEMBER_UNKNOWN,
	MEMBER_ACTIVE,
	MEMBER_STANDBY,
	MEMBER_DOWN,
	MEMBER_UNUSED
};

/* One NIC of an uplink. */
struct inside_member {
	const char *name;
	uint32_t nic; /* place in the NICs of the host; INSIDE_NONE */
	enum member_state state;
};

/* Texts are "" when they are not said. */
struct inside_uplink {
	const char *name, *kind, *mode, *lacp, *partner_mac;
	const char *carries; /* "10-30,40"; "": all, or not said */
	int64_t vlan;        /* of a VLAN device below the switch */
	int64_t untagged;    /* the VLAN that leaves without a tag */
	bool is_link;        /* the kernel has a link of this name */
	struct inside_member *members;
	size_t member_count;
};

struct inside_patch {
	const char *name, *peer_name;
	uint32_t peer; /* place in vswitches; INSIDE_NONE */
};

struct inside_vswitch {
	const char *facts, *name, *kind;
	const char *uuid; /* a distributed one has the same in all its hosts */
	struct inside_uplink *uplinks;
	size_t uplink_count;
	struct inside_patch *patches;
	size_t patch_count;
	uint32_t group_count, vnic_count;
};

/* What a port group makes of one uplink or NIC of its switch. */
struct inside_choice {
	const char *name;
	enum member_state state;
};

struct inside_group {
	const char *facts, *name, *id, *vswitch_name;
	const char *trunks; /* "10,20-30"; "": no trunk */
	int64_t vlan, pvlan_primary, pvlan_secondary;
	bool unknown_vlan;             /* nobody tells what it needs */
	struct inside_choice *choices; /* NULL: as its switch says */
	size_t choice_count;
	uint32_t vswitch; /* place in vswitches; INSIDE_NONE */
	uint32_t vnic_count;
};

struct inside_vnic {
	const char *name, *mac, *vswitch_name, *group_name;
	const char *type, *mode, *network; /* "macvtap", "bridge", "prod" */
	const char *nic_name;              /* of a macvtap or a VF */
	int64_t vf;
	enum said connected;
	uint32_t workload, vswitch, group, nic; /* places; INSIDE_NONE */
};

struct inside_workload {
	const char *facts, *id, *kind, *name, *uuid, *state, *source;
	struct inside_vnic *vnics;
	uint32_t vnic_count;
	bool read; /* else only its facts are there */
};

/* Which uplink a NIC serves. */
struct inside_use {
	uint32_t vswitch, uplink, member; /* of the first one */
	uint32_t count;                   /* of uplinks */
};

struct inside {
	struct inside_vswitch *vswitches;
	size_t vswitch_count;
	struct inside_group *groups;
	size_t group_count;
	struct inside_workload *workloads;
	size_t workload_count;
	size_t vnic_count;       /* of all workloads */
	struct inside_use *uses; /* one for each NIC of the host */
};

/* What stands inside the host, read now unless it was read before.  It is lent
 * until the host changes; one thread at a time may ask.  Without memory it is
 * empty, and inside_ran_out says so. */
const struct inside *model_inside(const struct model_host *h);

/* The same, but its workloads may not be read yet, and vNICs not be counted. */
const struct inside *model_frame(const struct model_host *h);
/* One workload with its vNICs, by its place; and the vNIC at this place, those
 * of all workloads counted.  NULL: there is none. */
const struct inside_workload *model_workload(
    const struct model_host *h, uint32_t workload);
const struct inside_vnic *model_vnic(const struct model_host *h, uint32_t vnic);

/* What tells the workload from the others of its host, whose insides stay
 * unread: its name, or its id when another has that name. */
const char *model_workload_name(const struct model_host *h, uint32_t workload);

/* The place of a vNIC of an inside that is read whole. */
uint32_t inside_vnic_place(
    const struct inside *in, const struct inside_vnic *n);

/* Was there no memory for an inside, in this thread, since this was asked? */
bool inside_ran_out(void);

/* For the model: room for an inside, nothing read yet; forgets what was read;
 * frees. */
MUST_USE struct model_inner *inside_new(void);
void inside_forget(struct model_inner *inner);
/* Has somebody asked for all of it since the host changed? */
bool inside_is_whole(const struct model_inner *inner);
void inside_free(struct model_inner *inner);

/* "active", "standby", "down", "unused", "unknown". */
const char *inside_member_word(enum member_state state);

/* Is the workload a virtual machine or container, not the kernel itself? */
bool inside_is_machine(const struct inside_workload *w);

#endif
