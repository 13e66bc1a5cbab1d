#include "collector/depict.h"

#include <stdlib.h>

#include "collector/carried.h"
#include "collector/carries.h"
#include "collector/draw/scene_sum.h"
#include "tests/support/suite.h"
#include "tests/support/viewing.h"

static struct view view;
static struct scene scene;

static void
begin(void)
{
	asking_begin();
	asking_post_file("tests/reports/hv1.json");
	asking_post_file("tests/reports/esx01.json");
	asking_post_file("tests/reports/esx02.json");
	asking_post_file("tests/reports/esx03-disconnected.json");
}

/* The report with each 'old' in it made 'new'. */
static void
post_with(const char *path, const char *old, const char *new)
{
	struct buffer text, out;
	const char *at, *found;

	buffer_init(&text, 1 << 20);
	buffer_init(&out, 1 << 20);
	ck_assert_int_eq(buffer_read_file(&text, path), STATUS_OK);
	at = buffer_string(&text);
	for (; (found = strstr(at, old)); at = found + strlen(old))
		buffer_printf(&out, "%.*s%s", (int)(found - at), at, new);
	buffer_printf(&out, "%s", at);
	asking_post(buffer_string(&out));
	buffer_done(&text);
	buffer_done(&out);
}

static void
end(void)
{
	scene_done(&scene);
	asking_end();
}

static void
draw_lit(const char *text, const char *highlight)
{
	struct depict_wish wish = { .highlight = NULL };
	struct scope scope, lit;

	view = viewing();
	ck_assert_msg(scope_read(&scope, &view, text, NULL) == STATUS_OK,
	    "%s: %s", text, scope.why);
	if (highlight) {
		ck_assert_int_eq(
		    scope_read(&lit, &view, highlight, &scope), STATUS_OK);
		wish.highlight = &lit;
	}
	scene_done(&scene);
	ck_assert_int_eq(depict(&scene, &view, &scope, &wish), STATUS_OK);
	if (highlight)
		scope_done(&lit);
	scope_done(&scope);
}

static void
draw(const char *text)
{
	draw_lit(text, NULL);
}

static const struct scene_nic *
nic_named(const char *host, const char *name)
{
	for (size_t i = 0; i < scene.nic_count; i++) {
		const struct scene_nic *n = &scene.nics[i];

		if (strcmp(n->name, name) == 0 &&
		    strcmp(scene.hosts[n->host].name, host) == 0)
			return n;
	}
	ck_abort_msg("%s has no %s", host, name);
}

static const struct scene_claim *
claim_of(const struct scene_nic *nic, enum claim_about about)
{
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		const struct scene_claim *c =
		    &scene.claims[nic->first_claim + i];

		if (c->about == about)
			return c;
	}
	return NULL;
}

static const struct scene_row *
row_with(const struct scene_row *rows, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++) {
		if (strstr(rows[i].left, text) || strstr(rows[i].right, text))
			return &rows[i];
	}
	return NULL;
}

START_TEST(a_switch_shows_the_hosts_on_it_and_their_cables)
{
	begin();
	draw("leaf1a");
	ck_assert_uint_eq(scene.host_count, 4);
	ck_assert_uint_eq(scene.switch_count, 1);
	ck_assert_str_eq(scene.switches[0].name, "leaf1a");
	ck_assert_uint_eq(scene.port_count, 7);
	ck_assert_str_eq(
	    scene.ports[nic_named("hv1", "ens1f0")->port].name, "Eth1/1");
	ck_assert_int_eq(nic_named("hv1", "ens1f0")->state, CABLE_SURE);
	ck_assert_ptr_null(scene.path);
	end();
}
END_TEST

START_TEST(a_port_carries_what_it_names_or_what_is_heard_and_no_more)
{
	const struct scene_claim *c;

	begin();
	draw("hv1");
	/* It names 10, of its untagged frames, and 140; 20 is heard. */
	c = claim_of(nic_named("hv1", "ens1f0"), ABOUT_CARRIES);
	ck_assert_str_eq(c->vlans, "20,140");
	ck_assert(!c->stale && c->side == CLAIM_NETWORK);
	c = claim_of(nic_named("hv1", "ens1f0"), ABOUT_NATIVE);
	ck_assert_int_eq(c->vlan, 10);
	c = claim_of(nic_named("hv1", "ens1f0"), ABOUT_NEEDS);
	ck_assert_str_eq(c->vlans, "20,30,77");
	c = claim_of(nic_named("hv1", "ens1f0"), ABOUT_UNTAGGED);
	ck_assert(c && c->matters);
	end();
}
END_TEST

