#include "collector/findings_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "collector/store_statements.h"

/* ---- writing ------------------------------------------------------------- */

static enum status
open_one(struct store *s, const struct finding *f)
{
	struct value values[] = { value_number(f->host_id), value_number(f->id),
		value_text(f->rule->id), value_text(f->about),
		value_number(f->opened_at), value_number(f->opened_at),
		value_number((int64_t)f->digest), value_text(f->text) };

	return store_run(s, FINDING_OPEN, values);
}

/* What stands there becomes the past, unless it is told like that already. */
static enum status
move_one(struct store *s, const struct finding_news *n, bool closed)
{
	const struct finding *f = &n->finding;
	struct value values[] = { value_number(n->at), value_number(closed),
		value_number(f->host_id), value_number(f->id),
		value_number((int64_t)f->digest), value_number(closed) };

	return store_run(s, FINDING_PAST, values);
}

static enum status
change_one(struct store *s, const struct finding_news *n)
{
	const struct finding *f = &n->finding;
	struct value digest = value_number((int64_t)f->digest);
	struct value values[] = { value_number(n->at), digest,
		value_text(f->text), value_number(f->host_id),
		value_number(f->id), digest };
	enum status status = move_one(s, n, false);

	return status == STATUS_OK ? store_run(s, FINDING_RENEW, values)
				   : status;
}

static enum status
close_one(struct store *s, const struct finding_news *n)
{
	struct value values[] = { value_number(n->finding.host_id),
		value_number(n->finding.id) };
	enum status status = move_one(s, n, true);

	return status == STATUS_OK ? store_run(s, FINDING_DROP, values)
				   : status;
}

static enum status
acknowledge_one(struct store *s, const struct finding *f)
{
	struct value values[] = { value_number(f->host_id), value_number(f->id),
		value_number(f->ack.at), value_text(f->ack.who),
		value_text(f->ack.note), value_number(f->ack.until) };

	return store_run(s, ACK_PUT, values);
}

static enum status
keep_one(struct store *s, const struct finding_news *n)
{
	switch (n->event) {
	case FINDING_OPENED:
		return open_one(s, &n->finding);
	case FINDING_CHANGED:
		return change_one(s, n);
	case FINDING_CLOSED:
		return close_one(s, n);
	default:
		return acknowledge_one(s, &n->finding);
	}
}

/* Cuts the first 'most' off. */
static struct findings_news
cut(struct findings_news *news, size_t most)
{
	struct findings_news some = { .first = news->first };
	struct finding_news *n = news->first;

	for (size_t i = 0; n && i < most; i++) {
		some.last = n;
		n = n->next;
	}
	news->first = n;
	if (!n)
		news->last = NULL;
	if (some.last)
		some.last->next = NULL;
	return some;
}

enum status
findings_keep(struct store *s, struct findings_news *news)
{
	struct findings_news some = cut(news, FINDINGS_STORED_TOGETHER);
	enum status status = store_begin(s);

	for (struct finding_news *n = some.first; n && status == STATUS_OK;
	     n = n->next)
		status = keep_one(s, n);
	if (status == STATUS_OK)
		status = store_commit(s);
	if (status == STATUS_OK) {
		findings_news_done(&some);
		return status;
	}
	store_rollback(s);
	findings_news_move(&some, news);
	*news = some;
	return status;
}

/* ---- reading ------------------------------------------------------------- */

struct loading {
	struct findings *out;
	enum status status;
};

/* One that nobody can read is found again if it is still so. */
static void
read_finding(void *context, const struct value *row)
{
	struct loading *l = context;
	struct finding f = { .host_id = row[0].number,
		.id = row[1].number,
		.opened_at = row[4].number,
		.changed_at = row[5].number,
		.judged_at = row[5].number,
		.digest = (uint64_t)row[6].number,
		.ack = { .at = -1, .until = -1 } };
	enum status status;

	f.about = strdup(text_of_value(&row[3]));
	if (!f.about || !finding_read(&f, text_of_value(&row[7]))) {
		finding_done(&f);
		return;
	}
	status = findings_restore(l->out, text_of_value(&row[2]), &f);
	if (status != STATUS_OK)
		l->status = status;
}

struct acks_visit {
	enum status (*visit)(
	    void *context, int64_t id, const struct finding_ack *ack);
	void *context;
	enum status status;
};

/* Of one that is closed nobody asks any more. */
static void
read_ack(void *context, const struct value *row)
{
	struct acks_visit *v = context;
	struct finding_ack ack = { .at = row[2].number,
		.until = row[5].number };
	enum status status = STATUS_NO_MEMORY;

	text_copy(ack.who, sizeof(ack.who), text_of_value(&row[3]));
	ack.note = strdup(text_of_value(&row[4]));
	if (ack.note)
		status = v->visit(v->context, row[1].number, &ack);
	if (status != STATUS_OK && status != STATUS_NOT_FOUND)
		v->status = status;
	free(ack.note);
}

static enum status
visit_acks(struct store *s, int64_t since, int64_t until, struct acks_visit *v)
{
	struct value span[] = { value_number(since), value_number(until) };
	enum status status = store_query(s, ACK_LIST, span, read_ack, v);

	return status == STATUS_OK ? v->status : status;
}

enum status
findings_read_acks(struct store *s, int64_t since,
    enum status (*visit)(
	void *context, int64_t id, const struct finding_ack *ack),
    void *context)
{
	struct acks_visit v = { visit, context, STATUS_OK };

	return visit_acks(s, since, INT64_MAX, &v);
}

static enum status
take_ack(void *context, int64_t id, const struct finding_ack *ack)
{
	struct findings_news nobody = { .first = NULL };
	enum status status = findings_acknowledge(context, id, ack, &nobody);

	findings_news_done(&nobody);
	return status;
}

static enum status
load(struct store *s, enum store_statement which, const struct value *values,
    struct findings *out)
{
	struct loading l = { out, STATUS_OK };
	enum status status = store_query(s, which, values, read_finding, &l);

	return status == STATUS_OK ? l.status : status;
}

enum status
findings_load(struct store *s, struct findings *out)
{
	enum status status = load(s, FINDING_LIST, NULL, out);

	return status == STATUS_OK ? findings_read_acks(s, 0, take_ack, out)
				   : status;
}

enum status
findings_load_at(struct store *s, int64_t at, struct findings *out)
{
	struct value values[] = { value_number(at), value_number(at),
		value_number(at) };
	struct acks_visit v = { take_ack, out, STATUS_OK };
	enum status status = load(s, FINDING_AT, values, out);

	return status == STATUS_OK ? visit_acks(s, 0, at, &v) : status;
}
