/*
 * change_words.h - what changed in a host, from the claims that it made before
 * and those that it makes now; pure.
 *
 *	claims -> change_pairs -> pairs -> [change_words] -> change
 *
 * What a frame says is told as the cable that it means: of two protocols that
 * name one port it is told once, and what ended and began on a NIC is a move.
 * A host that is new is one change, not one for each thing in it.
 *
 * Memory:  pairs and claims are lent during the call.
 * Errors:  those of the list; STATUS_NO_MEMORY.
 */
#ifndef COLLECTOR_CHANGE_WORDS_H
#define COLLECTOR_CHANGE_WORDS_H

#include "base/status.h"
#include "collector/change.h"
#include "collector/incoming.h"

/* One claim, as far as words need it; texts are lent. */
struct change_claim {
	enum claim_kind kind;
	const char *key, *facts;
};

/* Two claims of one kind and key; was NULL: it is new, is NULL: it is gone. */
struct change_pair {
	const struct change_claim *was, *is;
};

/* What a host claimed at one moment, in any order. */
struct change_claims {
	const struct change_claim *items;
	size_t count;
};

/* Pairs the claims of a host then and now, in the order of kind and key; also
 * those that are equal.  '*out_pairs' has one for each key; free() it. */
MUST_USE enum status change_pairs(struct change_claims was,
    struct change_claims is, struct change_pair **out_pairs, size_t *out_count);

/* What changed, in words.  Of pairs that are equal only neighbors that have
 * ended are looked at: they tell where a cable was before. */
void change_words(struct change_list *out, const char *host_name,
    const struct change_pair *pairs, size_t count);

/* For change_words: is the claim the same in all that is stored? */
static inline bool
change_is_none(const struct change_pair *p)
{
	return p->was && p->is &&
	       (p->was == p->is || strcmp(p->was->facts, p->is->facts) == 0);
}

#endif
