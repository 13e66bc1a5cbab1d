#include "collector/sharing.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/buffer.h"
#include "base/log.h"
#include "collector/host_ids.h"
#include "collector/pg_notices.h"
#include "collector/sharing_text.h"
#include "collector/told.h"

enum {
	READ_TOGETHER = 32,
	ROOM = 64 /* for the head of a text, and an id */
};

struct sharing {
	struct sharing_settings settings;
	struct pg_notices *notices;
	struct told_box told;
	pthread_mutex_t lock; /* of what is to be told */
	struct buffer noted;
	/* The caller's own: hosts that are to be read again, and since when
	 * what is shown of them may be wrong. */
	struct host_ids stale;
	int64_t stale_since;
	bool doubtful; /* are those that are held next known at all? */
};

/* ---- reading again --------------------------------------------------------
 */

/* The model may be ahead by what was heard; not in what is claimed. */
static bool
is_known(const struct sharing *s, const struct store_host *row)
{
	const struct model_host *h;
	bool current;

	(void)pthread_mutex_lock(s->settings.changing);
	h = s->settings.known(s->settings.context, row->host_id);
	current = h && strcmp(h->row.digest, row->digest) == 0 &&
		  h->row.next_n == row->next_n && h->row.shift == row->shift &&
		  h->row.number >= row->number;
	(void)pthread_mutex_unlock(s->settings.changing);
	return current;
}

struct reading {
	const struct sharing *sharing;
	int64_t since; /* it may have changed */
	bool doubtful; /* whatever its row says */
};

static enum status
show_again(void *context, const struct model_change *change)
{
	const struct reading *r = context;
	const struct sharing_settings *to = &r->sharing->settings;
	struct model_change shown = *change;

	shown.since = r->since;
	if (!r->doubtful && is_known(r->sharing, &shown.row))
		return STATUS_OK;
	return to->show(to->context, &shown);
}

static enum status
read_again(struct reading *r, int64_t host_id)
{
	enum status status =
	    model_read_host(r->sharing->settings.store, host_id, show_again, r);

	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

struct differing {
	const struct sharing *sharing;
	bool doubtful;
	struct host_ids ids;
	bool failed;
};

static void
note_differing(void *context, const struct store_host *row)
{
	struct differing *d = context;

	if (!d->doubtful && is_known(d->sharing, row))
		return;
	if (!host_ids_add(&d->ids, row->host_id))
		d->failed = true;
}

enum status
sharing_hold(struct sharing *s, const int64_t *ids, size_t count)
{
	struct differing d = { .sharing = s, .doubtful = s->doubtful };
	struct reading reading = { s, 0, s->doubtful };
	enum status status;

	if (count == 0)
		return STATUS_OK;
	status = store_host_hold(
	    s->settings.store, value_numbers(ids, count), note_differing, &d);
	if (status == STATUS_OK && d.failed)
		status = STATUS_NO_MEMORY;
	for (size_t i = 0; i < d.ids.count && status == STATUS_OK; i++)
		status = read_again(&reading, d.ids.items[i]);
	if (status == STATUS_OK)
		s->doubtful = false;
	host_ids_done(&d.ids);
	return status;
}

void
sharing_doubt(struct sharing *s)
{
	s->doubtful = true;
	sharing_compare(s);
}

/* ---- telling --------------------------------------------------------------
 */

static void
tell(struct sharing *s, struct buffer *text)
{
	/* Who did not hear it compares, some time. */
	if (text->size > 0 && buffer_ok(text) &&
	    store_notify_alone(s->settings.store, buffer_string(text)) !=
		STATUS_OK)
		log_debug("not told to others: %s", s->settings.store->error);
	buffer_clear(text);
}

static void
begin_text(const struct sharing *s, struct buffer *text, char what)
{
	if (text->size == 0)
		buffer_printf(text, "%s %c ", s->told.self, what);
}

enum status
sharing_tell(struct sharing *s, const int64_t *ids, size_t count, int64_t since)
{
	enum status status = STATUS_OK;
	struct buffer text;

	buffer_init(&text, SHARING_TEXT_MOST);
	begin_text(s, &text, 'c');
	buffer_printf(&text, "%" PRId64 " ", since);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&text, "%" PRIx64 " ", (uint64_t)ids[i]);
	if (count > 0 && buffer_ok(&text))
		status = store_notify(s->settings.store, buffer_string(&text));
	buffer_done(&text);
	return status;
}

