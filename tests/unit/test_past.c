#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/api.h"
#include "collector/history.h"
#include "collector/store.h"
#include "tests/bench/fleet/model.h"
#include "tests/support/suite.h"

enum {
	BEGIN = 1000000000,
	HOSTS = 3,
	TICKS = 120,
	TICK_S = 60,
	QUESTIONS = 10,
	TEXT_SIZE = 128,
	DOCUMENT_SIZE_MOST = 64 * 1024
};

/* What is asked of one moment, and what was answered then. */
struct question {
	char path[TEXT_SIZE];
	char text[TEXT_SIZE]; /* of "q" or "of"; "": none */
	char *answer;
};
struct moment {
	int64_t at;
	struct question questions[QUESTIONS];
};

/* A host of the fleet; its number is a multiple of 30, so that it has heard its
 * neighbors when it reports. */
struct host {
	uint32_t revision;
	int64_t number;
	unsigned quiet; /* ticks for which it says nothing */
};

static struct store *store;
static struct api *api;
static int64_t now;
static const char *limit; /* of a page; NULL: none */
static struct host hosts[HOSTS];
static struct moment moments[TICKS];

static int64_t
unix_now(void)
{
	return now;
}

/* 0 to 'most' - 1; the same in each run. */
static unsigned
any(unsigned most)
{
	static uint32_t state = 7;

	state = state * 1664525 + 1013904223;
	return (state >> 8) % most;
}

static void
begin(void)
{
	char error[STORE_ERROR_SIZE];

	now = BEGIN;
	memset(hosts, 0, sizeof(hosts));
	ck_assert_int_eq(store_open(":memory:", &store, error), STATUS_OK);
	ck_assert_int_eq(api_new(store, NULL, unix_now, &api), STATUS_OK);
}

static void
end(void)
{
	api_stop(api);
	api_free(api);
	store_close(store);
}

/* As if the collector had been stopped and started. */
static void
restart(void)
{
	api_stop(api);
	api_free(api);
	ck_assert_int_eq(api_new(store, NULL, unix_now, &api), STATUS_OK);
}

/* ---- reports --------------------------------------------------------------
 */

static const char *
no_argument(const struct request *r, const char *name)
{
	(void)r;
	(void)name;
	return NULL;
}

/* As the host was at 'at'; it comes now. */
static void
report_of(unsigned which, int64_t at)
{
	struct host *h = &hosts[which];
	struct fleet_host fleet = { which * 30, h->revision, at };
	struct buffer body;
	struct request request = { .method = "POST",
		.path = "/api/v1/reports",
		.content_type = "application/json",
		.argument = no_argument };
	struct reply reply;

	buffer_init(&body, DOCUMENT_SIZE_MOST);
	fleet_report(&body, &fleet, ++h->number);
	request.body = buffer_string(&body);
	request.body_size = body.size;
	reply_init(&reply);
	api_answer(api, &request, &reply);
	ck_assert_msg(reply.status == 204, "%s", buffer_string(&reply.body));
	reply_done(&reply);
	buffer_done(&body);
}

static void
report(unsigned which)
{
	report_of(which, now);
}

/* ---- questions ------------------------------------------------------------
 */

struct arguments {
	const char *text, *at;
};

static const char *
argument(const struct request *r, const char *name)
{
	const struct arguments *asked = r->context;

	if (strcmp(name, "at") == 0)
		return asked->at;
	if (strcmp(name, "limit") == 0)
		return limit;
	if (strcmp(name, "q") != 0 && strcmp(name, "of") != 0)
		return NULL;
	return asked->text[0] ? asked->text : NULL;
}

/* The body is the caller's. */
static char *
ask(const char *path, const char *text, const char *at, unsigned *out_status)
{
	struct arguments asked = { text, at };
	struct request request = { .method = "GET",
		.path = path,
		.argument = argument,
		.context = &asked };
	struct reply reply;
	char *body;

	reply_init(&reply);
	api_answer(api, &request, &reply);
	*out_status = reply.status;
	body = strdup(buffer_string(&reply.body));
	reply_done(&reply);
	return body;
}

/* Takes out what a moment of the past cannot know to the second. */
static void
leave_out(char *text, const char *member)
{
	char *at = text;

	while ((at = strstr(at, member))) {
		char *digits = at + strlen(member);
		char *behind = digits + strspn(digits, "0123456789");

		if (*behind == ',')
			behind++;
		else if (at > text && at[-1] == ',')
			at--;
		memmove(at, behind, strlen(behind) + 1);
	}
}

/* Of a moment that is past none are told with the thing: the member goes. */
static void
leave_out_findings(char *taken)
{
	static const char name[] = ",\"findings\":[";

	while ((taken = strstr(taken, name))) {
		const char *end = strchr(taken, ']');

		memmove(taken, end + 1, strlen(end));
	}
}

