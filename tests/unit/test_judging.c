#include "collector/rules/judging.h"

#include <check.h>
#include <string.h>

#include "tests/support/suite.h"

static const struct rule rule = {
	.id = "some-rule",
	.owner = OWNED_BY_NETWORK,
	.severity = SEVERITY_ERROR,
};

START_TEST(a_judgement_begins_as_its_rule_says_and_empty)
{
	struct judgements all;
	const struct judgement *j;

	judgements_init(&all);
	j = judgements_add(&all, &rule, RULING_BROKEN);
	ck_assert_ptr_nonnull(j);
	ck_assert_int_eq(j->owner, OWNED_BY_NETWORK);
	ck_assert_int_eq(j->severity, SEVERITY_ERROR);
	ck_assert_str_eq(j->sentence, "");
	ck_assert_uint_eq(j->claim_count, 0);
	ck_assert_uint_eq(j->touched.count, 0);
	judgements_done(&all);
}
END_TEST

START_TEST(all_that_was_said_of_a_matter_is_kept_in_its_order)
{
	struct judgements all;
	struct judgement *j;

	judgements_init(&all);
	j = judgements_add(&all, &rule, RULING_BROKEN);
	for (int i = 0; i < 9; i++) {
		const struct judged_claim claim = {
			.text = judgements_text(&all, "claim %d", i),
			.source = "LLDP",
		};
		const struct judged_fix fix = {
			.where = "sw1",
			.command = judgements_text(&all, "type %d", i),
		};

		judgement_claims(&all, j, &claim);
		judgement_mends(&all, j, &fix);
	}
	ck_assert_uint_eq(j->claim_count, 9);
	ck_assert_str_eq(j->claims[0].text, "claim 0");
	ck_assert_str_eq(j->claims[8].text, "claim 8");
	ck_assert_uint_eq(j->fix_count, 9);
	ck_assert_str_eq(j->fixes[5].command, "type 5");
	judgements_done(&all);
}
END_TEST

START_TEST(who_says_nothing_makes_no_claim_and_no_command_is_no_fix)
{
	struct judgements all;
	struct judgement *j;

	judgements_init(&all);
	j = judgements_add(&all, &rule, RULING_BROKEN);
	judgement_claims(&all, j, &(struct judged_claim){ .text = "" });
	judgement_mends(&all, j, &(struct judged_fix){ .command = "" });
	ck_assert_uint_eq(j->claim_count, 0);
	ck_assert_uint_eq(j->fix_count, 0);
	judgements_done(&all);
}
END_TEST

START_TEST(three_machines_are_named_and_all_are_counted)
{
	static const char *const names[] = { "a", "b", "c", "d", "e" };
	struct judgements all;
	struct judgement *j;

	judgements_init(&all);
	j = judgements_add(&all, &rule, RULING_BROKEN);
	for (size_t i = 0; i < 5; i++)
		judgement_touches(j, names[i]);
	ck_assert_uint_eq(j->touched.count, 5);
	ck_assert_str_eq(j->touched.names[2], "c");
	judgements_done(&all);
}
END_TEST

START_TEST(a_thing_is_named_once)
{
	struct judgements all;
	struct judgement *j;

	judgements_init(&all);
	j = judgements_add(&all, &rule, RULING_BROKEN);
	judgement_of_nic(&all, j, "eno1");
	judgement_of_nic(&all, j, "eno2");
	judgement_of_nic(&all, j, "eno1");
	judgement_of_port(&all, j, "Eth1/1 on sw1");
	judgement_of_group(&all, j, "Prod");
	judgement_of_vswitch(&all, j, "br0");
	ck_assert_uint_eq(j->things.nic_count, 2);
	ck_assert_str_eq(j->things.nics[1], "eno2");
	ck_assert_uint_eq(j->things.port_count, 1);
	ck_assert_uint_eq(j->things.group_count, 1);
	ck_assert_uint_eq(j->things.vswitch_count, 1);
	judgements_done(&all);
}
END_TEST

SUITE("judging", a_judgement_begins_as_its_rule_says_and_empty,
    all_that_was_said_of_a_matter_is_kept_in_its_order,
    who_says_nothing_makes_no_claim_and_no_command_is_no_fix,
    three_machines_are_named_and_all_are_counted, a_thing_is_named_once)
