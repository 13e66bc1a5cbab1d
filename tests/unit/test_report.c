#include "report/report.h"

#include <check.h>
#include <string.h>

#include "base/json_read.h"
#include "report/base64.h"
#include "report/virtual_json.h"
#include "tests/support/suite.h"

static const struct host host = { .id = "0123456789abcdef0123456789abcdef",
	.name = "hv1",
	.os = "Debian \"12\"",
	.address_count = 1,
	.addresses = {
	    { .family = ADDRESS_IPV4, .octets = { 10, 99, 0, 2 } } } };

static const struct link ens1 = { .index = 3,
	.mtu = 1500,
	.up = true,
	.carrier = true,
	.has_mac = true,
	.mac = { 0xb8, 0xce, 0xf6, 0, 0, 1 },
	.name = "ens1" };

/* What differs between two documents. */
struct change {
	int64_t number, last_heard;
	uint64_t heard;
	const char *ended;
};

static void
write_report(struct buffer *out, const struct change *change,
    char digest[static REPORT_DIGEST_SIZE])
{
	struct report_head head = { .number = change->number,
		.sent_at = 1790000000 + change->number,
		.started_at = 1790000000,
		.agent_version = "0.1.0" };
	struct nic_view nic = { .link = &ens1,
		.master = "bond0",
		.counts.heard = change->heard,
		.listening = true };
	struct neighbor said;
	struct report_neighbor n = { .said = &said,
		.first_heard = 1790000000,
		.last_heard = change->last_heard,
		.expires = change->last_heard + 120,
		.frames = change->heard,
		.ended = change->ended,
		.ended_at = 1790000100,
		.frame = (const uint8_t *)"frame",
		.frame_size = 5 };
	struct report r;

	neighbor_clear(&said);
	said.protocol = PROTOCOL_CDP;
	report_begin(&r, out, &head, &host);
	report_nic(&r, &nic);
	report_neighbor(&r, &n);
	report_nic_end(&r);
	report_links_begin(&r);
	report_links_end(&r);
	report_end(&r, digest);
}

static struct json_value *
parse(const struct buffer *text)
{
	char error[JSON_ERROR_SIZE];
	struct json_value *document = NULL;

	ck_assert(buffer_ok(text));
	ck_assert_msg(
	    json_parse(text->octets, text->size, &document, error) == STATUS_OK,
	    "%s", error);
	return document;
}

START_TEST(a_report_holds_the_members_of_the_contract)
{
	struct buffer text = { .limit = 1 << 20 };
	char digest[REPORT_DIGEST_SIZE];
	struct change change = { 17, 1790000050, 12, NULL };
	struct json_value *d;
	const struct json_value *nic, *n;

	write_report(&text, &change, digest);
	d = parse(&text);
	ck_assert_int_eq(json_get_number(d, "version", 0), 1);
	ck_assert_int_eq(json_get_number(d, "number", 0), 17);
	ck_assert_str_eq(json_get_string(d, "digest"), digest);
	ck_assert_str_eq(
	    json_get_string(json_get(d, "host"), "os"), "Debian \"12\"");
	ck_assert_ptr_null(json_get(json_get(d, "host"), "serial"));
	nic = json_first(json_get(d, "nics"));
	ck_assert_str_eq(json_get_string(nic, "mac"), "b8:ce:f6:00:00:01");
	ck_assert_str_eq(json_get_string(nic, "master"), "bond0");
	ck_assert(json_get_boolean(nic, "listening", false));
	ck_assert_ptr_null(json_get(nic, "speed_mbps"));
	n = json_first(json_get(nic, "neighbors"));
	ck_assert_str_eq(json_get_string(n, "protocol"), "cdp");
	ck_assert_str_eq(json_get_string(n, "frame"), "ZnJhbWU=");
	ck_assert_int_eq(json_get_number(n, "expires", 0), 1790000170);
	ck_assert_ptr_null(json_get(n, "ended"));
	json_free(d);
	buffer_done(&text);
}
END_TEST

START_TEST(volatile_members_do_not_change_the_digest)
{
	struct buffer text = { .limit = 1 << 20 };
	char first[REPORT_DIGEST_SIZE], second[REPORT_DIGEST_SIZE];
	struct change change = { 17, 1790000050, 12, NULL };

	write_report(&text, &change, first);
	buffer_clear(&text);
	change = (struct change){ 18, 1790000080, 13, NULL };
	write_report(&text, &change, second);
	ck_assert_str_eq(first, second);
	ck_assert_uint_eq(strlen(first), 16);
	buffer_done(&text);
}
END_TEST

