#include "collector/api.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/feed.h"
#include "collector/history.h"
#include "tests/support/database.h"
#include "tests/support/suite.h"

enum { BODY_SIZE = 4096 };

static int64_t now;
static struct store *store;
static struct api *api;
static const char *arguments[8]; /* name, value ... NULL */
static int64_t number;

static int64_t
told_time(void)
{
	return now;
}

static const char *
argument(const struct request *r, const char *name)
{
	(void)r;
	for (size_t i = 0; arguments[i]; i += 2) {
		if (strcmp(arguments[i], name) == 0)
			return arguments[i + 1];
	}
	return NULL;
}

static void
begin(void)
{
	char error[STORE_ERROR_SIZE];

	now = 100000;
	ck_assert_int_eq(
	    store_open(database_of_test(), &store, error), STATUS_OK);
	ck_assert_int_eq(api_new(store, NULL, told_time, &api), STATUS_OK);
}

static void
end(void)
{
	api_stop(api);
	api_free(api);
	store_close(store);
}

/* A report of hv1 or hv2 with these workloads. */
static void
post(int host, const char *workloads)
{
	char body[BODY_SIZE];
	struct request request = { .method = "POST",
		.path = "/api/v1/reports",
		.content_type = "application/json",
		.body = body };
	struct reply reply;

	number++;
	(void)snprintf(body, sizeof(body),
	    "{\"version\":1,\"number\":%lld,\"sent_at\":%lld,\"digest\":"
	    "\"%016llx\",\"host\":{\"id\":\"%d123456789abcdef0123456789abcdef"
	    "\",\"name\":\"hv%d\"},\"nics\":[],\"links\":[],\"workloads\":[%s]"
	    "}",
	    (long long)number, (long long)now, (long long)number, host, host,
	    workloads);
	request.body_size = strlen(body);
	reply_init(&reply);
	api_answer(api, &request, &reply);
	ck_assert_msg(reply.status == 204, "%s", buffer_string(&reply.body));
	reply_done(&reply);
}

#define VM(name)                                                               \
	"{\"id\":\"id-" name "\",\"kind\":\"vm\",\"name\":\"" name "\","       \
	"\"state\":\"running\"}"

/* Asks; free the answer. */
static struct json_value *
ask(const char *path, unsigned status)
{
	struct request request = {
		.method = "GET", .path = path, .body = "", .argument = argument
	};
	char error[JSON_ERROR_SIZE];
	struct json_value *v = NULL;
	struct reply reply;

	reply_init(&reply);
	api_answer(api, &request, &reply);
	ck_assert_msg(reply.status == status, "%s: %u %s", path, reply.status,
	    buffer_string(&reply.body));
	ck_assert_int_eq(
	    json_parse(buffer_string(&reply.body), reply.body.size, &v, error),
	    STATUS_OK);
	reply_done(&reply);
	return v;
}

/* All sentences with their moments. */
static void
check(const char *path, const char *expected)
{
	struct json_value *v = ask(path, 200);
	const struct json_value *c = json_first(json_get(v, "changes"));
	char said[BODY_SIZE] = "";

	for (; c; c = json_next(c)) {
		size_t size = strlen(said);

		if (json_get(c, "at"))
			(void)snprintf(said + size, sizeof(said) - size,
			    "%lld ", (long long)json_get_number(c, "at", -1));
		size = strlen(said);
		(void)snprintf(said + size, sizeof(said) - size, "%s\n",
		    json_get_string(c, "text"));
	}
	ck_assert_str_eq(said, expected);
	json_free(v);
}

static void
with(const char *a, const char *b, const char *c, const char *d)
{
	arguments[0] = a;
	arguments[1] = b;
	arguments[2] = c;
	arguments[3] = d;
	arguments[4] = NULL;
}

static void
let_things_happen(void)
{
	begin();
	post(1, VM("a"));
	post(2, "");
	now = 100010;
	post(1, VM("a") "," VM("b"));
	now = 100020;
	post(1, VM("b"));
	post(2, VM("a"));
	now = 100030;
}

