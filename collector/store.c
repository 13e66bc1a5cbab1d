#include "collector/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "collector/engine_pg.h"
#include "collector/engine_sqlite.h"
#include "collector/store_statements.h"
#include "report/base64.h"

enum {
	PIECE_SIZE_MOST = 16 * 1024 * 1024 /* more than a report holds */
};

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
	shorthand_init(&s->shorthand);
	buffer_init(&s->key, PIECE_SIZE_MOST);
	buffer_init(&s->facts, PIECE_SIZE_MOST);
	*out = s;
	return STATUS_OK;
}

enum status
store_open(const char *database, struct store **out,
    char error[static STORE_ERROR_SIZE])
{
	struct engine *e = NULL;
	enum status status;

	if (!store_is_file(database))
		status = engine_pg_open(database, &store_statements, &e, error);
	else
		status =
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
	buffer_done(&s->key);
	buffer_done(&s->facts);
	free(s);
}

/* ---- what the engine does -------------------------------------------------
 */

/* Nothing that is written contradicts what is stored, unless the writer is
 * mistaken about that. */
static enum status
note(struct store *s, enum status status)
{
	if (status != STATUS_OK)
		text_copy(s->error, sizeof(s->error), s->engine->error);
	if (s->engine->anew || status == STATUS_CONFLICT)
		s->doubtful = true;
	s->engine->anew = false;
	return status == STATUS_CONFLICT ? STATUS_SYSTEM : status;
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

bool
store_may_retry(struct store *s)
{
	return s->engine->again(s->engine);
}

enum status
store_size(struct store *s, struct engine_size *out)
{
	return note(s, s->engine->size(s->engine, out));
}

enum status
store_compact(struct store *s, unsigned pages)
{
	return note(s, s->engine->compact(s->engine, pages));
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
	struct value values[] = { value_number(h->host_id),
		value_text(h->machine_id), value_text(h->digest),
		value_number(h->number), value_number(h->next_n),
		value_number(h->seen_at), value_number(h->shift) };

	return store_run(s, HOST_PUT, values);
}

bool
store_is_shared(const struct store *s)
{
	return s->engine->shared != NULL;
}

enum status
store_host_hold(struct store *s, struct value ids,
    void (*visit)(void *context, const struct store_host *h), void *context)
{
	struct host_visit v = { visit, context };

	return store_query(s, HOST_HOLD, &ids, read_host, &v);
}

enum status
store_notify(struct store *s, const char *text)
{
	struct value values[] = { value_text(text) };

	return store_run(s, NOTICE_PUT, values);
}

enum status
store_notify_alone(struct store *s, const char *text)
{
	struct value values[] = { value_text(text) };

	return store_run(s, NOTICE_PUT_ALONE, values);
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

/* NULL stands for what is not said. */
static struct value
said(int64_t number)
{
	return number < 0 ? value_text(NULL) : value_number(number);
}

static int64_t
said_of(const struct value *v)
{
	return v->kind == VALUE_NUMBER ? v->number : -1;
}

static bool
read_text(
    struct store *s, const struct value *v, const char *key, struct buffer *out)
{
	buffer_clear(out);
	return shorthand_read(&s->shorthand, v->octets, v->size, key, out) &&
	       buffer_ok(out);
}

bool
store_read_claim(
    struct store *s, const struct value *columns, struct store_claim *out)
{
	const struct value *heard = &columns[STORE_CLAIM_HEARD];

	if (!read_text(s, &columns[3], "", &s->key) ||
	    !read_text(s, &columns[4], buffer_string(&s->key), &s->facts))
		return false;
	*out = (struct store_claim){
		.n = columns[0].number,
		.kind = (enum claim_kind)columns[1].number,
		.since = columns[2].number,
		.key = buffer_string(&s->key),
		.facts = buffer_string(&s->facts),
		.heard = { .first_heard = said_of(&heard[0]),
		    .last_heard = said_of(&heard[1]),
		    .expires = said_of(&heard[2]),
		    .frames = said_of(&heard[3]),
		    .dropped = said_of(&heard[4]),
		    .malformed = said_of(&heard[5]) },
	};
	return true;
}

enum status
store_end_claims(struct store *s, enum status status, bool failed)
{
	if (status != STATUS_OK || !failed)
		return status;
	text_copy(s->error, sizeof(s->error),
	    "the database holds a claim that nobody can read");
	return STATUS_MALFORMED;
}

struct claim_visit {
	struct store *store;
	void (*visit)(void *context, const struct store_claim *c);
	void *context;
	bool failed;
};

static void
read_claim(void *context, const struct value *row)
{
	struct claim_visit *v = context;
	struct store_claim c;

	if (store_read_claim(v->store, row, &c))
		v->visit(v->context, &c);
	else
		v->failed = true;
}

enum status
store_claim_visit(struct store *s, int64_t host_id,
    void (*visit)(void *context, const struct store_claim *c), void *context)
{
	struct value values[] = { value_number(host_id) };
	struct claim_visit v = { s, visit, context, false };
	enum status status = store_query(s, CLAIM_LIST, values, read_claim, &v);

	return store_end_claims(s, status, v.failed);
}

static bool
was_heard(const struct heard *h)
{
	return h->first_heard >= 0 || h->last_heard >= 0 || h->expires >= 0 ||
	       h->frames >= 0 || h->dropped >= 0 || h->malformed >= 0;
}

enum status
store_claim_open(struct store *s, int64_t host_id, const struct store_claim *c)
{
	struct value values[] = { value_number(host_id), value_number(c->n),
		value_number(c->kind), value_number(c->since), { 0 }, { 0 } };
	enum status status;

	buffer_clear(&s->key);
	buffer_clear(&s->facts);
	shorthand_write(&s->shorthand, c->key, "", &s->key);
	shorthand_write(&s->shorthand, c->facts, c->key, &s->facts);
	if (!buffer_ok(&s->key) || !buffer_ok(&s->facts))
		return STATUS_NO_MEMORY;
	values[4] = value_octets(buffer_string(&s->key), s->key.size);
	values[5] = value_octets(buffer_string(&s->facts), s->facts.size);
	status = store_run(s, CLAIM_OPEN, values);
	if (status != STATUS_OK || !was_heard(&c->heard))
		return status;
	return store_heard_put(s, host_id, c->n, &c->heard);
}

enum status
store_claim_close(struct store *s, int64_t host_id, const struct store_claim *c,
    int64_t until)
{
	const struct heard *h = &c->heard;
	struct value values[] = { value_number(until), said(h->first_heard),
		said(h->last_heard), said(h->expires), said(h->frames),
		said(h->dropped), said(h->malformed), value_number(host_id),
		value_number(c->n) };
	const struct value *key = &values[7];
	enum status status = store_run(s, CLAIM_CLOSE, values);

	if (status == STATUS_OK)
		status = store_run(s, CLAIM_DROP, key);
	if (status == STATUS_OK && was_heard(h))
		status = store_run(s, HEARD_DROP, key);
	if (status == STATUS_OK && c->kind == CLAIM_NEIGHBOR)
		status = store_run(s, FRAME_DROP, key);
	return status;
}

enum status
store_heard_put(
    struct store *s, int64_t host_id, int64_t n, const struct heard *heard)
{
	struct value values[] = { value_number(host_id), value_number(n),
		said(heard->first_heard), said(heard->last_heard),
		said(heard->expires), said(heard->frames), said(heard->dropped),
		said(heard->malformed) };

	return store_run(s, HEARD_PUT, values);
}

/* ---- frames ---------------------------------------------------------------
 */

enum status
store_frame_put(struct store *s, int64_t host_id, int64_t n, const char *base64)
{
	struct value values[] = { value_number(host_id), value_number(n),
		{ 0 } };

	buffer_clear(&s->facts);
	if (!base64_read(&s->facts, base64) || !buffer_ok(&s->facts))
		return STATUS_NO_MEMORY;
	values[2] = value_octets(buffer_string(&s->facts), s->facts.size);
	return store_run(s, FRAME_PUT, values);
}

struct frame_visit {
	struct store *store;
	void (*visit)(void *context, const char *base64);
	void *context;
	bool found;
};

static void
read_frame(void *context, const struct value *row)
{
	struct frame_visit *v = context;
	struct buffer *text = &v->store->facts;

	buffer_clear(text);
	base64_append(text, row[0].octets, row[0].size);
	v->visit(v->context, buffer_string(text));
	v->found = true;
}

enum status
store_frame_get(struct store *s, int64_t host_id, int64_t n,
    void (*visit)(void *context, const char *base64), void *context)
{
	struct value values[] = { value_number(host_id), value_number(n) };
	struct frame_visit v = { s, visit, context, false };
	enum status status = store_query(s, FRAME_GET, values, read_frame, &v);

	return status != STATUS_OK || v.found ? status : STATUS_NOT_FOUND;
}
