/*
 * inventory.h - remembers what a vCenter told: hosts, VMs, switches.
 *
 *	soap -> updates -> [inventory] -> compose -> report of each host
 *
 * Objects are found by type and reference; a property is the list that was
 * read, kept as it is.  A VM hangs on the host that it runs on, and so moves
 * when that property does.  Hosts whose report may differ are marked.
 *
 * A reading of everything is put between inventory_begin and inventory_end:
 * what was not told in between is gone.
 *
 * Memory:  inventory_init/inventory_done; objects are lent until then, or
 *          until an update removes them.
 * Errors:  STATUS_NO_MEMORY; STATUS_TOO_LARGE: more objects than a vCenter has.
 */
#ifndef VSPHERE_INVENTORY_H
#define VSPHERE_INVENTORY_H

#include "base/clock.h"
#include "report/host.h"
#include "report/report.h"
#include "vsphere/hearing.h"
#include "vsphere/values.h"

enum {
	/* A vCenter of 8.0 takes 2,500 hosts and 40,000 VMs. */
	OBJECTS_MOST = 1 << 18
};

struct object {
	struct object *next_in_bucket;
	struct object *next, **link; /* of all of its type */
	enum object_type type;
	uint32_t generation; /* of the reading that told it last */
	bool known;          /* false: only referred to */
	char *reference;
};

struct vm {
	struct object object; /* must be first */
	struct list *values[VM_PROPERTIES];
	struct esxi *host;
	struct vm *next, **link; /* of the VMs of its host */
};

/* What the collector was told of a host. */
struct told {
	char digest[REPORT_DIGEST_SIZE];  /* acknowledged; "": nothing yet */
	char refused[REPORT_DIGEST_SIZE]; /* for good; "": nothing */
	int64_t number;
	bool changed;        /* the report may differ from what was told */
	bool wanted;         /* the whole report is wanted, whatever it says */
	bool sending;        /* a document of it is on its way */
	uint32_t vlans_lost; /* heard, but beyond what a report takes */
	struct instant beat; /* when the next heartbeat is due */
	bool barred;         /* this token may not report it, for now */
	struct instant barred_until;
};

struct esxi {
	struct object object; /* must be first */
	struct list *values[HOST_PROPERTIES];
	struct vm *vms;
	char id[HOST_ID_SIZE];
	bool id_derived; /* the machine's own was of no use */
	bool hinted;     /* its hints were asked for, with or without success */
	bool mute;       /* it did not say what its NICs hear when last asked */
	bool rewired;    /* its NICs or switches changed since, or it is back */
	struct instant hint_due, hint_asked;
	struct hearing hearing;
	struct told told;
};

struct dvs {
	struct object object; /* must be first */
	struct list *values[SWITCH_PROPERTIES];
};

struct dvpg {
	struct object object; /* must be first */
	struct list *values[GROUP_PROPERTIES];
};

struct inventory {
	struct object **buckets;
	size_t bucket_count, count;
	struct object *first[OBJECT_TYPES], **last[OBJECT_TYPES];
	uint32_t generation;
	bool changed; /* some host's report may differ */
	bool ids_changed;
	char instance[LIST_TEXT_MOST]; /* uuid of the vCenter; "": none */
};

void inventory_init(struct inventory *inventory);
void inventory_done(struct inventory *inventory);

void inventory_begin(struct inventory *inventory);
/* Takes the lists of 'update' that it keeps. */
MUST_USE enum status inventory_take(
    struct inventory *inventory, struct update *update);
void inventory_end(struct inventory *inventory);

/* Gives every host its id: of its machine, or when that is no use - none,
 * zeros, or the same on two hosts - derived from the vCenter's and its own
 * reference. */
void inventory_identify(struct inventory *inventory);

/* How many were told. */
unsigned inventory_count(
    const struct inventory *inventory, enum object_type type);

/* Marks them all. */
void inventory_mark_hosts(struct inventory *inventory);

static inline struct esxi *
inventory_hosts(const struct inventory *inventory)
{
	return (struct esxi *)inventory->first[OBJECT_HOST];
}

static inline struct esxi *
inventory_next_host(const struct esxi *host)
{
	return (struct esxi *)host->object.next;
}

/* NULL: none of that reference, uuid or key. */
struct esxi *inventory_find_host(
    const struct inventory *inventory, const char *reference);
const struct dvs *inventory_find_switch(
    const struct inventory *inventory, const char *uuid);
const struct dvpg *inventory_find_group(
    const struct inventory *inventory, const char *key);

/* Is it whole enough to be reported: has it a name? */
bool esxi_is_known(const struct esxi *host);
/* Does the vCenter reach it? */
bool esxi_is_connected(const struct esxi *host);

#endif
