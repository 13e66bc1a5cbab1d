/*
 * span.h - what began and ended in a span of time, moment by moment or as the
 * difference of its two ends.
 *
 *	store -> [span] -> pairs of claims -> change_words -> changes, diff
 *
 * Whoever applies the pairs of all moments of a span to what was true before
 * has what is true behind it; and the other way round.
 *
 * Memory:  span_load fills, span_done frees; pairs are lent during the visit.
 * Errors:  those of the store, STATUS_NO_MEMORY; STATUS_TOO_LARGE: one moment
 *          alone, or a span that must not be cut, has too many rows.
 * Units:   unix seconds; a span is [since, until).
 */
#ifndef COLLECTOR_SPAN_H
#define COLLECTOR_SPAN_H

#include "collector/arena.h"
#include "collector/change_words.h"
#include "collector/history.h"

enum {
	/* A row takes about 500 octets here; a page of changes needs few. */
	SPAN_PAGE_ROWS = 20000,
	SPAN_LEAST_ROWS = 2000,
	SPAN_ROWS_MOST = 200000
};

struct span_wish {
	int64_t since, until;
	int64_t host_id; /* 0: all */
	int kind;        /* of claims; -1: all.  Those of the host come along */
	/* Not more rows than about so many: the span begins later then.  0:
	 * it must not, and SPAN_ROWS_MOST are refused. */
	size_t rows;
};

struct span_row {
	int64_t host_id, since, until;
	struct change_claim claim;
	bool ended; /* a neighbor that says so */
};

struct span {
	int64_t since, until; /* what it covers */
	bool cut;             /* it begins later than was wished */
	struct span_row *rows;
	size_t count, capacity;
	struct history_silence *silences; /* that overlap it */
	size_t silence_count, silence_capacity;
	struct arena texts;
	bool failed, too_many;
};

/* What changed in one host at one moment. */
struct span_group {
	int64_t host_id, at;
	const struct change_pair *pairs;
	size_t count;
};
typedef void span_visit(void *context, const struct span_group *group);

MUST_USE enum status span_load(
    struct store *s, const struct span_wish *wish, struct span *out);
void span_done(struct span *span);

/* Each moment of each host, the latest first.  Neighbors that have ended stand
 * among the pairs, unchanged, so that it is known where a cable was. */
MUST_USE enum status span_moments(
    const struct span *span, span_visit *visit, void *context);

/* Each host that is another behind the span than before it; 'at' is its end. */
MUST_USE enum status span_net(
    const struct span *span, span_visit *visit, void *context);

#endif
