#include "collector/incoming_beat.h"

#include <check.h>
#include <stdio.h>

#include "tests/support/both_ways.h"
#include "tests/support/suite.h"

#define LINE(nic_, more_)                                                      \
	"{\"nic\":\"" nic_ "\",\"protocol\":\"lldp\"" more_                    \
	",\"last_heard\":990,\"expires\":1110}"
#define MAC ",\"source_mac\":\"b8:ce:f6:00:00:01\""

#define LINES LINE("ens1f0", MAC) "," LINE("ens1f1", "")
#define VLANS                                                                  \
	"{\"nic\":\"ens1f2\",\"vlans\":\"10,20-30\",\"last_heard\":991,"       \
	"\"expires\":3111}"

/* As agents write it. */
static const char usual[] =
    "{\"version\":1,\"number\":7,\"sent_at\":1000,\"heartbeat\":true,"
    "\"host\":{\"id\":\"0123456789abcdef0123456789abcdef\"},"
    "\"heard\":[" LINES "],\"heard_vlans\":[" VLANS "],"
    "\"digest\":\"0123456789abcdef\"}";

/* The usual one with 'from' replaced by 'to'. */
static size_t
change(char out[static 2048], const char *from, const char *to)
{
	const char *at = strstr(usual, from);

	ck_assert_msg(at != NULL, "%s", from);
	return (size_t)snprintf(out, 2048, "%.*s%s%s", (int)(at - usual), usual,
	    to, at + strlen(from));
}

/* Is it read without a document?  Either way it says the same. */
static bool
is_usual(const char *text, size_t size)
{
	struct incoming r;
	size_t recalled;
	const char *differs =
	    both_ways_differ(usual, strlen(usual), text, size, &recalled);
	bool taken;

	ck_assert_msg(differs[0] == '\0', "%s: %s differs", text, differs);
	incoming_init(&r);
	taken = incoming_beat(&r, text, size);
	ck_assert(taken || (!r.lines && r.line_count == 0));
	incoming_done(&r);
	return taken;
}

START_TEST(what_agents_send_needs_no_document)
{
	char text[2048];
	size_t size =
	    change(text, LINE("ens1f0", MAC) "," LINE("ens1f1", ""), "");

	ck_assert(is_usual(usual, strlen(usual)));
	ck_assert(is_usual(text, size));
}
END_TEST

START_TEST(whatever_else_it_says_means_the_same_as_in_a_document)
{
	static const char *const changes[][2] = {
		{ "\"version\":1", "\"version\":2" },
		{ "\"number\":7", "\"number\":-7" },
		{ "\"sent_at\":1000", "\"sent_at\":253402300800" },
		{ "true", "false" },
		{ "true", "truer" },
		{ "true", "\"true\"" },
		{ "\"heartbeat\":true,", "" },
		{ "\"host\":", "\"most\":" },
		{ "\"id\":\"0", "\"id\":\"X" },
		{ "\"id\":\"0", "\"name\":\"hv1\",\"id\":\"0" },
		{ "\"digest\":\"0", "\"digest\":\"" },
		{ "\"heard\":[", "\"heard\":[7," },
		{ "\"heard_vlans\":[", "\"heard_vlans\":[7," },
		{ "10,20-30", "" },
		{ "10,20-30", "10,20-" },
		{ "10,20-30", "10, 20" },
		{ "10,20-30", "10,4096" },
		{ "ens1f2", "ens 2" },
		{ "\"last_heard\":991", "\"last_heard\":-1" },
		{ "\"expires\":3111", "\"expires\":253402300800" },
		{ "\"heard\":[", "\"nics\":[],\"heard\":[" },
		{ "ens1f0", "" },
		{ "ens1f0", "ens/1" },
		{ "ens1f0", "\xc3\xa4" },
		{ "ens1f0", "\xff" },
		{ "ens1f0", "\\u0061" },
		{ "ens1f0", "a\nb" },
		{ "lldp", "ldp" },
		{ "b8:ce:f6:00:00:01", "b8:ce:f6:00:00:0g" },
		{ "b8:ce:f6:00:00:01", "" },
		{ "\"last_heard\":990", "\"last_heard\":-990" },
		{ "\"last_heard\":990", "\"last_heard\":990.5" },
		{ "\"last_heard\":990,", "" },
		{ "\"expires\":1110", "\"expires\":253402300800" },
		{ "\"expires\":1110", "\"expires\":1110,\"more\":1" },
		{ "cdef\"}", "cdef\"} x" },
	};
	char text[2048];

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		size_t size = change(text, changes[i][0], changes[i][1]);

		ck_assert_msg(!is_usual(text, size), "%s", text);
	}
}
END_TEST

START_TEST(one_that_was_cut_is_none)
{
	for (size_t size = 0; size < strlen(usual); size++)
		ck_assert(!is_usual(usual, size));
}
END_TEST

SUITE("incoming_beat", what_agents_send_needs_no_document,
    whatever_else_it_says_means_the_same_as_in_a_document,
    one_that_was_cut_is_none)
