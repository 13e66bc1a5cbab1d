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

/* "LLDP 2 s ago, CDP through vCenter 41 s ago" from a list of heard; only those
 * in 'state' unless it is NULL; own frames and phantoms never. */
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

/* Is the member the word? */
bool words_match(
    const struct json_value *object, const char *member, const char *word);

/* "report 2 s ago", "told by vCenter vc1 40 s ago", "silent: last report 5 min
 * ago": who speaks for a host, and when last. */
void words_told(struct buffer *out, const struct json_value *host, int64_t now);

/* What keeps a host from being believed whole: it is silent, its vCenter does
 * not reach it, its machine id is not its own.  Empty: nothing. */
void words_trouble(
    struct buffer *out, const struct json_value *host, int64_t now);

/* "/proc", "Open vSwitch": who told of a workload. */
const char *words_source(const char *source);

/* "active vmnic0, standby vmnic1, loadbalance_srcid": the uplinks that a port
 * group may use; those that it may not only when 'unused'. */
void words_team(struct buffer *out, const struct json_value *team, bool unused);

/* "VLAN 140", "trunk 10,20", "private VLAN 100,101" of a port group. */
void words_vlans(struct buffer *out, const struct json_value *group);

/* "802.3ad, LACP with 02:1c:73:ff:00:01": how the NICs of an uplink are one.
 * 'kind' is that of its virtual switch: the kernel and Open vSwitch tell when
 * LACP has no partner, a vCenter tells what was configured alone. */
void words_uplink(
    struct buffer *out, const struct json_value *uplink, const char *kind);

/* "12 s ago", "never" for 0. */
void words_ago(struct buffer *out, int64_t moment, int64_t now);

/* When the host last spoke: "12 s ago", or "at most 3 min ago". */
void words_last_report(
    struct buffer *out, const struct json_value *host, int64_t now);

/* The short name, else the name, else "unnamed". */
const char *words_short_name(const struct json_value *thing);

#endif
