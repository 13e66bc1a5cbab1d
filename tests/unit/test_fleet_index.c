#include "collector/fleet_index.h"

#include "tests/support/inside.h"
#include "tests/support/suite.h"
#include "tests/support/viewing.h"

#define VM_WITH(mac)                                                           \
	"\"workloads\":[" INSIDE_VM(                                           \
	    "web", "{\"name\":\"vnet0\",\"mac\":\"" mac "\"}") "]"

static struct view view;
static struct fleet_index *fleet;

static void
take_all(bool outside)
{
	view = viewing();
	for (size_t i = 0; i < view.model->count; i++)
		fleet_index_take_host(fleet, view.model->hosts[i], outside);
}

static void
begin(void)
{
	asking_begin();
	ck_assert_int_eq(fleet_index_new(&fleet), STATUS_OK);
}

static void
end(void)
{
	fleet_index_free(fleet);
	asking_end();
}

static void
count_host(void *context, int64_t host_id)
{
	size_t *count = context;

	ck_assert_int_ne(host_id, 0);
	++*count;
}

static size_t
holders(const char *mac)
{
	size_t count = 0;

	fleet_index_of_mac(fleet, mac, count_host, &count);
	return count;
}

static void
post(int number, const char *nics, const char *inside)
{
	char *text = inside_report(number, nics, inside);

	asking_post(text);
	free(text);
}

START_TEST(a_mac_is_found_where_it_is_and_no_longer_where_it_was)
{
	begin();
	post(1, INSIDE_NICS, VM_WITH("52:54:00:00:77:01"));
	take_all(true);
	ck_assert_uint_eq(holders("52:54:00:00:77:01"), 1);
	ck_assert_uint_eq(holders("b8:ce:f6:00:01:00"), 1);
	post(2, INSIDE_NICS, VM_WITH("52:54:00:00:77:02"));
	take_all(false);
	ck_assert_uint_eq(holders("52:54:00:00:77:01"), 0);
	ck_assert_uint_eq(holders("52:54:00:00:77:02"), 1);
	ck_assert_uint_eq(holders("no MAC at all"), 0);
	fleet_index_drop_host(fleet, view.model->hosts[0]->host_id);
	ck_assert_uint_eq(holders("52:54:00:00:77:02"), 0);
	end();
}
END_TEST

START_TEST(hosts_with_a_mac_in_common_are_relatives)
{
	size_t count = 0;
	char *text;

	begin();
	asking_post_file("tests/reports/hv1.json");
	post(1, INSIDE_NICS, VM_WITH("52:54:00:00:77:01"));
	text = inside_report(1, INSIDE_NICS, VM_WITH("52:54:00:00:77:01"));
	memcpy(strstr(text, HOST_ID), "ffff", 4);
	asking_post(text);
	free(text);
	take_all(true);
	ck_assert_uint_eq(holders("52:54:00:00:77:01"), 2);
	for (size_t i = 0; i < view.model->count; i++)
		fleet_index_relatives(
		    fleet, view.model->hosts[i]->host_id, count_host, &count);
	/* Of two, each by the VM and by two NICs. */
	ck_assert_uint_ge(count, 6);
	end();
}
END_TEST

START_TEST(a_carrier_that_comes_and_goes_is_counted)
{
	static const char nic[] =
	    "\"nics\":[{\"name\":\"ens1f0\",\"carrier\":true,"
	    "\"carrier_changed_at\":%d}]";
	char text[128];

	begin();
	for (int i = 0; i < 5; i++) {
		(void)snprintf(text, sizeof(text), nic, 900 + 10 * i);
		post(i + 1, text, VM_WITH("52:54:00:00:77:01"));
		take_all(true);
		take_all(true);
	}
	ck_assert_int_eq(
	    fleet_index_flaps(fleet, view.model->hosts[0], 0, 1000), 5);
	ck_assert_int_eq(
	    fleet_index_flaps(fleet, view.model->hosts[0], 0, 4520), 2);
	end();
}
END_TEST

START_TEST(facts_are_read_once_until_they_change)
{
	const struct outline *o;

	begin();
	asking_post_file("tests/reports/hv1.json");
	take_all(true);
	o = fleet_index_outline(fleet, view.model->hosts[0]);
	ck_assert_uint_eq(o->nic_count, view.model->hosts[0]->nic_count);
	ck_assert_ptr_eq(
	    o->nics, fleet_index_outline(fleet, view.model->hosts[0])->nics);
	ck_assert(o->nics[0].neighbor_count > 0);
	ck_assert(known_vlans_have(o->nics[0].neighbors[0].named, 140));
	ck_assert(!known_vlans_have(o->nics[0].neighbors[0].named, 141));
	end();
}
END_TEST

SUITE("fleet index", a_mac_is_found_where_it_is_and_no_longer_where_it_was,
    hosts_with_a_mac_in_common_are_relatives,
    a_carrier_that_comes_and_goes_is_counted,
    facts_are_read_once_until_they_change)