START_TEST(what_changed_is_listed_the_latest_first)
{
	let_things_happen();
	with(NULL, NULL, NULL, NULL);
	check("/api/v1/changes",
	    "100020 a is gone from hv1\n"
	    "100020 a started on hv2\n"
	    "100010 b started on hv1\n"
	    "100000 hv1 reported for the first time: 0 NICs, 1 workload\n"
	    "100000 hv2 reported for the first time: 0 NICs, 0 workloads\n");
	with("since", "100010", "until", "100020");
	check("/api/v1/changes", "100010 b started on hv1\n");
	with("host", "hv2", "since", "100001");
	check("/api/v1/changes", "100020 a started on hv2\n");
	with("host", "2123456789abcdef0123456789abcdef", "kind", "host");
	check("/api/v1/changes",
	    "100000 hv2 reported for the first time: 0 NICs, 0 workloads\n");
	with("kind", "workload", "since", "1970-01-02T03:46:50Z");
	check("/api/v1/changes", "100020 a is gone from hv1\n"
				 "100020 a started on hv2\n"
				 "100010 b started on hv1\n");
	with("kind", "nic", NULL, NULL);
	check("/api/v1/changes", "");
	end();
}
END_TEST

/* The argument "after" of the next page; "" when this is the last. */
static void
find_after(const struct json_value *v, char out[static 200])
{
	const char *next = json_get_string(v, "next");
	const char *after = next ? strstr(next, "&after=") : NULL;
	size_t size = 0;

	out[0] = '\0';
	for (after = after ? after + 7 : ""; *after; after++) {
		bool end = strncmp(after, "%1F", 3) == 0;

		out[size++] = end ? '\x1f' : *after;
		after += end ? 2 : 0;
	}
	out[size] = '\0';
}

START_TEST(pages_together_are_all_changes)
{
	char after[200] = "";
	size_t count = 0;

	let_things_happen();
	with("limit", "2", NULL, NULL);
	do {
		struct json_value *v = ask("/api/v1/changes", 200);

		ck_assert_uint_le(json_count(json_get(v, "changes")), 2);
		count += json_count(json_get(v, "changes"));
		find_after(v, after);
		json_free(v);
		with("limit", "2", "after", after);
	} while (after[0]);
	ck_assert_uint_eq(count, 5);
	end();
}
END_TEST

START_TEST(two_moments_differ_by_what_remains)
{
	let_things_happen();
	with("from", "100000", NULL, NULL);
	check("/api/v1/diff",
	    "a is gone from hv1\nb started on hv1\na started on hv2\n");
	with("from", "100000", "to", "100010");
	check("/api/v1/diff", "b started on hv1\n");
	with("from", "100010", "to", "100010");
	check("/api/v1/diff", "");
	end();
}
END_TEST

START_TEST(a_host_that_is_silent_is_a_change)
{
	const struct history_silence silence = { 0x2123456789abcdef >> 1,
		100020, 101000 };

	let_things_happen();
	now = 101000;
	post(2, VM("a"));
	ck_assert_int_eq(store_begin(store), STATUS_OK);
	ck_assert_int_eq(history_note_silence(store, &silence), STATUS_OK);
	ck_assert_int_eq(store_commit(store), STATUS_OK);
	with("kind", "silence", NULL, NULL);
	check("/api/v1/changes", "101000 hv2 is back, after 16 min\n"
				 "100020 hv1 fell silent\n"
				 "100020 hv2 fell silent\n");
	end();
}
END_TEST

static bool sleeps;

static void
fall_asleep(void *context)
{
	(void)context;
	sleeps = true;
}

static void
wake_up(void *context)
{
	(void)context;
	sleeps = false;
}

/* What the stream says until it sleeps. */
static void
hear(struct stream *stream, char out[static BODY_SIZE])
{
	size_t size = 0;

	while (!sleeps && size < BODY_SIZE - 1)
		size += stream->read(stream, out + size, BODY_SIZE - 1 - size);
	out[size] = '\0';
}

