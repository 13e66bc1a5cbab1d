#include <check.h>
#include <string.h>

#include "base/text.h"
#include "collector/draw/plain.h"
#include "tests/support/scenes.h"
#include "tests/support/suite.h"

enum { SIZE_MOST = 1 << 20, COLUMNS = 80, LONG = 5000 };

typedef void make_scene(struct scene *s);
typedef enum status write_scene(struct buffer *out, const struct scene *s);

static void
write_it(struct buffer *out, make_scene *make, write_scene *write)
{
	struct scene s;

	make(&s);
	buffer_init(out, SIZE_MOST);
	ck_assert_int_eq(write(out, &s), STATUS_OK);
	ck_assert(buffer_ok(out));
	scene_done(&s);
}

static void
expect_has(make_scene *make, write_scene *write, const char *part)
{
	struct buffer out;

	write_it(&out, make, write);
	ck_assert_msg(
	    strstr(buffer_string(&out), part), "%s", buffer_string(&out));
	buffer_done(&out);
}

/* Letters of the longest line; each of these takes one column. */
static size_t
longest_line(const char *text)
{
	size_t longest = 0, line = 0;

	for (; *text; text++) {
		line = *text == '\n' ? 0 : line + ((*text & 0xc0) != 0x80);
		if (line > longest)
			longest = line;
	}
	return longest;
}

START_TEST(both_sides_of_a_cable_stand_at_the_line)
{
	expect_has(scenes_rack, plain_write,
	    "sw-c07-b Te1/8 "
	    "\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500"
	    "\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500"
	    "\u2500\u254e\u2500\u2524 vmnic3 (2)\n"
	    "                        carries 130 \u2717 \u2502 "
	    "needs 120, 130\n");
}
END_TEST

static void
fall_silent(struct scene *s)
{
	for (size_t i = 0; i < s->claim_count; i++) {
		s->claims[i].stale = true;
		s->claims[i].last_heard = s->now - 3 * 3600;
	}
	for (size_t i = 0; i < s->host_count; i++) {
		s->hosts[i].silent = true;
		s->hosts[i].seen_at = s->now - 3 * 3600;
	}
}

static void
make_silent_rack(struct scene *s)
{
	scenes_rack(s);
	fall_silent(s);
}

static void
make_silent_path(struct scene *s)
{
	scenes_path(s);
	fall_silent(s);
}

/* Nobody said that it is so no longer. */
START_TEST(what_is_not_heard_is_of_then_and_not_denied)
{
	struct buffer out;

	expect_has(make_silent_rack, plain_write_ascii,
	    "carried 130 (last heard 11:02) X | needed 120, 130 (as of 11:02)");
	write_it(&out, make_silent_rack, plain_write_ascii);
	ck_assert_ptr_null(strstr(buffer_string(&out), "no longer"));
	ck_assert_ptr_null(strstr(buffer_string(&out), "carries"));
	ck_assert_ptr_null(strstr(buffer_string(&out), "needs 120"));
	buffer_done(&out);
}
END_TEST

START_TEST(a_silent_host_is_said_to_be_silent)
{
	expect_has(make_silent_rack, plain_write_ascii,
	    "| silent, last seen 11:02 UTC\n");
	expect_has(make_silent_path, plain_write_ascii,
	    "esx-07: silent, last seen 11:02 UTC\n");
}
END_TEST

static void
make_idle(struct scene *s)
{
	scenes_rack(s);
	for (size_t i = 0; i < s->machine_count; i++)
		if (!strcmp(s->machines[i].name, "web-01"))
			s->machines[i].state = "off";
	for (size_t i = 0; i < s->vnic_count; i++)
		if (!strcmp(s->machines[s->vnics[i].machine].name, "web-02"))
			s->vnics[i].disconnected = true;
}

START_TEST(a_machine_that_cannot_talk_says_why)
{
	expect_has(make_idle, plain_write_ascii,
	    "| - PG-WEB, VLAN 120: web-01 (off), web-02");
	expect_has(make_idle, plain_write_ascii, "(disconnected)");
}
END_TEST

START_TEST(what_is_inside_a_host_is_named)
{
	expect_has(scenes_rack, plain_write,
	    "\u2502 - PG-WEB, VLAN 120: web-01, web-02\n");
	expect_has(scenes_rack, plain_write, "\u2524 eno2, bond0 (3)\n");
}
END_TEST

static void
unhooked_rack(struct scene *s)
{
	scenes_rack(s);
	for (size_t i = 0; i < s->vnic_count; i++) {
		struct scene_vnic *vnic = &s->vnics[i];
		const char *name = s->machines[vnic->machine].name;

		if (strcmp(name, "web-01") == 0)
			vnic->group = SCENE_NONE;
		if (strcmp(name, "web-02") == 0)
			vnic->group = vnic->vswitch = SCENE_NONE;
	}
}

START_TEST(a_machine_without_a_port_group_is_named)
{
	expect_has(
	    scenes_rack, plain_write, "PG-WEB, VLAN 120: web-01, web-02");
	expect_has(
	    unhooked_rack, plain_write, "- without a port group: web-01\n");
	expect_has(
	    unhooked_rack, plain_write, "on nothing that is known: web-02\n");
}
END_TEST

START_TEST(a_cable_that_leads_nowhere_says_why)
{
	expect_has(scenes_rack, plain_write, "no link \u254e \u2524 eth1\n");
}
END_TEST

START_TEST(a_finding_says_who_is_to_type_what)
{
	expect_has(scenes_rack, plain_write,
	    "(2) web-01, web-02 dead on vmnic3\n"
	    "    PG-WEB needs VLAN 120, Te1/8 does not carry it\n"
	    "    network: on Te1/8, switchport trunk allowed vlan add 120\n");
}
END_TEST

