/* What a drawing shows, where, and that it stays there. */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "tests/support/laid.h"
#include "tests/support/overlaps.h"
#include "tests/support/scenes.h"
#include "tests/support/scopes.h"
#include "tests/support/suite.h"

enum {
	SCOPES = 1000,
	MANY_SCOPES = 30,
	LINES_MOST = 4096,
	TOLD_MOST = 1 << 22
};

static bool
has_text(const char *text)
{
	for (uint32_t i = 0; i < sheet.text_count; i++)
		if (!strcmp(sheet.texts[i].text, text))
			return true;
	return false;
}

/* ---- a sheet as lines, one for each element
 * ---------------------------------- */

static void
tell_points(struct buffer *out, const struct point *points, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_printf(out, " %.3f,%.3f", points[i].x, points[i].y);
	buffer_char(out, '\n');
}

static void
tell(struct buffer *out, const struct sheet *s)
{
	buffer_init(out, TOLD_MOST);
	for (uint32_t i = 0; i < s->box_count; i++) {
		const struct sheet_box *b = &s->boxes[i];

		buffer_printf(out, "box %s %d %d %.3f %.3f %.3f %.3f %s %s\n",
		    b->id, b->kind, b->ink, b->at.x, b->at.y, b->at.w, b->at.h,
		    b->label, b->title);
	}
	for (uint32_t i = 0; i < s->cable_count; i++) {
		const struct sheet_cable *c = &s->cables[i];

		buffer_printf(out, "cable %s %d %s %s %s", c->id, c->ink,
		    c->title, c->net_text, c->sys_text);
		tell_points(out, c->points, c->point_count);
	}
	for (uint32_t i = 0; i < s->text_count; i++)
		buffer_printf(out, "text %s %.3f %.3f %.3f %d %s\n",
		    s->texts[i].id, s->texts[i].x, s->texts[i].y,
		    s->texts[i].size, s->texts[i].ink, s->texts[i].text);
	for (uint32_t i = 0; i < s->mark_count; i++) {
		buffer_printf(
		    out, "mark %s %d", s->marks[i].id, s->marks[i].kind);
		tell_points(out, s->marks[i].points, s->marks[i].point_count);
	}
	for (uint32_t i = 0; i < s->ring_count; i++)
		buffer_printf(out, "ring %s %u %.3f %.3f %.3f\n",
		    s->rings[i].id, s->rings[i].n, s->rings[i].around.x,
		    s->rings[i].around.w, s->rings[i].number.x);
	ck_assert(buffer_ok(out));
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static size_t
split(struct buffer *told, char *lines[LINES_MOST])
{
	size_t count = 0;
	char *state = NULL, *line = strtok_r(told->octets, "\n", &state);

	for (; line && count < LINES_MOST; line = strtok_r(NULL, "\n", &state))
		lines[count++] = line;
	qsort(lines, count, sizeof(*lines), compare);
	return count;
}

/* How many lines of the first the second has not. */
static size_t
count_changed(struct buffer *first, struct buffer *second)
{
	char *a[LINES_MOST], *b[LINES_MOST];
	size_t a_count = split(first, a), b_count = split(second, b);
	size_t changed = 0, k = 0;

	for (size_t i = 0; i < a_count; i++) {
		while (k < b_count && strcmp(b[k], a[i]) < 0)
			k++;
		changed += k == b_count || strcmp(b[k], a[i]) != 0;
	}
	return changed;
}

static void
assert_same(const struct scene *other)
{
	struct buffer first, second;
	struct sheet copy;

	ck_assert_int_eq(layout(&copy, other, LAYOUT_AUTO, 0), STATUS_OK);
	tell(&first, &sheet);
	tell(&second, &copy);
	ck_assert_str_eq(buffer_string(&first), buffer_string(&second));
	buffer_done(&first);
	buffer_done(&second);
	sheet_done(&copy);
}

/* ---- what is shown
 * -------------------------------------------------------------- */

START_TEST(a_host_stands_below_the_line_and_a_switch_above)
{
	scenes_rack(&scene);
	lay();
	ck_assert_double_gt(box_of(&sheet, "host:esx-07")->at.y,
	    box_of(&sheet, "switch:sw-c07-a")->at.y +
		box_of(&sheet, "switch:sw-c07-a")->at.h);
	finish();
}
END_TEST

START_TEST(hosts_stand_so_that_the_rack_has_one_crossing)
{
	scenes_rack(&scene);
	lay();
	ck_assert_double_lt(box_of(&sheet, "host:lxb-03")->at.x,
	    box_of(&sheet, "host:esx-07")->at.x);
	ck_assert_double_lt(box_of(&sheet, "host:esx-07")->at.x,
	    box_of(&sheet, "host:kvm-02")->at.x);
	finish();
}
END_TEST

START_TEST(every_finding_of_the_rack_has_a_ring_and_a_note)
{
	scenes_rack(&scene);
	lay();
	ck_assert_uint_eq(sheet.ring_count, 3);
	ck_assert_uint_eq(sheet.note_count, 3);
	finish();
}
END_TEST

START_TEST(an_aggregate_is_an_oval_across_its_cables)
{
	const struct sheet_box *oval;

	scenes_rack(&scene);
	for (size_t i = 0; i < scene.port_count; i++)
		if (!strcmp(scene.ports[i].name, "Te1/11") ||
		    !strcmp(scene.ports[i].name, "Te1/12"))
			scene.ports[i].aggregate = "Po12";
	lay();
	ck_assert(has_text("Po12"));
	for (uint32_t i = 0; i < sheet.box_count; i++) {
		oval = &sheet.boxes[i];
		if (oval->kind == BOX_BOND && !strcmp(oval->label, "Po12"))
			break;
		oval = NULL;
	}
	ck_assert_ptr_nonnull(oval);
	for (size_t i = 0; i < scene.port_count; i++)
		if (*scene.ports[i].aggregate) {
			struct rect r = box_of(&sheet, scene.ports[i].id)->at;

			ck_assert(r.x + r.w / 2 > oval->at.x);
			ck_assert(r.x + r.w / 2 < oval->at.x + oval->at.w);
		}
	finish();
}
END_TEST

START_TEST(a_way_whose_port_nobody_knows_says_so)
{
	struct scene_path path;

	scenes_path(&scene);
	path = *scene.path;
	path.port = SCENE_NONE;
	path.gap = "nobody was heard on this cable";
	scene.path = &path;
	lay();
	ck_assert(has_text("nobody was heard on this"));
	for (uint32_t i = 0; i < sheet.box_count; i++)
		ck_assert_int_ne(sheet.boxes[i].kind, BOX_SWITCH);
	finish();
}
END_TEST

START_TEST(the_pod_says_the_normal_once_and_writes_what_differs)
{
	scenes_pod(&scene);
	lay();
	ck_assert(has_text("every host looks like this"));
	ck_assert(has_text("120 not seen"));
	ck_assert(has_text(
	    "every port carries 10, 20, 120, 130, native 1, unless marked"));
	finish();
}
END_TEST

START_TEST(nothing_at_all_is_drawn_too)
{
	scene_init(&scene);
	lay();
	ck_assert_double_gt(sheet.height, 0);
	finish();
}
END_TEST

/* ---- that it stays
 * ---------------------------------------------------------------- */

START_TEST(the_same_scene_in_another_order_is_the_same_drawing)
{
	for (unsigned seed = 0; seed < 60; seed++) {
		struct scene other;

		scopes_make(&scene, seed, seed % 30);
		scopes_shuffle(&other, &scene, seed + 1);
		lay();
		assert_same(&scene);
		assert_same(&other);
		arena_done(&other.arena);
		finish();
	}
}
END_TEST

START_TEST(one_changed_claim_changes_at_most_ten_elements)
{
	struct buffer before, after;

	scenes_rack(&scene);
	lay();
	tell(&before, &sheet);
	sheet_done(&sheet);
	for (size_t i = 0; i < scene.claim_count; i++)
		if (!strcmp(scene.claims[i].vlans, "130"))
			scene.claims[i].vlans = "120,130";
	lay();
	tell(&after, &sheet);
	ck_assert_uint_le(count_changed(&after, &before), 10);
	buffer_done(&before);
	buffer_done(&after);
	finish();
}
END_TEST

/* Of the rack, with so many machines more on PG-WEB. */
static void
add_machines(size_t more)
{
	size_t machines = scene.machine_count, vnics = scene.vnic_count;
	struct scene_machine *m =
	    arena_array(&scene.arena, machines + more, sizeof(*m));
	struct scene_vnic *v =
	    arena_array(&scene.arena, vnics + more, sizeof(*v));

	memcpy(m, scene.machines, machines * sizeof(*m));
	memcpy(v, scene.vnics, vnics * sizeof(*v));
	for (size_t i = 0; i < more; i++) {
		m[machines + i] = m[scene.marked_machine];
		v[vnics + i] = v[scene.marked_machine];
		m[machines + i].id = v[vnics + i].id = "vm:web-03";
		m[machines + i].name = "web-03";
		v[vnics + i].machine = (uint32_t)(machines + i);
	}
	scene.machines = m;
	scene.vnics = v;
	scene.machine_count += more;
	scene.vnic_count += more;
}

START_TEST(machines_more_move_no_other_host)
{
	static const char *const ids[] = { "host:lxb-03", "host:kvm-02",
		"nic:kvm-02/eno1", "nic:esx-07/vmnic3", "switch:sw-c07-a" };

	for (size_t more = 1; more < 200; more *= 3) {
		struct sheet before;

		scenes_rack(&scene);
		ck_assert_int_eq(
		    layout(&before, &scene, LAYOUT_FULL, 0), STATUS_OK);
		add_machines(more);
		lay();
		for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
			struct rect a = box_of(&before, ids[i])->at;
			struct rect b = box_of(&sheet, ids[i])->at;

			ck_assert(!memcmp(&a, &b, sizeof(a)));
		}
		sheet_done(&before);
		finish();
	}
}
END_TEST