/* The stream is that of the reply. */
static void
listen_to_events(struct reply *reply)
{
	struct request request = {
		.method = "GET", .path = "/api/v1/events", .argument = argument
	};
	char said[BODY_SIZE];

	with(NULL, NULL, NULL, NULL);
	reply_init(reply);
	api_answer(api, &request, reply);
	ck_assert_ptr_nonnull(reply->stream);
	reply->stream->sleep = fall_asleep;
	reply->stream->wake = wake_up;
	sleeps = false;
	hear(reply->stream, said);
}

START_TEST(a_silence_that_began_before_anybody_listened_is_not_news)
{
	char said[BODY_SIZE];
	struct reply reply;

	let_things_happen();
	listen_to_events(&reply);
	api_sweep(api, 1);
	reply_done(&reply);
	/* Until the one that listened is forgotten. */
	api_sweep(api, 2);
	api_sweep(api, 2 + 2 * FEED_AWAY_MS);
	now += 1000;
	api_sweep(api, 3 + 2 * FEED_AWAY_MS);
	listen_to_events(&reply);
	now += 10;
	api_sweep(api, 4 + 2 * FEED_AWAY_MS);
	post(2, VM("c"));
	hear(reply.stream, said);
	ck_assert_ptr_nonnull(strstr(said, "\"hv2 is back"));
	ck_assert_ptr_null(strstr(said, "fell silent"));
	reply_done(&reply);
	end();
}
END_TEST

START_TEST(a_host_that_falls_silent_is_told_at_once)
{
	char said[BODY_SIZE];
	struct reply reply;

	let_things_happen();
	listen_to_events(&reply);
	api_sweep(api, 1);
	now += 100;
	post(2, VM("a"));
	now += 100;
	api_sweep(api, 2);
	hear(reply.stream, said);
	ck_assert_ptr_nonnull(strstr(said, "\"hv1 fell silent\""));
	ck_assert_ptr_null(strstr(said, "hv2 fell silent"));
	now += 100;
	post(1, VM("b"));
	hear(reply.stream, said);
	ck_assert_ptr_nonnull(strstr(said, "\"hv1 is back, after 5 min\""));
	api_sweep(api, 3);
	hear(reply.stream, said);
	ck_assert_ptr_nonnull(strstr(said, "\"hv2 fell silent\""));
	/* Findings about hv1 may be among them. */
	ck_assert_ptr_null(strstr(said, "hv1 fell silent"));
	reply_done(&reply);
	end();
}
END_TEST

START_TEST(what_was_before_history_is_not_told_as_quiet)
{
	struct json_value *v;

	let_things_happen();
	with("since", "99000", NULL, NULL);
	v = ask("/api/v1/changes", 200);
	ck_assert_int_eq(json_get_number(v, "history_since", 0), 100000);
	json_free(v);
	with("since", "100000", NULL, NULL);
	v = ask("/api/v1/changes", 200);
	ck_assert_ptr_null(json_get(v, "history_since"));
	json_free(v);
	end();
}
END_TEST

START_TEST(wrong_questions_are_refused)
{
	static const char *const wrong[][2] = { { "since", "yesterday" },
		{ "since", "200000" }, { "kind", "cable" }, { "host", "" },
		{ "after", "x" }, { "limit", "0" } };

	let_things_happen();
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		with(wrong[i][0], wrong[i][1], NULL, NULL);
		json_free(ask("/api/v1/changes", 400));
	}
	with("host", "hv9", NULL, NULL);
	json_free(ask("/api/v1/changes", 404));
	with(NULL, NULL, NULL, NULL);
	json_free(ask("/api/v1/diff", 400));
	with("from", "99000", NULL, NULL);
	json_free(ask("/api/v1/diff", 410));
	with("from", "100020", "to", "100010");
	json_free(ask("/api/v1/diff", 400));
	end();
}
END_TEST

SUITE("api_changes", what_changed_is_listed_the_latest_first,
    pages_together_are_all_changes, two_moments_differ_by_what_remains,
    a_silence_that_began_before_anybody_listened_is_not_news,
    a_host_that_is_silent_is_a_change, a_host_that_falls_silent_is_told_at_once,
    what_was_before_history_is_not_told_as_quiet, wrong_questions_are_refused)