START_TEST(what_does_not_answer_changes_the_digest)
{
	struct buffer text = { .limit = 1 << 20 };
	struct report_head head = { .number = 17, .agent_version = "0.1" };
	char first[REPORT_DIGEST_SIZE], second[REPORT_DIGEST_SIZE];
	struct json_value *d;
	struct report r;

	for (int i = 0; i < 2; i++) {
		buffer_clear(&text);
		head.unanswered[0] = i ? "openvswitch" : NULL;
		report_begin(&r, &text, &head, &host);
		report_links_begin(&r);
		report_links_end(&r);
		report_end(&r, i ? second : first);
	}
	ck_assert_str_ne(first, second);
	d = parse(&text);
	ck_assert_str_eq(json_string_of(json_first(
			     json_get(json_get(d, "host"), "unanswered"))),
	    "openvswitch");
	json_free(d);
	buffer_done(&text);
}
END_TEST

START_TEST(an_end_changes_the_digest)
{
	struct buffer text = { .limit = 1 << 20 };
	char first[REPORT_DIGEST_SIZE], second[REPORT_DIGEST_SIZE];
	struct change change = { 17, 1790000050, 12, NULL };

	write_report(&text, &change, first);
	buffer_clear(&text);
	change.ended = "expired";
	write_report(&text, &change, second);
	ck_assert_str_ne(first, second);
	buffer_done(&text);
}
END_TEST

START_TEST(a_report_beyond_the_limit_fails_as_a_whole)
{
	struct buffer text = { .limit = 200 };
	char digest[REPORT_DIGEST_SIZE];
	struct change change = { 17, 1790000050, 12, NULL };

	write_report(&text, &change, digest);
	ck_assert(!buffer_ok(&text));
	buffer_done(&text);
}
END_TEST

START_TEST(a_heartbeat_says_who_is_still_heard)
{
	struct buffer text = { .limit = 4096 };
	struct report_head head = { .number = 18, .sent_at = 1790000060 };
	struct report_heard heard = { "ens1", PROTOCOL_LLDP, ens1.mac,
		1790000050, 1790000170 };
	struct json_value *d;
	struct report r;

	report_heartbeat_begin(&r, &text, &head, host.id);
	report_heartbeat_heard(&r, &heard);
	report_heartbeat_end(&r, "00000000000000ff");
	d = parse(&text);
	ck_assert(json_get_boolean(d, "heartbeat", false));
	ck_assert_str_eq(json_get_string(d, "digest"), "00000000000000ff");
	ck_assert_str_eq(
	    json_get_string(json_first(json_get(d, "heard")), "source_mac"),
	    "b8:ce:f6:00:00:01");
	json_free(d);
	buffer_done(&text);
}
END_TEST

START_TEST(a_heartbeat_says_which_vlans_arrived_again)
{
	struct buffer text = { .limit = 4096 };
	struct report_head head = { .number = 18, .sent_at = 1790000060 };
	struct vlans vlans = { { 0 } };
	struct report_heard_vlans heard = { "ens1", &vlans, 1790000050,
		1790003650 };
	struct json_value *d;
	struct report r;

	vlans_add(&vlans, 10, 12);
	report_heartbeat_begin(&r, &text, &head, host.id);
	report_heartbeat_heard_vlans(&r, &heard);
	report_heartbeat_heard_vlans(&r, &heard);
	report_heartbeat_end(&r, "00000000000000ff");
	d = parse(&text);
	ck_assert_uint_eq(json_count(json_get(d, "heard")), 0);
	ck_assert_uint_eq(json_count(json_get(d, "heard_vlans")), 2);
	ck_assert_str_eq(
	    json_get_string(json_first(json_get(d, "heard_vlans")), "vlans"),
	    "10-12");
	json_free(d);
	buffer_done(&text);
}
END_TEST

static void
write_heard_vlan(struct buffer *out, int64_t last_heard,
    char digest[static REPORT_DIGEST_SIZE])
{
	static const char *const addresses[] = { "10.1.140.7" };
	struct report_head head = { .number = 17, .agent_version = "0.1" };
	struct nic_view nic = { .link = &ens1, .listening = true };
	struct report_vlan_listening how = { .period_s = 300,
		.window_s = 10,
		.since = 1790000000,
		.filtered = true,
		.frames_dropped = (uint64_t)last_heard };
	struct report_heard_vlan vlan = { .id = 140,
		.address_count = 1,
		.addresses = addresses,
		.first_heard = 1790000000,
		.last_heard = last_heard,
		.expires = last_heard + 3600,
		.frames = 3 };
	struct report r;

	report_begin(&r, out, &head, &host);
	report_nic(&r, &nic);
	report_nic_heard_vlans_begin(&r, &how);
	report_nic_heard_vlan(&r, &vlan);
	report_nic_end(&r);
	report_links_begin(&r);
	report_links_end(&r);
	report_end(&r, digest);
}