void
sharing_note(struct sharing *s, const struct model_host *h)
{
	struct buffer one;

	buffer_init(&one, SHARING_TEXT_MOST - ROOM);
	sharing_text_host(&one, h);
	(void)pthread_mutex_lock(&s->lock);
	/* One that is too large is read when it was saved; as are all when
	 * nothing can be told for long. */
	if (buffer_ok(&one) && s->noted.size + one.size < TOLD_HEARD_MOST)
		buffer_append(&s->noted, one.octets, one.size);
	(void)pthread_mutex_unlock(&s->lock);
	buffer_done(&one);
}

/* As many hosts as one text takes, at a time. */
static void
tell_noted(struct sharing *s, const char *noted, size_t size)
{
	struct buffer text;

	buffer_init(&text, SHARING_TEXT_MOST);
	while (size > 0) {
		size_t most =
		    sharing_text_whole(noted, size, SHARING_TEXT_MOST - ROOM);

		begin_text(s, &text, 'h');
		buffer_append(&text, noted, most);
		tell(s, &text);
		noted += most;
		size -= most;
	}
	buffer_done(&text);
}

static void
tell_heard(struct sharing *s)
{
	struct buffer noted;

	(void)pthread_mutex_lock(&s->lock);
	noted = s->noted;
	buffer_init(&s->noted, TOLD_HEARD_MOST);
	(void)pthread_mutex_unlock(&s->lock);
	tell_noted(s, buffer_string(&noted), noted.size);
	buffer_done(&noted);
}

static void
tell_word(struct sharing *s, char what)
{
	struct buffer text;

	buffer_init(&text, SHARING_TEXT_MOST);
	begin_text(s, &text, what);
	tell(s, &text);
	buffer_done(&text);
}

/* ---- following the others -------------------------------------------------
 */

static void
hear_notice(void *context, const char *notice)
{
	struct sharing *s = context;

	told_put(&s->told, notice);
	s->settings.wake(s->settings.context);
}

/* What is to be read again, and was not told to have changed: nobody knows
 * since when. */
static void
add_stale(struct sharing *s, const struct host_ids *ids)
{
	for (size_t i = 0; i < ids->count; i++)
		(void)host_ids_add(&s->stale, ids->items[i]);
	if (ids->count > 0)
		s->stale_since = 0;
	host_ids_make_unique(&s->stale);
}

/* What the claims are known to have heard, for what others heard to be put in;
 * NULL when it is not newer than what is known, or 'out_stale', of claims that
 * are not. */
static struct model_heard *
begin_hearing(const struct sharing *s, const struct store_host *told,
    struct model_change *out, bool *out_stale)
{
	struct model_heard *heard = NULL;
	const struct model_host *h;

	*out = (struct model_change){ .same = true, .stored = true };
	(void)pthread_mutex_lock(s->settings.changing);
	h = s->settings.known(s->settings.context, told->host_id);
	*out_stale = !h || strcmp(h->row.digest, told->digest) != 0 ||
		     h->row.next_n != told->next_n;
	if (!*out_stale && told->number > h->row.number)
		heard = calloc(h->claim_count + 1, sizeof(*heard));
	if (heard) {
		out->row = h->row;
		out->row.number = told->number;
		out->row.seen_at = told->seen_at;
		out->heard = heard;
		for (size_t i = 0; i < h->claim_count; i++) {
			const struct model_claim *c = &h->claims[i];

			if (c->heard)
				heard[out->heard_count++] =
				    (struct model_heard){ c->n, *c->heard, 0 };
		}
	}
	(void)pthread_mutex_unlock(s->settings.changing);
	return heard;
}

