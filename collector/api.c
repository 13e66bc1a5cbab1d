#include "collector/api.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "collector/answers.h"
#include "collector/assets.h"
#include "collector/problem.h"
#include "collector/reports.h"
#include "collector/saving.h"

enum { WHICH_SIZE = 256, RETRY_AFTER_S = 5 };

struct api {
	struct store *store;
	const char *web_root;
	int64_t (*unix_now)(void);
	struct reports *reports;
	pthread_mutex_t lock; /* of all that follows */
	struct model model;
	struct topology topology; /* of the model after 'built_changes' */
	bool built;
	uint64_t built_changes;
	bool behind;       /* a host is stored that could not be loaded */
	int64_t judged_at; /* -1: must be judged anew */
};

/* ---- what is derived --------------------------------------------------- */

static enum status
renew_topology(struct api *a)
{
	enum status status;

	if (a->built && a->built_changes == a->model.changes)
		return STATUS_OK;
	topology_done(&a->topology);
	a->built = false;
	a->judged_at = -1;
	status = topology_build(&a->topology, &a->model);
	if (status == STATUS_OK) {
		a->built = true;
		a->built_changes = a->model.changes;
	}
	return status;
}

/* Fills '*out'; false with a problem when there is no memory for it. */
static bool
take_view(struct api *a, const struct request *request, struct view *out,
    struct reply *reply)
{
	int64_t now = a->unix_now();
	enum status status = renew_topology(a);

	if (status == STATUS_OK && a->judged_at != now) {
		status = verdict_all(&a->topology, now);
		a->judged_at = status == STATUS_OK ? now : -1;
	}
	if (status != STATUS_OK) {
		problem_reply(reply,
		    &(struct problem){ 503, request->path, NULL },
		    "the collector is out of memory; ask again later");
		reply->retry_after_s = RETRY_AFTER_S;
		return false;
	}
	*out = (struct view){ &a->model, &a->topology, now };
	return true;
}

/* ---- questions --------------------------------------------------------- */

/* Reads the question in 'name'; false with a problem. */
static bool
take_query(const struct request *request, const char *name, struct query *out,
    struct reply *reply)
{
	const char *text = request->argument(request, name);

	if (text && strlen(text) < QUERY_SIZE_MOST &&
	    text_is_utf8(text, strlen(text)) && query_read(text, out))
		return true;
	problem_reply(reply, &(struct problem){ 400, request->path, NULL },
	    "the parameter \"%s\" is missing, empty or longer than %d octets; "
	    "ask for example ?%s=ens1f0 or ?%s=00:50:56:9a:1c:0e",
	    name, QUERY_SIZE_MOST - 1, name, name);
	return false;
}

static void
answer_question(struct api *a, const struct request *request, bool path,
    struct reply *reply)
{
	struct json j = json_over(&reply->body);
	struct query query;
	struct found found;
	struct view view;
	bool answered = true;

	if (!take_query(request, path ? "of" : "q", &query, reply) ||
	    !take_view(a, request, &view, reply))
		return;
	if (find(view.topology, view.model, &query, &found) != STATUS_OK) {
		problem_reply(reply,
		    &(struct problem){ 503, request->path, NULL },
		    "the collector is out of memory; ask again later");
		return;
	}
	if (path)
		answered = answer_path(&j, &view, &query, &found);
	else
		answer_find(&j, &view, &query, &found);
	find_done(&found);
	if (!answered)
		problem_reply(reply,
		    &(struct problem){ 404, request->path, NULL },
		    "nothing that has a NIC is called \"%s\"; "
		    "/api/v1/find?q= shows what comes close",
		    query.whole.text);
}

static void
get_find(struct api *a, const struct request *request, const char *which,
    struct reply *reply)
{
	(void)which;
	answer_question(a, request, false, reply);
}

static void
get_path(struct api *a, const struct request *request, const char *which,
    struct reply *reply)
{
	(void)which;
	answer_question(a, request, true, reply);
}

static void
answer_list(struct api *a, const struct request *request,
    const struct api_route *route, struct reply *reply)
{
	struct json j = json_over(&reply->body);
	struct listing l;
	struct view view;

	listing_init(&l);
	reply->vary = "Accept";
	if (listing_ask(&l, request, &route->rule, reply) &&
	    take_view(a, request, &view, reply)) {
		route->list(&j, &view, &l);
		if (l.csv)
			reply->content_type =
			    "text/csv; charset=utf-8; header=present";
		buffer_append(&reply->next, l.next.octets, l.next.size);
	}
	listing_done(&l);
}