START_TEST(a_vlan_heard_again_does_not_change_the_digest)
{
	struct buffer text = { .limit = 1 << 20 };
	char first[REPORT_DIGEST_SIZE], second[REPORT_DIGEST_SIZE];
	struct json_value *d;
	const struct json_value *nic, *how;

	write_heard_vlan(&text, 1790000010, first);
	buffer_clear(&text);
	write_heard_vlan(&text, 1790000310, second);
	ck_assert_str_eq(first, second);
	d = parse(&text);
	nic = json_first(json_get(d, "nics"));
	ck_assert_uint_eq(json_count(json_get(nic, "neighbors")), 0);
	ck_assert_int_eq(
	    json_get_number(
		json_first(json_get(nic, "heard_vlans")), "last_heard", 0),
	    1790000310);
	how = json_get(nic, "vlan_listening");
	ck_assert_int_eq(json_get_number(how, "window_s", 0), 10);
	ck_assert_int_eq(json_get_number(how, "frames_dropped", 0), 1790000310);
	json_free(d);
	buffer_done(&text);
}
END_TEST

static void
add_teamed_group(struct virtual *v)
{
	struct vswitch one = { .name = "dvs1", .kind = VSWITCH_DISTRIBUTED };
	struct team team = { .policy = "failover_explicit",
		.member_count = 2,
		.members = { { "vmnic0", MEMBER_ACTIVE },
		    { "vmnic1", MEMBER_UNUSED } } };
	struct port_group group = { .vswitch = virtual_add_vswitch(v, &one),
		.policy = { .mode = VLAN_ACCESS, .vlan = 140 },
		.name = "prod",
		.has_team = true,
		.pvlan_primary = 100,
		.pvlan_secondary = 140 };

	group.team = virtual_add_team(v, &team);
	(void)virtual_add_port_group(v, &group);
}

START_TEST(a_named_port_group_tells_its_team)
{
	struct buffer text = { .limit = 1 << 20 };
	struct json j = json_over(&text);
	struct virtual v;
	struct json_value *d;
	const struct json_value *group;

	virtual_init(&v);
	add_teamed_group(&v);
	json_object_begin(&j);
	virtual_json_members(&j, &v);
	json_object_end(&j);
	d = parse(&text);
	group = json_first(json_get(d, "port_groups"));
	ck_assert_str_eq(json_get_string(group, "name"), "prod");
	ck_assert_str_eq(json_string_of(json_first(
			     json_get(json_get(group, "team"), "unused"))),
	    "vmnic1");
	ck_assert_int_eq(
	    json_get_number(json_get(group, "pvlan"), "secondary", 0), 140);
	json_free(d);
	buffer_done(&text);
	virtual_done(&v);
}
END_TEST

START_TEST(base64_pads_as_the_rfc_says)
{
	static const char *const pairs[][2] = { { "", "" }, { "f", "Zg==" },
		{ "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" } };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct buffer out = { .limit = 64 };

		base64_append(&out, pairs[i][0], strlen(pairs[i][0]));
		ck_assert_str_eq(buffer_string(&out), pairs[i][1]);
		buffer_clear(&out);
		ck_assert(base64_read(&out, pairs[i][1]));
		ck_assert_str_eq(buffer_string(&out), pairs[i][0]);
		buffer_done(&out);
	}
}
END_TEST

START_TEST(what_is_no_base64_is_not_read)
{
	static const char *const wrong[] = { "Z", "Zg",
		"Zg=", "Zg==Zg==", "Z===", "====", "Zg=v", "Zm9*", "Zm9v=" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct buffer out = { .limit = 64 };

		ck_assert_msg(!base64_read(&out, wrong[i]), "%s", wrong[i]);
		buffer_done(&out);
	}
}
END_TEST

SUITE("report", a_report_holds_the_members_of_the_contract,
    volatile_members_do_not_change_the_digest,
    what_does_not_answer_changes_the_digest, an_end_changes_the_digest,
    a_report_beyond_the_limit_fails_as_a_whole,
    a_heartbeat_says_who_is_still_heard,
    a_heartbeat_says_which_vlans_arrived_again,
    a_vlan_heard_again_does_not_change_the_digest,
    a_named_port_group_tells_its_team, base64_pads_as_the_rfc_says,
    what_is_no_base64_is_not_read)
