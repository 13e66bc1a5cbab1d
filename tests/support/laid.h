/*
 * laid.h - a scene and the sheet that it is laid out on, for tests of layouts.
 *
 *	scenes_rack(&scene); lay(); ... finish();
 *
 * Memory:  finish() frees both.
 */
#ifndef TESTS_SUPPORT_LAID_H
#define TESTS_SUPPORT_LAID_H

#include <check.h>
#include <string.h>

#include "collector/draw/layout.h"

static struct scene scene;
static struct sheet sheet;

static inline void
lay(void)
{
	ck_assert_int_eq(layout(&sheet, &scene, LAYOUT_AUTO, 0), STATUS_OK);
}

static inline void
finish(void)
{
	sheet_done(&sheet);
	scene_done(&scene);
}

static inline const struct sheet_box *
box_of(const struct sheet *s, const char *id)
{
	for (uint32_t i = 0; i < s->box_count; i++)
		if (!strcmp(s->boxes[i].id, id))
			return &s->boxes[i];
	ck_abort_msg("no box %s", id);
}

#endif
