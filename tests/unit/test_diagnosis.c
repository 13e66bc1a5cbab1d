#include "collector/rules/diagnosis.h"

#include <check.h>
#include <string.h>

#include "collector/rules/judging.h"
#include "tests/support/knowns.h"
#include "tests/support/suite.h"

static struct known k;
static struct judgements judged;
static struct diagnosis d;

static void
begin(void)
{
	knowns_healthy(&k);
	judgements_init(&judged);
}

static void
ask(uint32_t machine)
{
	diagnosis_done(&d);
	diagnose(&d, &k, &judged,
	    &(struct diagnosis_of){ machine, KNOWN_NONE, KNOWN_NONE });
}

static void
end(void)
{
	diagnosis_done(&d);
	judgements_done(&judged);
	known_done(&k);
}

/* A rule of ours at this hop says so of eno1 or eno2; "": of neither alone. */
static struct judgement *
say(enum rule_hop hop, enum ruling ruling, const char *nic)
{
	static struct rule rules[HOP_SWITCH + 1];
	struct judgement *j;

	rules[hop] = (struct rule){ .id = "test",
		.hop = hop,
		.owner = OWNED_BY_NETWORK,
		.severity = SEVERITY_ERROR };
	j = judgements_add(&judged, &rules[hop], ruling);
	ck_assert_ptr_nonnull(j);
	j->nic = nic;
	j->sentence = "so it is";
	return j;
}

static const struct diagnosed_hop *
hop_of(const struct diagnosed_leg *leg, enum rule_hop hop)
{
	for (size_t i = 0; i < leg->hop_count; i++) {
		if (leg->hops[i].hop == hop)
			return &leg->hops[i];
	}
	return NULL;
}

static const struct diagnosed_hop *
worst(void)
{
	ck_assert_uint_ne(d.worst, KNOWN_NONE);
	return &d.legs[d.worst].hops[d.legs[d.worst].broken];
}

START_TEST(a_machine_has_a_leg_for_each_way_with_every_hop)
{
	begin();
	ask(0);
	ck_assert_uint_eq(d.leg_count, 2);
	for (size_t i = 0; i < d.leg_count; i++) {
		for (unsigned hop = HOP_HOST; hop <= HOP_SWITCH; hop++)
			ck_assert_msg(
			    hop_of(&d.legs[i], (enum rule_hop)hop) != NULL,
			    "no hop %s", rule_hop_word((enum rule_hop)hop));
	}
	ck_assert_str_eq(hop_of(&d.legs[0], HOP_WORKLOAD)->name, "web-01");
	ck_assert_uint_eq(d.worst, KNOWN_NONE);
	ck_assert_int_eq(d.extent, EXTENT_NONE);
	end();
}
END_TEST

START_TEST(the_nearest_of_the_worst_hops_is_named_first)
{
	begin();
	say(HOP_PORT, RULING_BROKEN, "");
	say(HOP_GROUP, RULING_BROKEN, "");
	say(HOP_VNIC, RULING_BROKEN, "")->severity = SEVERITY_WARNING;
	say(HOP_HOST, RULING_BROKEN, "")->severity = SEVERITY_REMARK;
	ask(0);
	ck_assert_int_eq(worst()->hop, HOP_GROUP);
	ck_assert_int_eq(d.ruling, RULING_BROKEN);
	ck_assert_int_eq(d.extent, EXTENT_ALL);
	end();
}
END_TEST

START_TEST(what_is_wrong_on_one_leg_leaves_the_other_whole)
{
	const char *standby;

	begin();
	ask(0);
	standby = k.nics[d.legs[1].nic].name;
	say(HOP_PORT, RULING_BROKEN, standby);
	ask(0);
	ck_assert_uint_eq(d.legs[0].broken, KNOWN_NONE);
	ck_assert_uint_eq(d.worst, 1);
	ck_assert_int_eq(d.extent, EXTENT_STANDBY);
	end();
}
END_TEST

START_TEST(what_is_said_of_another_machine_or_group_is_not_of_this_one)
{
	struct judgement *j;

	begin();
	j = say(HOP_VNIC, RULING_BROKEN, "");
	judgement_of_machine(&judged, j, "web-02");
	j = say(HOP_GROUP, RULING_BROKEN, "");
	judgement_of_group(&judged, j, "Other");
	ask(0);
	ck_assert_uint_eq(d.worst, KNOWN_NONE);
	ask(1);
	ck_assert_int_eq(worst()->hop, HOP_VNIC);
	end();
}
END_TEST

START_TEST(a_warning_is_a_risk_and_stops_nothing)
{
	begin();
	say(HOP_SWITCH, RULING_BROKEN, "")->severity = SEVERITY_WARNING;
	ask(0);
	ck_assert_int_eq(worst()->hop, HOP_SWITCH);
	ck_assert_int_eq(d.extent, EXTENT_NONE);
	end();
}
END_TEST

START_TEST(what_is_unknown_is_never_called_whole)
{
	begin();
	say(HOP_PORT, RULING_UNKNOWN, "");
	ask(0);
	ck_assert_int_eq(d.ruling, RULING_UNKNOWN);
	ck_assert_int_eq(hop_of(&d.legs[0], HOP_PORT)->ruling, RULING_UNKNOWN);
	end();
}
END_TEST

START_TEST(a_machine_that_is_off_is_the_first_broken_hop)
{
	begin();
	say(HOP_PORT, RULING_BROKEN, "");
	k.machines[0].state = "off";
	ask(0);
	ck_assert_int_eq(worst()->hop, HOP_WORKLOAD);
	ck_assert_str_eq(worst()->sentence, "it is off");
	end();
}
END_TEST

SUITE("diagnosis", a_machine_has_a_leg_for_each_way_with_every_hop,
    the_nearest_of_the_worst_hops_is_named_first,
    what_is_wrong_on_one_leg_leaves_the_other_whole,
    what_is_said_of_another_machine_or_group_is_not_of_this_one,
    a_warning_is_a_risk_and_stops_nothing,
    what_is_unknown_is_never_called_whole,
    a_machine_that_is_off_is_the_first_broken_hop)