/* Takes over what was heard of hosts. */
static void
follow_heard(struct sharing *s, const char *text)
{
	struct host_ids unknown = { .count = 0 };
	struct store_host told;

	while (sharing_text_read_host(&text, &told)) {
		struct model_change change;
		bool stale;
		struct model_heard *heard =
		    begin_hearing(s, &told, &change, &stale);

		sharing_text_read_heard(&text, heard, change.heard_count);
		if (heard)
			(void)s->settings.show(s->settings.context, &change);
		if (stale && !host_ids_has(&s->stale, told.host_id))
			(void)host_ids_add(&unknown, told.host_id);
		free(heard);
	}
	add_stale(s, &unknown);
	host_ids_done(&unknown);
}

/* Those hosts whose rows are not what the model has. */
static enum status
compare_all(struct sharing *s)
{
	struct differing d = { .sharing = s };
	enum status status =
	    store_host_visit(s->settings.store, note_differing, &d);

	add_stale(s, &d.ids);
	host_ids_done(&d.ids);
	return status == STATUS_OK && d.failed ? STATUS_NO_MEMORY : status;
}

/* Some of those that are stale; the others the next time. */
static enum status
follow_some(struct sharing *s)
{
	struct reading reading = { s, s->stale_since, false };
	enum status status = STATUS_OK;

	for (int i = 0; i < READ_TOGETHER && s->stale.count > 0; i++) {
		status =
		    read_again(&reading, s->stale.items[s->stale.count - 1]);
		if (status != STATUS_OK)
			return status;
		s->stale.count--;
	}
	if (s->stale.count == 0)
		s->stale_since = INT64_MAX;
	return status;
}

/* What changed is to be read before what was heard of it later is. */
static enum status
follow(struct sharing *s, const struct told *told)
{
	for (size_t i = 0; i < told->changed.count; i++)
		(void)host_ids_add(&s->stale, told->changed.items[i]);
	if (told->since < s->stale_since)
		s->stale_since = told->since;
	if (told->changed.count > 0)
		host_ids_make_unique(&s->stale);
	if (told->heard.size > 0)
		follow_heard(s, buffer_string(&told->heard));
	return told->missed ? compare_all(s) : STATUS_OK;
}

void
sharing_compare(struct sharing *s)
{
	told_miss(&s->told, false);
	s->settings.wake(s->settings.context);
}

bool
sharing_attend(struct sharing *s, bool idle)
{
	enum status status;
	struct told told;
	bool later;

	tell_heard(s);
	later = told_take(&s->told, idle, &told);
	if (told.asked && s->settings.save(s->settings.context) == STATUS_OK)
		tell_word(s, 's');
	if (told.greet)
		tell_word(s, 'n');
	status = follow(s, &told);
	if (status == STATUS_OK)
		status = follow_some(s);
	/* The connection is away, or there is no memory: later, all. */
	if (status != STATUS_OK)
		told_miss(&s->told, told.greet);
	told_done(&told);
	return status == STATUS_OK && (s->stale.count > 0 || later);
}

/* ---- life -----------------------------------------------------------------
 */

enum status
sharing_new(const struct sharing_settings *settings, struct sharing **out)
{
	struct sharing *s = calloc(1, sizeof(*s));
	uint64_t self = 0;

	if (!s)
		return STATUS_NO_MEMORY;
	s->settings = *settings;
	s->stale_since = INT64_MAX;
	buffer_init(&s->noted, TOLD_HEARD_MOST);
	(void)!getrandom(&self, sizeof(self), 0);
	if (told_box_init(&s->told, self) != STATUS_OK) {
		free(s);
		return STATUS_SYSTEM;
	}
	if (pthread_mutex_init(&s->lock, NULL) != 0) {
		told_box_done(&s->told);
		free(s);
		return STATUS_SYSTEM;
	}
	*out = s;
	return STATUS_OK;
}

enum status
sharing_start(struct sharing *s)
{
	return pg_notices_open(
	    s->settings.store->engine->shared, hear_notice, s, &s->notices);
}

void
sharing_stop(struct sharing *s)
{
	if (!s)
		return;
	pg_notices_close(s->notices);
	s->notices = NULL;
}

void
sharing_free(struct sharing *s)
{
	if (!s)
		return;
	sharing_stop(s);
	told_box_done(&s->told);
	host_ids_done(&s->stale);
	buffer_done(&s->noted);
	(void)pthread_mutex_destroy(&s->lock);
	free(s);
}
