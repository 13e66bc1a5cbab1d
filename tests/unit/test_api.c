#include "collector/api.h"

#include <check.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/store.h"
#include "tests/support/database.h"
#include "tests/support/documents.h"
#include "tests/support/suite.h"

static int64_t clock_now_s = 1000;

static int64_t
told_time(void)
{
	return clock_now_s;
}

/* The one argument of a question. */
static const char *
argument(const struct request *r, const char *name)
{
	return strcmp(name, "q") == 0 || strcmp(name, "of") == 0 ? r->context
								 : NULL;
}

struct served {
	struct store *store;
	struct api *api;
};

static void
serve(struct served *s)
{
	char error[STORE_ERROR_SIZE];

	clock_now_s = 1000;
	ck_assert_int_eq(
	    store_open(database_of_test(), &s->store, error), STATUS_OK);
	ck_assert_int_eq(
	    api_new(s->store, NULL, told_time, &s->api), STATUS_OK);
}

static void
stop(struct served *s)
{
	api_free(s->api);
	store_close(s->store);
}

/* Asks and gives the answer as JSON: free it. */
static struct json_value *
ask(struct served *s, const char *path, char *question, unsigned status)
{
	struct request request = { .method = "GET",
		.path = path,
		.body = "",
		.argument = argument,
		.context = question };
	struct json_value *document = NULL;
	char error[JSON_ERROR_SIZE];
	struct reply reply;

	reply_init(&reply);
	api_answer(s->api, &request, &reply);
	ck_assert_msg(reply.status == status, "%s: %u %s", path, reply.status,
	    buffer_string(&reply.body));
	ck_assert_msg(json_parse(buffer_string(&reply.body), reply.body.size,
			  &document, error) == STATUS_OK,
	    "%s in %s", error, buffer_string(&reply.body));
	reply_done(&reply);
	return document;
}

static unsigned
post(struct served *s, const char *body)
{
	struct request request = { .method = "POST",
		.path = "/api/v1/reports",
		.content_type = "application/json",
		.body = body,
		.body_size = strlen(body),
		.argument = argument };
	struct reply reply;
	unsigned status;

	reply_init(&reply);
	api_answer(s->api, &request, &reply);
	status = reply.status;
	reply_done(&reply);
	return status;
}

static void
post_good(struct served *s, int number)
{
	char *text = document_of(number, document_neighbor);

	ck_assert_uint_eq(post(s, text), 204);
	free(text);
}

START_TEST(a_report_is_taken_and_found)
{
	char question[] = "0050.569a.1c0e";
	struct served s;
	struct json_value *v;
	const struct json_value *hit;

	serve(&s);
	post_good(&s, 1);
	v = ask(&s, "/api/v1/find", question, 200);
	hit = json_first(json_get(v, "hits"));
	ck_assert_int_eq(json_get_number(v, "count", -1), 1);
	ck_assert_str_eq(json_get_string(hit, "kind"), "nic");
	ck_assert_str_eq(json_get_string(hit, "answer"), "Eth1/1 on leaf1a");
	ck_assert_str_eq(json_get_string(hit, "state"), "current");
	ck_assert_str_eq(json_get_string(hit, "path"), "hv1 ens1f0");
	json_free(v);
	stop(&s);
}
END_TEST

/* A report of one of two hosts that were cloned with their machine id. */
static void
post_clone(struct served *s, int number, char name, const char *trouble)
{
	char *text = document_of(number, document_neighbor);
	struct json_value *v;
	const char *said;

	strstr(text, "\"hv1\"")[3] = name;
	ck_assert_uint_eq(post(s, text), 204);
	free(text);
	v = ask(s, "/api/v1/hosts", NULL, 200);
	said = json_get_string(json_first(json_get(v, "hosts")), "trouble");
	ck_assert_msg(!said == !trouble, "%s", said ? said : "no trouble");
	ck_assert(!said || strncmp(said, trouble, strlen(trouble)) == 0);
	json_free(v);
}

START_TEST(two_hosts_with_one_machine_id_are_told)
{
	struct served s;

	serve(&s);
	post_clone(&s, 1, '1', NULL);
	post_clone(&s, 2, '2', NULL); /* renamed, perhaps */
	post_clone(&s, 3, '1', "two hosts report with this machine id");
	post_clone(&s, 4, '2', "two hosts report with this machine id");
	post_clone(&s, 5, '2', "two hosts report with this machine id");
	clock_now_s += 7200; /* one was given its own */
	post_clone(&s, 6, '2', NULL);
	stop(&s);
}
END_TEST

START_TEST(a_path_has_both_sides_and_evidence)
{
	char question[] = "hv1 ens1f0";
	struct served s;
	struct json_value *v;
	const struct json_value *leg, *neighbor;

	serve(&s);
	post_good(&s, 1);
	v = ask(&s, "/api/v1/path", question, 200);
	leg = json_first(json_get(v, "legs"));
	neighbor = json_get(leg, "neighbor");
	ck_assert_str_eq(json_get_string(neighbor, "verdict"), "yes");
	ck_assert_str_eq(
	    json_get_string(json_get(neighbor, "port"), "name"), "Ethernet1/1");
	ck_assert_uint_ge(json_count(json_get(neighbor, "evidence")), 1);
	ck_assert_str_eq(
	    json_get_string(json_first(json_get(leg, "claims")), "topic"),
	    "cable");
	ck_assert_uint_eq(json_count(json_get(leg, "heard")), 1);
	json_free(v);
	json_free(ask(&s, "/api/v1/path", "nobody", 404));
	stop(&s);
}
END_TEST