/* ---- that it can be read
 * ------------------------------------------------------------- */

static void
assert_readable(const char *what, unsigned number)
{
	char why[256];

	if (overlaps_find(&sheet, why, sizeof(why)))
		ck_abort_msg("%s %u: %s", what, number, why);
}

START_TEST(no_text_of_the_three_situations_stands_over_anything)
{
	static void (*const makes[])(
	    struct scene *) = { scenes_rack, scenes_path, scenes_pod };

	for (unsigned i = 0; i < sizeof(makes) / sizeof(*makes); i++) {
		makes[i](&scene);
		lay();
		assert_readable("situation", i);
		finish();
	}
}
END_TEST

START_TEST(no_text_of_a_thousand_scopes_stands_over_anything)
{
	for (unsigned seed = 0; seed < SCOPES; seed++) {
		/* Mostly as many hosts as people draw, now and then none. */
		scopes_make(
		    &scene, seed, seed % 10 < 7 ? seed % 5 : 5 + seed % 20);
		lay();
		assert_readable("scope", seed);
		finish();
	}
}
END_TEST

START_TEST(no_text_of_any_way_stands_over_anything)
{
	for (unsigned seed = 0; seed < SCOPES; seed++) {
		scopes_make(&scene, seed, 1 + seed % 3);
		scopes_add_way(&scene, seed);
		lay();
		assert_readable("way", seed);
		finish();
	}
}
END_TEST

