#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "collector/api_inside.h"
#include "collector/rules/known.h"
#include "tests/support/asking.h"
#include "tests/support/suite.h"

enum { HOLD_S = 30 };

/* A rule of ours: what it says of every host. */
static enum ruling ruling;
static const char *sentence;

static void
say(const struct rule *rule, const struct known *known, struct judgements *out)
{
	static const char *nics[] = { "ens1f0" };
	struct judgement *j = judgements_add(out, rule, ruling);

	ck_assert_ptr_nonnull(j);
	j->about = "ens1f0 120";
	j->nic = "ens1f0";
	j->sentence = sentence;
	j->wanting = "LLDP on the switch";
	j->listed = true;
	j->closes = "when the port carries VLAN 120";
	j->things = (struct judged_things){ .nics = nics, .nic_count = 1 };
	j->touched = (struct judged_touched){ 14, { "web-01", known->name } };
}

static const struct rule rules[] = {
	{ "not-carried", RULES_VLAN, HOP_PORT, OWNED_BY_NETWORK, SEVERITY_ERROR,
	    0, "what", "why", "needs", "says", "fixes", say },
	{ .id = NULL },
};
static const struct rule slow_rules[] = {
	{ "not-carried", RULES_VLAN, HOP_PORT, OWNED_BY_NETWORK, SEVERITY_ERROR,
	    HOLD_S, "what", "why", "needs", "says", "fixes", say },
	{ .id = NULL },
};

static void
begin(const struct rule *table)
{
	ruling = RULING_BROKEN;
	sentence = "VLAN 120 does not arrive on hv1 ens1f0";
	asking_begin();
	asking_api->findings.rules = table;
	asking_post_file("tests/reports/hv1.json");
	docket_settle(asking_api->docket);
}

static struct json_value *
ask(const char *path)
{
	docket_settle(asking_api->docket);
	return asking(path, "", 200);
}

/* "broken VLAN 120 ...": what the list has. */
static const char *
listed(void)
{
	static char text[16384];
	struct json_value *v = ask("/api/v1/findings");

	text[0] = '\0';
	for (const struct json_value *f = json_first(json_get(v, "findings"));
	     f; f = json_next(f)) {
		size_t size = strlen(text);

		(void)snprintf(text + size, sizeof(text) - size, "%s %s%s;",
		    json_get_string(f, "verdict"),
		    json_get_string(f, "sentence"),
		    json_get(f, "acknowledged") ? ", known" : "");
	}
	json_free(v);
	return text;
}

static const char *
first_id(void)
{
	static char id[FINDING_ID_SIZE];
	struct json_value *v = ask("/api/v1/findings");

	(void)snprintf(id, sizeof(id), "%s",
	    json_get_string(json_first(json_get(v, "findings")), "id"));
	json_free(v);
	return id;
}

/* Time goes on; what is due is judged. */
static void
live_until(int64_t now)
{
	asking_now = now;
	api_sweep(asking_api, now * 1000);
	docket_settle(asking_api->docket);
}

static unsigned
post_ack(const char *id, const char *body, const struct caller *caller)
{
	char path[128];
	struct request request = { .method = "POST",
		.path = path,
		.content_type = "application/json",
		.body = body,
		.body_size = strlen(body),
		.caller = caller,
		.argument = asking_argument };
	struct reply reply;
	unsigned status;

	(void)snprintf(path, sizeof(path), "/api/v1/findings/%s/ack", id);
	reply_init(&reply);
	if (api_wants_body(&request, &reply))
		api_answer(asking_api, &request, &reply);
	status = reply.status;
	reply_done(&reply);
	return status;
}

START_TEST(a_report_is_judged_and_the_finding_is_told)
{
	struct json_value *v, *one;
	const struct json_value *f;
	char path[64];

	begin(rules);
	v = ask("/api/v1/findings");
	ck_assert_int_eq(json_get_number(v, "count", -1), 1);
	ck_assert_int_eq(
	    json_get_number(json_get(v, "judged"), "hosts", -1), 1);
	f = json_first(json_get(v, "findings"));
	ck_assert_str_eq(json_get_string(f, "rule"), "not-carried");
	ck_assert_str_eq(json_get_string(f, "host"), "hv1");
	ck_assert_str_eq(json_get_string(f, "owner"), "network");
	ck_assert_int_eq(json_get_number(f, "opened_at", -1), 1000);
	ck_assert_int_eq(
	    json_get_number(json_get(f, "touched"), "count", -1), 14);
	(void)snprintf(path, sizeof(path), "/api/v1/findings/%s",
	    json_get_string(f, "id"));
	one = asking(path, "", 200);
	ck_assert_str_eq(
	    json_get_string(json_get(one, "finding"), "sentence"), sentence);
	json_free(one);
	json_free(v);
	json_free(asking("/api/v1/findings/0123456789abcdef", "", 404));
	asking_end();
}
END_TEST

