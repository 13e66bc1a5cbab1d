#include "collector/model.h"

#include <check.h>
#include <string.h>

#include "tests/support/suite.h"

#define HOST "{\"host\":{\"name\":\"hv1\"},\"agent\":{\"started_at\":10}}"
#define NIC "{\"name\":\"ens1f0\",\"mac\":\"04:3f:00:00:00:01\"}"
#define ENDED                                                                  \
	"{\"protocol\":\"lldp\",\"system_name\":\"leaf1\","                    \
	"\"ended\":{\"reason\":\"expired\",\"at\":1003}}"
#define LINK "{\"name\":\"vnet0\"}"
#define MACHINE                                                                \
	"{\"id\":\"m1\",\"kind\":\"vm\",\"name\":\"web\",\"vnics\":[{"         \
	"\"name\":\"vnet0\"}]}"
#define MACHINE_OFF                                                            \
	"{\"id\":\"m1\",\"kind\":\"vm\",\"name\":\"web\",\"state\":\"off\"}"

static const struct heard silent = { -1, -1, -1, -1, -1, -1 };

static struct store_claim
claim(int64_t n, enum claim_kind kind, const char *key, const char *facts)
{
	struct store_claim c = { n, kind, key, facts, 900, silent, 0 };

	if (kind == CLAIM_NEIGHBOR)
		c.heard = (struct heard){ 900, 1000, 1120, 4, -1, -1 };
	return c;
}

static void
take(struct model *m, int64_t now, const struct store_claim *claims,
    size_t count)
{
	struct model_change change = {
		.row = { .host_id = 7, .seen_at = now },
		.claims = claims,
		.claim_count = count,
	};

	ck_assert_int_eq(model_take(m, &change), STATUS_OK);
}

enum { FIRST_COUNT = 5 };
static struct store_claim first[FIRST_COUNT];

static void
take_first(struct model *m)
{
	first[0] = claim(1, CLAIM_HOST, "", HOST);
	first[1] = claim(2, CLAIM_NIC, "ens1f0", NIC);
	first[2] = claim(3, CLAIM_NEIGHBOR, "[\"ens1f0\",\"lldp\"]", ENDED);
	first[3] = claim(4, CLAIM_LINK, "vnet0", LINK);
	first[4] = claim(5, CLAIM_WORKLOAD, "m1", MACHINE);
	take(m, 1010, first, FIRST_COUNT);
}

START_TEST(what_is_inside_changes_nothing_outside)
{
	struct model m = { .count = 0 };
	struct store_claim next[FIRST_COUNT];
	const struct model_neighbor *neighbor;
	const struct model_host *host;
	const char *facts;

	take_first(&m);
	host = m.hosts[0];
	neighbor = &host->nics[0].neighbors[0];
	facts = host->claims[1].facts;
	ck_assert_uint_eq(m.outside_changes, 1);
	memcpy(next, first, sizeof(next));
	next[4] = claim(6, CLAIM_WORKLOAD, "m1", MACHINE_OFF);
	take(&m, 1020, next, FIRST_COUNT);
	ck_assert_uint_eq(m.changes, 2);
	ck_assert_uint_eq(m.outside_changes, 1);
	ck_assert_ptr_eq(m.hosts[0], host);
	ck_assert_ptr_eq(&host->nics[0].neighbors[0], neighbor);
	ck_assert_ptr_eq(host->claims[1].facts, facts);
	ck_assert_str_eq(model_inside(host)->workloads[0].state, "off");
	model_done(&m);
}
END_TEST

START_TEST(a_changed_outside_is_made_anew_of_the_texts_that_stay)
{
	struct model m = { .count = 0 };
	struct store_claim next[FIRST_COUNT];
	const struct model_host *host;
	const char *facts;

	take_first(&m);
	host = m.hosts[0];
	facts = host->claims[4].facts;
	memcpy(next, first, 3 * sizeof(next[0]));
	next[3] = first[4];
	take(&m, 1020, next, FIRST_COUNT - 1);
	ck_assert_uint_eq(m.outside_changes, 2);
	ck_assert_ptr_eq(m.hosts[0], host);
	ck_assert_uint_eq(host->link_count, 0);
	ck_assert_uint_eq(host->claim_count, 4);
	ck_assert_ptr_eq(host->claims[3].facts, facts);
	ck_assert_uint_eq(model_find_claim(host, CLAIM_WORKLOAD, "m1"), 3);
	ck_assert_uint_eq(
	    model_find_claim(host, CLAIM_LINK, "vnet0"), MODEL_NONE);
	model_done(&m);
}
END_TEST

START_TEST(what_is_heard_again_is_shown_and_moves_nothing)
{
	struct model_heard heard;
	struct model m = { .count = 0 };
	const struct model_host *host;

	take_first(&m);
	host = m.hosts[0];
	heard = (struct model_heard){ first[2].n, first[2].heard, 0 };
	heard.heard.last_heard = 1060;
	ck_assert_int_eq(
	    model_take(&m, &(struct model_change){ .row = { .host_id = 7,
						       .seen_at = 1070 },
			       .heard = &heard,
			       .heard_count = 1,
			       .same = true }),
	    STATUS_OK);
	ck_assert_int_eq(host->nics[0].neighbors[0].heard.last_heard, 1060);
	ck_assert_int_eq(host->claims[2].heard->last_heard, 1060);
	ck_assert_int_eq(host->seen_at, 1070);
	ck_assert_uint_eq(m.changes, 1);
	model_done(&m);
}
END_TEST