START_TEST(no_text_of_any_page_stands_over_anything)
{
	for (unsigned seed = 0; seed < MANY_SCOPES; seed++) {
		unsigned pages;

		scopes_make(&scene, seed, 25 + seed * 3);
		pages = layout_pages(&scene, LAYOUT_INDEX);
		for (unsigned page = 0; page <= pages; page++) {
			ck_assert_int_eq(
			    layout(&sheet, &scene, LAYOUT_INDEX, page),
			    STATUS_OK);
			assert_readable("scope with pages", seed);
			sheet_done(&sheet);
		}
		scene_done(&scene);
	}
}
END_TEST

START_TEST(a_name_of_ten_thousand_octets_is_cut_and_kept_whole_beside)
{
	static char name[10001];

	memset(name, 'W', sizeof(name) - 1);
	scenes_rack(&scene);
	scene.hosts[0].name = name;
	lay();
	ck_assert_str_eq(box_of(&sheet, scene.hosts[0].id)->label, name);
	assert_readable("long", 0);
	ck_assert_double_lt(sheet.width, 4000);
	finish();
}
END_TEST

SUITE("layout", a_host_stands_below_the_line_and_a_switch_above,
    hosts_stand_so_that_the_rack_has_one_crossing,
    every_finding_of_the_rack_has_a_ring_and_a_note,
    an_aggregate_is_an_oval_across_its_cables,
    a_way_whose_port_nobody_knows_says_so,
    the_pod_says_the_normal_once_and_writes_what_differs,
    nothing_at_all_is_drawn_too,
    the_same_scene_in_another_order_is_the_same_drawing,
    one_changed_claim_changes_at_most_ten_elements,
    machines_more_move_no_other_host,
    no_text_of_the_three_situations_stands_over_anything,
    no_text_of_a_thousand_scopes_stands_over_anything,
    no_text_of_any_way_stands_over_anything,
    no_text_of_any_page_stands_over_anything,
    a_name_of_ten_thousand_octets_is_cut_and_kept_whole_beside)
