#include "collector/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "collector/facts.h"
#include "collector/index.h"
#include "collector/vlans.h"

enum {
	/* A host's clock that is off by more than this is put right; what is
	 * less may be the way of the report. */
	CLOCK_OFF_MOST_S = 5,
	PREFIX_SIZE_MOST = 4096
};

/* What became of a claim that is known already. */
enum fate { FATE_GONE, FATE_KEPT, FATE_REPLACED };

struct work {
	struct store *store;
	const struct incoming *report;
	const struct model_host *known; /* NULL: a new host */
	size_t known_count;
	struct store_host host;
	enum fate *fates;           /* one for each that is known */
	struct store_claim *claims; /* those known, then those opened */
	size_t opened_count;
	struct index by_line; /* NIC, protocol, source MAC -> known claim */
	uint32_t *next_same;  /* another neighbor of this prefix; INDEX_NONE */
	int64_t now;
	int64_t at;    /* when the host said so, by our clock */
	int64_t shift; /* from the host's clock to ours */
	bool shift_changed;
	struct ingest_result *result;
};

int64_t
ingest_host_id(const char *machine_id)
{
	char first[17] = "";

	(void)snprintf(first, sizeof(first), "%.16s", machine_id);
	return (int64_t)(strtoull(first, NULL, 16) >> 1);
}

static int64_t
shifted(const struct work *w, int64_t time)
{
	return time < 0 ? time : time + w->shift;
}

/* The volatile part by our clock; 'old' is of the same unbroken claim. */
static struct heard
heard_now(
    const struct work *w, const struct heard *heard, const struct heard *old)
{
	struct heard h = *heard;

	h.first_heard = shifted(w, h.first_heard);
	h.last_heard = shifted(w, h.last_heard);
	h.expires = shifted(w, h.expires);
	/* An agent that was restarted begins to count anew; we do not. */
	if (old && !w->shift_changed && old->first_heard >= 0 &&
	    old->first_heard < h.first_heard)
		h.first_heard = old->first_heard;
	return h;
}

/* ---- a report --------------------------------------------------------------
 */

static bool
has_ended(const char *facts)
{
	return strstr(facts, "\"ended\":{") != NULL;
}

static enum status
close_row(struct work *w, size_t at)
{
	const struct store_claim *known = &w->claims[at];
	int64_t until = w->at > known->since ? w->at : known->since;

	w->result->closed++;
	return store_claim_close(w->store, w->host.host_id, known, until);
}

static enum status
open_row(
    struct work *w, const struct incoming_claim *claim, const struct heard *old)
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
keep_row(struct work *w, uint32_t at, const struct heard *heard)
{
	struct store_claim *claim = &w->claims[at];
	struct heard now = heard_now(w, heard, &claim->heard);

	w->fates[at] = FATE_KEPT;
	if (memcmp(&now, &claim->heard, sizeof(now)) != 0)
		w->result->heard++;
	claim->heard = now;
}

static enum status
write_claim(struct work *w, const struct incoming_claim *claim)
{
	uint32_t at = MODEL_NONE;
	const struct model_claim *known;
	enum status status;

	if (w->known)
		at = model_find_claim(w->known, claim->kind, claim->key);
	if (at == MODEL_NONE)
		return open_row(w, claim, NULL);
	known = &w->known->claims[at];
	if (strcmp(known->facts, claim->facts) == 0) {
		keep_row(w, at, &claim->heard);
		return STATUS_OK;
	}
	w->fates[at] = FATE_REPLACED;
	status = close_row(w, at);
	if (status != STATUS_OK)
		return status;
	return open_row(
	    w, claim, has_ended(known->facts) ? NULL : known->heard);
}

static enum status
write_claims(struct work *w)
{
	const struct incoming *r = w->report;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < r->claim_count && status == STATUS_OK; i++)
		status = write_claim(w, &r->claims[i]);
	for (size_t i = 0; i < w->known_count && status == STATUS_OK; i++) {
		if (w->fates[i] == FATE_GONE)
			status = close_row(w, i);
	}
	return status;
}

/* ---- a heartbeat -----------------------------------------------------------
 */

/* The first three texts of a neighbor's key: ["ens1f0","lldp","00:11:...", */
static size_t
prefix_size(const char *key)
{
	int commas = 0;
	bool quoted = false;
	size_t i = 0;

	for (; key[i] && commas < 3; i++) {
		if (key[i] == '\\' && key[i + 1])
			i++;
		else if (key[i] == '"')
			quoted = !quoted;
		else if (key[i] == ',' && !quoted)
			commas++;
	}
	return i;
}

static void
note_line(struct work *w, uint32_t at)
{
	const char *key = w->claims[at].key;
	size_t size = prefix_size(key);
	char *prefix = arena_take(&w->result->arena, size + 1);

	if (!prefix)
		return;
	memcpy(prefix, key, size);
	w->next_same[at] = index_find(&w->by_line, prefix);
	index_set(&w->by_line, prefix, at);
}

