/*
 * facts.h - the facts of a stored claim as values.
 *
 *	store -> claim's JSON -> [facts] -> model
 *
 * Memory:  texts are copied to the arena; 'facts' is lent as it stands.
 * Errors:  none; what is not there is "", -1 or SAID_NOTHING.  An exhausted
 *          heap shows in the arena.
 */
#ifndef COLLECTOR_FACTS_H
#define COLLECTOR_FACTS_H

#include "base/json_read.h"
#include "collector/model.h"

/* The facts, or a copy in the host's arena whose times are by our clock: what
 * the host said and its shift.  What would be later than when the host last
 * spoke, ended then; a time that only tells a beginning is left out: it is not
 * known.  After either the host is 'bounded'. */
const char *facts_by_our_clock(
    struct model_host *h, const struct model_claim *c);

/* What is volatile in the claim; -1 in each when nothing is. */
struct heard facts_heard(const struct model_claim *c);

/* The text of a member, copied; "" when it is not there. */
const char *facts_text(
    struct arena *a, const struct json_value *v, const char *name);

struct texts facts_texts(
    struct arena *a, const struct json_value *v, const char *name);

void facts_read_host(
    struct arena *a, const struct model_claim *c, struct model_host *out);
void facts_read_nic(
    struct arena *a, const struct model_claim *c, struct model_nic *out);
void facts_read_link(
    struct arena *a, const struct model_claim *c, struct model_link *out);
void facts_read_neighbor(
    struct arena *a, const struct model_claim *c, struct model_neighbor *out);

#endif
