#include "collector/scope.h"

#include "tests/support/suite.h"
#include "tests/support/viewing.h"

static struct view view;

static void
begin(void)
{
	asking_begin();
	asking_post_file("tests/reports/hv1.json");
	asking_post_file("tests/reports/esx01.json");
	asking_post_file("tests/reports/esx02.json");
	view = viewing();
}

static struct scope
read_scope(const char *text, enum status expected)
{
	struct scope s;
	enum status status = scope_read(&s, &view, text, NULL);

	ck_assert_msg(status == expected, "%s: %s (%s)", text,
	    status_text(status), s.why);
	ck_assert(status == STATUS_OK || s.why[0] != '\0');
	return s;
}

/* Checks which hosts are meant, in their order, and the title. */
static void
check_hosts(const char *text, const char *hosts, const char *title)
{
	struct scope s = read_scope(text, STATUS_OK);
	char names[128] = "";
	size_t size = 0;

	for (size_t i = 0; i < s.host_count; i++)
		size += (size_t)snprintf(names + size, sizeof(names) - size,
		    "%s%s", i > 0 ? " " : "", s.hosts[i]->name);
	ck_assert_str_eq(names, hosts);
	ck_assert_str_eq(s.title, title);
	scope_done(&s);
}

static void
check_refused(const char *text, enum status status, const char *why)
{
	struct scope s = read_scope(text, status);

	ck_assert_msg(strstr(s.why, why), "%s: %s", text, s.why);
	scope_done(&s);
}

START_TEST(a_scope_is_one_thing_or_several)
{
	begin();
	check_hosts("hv1", "hv1", "hv1");
	check_hosts("host:esx02, host:hv1", "esx02 hv1", "esx02 + hv1");
	check_hosts("abcdef0123456789abcdef0123456789", "hv1", "hv1");
	check_hosts("leaf1a", "esx01 esx02 hv1", "leaf1a");
	check_hosts("switch:leaf1a,hv1", "esx01 esx02 hv1", "leaf1a + hv1");
	check_hosts("chassis:enc77", "esx01 esx02", "Chassis enc77");
	check_hosts("host:hv1,host:esx01,host:esx02,chassis:ENC77",
	    "esx01 esx02 hv1", "hv1 + esx01 + esx02 and 1 more");
	asking_end();
}
END_TEST

START_TEST(a_vlan_is_the_hosts_that_need_or_hear_it)
{
	begin();
	check_hosts("vlan:40", "hv1", "VLAN 40");
	check_hosts("vlan 77", "hv1", "VLAN 77"); /* a VLAN device */
	check_hosts("vlan 150", "esx01 esx02", "VLAN 150");
	check_hosts("vlan 10,vlan 20", "hv1", "VLAN 10 + VLAN 20");
	asking_end();
}
END_TEST

START_TEST(one_thing_with_a_way_out_means_its_way)
{
	static const char *const with[] = { "hv1 ens1f0", "vm:app",
		"nic:b8:59:9f:00:00:01", "Eth1/1 leaf1a", "esx01 vmk0",
		"group:hv1 br0 tag 20" };
	static const char *const without[] = { "hv1", "vm:app,hv1", "leaf1a",
		"vlan:40", "vswitch:hv1 br0" };

	begin();
	for (size_t i = 0; i < sizeof(with) / sizeof(with[0]); i++) {
		struct scope s = read_scope(with[i], STATUS_OK);

		ck_assert_msg(s.has_way, "%s", with[i]);
		ck_assert_uint_eq(s.host_count, 1);
		scope_done(&s);
	}
	for (size_t i = 0; i < sizeof(without) / sizeof(without[0]); i++) {
		struct scope s = read_scope(without[i], STATUS_OK);

		ck_assert_msg(!s.has_way, "%s", without[i]);
		scope_done(&s);
	}
	asking_end();
}
END_TEST

START_TEST(what_runs_is_meant_before_what_is_off)
{
	begin();
	check_hosts("web", "esx01", "esx01 web");
	check_hosts("vm:esx02 web", "esx02", "esx02 web");
	asking_end();
}
END_TEST

