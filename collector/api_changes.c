#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/moment.h"
#include "base/text.h"
#include "collector/api_inside.h"
#include "collector/backroom.h"
#include "collector/change_kinds.h"
#include "collector/changes.h"
#include "collector/packing.h"
#include "collector/problem.h"

enum {
	PAGE_CHANGES = 1000,
	ROWS_EACH = 4,
	QUESTIONS_MOST = 32, /* that wait */
	DAY_S = 86400
};

struct api_history {
	struct backroom *backroom;
	pthread_mutex_t lock;
	struct store *store; /* of the backroom, or under the lock */
};

/* One question, from its arrival to its answer. */
struct question {
	struct job job; /* first: a job is cast to its owner */
	struct api *api;
	struct later *later; /* NULL: the answer is given at once */
	struct changes_wish wish;
	struct changes_silent *silent;
	struct listing listing; /* its texts are in 'texts' */
	struct request request; /* what packing asks for */
	struct arena texts;
};

#define HAS(filter) (1U << LISTING_##filter)
static const struct listing_rule changes_rule = {
	HAS(HOST) | HAS(KIND) | HAS(SINCE) | HAS(UNTIL), NULL
};
static const struct listing_rule diff_rule = {
	HAS(HOST) | HAS(KIND) | HAS(FROM) | HAS(TO), NULL
};

static void
free_question(struct question *q)
{
	listing_done(&q->listing);
	arena_done(&q->texts);
	free(q->silent);
	free(q);
}

static bool
refuse(struct reply *reply, const struct request *request, unsigned status,
    const char *text)
{
	problem_reply(reply, &(struct problem){ status, request->path, NULL },
	    "%s", text);
	if (status == 503)
		reply->retry_after_s = API_RETRY_AFTER_S;
	return false;
}

/* ---- what is asked ---------------------------------------------------------
 */

static bool
take_moment(const struct listing *l, enum listing_filter filter, int64_t absent,
    int64_t *out)
{
	*out = absent;
	return !l->filters[filter] || moment_read(l->filters[filter], out);
}

/* How many rows a page needs: a change has one or two, and some are no change
 * that is told; of one kind there may be few. */
static size_t
rows_of(const struct listing *l)
{
	size_t most = l->limit > 0 ? l->limit : PAGE_CHANGES;

	if (l->filters[LISTING_KIND] || most > SPAN_PAGE_ROWS / ROWS_EACH)
		return SPAN_PAGE_ROWS;
	return most * ROWS_EACH > SPAN_LEAST_ROWS ? most * ROWS_EACH
						  : SPAN_LEAST_ROWS;
}

static bool
take_span(struct question *q, const struct request *request, int64_t now,
    struct reply *reply)
{
	struct span_wish *span = &q->wish.span;
	const struct listing *l = &q->listing;
	bool net = q->wish.net;
	int64_t first, last;
	bool read = take_moment(l, net ? LISTING_TO : LISTING_UNTIL,
			net ? now : now + 1, &last) &&
		    take_moment(l, net ? LISTING_FROM : LISTING_SINCE,
			last - DAY_S, &first);

	if (!read)
		return refuse(reply, request, 400,
		    "a parameter is no moment; say unix seconds, or a date "
		    "and time with its zone as in 2026-11-22T14:05:00Z");
	if (net && !l->filters[LISTING_FROM])
		return refuse(reply, request, 400,
		    "the parameter \"from\" is missing: the moment that is "
		    "compared with \"to\", or with now");
	if (first > last)
		return refuse(reply, request, 400,
		    "the first moment is later than the second one");
	span->since = net ? first + 1 : first;
	span->until = net ? last + 1 : last;
	span->rows = net ? 0 : rows_of(l);
	if (!net && l->continues) {
		if (!changes_after(l->after, &last))
			return refuse(reply, request, 400,
			    "the parameter \"after\" is what \"next\" of an "
			    "answer says, nothing else");
		if (last < span->until)
			span->until = last + 1;
	}
	return true;
}

static bool
take_kind(
    struct question *q, const struct request *request, struct reply *reply)
{
	const char *kind = q->listing.filters[LISTING_KIND];

