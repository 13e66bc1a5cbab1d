#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/both_ways.h"
#include "tests/support/suite.h"

#define ID "0123456789abcdef0123456789abcdef"
#define NEIGHBOR(extra_, last_)                                                \
	"{\"protocol\":\"lldp\",\"source_mac\":\"b8:ce:f6:00:00:01\","         \
	"\"scope\":\"nearest-bridge\"," extra_ "\"first_heard\":900,"          \
	"\"last_heard\":" last_ ",\"expires\":1110,\"frames\":4}"
#define VLAN(id_, last_)                                                       \
	"{\"id\":" id_ ",\"first_heard\":900,\"last_heard\":" last_            \
	",\"expires\":1500}"
#define MACHINE(id_, state_)                                                   \
	"{\"id\":\"" id_ "\",\"kind\":\"vm\",\"state\":\"" state_              \
	"\",\"vnics\":[{\"name\":\"vnet0\"},{\"name\":\"vnet1\"}]}"

/* A report with one of everything. */
static const char usual[] =
    "{\"version\":1,\"number\":7,\"sent_at\":1000,"
    "\"agent\":{\"version\":\"1\",\"via\":\"vc1\"},"
    "\"host\":{\"id\":\"" ID "\",\"name\":\"hv1\"},"
    "\"nics\":[{\"name\":\"ens1f0\",\"up\":true,\"frames_heard\":12,"
    "\"neighbors\":[" NEIGHBOR("\"ttl_s\":120,",
	"990") "],"
	       "\"vlan_listening\":{\"period_s\":60,\"frames_dropped\":0},"
	       "\"heard_vlans\":[" VLAN("10", "980") "," VLAN("20",
		   "985") "]},"
			  "{\"name\":\"ens1f1\",\"up\":false}],"
			  "\"links\":[{\"name\":\"br0\",\"kind\":\"bridge\"}],"
			  "\"vswitches\":[{\"name\":\"br0\",\"kind\":\"linux_"
			  "bridge\"}],"
			  "\"port_groups\":[{\"vswitch\":\"br0\",\"name\":"
			  "\"tag 10\",\"vlan\":10}],"
			  "\"workloads\":[" MACHINE(
			      "m1", "running") "," MACHINE("m2",
			      "off") "],"
				     "\"digest\":\"0123456789abcdef\"}";
enum { USUAL_CLAIMS = 11 };

/* The usual report with 'from' replaced by 'to' is read as a whole one is;
 * gives how many of its claims were recalled. */
static size_t
recalled_with(const char *from, const char *to)
{
	const char *at = strstr(usual, from), *differs;
	size_t room = sizeof(usual) + strlen(to), recalled;
	char *text = malloc(room);

	ck_assert_msg(at != NULL, "%s", from);
	(void)snprintf(text, room, "%.*s%s%s", (int)(at - usual), usual, to,
	    at + strlen(from));
	differs = both_ways_differ(
	    usual, strlen(usual), text, strlen(text), &recalled);
	ck_assert_msg(differs[0] == '\0', "%s: %s differs", to, differs);
	free(text);
	return recalled;
}

