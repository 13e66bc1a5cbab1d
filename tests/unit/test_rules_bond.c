/* Of a healthy host one thing is changed; one rule notices it. */
#include <check.h>
#include <string.h>

#include "tests/support/knowns.h"
#include "tests/support/suite.h"

enum { NO_ANSWER = 0x45 }; /* active, aggregatable, defaulted */

static struct known k;
static struct judgements all;

static enum ruling
ruling_of(const char *rule, const char *about)
{
	const struct judgement *j = knowns_judge(&k, rule, about, &all);
	enum ruling ruling;

	ck_assert_ptr_nonnull(j);
	ruling = j->ruling;
	judgements_done(&all);
	return ruling;
}

static const struct judgement *
broken(const char *rule, const char *about)
{
	const struct judgement *j = knowns_judge(&k, rule, about, &all);

	ck_assert_ptr_nonnull(j);
	ck_assert_int_eq(j->ruling, RULING_BROKEN);
	ck_assert_str_ne(j->sentence, "");
	ck_assert_str_ne(j->closes, "");
	ck_assert_uint_gt(j->claim_count, 0);
	return j;
}

static void
no_bond_rule_is_broken(void)
{
	ck_assert(!knowns_is_broken(&k, "lacp-one-sided"));
	ck_assert(!knowns_is_broken(&k, "lacp-partners"));
	ck_assert(!knowns_is_broken(&k, "team-one-switch"));
	ck_assert(!knowns_is_broken(&k, "team-one-card"));
	ck_assert(!knowns_is_broken(&k, "team-one-leg"));
	ck_assert(!knowns_is_broken(&k, "team-on-standby"));
}

START_TEST(active_backup_across_two_switches_is_healthy)
{
	knowns_healthy(&k);
	no_bond_rule_is_broken();
	ck_assert_int_eq(ruling_of("team-one-switch", "bond0"), RULING_HOLDS);
	known_done(&k);
}
END_TEST

START_TEST(lacp_to_a_pair_that_is_one_by_mlag_is_healthy)
{
	knowns_lacp(&k);
	no_bond_rule_is_broken();
	ck_assert_int_eq(ruling_of("lacp-partners", "bond0"), RULING_HOLDS);
	ck_assert_int_eq(ruling_of("lacp-one-sided", "bond0"), RULING_HOLDS);
	known_done(&k);
}
END_TEST

