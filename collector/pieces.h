/*
 * pieces.h - the parts that several answers share.
 *
 * Memory, Errors, Units: as answers.h.
 */
#ifndef COLLECTOR_PIECES_H
#define COLLECTOR_PIECES_H

#include "collector/answers.h"

/* The members of a JSON object (facts of a claim) into the open object. */
void piece_members(struct json *j, const char *object);

/* All members of a host into the open object, and "agent". */
void piece_host_members(struct json *j, const struct model_host *h);

/* "clock_ahead_s" when the host's clock is off (negative: it is behind), and
 * "trouble" when two hosts report with its machine id. */
void piece_host_trouble(struct json *j, const struct model_host *h);

/* "last_report"; of the past "last_report_from" when only that is known. */
void piece_last_report(struct json *j, const struct model_host *h);

/* What piece_host_trouble adds, and "connection" of a vCenter's host. */
void piece_host_standing(struct json *j, const struct model_host *h);

/* "via" which vCenter it is told, "connection_since" when that has lost it. */
void piece_host_via(struct json *j, const struct model_host *h);

void piece_texts(struct json *j, const char *name, const struct texts *texts);

/* name: an object of id, name, short_name, model, software. */
void piece_switch(struct json *j, const char *name, const struct device *d);

/* name: an object of name, short_name, description. */
void piece_port(struct json *j, const char *name, const struct topology *t,
    const struct port *p);

/* "neighbor": the verdict with its evidence, or null. */
void piece_neighbor(
    struct json *j, const struct view *v, const struct seen_nic *nic);

/* "heard": everything that the NIC hears, each with what became of it. */
void piece_heard(
    struct json *j, const struct view *v, const struct seen_nic *nic);

/* The members of a NIC into the open object, with state and reason. */
void piece_nic(
    struct json *j, const struct view *v, const struct seen_nic *nic);

/* A VLAN whose tagged frames arrived on the NIC, with its state. */
void piece_heard_vlan(struct json *j, const struct view *v,
    const struct seen_nic *nic, const struct model_heard_vlan *vlan);

/* "read_as": how the question was read. */
void piece_read_as(struct json *j, const struct query *q);

/* Does the claim speak for the verdict on its NIC? */
bool piece_is_evidence(const struct seen_claim *c);

/* The NICs of one host, judged: *out_count of them from the one returned on. */
const struct seen_nic *piece_nics_of(
    const struct view *v, const struct model_host *h, uint32_t *out_count);

#endif
