/* MTU, speed and duplex: of a healthy host one thing is changed. */
#include <check.h>
#include <string.h>

#include "tests/support/knowns.h"
#include "tests/support/suite.h"

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
	ck_assert_str_ne(j->closes, "");
	return j;
}

static void
no_rate_rule_is_broken(void)
{
	ck_assert(!knowns_is_broken(&k, "mtu-inside"));
	ck_assert(!knowns_is_broken(&k, "mtu-switch"));
	ck_assert(!knowns_is_broken(&k, "mtu-alike"));
	ck_assert(!knowns_is_broken(&k, "slow-leg"));
	ck_assert(!knowns_is_broken(&k, "duplex"));
	ck_assert(!knowns_is_broken(&k, "negotiation"));
}

/* The whole chain of the host with long frames. */
static void
make_jumbo(void)
{
	for (size_t i = 0; i < k.nic_count; i++)
		k.nics[i].mtu = 9000;
	for (size_t i = 0; i < k.link_count; i++)
		k.links[i].mtu = 9000;
}

static void
say_max_frame(int64_t octets)
{
	for (size_t i = 0; i < k.nic_count; i++)
		k.nics[i].neighbors[0].max_frame = octets;
}

START_TEST(usual_frames_are_healthy_whatever_a_switch_says)
{
	knowns_healthy(&k);
	no_rate_rule_is_broken();
	/* Some count the header, some the tag as well, some nothing. */
	say_max_frame(1518);
	no_rate_rule_is_broken();
	say_max_frame(1500);
	no_rate_rule_is_broken();
	ck_assert_int_eq(ruling_of("mtu-switch", "eno1"), RULING_HOLDS);
	known_done(&k);
}
END_TEST

START_TEST(long_frames_on_the_whole_chain_are_healthy)
{
	knowns_healthy(&k);
	make_jumbo();
	say_max_frame(9216);
	no_rate_rule_is_broken();
	ck_assert_int_eq(ruling_of("mtu-switch", "eno1"), RULING_HOLDS);
	ck_assert_int_eq(ruling_of("mtu-inside", "vnet0 br0"), RULING_HOLDS);
	known_done(&k);
}
END_TEST

START_TEST(long_frames_on_one_network_only_are_healthy)
{
	uint32_t storage;

	knowns_healthy(&k);
	storage = knowns_add_nic(&k, "eno3");
	k.nics[storage].mtu = 9000;
	knowns_cable(&k, storage, knowns_add_port(&k, 0, "Eth1/3"));
	k.nics[storage].neighbors[0].max_frame = 9216;
	say_max_frame(1518);
	k.nics[storage].neighbors[0].max_frame = 9216;
	no_rate_rule_is_broken();
	/* NICs that could, below a bridge that does not. */
	k.nics[0].mtu = k.nics[1].mtu = k.links[0].mtu = 9000;
	no_rate_rule_is_broken();
	known_done(&k);
}
END_TEST

