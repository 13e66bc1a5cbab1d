/*
 * inside_proxy.h - a host's part of a distributed switch: its uplinks.
 *
 *	inventory -> [inside_proxy] -> inside
 *
 * The switch orders uplinks by names that it made ("Uplink 1", "lag1"); the
 * host tells which NIC is wired to which port of the switch, and which port
 * has which of these names, or is of which LAG.
 *
 * Memory:  what is lent by the inventory.
 * Errors:  false: there is no such NIC.
 */
#ifndef VSPHERE_INSIDE_PROXY_H
#define VSPHERE_INSIDE_PROXY_H

#include "vsphere/inside.h"

/* A NIC of a switch, and by which uplink of it. */
struct inside_wire {
	char nic[LINK_NAME_SIZE];
	const char *device; /* as vSphere says it */
	const char *uplink; /* "Uplink 1"; "": not known */
	const char *lag;    /* a pair that begins with its name; "": none */
	bool linked;
};

enum { INSIDE_LAGS_MOST = 16 }; /* vCenter takes 64 a switch; a host uses few */

struct inside_proxy {
	const struct list *pnics;
	const struct list *list; /* of 'value' */
	const struct proxy_value *value;
	const struct dvs *dvs; /* NULL: the vCenter did not tell of it */
	const struct list *config_list;
	const struct dvs_value *config; /* NULL: none */
};

void inside_open_proxy(const struct inside *in, const struct proxy_value *value,
    struct inside_proxy *out);
const char *inside_proxy_name(const struct inside_proxy *proxy);

/* Reads the wire of a NIC that the switch names by its key. */
bool inside_read_wire(
    const struct list *pnics, const char *key, struct inside_wire *out);
bool inside_read_proxy_wire(
    const struct inside_proxy *proxy, const char *key, struct inside_wire *out);

/* The name of a LAG, which is lent as the first of a pair. */
void inside_copy_lag(char out[static PORT_NAME_SIZE], const char *pair);

void inside_add_member(
    struct uplink *u, const struct inside_wire *wire, enum member_state state);

void inside_add_proxy_uplinks(
    struct inside *in, uint32_t place, const struct inside_proxy *proxy);

/* What the whole switch says of teams; .teaming NULL: nothing. */
struct teams inside_proxy_teams(const struct inside_proxy *proxy);

#endif
