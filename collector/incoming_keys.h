/*
 * incoming_keys.h - under which key a claim of a report is known in its host.
 *
 *	incoming -> [incoming_keys] -> ingest
 *
 * Memory:  keys are lent from the report's arena; 'room' is written over.
 * Errors:  NULL when there is no memory left.
 */
#ifndef COLLECTOR_INCOMING_KEYS_H
#define COLLECTOR_INCOMING_KEYS_H

#include "base/buffer.h"
#include "base/json_read.h"
#include "collector/incoming.h"

/* A neighbor is known by who it says it is, how it was heard, and where. */
const char *key_of_neighbor(struct incoming *r, struct buffer *room,
    const struct json_value *v, const char *nic_name);

/* A port group is known by its switch and its name, others by one text. */
const char *key_of_inside(struct incoming *r, struct buffer *room,
    const struct json_value *v, enum claim_kind kind);

#endif