START_TEST(what_flaps_is_not_told_before_it_lasts)
{
	begin(slow_rules);
	ck_assert_str_eq(listed(), "");
	live_until(1000 + HOLD_S - 1);
	ck_assert_str_eq(listed(), "");
	live_until(1000 + HOLD_S);
	ck_assert_str_eq(
	    listed(), "broken VLAN 120 does not arrive on hv1 ens1f0;");
	asking_end();
}
END_TEST

START_TEST(a_host_that_falls_silent_is_judged_again)
{
	begin(rules);
	ruling = RULING_UNKNOWN;
	sentence = "nobody tells";
	live_until(1001);
	ck_assert_str_eq(
	    listed(), "broken VLAN 120 does not arrive on hv1 ens1f0;");
	live_until(1000 + HOST_SILENT_S + 1);
	ck_assert_str_eq(listed(), "unknown nobody tells;");
	asking_end();
}
END_TEST

START_TEST(hosts_and_ways_name_their_findings)
{
	struct json_value *v;
	const struct json_value *leg;

	begin(rules);
	v = ask("/api/v1/hosts/hv1");
	ck_assert_uint_eq(json_count(json_get(v, "findings")), 1);
	json_free(v);
	v = asking("/api/v1/path", "hv1 ens1f0", 200);
	leg = json_first(json_get(v, "legs"));
	ck_assert_uint_eq(json_count(json_get(leg, "findings")), 1);
	json_free(v);
	v = asking("/api/v1/path", "hv1 ens1f1", 200);
	leg = json_first(json_get(v, "legs"));
	ck_assert_uint_eq(json_count(json_get(leg, "findings")), 0);
	json_free(v);
	asking_end();
}
END_TEST

START_TEST(who_may_mend_it_may_say_that_he_knows)
{
	static const char good[] = "{\"note\":\"ordered\"}";
	struct caller ann = { .role = ROLE_NETWORK, .name = "ann" };
	struct caller eve = { .role = ROLE_VIEWER, .name = "eve" };
	char id[FINDING_ID_SIZE];

	begin(rules);
	(void)snprintf(id, sizeof(id), "%s", first_id());
	ck_assert_uint_eq(post_ack(id, good, &eve), 403);
	ck_assert_uint_eq(post_ack(id, "{\"note\":\"\"}", &ann), 400);
	ck_assert_uint_eq(post_ack(id, "[]", &ann), 400);
	ck_assert_uint_eq(
	    post_ack(id, "{\"note\":\"x\",\"until\":999}", &ann), 400);
	ck_assert_uint_eq(post_ack("0123456789abcdef", good, &ann), 404);
	ck_assert_uint_eq(post_ack("x", good, &ann), 404);
	ck_assert_uint_eq(post_ack(id, good, &ann), 200);
	ck_assert_str_eq(
	    listed(), "broken VLAN 120 does not arrive on hv1 ens1f0, known;");
	asking_end();
}
END_TEST

START_TEST(what_is_open_survives_the_collector)
{
	const struct rule *table = rules;

	begin(rules);
	ck_assert_uint_eq(
	    post_ack(first_id(), "{\"note\":\"ordered\"}", NULL), 200);
	api_free(asking_api);
	asking_now = 1100;
	ruling = RULING_HOLDS;
	ck_assert_int_eq(
	    api_new(asking_store, NULL, asking_time, &asking_api), STATUS_OK);
	/* This rule is none of the real ones: it was not taken over. */
	asking_api->findings.rules = table;
	ck_assert_str_eq(listed(), "");
	asking_end();
}
END_TEST

START_TEST(rules_can_be_read)
{
	struct json_value *v;

	begin(rules);
	v = ask("/api/v1/rules");
	ck_assert_str_eq(
	    json_get_string(json_first(json_get(v, "rules")), "id"),
	    "not-carried");
	json_free(v);
	asking_end();
}
END_TEST

START_TEST(what_is_judged_host_by_host_is_what_is_judged_at_once)
{
	static const char *const reports[] = { "tests/reports/hv1.json",
		"tests/reports/esx01.json", "tests/reports/esx02.json",
		"tests/reports/esx03-disconnected.json" };
	char *one_by_one;

	asking_begin();
	for (size_t i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
		asking_post_file(reports[i]);
		docket_settle(asking_api->docket);
	}
	for (int64_t now = 1010; now < 2000; now += 30)
		live_until(now);
	one_by_one = strdup(listed());
	for (size_t i = 0; i < asking_api->model.count; i++)
		docket_put(asking_api->docket,
		    asking_api->model.hosts[i]->host_id, DOCKET_TOUCHED);
	docket_settle(asking_api->docket);
	ck_assert_ptr_nonnull(one_by_one);
	ck_assert_str_ne(one_by_one, "");
	ck_assert_str_eq(one_by_one, listed());
	free(one_by_one);
	asking_end();
}
END_TEST

SUITE("api_findings", what_is_judged_host_by_host_is_what_is_judged_at_once,
    a_report_is_judged_and_the_finding_is_told,
    what_flaps_is_not_told_before_it_lasts,
    a_host_that_falls_silent_is_judged_again,
    hosts_and_ways_name_their_findings, who_may_mend_it_may_say_that_he_knows,
    what_is_open_survives_the_collector, rules_can_be_read)
