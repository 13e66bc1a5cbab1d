/*
 * model.h - what all hosts claim now, in memory, ready to be joined.
 *
 *	store -> [model] -> topology -> answers
 *
 * A host stays where it is as long as the model does.  What it has is of three
 * kinds: its claims, each in a piece of the heap of its own that stays while
 * the claim is current; its outside (NICs, links, neighbors), made anew when a
 * claim of it changed; its inside, read when somebody asks for it.
 *
 * Memory:  model_done frees all.  Whoever keeps what belongs to an outside
 *          watches 'outside_changes'; an inside is lent for one question.
 * Errors:  those of the store, STATUS_NO_MEMORY.
 * Units:   unix seconds by the collector's clock; -1: not said.
 */
#ifndef COLLECTOR_MODEL_H
#define COLLECTOR_MODEL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/arena.h"
#include "collector/inside.h"
#include "collector/store.h"

/* How far a frame may have come; the nearest is the smallest. */
enum reach {
	REACH_NEAREST_BRIDGE,
	REACH_NON_TPMR,
	REACH_CUSTOMER,
	REACH_TUNNELLED
};

struct texts {
	const char **items;
	size_t count;
};

/* What one NIC heard from one sender by one protocol. */
struct model_neighbor {
	int64_t n; /* of its claim in the store */
	const char *facts;
	struct heard heard;
	const char *protocol; /* "lldp" */
	bool lldp;
	bool own;          /* sent by the host itself */
	bool switch_class; /* forwards for others, or does not say */
	enum reach reach;
	int64_t ended_at; /* -1: not ended */
	const char *ended_reason;
	int64_t ttl_s;
	bool by_vcenter;        /* told by a vCenter: no frame was seen */
	const char *source_mac; /* "" then */
	/* Texts are "" when the frame does not say them. */
	const char *chassis_type, *chassis_id;
	const char *port_type, *port_id, *port_description;
	const char *system_name, *platform, *software, *description, *serial;
	struct texts addresses; /* of management */
	int64_t native_vlan, pvid, mtu, max_frame;
};

/* Tagged frames of one VLAN that arrived on a NIC. */
struct model_heard_vlan {
	int64_t n;
	int id;
	struct heard heard;
	struct texts addresses, subnets; /* of some senders */
};

struct model_vf {
	int64_t index;
	const char *mac;
};

struct model_nic {
	int64_t n;
	const char *facts;
	struct heard heard;
	const char *name, *mac, *permanent_mac, *master;
	struct texts names; /* alternative */
	enum said up, carrier, listening;
	int64_t carrier_changed_at;
	int64_t mtu;
	bool vlan_listening; /* somebody notes which VLANs arrive */
	struct model_vf *vfs;
	size_t vf_count;
	struct model_neighbor *neighbors; /* in the order of the report */
	size_t neighbor_count;
	struct model_heard_vlan *heard_vlans; /* by number */
	size_t heard_vlan_count;
};

struct model_link {
	const char *facts;
	const char *name, *kind, *mac, *master;
	const char *lower; /* of a VLAN device */
	int64_t vlan;      /* of a VLAN device; -1 */
};

/* A claim that is current. */
struct model_claim {
	int64_t n, since;
	const char *key, *facts;
	struct heard *heard; /* NULL: nothing of it is volatile */
	void *piece;         /* holds what the three point to */
	uint64_t said;       /* as of an incoming claim; 0: unknown */
	enum claim_kind kind;
};

/* Where the outside shows what a claim heard. */
struct model_shown {
	const struct heard *from;
	struct heard *to;
};

/* Which agent spoke: of two hosts with one machine id the one or the other. */
struct speaker {
	char name[64];      /* of its host */
	int64_t started_at; /* -1: not said */
};

struct form;
struct model_host {
	struct store_host row; /* what is known of it, stored or not yet */
	/* As they are stored, but 'heard' as it is known now; by n. */
	struct model_claim *claims;
	size_t claim_count;
	uint32_t kinds[CLAIM_LAST + 1]; /* how many of each */
	uint32_t *by_key;  /* places in 'claims', ordered by kind and key */
	bool unsaved;      /* 'heard' or 'row' are newer than in the store */
	struct form *form; /* of a report that told these claims; or NULL */
	int64_t host_id;
	char machine_id[MACHINE_ID_SIZE];
	int64_t seen_at;    /* report or heartbeat */
	int64_t changed_at; /* the report that brought the last change */
	int64_t seen_from;  /* of the past: between this and seen_at; 0: then */
	int64_t shift;      /* from its clock to ours */
	struct speaker speaker, former; /* former: "" until it changed */
	int64_t twins_at; /* when a former speaker came back; -1: never */
	struct model_inner *inner; /* ask model_inside */

