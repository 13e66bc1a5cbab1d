/*
 * words.h - facts of the API in words, the same in every answer.
 *
 * Three values everywhere: a fact, its absence, and "unknown" with the reason.
 *
 * Memory:  writes to the caller's buffer, cleaned, without a tone.
 * Errors:  those of the buffer.
 * Units:   unix seconds.
 */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/json_read.h"

/* "LLDP", "CDP"; an unknown protocol as it is. */
const char *words_protocol(const char *protocol);

/* "NIC", "bridge", "Open vSwitch": a kind of the API. */
const char *words_kind(const char *kind);

/* "LLDP 2 s ago, CDP 41 s ago" from a list of heard; only those in 'state'
 * unless it is NULL; own frames and phantoms never. */
void words_heard(struct buffer *out, const struct json_value *heard,
    const char *state, int64_t now);

/* "ended: expired 40 s ago" from {"reason","at"}. */
void words_end(struct buffer *out, const struct json_value *ended, int64_t now);

/* "the link went down" from "link_down", "ended" without a reason. */
const char *words_end_reason(const char *reason);

/* What is wrong with a neighbor in 'state', with ages: "ended: expired 40 s
 * ago, last LLDP 3 min ago", "stale, last ..."; for a current one only who was
 * heard. */
void words_evidence(
    struct buffer *out, const struct json_value *leg, int64_t now);

/* Why a NIC has no neighbor: "the NIC has no carrier". */
void words_silence(struct buffer *out, const struct json_value *nic,
    const struct json_value *host, int64_t now);

/* Several ports are heard and none is known to be the neighbor. */
bool words_is_undecided(const struct json_value *neighbor);

/* "Eth1/1 on leaf1a", the port and switch of a neighbor. */
void words_port(struct buffer *out, const struct json_value *neighbor);

/* "12 s ago", "never" for 0. */
void words_ago(struct buffer *out, int64_t moment, int64_t now);

/* The short name, else the name, else "unnamed". */
const char *words_short_name(const struct json_value *thing);

#endif
