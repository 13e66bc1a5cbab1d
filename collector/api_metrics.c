#include "collector/api_inside.h"
#include "collector/metrics_text.h"
#include "collector/packing.h"

/* Who only counts makes no join, unless the last one is that old. */
enum { JOIN_OLDEST_S = 300 };

static void
name_routes(const char *names[static METRICS_ROUTES_MOST + 1])
{
	size_t i = METRICS_ROUTE_FIRST;

	names[METRICS_ROUTE_OTHER] = "other";
	names[METRICS_ROUTE_PAGE] = "page";
	for (const struct api_route *r = api_routes;
	     r->path && i < METRICS_ROUTES_MOST; r++)
		names[i++] = r->path;
	names[i] = NULL;
}

static void
count_fleet(struct api *a, struct fleet *out)
{
	int64_t now = a->unix_now();

	(void)pthread_mutex_lock(&a->lock);
	if (!a->built || now - a->built_at > JOIN_OLDEST_S)
		a->built = api_join(a) == STATUS_OK;
	fleet_count(
	    out, &a->model, now, a->built ? &a->topology : NULL, a->built_at);
	fleet_count_findings(out, &a->findings);
	(void)pthread_mutex_unlock(&a->lock);
}

void
api_get_metrics(
    struct api *a, const struct request *request, struct reply *reply)
{
	const char *names[METRICS_ROUTES_MOST + 1];
	struct metrics_state state;

	count_fleet(a, &state.fleet);
	reports_state(a->reports, &state.queue);
	name_routes(names);
	reply->content_type = "text/plain; version=0.0.4; charset=utf-8";
	metrics_text(&reply->body, a->metrics, &state, names);
	packing_finish(request, reply);
}

struct metrics *
api_metrics(struct api *a)
{
	return a->metrics;
}