	q->wish.kind = kind;
	q->wish.span.kind = -1;
	if (!kind)
		return true;
	if (!change_kinds_have(kind))
		return refuse(reply, request, 400,
		    "the parameter \"kind\" " CHANGE_KINDS);
	/* A tap is told with its vNIC: links need the rest. */
	if (strcmp(kind, "link") != 0)
		q->wish.span.kind = change_kinds_claim(kind);
	return true;
}

/* By name or id; the lock is held. */
static bool
take_host(
    struct question *q, const struct request *request, struct reply *reply)
{
	const struct model *m = &q->api->model;
	const char *which = q->listing.filters[LISTING_HOST];
	size_t count = 0;

	for (size_t i = 0; i < m->count && which; i++) {
		const struct model_host *h = m->hosts[i];

		if (!text_same(h->name, which) &&
		    !text_same(h->machine_id, which))
			continue;
		q->wish.span.host_id = h->host_id;
		count++;
	}
	if (!which || count == 1)
		return true;
	return refuse(reply, request, count > 1 ? 409 : 404,
	    count > 1 ? "several hosts have this name; ask for one by its id"
		      : "no host has this name or id; /api/v1/hosts lists "
			"them");
}

/* Those that are silent now; the lock is held. */
static bool
take_silent(struct question *q, int64_t now)
{
	const struct model *m = &q->api->model;

	q->silent = calloc(m->count + 1, sizeof(*q->silent));
	for (size_t i = 0; i < m->count && q->silent; i++) {
		const struct model_host *h = m->hosts[i];

		if (verdict_host_is_silent(h, now))
			q->silent[q->wish.silent_count++] =
			    (struct changes_silent){ h->host_id, h->seen_at };
	}
	q->wish.silent = q->silent;
	return q->silent != NULL;
}

/* The request will be gone when the answer is written. */
static bool
keep_texts(struct question *q, const struct request *request)
{
	struct arena *a = &q->texts;

	q->listing.path = arena_text(a, request->path);
	for (size_t i = 0; i < LISTING_FILTERS; i++)
		q->listing.filters[i] = arena_text(a, q->listing.filters[i]);
	q->wish.kind = q->listing.filters[LISTING_KIND];
	q->request = packing_request(request, a);
	return !a->failed;
}

static bool
take_question(
    struct question *q, const struct request *request, struct reply *reply)
{
	int64_t now = q->api->unix_now();
	bool taken;

	if (!listing_ask(&q->listing, request,
		q->wish.net ? &diff_rule : &changes_rule, reply) ||
	    !take_span(q, request, now, reply) || !take_kind(q, request, reply))
		return false;
	if (!q->wish.net && q->listing.limit == 0)
		q->listing.limit = PAGE_CHANGES;
	(void)pthread_mutex_lock(&q->api->lock);
	taken = take_host(q, request, reply);
	if (taken && !take_silent(q, now))
		taken = refuse(reply, request, 503, "there is no memory");
	(void)pthread_mutex_unlock(&q->api->lock);
	if (taken && !keep_texts(q, request))
		return refuse(reply, request, 503, "there is no memory");
	return taken;
}

/* ---- the answer ------------------------------------------------------------
 */

static bool
find_host(void *context, int64_t host_id, struct changes_host *out)
{
	struct api *a = context;
	const struct model_host *h;

	(void)pthread_mutex_lock(&a->lock);
	h = model_find(&a->model, host_id);
	if (h) {
		text_copy(out->name, sizeof(out->name), h->name);
		memcpy(out->machine_id, h->machine_id, MACHINE_ID_SIZE);
		out->seen_at = h->seen_at;
	}
	(void)pthread_mutex_unlock(&a->lock);
	return h != NULL;
}

static void
refuse_reading(struct question *q, enum status status,
    const struct changes *changes, struct reply *reply)
{
	time_t since = (time_t)changes->kept_since;
	char text[160], said[32] = "";
	struct tm parts = { 0 };

	if (status == STATUS_NOT_FOUND) {
		(void)gmtime_r(&since, &parts);
		(void)strftime(
		    said, sizeof(said), "%Y-%m-%dT%H:%M:%SZ", &parts);
		(void)snprintf(text, sizeof(text),
		    "history is kept since %s; what was before is not known",
		    said);
		(void)refuse(reply, &q->request, 410, text);
		return;
	}
	if (status == STATUS_TOO_LARGE) {
		(void)snprintf(text, sizeof(text),
		    "more than %d claims changed in this time; ask for one "
		    "host, one kind or less time",
		    SPAN_ROWS_MOST);
		(void)refuse(reply, &q->request, 400, text);
		return;
	}
	(void)snprintf(text, sizeof(text),
	    "the history cannot be read (%s); ask again later",
	    status_text(status));
	(void)refuse(reply, &q->request, 503, text);
}

