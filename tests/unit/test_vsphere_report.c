/* From the documents of a vCenter to the report of a host. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/golden.h"
#include "tests/support/suite.h"
#include "tests/support/vsphere.h"
#include "vsphere/compose.h"

enum { SPREAD_LIMIT = 4 << 20 };

static const struct report_head head = { .number = 7,
	.sent_at = 1700000100,
	.started_at = 1700000000,
	.agent_version = "test",
	.program = "demarc-vsphere",
	.via = "vc.example.net",
	.sources = (const char *const[]){ "vsphere", NULL } };

static struct esxi *
read_all(struct inventory *inventory)
{
	struct soap_result hints =
	    vsphere_read_file("hints.xml", &shape_hints, NULL);
	struct esxi *host;
	bool changed;

	inventory_init(inventory);
	(void)vsphere_read_file("host.xml", NULL, inventory);
	inventory_identify(inventory);
	host = inventory_find_host(inventory, "host-21");
	ck_assert_ptr_nonnull(host);
	host->hearing.period_s = 300;
	ck_assert_int_eq(
	    hearing_take(&host->hearing, hints.list, 1700000090, &changed),
	    STATUS_OK);
	return host;
}

static void
hold(const char *path, const struct buffer *json)
{
	CLEANUP(buffer_done) struct buffer spread = { 0 };

	ck_assert(buffer_ok(json));
	buffer_init(&spread, SPREAD_LIMIT);
	golden_spread(&spread, buffer_string(json));
	ck_assert(golden_matches(path, buffer_string(&spread)));
}

START_TEST(a_host_is_reported_with_all_that_is_inside)
{
	CLEANUP(buffer_done) struct buffer json = { 0 };
	char digest[REPORT_DIGEST_SIZE];
	struct inventory inventory;
	struct esxi *host = read_all(&inventory);

	buffer_init(&json, REPORT_SIZE_MOST);
	compose_report(&inventory, host, &head, &json, digest);
	hold("tests/xml/vsphere/host.json", &json);
	inventory_done(&inventory);
}
END_TEST

START_TEST(after_a_move_the_machine_and_the_switch_are_gone)
{
	CLEANUP(buffer_done) struct buffer json = { 0 };
	char digest[REPORT_DIGEST_SIZE];
	struct inventory inventory;
	struct esxi *host = read_all(&inventory);
	struct soap_result result =
	    vsphere_read_file("changes.xml", NULL, &inventory);

	ck_assert_str_eq(result.version, "5");
	ck_assert(!result.truncated && !result.partial);
	buffer_init(&json, REPORT_SIZE_MOST);
	compose_report(&inventory, host, &head, &json, digest);
	hold("tests/xml/vsphere/changes.json", &json);
	inventory_done(&inventory);
}
END_TEST

START_TEST(a_heartbeat_says_again_what_is_heard)
{
	CLEANUP(buffer_done) struct buffer json = { 0 };
	struct inventory inventory;
	struct esxi *host = read_all(&inventory);

	buffer_init(&json, REPORT_SIZE_MOST);
	compose_heartbeat(host, &head, "0123456789abcdef", &json);
	hold("tests/xml/vsphere/hints.json", &json);
	inventory_done(&inventory);
}
END_TEST

START_TEST(the_same_twice_has_the_same_digest)
{
	CLEANUP(buffer_done) struct buffer json = { 0 };
	char first[REPORT_DIGEST_SIZE], second[REPORT_DIGEST_SIZE];
	struct report_head later = head;
	struct inventory inventory;
	struct esxi *host = read_all(&inventory);

	later.number++;
	later.sent_at += 60;
	buffer_init(&json, REPORT_SIZE_MOST);
	compose_report(&inventory, host, &head, &json, first);
	buffer_clear(&json);
	(void)vsphere_read_file("host.xml", NULL, &inventory);
	compose_report(&inventory, host, &later, &json, second);
	ck_assert_str_eq(first, second);
	inventory_done(&inventory);
}
END_TEST

START_TEST(a_host_that_tells_no_hints_does_not_listen)
{
	static const char why[] = "\"listening\":false,"
				  "\"listening_reason\":\"the host does not "
				  "tell what its NICs hear\"";
	CLEANUP(buffer_done) struct buffer json = { 0 };
	char digest[REPORT_DIGEST_SIZE];
	struct inventory inventory;
	struct esxi *host = read_all(&inventory);

	buffer_init(&json, REPORT_SIZE_MOST);
	compose_report(&inventory, host, &head, &json, digest);
	ck_assert_ptr_null(strstr(buffer_string(&json), why));
	host->mute = true;
	buffer_clear(&json);
	compose_report(&inventory, host, &head, &json, digest);
	ck_assert_ptr_nonnull(strstr(buffer_string(&json), why));
	ck_assert_ptr_null(strstr(buffer_string(&json), "\"listening\":true"));
	inventory_done(&inventory);
}
END_TEST

SUITE("vsphere_report", a_host_is_reported_with_all_that_is_inside,
    after_a_move_the_machine_and_the_switch_are_gone,
    a_heartbeat_says_again_what_is_heard, the_same_twice_has_the_same_digest,
    a_host_that_tells_no_hints_does_not_listen)