/* The first host with machines of these facts after its own. */
static void
take_machines(struct model *m, const char *const *facts, size_t count)
{
	struct store_claim claims[FIRST_COUNT + 4];

	take_first(m);
	memcpy(claims, first, sizeof(first));
	for (size_t i = 0; i < count; i++)
		claims[FIRST_COUNT + i] = claim(
		    FIRST_COUNT + 1 + (int64_t)i, CLAIM_WORKLOAD, "", facts[i]);
	take(m, 1011, claims, FIRST_COUNT + count);
}

START_TEST(one_workload_is_read_without_the_others)
{
	struct model m = { .count = 0 };
	const struct inside *in;

	take_machines(&m, (const char *const[]){ MACHINE_OFF }, 1);
	in = model_frame(m.hosts[0]);
	ck_assert_uint_eq(in->workload_count, 2);
	ck_assert_ptr_null(model_workload(m.hosts[0], 2));
	ck_assert_ptr_eq(model_workload(m.hosts[0], 0), &in->workloads[0]);
	ck_assert_str_eq(in->workloads[0].vnics[0].name, "vnet0");
	ck_assert(!in->workloads[1].read);
	ck_assert_ptr_eq(model_inside(m.hosts[0]), in);
	ck_assert(in->workloads[1].read);
	ck_assert_uint_eq(in->vnic_count, 1);
	model_done(&m);
}
END_TEST

START_TEST(a_workload_is_called_by_its_name_unless_another_has_it)
{
	static const char *const others[] = {
		"{\"id\":\"m2\",\"kind\":\"vm\",\"name\":\"db\"}",
		"{\"id\":\"m3\",\"kind\":\"vm\",\"name\":\"web\"}",
		"{\"id\":\"m4\",\"kind\":\"vm\",\"name\":\"\"}",
	};
	static const char *const names[] = { "m1", "db", "m3", "m4", "" };
	struct model m = { .count = 0 };

	take_machines(&m, others, 3);
	for (uint32_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		ck_assert_str_eq(model_workload_name(m.hosts[0], i), names[i]);
	ck_assert(!inside_ran_out());
	model_done(&m);
}
END_TEST

START_TEST(an_inside_is_read_when_it_is_asked_for)
{
	struct model m = { .count = 0 };
	const struct inside *in;

	take_first(&m);
	in = model_inside(m.hosts[0]);
	ck_assert_uint_eq(in->workload_count, 1);
	ck_assert_uint_eq(in->vnic_count, 1);
	ck_assert_str_eq(in->workloads[0].vnics[0].name, "vnet0");
	ck_assert_ptr_eq(model_vnic(m.hosts[0], 0), &in->workloads[0].vnics[0]);
	ck_assert_ptr_null(model_vnic(m.hosts[0], 1));
	ck_assert_ptr_eq(model_inside(m.hosts[0]), in);
	ck_assert(!inside_ran_out());
	model_done(&m);
}
END_TEST

START_TEST(a_time_that_was_too_late_is_believed_when_it_has_come)
{
	struct model m = { .count = 0 };
	struct store_claim next[FIRST_COUNT];

	take_first(&m);
	ck_assert_int_eq(m.hosts[0]->nics[0].neighbors[0].ended_at, 1003);
	memcpy(next, first, sizeof(next));
	next[2] = claim(6, CLAIM_NEIGHBOR, "[\"ens1f0\",\"lldp\"]",
	    "{\"protocol\":\"lldp\",\"ended\":{\"reason\":\"expired\","
	    "\"at\":1040}}");
	take(&m, 1035,
	    (struct store_claim[]){
		next[0], next[1], next[3], next[4], next[2] },
	    FIRST_COUNT);
	ck_assert_int_eq(m.hosts[0]->nics[0].neighbors[0].ended_at, 1035);
	next[4] = claim(7, CLAIM_WORKLOAD, "m1", MACHINE_OFF);
	take(&m, 1045,
	    (struct store_claim[]){
		next[0], next[1], next[3], next[2], next[4] },
	    FIRST_COUNT);
	ck_assert_int_eq(m.hosts[0]->nics[0].neighbors[0].ended_at, 1040);
	model_done(&m);
}
END_TEST

SUITE("model", what_is_inside_changes_nothing_outside,
    a_changed_outside_is_made_anew_of_the_texts_that_stay,
    what_is_heard_again_is_shown_and_moves_nothing,
    an_inside_is_read_when_it_is_asked_for,
    one_workload_is_read_without_the_others,
    a_workload_is_called_by_its_name_unless_another_has_it,
    a_time_that_was_too_late_is_believed_when_it_has_come)
