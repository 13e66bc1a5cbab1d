#include "collector/history.h"

#include "collector/store_statements.h"

enum { HOST_COLUMN = STORE_CLAIM_COLUMNS, UNTIL_COLUMN };

struct claims_visit {
	struct store *store;
	history_visit_claim *visit;
	void *context;
	bool failed;
};

static void
read_claim(void *context, const struct value *row)
{
	struct claims_visit *v = context;
	struct history_claim c = { .host_id = row[HOST_COLUMN].number,
		.until = row[UNTIL_COLUMN].number };

	if (store_read_claim(v->store, row, &c.claim))
		v->visit(v->context, &c);
	else
		v->failed = true;
}

static enum status
visit_claims(struct claims_visit *v, enum store_statement which,
    const struct value *values)
{
	enum status status =
	    store_query(v->store, which, values, read_claim, v);

	return store_end_claims(v->store, status, v->failed);
}

enum status
history_at(
    struct store *s, int64_t at, history_visit_claim *visit, void *context)
{
	struct value values[] = { value_number(at), value_number(at),
		value_number(at) };
	struct claims_visit v = { s, visit, context, false };

	return visit_claims(&v, HISTORY_AT, values);
}

enum status
history_ended(struct store *s, int64_t since, int64_t until,
    history_visit_claim *visit, void *context)
{
	struct value values[] = { value_number(since), value_number(until) };
	struct claims_visit v = { s, visit, context, false };

	return visit_claims(&v, HISTORY_ENDED, values);
}

enum status
history_begun(struct store *s, int64_t since, int64_t until,
    history_visit_claim *visit, void *context)
{
	struct value values[] = { value_number(since), value_number(until),
		value_number(since), value_number(since), value_number(until) };
	struct claims_visit v = { s, visit, context, false };

	return visit_claims(&v, HISTORY_BEGUN, values);
}

enum status
history_span(struct store *s, const struct history_span *span,
    history_visit_claim *visit, void *context)
{
	struct value since = value_number(span->since);
	struct value until = value_number(span->until);
	struct value least = value_number(span->host_id);
	struct value most =
	    value_number(span->host_id ? span->host_id : INT64_MAX);
	struct value from = value_number(span->kind < 0 ? 0 : span->kind);
	struct value to =
	    value_number(span->kind < 0 ? CLAIM_LAST : span->kind);
	struct value values[] = { since, until, least, most, from, to, since,
		until, since, until, least, most, from, to };
	struct claims_visit v = { s, visit, context, false };

	return visit_claims(&v, SPAN_CLAIMS, values);
}

/* ---- silences --------------------------------------------------------------
 */

struct silence_visit {
	history_visit_silence *visit;
	void *context;
};

static void
read_silence(void *context, const struct value *row)
{
	const struct silence_visit *v = context;
	struct history_silence s = { row[0].number, row[1].number,
		row[2].number };

	v->visit(v->context, &s);
}

enum status
history_silences(struct store *s, int64_t since, int64_t until,
    history_visit_silence *visit, void *context)
{
	struct value values[] = { value_number(since), value_number(until) };
	struct silence_visit v = { visit, context };

	return store_query(s, SILENCE_LIST, values, read_silence, &v);
}

enum status
history_note_silence(struct store *s, const struct history_silence *silence)
{
	struct value values[] = { value_number(silence->until),
		value_number(silence->host_id), value_number(silence->since) };

	return store_run(s, SILENCE_PUT, values);
}

/* ---- since when ------------------------------------------------------------
 */

struct one_kept {
	struct history_kept *out;
	bool found;
};

static void
read_kept(void *context, const struct value *row)
{
	struct one_kept *one = context;

	*one->out = (struct history_kept){ row[0].number, row[1].number };
	one->found = true;
}

enum status
history_get(struct store *s, struct history_kept *out)
{
	struct one_kept one = { .out = out };
	enum status status = store_query(s, KEPT_GET, NULL, read_kept, &one);

	return status != STATUS_OK || one.found ? status : STATUS_NOT_FOUND;
}

enum status
history_put(struct store *s, const struct history_kept *kept)
{
	struct value values[] = { value_number(kept->since),
		value_number(kept->alive_at) };

	return store_run(s, KEPT_PUT, values);
}

/* ---- forgetting ------------------------------------------------------------
 */

struct edge {
	int64_t until;
	bool found;
};

static void
read_edge(void *context, const struct value *row)
{
	struct edge *edge = context;

	*edge = (struct edge){ row[0].number, true };
}

enum status
history_edge(struct store *s, int64_t count, int64_t *out_until)
{
	struct value values[] = { value_number(count) };
	struct edge edge = { 0 };
	enum status status =
	    store_query(s, PAST_EDGE, values, read_edge, &edge);

	if (status == STATUS_OK && !edge.found)
		return STATUS_NOT_FOUND;
	*out_until = edge.until;
	return status;
}

enum status
history_forget(struct store *s, int64_t until, int64_t most)
{
	struct value oldest[] = { value_number(until), value_number(most) };
	struct value since[] = { value_number(until), value_number(until) };
	/* First: so of several collectors that forget, one waits here and not
	 * amid the rows. */
	enum status status = store_run(s, KEPT_SINCE, since);

	if (status == STATUS_OK)
		status = store_run(s, PAST_FORGET, oldest);
	if (status == STATUS_OK)
		status = store_run(s, SILENCE_FORGET, oldest);
	if (status == STATUS_OK)
		status = store_run(s, FINDING_FORGET, oldest);
	return status == STATUS_OK ? store_run(s, ACK_FORGET, oldest) : status;
}
