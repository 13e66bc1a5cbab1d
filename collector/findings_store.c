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

static void
read_ack(void *context, const struct value *row)
{
	struct loading *l = context;
	struct findings_news nobody = { NULL };
	struct finding_ack ack = { .at = row[2].number,
		.until = row[5].number };
	enum status status;
	char *note = strdup(text_of_value(&row[4]));

	text_copy(ack.who, sizeof(ack.who), text_of_value(&row[3]));
	ack.note = note;
	status =
	    note ? findings_acknowledge(l->out, row[1].number, &ack, &nobody)
		 : STATUS_NO_MEMORY;
	if (status != STATUS_OK && status != STATUS_NOT_FOUND)
		l->status = status;
	findings_news_done(&nobody);
	free(note);
}

static enum status
read_acks(struct loading *l, struct store *s, int64_t since, int64_t until)
{
	struct value span[] = { value_number(since), value_number(until) };
	enum status status = store_query(s, ACK_LIST, span, read_ack, l);

	return status == STATUS_OK ? l->status : status;
}

enum status
findings_load(struct store *s, struct findings *out)
{
	struct loading l = { out, STATUS_OK };
	enum status status =
	    store_query(s, FINDING_LIST, NULL, read_finding, &l);

	return status == STATUS_OK ? read_acks(&l, s, 0, INT64_MAX) : status;
}

enum status
findings_load_at(struct store *s, int64_t at, struct findings *out)
{
	struct value values[] = { value_number(at), value_number(at),
		value_number(at) };
	struct loading l = { out, STATUS_OK };
	enum status status =
	    store_query(s, FINDING_AT, values, read_finding, &l);

	return status == STATUS_OK ? read_acks(&l, s, 0, at) : status;
}

enum status
findings_load_acks(struct store *s, int64_t since, struct findings *out)
{
	struct loading l = { out, STATUS_OK };

	return read_acks(&l, s, since, INT64_MAX);
}