	/* The outside, up to the end. */
	struct arena arena;
	bool bounded; /* a time of it was not believed: it was too late */
	const char *name, *os, *model, *serial;
	const char *platform, *chassis, *slot;
	const char *connection;   /* of a vCenter's host: "connected" */
	bool disconnected;        /* in whatever way */
	int64_t connection_since; /* when it was last told */
	const char *via;          /* which vCenter tells of it */
	const char *facts;        /* {"host":{...},"agent":{...}} */
	struct texts addresses;
	struct texts unanswered; /* "openvswitch": its part is unknown */
	struct model_nic *nics;  /* in natural order of their names */
	size_t nic_count;
	struct model_link *links;
	size_t link_count;
	struct model_shown *shown;
	size_t shown_count;
};

/* Told of each host that is new, or whose claims are others than before, under
 * the lock that the model is under. */
struct model_watcher {
	void (*changed)(
	    void *context, const struct model_host *h, bool outside);
	void *context;
};

struct model {
	struct model_host **hosts; /* ordered by host_id */
	size_t count, capacity;
	const struct model_host *twins; /* found now; its reader clears it */
	uint64_t changes;               /* grows with every change of a claim */
	uint64_t outside_changes;       /* grows when an outside is made anew */
	struct model_watcher watcher;   /* 'changed' NULL: nobody */
	/* Held, in this order, while what was loaded is taken, and not while
	 * the store is waited for; NULL: nobody else looks. */
	pthread_mutex_t *locks[2];
};

/* Loads every host of the store, those known anew; the first time two threads
 * share the work. */
MUST_USE enum status model_load(struct model *m, struct store *s);

/* A claim that is heard again. */
struct model_heard {
	int64_t n; /* its number */
	struct heard heard;
	uint64_t said; /* 0: as before */
};

/* What is current of a host after its report or heartbeat; all is lent. */
struct model_change {
	struct store_host row;
	/* The claims are those that the model has: none are given, but what of
	 * them was heard.  Whoever keeps their texts may go on, so 'changes'
	 * stays. */
	bool same;
	const struct store_claim *claims; /* in the order of n */
	size_t claim_count;
	const struct model_heard *heard;
	size_t heard_count;
	struct form *form; /* when it is the same; NULL: as before */
	bool stored;       /* whoever told it has stored it, or will */
	int64_t since; /* unless it is the same: of what was then or later */
	int64_t seen_from; /* see struct model_host */
};

/* Reads one host and lends it to 'take', whose answer it gives. */
MUST_USE enum status model_read_host(struct store *s, int64_t host_id,
    enum status (*take)(void *context, const struct model_change *change),
    void *context);

/* Loads one host anew. */
MUST_USE enum status model_load_host(
    struct model *m, struct store *s, int64_t host_id);

/* NULL: there is none. */
const struct model_host *model_find(const struct model *m, int64_t host_id);

/* Fills the numbers of the claims that were read from such octets. */
void model_recall(
    const struct model_host *h, struct incoming_recall *items, size_t count);

/* The place among the claims; MODEL_NONE: there is none. */
#define MODEL_NONE UINT32_MAX
uint32_t model_find_claim(
    const struct model_host *h, enum claim_kind kind, const char *key);

/* The first place in 'by_key' of a claim that does not stand before this one;
 * claim_count: there is none. */
size_t model_seek_claim(
    const struct model_host *h, enum claim_kind kind, const char *key);

/* A host that is in no model yet, to be entered or freed; model_enter takes it
 * over, whatever comes of it.  NULL is accepted. */
MUST_USE enum status model_make(
    const struct model_change *change, struct model_host **out);
MUST_USE enum status model_enter(
    struct model *m, struct model_host *taken_host);
void model_host_free(struct model_host *h);

MUST_USE enum status model_take(
    struct model *m, const struct model_change *change);

/* The same for what the store has. */
MUST_USE enum status model_take_stored(
    struct model *m, const struct model_change *change);

/* Writes what was heard to the store, within a transaction of the caller. */
MUST_USE enum status model_save(
    struct model *m, struct store *s, int64_t host_id);

/* Do two hosts report with this machine id?  Each replaces the other. */
bool model_is_shared(const struct model_host *h);

void model_done(struct model *m);

#endif