static void
answer(struct question *q, struct reply *reply)
{
	struct json j = json_over(&reply->body);
	struct api_history *h = q->api->history;
	struct changes changes;
	enum status status;

	reply->content_type = "application/json";
	reply->vary = "Accept";
	changes_init(&changes);
	(void)pthread_mutex_lock(&h->lock);
	status = changes_read(&changes, h->store, &q->wish);
	(void)pthread_mutex_unlock(&h->lock);
	if (status == STATUS_OK) {
		changes_list(&changes, &j, q->api->unix_now(), &q->listing);
		if (q->listing.csv)
			reply->content_type =
			    "text/csv; charset=utf-8; header=present";
		buffer_append(
		    &reply->next, q->listing.next.octets, q->listing.next.size);
	} else {
		refuse_reading(q, status, &changes, reply);
	}
	if (!buffer_ok(&reply->body))
		(void)refuse(reply, &q->request, 400,
		    "the answer is larger than a reply may be; ask for pages "
		    "with limit");
	changes_done(&changes);
	packing_finish(&q->request, reply);
}

static void
run(struct job *taken)
{
	struct question *q = (struct question *)(void *)taken;
	struct later *later = q->later;
	struct reply reply;

	reply_init(&reply);
	answer(q, &reply);
	free_question(q);
	later->answer(later, &reply);
}

static void
refuse_busy(struct question *q)
{
	struct later *later = q->later;
	struct reply reply;

	reply_init(&reply);
	(void)refuse(&reply, &q->request, 503,
	    "more questions of the past wait than the collector keeps; ask "
	    "again later");
	free_question(q);
	later->answer(later, &reply);
}

static void
ask(struct api *a, const struct request *request, bool net, struct reply *reply)
{
	struct question *q = calloc(1, sizeof(*q));

	if (!q) {
		(void)refuse(reply, request, 503, "there is no memory");
		return;
	}
	listing_init(&q->listing);
	q->job.run = run;
	q->api = a;
	q->wish = (struct changes_wish){
		.net = net, .host = find_host, .context = a
	};
	if (!take_question(q, request, reply)) {
		free_question(q);
		return;
	}
	if (!request->postpone) {
		answer(q, reply);
		free_question(q);
		return;
	}
	/* From here on the request is no longer ours. */
	q->later = request->postpone(request);
	if (backroom_put(a->history->backroom, &q->job) != STATUS_OK)
		refuse_busy(q);
}

void
api_get_changes(
    struct api *a, const struct request *request, struct reply *reply)
{
	ask(a, request, false, reply);
}

void
api_get_diff(struct api *a, const struct request *request, struct reply *reply)
{
	ask(a, request, true, reply);
}

/* ---- life ------------------------------------------------------------------
 */

enum status
api_history_new(struct store *lent_store, struct api_history **out)
{
	struct api_history *h = calloc(1, sizeof(*h));
	char error[STORE_ERROR_SIZE];
	enum status status;

	if (!h)
		return STATUS_NO_MEMORY;
	if (pthread_mutex_init(&h->lock, NULL) != 0) {
		free(h);
		return STATUS_SYSTEM;
	}
	status = store_reader(lent_store, &h->store, error);
	if (status == STATUS_OK)
		status = backroom_new(QUESTIONS_MOST, &h->backroom);
	if (status == STATUS_OK)
		*out = h;
	else
		api_history_free(h);
	return status;
}

void
api_history_stop(struct api_history *h)
{
	if (h)
		backroom_stop(h->backroom);
}

void
api_history_free(struct api_history *h)
{
	if (!h)
		return;
	backroom_free(h->backroom);
	store_close(h->store);
	(void)pthread_mutex_destroy(&h->lock);
	free(h);
}
