#include "collector/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/facts.h"
#include "collector/history.h"
#include "collector/ingest_work.h"
#include "collector/model_claims.h"
#include "collector/verdict.h"

enum {
	/* A host's clock that is off by more than this is put right; what is
	 * less may be the way of the report. */
	CLOCK_OFF_MOST_S = 5
};

int64_t
ingest_host_id(const char *machine_id)
{
	char first[17] = "";

	(void)snprintf(first, sizeof(first), "%.16s", machine_id);
	return (int64_t)(strtoull(first, NULL, 16) >> 1);
}

int64_t
ingest_shifted(const struct ingest_work *w, int64_t time)
{
	return time < 0 ? time : time + w->shift;
}

/* The volatile part by our clock; 'old' is of the same unbroken claim. */
static struct heard
heard_now(const struct ingest_work *w, const struct heard *heard,
    const struct heard *old)
{
	struct heard h = *heard;

	h.first_heard = ingest_shifted(w, h.first_heard);
	h.last_heard = ingest_shifted(w, h.last_heard);
	h.expires = ingest_shifted(w, h.expires);
	/* An agent that was restarted begins to count anew; we do not. */
	if (old && !w->shift_changed && old->first_heard >= 0 &&
	    old->first_heard < h.first_heard)
		h.first_heard = old->first_heard;
	return h;
}

/* ---- a report --------------------------------------------------------------
 */

bool
ingest_has_ended(const char *facts)
{
	return strstr(facts, "\"ended\":{") != NULL;
}

static enum status
close_row(struct ingest_work *w, size_t at)
{
	const struct store_claim *known = &w->claims[at];
	int64_t until = w->at > known->since ? w->at : known->since;

	w->result->closed++;
	return store_claim_close(w->store, w->host.host_id, known, until);
}

static enum status
open_row(struct ingest_work *w, const struct incoming_claim *claim,
    const struct heard *old)
{
	struct store_claim *row = &w->claims[w->known_count + w->opened_count];
	enum status status;

	*row = (struct store_claim){
		.n = w->host.next_n++,
		.kind = claim->kind,
		.key = claim->key,
		.facts = claim->facts,
		.since = w->at,
		.heard = heard_now(w, &claim->heard, old),
		.said = claim->said,
	};
	w->opened_count++;
	w->result->opened++;
	status = store_claim_open(w->store, w->host.host_id, row);
	if (status != STATUS_OK || !claim->frame)
		return status;
	return store_frame_put(w->store, w->host.host_id, row->n, claim->frame);
}

/* The same facts again write nothing: what was heard is saved by and by, and
 * the frame that is kept tells them as well as the new one. */
static void
keep_row(struct ingest_work *w, uint32_t at, const struct incoming_claim *again)
{
	struct store_claim *claim = &w->claims[at];
	struct heard now = heard_now(w, &again->heard, &claim->heard);

	w->fates[at] = FATE_KEPT;
	if (memcmp(&now, &claim->heard, sizeof(now)) != 0)
		w->result->heard++;
	claim->heard = now;
	claim->said = again->said;
}

/* The place of the claim that was recalled, if it is still what it was. */
static uint32_t
find_recalled(const struct ingest_work *w, const struct incoming_claim *claim)
{
	const struct model_claim *known =
	    w->known ? claims_of_number(w->known, claim->n) : NULL;

	if (!known || known->said != claim->said || known->kind != claim->kind)
		return MODEL_NONE;
	return (uint32_t)(known - w->known->claims);
}

/* Finds what is known of each claim.  A claim that is told twice, once as it
 * was and once anew, is for who reads the whole report. */
static enum status
find_claims(struct ingest_work *w)
{
	const struct incoming *r = w->report;

	for (size_t i = 0; i < r->claim_count; i++) {
		uint32_t at = MODEL_NONE;

		w->places[i] = MODEL_NONE;
		if (r->claims[i].n == 0)
			continue;
		at = find_recalled(w, &r->claims[i]);
		if (at == MODEL_NONE || w->fates[at] == FATE_KEPT)
			return STATUS_NOT_FOUND;
		w->places[i] = at;
		w->fates[at] = FATE_KEPT;
	}
	for (size_t i = 0; i < r->claim_count; i++) {
		const struct incoming_claim *claim = &r->claims[i];

		if (claim->n != 0 || !w->known)
			continue;
		w->places[i] =
		    model_find_claim(w->known, claim->kind, claim->key);
		if (w->places[i] != MODEL_NONE &&
		    w->fates[w->places[i]] == FATE_KEPT)
			return STATUS_NOT_FOUND;
	}
	return STATUS_OK;
}

