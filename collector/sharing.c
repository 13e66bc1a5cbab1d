#include "collector/sharing.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/log.h"
#include "collector/comparing.h"
#include "collector/following.h"
#include "collector/host_ids.h"
#include "collector/pg_notices.h"
#include "collector/sharing_text.h"
#include "collector/telling.h"
#include "collector/told.h"

enum {
	/* What comes after a quiet second is followed at once, else what came
	 * in one is followed together: a host that changes often is read once,
	 * and many hosts cost less than each of them. */
	ROUND_MS = 1000,
	READ_TOGETHER = 32,
	ROOM = 64 /* for the head of a text, and an id */
};

struct sharing {
	struct sharing_settings settings;
	struct pg_notices *notices;
	struct told_box told;
	pthread_mutex_t lock; /* of what is to be told */
	struct buffer noted;
	/* All that follows is the caller's own. */
	bool doubtful;       /* are those that are held next known at all? */
	int64_t attended_ms; /* when the last round began */
	struct following following;
	struct told now; /* of the round: what follows those steps */
	struct comparing comparing;
	bool begun; /* a round, whose steps are not followed yet */
	/* Hosts that are to be read again as a whole, and since when what is
	 * shown of them may be wrong. */
	struct host_ids stale;
	int64_t stale_since;
};

/* ---- reading again --------------------------------------------------------
 */

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
	if (!r->doubtful &&
	    comparing_is_known(&r->sharing->comparing, &shown.row))
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

	if (!d->doubtful && comparing_is_known(&d->sharing->comparing, row))
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

static struct telling
as_self(const struct sharing *s)
{
	return (struct telling){ s->settings.store, s->told.self };
}

enum status
sharing_tell(
    struct sharing *s, const struct model_change *const *changes, size_t count)
{
	const struct sharing_settings *to = &s->settings;
	struct telling_change *told = calloc(count + 1, sizeof(*told));
	struct telling t = as_self(s);
	enum status status = STATUS_NO_MEMORY;

	for (size_t i = 0; told && i < count; i++)
		told[i] = (struct telling_change){ changes[i],
			to->known(to->context, changes[i]->row.host_id) };
	if (told)
		status = telling_changes(&t, told, count);
	free(told);
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

static void
tell_heard(struct sharing *s)
{
	struct telling t = as_self(s);
	struct buffer noted;

	(void)pthread_mutex_lock(&s->lock);
	noted = s->noted;
	buffer_init(&s->noted, TOLD_HEARD_MOST);
	(void)pthread_mutex_unlock(&s->lock);
	telling_heard(&t, buffer_string(&noted), noted.size);
	buffer_done(&noted);
}

static void
tell_word(struct sharing *s, char word)
{
	struct telling t = as_self(s);

	telling_word(&t, word);
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
	*out_stale = !h || (told->number > h->row.number &&
			       (strcmp(h->row.digest, told->digest) != 0 ||
				   h->row.next_n != told->next_n));
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

/* The steps that were told, as far as they lead on. */
static enum status
follow_steps(struct sharing *s)
{
	const struct sharing_settings *to = &s->settings;
	struct following_into into = { to->store, to->known, to->changing,
		to->show, to->context };
	enum status status;

	if (s->following.since < s->stale_since)
		s->stale_since = s->following.since;
	status = following_go_on(&s->following, &into, &s->stale);
	host_ids_make_unique(&s->stale);
	return status;
}

void
sharing_compare(struct sharing *s)
{
	told_miss(&s->told, false);
	s->settings.wake(s->settings.context);
}

/* ---- a round of it --------------------------------------------------------
 */

static bool
is_within_round(const struct sharing *s)
{
	return following_waits(&s->following) || s->begun;
}

static bool
has_something(struct sharing *s)
{
	bool noted;

	(void)pthread_mutex_lock(&s->lock);
	noted = s->noted.size > 0;
	(void)pthread_mutex_unlock(&s->lock);
	return noted || s->comparing.suspect_count > 0 || told_waits(&s->told);
}

static void
begin_round(struct sharing *s)
{
	struct told *now = &s->now;

	s->begun = true;
	tell_heard(s);
	told_done(now);
	told_take(&s->told, now);
	if (now->asked && s->settings.save(s->settings.context) == STATUS_OK)
		tell_word(s, 's');
	if (now->greet)
		tell_word(s, 'n');
	for (size_t i = 0; i < now->changed.count; i++)
		(void)host_ids_add(&s->stale, now->changed.items[i]);
	if (now->changed.count > 0)
		host_ids_make_unique(&s->stale);
	if (now->since < s->stale_since)
		s->stale_since = now->since;
	if (following_begin(&s->following, &now->steps, now->since) !=
	    STATUS_OK)
		now->missed = true;
}

/* Now that what was told is followed. */
static enum status
compare(struct sharing *s)
{
	struct host_ids differing = { .count = 0 };
	enum status status = comparing_judge(&s->comparing, &differing);

	if (status == STATUS_OK && s->now.missed)
		status =
		    comparing_all(&s->comparing, s->settings.store, &differing);
	s->now.missed = false;
	add_stale(s, &differing);
	host_ids_done(&differing);
	return status;
}

/* What changed is taken over before what was heard of it later is. */
static enum status
go_on(struct sharing *s)
{
	enum status status = STATUS_OK;

	if (following_waits(&s->following))
		status = follow_steps(s);
	if (status != STATUS_OK || following_waits(&s->following))
		return status;
	if (s->now.heard.size > 0)
		follow_heard(s, buffer_string(&s->now.heard));
	buffer_done(&s->now.heard);
	if (s->begun)
		status = compare(s);
	s->begun = false;
	return status == STATUS_OK ? follow_some(s) : status;
}

/* The connection is away, or there is no memory: later, all. */
static void
give_up(struct sharing *s)
{
	s->begun = false;
	following_done(&s->following);
	told_miss(&s->told, s->now.greet);
	told_done(&s->now);
	told_init(&s->now);
}

int64_t
sharing_attend(struct sharing *s)
{
	int64_t now_ms = clock_now().ms;
	int64_t left_ms = s->attended_ms + ROUND_MS - now_ms;

	if (!is_within_round(s) && left_ms <= 0 && has_something(s)) {
		s->attended_ms = now_ms;
		left_ms = ROUND_MS;
		begin_round(s);
	}
	/* Not at once again: what cannot be read now is read a round later. */
	if (go_on(s) != STATUS_OK) {
		give_up(s);
		return ROUND_MS;
	}
	if (is_within_round(s) || s->stale.count > 0)
		return 0;
	return has_something(s) ? left_ms : -1;
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
	s->comparing = (struct comparing){ .known = settings->known,
		.changing = settings->changing,
		.context = settings->context };
	s->stale_since = INT64_MAX;
	s->attended_ms = clock_now().ms - ROUND_MS;
	told_init(&s->now);
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
	following_done(&s->following);
	told_done(&s->now);
	comparing_done(&s->comparing);
	host_ids_done(&s->stale);
	buffer_done(&s->noted);
	(void)pthread_mutex_destroy(&s->lock);
	free(s);
}
