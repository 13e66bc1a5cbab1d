/*
 * hops.h - the hops of a leg inside the host, in words.
 *
 * Memory:  texts are lent from the leg or constant.
 * Errors:  none; a hop that is not there is NULL.
 */
#ifndef CLI_HOPS_H
#define CLI_HOPS_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/json_read.h"

/* What the path began at inside the host: "web-01", "br0 tag 140"; false when
 * it began at a NIC, a virtual switch or outside. */
bool hops_subject(struct buffer *out, const struct json_value *leg);

/* Why the NIC of the leg is not known; NULL: it is. */
const char *hops_gap(const struct json_value *leg);

/* "active", "standby", "down" where the uplink has several NICs or none that
 * works; NULL: nothing to say. */
const char *hops_member_state(const struct json_value *leg);

/* Is the NIC of the leg without a link? */
bool hops_is_down(const struct json_value *leg);

/* Is what the host does of late not known: it is silent, or its vCenter does
 * not reach it? */
bool hops_host_is_lost(const struct json_value *leg);

/* Does the leg carry none of the VLANs that are needed? */
bool hops_is_barred(const struct json_value *leg);

/* In use: 0; waiting: 1; of no use: 2. */
unsigned hops_rank(const struct json_value *leg);

/* Is the text the same in both legs, or in none? */
bool hops_same(const struct json_value *a, const struct json_value *b,
    const char *hop, const char *member);

/* Are both legs of one vNIC? */
bool hops_are_of_one(const struct json_value *a, const struct json_value *b);

/* Of the virtual switch that the uplink is of: the last one; NULL: not told. */
const char *hops_vswitch_kind(const struct json_value *leg);

/* Does the leg tell its virtual switches better than the kernel's links do? */
bool hops_are_told(const struct json_value *leg);

#endif