START_TEST(lists_and_single_things_are_answered)
{
	struct served s;
	struct json_value *v;

	serve(&s);
	post_good(&s, 1);
	v = ask(&s, "/api/v1/hosts", NULL, 200);
	ck_assert_int_eq(json_get_number(v, "count", -1), 1);
	json_free(v);
	v = ask(&s, "/api/v1/hosts/hv1", NULL, 200);
	ck_assert_str_eq(json_get_string(json_get(v, "host"), "id"), HOST_ID);
	json_free(v);
	json_free(ask(&s, "/api/v1/hosts/" HOST_ID, NULL, 200));
	json_free(ask(&s, "/api/v1/hosts/hv2", NULL, 404));
	v = ask(&s, "/api/v1/switches", NULL, 200);
	ck_assert_int_eq(json_get_number(v, "count", -1), 1);
	json_free(v);
	v = ask(&s, "/api/v1/switches/leaf1a", NULL, 200);
	ck_assert_uint_eq(json_count(json_get(v, "ports")), 1);
	json_free(v);
	json_free(ask(&s, "/api/v1/switches/leaf9", NULL, 404));
	stop(&s);
}
END_TEST

START_TEST(time_makes_what_was_heard_stale)
{
	char question[] = "hv1 ens1f0";
	struct served s;
	struct json_value *v;
	const struct json_value *hit;

	serve(&s);
	post_good(&s, 1);
	json_free(ask(&s, "/api/v1/find", question, 200));
	clock_now_s = 1111; /* it expired at 1110 */
	v = ask(&s, "/api/v1/find", question, 200);
	hit = json_first(json_get(v, "hits"));
	ck_assert_str_eq(json_get_string(hit, "state"), "stale");
	json_free(v);
	stop(&s);
}
END_TEST

START_TEST(garbage_is_refused_and_nothing_is_stored)
{
	static const char *const bodies[] = { "", "{", "[]", "null", "{}",
		"\xff\xfe", "{\"version\":1,\"version\":1}" };
	struct served s;
	struct json_value *v;

	serve(&s);
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		ck_assert_uint_eq(post(&s, bodies[i]), 400);
	v = ask(&s, "/api/v1/hosts", NULL, 200);
	ck_assert_int_eq(json_get_number(v, "count", -1), 0);
	json_free(v);
	json_free(ask(&s, "/api/v1/find", NULL, 400));
	json_free(ask(&s, "/api/v1/reports", NULL, 405));
	json_free(ask(&s, "/api/v1/nothing", NULL, 404));
	json_free(ask(&s, "/a/../secret", NULL, 404));
	stop(&s);
}
END_TEST

START_TEST(a_body_is_wanted_only_as_json_and_only_where_reports_go)
{
	struct request request = { .method = "POST",
		.path = "/api/v1/reports",
		.content_type = "application/json; charset=utf-8" };
	struct reply reply;

	reply_init(&reply);
	ck_assert(api_wants_body(&request, &reply));
	request.content_type = "application/jsonp";
	ck_assert(!api_wants_body(&request, &reply));
	ck_assert_uint_eq(reply.status, 415);
	request.path = "/api/v1/find";
	ck_assert(!api_wants_body(&request, &reply));
	ck_assert_uint_eq(reply.status, 405);
	ck_assert_str_eq(reply.allow, "GET, HEAD");
	reply_done(&reply);
}
END_TEST

/* schema/api.yaml names the routes of the table, each with its method, lists
 * as tables too, and no others of /api. */
START_TEST(the_table_of_routes_is_the_one_in_the_schema)
{
	struct buffer yaml;
	unsigned paths = 0, routes = 0;

	buffer_init(&yaml, 1 << 20);
	ck_assert_int_eq(buffer_read_file(&yaml, "schema/api.yaml"), STATUS_OK);
	for (const struct api_route *r = api_routes; r->path; r++) {
		char line[160];

		(void)snprintf(line, sizeof(line), "\n  %s:\n    %s:\n",
		    r->path, strcmp(r->method, "GET") == 0 ? "get" : "post");
		ck_assert_msg(strstr(buffer_string(&yaml), line) != NULL,
		    "schema/api.yaml lacks %s %s", r->method, r->path);
		routes++;
		if (!r->list)
			continue;
		(void)snprintf(
		    line, sizeof(line), "\n  %s.csv:\n    get:\n", r->path);
		ck_assert_msg(strstr(buffer_string(&yaml), line) != NULL,
		    "schema/api.yaml lacks %s.csv", r->path);
		routes++;
	}
	for (const char *at = buffer_string(&yaml); (at = strstr(at, "\n  /"));
	     at++)
		paths += strncmp(at, "\n  /a/", 6) != 0 &&
			 strncmp(at, "\n  /:", 5) != 0;
	ck_assert_uint_eq(paths, routes);
	buffer_done(&yaml);
}
END_TEST

SUITE("api", two_hosts_with_one_machine_id_are_told,
    a_report_is_taken_and_found, a_path_has_both_sides_and_evidence,
    lists_and_single_things_are_answered, time_makes_what_was_heard_stale,
    garbage_is_refused_and_nothing_is_stored,
    a_body_is_wanted_only_as_json_and_only_where_reports_go,
    the_table_of_routes_is_the_one_in_the_schema)