static char *
what_lasts(char *taken)
{
	static const char *const members[] = { "\"now\":", "\"asked_at\":",
		"\"frames\":", "\"last_heard\":", "\"expires\":",
		"\"first_heard\":", "\"seen_at\":", "\"last_report\":",
		"\"last_report_from\":", "\"frames_heard\":" };

	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		leave_out(taken, members[i]);
	leave_out_findings(taken);
	return taken;
}

static void
choose(struct question *q, unsigned which)
{
	static const char *const lists[] = { "hosts", "switches", "vms",
		"vswitches", "vlans" };
	unsigned host = any(HOSTS);
	struct fleet_host fleet = { host * 30, hosts[host].revision, now };
	struct fleet_machine machine;

	fleet_machine(&fleet, any(FLEET_MACHINES), &machine);
	q->text[0] = '\0';
	if (which < 5) {
		(void)snprintf(q->path, TEXT_SIZE, "/api/v1/%s", lists[which]);
	} else if (which == 5) {
		(void)snprintf(
		    q->path, TEXT_SIZE, "/api/v1/hosts/hv%06u", host * 30);
	} else if (which == 6) {
		(void)snprintf(
		    q->path, TEXT_SIZE, "/api/v1/vms/%s", machine.name);
	} else {
		(void)snprintf(q->path, TEXT_SIZE, "/api/v1/%s",
		    which == 7 ? "path" : "find");
		(void)snprintf(q->text, TEXT_SIZE, "%s",
		    which == 8 ? machine.mac : machine.name);
	}
}

static void
remember(struct moment *m)
{
	unsigned status;

	m->at = now;
	for (unsigned i = 0; i < QUESTIONS; i++) {
		struct question *q = &m->questions[i];

		choose(q, i);
		q->answer = what_lasts(ask(q->path, q->text, NULL, &status));
	}
}

static void
compare(const struct moment *m)
{
	char at[32];
	unsigned status;

	(void)snprintf(at, sizeof(at), "%" PRId64, m->at);
	for (unsigned i = 0; i < QUESTIONS; i++) {
		const struct question *q = &m->questions[i];
		char *answer = what_lasts(ask(q->path, q->text, at, &status));

		ck_assert_msg(strcmp(answer, q->answer) == 0,
		    "%s %s at %s (%" PRId64 " s ago):\nthen %s\nnow  %s",
		    q->path, q->text, at, now - m->at, q->answer, answer);
		free(answer);
	}
}

/* ---- the walk -------------------------------------------------------------
 */

/* Each host reports, changed or not, or is quiet for some minutes. */
static void
tick(void)
{
	now += TICK_S;
	for (unsigned i = 0; i < HOSTS; i++) {
		if (hosts[i].quiet > 0) {
			hosts[i].quiet--;
			continue;
		}
		if (any(30) == 0)
			hosts[i].quiet = 4 + any(6);
		else if (any(3) == 0)
			hosts[i].revision += 1 + any(3);
		report(i);
	}
	if (any(20) == 0)
		restart();
}

START_TEST(what_was_answered_is_answered_again)
{
	begin();
	for (unsigned i = 0; i < HOSTS; i++)
		report(i);
	for (unsigned i = 0; i < TICKS; i++) {
		tick();
		now += any(25);
		remember(&moments[i]);
		/* Also while what was true then is still true. */
		if (i % 10 == 9)
			compare(&moments[any(i)]);
	}
	now += 7 * TICK_S;
	for (unsigned i = 0; i < TICKS; i++)
		compare(&moments[i]);
	for (unsigned i = 0; i < TICKS; i++) {
		for (unsigned k = 0; k < QUESTIONS; k++)
			free(moments[i].questions[k].answer);
	}
	end();
}
END_TEST

static void
expect_of(const char *path, const char *text, const char *at, const char *words)
{
	unsigned got;
	char *body = ask(path, text, at, &got);

	ck_assert_msg(got == 200 && strstr(body, words), "%s of %s at %s: %s",
	    path, text, at, body);
	free(body);
}

static void
expect(const char *path, const char *at, unsigned status, const char *words)
{
	unsigned got;
	char *body = ask(path, "", at, &got);

	ck_assert_msg(got == status && strstr(body, words), "%s at %s: %u %s",
	    path, at, got, body);
	free(body);
}

START_TEST(a_moment_that_cannot_be_shown_is_refused_with_a_reason)
{
	begin(); /* 2001-09-09T01:46:40Z */
	report(0);
	now += 100;
	expect("/api/v1/hosts", "1000000101", 400,
	    "in the future; it is now 2001-09-09T01:48:20Z");
	expect("/api/v1/hosts", "yesterday", 400, "is no moment");
	expect("/api/v1/hosts/hv000000", "", 400, "is no moment");
	expect("/api/v1/find", "2001-09-09T01:46:45Z", 400, "\\\"q\\\"");
	expect("/api/v1/switches", "999999999", 410,
	    "history is kept since 2001-09-09T01:46:40Z");
	expect("/api/v1/hosts/nobody", "1000000050", 404, "no host");
	end();
}
END_TEST

