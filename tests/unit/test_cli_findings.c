#include <check.h>
#include <string.h>

#include "tests/support/shown.h"
#include "tests/support/suite.h"

/* Findings as people read them. */

#define FINDING(verdict, more)                                                 \
	"{\"id\":\"24b3fc2c7d3966d2\",\"rule\":\"vlan-not-carried\","          \
	"\"host\":\"esx07\",\"opened_at\":900,\"verdict\":\"" verdict          \
	"\",\"severity\":\"error\",\"owner\":\"network\",\"sentence\":"        \
	"\"VLAN 120 (port group Prod-Web) does not arrive on esx07 eno2, "     \
	"while eno1 and 11 siblings have it\",\"touched\":{\"count\":14,"      \
	"\"names\":[\"web-01\",\"web-02\",\"web-03\"]}" more "}"
#define WHOLE                                                                  \
	",\"claims\":[{\"side\":\"systems\",\"text\":\"needs VLAN 120\","      \
	"\"source\":\"vCenter vc1\",\"current\":true},{\"side\":\"network\","  \
	"\"text\":\"carries VLAN 110\",\"source\":\"LLDP on esx07 eno2\","     \
	"\"last_heard\":988,\"current\":false}],\"fixes\":[{\"side\":"         \
	"\"network\",\"where\":\"sw-c07-b\",\"platform\":\"Cisco NX-OS\","     \
	"\"command\":\"interface Eth1/9\\n  switchport trunk allowed vlan "    \
	"add 120\"}],\"closes\":\"when LLDP names VLAN 120\",\"why\":"         \
	"\"Frames are lost.\""

START_TEST(a_list_says_what_whose_and_whom_it_hurts)
{
	const char *page = shown(answer_findings,
	    "{\"now\":1000,\"count\":1,\"judged\":{\"hosts\":3,\"of\":9},"
	    "\"findings\":[" FINDING("broken", "") "]}",
	    true);

	shown_fits(page);
	shown_in_order(page, "error    VLAN 120 (port group Prod-Web) does",
	    "network team, 14 machines (web-01,");
	shown_in_order(page, "...)", "24b3fc2c7d3966d2\n");
	shown_in_order(page, "24b3fc2c7d3966d2",
	    "3 of 9 hosts are judged since the collector started\n");
	shown_done();
}
END_TEST

START_TEST(what_is_not_known_is_not_called_an_error)
{
	const char *page = shown(answer_findings,
	    "{\"now\":1000,\"findings\":[" FINDING("unknown", "") "]}", true);

	ck_assert_ptr_nonnull(strstr(page, "unknown  VLAN 120"));
	ck_assert_ptr_null(strstr(page, "error"));
	shown_done();
}
END_TEST

START_TEST(who_knows_of_it_is_named)
{
	const char *page = shown(answer_findings,
	    "{\"now\":1000,\"findings\":[" FINDING("broken",
		",\"acknowledged\":{\"by\":\"ann\",\"note\":\"ordered\","
		"\"at\":950}") "]}",
	    true);

	shown_fits(page);
	shown_in_order(page, "known to ann:", "ordered");
	shown_done();
}
END_TEST

START_TEST(one_shows_both_sides_and_what_to_type)
{
	const char *page = shown(answer_finding,
	    "{\"now\":1000,\"finding\":" FINDING("broken", WHOLE) "}", true);

	shown_fits(page);
	shown_in_order(page, "  systems: needs VLAN 120 (vCenter vc1)\n",
	    "(LLDP on esx07 eno2, 12 s ago)");
	shown_in_order(page, "no longer current", "What to type\n");
	shown_in_order(
	    page, "  on sw-c07-b (Cisco NX-OS):\n", "      interface Eth1/9\n");
	shown_in_order(page, "switchport trunk allowed vlan add 120\n",
	    "Closes by itself: when LLDP names VLAN 120\n");
	shown_in_order(page, "Closes", "Why it matters: Frames are lost.\n");
	shown_done();
}
END_TEST

START_TEST(nothing_found_is_said)
{
	const char *page =
	    shown(answer_findings, "{\"now\":1000,\"findings\":[]}", false);

	ck_assert_str_eq(page, "nothing is found\n");
	shown_done();
}
END_TEST

SUITE("cli_findings", a_list_says_what_whose_and_whom_it_hurts,
    what_is_not_known_is_not_called_an_error, who_knows_of_it_is_named,
    one_shows_both_sides_and_what_to_type, nothing_found_is_said)