START_TEST(an_lacp_bond_whose_port_is_in_no_channel_is_told)
{
	const struct judgement *j;

	knowns_lacp(&k);
	k.nics[1].lacp_actor = k.nics[1].lacp_partner = -1;
	k.nics[1].neighbors[0].aggregated = TOLD_NO;
	j = broken("lacp-one-sided", "bond0");
	ck_assert_str_eq(j->nic, "eno2");
	ck_assert_str_eq(j->sentence,
	    "bond0 of esx07 does LACP, but the switch does not on eno2 (Eth1/1 "
	    "on sw2): the leg carries nothing, or frames come back on "
	    "another; 3 machines behind it");
	ck_assert_uint_eq(j->touched.count, 3);
	ck_assert_str_eq(j->fixes[0].where, "sw2");
	ck_assert_str_eq(j->fixes[0].platform, "Cisco NX-OS");
	ck_assert_ptr_nonnull(strstr(j->fixes[0].command,
	    "interface Ethernet1/1\n channel-group <channel> mode active"));
	ck_assert_str_eq(j->fixes[1].where, "esx07");
	ck_assert_ptr_nonnull(
	    strstr(j->fixes[1].command, "bond mode active-backup"));
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(a_leg_that_nobody_answers_is_told_even_of_a_silent_switch)
{
	const struct judgement *j;

	knowns_lacp(&k);
	k.nics[0].lacp_actor = NO_ANSWER;
	k.nics[0].lacp_partner = 0;
	k.nics[0].neighbor_count = 0;
	k.nics[0].cable = KNOWN_CABLE_UNHEARD;
	j = broken("lacp-one-sided", "bond0");
	ck_assert_str_eq(j->claims[1].text, "eno1: nobody answers its LACP");
	ck_assert_uint_eq(j->things.port_count, 0);
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(a_switch_that_aggregates_what_the_host_does_not_is_told)
{
	const struct judgement *j;

	knowns_healthy(&k);
	k.nics[0].neighbors[0].aggregated = TOLD_YES;
	k.nics[1].neighbors[0].aggregated = TOLD_YES;
	j = broken("lacp-one-sided", "bond0");
	ck_assert_str_eq(j->nic, "");
	ck_assert_ptr_nonnull(strstr(j->sentence, "MACs flap"));
	ck_assert_ptr_nonnull(strstr(
	    j->sentence, "eno1 (Eth1/1 on sw1) and eno2 (Eth1/1 on sw2)"));
	ck_assert_ptr_nonnull(strstr(j->fixes[0].command, "no channel-group"));
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(what_no_switch_says_of_channels_is_unknown_not_wrong)
{
	const struct judgement *j;

	knowns_healthy(&k);
	j = knowns_judge(&k, "lacp-one-sided", "bond0", &all);
	ck_assert_int_eq(j->ruling, RULING_UNKNOWN);
	ck_assert_str_ne(j->wanting, "");
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(a_word_that_is_no_longer_current_proves_nothing)
{
	knowns_healthy(&k);
	k.nics[0].neighbors[0].aggregated = TOLD_YES;
	k.nics[0].neighbors[0].source.current = false;
	ck_assert(!knowns_is_broken(&k, "lacp-one-sided"));
	k.nics[0].neighbors[0].source.current = true;
	k.current = false;
	ck_assert(!knowns_is_broken(&k, "lacp-one-sided"));
	known_done(&k);
}
END_TEST

START_TEST(legs_with_different_partners_are_told)
{
	const struct judgement *j;

	knowns_lacp(&k);
	k.nics[1].lacp_aggregator = 2;
	j = broken("lacp-partners", "bond0");
	ck_assert_uint_eq(j->things.port_count, 2);
	ck_assert_uint_eq(j->fix_count, 2);
	ck_assert_ptr_nonnull(strstr(j->sentence, "MLAG"));
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(partners_that_nobody_tells_are_unknown)
{
	knowns_lacp(&k);
	k.nics[0].lacp_actor = k.nics[0].lacp_aggregator = -1;
	ck_assert_int_eq(ruling_of("lacp-partners", "bond0"), RULING_UNKNOWN);
	known_done(&k);
}
END_TEST

START_TEST(both_legs_on_one_switch_are_told)
{
	const struct judgement *j;

	knowns_healthy(&k);
	knowns_cable(&k, 1, knowns_add_port(&k, 0, "Eth1/2"));
	j = broken("team-one-switch", "bond0");
	ck_assert_str_eq(j->sentence,
	    "all legs of bond0 of esx07 (eno1 and eno2) end on the same module "
	    "of sw1: when it fails or reloads, the network of 3 machines goes "
	    "with it");
	ck_assert_uint_eq(j->claim_count, 2);
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(two_modules_members_or_extenders_of_one_switch_are_healthy)
{
	knowns_healthy(&k);
	knowns_cable(&k, 1, knowns_add_port(&k, 0, "Eth2/1"));
	ck_assert_int_eq(ruling_of("team-one-switch", "bond0"), RULING_HOLDS);
	knowns_cable(&k, 0, knowns_add_port(&k, 0, "Eth101/1/13"));
	knowns_cable(&k, 1, knowns_add_port(&k, 0, "Eth102/1/13"));
	k.ports[k.port_count - 2].fex = 101;
	k.ports[k.port_count - 1].fex = 102;
	ck_assert_int_eq(ruling_of("team-one-switch", "bond0"), RULING_HOLDS);
	known_done(&k);
}
END_TEST

START_TEST(the_first_number_of_an_arista_port_is_no_module)
{
	knowns_healthy(&k);
	k.switches[0].software = "Arista Networks EOS version 4.20.5F";
	knowns_cable(&k, 0, knowns_add_port(&k, 0, "Eth49/1"));
	knowns_cable(&k, 1, knowns_add_port(&k, 0, "Eth50/1"));
	ck_assert(knowns_is_broken(&k, "team-one-switch"));
	known_done(&k);
}
END_TEST

START_TEST(a_channel_on_one_switch_is_healthy)
{
	knowns_lacp(&k);
	knowns_cable(&k, 1, knowns_add_port(&k, 0, "Eth1/2"));
	ck_assert(!knowns_is_broken(&k, "team-one-switch"));
	known_done(&k);
}
END_TEST

START_TEST(a_leg_of_which_no_port_is_known_leaves_it_unknown)
{
	knowns_healthy(&k);
	k.nics[1].cable = KNOWN_CABLE_UNHEARD;
	ck_assert_int_eq(ruling_of("team-one-switch", "bond0"), RULING_UNKNOWN);
	/* The same when the NIC itself is not told of. */
	knowns_cable(&k, 1, knowns_add_port(&k, 0, "Eth1/2"));
	k.nic_count = 2;
	k.vswitches[0].uplinks[0].member_count = 3;
	k.vswitches[0].uplinks[0].members[2] =
	    (struct known_member){ "eno3", KNOWN_NONE, LEG_UNKNOWN };
	ck_assert_int_eq(ruling_of("team-one-switch", "bond0"), RULING_UNKNOWN);
	known_done(&k);
}
END_TEST

START_TEST(both_legs_on_one_card_are_told_where_there_is_another)
{
	uint32_t other;

	knowns_healthy(&k);
	k.nics[0].bus = "0000:3b:00.0";
	k.nics[1].bus = "0000:3b:00.1";
	ck_assert(!knowns_is_broken(&k, "team-one-card"));
	other = knowns_add_nic(&k, "ens2f0");
	k.nics[other].bus = "0000:5e:00.0";
	ck_assert_ptr_nonnull(
	    strstr(broken("team-one-card", "bond0")->sentence, "ens2f0"));
	judgements_done(&all);
	k.nics[1].bus = "0000:5e:00.1";
	ck_assert_int_eq(ruling_of("team-one-card", "bond0"), RULING_HOLDS);
	known_done(&k);
}
END_TEST

START_TEST(a_bond_of_one_leg_is_told)
{
	knowns_healthy(&k);
	k.vswitches[0].uplinks[0].member_count = 1;
	k.nics[1].bond = KNOWN_NONE;
	k.nics[1].vswitch = KNOWN_NONE;
	k.way_count = 1;
	ck_assert_str_eq(broken("team-one-leg", "bond0")->nic, "eno1");
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(a_port_group_bound_to_one_uplink_is_told_if_machines_are_in_it)
{
	knowns_healthy(&k);
	k.ways[0].by_group = k.ways[1].by_group = true;
	k.ways[1].state = LEG_UNUSED;
	ck_assert_uint_eq(broken("team-one-leg", "Prod")->touched.count, 3);
	judgements_done(&all);
	/* Storage binds a kernel port to one uplink on purpose. */
	for (size_t i = 0; i < 3; i++)
		k.machines[i].kind = "kernel_port";
	ck_assert(!knowns_is_broken(&k, "team-one-leg"));
	known_done(&k);
}
END_TEST

START_TEST(a_team_that_runs_on_its_standby_is_told_with_its_time)
{
	struct known_member *members;
	const struct judgement *j;

	knowns_healthy(&k);
	members = k.vswitches[0].uplinks[0].members;
	k.nics[0].carrier = TOLD_NO;
	k.nics[0].carrier_changed_at = KNOWNS_NOW - 720;
	members[0].state = LEG_DOWN;
	j = broken("team-on-standby", "bond0");
	ck_assert_str_eq(j->sentence,
	    "bond0 of esx07 runs on its standby leg eno2, for 12 min now, "
	    "since eno1 is down; nothing is left to fall back on for 3 "
	    "machines");
	judgements_done(&all);
	/* A bond that has made the other one active has no order. */
	members[1].state = LEG_ACTIVE;
	ck_assert(!knowns_is_broken(&k, "team-on-standby"));
	known_done(&k);
}
END_TEST

SUITE("rules of bonds", active_backup_across_two_switches_is_healthy,
    lacp_to_a_pair_that_is_one_by_mlag_is_healthy,
    an_lacp_bond_whose_port_is_in_no_channel_is_told,
    a_leg_that_nobody_answers_is_told_even_of_a_silent_switch,
    a_switch_that_aggregates_what_the_host_does_not_is_told,
    what_no_switch_says_of_channels_is_unknown_not_wrong,
    a_word_that_is_no_longer_current_proves_nothing,
    legs_with_different_partners_are_told,
    partners_that_nobody_tells_are_unknown, both_legs_on_one_switch_are_told,
    two_modules_members_or_extenders_of_one_switch_are_healthy,
    the_first_number_of_an_arista_port_is_no_module,
    a_channel_on_one_switch_is_healthy,
    a_leg_of_which_no_port_is_known_leaves_it_unknown,
    both_legs_on_one_card_are_told_where_there_is_another,
    a_bond_of_one_leg_is_told,
    a_port_group_bound_to_one_uplink_is_told_if_machines_are_in_it,
    a_team_that_runs_on_its_standby_is_told_with_its_time)
