#include "collector/incoming.h"

#include <check.h>
#include <string.h>

#include "collector/incoming_rules.h"
#include "tests/support/documents.h"
#include "tests/support/suite.h"

/* Reads the text; gives the mistake as a reply shows it, "" for none. */
static const char *
mistake_of(const char *text)
{
	static char shown[MISTAKE_PATH_SIZE + MISTAKE_TEXT_SIZE + 4];
	struct mistake mistake;
	struct incoming report;

	incoming_init(&report);
	shown[0] = '\0';
	if (incoming_read(&report, text, strlen(text), &mistake) != STATUS_OK)
		(void)snprintf(
		    shown, sizeof(shown), "%s: %s", mistake.path, mistake.text);
	incoming_done(&report);
	return shown;
}

/* The good document with 'from' replaced by 'to'. */
static const char *
mistake_with(const char *from, const char *to)
{
	char *text = document_of(7, document_neighbor);
	char *at = strstr(text, from);
	const char *shown;
	char *changed;
	size_t size;

	ck_assert_msg(at != NULL, "%s", from);
	size = strlen(text) + strlen(to) + 1;
	changed = malloc(size);
	(void)snprintf(changed, size, "%.*s%s%s", (int)(at - text), text, to,
	    at + strlen(from));
	shown = mistake_of(changed);
	free(changed);
	free(text);
	return shown;
}

START_TEST(a_report_becomes_claims)
{
	char *text = document_of(7, document_neighbor);
	struct mistake mistake;
	struct incoming r;

	incoming_init(&r);
	ck_assert_int_eq(
	    incoming_read(&r, text, strlen(text), &mistake), STATUS_OK);
	ck_assert_int_eq(r.number, 7);
	ck_assert_str_eq(r.machine_id, HOST_ID);
	ck_assert_uint_eq(r.claim_count, 3);
	ck_assert_int_eq(r.claims[0].kind, CLAIM_HOST);
	ck_assert_str_eq(r.claims[1].key, "ens1f0");
	ck_assert_int_eq(r.claims[1].heard.frames, 7);
	ck_assert_int_eq(r.claims[2].heard.expires, 1110);
	ck_assert_str_eq(r.claims[2].frame, "AAEC");
	/* What is volatile is no fact. */
	ck_assert_ptr_null(strstr(r.claims[1].facts, "frames_heard"));
	ck_assert_ptr_null(strstr(r.claims[2].facts, "last_heard"));
	ck_assert_ptr_null(strstr(r.claims[2].facts, "AAEC"));
	incoming_done(&r);
	free(text);
}
END_TEST