static enum status
write_claim(
    struct ingest_work *w, const struct incoming_claim *claim, uint32_t at)
{
	const struct model_claim *known;
	enum status status;

	if (at == MODEL_NONE)
		return open_row(w, claim, NULL);
	known = &w->known->claims[at];
	if (claim->n != 0 || strcmp(known->facts, claim->facts) == 0) {
		keep_row(w, at, claim);
		return STATUS_OK;
	}
	w->fates[at] = FATE_REPLACED;
	status = close_row(w, at);
	if (status != STATUS_OK)
		return status;
	return open_row(
	    w, claim, ingest_has_ended(known->facts) ? NULL : known->heard);
}

static enum status
write_claims(struct ingest_work *w)
{
	const struct incoming *r = w->report;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < r->claim_count && status == STATUS_OK; i++)
		status = write_claim(w, &r->claims[i], w->places[i]);
	for (size_t i = 0; i < w->known_count && status == STATUS_OK; i++) {
		if (w->fates[i] == FATE_GONE)
			status = close_row(w, i);
	}
	return status;
}

/* ---- both ------------------------------------------------------------------
 */

/* Fills w->host; STATUS_OK also when there is nothing to do. */
static enum status
meet_host(struct ingest_work *w)
{
	const struct incoming *r = w->report;

	if (!w->known && r->heartbeat)
		return STATUS_CONFLICT;
	if (!w->known) {
		w->host = (struct store_host){
			.host_id = ingest_host_id(r->machine_id),
			.next_n = 1,
		};
		memcpy(w->host.machine_id, r->machine_id, MACHINE_ID_SIZE);
		return STATUS_OK;
	}
	w->host = w->known->row;
	if (strcmp(w->host.machine_id, r->machine_id) != 0)
		return STATUS_MALFORMED;
	w->result->ignored = r->number <= w->host.number;
	if (!w->result->ignored && r->heartbeat &&
	    strcmp(r->digest, w->host.digest) != 0)
		return STATUS_CONFLICT;
	return STATUS_OK;
}

static bool
differ(int64_t a, int64_t b)
{
	return a > b + CLOCK_OFF_MOST_S || b > a + CLOCK_OFF_MOST_S;
}

/* How far the host's clock is from ours.  A report may have waited in a spool
 * for hours, so only the moment of its delivery tells; of an agent that does
 * not say it, we can only know that no report comes from the future. */
static void
compare_clocks(struct ingest_work *w)
{
	const struct incoming *r = w->report;
	int64_t off = 0;

	if (r->posted_at >= 0)
		off = w->now - r->posted_at;
	else if (r->sent_at > w->now)
		off = w->now - r->sent_at;
	if (!differ(off, w->host.shift))
		off = w->host.shift;
	else if (!differ(off, 0))
		off = 0;
	w->shift = off;
	w->shift_changed = off != w->host.shift;
	w->at = r->sent_at + off < w->now ? r->sent_at + off : w->now;
}

/* Room for what is known and for all that the report may open. */
static enum status
begin_claims(struct ingest_work *w)
{
	struct arena *arena = &w->result->arena;
	size_t most = w->known_count + w->report->claim_count;

	w->fates = arena_array(arena, w->known_count, sizeof(*w->fates));
	w->claims = arena_array(arena, most, sizeof(*w->claims));
	w->places =
	    arena_array(arena, w->report->claim_count, sizeof(*w->places));
	if (!w->fates || !w->claims || !w->places)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < w->known_count; i++) {
		const struct model_claim *c = &w->known->claims[i];

		w->claims[i] = (struct store_claim){ c->n, c->kind, c->key,
			c->facts, c->since, facts_heard(c), 0 };
	}
	return STATUS_OK;
}

/* The earliest moment of which something else is known now.  A clock that is
 * taken to be another's puts every time of the host anew. */
static int64_t
changed_since(const struct ingest_work *w)
{
	if (w->shift_changed)
		return 0;
	if (w->was_silent && w->known->row.seen_at < w->at)
		return w->known->row.seen_at;
	return w->at;
}

/* What is current now, in the order of n. */
static void
end_claims(struct ingest_work *w)
{
	struct model_change *change = &w->result->change;
	size_t all = w->known_count + w->opened_count, count = 0;

	for (size_t i = 0; i < all; i++) {
		if (i >= w->known_count || w->fates[i] == FATE_KEPT)
			w->claims[count++] = w->claims[i];
	}
	*change = (struct model_change){ .row = w->host,
		.claims = w->claims,
		.claim_count = count,
		.same = w->known && w->result->opened == 0 &&
			w->result->closed == 0 && !w->shift_changed,
		.since = changed_since(w) };
}