START_TEST(what_was_read_before_is_recalled)
{
	static const struct {
		const char *from, *to;
		size_t recalled;
	} rows[] = {
		{ "\"number\":7", "\"number\":8", USUAL_CLAIMS },
		{ "\"sent_at\":1000", "\"sent_at\":1060", USUAL_CLAIMS },
		{ "89abcdef\"}", "89abcdee\"}", USUAL_CLAIMS },
		{ "\"frames_heard\":12", "\"frames_heard\":130", USUAL_CLAIMS },
		{ "\"last_heard\":990", "\"last_heard\":1020", USUAL_CLAIMS },
		{ "\"last_heard\":985", "\"last_heard\":1025", USUAL_CLAIMS },
		{ "\"frames_dropped\":0", "\"frames_dropped\":9",
		    USUAL_CLAIMS },
		{ "\"ttl_s\":120", "\"ttl_s\":60", USUAL_CLAIMS - 1 },
		{ "\"via\":\"vc1\"", "\"via\":\"vc2\"", USUAL_CLAIMS - 1 },
		{ "\"up\":true", "\"up\":false", USUAL_CLAIMS - 1 },
		{ "\"kind\":\"bridge\"", "\"kind\":\"bond\"",
		    USUAL_CLAIMS - 1 },
		{ "\"vlan\":10", "\"vlan\":11", USUAL_CLAIMS - 1 },
		{ "\"state\":\"off\"", "\"state\":\"paused\"",
		    USUAL_CLAIMS - 1 },
		/* What a claim is of depends on the NIC that it stands in. */
		{ "\"name\":\"ens1f0\"", "\"name\":\"ens1f2\"",
		    USUAL_CLAIMS - 4 },
		{ "{\"name\":\"ens1f1\",\"up\":false}", "", 0 },
		{ "," VLAN("20", "985"), "", USUAL_CLAIMS - 1 },
		{ "\"nics\":", " \"nics\" : ", USUAL_CLAIMS },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_msg(
		    recalled_with(rows[i].from, rows[i].to) == rows[i].recalled,
		    "%s", rows[i].to);
}
END_TEST

START_TEST(what_is_unusual_is_read_whole)
{
	static const char *const rows[][2] = {
		{ "\"number\":7", "\"number\":7e0" },
		{ "\"number\":7", "\"number\":-7" },
		{ "\"number\":7", "\"number\":07" },
		{ "\"number\":7", "\"number\":9007199254740993" },
		{ "\"number\":7", "\"number\":7,\"number\":8" },
		{ "\"number\":7", "\"number\":7,\"other\":1" },
		{ "\"number\":7", "\"number\":7,\"heartbeat\":true" },
		{ "\"version\":1", "\"version\":2" },
		{ "\"nics\"", "\"\\u006eics\"" },
		{ "\"name\":\"ens1f0\"", "\"name\":\"ens1\\u0066\"" },
		{ "\"name\":\"ens1f0\"", "\"name\":\"ens 1\"" },
		{ "\"name\":\"ens1f1\"", "\"name\":\"ens1f0\"" },
		{ "\"name\":\"ens1f1\"", "\"names\":\"ens1f1\"" },
		{ "\"frames_heard\":12", "\"frames_heard\":\"12\"" },
		{ "\"last_heard\":990", "\"last_heard\":999999999999" },
		{ "\"last_heard\":990", "\"last_heard\":null" },
		{ "\"expires\":1110,", "" },
		{ "\"id\":\"m2\"", "\"id\":\"m1\"" },
		{ "\"id\":\"m2\"", "\"id\":\"m1\",\"id\":\"m2\"" },
		{ "\"state\":\"off\"", "\"state\":\"of\xff\"" },
		{ "\"state\":\"off\"", "\"state\":\"of\n\"" },
		{ "{\"name\":\"vnet1\"}]}]", "{\"name\":\"vnet1\"}]}" },
		{ "{\"name\":\"vnet1\"}]}]", "{\"name\":\"vnet1\"}],}]" },
		{ "\"links\":[", "\"links\":[," },
		{ "\"links\":[", "\"links\":[7," },
		{ "\"links\":[", "\"links\":[{\"x\":1 2}," },
		{ "\"digest\"", "\"Digest\"" },
		{ "89abcdef\"}", "89abcdef\"} x" },
		{ "\"links\":[{\"name\":\"br0\",\"kind\":\"bridge\"}],", "" },
		{ "\"neighbors\":[", "\"neighbors\":7,\"x\":[" },
		{ "\"vnics\":[", "\"vnics\":{},\"x\":[" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		(void)recalled_with(rows[i][0], rows[i][1]);
}
END_TEST

START_TEST(a_report_cut_or_changed_anywhere_is_read_the_same)
{
	char text[sizeof(usual)];
	size_t recalled, size = strlen(usual);

	for (size_t i = 0; i < size; i++) {
		const char *differs =
		    both_ways_differ(usual, size, usual, i, &recalled);

		ck_assert_msg(differs[0] == '\0', "cut at %zu: %s", i, differs);
		for (const char *c = "\"{}[],:\\ 0-"; *c; c++) {
			memcpy(text, usual, sizeof(text));
			text[i] = *c;
			differs = both_ways_differ(
			    usual, size, text, size, &recalled);
			ck_assert_msg(differs[0] == '\0', "%c at %zu: %s", *c,
			    i, differs);
		}
	}
}
END_TEST

START_TEST(how_deep_a_part_stands_counts)
{
	char deep[200] = "\"vlan\":10,\"x\":{\"y\":", *at = deep + strlen(deep);

	for (int left = 27; left <= 30; left++) {
		for (int i = 0; i < left; i++) {
			at[i] = '[';
			at[left + i] = ']';
		}
		(void)snprintf(at + 2 * left, 2, "}");
		(void)recalled_with("\"vlan\":10", deep);
	}
}
END_TEST

SUITE("incoming_parts", what_was_read_before_is_recalled,
    what_is_unusual_is_read_whole,
    a_report_cut_or_changed_anywhere_is_read_the_same,
    how_deep_a_part_stands_counts)