/* By CDP until 1050, by LLDP until 1110. */
START_TEST(a_native_vlan_is_of_who_is_heard_now)
{
	const char *cdp =
	    "\"neighbors\": [{\"protocol\": \"cdp\","
	    "\"source_mac\": \"b8:ce:f6:00:00:01\",\"ttl_s\": 60,"
	    "\"chassis_id\": {\"type\": \"name\",\"value\": \"leaf1a\"},"
	    "\"port_id\": {\"type\": \"name\",\"value\": \"Ethernet1/1\"},"
	    "\"system_name\": \"leaf1a.dc1.example.net\",\"native_vlan\": 99,"
	    "\"first_heard\": 900,\"last_heard\": 990,\"expires\": 1050},{";
	static const struct {
		int64_t now, vlan;
		bool stale;
	} heard[] = { { 1000, 99, false }, { 1060, 10, false },
		{ 1200, 99, true } };
	const struct scene_claim *c;

	asking_begin();
	post_with("tests/reports/hv1.json", "\"neighbors\": [\n    {", cdp);
	for (size_t i = 0; i < sizeof(heard) / sizeof(*heard); i++) {
		asking_now = heard[i].now;
		draw("hv1");
		c = claim_of(nic_named("hv1", "ens1f0"), ABOUT_NATIVE);
		ck_assert_ptr_nonnull(c);
		ck_assert_int_eq(c->vlan, heard[i].vlan);
		ck_assert_int_eq(c->stale, heard[i].stale);
	}
	end();
}
END_TEST

/* People name port groups as they like, whatever VLAN those have. */
START_TEST(only_a_name_that_says_the_vlan_hides_it)
{
	static const char *const names[][2] = { { "untagged", "VLAN 140" },
		{ "tag 14", "VLAN 140" }, { "trunk old", "VLAN 140" },
		{ "prod-2140", "VLAN 140" }, { "tag 140", "" },
		{ "VLAN 140", "" } };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char quoted[32];
		bool found = false;

		(void)snprintf(quoted, sizeof(quoted), "\"%s\"", names[i][0]);
		asking_begin();
		post_with("tests/reports/esx01.json", "\"prod\"", quoted);
		draw("esx01");
		for (size_t g = 0; g < scene.group_count; g++) {
			if (strcmp(scene.groups[g].name, names[i][0]) != 0)
				continue;
			ck_assert_str_eq(scene.groups[g].vlan, names[i][1]);
			found = true;
		}
		ck_assert(found);
		end();
	}
}
END_TEST

START_TEST(all_that_is_carried_is_what_each_is_judged_to_be)
{
	struct carried all;
	struct carry one;

	begin();
	for (asking_now = 1000; asking_now < 10000; asking_now += 2500) {
		view = viewing();
		for (uint32_t i = 0; i < view.topology->nic_count; i++) {
			const struct seen_nic *nic =
			    verdict_nic(view.topology, i);

			bool any = false;

			carried_read(&all, &view, nic);
			for (int id = 1; id < VLAN_IDS; id++) {
				carries_judge(&one, &view, nic, id, "");
				ck_assert_msg(
				    all.now[id] == (one.verdict == CARRY_YES),
				    "%s %d: %s", nic->nic->name, id, one.text);
				any = any || all.now[id];
			}
			ck_assert(all.any_now == any);
		}
	}
	end();
}
END_TEST

START_TEST(what_was_carried_is_stale_when_nothing_is_any_more)
{
	const struct scene_claim *c;

	begin();
	asking_now = 1000 + 86400;
	draw("hv1");
	ck_assert(scene.hosts[0].silent);
	ck_assert_int_eq(nic_named("hv1", "ens1f0")->state, CABLE_STALE);
	ck_assert_str_eq(nic_named("hv1", "ens1f0")->state_text,
	    "last heard by LLDP Jan 01 00:16 UTC");
	c = claim_of(nic_named("hv1", "ens1f0"), ABOUT_CARRIES);
	ck_assert(c->stale);
	c = claim_of(nic_named("hv1", "ens1f0"), ABOUT_NEEDS);
	ck_assert(c->stale && c->last_heard == 1000);
	ck_assert_str_eq(scene.remark, "seen: LLDP 0/1, hosts 0/1");
	end();
}
END_TEST

