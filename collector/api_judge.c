/* Judges hosts, one at a time, in a thread that serves no connection; and has
 * what is found told and stored. */
#include <stdlib.h>

#include "base/log.h"
#include "collector/api_inside.h"
#include "collector/findings_store.h"
#include "collector/knowing.h"
#include "collector/rules/known.h"
#include "collector/standing.h"

enum {
	KEEP_TRIES = 3,
	CLOCKS_APART_S = 600,
	BESIDE_MOST = 128, /* twice as many hosts as a rack has */
	LOOKS_AGAIN_S = 600
};

/* ---- one host; the lock is held -------------------------------------------
 */

static void
put_touched(void *context, int64_t host_id)
{
	struct api *a = context;

	docket_put(a->docket, host_id, DOCKET_TOUCHED);
}

/* Those beside it are compared with it, and those with a MAC of it. */
static void
touch(struct api *a, const struct view *v, const struct model_host *h)
{
	const struct model_host *beside[BESIDE_MOST];
	size_t count = knowing_beside(v, h, beside, BESIDE_MOST);

	for (size_t i = 0; i < count; i++)
		put_touched(a, beside[i]->host_id);
	fleet_index_relatives(a->fleet, h->host_id, put_touched, a);
}

/* An inside that nobody has asked for is not kept: those of all hosts would
 * take more memory than all else. */
static enum status
judge(struct api *a, const struct view *v, const struct model_host *h,
    struct findings_news *news)
{
	bool whole = inside_is_whole(h->inner);
	struct judgements judged;
	struct known known;
	enum status status = knowing_make(&known, v, a->fleet, h);

	if (status != STATUS_OK)
		return status;
	judgements_init(&judged);
	judged.silent = !known.current;
	for (const struct rule *r = a->findings.rules; r->id; r++)
		r->judge(r, &known, &judged);
	status = findings_take(&a->findings, h->host_id, &judged, v->now, news);
	judgements_done(&judged);
	known_done(&known);
	if (!whole)
		inside_forget(h->inner);
	return inside_ran_out() ? STATUS_NO_MEMORY : status;
}

/* Some of what is told ends by the mere passing of time: a day after a cable
 * was moved, an hour without a flap. */
static int64_t
looks_again_at(const struct findings_host *f)
{
	return f->count > 0 ? f->judged_at + LOOKS_AGAIN_S : INT64_MAX;
}

static int64_t
earliest(const struct findings_host *f, int64_t until)
{
	int64_t again = looks_again_at(f);

	if (f->due >= 0 && f->due < until)
		until = f->due;
	return again < until ? again : until;
}

/* Is there something that the last judging did not know? */
static bool
is_to_judge(const struct findings_host *f, enum docket_cause cause,
    uint64_t standing, int64_t now)
{
	return cause != DOCKET_DUE || !f || f->judged_at < 0 ||
	       f->standing != standing || (f->due >= 0 && f->due <= now) ||
	       looks_again_at(f) <= now;
}

static int64_t
judge_host(struct api *a, const struct model_host *h, enum docket_cause cause)
{
	struct findings_host *f = findings_of(&a->findings, h->host_id);
	struct findings_news news = { .first = NULL };
	int64_t now = a->unix_now(), until;
	uint64_t standing = standing_of(h, now, &until);
	/* Who fell silent is compared with as well; the first judging of all
	 * touches nobody. */
	bool touches = cause == DOCKET_CHANGED ||
		       (f && f->judged_at >= 0 && f->standing != standing);
	enum status status;
	struct view view;

	if (!is_to_judge(f, cause, standing, now))
		return earliest(f, until);
	status = api_view_now(a, now, &view);
	if (status == STATUS_OK)
		status = judge(a, &view, h, &news);
	if (status == STATUS_OK && touches)
		touch(a, &view, h);
	api_tell_findings(a, &news);
	f = findings_of(&a->findings, h->host_id);
	/* Without memory it is tried again. */
	if (status != STATUS_OK || !f)
		return now + API_RETRY_AFTER_S;
	f->standing = standing;
	return earliest(f, until);
}

static int64_t
judge_one(void *context, int64_t host_id, enum docket_cause cause)
{
	struct api *a = context;
	const struct model_host *h;
	int64_t due = -1;

	(void)pthread_mutex_lock(&a->lock);
	h = model_find(&a->model, host_id);
	if (h)
		due = judge_host(a, h, cause);
	(void)pthread_mutex_unlock(&a->lock);
	return due;
}

