#include "collector/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "collector/engine_sqlite.h"
#include "collector/store_statements.h"

/* ---- life -----------------------------------------------------------------
 */

/* Makes a store of the engine that was opened, or was not. */
static enum status
over(struct engine *e, enum status status, struct store **out)
{
	struct store *s;

	if (status != STATUS_OK)
		return status;
	s = calloc(1, sizeof(*s));
	if (!s) {
		e->close(e);
		return STATUS_NO_MEMORY;
	}
	s->engine = e;
	*out = s;
	return STATUS_OK;
}

enum status
store_open(const char *database, struct store **out,
    char error[static STORE_ERROR_SIZE])
{
	struct engine *e = NULL;
	enum status status =
	    engine_sqlite_open(database, &store_statements, &e, error);

	return over(e, status, out);
}

enum status
store_reader(
    struct store *s, struct store **out, char error[static STORE_ERROR_SIZE])
{
	struct engine *e = NULL;
	enum status status = s->engine->reader(s->engine, &e, error);

	return over(e, status, out);
}

void
store_close(struct store *s)
{
	if (!s)
		return;
	s->engine->close(s->engine);
	free(s);
}

/* ---- what the engine does -------------------------------------------------
 */

static enum status
note(struct store *s, enum status status)
{
	if (status != STATUS_OK)
		text_copy(s->error, sizeof(s->error), s->engine->error);
	return status;
}

enum status
store_run(
    struct store *s, enum store_statement which, const struct value *values)
{
	return note(s, s->engine->run(s->engine, which, values));
}

enum status
store_query(struct store *s, enum store_statement which,
    const struct value *values, engine_visit *visit, void *context)
{
	return note(
	    s, s->engine->query(s->engine, which, values, visit, context));
}

enum status
store_begin(struct store *s)
{
	return note(s, s->engine->begin(s->engine));
}

enum status
store_commit(struct store *s)
{
	return note(s, s->engine->commit(s->engine));
}

void
store_rollback(struct store *s)
{
	s->engine->rollback(s->engine);
}

/* ---- hosts ----------------------------------------------------------------
 */

struct host_visit {
	void (*visit)(void *context, const struct store_host *h);
	void *context;
};

static void
read_host(void *context, const struct value *row)
{
	const struct host_visit *v = context;
	struct store_host h = {
		.host_id = row[0].number,
		.number = row[3].number,
		.next_n = row[4].number,
		.seen_at = row[5].number,
		.shift = row[6].number,
	};

	text_copy(h.machine_id, sizeof(h.machine_id), text_of_value(&row[1]));
	text_copy(h.digest, sizeof(h.digest), text_of_value(&row[2]));
	v->visit(v->context, &h);
}

struct one_host {
	struct store_host *out;
	bool found;
};

static void
take_host(void *context, const struct store_host *h)
{
	struct one_host *one = context;

	*one->out = *h;
	one->found = true;
}

enum status
store_host_get(struct store *s, int64_t host_id, struct store_host *out)
{
	struct value values[] = { value_number(host_id) };
	struct one_host one = { .out = out };
	struct host_visit v = { take_host, &one };
	enum status status = store_query(s, HOST_GET, values, read_host, &v);

	return status != STATUS_OK || one.found ? status : STATUS_NOT_FOUND;
}

enum status
store_host_put(struct store *s, const struct store_host *h)
{
	struct value id = value_number(h->host_id);
	struct value host[] = { id, value_text(h->machine_id),
		value_text(h->digest), value_number(h->number),
		value_number(h->next_n) };
	struct value seen[] = { id, value_number(h->seen_at),
		value_number(h->shift) };
	enum status status = store_run(s, HOST_PUT, host);

	return status == STATUS_OK ? store_run(s, SEEN_PUT, seen) : status;
}

enum status
store_host_visit(struct store *s,
    void (*visit)(void *context, const struct store_host *h), void *context)
{
	struct host_visit v = { visit, context };

	return store_query(s, HOST_LIST, NULL, read_host, &v);
}

/* ---- claims ---------------------------------------------------------------
 */

struct claim_visit {
	void (*visit)(void *context, const struct store_claim *c);
	void *context;
};

static enum claim_kind
kind_of(const char *name)
{
	enum claim_kind kind = CLAIM_HOST;

	while (kind < CLAIM_LAST && strcmp(claim_kind_name(kind), name) != 0)
		kind++;
	return kind;
}

static void
read_claim(void *context, const struct value *row)
{
	const struct claim_visit *v = context;
	struct store_claim c = {
		.n = row[0].number,
		.kind = kind_of(text_of_value(&row[1])),
		.key = text_of_value(&row[2]),
		.facts = text_of_value(&row[3]),
		.since = row[4].number,
		.heard = { .first_heard = row[5].number,
		    .last_heard = row[6].number,
		    .expires = row[7].number,
		    .frames = row[8].number,
		    .dropped = row[9].number,
		    .malformed = row[10].number },
	};

	v->visit(v->context, &c);
}

enum status
store_claim_visit(struct store *s, int64_t host_id,
    void (*visit)(void *context, const struct store_claim *c), void *context)
{
	struct value values[] = { value_number(host_id) };
	struct claim_visit v = { visit, context };

	return store_query(s, CLAIM_LIST, values, read_claim, &v);
}

enum status
store_claim_open(struct store *s, int64_t host_id, const struct store_claim *c)
{
	struct value values[] = { value_number(host_id), value_number(c->n),
		value_text(claim_kind_name(c->kind)), value_text(c->key),
		value_number(c->since), value_text(c->facts) };
	enum status status = store_run(s, CLAIM_OPEN, values);

	if (status != STATUS_OK)
		return status;
	return store_heard_put(s, host_id, c->n, &c->heard);
}

enum status
store_claim_close(struct store *s, int64_t host_id, int64_t n, int64_t until)
{
	struct value values[] = { value_number(until), value_number(host_id),
		value_number(n) };

	return store_run(s, CLAIM_CLOSE, values);
}

enum status
store_heard_put(
    struct store *s, int64_t host_id, int64_t n, const struct heard *heard)
{
	struct value values[] = { value_number(host_id), value_number(n),
		value_number(heard->first_heard),
		value_number(heard->last_heard), value_number(heard->expires),
		value_number(heard->frames), value_number(heard->dropped),
		value_number(heard->malformed) };

	return store_run(s, HEARD_PUT, values);
}

/* ---- frames ---------------------------------------------------------------
 */

enum status
store_frame_put(struct store *s, int64_t host_id, int64_t n, const char *base64)
{
	struct value values[] = { value_number(host_id), value_number(n),
		value_text(base64) };

	return store_run(s, FRAME_PUT, values);
}

struct frame_visit {
	void (*visit)(void *context, const char *base64);
	void *context;
	bool found;
};

static void
read_frame(void *context, const struct value *row)
{
	struct frame_visit *v = context;

	v->visit(v->context, text_of_value(&row[0]));
	v->found = true;
}

enum status
store_frame_get(struct store *s, int64_t host_id, int64_t n,
    void (*visit)(void *context, const char *base64), void *context)
{
	struct value values[] = { value_number(host_id), value_number(n) };
	struct frame_visit v = { .visit = visit, .context = context };
	enum status status = store_query(s, FRAME_GET, values, read_frame, &v);

	return status != STATUS_OK || v.found ? status : STATUS_NOT_FOUND;
}