START_TEST(several_that_are_meant_alike_are_named)
{
	begin();
	check_refused("vmnic0", STATUS_CONFLICT, "nic:esx01 vmnic0");
	check_refused("vmnic0", STATUS_CONFLICT, "nic:esx02 vmnic0");
	check_refused("vmk0", STATUS_CONFLICT, "kernel_port:esx01 vmk0");
	check_refused("hv1,vmnic0", STATUS_CONFLICT, "ask for one of them");
	asking_end();
}
END_TEST

START_TEST(what_is_only_like_something_is_not_found)
{
	begin();
	check_refused("hv", STATUS_NOT_FOUND, "find shows what comes close");
	check_refused("host:leaf1a", STATUS_NOT_FOUND, "no host is called");
	check_refused("hv1,nobody", STATUS_NOT_FOUND, "nobody");
	check_refused("chassis:none", STATUS_NOT_FOUND, "chassis");
	check_refused("vlan:4000", STATUS_NOT_FOUND, "4000");
	asking_end();
}
END_TEST

START_TEST(what_is_no_question_is_refused)
{
	char longer[SCOPE_SIZE_MOST + 2], many[2 * SCOPE_PARTS_MOST + 2];

	begin();
	memset(longer, 'x', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	for (size_t i = 0; i + 1 < sizeof(many); i++)
		many[i] = i % 2 ? ',' : 'a';
	many[sizeof(many) - 1] = '\0';
	check_refused("", STATUS_NOT_FOUND, "without a name");
	check_refused("hv1,", STATUS_NOT_FOUND, "without a name");
	check_refused("host:", STATUS_NOT_FOUND, "without a name");
	check_refused("\xff", STATUS_MALFORMED, "no text");
	check_refused("-", STATUS_NOT_FOUND, "separators");
	check_refused(longer, STATUS_MALFORMED, "too long");
	check_refused(many, STATUS_TOO_LARGE, "at most 64");
	asking_end();
}
END_TEST

/* It is the seed of the hand: the same things are drawn by the same hand. */
START_TEST(the_id_is_of_what_is_meant_however_it_is_asked_for)
{
	static const char *const pairs[][2] = {
		{ "hv1", "host:abcdef0123456789abcdef0123456789" },
		{ "hv1,leaf1a", "switch:leaf1a.dc1.example.net,host:hv1" },
		{ "vlan 40", "vlan:40" },
		{ "b8:59:9f:00:00:01", "nic:hv1 ens1f0" },
	};

	begin();
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct scope a = read_scope(pairs[i][0], STATUS_OK);
		struct scope b = read_scope(pairs[i][1], STATUS_OK);

		ck_assert_str_eq(a.id, b.id);
		scope_done(&a);
		scope_done(&b);
	}
	asking_end();
}
END_TEST

START_TEST(within_a_scope_only_its_hosts_count)
{
	struct scope esx, nic;

	begin();
	esx = read_scope("esx01", STATUS_OK);
	ck_assert_int_eq(scope_read(&nic, &view, "vmnic0", &esx), STATUS_OK);
	ck_assert_str_eq(nic.title, "esx01 vmnic0");
	scope_done(&nic);
	ck_assert_int_eq(
	    scope_read(&nic, &view, "ens1f0", &esx), STATUS_NOT_FOUND);
	scope_done(&nic);
	scope_done(&esx);
	asking_end();
}
END_TEST

SUITE("scope", a_scope_is_one_thing_or_several,
    a_vlan_is_the_hosts_that_need_or_hear_it,
    one_thing_with_a_way_out_means_its_way,
    what_runs_is_meant_before_what_is_off,
    several_that_are_meant_alike_are_named,
    what_is_only_like_something_is_not_found, what_is_no_question_is_refused,
    the_id_is_of_what_is_meant_however_it_is_asked_for,
    within_a_scope_only_its_hosts_count)