void
api_judge_again(struct api *a, int64_t host_id, enum docket_cause cause)
{
	if (a->docket)
		docket_put(a->docket, host_id, cause);
}

bool
api_is_silent(const struct api *a, int64_t host_id)
{
	const struct model_host *h = model_find(&a->model, host_id);

	return h && verdict_host_is_silent(h, a->unix_now());
}

enum status
api_judge_begin(struct api *a)
{
	enum status status =
	    docket_new(&(struct docket_settings){ judge_one, a }, &a->docket);

	if (status != STATUS_OK)
		return status;
	(void)pthread_mutex_lock(&a->lock);
	for (size_t i = 0; i < a->model.count; i++)
		docket_put(
		    a->docket, a->model.hosts[i]->host_id, DOCKET_TOUCHED);
	(void)pthread_mutex_unlock(&a->lock);
	return status;
}

/* ---- what was found --------------------------------------------------------
 */

void
api_tell_findings(struct api *a, struct findings_news *taken_news)
{
	if (taken_news->lost)
		log_error("there is no memory to tell all findings of a host");
	taken_news->lost = false;
	if (!taken_news->first)
		return;
	for (const struct finding_news *n = taken_news->first;
	     n && feed_is_wanted(a->feed); n = n->next) {
		const struct model_host *h =
		    model_find(&a->model, n->finding.host_id);

		if (h)
			feed_tell_finding(a->feed,
			    &(struct feed_host){
				h->name, h->machine_id, n->at },
			    n);
	}
	findings_news_move(&a->untold, taken_news);
	reports_wake(a->reports);
}

/* All that waits, and who waits for it. */
static struct findings_news
take_untold(struct api *a, struct ack_waiting **out_waiting)
{
	struct findings_news news = { .first = NULL };

	(void)pthread_mutex_lock(&a->lock);
	findings_news_move(&news, &a->untold);
	*out_waiting = a->ack_waiting;
	a->ack_waiting = NULL;
	(void)pthread_mutex_unlock(&a->lock);
	return news;
}

/* What is not written yet goes before what has come meanwhile. */
static void
put_back(struct api *a, struct findings_news *news, struct ack_waiting *waiting)
{
	struct ack_waiting **end = &a->ack_waiting;

	(void)pthread_mutex_lock(&a->lock);
	findings_news_move(news, &a->untold);
	findings_news_move(&a->untold, news);
	while (*end)
		end = &(*end)->next;
	*end = waiting;
	(void)pthread_mutex_unlock(&a->lock);
}

static enum status
keep_some(struct api *a, struct findings_news *news)
{
	enum status status = findings_keep(a->store, news);

	for (int tries = 1; status != STATUS_OK && tries < KEEP_TRIES &&
			    store_may_retry(a->store);
	     tries++)
		status = findings_keep(a->store, news);
	return status;
}

enum status
api_keep_findings(void *context, bool *out_more)
{
	struct api *a = context;
	struct ack_waiting *waiting;
	struct findings_news news = take_untold(a, &waiting);
	int64_t since = news.first ? news.first->at : -1;
	enum status status = STATUS_OK;

	if (since >= 0)
		status = keep_some(a, &news);
	if (since >= 0)
		pasts_note(a->pasts, since);
	*out_more = status == STATUS_OK && news.first;
	if (!*out_more)
		api_answer_acks(waiting, status);
	put_back(a, &news, *out_more ? waiting : NULL);
	return status;
}

static enum status
follow_ack(void *context, int64_t id, const struct finding_ack *ack)
{
	struct findings_news nobody = { .first = NULL };
	struct api *a = context;
	enum status status;

	(void)pthread_mutex_lock(&a->lock);
	status = findings_acknowledge(&a->findings, id, ack, &nobody);
	(void)pthread_mutex_unlock(&a->lock);
	findings_news_done(&nobody);
	return status;
}

enum status
api_follow_findings(struct api *a)
{
	int64_t now = a->unix_now();
	enum status status =
	    findings_read_acks(a->store, a->acks_read_at, follow_ack, a);

	/* The clocks of collectors differ a little. */
	if (status == STATUS_OK)
		a->acks_read_at = now - CLOCKS_APART_S;
	return status;
}