START_TEST(a_path_is_boxes_in_a_row_over_the_line)
{
	expect_has(scenes_path, plain_write,
	    "vmnic3\u251c\u2500\u2500\u254e\u2500\u2500\u2524Te1/8"
	    "\u251c\u2500\u2500\u2524sw-c07-b\u2502\n");
	expect_has(scenes_path, plain_write,
	    "                needs VLAN 120, 130 \u2717 carries VLAN 130\n");
}
END_TEST

START_TEST(ascii_is_enough)
{
	make_scene *const scenes[] = { scenes_rack, scenes_path, scenes_pod };

	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++) {
		struct buffer out;

		write_it(&out, scenes[i], plain_write_ascii);
		for (size_t at = 0; at < out.size; at++)
			ck_assert(
			    (out.octets[at] >= ' ' && out.octets[at] < 0x7f) ||
			    out.octets[at] == '\n');
		buffer_done(&out);
	}
	expect_has(scenes_path, plain_write_ascii,
	    "|vmnic3|--!--|Te1/8|--|sw-c07-b|\n");
	expect_has(
	    scenes_rack, plain_write_ascii, "carries 130 X | needs 120, 130\n");
}
END_TEST

START_TEST(a_line_has_80_columns_at_most)
{
	make_scene *const scenes[] = { scenes_rack, scenes_path, scenes_pod };

	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++) {
		struct buffer out;

		write_it(&out, scenes[i], plain_write);
		ck_assert_uint_le(longest_line(buffer_string(&out)), COLUMNS);
		ck_assert_ptr_null(strstr(buffer_string(&out), " \n"));
		buffer_done(&out);
	}
}
END_TEST

/* The rack and its path, with this name for all of it. */
static const char *given;

static void
rename_all(struct scene *s)
{
	s->title = s->question = given;
	for (size_t i = 0; i < s->switch_count; i++)
		s->switches[i].name = given;
	for (size_t i = 0; i < s->port_count; i++)
		s->ports[i].name = given;
	for (size_t i = 0; i < s->host_count; i++)
		s->hosts[i].name = s->hosts[i].about = given;
	for (size_t i = 0; i < s->nic_count; i++)
		s->nics[i].name = s->nics[i].state_text = given;
	for (size_t i = 0; i < s->vswitch_count; i++)
		s->vswitches[i].name = s->vswitches[i].about = given;
	for (size_t i = 0; i < s->group_count; i++)
		s->groups[i].name = s->groups[i].vlan = given;
	for (size_t i = 0; i < s->machine_count; i++)
		s->machines[i].name = given;
	for (size_t i = 0; i < s->claim_count; i++)
		s->claims[i].text = s->claims[i].vlans = given;
	for (size_t i = 0; i < s->finding_count; i++) {
		s->findings[i].heading = given;
		s->findings[i].command = "";
		s->findings[i].line_count = 0;
	}
}

static void
renamed_rack(struct scene *s)
{
	scenes_rack(s);
	rename_all(s);
}

static void
renamed_path(struct scene *s)
{
	scenes_path(s);
	rename_all(s);
	for (size_t i = 0; i < s->path->side_count; i++)
		s->path->sides[i].left = s->path->sides[i].right = given;
}

static void
expect_clean(make_scene *make, write_scene *write)
{
	struct buffer out;

	write_it(&out, make, write);
	ck_assert(text_is_utf8(out.octets, out.size));
	ck_assert_uint_eq(strlen(buffer_string(&out)), out.size);
	ck_assert_uint_le(longest_line(buffer_string(&out)), COLUMNS + 16);
	ck_assert_ptr_null(strstr(buffer_string(&out), "\u202e"));
	for (size_t i = 0; i < out.size; i++)
		ck_assert((unsigned char)out.octets[i] >= ' ' ||
			  out.octets[i] == '\n');
	buffer_done(&out);
}

START_TEST(hostile_names_leave_clean_lines)
{
	static const char *const names[] = { "", "\x1b[2J", "a\nb", "\xff\xfe",
		"\u202eabc", "\u65e5\u672c\u8a9e", "e\u0301", "=cmd()" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		given = names[i];
		expect_clean(renamed_rack, plain_write);
		expect_clean(renamed_path, plain_write);
		expect_clean(renamed_rack, plain_write_ascii);
		expect_clean(renamed_path, plain_write_ascii);
	}
}
END_TEST

START_TEST(long_names_are_cut_or_broken)
{
	static char name[LONG + 1];

	memset(name, 'x', LONG);
	given = name;
	expect_clean(renamed_path, plain_write);
	for (size_t i = 0; i < LONG; i += 7)
		name[i] = ' ';
	expect_clean(renamed_rack, plain_write);
}
END_TEST

START_TEST(an_empty_scene_is_no_more_than_a_frame)
{
	expect_has(scene_init, plain_write, "network team \u254e systems team");
}
END_TEST

SUITE("plain", both_sides_of_a_cable_stand_at_the_line,
    what_is_not_heard_is_of_then_and_not_denied,
    a_silent_host_is_said_to_be_silent, a_machine_that_cannot_talk_says_why,
    what_is_inside_a_host_is_named, a_machine_without_a_port_group_is_named,
    a_cable_that_leads_nowhere_says_why, a_finding_says_who_is_to_type_what,
    a_path_is_boxes_in_a_row_over_the_line, ascii_is_enough,
    a_line_has_80_columns_at_most, hostile_names_leave_clean_lines,
    long_names_are_cut_or_broken, an_empty_scene_is_no_more_than_a_frame)
