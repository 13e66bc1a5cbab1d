/* What a drawing shows, and where. */
#include <string.h>

#include "collector/draw/layout.h"
#include "tests/support/scenes.h"
#include "tests/support/suite.h"

static struct scene scene;
static struct sheet sheet;

static void
draw(void (*make)(struct scene *))
{
	make(&scene);
	ck_assert_int_eq(layout(&sheet, &scene, LAYOUT_AUTO, 0), STATUS_OK);
}

static void
finish(void)
{
	sheet_done(&sheet);
	scene_done(&scene);
}

static const struct sheet_box *
box_of(const char *id)
{
	for (uint32_t i = 0; i < sheet.box_count; i++)
		if (!strcmp(sheet.boxes[i].id, id))
			return &sheet.boxes[i];
	ck_abort_msg("no box %s", id);
}

START_TEST(a_host_stands_below_the_line_and_a_switch_above)
{
	draw(scenes_rack);
	ck_assert_double_gt(box_of("host:esx-07")->at.y,
	    box_of("switch:sw-c07-a")->at.y + box_of("switch:sw-c07-a")->at.h);
	finish();
}
END_TEST

START_TEST(every_finding_of_the_rack_has_a_ring_and_a_note)
{
	draw(scenes_rack);
	ck_assert_uint_eq(sheet.ring_count, 3);
	ck_assert_uint_eq(sheet.note_count, 3);
	finish();
}
END_TEST

SUITE("layout", a_host_stands_below_the_line_and_a_switch_above,
    every_finding_of_the_rack_has_a_ring_and_a_note)
