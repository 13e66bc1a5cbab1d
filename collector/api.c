#include "collector/api.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "collector/api_inside.h"
#include "collector/assets.h"
#include "collector/findings_store.h"
#include "collector/packing.h"
#include "collector/problem.h"
#include "collector/routes.h"
#include "collector/saving.h"

void
api_get_health(struct api *a, const struct request *request, const char *which,
    struct reply *reply)
{
	(void)a;
	(void)request;
	(void)which;
	reply->content_type = "text/plain; charset=utf-8";
	buffer_text(&reply->body, "ok\n");
}

/* Ready is who can store: without its lock, since a busy one is ready too. */
void
api_get_ready(struct api *a, const struct request *request, struct reply *reply)
{
	char error[REPORTS_ERROR_SIZE];

	if (reports_are_stored(a->reports, error)) {
		api_get_health(a, request, NULL, reply);
		if (!atomic_load(&a->size_is_kept))
			buffer_text(&reply->body,
			    "the database is larger than keep_size, although "
			    "all history is gone\n");
		return;
	}
	problem_reply(reply, &(struct problem){ 503, request->path, NULL },
	    "reports cannot be stored: %s", error);
	reply->retry_after_s = API_RETRY_AFTER_S;
}

/* ---- requests ---------------------------------------------------------- */

bool
api_wants_body(const struct request *request, struct reply *reply)
{
	char which[ROUTE_WHICH_SIZE];
	const char *allow;
	const struct api_route *route = route_of(request, which, &allow);

	if (route && strcmp(route->method, "POST") == 0)
		return route->take == api_post_ack
			   ? api_wants_ack(request, reply)
			   : reports_want(request, reply);
	if (allow)
		route_refuse_method(reply, request, allow);
	else if (route || strcmp(request->method, "GET") == 0)
		route_refuse_method(reply, request, "GET, HEAD");
	else
		problem_reply(reply,
		    &(struct problem){ 404, request->path, NULL },
		    "there is nothing at this path; the API begins at "
		    "/api/v1/, the page at /");
	return false;
}

static void
answer_page(struct api *a, const struct request *request, struct reply *reply)
{
	bool get = route_is_method(request->method, "GET");

	if (get && assets_reply(reply, request, a->web_root)) {
		reply->route = METRICS_ROUTE_PAGE;
		return;
	}
	if (!get && strcmp(request->path, "/") == 0) {
		route_refuse_method(reply, request, "GET, HEAD");
		return;
	}
	problem_reply(reply, &(struct problem){ 404, request->path, NULL },
	    "there is nothing at this path; the API begins at /api/v1/, the "
	    "page at /");
}

static void
ask(struct api *a, const struct request *request, const struct api_route *route,
    const char *which, struct reply *reply)
{
	if (route->list)
		api_get_list(a, request, route, reply);
	else if (route->one)
		api_get_one(a, request, route, which, reply);
	else
		route->answer(a, request, which, reply);
}

/* May it be asked of a moment that is past? */
static bool
is_of_a_moment(const struct api_route *route)
{
	return route->list || route->one || route->answer == api_get_find ||
	       route->answer == api_get_path ||
	       route->answer == api_get_diagnose ||
	       route->answer == api_get_impact;
}

/* False: the request comes again. */
static bool
answer_question(struct api *a, const struct request *request,
    const struct api_route *route, const char *which, struct reply *reply)
{
	struct request of = *request;
	enum api_when when = API_NOW;

	if (is_of_a_moment(route))
		when = api_past_take(a, &of, reply);
	if (when == API_NOW) {
		(void)pthread_mutex_lock(&a->lock);
		ask(a, request, route, which, reply);
		(void)pthread_mutex_unlock(&a->lock);
	} else if (when == API_PAST) {
		ask(a, &of, route, which, reply);
		api_past_release(a, &of);
	}
	return when != API_GONE;
}

void
api_answer(struct api *a, const struct request *request, struct reply *reply)
{
	char which[ROUTE_WHICH_SIZE];
	const char *allow;
	const struct api_route *route = route_of(request, which, &allow);

	reply->content_type = "application/json";
	if (route)
		reply->route =
		    METRICS_ROUTE_FIRST + (unsigned)(route - api_routes);
	if (route && route->take) {
		route->take(a, request, reply);
	} else if (route) {
		if (!answer_question(a, request, route, which, reply))
			return;
	} else if (allow) {
		route_refuse_method(reply, request, allow);
	} else {
		answer_page(a, request, reply);
	}
	if (inside_ran_out())
		problem_reply(reply,
		    &(struct problem){ 503, request->path, NULL },
		    "the collector is out of memory; ask again later");
	if (!buffer_ok(&reply->body))
		problem_reply(reply,
		    &(struct problem){ 503, request->path, NULL },
		    "the answer is larger than %d MiB; ask for less",
		    REPLY_SIZE_MOST / 1024 / 1024);
	/* A request that was taken may be gone already. */
	if (!route || !route->take)
		packing_finish(request, reply);
}