START_TEST(a_mistake_is_named_with_its_path)
{
	static const char *const rows[][3] = {
		{ "00:50:56:9a:1c:0e", "xyz",
		    "nics[0].mac: \"xyz\" is not a MAC address; write it as "
		    "00:11:22:aa:bb:cc" },
		{ "\"version\":1", "\"version\":2",
		    "version: 2 is not 1, the only one that is known" },
		{ "\"number\":7", "\"number\":-1",
		    "number: -1 is not a whole number from 0 to "
		    "9007199254740992" },
		{ "\"number\":7,", "", "number: it is missing" },
		{ "\"lldp\"", "\"ospf\"",
		    "nics[0].neighbors[0].protocol: \"ospf\" is not one of "
		    "lldp cdp edp fdp sonmp" },
		{ "\"hv1\"", "\"h v\"",
		    "host.name: \"h v\" is not a name; it needs letters, no "
		    "blank and no slash" },
		{ "\"carrier\":true", "\"carrier\":\"yes\"",
		    "nics[0].carrier: \"yes\" is not true or false" },
		{ "\"AAEC\"", "\"A*EC\"",
		    "nics[0].neighbors[0].frame: \"A*EC\" is not octets in "
		    "base64" },
		{ "\"links\":[]", "\"links\":{}",
		    "links: an array is expected here" },
		{ HOST_ID, "0123",
		    "host.id: \"0123\" is not a text of 32 hexadecimal digits "
		    "in lower case" },
		{ "\"last_heard\":990", "\"last_heard\":\"now\"",
		    "nics[0].neighbors[0].last_heard: \"now\" is not a whole "
		    "number from 0 to 253402300799" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_str_eq(
		    mistake_with(rows[i][0], rows[i][1]), rows[i][2]);
}
END_TEST

START_TEST(unknown_members_are_ignored)
{
	ck_assert_str_eq(
	    mistake_with("\"version\":1", "\"new\":[{}],\"version\":1"), "");
	ck_assert_str_eq(
	    mistake_with("\"ttl_s\":120", "\"hue\":1,\"ttl_s\":120"), "");
}
END_TEST

START_TEST(a_report_cut_anywhere_is_refused)
{
	char *text = document_of(7, document_neighbor);

	for (size_t size = strlen(text) - 1; size > 0; size--) {
		text[size] = '\0';
		ck_assert_str_ne(mistake_of(text), "");
	}
	free(text);
}
END_TEST

START_TEST(hostile_text_is_cleaned_once)
{
	char *text = document_of(7,
	    "{\"protocol\":\"cdp\",\"source_mac\":\"b8:ce:f6:00:00:01\","
	    "\"system_name\":\"a\\u001b[31m\\u202eb\\n\",\"first_heard\":1,"
	    "\"last_heard\":1,\"expires\":1,"
	    "\"cisco\":{\"x\":[\"\\u0007\",1,null,true]}}");
	struct mistake mistake;
	struct incoming r;

	incoming_init(&r);
	ck_assert_int_eq(
	    incoming_read(&r, text, strlen(text), &mistake), STATUS_OK);
	ck_assert_ptr_nonnull(strstr(r.claims[2].facts,
	    "\"system_name\":\"a\xef\xbf\xbd[31m\xef\xbf\xbd"
	    "b\""));
	ck_assert_ptr_nonnull(strstr(r.claims[2].facts,
	    "\"cisco\":{\"x\":[\"\xef\xbf\xbd\",1,null,true]}"));
	incoming_done(&r);
	free(text);
}
END_TEST

START_TEST(of_a_neighbor_that_stands_twice_the_newer_stays)
{
	char both[2048], *text;
	struct mistake mistake;
	struct incoming r;

	(void)snprintf(both, sizeof(both),
	    "%.*s,\"ended\":{\"reason\":\"link_down\",\"at\":995}},%s",
	    (int)strlen(document_neighbor) - 1, document_neighbor,
	    document_neighbor);
	text = document_of(7, both);
	incoming_init(&r);
	ck_assert_int_eq(
	    incoming_read(&r, text, strlen(text), &mistake), STATUS_OK);
	ck_assert_uint_eq(r.claim_count, 3);
	ck_assert_ptr_null(strstr(r.claims[2].facts, "ended"));
	incoming_done(&r);
	free(text);
}
END_TEST

START_TEST(a_nic_that_stands_twice_is_refused)
{
	ck_assert_str_eq(
	    mistake_with("\"nics\":[", "\"nics\":[{\"name\":\"ens1f0\"},"),
	    "nics[1]: the name ens1f0 stands twice; names are unique in a "
	    "host");
	/* But not when one of them is gone: a card was replaced. */
	ck_assert_str_eq(
	    mistake_with("\"nics\":[", "\"nics\":[{\"name\":\"ens1f0\","
				       "\"removed_at\":900},"),
	    "");
}
END_TEST

/* The mistake in a report with these members beside its links. */
static const char *
mistake_inside(const char *members)
{
	static char all[1024];

	(void)snprintf(all, sizeof(all), "\"links\":[],%s", members);
	return mistake_with("\"links\":[]", all);
}

START_TEST(a_mistake_inside_the_host_is_named_with_its_path)
{
	ck_assert_str_eq(
	    mistake_inside("\"vswitches\":{}"), "vswitches: this is no array");
	ck_assert_str_eq(
	    mistake_inside("\"vswitches\":[{\"name\":\"\",\"kind\":\"x\"}]"),
	    "vswitches[0].name: \"\" is not a name; it must not be empty or "
	    "blank");
	ck_assert_str_eq(
	    mistake_inside("\"vswitches\":[{\"name\":\"br0\",\"kind\":"
			   "\"openvswitch\",\"uplinks\":[{\"name\":\"b\","
			   "\"kind\":\"bond\",\"carries\":\"30-20\"}]}]"),
	    "vswitches[0].uplinks[0].carries: \"30-20\" is not a list of "
	    "VLANs; write it as 10,20-30");
	ck_assert_str_eq(mistake_inside("\"port_groups\":[{\"name\":\"x\"}]"),
	    "port_groups[0].vswitch: it is missing");
	ck_assert_str_eq(
	    mistake_inside("\"workloads\":[{\"id\":\"a\",\"kind\":\"vm\"},"
			   "{\"id\":\"b\",\"kind\":\"vm\",\"vnics\":[{"
			   "\"name\":\"v\",\"mac\":\"xyz\"}]}]"),
	    "workloads[1].vnics[0].mac: \"xyz\" is not a MAC address; write "
	    "it as 00:11:22:aa:bb:cc");
	ck_assert_str_eq(
	    mistake_inside("\"workloads\":[{\"id\":\"a\",\"kind\":\"vm\"},"
			   "{\"id\":\"a\",\"kind\":\"vm\"}]"),
	    "workloads[1]: the name a stands twice; names are unique in a "
	    "host");
	ck_assert_str_eq(
	    mistake_inside("\"vswitches\":[{\"name\":\"DSwitch\",\"kind\":"
			   "\"distributed\"},{\"name\":\"DSwitch\",\"kind\":"
			   "\"standard\"}]"),
	    "vswitches[1]: the name DSwitch stands twice; names are unique in "
	    "a host");
	ck_assert_str_eq(
	    mistake_inside("\"port_groups\":[{\"vswitch\":\"a\",\"name\":"
			   "\"x\",\"team\":{\"active\":[7]}}]"),
	    "port_groups[0].team.active[0]: 7 is not a text");
	ck_assert_str_eq(
	    mistake_inside("\"port_groups\":[{\"vswitch\":\"a\",\"name\":"
			   "\"x\",\"pvlan\":{\"primary\":5000}}]"),
	    "port_groups[0].pvlan.primary: 5000 is not a whole number from 0 "
	    "to 4095");
	/* What names nothing that is reported is a gap of a path. */
	ck_assert_str_eq(
	    mistake_inside("\"port_groups\":[{\"vswitch\":\"nowhere\","
			   "\"name\":\"a\\u0007\\u001b[1mb\",\"team\":"
			   "{\"unused\":[\"\",\"nobody\"]}}]"),
	    "");
	/* One name on two switches is two port groups. */
	ck_assert_str_eq(
	    mistake_inside("\"port_groups\":[{\"vswitch\":\"a\",\"name\":"
			   "\"x\"},{\"vswitch\":\"b\",\"name\":\"x\"}]"),
	    "");
}
END_TEST

/* Switches and vNICs beyond the limits, in a document of its own. */
START_TEST(more_than_the_limits_is_refused)
{
	size_t size = 2 << 20, length;
	char *text = malloc(size);
	struct mistake mistake;
	struct incoming r;

	length = (size_t)snprintf(text, size,
	    "{\"version\":1,\"number\":1,\"sent_at\":1,\"digest\":"
	    "\"0000000000000001\",\"host\":{\"id\":\"" HOST_ID
	    "\",\"name\":\"h\"},\"nics\":[],\"links\":[],\"workloads\":[");
	for (int i = 0; i < 2; i++) {
		length += (size_t)snprintf(text + length, size - length,
		    "%s{\"id\":\"%d\",\"kind\":\"vm\",\"vnics\":[",
		    i ? "," : "", i);
		for (int k = 0; k < 8193; k++)
			length += (size_t)snprintf(text + length, size - length,
			    "%s{\"name\":\"v%d\"}", k ? "," : "", k);
		length += (size_t)snprintf(text + length, size - length, "]}");
	}
	length += (size_t)snprintf(text + length, size - length, "]}");
	incoming_init(&r);
	ck_assert_int_eq(
	    incoming_read(&r, text, length, &mistake), STATUS_MALFORMED);
	ck_assert_str_eq(mistake.path, "workloads[1]");
	ck_assert_str_eq(
	    mistake.text, "more than 16384 vNICs in all workloads");
	incoming_done(&r);
	free(text);
}
END_TEST

START_TEST(a_heartbeat_has_lines)
{
	static const char text[] =
	    "{\"version\":1,\"number\":8,\"sent_at\":1060,"
	    "\"heartbeat\":true,\"digest\":\"0000000000000007\","
	    "\"host\":{\"id\":\"" HOST_ID "\"},\"heard\":[{\"nic\":\"ens1f0\","
	    "\"protocol\":\"lldp\",\"source_mac\":\"b8:ce:f6:00:00:01\","
	    "\"last_heard\":1050,\"expires\":1170}]}";
	struct mistake mistake;
	struct incoming r;

	incoming_init(&r);
	ck_assert_int_eq(
	    incoming_read(&r, text, strlen(text), &mistake), STATUS_OK);
	ck_assert(r.heartbeat);
	ck_assert_uint_eq(r.line_count, 1);
	ck_assert_str_eq(r.lines[0].nic, "ens1f0");
	ck_assert_int_eq(r.lines[0].expires, 1170);
	incoming_done(&r);
}
END_TEST

/* The mistake in a report whose one NIC heard these VLANs; "": none. */
static const char *
mistake_heard(const char *vlans, size_t *out_claims)
{
	static char line[MISTAKE_PATH_SIZE + MISTAKE_TEXT_SIZE + 3];
	struct mistake mistake = { .path = "" };
	struct incoming r;
	char text[2048];

	(void)snprintf(text, sizeof(text),
	    "{\"version\":1,\"number\":1,\"sent_at\":1,\"digest\":"
	    "\"0000000000000001\",\"host\":{\"id\":\"" HOST_ID
	    "\",\"name\":\"h\"},\"nics\":[{\"name\":\"ens1\","
	    "\"heard_vlans\":%s}],\"links\":[]}",
	    vlans);
	incoming_init(&r);
	line[0] = '\0';
	if (incoming_read(&r, text, strlen(text), &mistake) != STATUS_OK)
		(void)snprintf(
		    line, sizeof(line), "%s: %s", mistake.path, mistake.text);
	*out_claims = r.claim_count;
	incoming_done(&r);
	return line;
}

#define HEARD(id, more)                                                        \
	"{\"id\":" id ",\"first_heard\":1,\"last_heard\":2,"                   \
	"\"expires\":3" more "}"

START_TEST(each_vlan_that_was_heard_is_a_claim)
{
	size_t claims;

	ck_assert_str_eq(
	    mistake_heard(
		"[" HEARD("140", ",\"addresses\":[\"10.0.0.1\"]") "," HEARD(
		    "1", "") "]",
		&claims),
	    "");
	ck_assert_uint_eq(claims, 4);
	/* The same one twice: what was heard last. */
	ck_assert_str_eq(
	    mistake_heard("[" HEARD("7", "") "," HEARD("7", "") "]", &claims),
	    "");
	ck_assert_uint_eq(claims, 3);
	ck_assert_str_eq(mistake_heard("{}", &claims),
	    "nics[0].heard_vlans: this is no array");
	ck_assert_str_eq(mistake_heard("[" HEARD("4095", "") "]", &claims),
	    "nics[0].heard_vlans[0].id: 4095 is not a whole number from 1 to "
	    "4094");
	ck_assert_str_eq(
	    mistake_heard(
		"[" HEARD("5", ",\"addresses\":[\"x\"]") "]", &claims),
	    "nics[0].heard_vlans[0].addresses[0]: \"x\" is not an IP "
	    "address; write it as 192.0.2.1 or 2001:db8::1");
}
END_TEST

/* A line is short, and may name them all. */
START_TEST(a_heartbeat_names_no_more_vlans_than_a_report)
{
	enum { LINES = REPORT_HEARD_VLANS_ALL / 4094 + 1 };
	struct mistake mistake = { .path = "" };
	struct incoming r;
	char text[2048];
	int size = snprintf(text, sizeof(text),
	    "{\"version\":1,\"number\":1,\"sent_at\":1,"
	    "\"heartbeat\":true,\"digest\":"
	    "\"0000000000000001\",\"host\":{\"id\":\"" HOST_ID
	    "\"},\"heard\":[],\"heard_vlans\":[");

	for (int i = 0; i < LINES; i++)
		size += snprintf(text + size, sizeof(text) - (size_t)size,
		    "%s{\"nic\":\"ens%d\",\"vlans\":\"1-4094\","
		    "\"last_heard\":2,\"expires\":3}",
		    i > 0 ? "," : "", i);
	(void)snprintf(text + size, sizeof(text) - (size_t)size, "]}");
	incoming_init(&r);
	ck_assert_int_eq(
	    incoming_read(&r, text, strlen(text), &mistake), STATUS_MALFORMED);
	ck_assert_str_eq(mistake.path, "heard_vlans[8]");
	ck_assert_str_eq(
	    mistake.text, "more than 32768 VLANs heard by all NICs");
	incoming_done(&r);
}
END_TEST

SUITE("incoming", a_heartbeat_names_no_more_vlans_than_a_report,
    each_vlan_that_was_heard_is_a_claim, a_report_becomes_claims,
    a_mistake_is_named_with_its_path, unknown_members_are_ignored,
    a_report_cut_anywhere_is_refused, hostile_text_is_cleaned_once,
    of_a_neighbor_that_stands_twice_the_newer_stays,
    a_nic_that_stands_twice_is_refused,
    a_mistake_inside_the_host_is_named_with_its_path,
    more_than_the_limits_is_refused, a_heartbeat_has_lines)
