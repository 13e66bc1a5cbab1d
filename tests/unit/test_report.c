#include "report/report.h"

#include <check.h>
#include <string.h>

#include "base/json_read.h"
#include "report/base64.h"
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

START_TEST(base64_pads_as_the_rfc_says)
{
	static const char *const pairs[][2] = { { "", "" }, { "f", "Zg==" },
		{ "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" } };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct buffer out = { .limit = 64 };

		base64_append(&out, pairs[i][0], strlen(pairs[i][0]));
		ck_assert_str_eq(buffer_string(&out), pairs[i][1]);
		buffer_done(&out);
	}
}
END_TEST

SUITE("report", a_report_holds_the_members_of_the_contract,
    volatile_members_do_not_change_the_digest, an_end_changes_the_digest,
    a_report_beyond_the_limit_fails_as_a_whole,
    a_heartbeat_says_who_is_still_heard, base64_pads_as_the_rfc_says)