/* ---- life --------------------------------------------------------------- */

/* What was heard after the last save is known to the model only. */
static enum status
fresh(void *context, int64_t at)
{
	struct api *a = context;

	return at >= atomic_load(&a->saved_at) ? reports_save(a->reports)
					       : STATUS_OK;
}

/* A number that no other life of a collector has. */
static int64_t
draw_life(int64_t now)
{
	uint16_t more = 0;

	(void)!getrandom(&more, sizeof(more), 0);
	return now * 65536 + more;
}

static enum status
begin_history(struct api *a)
{
	struct history_kept kept;
	enum status status = saving_begin(a->store, a->unix_now());

	if (status == STATUS_OK)
		status = history_get(a->store, &kept);
	if (status == STATUS_OK)
		atomic_store(&a->kept_since, kept.since);
	return status;
}

enum status
api_new(struct store *lent_store, const char *web_root,
    int64_t (*unix_now)(void), struct api **out)
{
	struct api *a = calloc(1, sizeof(*a));
	enum status status;

	if (!a)
		return STATUS_NO_MEMORY;
	a->store = lent_store;
	a->web_root = web_root;
	a->unix_now = unix_now;
	a->judged_at = -1;
	atomic_store(&a->size_is_kept, true);
	a->model.watcher = (struct model_watcher){ api_note_host, a };
	a->model.locks[0] = &a->lock;
	a->model.locks[1] = &a->changing;
	findings_init(&a->findings, rules_table);
	a->topology.watcher = (struct topology_watcher){ api_note_device, a };
	if (pthread_mutex_init(&a->lock, NULL) != 0 ||
	    pthread_mutex_init(&a->changing, NULL) != 0) {
		free(a);
		return STATUS_SYSTEM;
	}
	a->metrics = metrics_new();
	a->drawings = drawings_new();
	status = a->metrics && a->drawings
		     ? feed_new(draw_life(unix_now()), &a->feed)
		     : STATUS_NO_MEMORY;
	if (status == STATUS_OK)
		status = fleet_index_new(&a->fleet);
	if (status == STATUS_OK)
		status = model_load(&a->model, lent_store);
	if (status == STATUS_OK)
		status = findings_load(lent_store, &a->findings);
	if (status == STATUS_OK)
		status = begin_history(a);
	if (status == STATUS_OK)
		status = api_history_new(lent_store, &a->history);
	if (status == STATUS_OK)
		status =
		    pasts_new(&(struct pasts_settings){ lent_store, fresh, a },
			&a->pasts);
	if (status == STATUS_OK)
		status = api_draw_begin(a);
	if (status == STATUS_OK)
		status = api_begin_reports(a);
	if (status == STATUS_OK)
		status = api_judge_begin(a);
	if (status != STATUS_OK)
		api_free(a);
	else
		*out = a;
	return status;
}

void
api_stop(struct api *a)
{
	if (!a)
		return;
	docket_stop(a->docket);
	sharing_stop(a->sharing);
	reports_stop(a->reports);
	api_acks_stop(a);
	pasts_stop(a->pasts);
	api_draw_stop(a);
	api_history_stop(a->history);
	feed_stop(a->feed);
}

void
api_free(struct api *a)
{
	if (!a)
		return;
	docket_stop(a->docket);
	reports_stop(a->reports);
	api_draw_stop(a);
	backroom_free(a->drawers);
	backroom_free(a->painters);
	pasts_free(a->pasts);
	sharing_stop(a->sharing);
	reports_free(a->reports);
	sharing_free(a->sharing);
	metrics_free(a->metrics);
	drawings_free(a->drawings);
	feed_free(a->feed);
	api_history_free(a->history);
	docket_free(a->docket);
	findings_news_done(&a->untold);
	findings_done(&a->findings);
	fleet_index_free(a->fleet);
	search_done(&a->search);
	topology_done(&a->topology);
	model_done(&a->model);
	(void)pthread_mutex_destroy(&a->lock);
	(void)pthread_mutex_destroy(&a->changing);
	free(a);
}