START_TEST(the_present_asked_about_as_the_past_is_the_present)
{
	begin();
	report(0);
	now += 30;
	expect(
	    "/api/v1/hosts", "1000000030", 200, "\"now\":1000000030,\"count\"");
	expect("/api/v1/hosts", "1000000029", 200,
	    "\"now\":1000000029,\"asked_at\":1000000030,\"count\":1");
	/* Before it reported for the first time, nobody knew of it. */
	now += 30;
	report(1);
	now += 30;
	expect("/api/v1/hosts", "1000000059", 200, "\"count\":1");
	expect("/api/v1/hosts", "2001-09-09T01:47:40Z", 200, "\"count\":2");
	end();
}
END_TEST

START_TEST(the_time_in_which_no_collector_ran_says_so)
{
	begin();
	report(0);
	now += 60;
	report(0);
	api_stop(api);
	api_free(api);
	now += 1000;
	ck_assert_int_eq(api_new(store, NULL, unix_now, &api), STATUS_OK);
	now += 10;
	report(0);
	now += 10;
	expect("/api/v1/hosts", "1000000070", 200,
	    "\"collector_down\":{\"since\":1000000060,\"until\":1000001060}");
	expect("/api/v1/hosts", "1000000070", 200, "\"silent\":false");
	expect("/api/v1/hosts", "1000000500", 200, "\"silent\":true");
	expect("/api/v1/hosts", "1000001075", 200, "\"silent\":false");
	end();
}
END_TEST

START_TEST(when_a_host_last_spoke_is_told_as_far_as_it_is_known)
{
	begin(); /* it speaks at 0, 100, 200 and, after a silence, at 600 */
	report(0);
	for (unsigned i = 0; i < 2; i++) {
		now += 100;
		report(0);
	}
	expect("/api/v1/hosts", "1000000199", 200,
	    "\"last_report_from\":1000000019,");
	expect("/api/v1/hosts/hv000000", "1000000199", 200,
	    "\"last_report_from\":1000000019,");
	now += 50;
	expect(
	    "/api/v1/hosts", "1000000249", 200, "\"last_report\":1000000200,");
	now += 350;
	report(0);
	expect(
	    "/api/v1/hosts", "1000000599", 200, "\"last_report\":1000000200,");
	expect("/api/v1/vswitches", "1000000150", 200,
	    "\"last_report_from\":999999970,");
	expect_of("/api/v1/path", "hv000000", "1000000150",
	    "\"last_report_from\":999999970,");
	expect("/api/v1/hosts", NULL, 200, "\"last_report\":1000000600,");
	end();
}
END_TEST

START_TEST(a_page_of_the_past_leads_to_the_next_of_the_same_moment)
{
	struct json_value *page;
	char error[JSON_ERROR_SIZE];
	unsigned status;
	char *body;

	begin();
	for (unsigned i = 0; i < HOSTS; i++)
		report(i);
	now += 1000;
	limit = "2";
	body = ask("/api/v1/hosts", "", "2001-09-09T01:46:50Z", &status);
	limit = NULL;
	ck_assert_int_eq(
	    json_parse(body, strlen(body), &page, error), STATUS_OK);
	ck_assert_ptr_nonnull(
	    strstr(json_get_string(page, "next"), "&at=1000000010&"));
	json_free(page);
	free(body);
	end();
}
END_TEST

/* Asks about BEGIN + 500 before and after a report of BEGIN + 400 comes. */
static void
check_late(int64_t come_at)
{
	static const char at[] = "1000000500";
	unsigned status;
	char *early, *late, *anew;

	begin();
	report(0);
	now = BEGIN + 399;
	report(0);
	now = BEGIN + 501;
	early = what_lasts(ask("/api/v1/vms", "", at, &status));
	now = come_at;
	hosts[0].revision += 5;
	report_of(0, BEGIN + 400);
	late = what_lasts(ask("/api/v1/vms", "", at, &status));
	restart();
	anew = what_lasts(ask("/api/v1/vms", "", at, &status));
	ck_assert_msg(strcmp(early, late) != 0, "nothing is new");
	ck_assert_msg(strcmp(late, anew) == 0, "it differs made anew");
	free(early);
	free(late);
	free(anew);
	end();
}

START_TEST(a_report_that_comes_late_is_in_a_moment_asked_about_before)
{
	check_late(BEGIN + 502);
	check_late(BEGIN + 5000); /* after a silence */
}
END_TEST

SUITE("past", a_report_that_comes_late_is_in_a_moment_asked_about_before,
    what_was_answered_is_answered_again,
    a_moment_that_cannot_be_shown_is_refused_with_a_reason,
    the_present_asked_about_as_the_past_is_the_present,
    the_time_in_which_no_collector_ran_says_so,
    when_a_host_last_spoke_is_told_as_far_as_it_is_known,
    a_page_of_the_past_leads_to_the_next_of_the_same_moment)
