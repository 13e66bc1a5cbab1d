#include <string.h>

#include "collector/facts.h"
#include "collector/ingest_work.h"
#include "collector/model_claims.h"

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
		.heard = ingest_heard_now(w, &claim->heard, old),
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
	struct heard now = ingest_heard_now(w, &again->heard, &claim->heard);

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

/* Finds what is known of each claim.  A claim that is told twice, once as it
 * was and once anew, is for who reads the whole report. */
enum status
ingest_find(struct ingest_work *w)
{
	const struct incoming *r = w->report;

	if (begin_claims(w) != STATUS_OK)
		return STATUS_NO_MEMORY;
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

/* The claims are what they were: tells what they heard. */
static enum status
end_same(struct ingest_work *w)
{
	w->heard =
	    arena_array(&w->result->arena, w->known_count, sizeof(*w->heard));
	if (!w->heard)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < w->known_count; i++)
		w->heard[i] = (struct model_heard){ w->claims[i].n,
			w->claims[i].heard, w->claims[i].said };
	w->heard_count = w->known_count;
	return STATUS_OK;
}

/* What is current now, in the order of n. */
static enum status
end_claims(struct ingest_work *w)
{
	struct model_change *change = &w->result->change;
	size_t all = w->known_count + w->opened_count, count = 0;

	change->same = w->known && w->result->opened == 0 &&
		       w->result->closed == 0 && !w->shift_changed;
	if (change->same)
		return end_same(w);
	for (size_t i = 0; i < all; i++) {
		if (i >= w->known_count || w->fates[i] == FATE_KEPT)
			w->claims[count++] = w->claims[i];
	}
	change->claims = w->claims;
	change->claim_count = count;
	return STATUS_OK;
}

enum status
ingest_write(struct ingest_work *w)
{
	enum status status = write_claims(w);

	return status == STATUS_OK ? end_claims(w) : status;
}
