/*
 * history.h - reads what was, and notes what else will be asked of the past.
 *
 *	store: claim, past, silence -> [history] -> past views, changes
 *
 * A claim was true at T when since <= T < until.  A host was silent at T when a
 * silence holds T; that of host 0 is the collector's own: nobody listened.
 *
 * Memory:  what a visit lends is valid during the call; a visit asks nothing
 *          of the same store.
 * Errors:  those of the store; STATUS_NOT_FOUND: nothing was kept yet.
 * Units:   unix seconds; spans are [since, until).
 */
#ifndef COLLECTOR_HISTORY_H
#define COLLECTOR_HISTORY_H

#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/store.h"

#define HISTORY_OPEN INT64_MAX /* until: it is still said */
#define HISTORY_NOBODY 0       /* the host of the collector's own silence */

struct history_claim {
	int64_t host_id;
	int64_t until;
	struct store_claim claim; /* 'heard' as it was last known */
};
typedef void history_visit_claim(
    void *context, const struct history_claim *claim);

/* All that was true at 'at', ordered by host and n; one moment of the store,
 * however long it takes. */
MUST_USE enum status history_at(
    struct store *s, int64_t at, history_visit_claim *visit, void *context);

/* What ended in the span, ordered by its end. */
MUST_USE enum status history_ended(struct store *s, int64_t since,
    int64_t until, history_visit_claim *visit, void *context);

/* What began in the span, ended or not, ordered by its begin.  Looks at all
 * that ended after 'since' and at all that is current. */
MUST_USE enum status history_begun(struct store *s, int64_t since,
    int64_t until, history_visit_claim *visit, void *context);

/* What began or ended in the span, of one host or one kind; in no order.  The
 * host's own claims come along with those of any kind. */
struct history_span {
	int64_t since, until;
	int64_t host_id; /* 0: all */
	int kind;        /* -1: all */
};
MUST_USE enum status history_span(struct store *s,
    const struct history_span *span, history_visit_claim *visit, void *context);

struct history_silence {
	int64_t host_id, since, until;
};
typedef void history_visit_silence(
    void *context, const struct history_silence *silence);

/* Those that overlap the span, ordered by their end. */
MUST_USE enum status history_silences(struct store *s, int64_t since,
    int64_t until, history_visit_silence *visit, void *context);
/* Within a transaction of the caller. */
MUST_USE enum status history_note_silence(
    struct store *s, const struct history_silence *silence);

struct history_kept {
	int64_t since;    /* what was before is not known */
	int64_t alive_at; /* when a collector last ran */
};
MUST_USE enum status history_get(struct store *s, struct history_kept *out);
/* Within a transaction of the caller.  'since' is for the first time only. */
MUST_USE enum status history_put(
    struct store *s, const struct history_kept *kept);

/* When the claim ended that 'count' others have ended before; STATUS_NOT_FOUND:
 * there are not that many. */
MUST_USE enum status history_edge(
    struct store *s, int64_t count, int64_t *out_until);
/* Forgets the oldest 'most' of what ended at 'until' or before: then nothing is
 * known of what was before 'until'.  Within a transaction of the caller. */
MUST_USE enum status history_forget(
    struct store *s, int64_t until, int64_t most);

#endif
