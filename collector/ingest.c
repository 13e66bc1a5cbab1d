#include "collector/ingest.h"

#include <string.h>

#include "collector/facts.h"
#include "collector/history.h"
#include "collector/ingest_work.h"
#include "collector/model_claims.h"
#include "collector/verdict.h"

enum {
	/* A host's clock that is off by more than this is put right; what is
	 * less may be the way of the report. */
	CLOCK_OFF_MOST_S = 5,
	ID_DIGITS = 16 /* of 64 bits */
};

static uint64_t
digit_value(char digit)
{
	return (uint64_t)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

int64_t
ingest_host_id(const char *machine_id)
{
	uint64_t bits = 0;

	for (int i = 0; i < ID_DIGITS && machine_id[i] != '\0'; i++)
		bits = bits << 4 | digit_value(machine_id[i]);
	return (int64_t)(bits >> 1);
}

int64_t
ingest_shifted(const struct ingest_work *w, int64_t time)
{
	return time < 0 ? time : time + w->shift;
}

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

bool
ingest_has_ended(const char *facts)
{
	return strstr(facts, "\"ended\":{") != NULL;
}

/* The volatile part by our clock; 'old' is of the same unbroken claim. */
struct heard
ingest_heard_now(const struct ingest_work *w, const struct heard *heard,
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
	if (strcmp(r->digest, w->known->row.digest) != 0)
		return false;
	if (r->by_form)
		return r->form == w->known->form;
	for (size_t i = 0; i < r->claim_count; i++) {
		if (r->claims[i].n == 0)
			return false;
	}
	return r->claim_count == w->known_count;
}

/* What the model is to know. */
static void
end_change(struct ingest_work *w)
{
	struct model_change *change = &w->result->change;

	w->host.number = w->report->number;
	w->host.seen_at = w->now;
	w->host.shift = w->shift;
	memcpy(w->host.digest, w->report->digest, DIGEST_SIZE);
	change->row = w->host;
	change->since = changed_since(w);
	change->heard = w->heard;
	change->heard_count = w->heard_count;
	/* What was known when it was read is so still. */
	if (!w->store)
		change->form = w->report->form;
}

static enum status
write_report(struct ingest_work *w)
{
	const struct incoming *r = w->report;
	bool whole = !r->heartbeat && !r->by_form;
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
	if (r->by_form && !changes_nothing(w))
		return STATUS_NOT_FOUND;
	if (whole)
		status = ingest_find(w);
	if (status == STATUS_OK)
		status = note_silence(w);
	if (status == STATUS_OK)
		status = whole ? ingest_write(w) : ingest_again(w);
	if (status != STATUS_OK)
		return status;
	end_change(w);
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
