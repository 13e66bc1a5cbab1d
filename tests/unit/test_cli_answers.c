#include <check.h>
#include <string.h>

#include "tests/support/shown.h"
#include "tests/support/suite.h"

#define HEARD                                                                  \
	"\"heard\":[{\"protocol\":\"lldp\",\"last_heard\":998},"               \
	"{\"protocol\":\"cdp\",\"last_heard\":999}]"
#define NIC_HIT                                                                \
	"{\"kind\":\"nic\",\"title\":\"hv1 ens1f0\",\"exact\":true,"           \
	"\"answer\":\"Eth1/1 on leaf1a\"," HEARD ",\"state\":"

START_TEST(a_clear_hit_is_one_line)
{
	ck_assert_str_eq(
	    shown(answer_find, "{\"hits\":[" NIC_HIT "\"current\"}]}", true),
	    "hv1 ens1f0 is on Eth1/1 of leaf1a (LLDP 2 s ago, CDP 1 s ago)\n");
}
END_TEST

START_TEST(what_is_over_is_told_in_the_past)
{
	ck_assert_str_eq(
	    shown(answer_find, "{\"hits\":[" NIC_HIT "\"ended\"}]}", true),
	    "hv1 ens1f0 was on Eth1/1 of leaf1a"
	    " (ended, last LLDP 2 s ago, CDP 1 s ago)\n");
}
END_TEST

START_TEST(an_end_is_told_with_its_reason_and_time)
{
	ck_assert_str_eq(shown(answer_find,
			     "{\"hits\":[" NIC_HIT
			     "\"ended\",\"ended_reason\":\"link_down\","
			     "\"ended_at\":960}]}",
			     true),
	    "hv1 ens1f0 was on Eth1/1 of leaf1a"
	    " (ended: the link went down 40 s ago,"
	    " last LLDP 2 s ago, CDP 1 s ago)\n");
}
END_TEST

START_TEST(a_switch_names_the_command_that_shows_its_ports)
{
	const char *page = shown(answer_find,
	    "{\"hits\":[{\"kind\":\"switch\",\"title\":\"leaf1a\"}]}", true);

	ck_assert_str_eq(
	    page, "leaf1a is a switch\nits ports: demarc switch leaf1a\n");
}
END_TEST

START_TEST(the_rules_that_join_a_switch_are_one_line)
{
	const char *page = shown(answer_switch,
	    "{\"switch\":{\"name\":\"s\",\"evidence\":[{\"rule\":\"same source "
	    "MAC\"},{\"rule\":\"same chassis MAC\"},{\"rule\":\"same source "
	    "MAC\"},{}]},\"ports\":[]}",
	    true);

	ck_assert_ptr_nonnull(strstr(
	    page, "  one switch by: same source MAC (2), same chassis MAC\n"));
}
END_TEST

START_TEST(a_nic_outranks_the_bond_that_has_its_mac)
{
	const char *page = shown(answer_find,
	    "{\"count\":3,\"hits\":[{\"kind\":\"link\",\"title\":\"hv1 bond0\","
	    "\"exact\":true}," NIC_HIT
	    "\"current\"},{\"kind\":\"port\",\"exact\":true}]}",
	    true);

	ck_assert_ptr_eq(strstr(page, "hv1 ens1f0 is on Eth1/1"), page);
	ck_assert_ptr_nonnull(strstr(page, "also matching:"));
}
END_TEST

START_TEST(a_question_for_a_vlan_is_answered_by_the_vlan)
{
	const char *page = shown(answer_find,
	    "{\"count\":2,\"read_as\":[{\"kind\":\"vlan\"}],\"hits\":["
	    "{\"kind\":\"port\",\"title\":\"leaf1a Eth1/1\",\"exact\":true},"
	    "{\"kind\":\"vlan\",\"title\":\"VLAN 140\",\"vlan\":140,"
	    "\"exact\":true}]}",
	    true);

	ck_assert_ptr_eq(page,
	    strstr(page, "VLAN 140: who needs it, where it is carried: demarc"
			 " vlan 140\n"));
	ck_assert_ptr_nonnull(strstr(page, "also matching:"));
}
END_TEST

START_TEST(two_exact_nics_are_a_table)
{
	const char *page = shown(answer_find,
	    "{\"count\":2,\"hits\":[" NIC_HIT "\"current\"}," NIC_HIT
	    "\"stale\"}]}",
	    true);

	ck_assert_ptr_eq(strstr(page, "2 things match\n"), page);
	ck_assert_ptr_nonnull(strstr(page, "stale, LLDP 2 s ago, CDP 1 s ago"));
}
END_TEST

START_TEST(what_only_comes_close_is_called_that_first)
{
	const char *page = shown(answer_find,
	    "{\"count\":1,\"query\":\"eth1/3\",\"named\":false,\"hits\":"
	    "[" NIC_HIT "\"current\"}]}",
	    false);

	ck_assert_ptr_eq(page,
	    strstr(page, "nothing is called eth1/3; what comes close (1):\n"));
}
END_TEST

START_TEST(nothing_found_says_how_it_was_read)
{
	ck_assert_str_eq(shown(answer_find,
			     "{\"query\":\"vm\\u001b7\",\"hits\":[],"
			     "\"read_as\":[{\"text\":\"a name\"}]}",
			     false),
	    "nothing is known by this name: vm\xef\xbf\xbd"
	    "7,"
	    " read as a name\n");
}
END_TEST

