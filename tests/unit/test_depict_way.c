/* What the drawing of one way says of a host with many uplinks. */
#include "collector/depict.h"
#include "tests/support/suite.h"
#include "tests/support/viewing.h"

enum { NICS = 9 };

static struct scene scene;

/* A NIC that hears its switch, but for the last, which has no link. */
static void
add_nic(struct buffer *out, unsigned n)
{
	buffer_printf(out,
	    "%s{\"name\":\"vmnic%u\",\"mac\":\"24:6e:96:00:01:%02x\","
	    "\"up\":true,\"carrier\":%s",
	    n > 0 ? "," : "", n, n, n + 1 < NICS ? "true" : "false");
	if (n + 1 < NICS)
		buffer_printf(out,
		    ",\"neighbors\":[{\"protocol\":\"lldp\",\"ttl_s\":120,"
		    "\"source_mac\":\"b8:ce:f6:00:00:%02x\","
		    "\"chassis_id\":{\"type\":\"mac\","
		    "\"value\":\"b8:ce:f6:00:00:00\"},"
		    "\"port_id\":{\"type\":\"interface_name\","
		    "\"value\":\"Eth1/%u\"},\"system_name\":\"leaf1a\","
		    "\"aggregation\":{\"capable\":true,\"enabled\":%s,"
		    "\"port\":12},"
		    "\"first_heard\":900,\"last_heard\":990,"
		    "\"expires\":1110}]",
		    n + 1, n + 1, n < 2 ? "true" : "false");
	buffer_text(out, "}");
}

static void
post_host(const char *id, const char *name)
{
	struct buffer out;

	buffer_init(&out, 1 << 16);
	buffer_text(&out,
	    "{\"version\":1,\"number\":1,\"sent_at\":1000,"
	    "\"digest\":\"0000000000000001\",\"agent\":{\"version\":\"1\"},"
	    "\"host\":{\"id\":\"e51e51e51e51e51e51e51e51e51e5101\","
	    "\"name\":\"big\"},\"nics\":[");
	for (unsigned n = 0; n < NICS; n++)
		add_nic(&out, n);
	buffer_text(&out,
	    "],\"links\":[],\"vswitches\":[{\"name\":\"dvs\","
	    "\"kind\":\"distributed\",\"uplinks\":[{\"name\":\"uplinks\","
	    "\"kind\":\"team\",\"members\":[");
	for (unsigned n = 0; n < NICS; n++)
		buffer_printf(&out, "%s{\"nic\":\"vmnic%u\",\"state\":\"%s\"}",
		    n > 0 ? "," : "", n, n + 1 < NICS ? "active" : "down");
	buffer_printf(&out,
	    "]}]}],\"port_groups\":[{\"vswitch\":\"dvs\",\"name\":\"prod\","
	    "\"vlan\":140}],\"workloads\":[{\"id\":\"%s\",\"kind\":\"vm\","
	    "%s\"state\":\"running\",\"source\":\"kernel\",\"vnics\":"
	    "[{\"name\":\"vnet0\",\"vswitch\":\"dvs\","
	    "\"port_group\":\"prod\",\"connected\":true}]}]}",
	    id, name);
	asking_post(buffer_string(&out));
	buffer_done(&out);
}

static const struct scene_path *
way_of(const char *text)
{
	struct depict_wish wish = { .highlight = NULL };
	struct view view = viewing();
	struct scope scope;

	ck_assert_msg(scope_read(&scope, &view, text, NULL) == STATUS_OK,
	    "%s: %s", text, scope.why);
	ck_assert_int_eq(depict(&scene, &view, &scope, &wish), STATUS_OK);
	scope_done(&scope);
	ck_assert_ptr_nonnull(scene.path);
	return scene.path;
}

static bool
says(const struct scene_row *rows, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++) {
		if (strstr(rows[i].left, text))
			return true;
	}
	return false;
}

static void
end(void)
{
	scene_done(&scene);
	asking_end();
}

START_TEST(no_uplink_falls_off_and_what_says_least_is_last)
{
	const struct scene_path *p;
	char name[24];

	asking_begin();
	post_host("vm-1", "\"name\":\"web\",");
	p = way_of("vm:web");
	ck_assert_uint_eq(p->other_uplinks, NICS - 1);
	for (unsigned n = 1; n + 1 < NICS; n++) {
		(void)snprintf(
		    name, sizeof(name), "vmnic%u to Eth1/%u", n, n + 1);
		ck_assert_msg(
		    says(p->other, p->other_count, name), "no %s", name);
	}
	ck_assert_str_eq(p->other[p->other_count - 1].left, "vmnic8: no link");
	end();
}
END_TEST

START_TEST(of_a_large_team_the_strip_says_how_many_more)
{
	const struct scene_path *p;

	asking_begin();
	post_host("vm-1", "\"name\":\"web\",");
	p = way_of("vm:web");
	ck_assert(says(p->inside, p->inside_count,
	    "vmnic0 + vmnic1 + vmnic2 + vmnic3 and 4 more are active in dvs"));
	ck_assert(says(p->inside, p->inside_count, "vmnic8 down"));
	end();
}
END_TEST

START_TEST(a_port_is_of_the_aggregate_that_its_switch_says)
{
	asking_begin();
	post_host("vm-1", "\"name\":\"web\",");
	(void)way_of("vm:web");
	for (size_t i = 0; i < scene.port_count; i++) {
		bool joined = strcmp(scene.ports[i].name, "Eth1/1") == 0 ||
			      strcmp(scene.ports[i].name, "Eth1/2") == 0;

		ck_assert_str_eq(
		    scene.ports[i].aggregate, joined ? "aggregate 12" : "");
	}
	end();
}
END_TEST

START_TEST(a_machine_that_nobody_names_is_called_that)
{
	const struct scene_path *p;

	asking_begin();
	post_host("port:vnet0", "");
	p = way_of("vm:port:vnet0");
	ck_assert_str_eq(
	    p->question, "Which switch port does machine on vnet0 use?");
	ck_assert(
	    says(p->inside, p->inside_count, "machine on vnet0 is running"));
	ck_assert_str_eq(scene.machines[p->machine].name, "machine on vnet0");
	end();
}
END_TEST

SUITE("depict_way", no_uplink_falls_off_and_what_says_least_is_last,
    of_a_large_team_the_strip_says_how_many_more,
    a_port_is_of_the_aggregate_that_its_switch_says,
    a_machine_that_nobody_names_is_called_that)
