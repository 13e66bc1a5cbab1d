#include "collector/routes.h"

#include <string.h>

#include "base/text.h"
#include "collector/api_inside.h"
#include "collector/problem.h"

#define HAS(filter) (1U << LISTING_##filter)
static const char *const host_states[] = { "current", "silent", NULL };
static const char *const claim_states[] = { "current", "stale", "ended", NULL };
static const char *const run_states[] = { "running", "paused", "suspended",
	"off", "unknown", NULL };
static const char *const vlan_states[] = { "current", "past", NULL };

const struct api_route api_routes[] = {
	{ "POST", "/api/v1/reports", .take = api_post_report },
	{ "GET", "/api/v1/find", .answer = api_get_find },
	{ "GET", "/api/v1/path", .answer = api_get_path },
	{ "GET", "/api/v1/diagnose", .answer = api_get_diagnose },
	{ "GET", "/api/v1/impact", .answer = api_get_impact },
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
	{ "GET", "/api/v1/findings", .list = answer_findings,
	    .rule = { HAS(HOST) | HAS(OWNER) | HAS(SEVERITY) | HAS(RULE) |
			  HAS(GROUP) | HAS(VERDICT) | HAS(ACKNOWLEDGED),
		NULL } },
	{ "POST", "/api/v1/findings/{which}/ack", .take = api_post_ack },
	{ "GET", "/api/v1/findings/{which}", .one = answer_finding,
	    .kind = "finding" },
	{ "GET", "/api/v1/rules", .answer = api_get_rules },
	{ "GET", "/api/v1/draw.{which}", .take = api_get_draw },
	{ "GET", "/api/v1/changes", .take = api_get_changes },
	{ "GET", "/api/v1/changes.csv", .take = api_get_changes },
	{ "GET", "/api/v1/diff", .take = api_get_diff },
	{ "GET", "/api/v1/diff.csv", .take = api_get_diff },
	{ "GET", "/api/v1/events", .take = api_get_events },
	{ "GET", "/healthz", .answer = api_get_health },
	{ "GET", "/readyz", .take = api_get_ready },
	{ "GET", "/metrics", .take = api_get_metrics },
	{ .method = NULL },
};

/* Is 'path' what stands before '{which}', something, and what stands behind?
 */
static bool
takes_which(const char *pattern, size_t fixed, const char *path,
    char which[static ROUTE_WHICH_SIZE])
{
	const char *end = strchr(pattern, '}') + 1;
	size_t size = strlen(path), end_size = strlen(end);

	if (strncmp(pattern, path, fixed) != 0 || size <= fixed + end_size ||
	    size - fixed - end_size >= ROUTE_WHICH_SIZE ||
	    strcmp(path + size - end_size, end) != 0 ||
	    !text_is_utf8(path + fixed, size - fixed))
		return false;
	text_copy(which, size - fixed - end_size + 1, path + fixed);
	return true;
}

/* Does the path fit the pattern?  '{which}' takes what is there; a list may
 * have ".csv" behind it. */
static bool
fits(const struct api_route *route, const char *path,
    char which[static ROUTE_WHICH_SIZE])
{
	const char *pattern = route->path;
	size_t fixed = strcspn(pattern, "{");

	which[0] = '\0';
	if (route->list && listing_is_csv_path(path, pattern))
		return true;
	if (pattern[fixed] == '\0')
		return strcmp(pattern, path) == 0;
	return takes_which(pattern, fixed, path, which);
}

bool
route_is_method(const char *asked, const char *offered)
{
	return strcmp(asked, offered) == 0 ||
	       (strcmp(asked, "HEAD") == 0 && strcmp(offered, "GET") == 0);
}

const struct api_route *
route_of(const struct request *request, char which[static ROUTE_WHICH_SIZE],
    const char **out_allow)
{
	*out_allow = NULL;
	for (const struct api_route *r = api_routes; r->path; r++) {
		if (!fits(r, request->path, which))
			continue;
		if (route_is_method(request->method, r->method))
			return r;
		*out_allow =
		    strcmp(r->method, "GET") == 0 ? "GET, HEAD" : "POST";
	}
	return NULL;
}

void
route_refuse_method(
    struct reply *reply, const struct request *request, const char *allow)
{
	problem_reply(reply, &(struct problem){ 405, request->path, NULL },
	    "%.16s is not possible here; use %s", request->method, allow);
	reply->allow = allow;
}