START_TEST(a_host_that_its_vcenter_has_lost_is_silent)
{
	begin();
	draw("esx03,esx01");
	ck_assert(!scene.hosts[0].silent && scene.hosts[1].silent);
	ck_assert_int_eq(nic_named("esx03", "vmnic0")->state, CABLE_STALE);
	ck_assert_int_eq(nic_named("esx01", "vmnic0")->state, CABLE_SURE);
	end();
}
END_TEST

START_TEST(a_vm_shows_its_way_with_both_sides)
{
	const struct scene_path *p;
	const struct scene_row *row;

	begin();
	draw("vm:esx01 web");
	p = scene.path;
	ck_assert_ptr_nonnull(p);
	ck_assert_str_eq(p->question, "Which switch port does web use?");
	ck_assert_str_eq(p->answer, "Eth1/10 on leaf1a");
	ck_assert(p->sure);
	ck_assert_str_eq(
	    p->remark, "web leaves the host over this uplink right now");
	ck_assert_str_eq(scene.machines[p->machine].name, "web");
	ck_assert_str_eq(scene.groups[p->group].name, "prod");
	ck_assert_str_eq(scene.groups[p->group].vlan, "VLAN 140");
	ck_assert_str_eq(scene.nics[p->nic].name, "vmnic0");
	ck_assert_uint_eq(p->vswitch_count, 1);
	row = row_with(p->sides, p->side_count, "carries VLAN 140, 150");
	ck_assert(row && row->value == ANSWER_UNKNOWN);
	row = row_with(p->inside, p->inside_count, "web is running");
	ck_assert(row && row->value == ANSWER_YES);
	row = row_with(p->other, p->other_count, "vmnic1 to Eth1/11 on leaf1a");
	ck_assert(row && row->value == ANSWER_YES);
	end();
}
END_TEST

START_TEST(the_way_inside_a_silent_host_is_of_then)
{
	const struct scene_path *p;
	const struct scene_row *row;

	begin();
	asking_now += 86400;
	draw("vm:esx01 web");
	p = scene.path;
	ck_assert_ptr_nonnull(p);
	ck_assert_str_eq(p->answer, "was Eth1/10 on leaf1a");
	ck_assert(!p->sure);
	ck_assert_str_eq(
	    p->remark, "web left by this uplink when the host was last heard");
	row = row_with(p->inside, p->inside_count, "web was running");
	ck_assert_ptr_nonnull(row);
	ck_assert_ptr_nonnull(strstr(row->left, " when last heard"));
	for (size_t i = 0; i < p->inside_count; i++)
		ck_assert_int_eq(p->inside[i].value, ANSWER_UNKNOWN);
	for (size_t i = 0; i < p->side_count; i++) {
		ck_assert_int_eq(p->sides[i].value, ANSWER_UNKNOWN);
		ck_assert_ptr_null(strstr(p->sides[i].left, "needs"));
	}
	for (size_t i = 0; i < p->other_count; i++)
		ck_assert_int_eq(p->other[i].value, ANSWER_UNKNOWN);
	draw("vm:hv1 lost");
	ck_assert_str_eq(scene.path->evidence, "had no link");
	end();
}
END_TEST

/* 'prod' has vmnic1 on standby. */
START_TEST(the_highlight_says_which_of_several_ways)
{
	begin();
	draw_lit("vm:esx01 web", "vmnic1");
	ck_assert_str_eq(scene.path->answer, "Eth1/11 on leaf1a");
	ck_assert_str_eq(scene.path->remark, "");
	draw_lit("nic:esx01 vmnic1", "vm:esx01 web");
	ck_assert_str_eq(scene.path->answer, "Eth1/11 on leaf1a");
	ck_assert_str_eq(scene.machines[scene.path->machine].name, "web");
	draw_lit("esx01,esx02", "vm:esx01 web");
	ck_assert_ptr_null(scene.path);
	ck_assert_str_eq(scene.machines[scene.marked_machine].name, "web");
	ck_assert_str_eq(scene.nics[scene.marked_nic].name, "vmnic0");
	end();
}
END_TEST