/* One thing by name or id. */
static void
answer_one(struct api *a, const struct request *request,
    const struct api_route *route, const char *which, struct reply *reply)
{
	struct json j = json_over(&reply->body);
	struct asked asked = { .which = which };
	struct view view;

	if (!take_view(a, request, &view, reply) ||
	    route->one(&j, &view, &asked))
		return;
	if (asked.count > 0)
		problem_reply(reply,
		    &(struct problem){ 409, request->path, NULL },
		    "\"%.80s\" means %zu alike; ask for one of them: %s%s",
		    which, asked.count, asked.names,
		    asked.count > ASKED_NAMED_MOST ? " ..." : "");
	else
		problem_reply(reply,
		    &(struct problem){ 404, request->path, NULL },
		    "no %s has the name or id \"%s\"; %.*s lists them",
		    route->kind, which, (int)strcspn(route->path, "{") - 1,
		    route->path);
}

static void
get_health(struct api *a, const struct request *request, const char *which,
    struct reply *reply)
{
	(void)a;
	(void)request;
	(void)which;
	reply->content_type = "text/plain; charset=utf-8";
	buffer_text(&reply->body, "ok\n");
}

/* Ready is who can store: without its lock, since a busy one is ready too. */
static void
get_ready(struct api *a, const struct request *request, struct reply *reply)
{
	char error[REPORTS_ERROR_SIZE];

	if (reports_are_stored(a->reports, error)) {
		get_health(a, request, NULL, reply);
		return;
	}
	problem_reply(reply, &(struct problem){ 503, request->path, NULL },
	    "reports cannot be stored: %s", error);
	reply->retry_after_s = RETRY_AFTER_S;
}

/* ---- reports ----------------------------------------------------------- */

/* Brings the model up to what was stored: the report is safe, and what is
 * shown must not be older. */
static enum status
show_host(struct api *a, const struct ingest_result *result)
{
	enum status status;

	if (result->ignored && !a->behind)
		return STATUS_OK;
	if (a->behind) {
		/* Which host failed before is not kept: it is rare. */
		status = model_load(&a->model, a->store);
	} else {
		status = model_take(&a->model, &result->change);
	}
	if (a->model.twins)
		log_warning("two hosts report with the machine id %s, one is "
			    "called %s; give each its own",
		    a->model.twins->machine_id, a->model.twins->name);
	a->model.twins = NULL;
	a->judged_at = -1;
	a->behind = status != STATUS_OK;
	if (a->behind)
		log_error("cannot load a host that was stored: %s",
		    status_text(status));
	return status;
}

static enum status
stored(void *context, const struct ingest_result *result)
{
	struct api *a = context;
	enum status status;

	(void)pthread_mutex_lock(&a->lock);
	status = show_host(a, result);
	(void)pthread_mutex_unlock(&a->lock);
	return status;
}

static const struct model_host *
known(void *context, int64_t host_id)
{
	struct api *a = context;

	return model_find(&a->model, host_id);
}

static enum status
save_heard(void *context)
{
	struct api *a = context;

	return saving_heard(&a->model, a->store);
}

static enum status
probe(void *context)
{
	const struct api *a = context;

	return saving_probe(&a->model, a->store);
}

static void
post_report(struct api *a, const struct request *request, struct reply *reply)
{
	reports_post(a->reports, request, reply);
}

/* ---- the table --------------------------------------------------------- */

#define HAS(filter) (1U << LISTING_##filter)
static const char *const host_states[] = { "current", "silent", NULL };
static const char *const claim_states[] = { "current", "stale", "ended", NULL };
static const char *const run_states[] = { "running", "paused", "suspended",
	"off", "unknown", NULL };
static const char *const vlan_states[] = { "current", "past", NULL };

const struct api_route api_routes[] = {
	{ "POST", "/api/v1/reports", .take = post_report },
	{ "GET", "/api/v1/find", .answer = get_find },
	{ "GET", "/api/v1/path", .answer = get_path },
	{ "GET", "/api/v1/hosts", .list = answer_hosts,
	    .rule = { HAS(KIND) | HAS(STATE) | HAS(SWITCH) | HAS(Q),
		host_states } },
	{ "GET", "/api/v1/hosts/{which}", .one = answer_host, .kind = "host" },
	{ "GET", "/api/v1/switches", .list = answer_switches,
	    .rule = { HAS(STATE) | HAS(Q), claim_states } },
	{ "GET", "/api/v1/switches/{which}", .one = answer_switch,
	    .kind = "switch" },
	{ "GET", "/api/v1/vms", .list = answer_vms,
	    .rule = { HAS(HOST) | HAS(KIND) | HAS(STATE) | HAS(VLAN) | HAS(Q),
		run_states } },
	{ "GET", "/api/v1/vms/{which}", .one = answer_vm,
	    .kind = "VM, container or namespace" },
	{ "GET", "/api/v1/vswitches", .list = answer_vswitches,
	    .rule = { HAS(HOST) | HAS(KIND) | HAS(Q), NULL } },
	{ "GET", "/api/v1/vswitches/{which}", .one = answer_vswitch,
	    .kind = "virtual switch" },
	{ "GET", "/api/v1/vlans", .list = answer_vlans,
	    .rule = { HAS(STATE), vlan_states } },
	{ "GET", "/api/v1/vlans/{which}", .one = answer_vlan, .kind = "VLAN" },
	{ "GET", "/healthz", .answer = get_health },
	{ "GET", "/readyz", .take = get_ready },
	{ .method = NULL },
};

