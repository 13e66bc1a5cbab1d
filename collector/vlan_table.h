/*
 * vlan_table.h - what all hosts and switch ports say of each VLAN; pure.
 *
 *	port groups, VLAN devices, neighbors, VLANs heard
 *		-> [vlan_table] -> answers
 *
 * Memory:  vlan_table_free; names are the table's.
 * Errors:  NULL when there is no memory.
 * Units:   unix seconds; -1: never.
 */
#ifndef COLLECTOR_VLAN_TABLE_H
#define COLLECTOR_VLAN_TABLE_H

#include "collector/answers.h"
#include "collector/arena.h"
#include "collector/vlans.h"

enum { VLAN_NAMES_MOST = 4 };

struct vlan_sum {
	const char *names[VLAN_NAMES_MOST]; /* what switches call it */
	size_t name_count;
	uint32_t needed_by; /* vNICs */
	uint32_t hosts, ports;
	bool current;                       /* a host needs it that reports */
	uint32_t heard_on;                  /* NICs, of late */
	int64_t last_heard;                 /* on the wire */
	const struct model_host *last_host; /* counted already */
	uint32_t last_port;                 /* counted already, + 1 */
};

struct vlan_table {
	struct vlan_sum vlans[VLAN_IDS];
	struct arena arena; /* for names */
};

struct vlan_table *vlan_table_new(const struct view *v);
void vlan_table_free(struct vlan_table *t);

/* Does anybody need, tell or hear it? */
bool vlan_table_has(const struct vlan_table *t, int id);

/* And is that of now? */
bool vlan_table_is_current(const struct vlan_table *t, int id);

/* The members of one VLAN into the open object. */
void vlan_table_write(struct json *j, const struct vlan_table *t, int id);

/* Does the port group need the VLAN?  A trunk of all VLANs needs none. */
bool vlan_table_needs(const struct inside_group *g, int id);

#endif