START_TEST(a_way_without_a_link_says_so)
{
	begin();
	draw("vm:hv1 lost");
	ck_assert_ptr_nonnull(scene.path);
	ck_assert_str_eq(scene.path->answer, "unknown");
	ck_assert_str_eq(scene.path->evidence, "no link");
	draw("vm:hv1 app");
	ck_assert_str_eq(scene.path->answer, "Eth1/1 on leaf1a");
	end();
}
END_TEST

/* Whoever compares two prints sees whether they show the same. */
START_TEST(the_sum_is_of_what_is_shown_and_not_of_when)
{
	uint64_t first;

	begin();
	draw("esx01");
	first = scene_sum(&scene);
	asking_now += 5;
	draw("esx01");
	ck_assert_uint_eq(scene_sum(&scene), first);
	asking_now += 86400;
	draw("esx01");
	ck_assert_uint_ne(scene_sum(&scene), first);
	end();
}
END_TEST

START_TEST(a_scene_outlives_what_it_was_made_of)
{
	begin();
	draw("hv1");
	asking_end();
	for (size_t i = 0; i < scene.claim_count; i++)
		ck_assert_uint_lt(strlen(scene.claims[i].vlans), 4096);
	for (size_t i = 0; i < scene.nic_count; i++)
		ck_assert_uint_gt(strlen(scene.nics[i].state_text), 0);
	ck_assert_str_eq(scene.switches[0].name, "leaf1a");
	scene_done(&scene);
}
END_TEST

/* Esx01 under another name and id, on the same switches. */
static void
post_copy(const struct buffer *report, unsigned n)
{
	static const char id[] = "e51e51e51e51e51e51e51e51e51e510f";
	char *copy = strdup(report->octets);
	char *at = strstr(copy, id), number[9];

	(void)snprintf(number, sizeof(number), "%08x", n);
	memcpy(at, number, 8);
	at = strstr(copy, "\"esx01\"");
	(void)snprintf(number, sizeof(number), "%05u", n);
	memcpy(at + 1, number, 5);
	asking_post(copy);
	free(copy);
}

START_TEST(beyond_some_hosts_only_those_of_the_page_are_opened)
{
	struct depict_wish wish = { .page = 1 };
	struct scope scope;
	struct buffer report;
	size_t opened = 0;

	asking_begin();
	buffer_init(&report, 1 << 20);
	ck_assert_int_eq(
	    buffer_read_file(&report, "tests/reports/esx01.json"), STATUS_OK);
	(void)buffer_string(&report);
	for (unsigned n = 0; n <= DEPICT_INSIDE_HOSTS_MOST; n++)
		post_copy(&report, n);
	view = viewing();
	ck_assert_int_eq(scope_read(&scope, &view, "leaf1a", NULL), STATUS_OK);
	ck_assert_int_eq(depict(&scene, &view, &scope, &wish), STATUS_OK);
	for (size_t i = 0; i < scene.host_count; i++)
		opened += !scene.hosts[i].inside_unread;
	ck_assert_uint_eq(opened, 48);
	ck_assert_uint_ge(scene.machine_count, opened);
	for (size_t i = 0; i < scene.machine_count; i++)
		ck_assert(!scene.hosts[scene.machines[i].host].inside_unread);
	scene_done(&scene);
	wish.page = 0;
	ck_assert_int_eq(depict(&scene, &view, &scope, &wish), STATUS_OK);
	ck_assert_uint_eq(scene.machine_count, 0);
	ck_assert(scene.hosts[0].inside_unread);
	scope_done(&scope);
	buffer_done(&report);
	end();
}
END_TEST

SUITE("depict", a_switch_shows_the_hosts_on_it_and_their_cables,
    a_port_carries_what_it_names_or_what_is_heard_and_no_more,
    a_native_vlan_is_of_who_is_heard_now,
    only_a_name_that_says_the_vlan_hides_it,
    all_that_is_carried_is_what_each_is_judged_to_be,
    what_was_carried_is_stale_when_nothing_is_any_more,
    a_host_that_its_vcenter_has_lost_is_silent,
    a_vm_shows_its_way_with_both_sides, the_way_inside_a_silent_host_is_of_then,
    the_highlight_says_which_of_several_ways, a_way_without_a_link_says_so,
    the_sum_is_of_what_is_shown_and_not_of_when,
    a_scene_outlives_what_it_was_made_of,
    beyond_some_hosts_only_those_of_the_page_are_opened)
