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

/* The report of a host, in a text of ours. */
static const char *
report_of(struct inventory *inventory, const struct esxi *host)
{
	static struct buffer json;
	char digest[REPORT_DIGEST_SIZE];

	buffer_done(&json);
	buffer_init(&json, REPORT_SIZE_MOST);
	(void)compose_report(inventory, host, &head, &json, digest);
	ck_assert(buffer_ok(&json));
	return buffer_string(&json);
}

static const char group_31[] = "\"id\":\"dvportgroup-31\",\"unknown_vlan\":"
			       "true";

START_TEST(a_vlan_that_no_spec_tells_is_unknown)
{
	struct inventory inventory;
	struct esxi *host = read_all(&inventory);
	struct list *config = inventory_find_group(&inventory, "dvportgroup-31")
				  ->values[GROUP_CONFIG];
	struct dvpg_value *v = (struct dvpg_value *)(config + 1);
	const struct vlan_value said = v->vlan;

	ck_assert_ptr_null(strstr(report_of(&inventory, host), group_31));
	v->vlan.id.at = 0;
	ck_assert_ptr_nonnull(strstr(report_of(&inventory, host), group_31));
	v->vlan = said;
	v->vlan.type = v->name; /* of a spec that nobody knows */
	ck_assert_ptr_nonnull(strstr(report_of(&inventory, host), group_31));
	v->vlan.id = v->name;
	v->vlan.type = said.type;
	ck_assert_ptr_nonnull(strstr(report_of(&inventory, host), group_31));
	inventory_done(&inventory);
}
END_TEST

START_TEST(of_a_host_that_is_not_reached_no_card_is_known_to_be_connected)
{
	struct inventory inventory;
	struct esxi *host = read_all(&inventory);
	struct place *connection =
	    (struct place *)(host->values[HOST_CONNECTION] + 1);

	ck_assert_ptr_nonnull(
	    strstr(report_of(&inventory, host), "\"connected\":true"));
	connection->at = 0;
	ck_assert_ptr_null(
	    strstr(report_of(&inventory, host), "\"connected\":"));
	inventory_done(&inventory);
}
END_TEST

/* Hints of NICs that hear each VLAN there is. */
static struct list *
flood(void)
{
	CLEANUP(buffer_done) struct buffer text = { 0 };
	struct soap_result result = { .objects = 0 };

	buffer_init(&text, SPREAD_LIMIT);
	buffer_text(&text,
	    "<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\">"
	    "<Body><QueryNetworkHintResponse xmlns=\"urn:vim25\">");
	for (int nic = 0; nic < 6; nic++) {
		buffer_printf(
		    &text, "<returnval><device>vmnic%d</device>", nic);
		for (int id = VLAN_LEAST; id <= VLAN_MOST; id++)
			buffer_printf(&text,
			    "<network><vlanId>%d</vlanId><network>n</network>"
			    "</network>",
			    id);
		buffer_text(&text, "</returnval>");
	}
	buffer_text(&text, "</QueryNetworkHintResponse></Body></Envelope>");
	ck_assert_int_eq(
	    vsphere_read(
		&(struct vsphere_document){ .octets = buffer_string(&text),
		    .size = text.size,
		    .piece = 4096,
		    .shape = &shape_hints },
		&result),
	    STATUS_OK);
	return result.list;
}

static size_t
count(const char *text, const char *what)
{
	size_t found = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		found++;
	return found;
}

START_TEST(vlans_beyond_what_a_report_takes_are_counted_not_told)
{
	CLEANUP(buffer_done) struct buffer json = { 0 };
	char digest[REPORT_DIGEST_SIZE];
	struct inventory inventory;
	struct esxi *host = read_all(&inventory);
	bool changed;

	buffer_init(&json, REPORT_SIZE_MOST);
	ck_assert_uint_eq(
	    compose_report(&inventory, host, &head, &json, digest), 0);
	ck_assert_int_eq(
	    hearing_take(&host->hearing, flood(), 1700000095, &changed),
	    STATUS_OK);
	buffer_clear(&json);
	/* One of the six has no link. */
	ck_assert_uint_eq(
	    compose_report(&inventory, host, &head, &json, digest),
	    5 * VLAN_MOST - 16384);
	ck_assert(buffer_ok(&json));
	ck_assert_uint_eq(
	    count(buffer_string(&json), "\"expires\":1700000575"), 16384);
	buffer_clear(&json);
	compose_heartbeat(host, &head, digest, &json);
	ck_assert_uint_eq(
	    count(buffer_string(&json), "\"vlans\":\"1-4094\""), 4);
	ck_assert_uint_eq(count(buffer_string(&json), "\"vlans\":\""), 5);
	inventory_done(&inventory);
}
END_TEST

SUITE("vsphere_report", a_host_is_reported_with_all_that_is_inside,
    after_a_move_the_machine_and_the_switch_are_gone,
    a_heartbeat_says_again_what_is_heard, the_same_twice_has_the_same_digest,
    a_host_that_tells_no_hints_does_not_listen,
    a_vlan_that_no_spec_tells_is_unknown,
    of_a_host_that_is_not_reached_no_card_is_known_to_be_connected,
    vlans_beyond_what_a_report_takes_are_counted_not_told)