/* Who may be heard again. */
static bool
note_lines(struct work *w)
{
	struct arena *arena = &w->result->arena;

	w->next_same =
	    arena_array(arena, w->known_count, sizeof(*w->next_same));
	for (uint32_t i = 0; w->next_same && i < w->known_count; i++) {
		if (w->claims[i].kind == CLAIM_NEIGHBOR &&
		    !has_ended(w->claims[i].facts))
			note_line(w, i);
	}
	return !arena->failed && !w->by_line.failed;
}

/* Later times of the host's; a heartbeat that was overtaken says nothing. */
static void
hear_again(struct work *w, uint32_t at, int64_t last_heard, int64_t expires)
{
	struct heard *heard = &w->claims[at].heard;

	if (shifted(w, last_heard) < heard->last_heard)
		return;
	heard->last_heard = shifted(w, last_heard);
	heard->expires = shifted(w, expires);
	w->result->heard++;
}

static void
write_line(struct work *w, const struct incoming_line *line)
{
	struct buffer prefix;
	struct json j = json_over(&prefix);
	uint32_t at;

	buffer_init(&prefix, PREFIX_SIZE_MOST);
	json_array_begin(&j);
	json_string(&j, line->nic);
	json_string(&j, line->protocol);
	json_string(&j, line->source_mac);
	buffer_char(&prefix, ',');
	at = index_find(&w->by_line, buffer_string(&prefix));
	buffer_done(&prefix);
	for (; at != INDEX_NONE; at = w->next_same[at])
		hear_again(w, at, line->last_heard, line->expires);
}

/* A VLAN that was never reported says nothing. */
static void
write_vlan_line(struct work *w, const struct incoming_vlans *line)
{
	bool vlans[VLAN_IDS] = { false };
	char key[PREFIX_SIZE_MOST];

	(void)vlans_read(line->vlans, vlans);
	for (int id = 1; id < VLAN_IDS; id++) {
		uint32_t at;

		if (!vlans[id])
			continue;
		(void)snprintf(key, sizeof(key), "%s %d", line->nic, id);
		at = model_find_claim(w->known, CLAIM_HEARD_VLAN, key);
		if (at != MODEL_NONE)
			hear_again(w, at, line->last_heard, line->expires);
	}
}

static enum status
write_heartbeat(struct work *w)
{
	const struct incoming *r = w->report;

	if (r->line_count > 0 && !note_lines(w))
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < r->line_count; i++)
		write_line(w, &r->lines[i]);
	for (size_t i = 0; i < r->vlan_line_count; i++)
		write_vlan_line(w, &r->vlan_lines[i]);
	for (size_t i = 0; i < w->known_count; i++)
		w->fates[i] = FATE_KEPT;
	return STATUS_OK;
}

/* ---- both ------------------------------------------------------------------
 */

/* Fills w->host; STATUS_OK also when there is nothing to do. */
static enum status
meet_host(struct work *w)
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
compare_clocks(struct work *w)
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
begin_claims(struct work *w)
{
	struct arena *arena = &w->result->arena;
	size_t most = w->known_count + w->report->claim_count;

	w->fates = arena_array(arena, w->known_count, sizeof(*w->fates));
	w->claims = arena_array(arena, most, sizeof(*w->claims));
	if (!w->fates || !w->claims)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < w->known_count; i++) {
		const struct model_claim *c = &w->known->claims[i];

		w->claims[i] = (struct store_claim){ c->n, c->kind, c->key,
			c->facts, c->since, facts_heard(c) };
	}
	return STATUS_OK;
}

/* What is current now, in the order of n. */
static void
end_claims(struct work *w)
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
			w->result->closed == 0 && !w->shift_changed };
}

static enum status
write_report(struct work *w)
{
	const struct incoming *r = w->report;
	enum status status = meet_host(w);

	if (status != STATUS_OK || w->result->ignored)
		return status;
	compare_clocks(w);
	/* A heartbeat does not tell every time anew; a whole report does. */
	if (w->shift_changed && r->heartbeat)
		return STATUS_CONFLICT;
	status = begin_claims(w);
	if (status == STATUS_OK)
		status = r->heartbeat ? write_heartbeat(w) : write_claims(w);
	if (status != STATUS_OK)
		return status;
	w->host.number = r->number;
	w->host.seen_at = w->now;
	w->host.shift = w->shift;
	memcpy(w->host.digest, r->digest, DIGEST_SIZE);
	end_claims(w);
	if (w->result->change.same &&
	    strcmp(r->digest, w->known->row.digest) == 0)
		return STATUS_OK;
	return store_host_put(w->store, &w->host);
}

enum status
ingest_within(struct store *s, const struct model_host *known,
    const struct incoming *r, int64_t now, struct ingest_result *out)
{
	struct ingest_result result = { .host_id = 0 };
	struct work w = {
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