/* Does the path fit the pattern?  '{which}' at the end takes what is there; a
 * list may have ".csv" there. */
static bool
fits(const struct api_route *route, const char *path,
    char which[static WHICH_SIZE])
{
	const char *pattern = route->path;
	size_t fixed = strcspn(pattern, "{");

	which[0] = '\0';
	if (route->list && listing_is_csv_path(path, pattern))
		return true;
	if (pattern[fixed] == '\0')
		return strcmp(pattern, path) == 0;
	if (strncmp(pattern, path, fixed) != 0 || path[fixed] == '\0' ||
	    strlen(path + fixed) >= WHICH_SIZE ||
	    !text_is_utf8(path + fixed, strlen(path + fixed)))
		return false;
	text_copy(which, WHICH_SIZE, path + fixed);
	return true;
}

/* HEAD is GET whose body the server keeps. */
static bool
is_method(const char *asked, const char *offered)
{
	return strcmp(asked, offered) == 0 ||
	       (strcmp(asked, "HEAD") == 0 && strcmp(offered, "GET") == 0);
}

/* The route, or NULL with '*out_allow' when only the method is wrong. */
static const struct api_route *
route_of(const struct request *request, char which[static WHICH_SIZE],
    const char **out_allow)
{
	*out_allow = NULL;
	for (const struct api_route *r = api_routes; r->path; r++) {
		if (!fits(r, request->path, which))
			continue;
		if (is_method(request->method, r->method))
			return r;
		*out_allow =
		    strcmp(r->method, "GET") == 0 ? "GET, HEAD" : "POST";
	}
	return NULL;
}

static void
refuse_method(
    struct reply *reply, const struct request *request, const char *allow)
{
	problem_reply(reply, &(struct problem){ 405, request->path, NULL },
	    "%.16s is not possible here; use %s", request->method, allow);
	reply->allow = allow;
}

bool
api_wants_body(const struct request *request, struct reply *reply)
{
	char which[WHICH_SIZE];
	const char *allow;
	const struct api_route *route = route_of(request, which, &allow);

	if (route && strcmp(route->method, "POST") == 0)
		return reports_want(request, reply);
	if (allow)
		refuse_method(reply, request, allow);
	else if (route || strcmp(request->method, "GET") == 0)
		refuse_method(reply, request, "GET, HEAD");
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
	bool get = is_method(request->method, "GET");

	if (get && assets_reply(reply, request, a->web_root))
		return;
	if (!get && strcmp(request->path, "/") == 0) {
		refuse_method(reply, request, "GET, HEAD");
		return;
	}
	problem_reply(reply, &(struct problem){ 404, request->path, NULL },
	    "there is nothing at this path; the API begins at /api/v1/, the "
	    "page at /");
}

void
api_answer(struct api *a, const struct request *request, struct reply *reply)
{
	char which[WHICH_SIZE];
	const char *allow;
	const struct api_route *route = route_of(request, which, &allow);

	reply->content_type = "application/json";
	if (route && route->take) {
		route->take(a, request, reply);
	} else if (route) {
		(void)pthread_mutex_lock(&a->lock);
		if (route->list)
			answer_list(a, request, route, reply);
		else if (route->one)
			answer_one(a, request, route, which, reply);
		else
			route->answer(a, request, which, reply);
		(void)pthread_mutex_unlock(&a->lock);
	} else if (allow) {
		refuse_method(reply, request, allow);
	} else {
		answer_page(a, request, reply);
	}
	if (!buffer_ok(&reply->body))
		problem_reply(reply,
		    &(struct problem){ 503, request->path, NULL },
		    "the answer is larger than %d MiB; ask for less",
		    REPLY_SIZE_MOST / 1024 / 1024);
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
	if (pthread_mutex_init(&a->lock, NULL) != 0) {
		free(a);
		return STATUS_SYSTEM;
	}
	status = model_load(&a->model, lent_store);
	if (status == STATUS_OK)
		status = reports_new(
		    &(struct reports_settings){ lent_store, unix_now, known,
			stored, save_heard, probe, a },
		    &a->reports);
	if (status != STATUS_OK)
		api_free(a);
	else
		*out = a;
	return status;
}

void
api_stop(struct api *a)
{
	if (a)
		reports_stop(a->reports);
}

void
api_free(struct api *a)
{
	if (!a)
		return;
	reports_free(a->reports);
	topology_done(&a->topology);
	model_done(&a->model);
	(void)pthread_mutex_destroy(&a->lock);
	free(a);
}
