/*
 * host_inside.h - what is inside a host, as text: what its NICs carry, its
 * virtual switches with their port groups and what hangs on them.
 *
 * Memory:  writes to the page; keeps nothing.
 * Errors:  an absent or wrong member is an empty part.
 */
#ifndef CLI_HOST_INSIDE_H
#define CLI_HOST_INSIDE_H

#include "base/json_read.h"
#include "cli/page.h"

/* Names on the front, slots, VLANs heard on the wire, virtual functions. */
void host_inside_nics(struct page *page, const struct json_value *nics);

/* Of an answer about one host. */
void host_inside_switches(struct page *page, const struct json_value *answer);

/* "bond0 (ens1f0 active, ens1f1 standby; LACP)", of all of a switch. */
void host_inside_uplinks(struct buffer *out, const struct json_value *uplinks);

#endif