/* A host that was silent until now was so whatever it tells of that time. */
static enum status
note_silence(struct ingest_work *w)
{
	struct history_silence silence = { w->host.host_id, w->host.seen_at,
		w->now };

	return w->was_silent ? history_note_silence(w->store, &silence)
			     : STATUS_OK;
}

/* Does the report say what is known, but for what is volatile?  That each
 * claim it recalls is still current, and named once, shows when it is looked
 * for. */
static bool
changes_nothing(const struct ingest_work *w)
{
	const struct incoming *r = w->report;

	if (w->shift_changed || w->was_silent || !w->known)
		return false;
	if (r->heartbeat)
		return true;
	for (size_t i = 0; i < r->claim_count; i++) {
		if (r->claims[i].n == 0)
			return false;
	}
	return r->claim_count == w->known_count &&
	       strcmp(r->digest, w->known->row.digest) == 0;
}

static enum status
write_report(struct ingest_work *w)
{
	const struct incoming *r = w->report;
	enum status status = meet_host(w);

	if (status != STATUS_OK || w->result->ignored)
		return status;
	compare_clocks(w);
	/* A heartbeat does not tell every time anew; a whole report does. */
	if (w->shift_changed && r->heartbeat)
		return STATUS_CONFLICT;
	w->was_silent = w->known && w->now - w->host.seen_at > HOST_SILENT_S;
	if (!w->store && !changes_nothing(w))
		return STATUS_BUSY;
	status = begin_claims(w);
	if (status == STATUS_OK)
		status = find_claims(w);
	if (status == STATUS_OK)
		status = note_silence(w);
	if (status == STATUS_OK)
		status = r->heartbeat ? ingest_heartbeat(w) : write_claims(w);
	if (status != STATUS_OK)
		return status;
	w->host.number = r->number;
	w->host.seen_at = w->now;
	w->host.shift = w->shift;
	memcpy(w->host.digest, r->digest, DIGEST_SIZE);
	end_claims(w);
	if (w->result->change.same && !w->was_silent &&
	    strcmp(r->digest, w->known->row.digest) == 0)
		return STATUS_OK;
	return store_host_put(w->store, &w->host);
}

enum status
ingest_heard(const struct model_host *known, const struct incoming *r,
    int64_t now, struct ingest_result *out)
{
	enum status status = ingest_within(NULL, known, r, now, out);

	return status == STATUS_NOT_FOUND ? STATUS_BUSY : status;
}

enum status
ingest_within(struct store *s, const struct model_host *known,
    const struct incoming *r, int64_t now, struct ingest_result *out)
{
	struct ingest_result result = { .host_id = 0 };
	struct ingest_work w = {
		.store = s,
		.report = r,
		.known = known,
		.known_count = known ? known->claim_count : 0,
		.now = now,
		.result = &result,
	};
	enum status status = write_report(&w);

	result.host_id = ingest_host_id(r->machine_id);
	index_done(&w.by_line);
	if (status == STATUS_OK)
		*out = result;
	else
		ingest_result_done(&result);
	return status;
}

void
ingest_result_done(struct ingest_result *result)
{
	arena_done(&result->arena);
	result->change = (struct model_change){ .claims = NULL };
}

/* Stores the report and what was heard, and tells both to the model. */
static enum status
store_alone(struct store *s, struct model *m, const struct incoming *r,
    int64_t now, struct ingest_result *out)
{
	int64_t id = ingest_host_id(r->machine_id);
	enum status status = model_load_host(m, s, id);

	if (status != STATUS_OK && status != STATUS_NOT_FOUND)
		return status;
	status = ingest_within(s, model_find(m, id), r, now, out);
	if (status != STATUS_OK || out->ignored)
		return status;
	status = model_take(m, &out->change);
	return status == STATUS_OK ? model_save(m, s, id) : status;
}

enum status
ingest(struct store *s, const struct incoming *r, int64_t now,
    struct ingest_result *out)
{
	struct ingest_result result = { .host_id = 0 };
	struct model m = { .count = 0 };
	enum status status = store_begin(s);

	if (status == STATUS_OK)
		status = store_alone(s, &m, r, now, &result);
	if (status == STATUS_OK)
		status = store_commit(s);
	if (status != STATUS_OK)
		store_rollback(s);
	model_done(&m);
	ingest_result_done(&result);
	if (status == STATUS_OK)
		*out = result;
	return status;
}
