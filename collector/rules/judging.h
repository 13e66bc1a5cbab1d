/*
 * judging.h - fills a judgement: texts, claims, what to type, whom it touches.
 *
 *	rules -> [judging] -> judgement
 *
 * A judgement is finished before the next one is added: that may move it.
 *
 * Memory:  the arena of the judgements; texts that are handed over are lent and
 *          must live as long (judgements_text makes such).
 * Errors:  'arena.failed'; what there is no memory for is left out.
 */
#ifndef COLLECTOR_RULES_JUDGING_H
#define COLLECTOR_RULES_JUDGING_H

#include "base/attributes.h"
#include "collector/rules/rule.h"

/* "" when the heap is exhausted. */
const char *judgements_text(struct judgements *out, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* One side says: no claim if it has no text. */
void judgement_claims(struct judgements *out, struct judgement *j,
    const struct judged_claim *claim);

/* What to type; nothing if there is no command. */
void judgement_mends(
    struct judgements *out, struct judgement *j, const struct judged_fix *fix);

/* One more machine that it hurts, in natural order. */
void judgement_touches(struct judgement *j, const char *name);

/* The things it is about; each once. */
void judgement_of_nic(
    struct judgements *out, struct judgement *j, const char *name);
void judgement_of_port(
    struct judgements *out, struct judgement *j, const char *name);
void judgement_of_group(
    struct judgements *out, struct judgement *j, const char *name);
void judgement_of_vswitch(
    struct judgements *out, struct judgement *j, const char *name);
void judgement_of_machine(
    struct judgements *out, struct judgement *j, const char *name);

#endif