START_TEST(a_nic_that_hears_nothing_says_why)
{
	const char *page = shown(answer_path,
	    "{\"legs\":[{\"host\":{\"name\":\"hv1\"},\"neighbor\":null,"
	    "\"nic\":{\"name\":\"eno2\",\"up\":true,\"carrier\":false}}]}",
	    true);

	ck_assert_ptr_nonnull(strstr(page,
	    "hv1 eno2: switch port unknown (no link: the NIC has no "
	    "carrier)"));
}
END_TEST

START_TEST(the_page_of_a_host_gives_each_reason_in_full)
{
	const char *page = shown(answer_host,
	    "{\"host\":{\"name\":\"hv3\"},\"nics\":[{\"name\":\"eno1\","
	    "\"listening\":false,\"listening_reason\":\"capture refused: the "
	    "agent lacks the capability CAP_NET_RAW in its unit file\"}]}",
	    true);

	ck_assert_ptr_nonnull(strstr(page,
	    "\n  eno1: nobody listens: capture refused: the agent lacks the "
	    "capability\n    CAP_NET_RAW in its unit file\n"));
}
END_TEST

START_TEST(a_phantom_is_no_evidence)
{
	const char *page = shown(answer_path,
	    "{\"legs\":[{\"host\":{\"name\":\"h\"},\"nic\":{\"name\":\"n\"},"
	    "\"neighbor\":{\"state\":\"current\",\"verdict\":\"yes\","
	    "\"port\":{\"name\":\"p1\"},\"switch\":{\"name\":\"s1\"}},"
	    "\"heard\":[{\"protocol\":\"cdp\",\"last_heard\":5,"
	    "\"phantom\":true},{\"protocol\":\"lldp\",\"last_heard\":990}]}]}",
	    true);

	ck_assert_ptr_nonnull(
	    strstr(page, "h n is on p1 of s1 (LLDP 10 s ago)\n"));
}
END_TEST

START_TEST(the_strip_runs_downwards_where_it_is_too_wide)
{
	const char *page = shown(answer_path,
	    "{\"legs\":[{\"host\":{\"name\":\"a-rather-long-host-name\"},"
	    "\"chain\":[{\"kind\":\"bridge\",\"name\":\"br-of-long-name\"}],"
	    "\"nic\":{\"name\":\"enp130s0f0np0\"},"
	    "\"neighbor\":{\"state\":\"current\",\"verdict\":\"yes\","
	    "\"port\":{\"name\":\"Eth1/1\"},"
	    "\"switch\":{\"name\":\"leaf-of-a-long-name\"}}}]}",
	    true);

	ck_assert_ptr_nonnull(strstr(page, "systems, demarc, network"));
}
END_TEST

/* Every answer with every wrong document: nothing may be believed. */
START_TEST(a_document_of_another_shape_is_no_crash)
{
	static shown_answer *const answers[] = { answer_find, answer_path,
		answer_hosts, answer_host, answer_switches, answer_switch };
	static const char *const documents[] = {
		"{}",
		"{\"hits\":[{}],\"legs\":[{}],\"hosts\":[{}],\"nics\":[{}],"
		"\"links\":[{}],\"switches\":[{}],\"ports\":[{}]}",
		"{\"hits\":[1],\"legs\":[[]],\"hosts\":[null],\"nics\":[true],"
		"\"links\":[\"x\"],\"switches\":[2],\"ports\":[[]],"
		"\"host\":[],\"switch\":\"s\"}",
		"{\"hits\":{\"a\":{\"title\":5,\"answer\":\"\"}},"
		"\"legs\":[{\"neighbor\":{},\"chain\":[{},{},{},{},{},{},{},"
		"{},{},{},{},{},{},{},{}],\"claims\":[{}],\"heard\":[{}]}],"
		"\"nics\":[{\"neighbor\":{}}],"
		"\"ports\":[{\"vlans\":[null,{\"id\":7},9],\"hosts\":[{}]}]}",
		"{\"hits\":[{\"kind\":\"port\",\"exact\":true},"
		"{\"kind\":\"nic\",\"answer\":\" on \"}],\"truncated\":true}",
	};

	for (size_t a = 0; a < sizeof(answers) / sizeof(*answers); a++) {
		for (size_t d = 0; d < sizeof(documents) / sizeof(*documents);
		     d++)
			(void)shown_any(answers[a], documents[d]);
	}
	shown_done();
}
END_TEST

SUITE("cli_answers", a_clear_hit_is_one_line, what_is_over_is_told_in_the_past,
    an_end_is_told_with_its_reason_and_time,
    a_switch_names_the_command_that_shows_its_ports,
    the_rules_that_join_a_switch_are_one_line,
    a_nic_outranks_the_bond_that_has_its_mac,
    a_question_for_a_vlan_is_answered_by_the_vlan, two_exact_nics_are_a_table,
    what_only_comes_close_is_called_that_first,
    nothing_found_says_how_it_was_read, a_nic_that_hears_nothing_says_why,
    the_page_of_a_host_gives_each_reason_in_full, a_phantom_is_no_evidence,
    the_strip_runs_downwards_where_it_is_too_wide,
    a_document_of_another_shape_is_no_crash)
