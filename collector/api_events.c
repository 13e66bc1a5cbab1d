#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "base/text.h"
#include "collector/api_inside.h"
#include "collector/change_kinds.h"
#include "collector/change_words.h"
#include "collector/problem.h"

static bool
refuse(struct reply *reply, const struct request *request, const char *name,
    const char *words)
{
	problem_reply(reply, &(struct problem){ 400, request->path, NULL },
	    "the parameter \"%.40s\" %s", name, words);
	return false;
}

static bool
take_wish(
    const struct request *request, struct feed_wish *out, struct reply *reply)
{
	static const char *const known[] = { "host", "kind", NULL };
	const char *host = request->argument(request, "host");
	const char *kind = request->argument(request, "kind");
	const char *other = NULL;

	if (request->other_argument)
		other = request->other_argument(request, known);
	if (other)
		return refuse(reply, request, other,
		    "does not exist here; there are: host, kind");
	if (host && (host[0] == '\0' || strlen(host) >= FEED_HOST_SIZE ||
			!text_is_utf8(host, strlen(host))))
		return refuse(
		    reply, request, "host", "is the name or id of a host");
	if (kind && !change_kinds_have(kind) && strcmp(kind, "finding") != 0)
		return refuse(reply, request, "kind", CHANGE_KINDS ", finding");
	*out = (struct feed_wish){ host ? host : "", kind ? kind : "",
		request->last_event_id ? request->last_event_id : "" };
	return true;
}

void
api_get_events(
    struct api *a, const struct request *request, struct reply *reply)
{
	struct feed_wish wish;

	if (!take_wish(request, &wish, reply))
		return;
	reply->content_type = "text/event-stream; charset=utf-8";
	if (strcmp(request->method, "HEAD") == 0)
		return;
	reply->stream = feed_listen(a->feed, &wish);
	if (reply->stream)
		return;
	problem_reply(reply, &(struct problem){ 503, request->path, NULL },
	    "%d clients listen already, the most that can; try again later",
	    FEED_LISTENERS_MOST);
	reply->retry_after_s = API_RETRY_AFTER_S;
}

/* ---- what those who listen are told ---------------------------------------
 */

/* As it is called now; "" when it does not say. */
static void
find_name(const struct model_change *change, char out[static FEED_HOST_SIZE])
{
	struct json_value *v CLEANUP(json_cleanup) = NULL;
	const char *name;

	for (size_t i = 0; i < change->claim_count && !v; i++) {
		const struct store_claim *c = &change->claims[i];

		if (c->kind == CLAIM_HOST)
			v = json_parse_own(c->facts);
	}
	name = json_get_string(json_get(v, "host"), "name");
	text_copy(out, FEED_HOST_SIZE, name ? name : change->row.machine_id);
}

/* When the host said so: the latest beginning, else now. */
static int64_t
moment_of(const struct model_change *change, const struct model_host *known)
{
	int64_t at = -1;
	size_t old = known ? known->claim_count : 0;
	int64_t last_n = old > 0 ? known->claims[old - 1].n : 0;

	for (size_t i = 0; i < change->claim_count; i++) {
		if (change->claims[i].n > last_n &&
		    change->claims[i].since > at)
			at = change->claims[i].since;
	}
	return at >= 0 ? at : change->row.seen_at;
}

/* What was and is. */
struct paired {
	struct change_claim *claims; /* those that were, then those that are */
	struct change_pair *pairs;
	size_t count;
};

static enum status
pair_claims(const struct model_host *known, const struct model_change *change,
    struct paired *out)
{
	size_t old = known ? known->claim_count : 0;
	struct change_claim *all =
	    calloc(old + change->claim_count + 1, sizeof(*all));

	out->claims = all;
	if (!all)
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < old; i++)
		all[i] = (struct change_claim){ known->claims[i].kind,
			known->claims[i].key, known->claims[i].facts };
	for (size_t i = 0; i < change->claim_count; i++)
		all[old + i] = (struct change_claim){ change->claims[i].kind,
			change->claims[i].key, change->claims[i].facts };
	return change_pairs((struct change_claims){ all, old },
	    (struct change_claims){ all + old, change->claim_count },
	    &out->pairs, &out->count);
}

static void
tell_words(struct api *a, const struct model_host *known,
    const struct model_change *change, const struct paired *p)
{
	struct change_list changes;
	char name[FEED_HOST_SIZE];

	find_name(change, name);
	change_list_init(&changes);
	change_words(&changes, name, p->pairs, p->count);
	feed_tell(a->feed,
	    &(struct feed_host){
		name, change->row.machine_id, moment_of(change, known) },
	    &changes);
	change_list_done(&changes);
}

static void
tell_silence(
    struct api *a, const struct model_host *h, int64_t at, int64_t back_after)
{
	struct change_list changes;

	change_list_init(&changes);
	change_add_silence(&changes,
	    &(struct change_silence){ h->name, back_after > 0, back_after });
	feed_tell(a->feed, &(struct feed_host){ h->name, h->machine_id, at },
	    &changes);
	change_list_done(&changes);
}

/* Hosts that were not silent at 'last', but are now. */
static void
tell_silent(struct api *a, int64_t last, int64_t now)
{
	for (size_t i = 0; i < a->model.count; i++) {
		const struct model_host *h = a->model.hosts[i];

		if (verdict_host_is_silent(h, now) &&
		    !verdict_host_is_silent(h, last))
			tell_silence(a, h, h->seen_at, 0);
	}
}

void
api_sweep(struct api *a, int64_t now_ms)
{
	bool wanted = feed_is_wanted(a->feed);
	int64_t now = a->unix_now();

	feed_sweep(a->feed, now_ms);
	if (wanted && a->swept_at > 0) {
		(void)pthread_mutex_lock(&a->lock);
		tell_silent(a, a->swept_at, now);
		(void)pthread_mutex_unlock(&a->lock);
	}
	a->swept_at = now;
	docket_sweep(a->docket, now);
}

void
api_tell(struct api *a, const struct model_change *change)
{
	const struct model_host *known =
	    model_find(&a->model, change->row.host_id);
	struct paired p = { .claims = NULL };

	if (!feed_is_wanted(a->feed))
		return;
	if (known && verdict_host_is_silent(known, change->row.seen_at))
		tell_silence(a, known, change->row.seen_at,
		    change->row.seen_at - known->seen_at);
	if (change->same)
		return;
	if (pair_claims(known, change, &p) == STATUS_OK)
		tell_words(a, known, change, &p);
	else
		feed_lose(a->feed);
	free(p.pairs);
	free(p.claims);
}