START_TEST(a_step_outwards_with_a_smaller_mtu_is_told)
{
	const struct judgement *j;

	knowns_healthy(&k);
	make_jumbo();
	k.links[0].mtu = 1500; /* bond0 */
	j = broken("mtu-inside", "br0 bond0");
	ck_assert_str_eq(j->sentence,
	    "br0 of esx07 has MTU 9000, bond0 that it leaves by has 1500: "
	    "longer frames are dropped in the host; 3 machines behind it");
	ck_assert_int_eq(j->severity, SEVERITY_ERROR);
	ck_assert_int_eq(
	    strncmp(j->fixes[0].command, "ip link set bond0 mtu 9000\n", 27),
	    0);
	judgements_done(&all);
	k.links[0].mtu = 9000;
	k.nics[1].mtu = 1500;
	ck_assert_str_eq(broken("mtu-inside", "bond0 eno2")->nic, "eno2");
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(a_vnic_of_longer_frames_than_its_bridge_is_a_warning)
{
	knowns_healthy(&k);
	k.links[2].mtu = 9000; /* vnet0 */
	ck_assert_int_eq(
	    broken("mtu-inside", "vnet0 br0")->severity, SEVERITY_WARNING);
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(a_switch_that_takes_no_long_frames_is_told_with_the_sum)
{
	const struct judgement *j;

	knowns_healthy(&k);
	make_jumbo();
	say_max_frame(1522);
	j = broken("mtu-switch", "eno2");
	ck_assert_str_eq(j->sentence,
	    "eno2 of esx07 sends frames of up to 9018 octets (MTU 9000 and 18 "
	    "of header and checksum), Eth1/1 on sw2 takes 1522: longer ones "
	    "are dropped there; 3 machines behind it");
	ck_assert_str_eq(j->claims[0].text,
	    "MTU 9000: frames of 9018 octets, 9022 with a tag");
	ck_assert_int_eq(j->claims[0].side, OWNED_BY_SYSTEMS);
	ck_assert_str_eq(j->claims[1].text, "takes frames of at most 1522");
	ck_assert_int_eq(j->claims[1].side, OWNED_BY_NETWORK);
	ck_assert_int_eq(j->claims[1].last_heard, KNOWNS_NOW - 5);
	ck_assert_ptr_nonnull(strstr(j->fixes[0].command, "mtu 9000"));
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(cdp_tells_an_mtu_unless_the_model_always_says_1500)
{
	knowns_healthy(&k);
	make_jumbo();
	k.nics[0].neighbors[1].mtu = 1500;
	ck_assert_int_eq(ruling_of("mtu-switch", "eno1"), RULING_BROKEN);
	k.switches[0].model = "N5K-C5548UP";
	ck_assert_int_eq(ruling_of("mtu-switch", "eno1"), RULING_UNKNOWN);
	known_done(&k);
}
END_TEST

START_TEST(long_frames_that_no_switch_speaks_of_are_unknown)
{
	knowns_healthy(&k);
	make_jumbo();
	ck_assert_int_eq(ruling_of("mtu-switch", "eno1"), RULING_UNKNOWN);
	/* 9000 with the header or without? */
	say_max_frame(9000);
	ck_assert_int_eq(ruling_of("mtu-switch", "eno1"), RULING_UNKNOWN);
	k.nics[0].neighbors[0].source.current = false;
	say_max_frame(1522);
	ck_assert_int_eq(ruling_of("mtu-switch", "eno1"), RULING_UNKNOWN);
	known_done(&k);
}
END_TEST

START_TEST(legs_of_different_mtu_are_told)
{
	knowns_healthy(&k);
	k.nics[1].mtu = 9000;
	ck_assert_str_eq(broken("mtu-alike", "bond0")->nic, "eno1");
	judgements_done(&all);
	known_done(&k);
}
END_TEST

START_TEST(a_host_that_is_not_as_all_its_siblings_is_told)
{
	knowns_healthy(&k);
	knowns_add_sibling(&k, "esx08", 0)->mtu = 9000;
	/* Of two hosts nobody knows which one is right. */
	ck_assert(!knowns_is_broken(&k, "mtu-alike"));
	knowns_add_sibling(&k, "esx09", 0)->mtu = 9000;
	ck_assert_str_eq(broken("mtu-alike", "eno1")->sentence,
	    "2 of 3 hosts that are alike have MTU 9000 there, eno1 of esx07 "
	    "has 1500; a machine that moves may lose its long frames");
	judgements_done(&all);
	/* They do not agree themselves. */
	knowns_add_sibling(&k, "esx10", 0)->mtu = 1500;
	ck_assert(!knowns_is_broken(&k, "mtu-alike"));
	known_done(&k);
}
END_TEST

START_TEST(a_slow_leg_is_told_unless_it_stands_by)
{
	knowns_lacp(&k);
	k.nics[1].speed = 1000;
	ck_assert_str_eq(broken("slow-leg", "bond0 eno2")->sentence,
	    "eno2, a leg of bond0 of esx07, runs at 1 Gbit/s, its fellow eno1 "
	    "at 10 Gbit/s: cable, transceiver, or a fixed speed on Eth1/1 on "
	    "sw2");
	judgements_done(&all);
	known_done(&k);
	knowns_healthy(&k);
	k.nics[1].speed = 1000;
	ck_assert(!knowns_is_broken(&k, "slow-leg"));
	known_done(&k);
}
END_TEST

START_TEST(a_duplex_mismatch_is_told_and_half_at_both_ends_is_not)
{
	const struct judgement *j;

	knowns_healthy(&k);
	ck_assert_int_eq(ruling_of("duplex", "eno1"), RULING_UNKNOWN);
	k.nics[0].neighbors[1].duplex = "half";
	j = broken("duplex", "eno1");
	ck_assert_ptr_nonnull(strstr(j->fixes[0].command, "duplex auto"));
	ck_assert_ptr_nonnull(strstr(j->fixes[1].command, "autoneg on"));
	judgements_done(&all);
	k.nics[0].duplex = "half";
	ck_assert_int_eq(ruling_of("duplex", "eno1"), RULING_HOLDS);
	known_done(&k);
}
END_TEST

START_TEST(ports_of_one_team_that_negotiate_differently_are_told)
{
	knowns_healthy(&k);
	ck_assert_int_eq(ruling_of("negotiation", "bond0"), RULING_UNKNOWN);
	k.nics[0].neighbors[0].autonegotiates = TOLD_YES;
	k.nics[1].neighbors[0].autonegotiates = TOLD_NO;
	ck_assert_str_eq(broken("negotiation", "bond0")->nic, "eno2");
	judgements_done(&all);
	/* A slower leg has its own reason. */
	k.nics[1].speed = 1000;
	ck_assert(!knowns_is_broken(&k, "negotiation"));
	known_done(&k);
}
END_TEST

SUITE("rules of rates", usual_frames_are_healthy_whatever_a_switch_says,
    long_frames_on_the_whole_chain_are_healthy,
    long_frames_on_one_network_only_are_healthy,
    a_step_outwards_with_a_smaller_mtu_is_told,
    a_vnic_of_longer_frames_than_its_bridge_is_a_warning,
    a_switch_that_takes_no_long_frames_is_told_with_the_sum,
    cdp_tells_an_mtu_unless_the_model_always_says_1500,
    long_frames_that_no_switch_speaks_of_are_unknown,
    legs_of_different_mtu_are_told,
    a_host_that_is_not_as_all_its_siblings_is_told,
    a_slow_leg_is_told_unless_it_stands_by,
    a_duplex_mismatch_is_told_and_half_at_both_ends_is_not,
    ports_of_one_team_that_negotiate_differently_are_told)
