/* A layout whose sheet gets no memory. */
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

#include "collector/draw/layout.h"
#include "tests/support/scenes.h"
#include "tests/support/scopes.h"
#include "tests/support/suite.h"

static struct scene scene;
static struct sheet sheet;
static unsigned left = UINT_MAX; /* so often an array of the sheet may grow */

/* The sheet's arrays grow by this. */
void *
reallocarray(void *items, size_t count, size_t size)
{
	if (left == 0 || (size && count > SIZE_MAX / size))
		return NULL;
	left--;
	return realloc(items, count * size);
}

static void
lay_short(enum layout_detail detail)
{
	enum status status = STATUS_NO_MEMORY;

	for (unsigned most = 0; status != STATUS_OK; most++) {
		ck_assert_int_eq(status, STATUS_NO_MEMORY);
		ck_assert_uint_lt(most, 100);
		left = most;
		status = layout(&sheet, &scene, detail, 0);
		sheet_done(&sheet);
	}
	left = UINT_MAX;
}

START_TEST(without_memory_nothing_is_drawn_and_it_says_so)
{
	struct sheet_cable cable = { .points = NULL, .point_count = 4 };

	scenes_rack(&scene);
	lay_short(LAYOUT_FULL);
	lay_short(LAYOUT_LADDER);
	scene_done(&scene);
	scenes_path(&scene);
	lay_short(LAYOUT_STRIP);
	scene_done(&scene);
	for (unsigned seed = 0; seed < 20; seed++) {
		scopes_make(&scene, seed, 4);
		lay_short(LAYOUT_FULL);
		scene_done(&scene);
	}
	scopes_make(&scene, 1, 120);
	lay_short(LAYOUT_INDEX);
	sheet_init(&sheet);
	ck_assert_uint_eq(sheet_cable(&sheet, cable), 0);
	ck_assert_uint_eq(sheet.cables[0].point_count, 0);
	sheet_done(&sheet);
	scene_done(&scene);
}
END_TEST

SUITE("layout_memory", without_memory_nothing_is_drawn_and_it_says_so)
