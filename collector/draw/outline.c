#include "collector/draw/outline.h"

bool
outline_shows(const struct sheet_box *box)
{
	/* A bond of cables between switches is said by their own names. */
	return box->kind != BOX_FRAME &&
	       (box->kind != BOX_BOND || box->parent != SHEET_NONE);
}

bool
outline_holds(const struct sheet_box *box)
{
	return box->kind == BOX_HOST || box->kind == BOX_SWITCH;
}

uint32_t
outline_home(const struct sheet *s, uint32_t box)
{
	uint32_t at = s->boxes[box].parent;

	/* Parents stand before their children, so this ends. */
	while (at < box && !outline_holds(&s->boxes[at])) {
		box = at;
		at = s->boxes[at].parent;
	}
	return at < box ? at : SHEET_NONE;
}

uint32_t
outline_hook(const struct sheet *s, uint32_t box)
{
	uint32_t at = s->boxes[box].parent;
	bool hangs = at < box && !outline_holds(&s->boxes[at]) &&
		     outline_shows(&s->boxes[at]) &&
		     outline_shows(&s->boxes[box]);

	return hangs ? at : SHEET_NONE;
}

bool
outline_joins(const struct sheet *s, const struct sheet_cable *cable)
{
	return cable->from < s->box_count && cable->to < s->box_count &&
	       outline_shows(&s->boxes[cable->from]) &&
	       outline_shows(&s->boxes[cable->to]);
}

bool
outline_leaves(const struct sheet *s, const struct sheet_cable *cable)
{
	return *cable->beyond && cable->from >= s->box_count &&
	       cable->to < s->box_count && outline_shows(&s->boxes[cable->to]);
}

unsigned
outline_finding(const struct sheet *s, uint32_t cable)
{
	for (uint32_t i = 0; i < s->ring_count; i++)
		if (s->rings[i].cable == cable && !s->rings[i].quiet)
			return s->rings[i].n;
	return 0;
}

size_t
outline_edges(const struct sheet *s)
{
	size_t count = 0;

	for (uint32_t i = 0; i < s->cable_count; i++)
		count += outline_joins(s, &s->cables[i]) ||
			 outline_leaves(s, &s->cables[i]);
	for (uint32_t i = 0; i < s->box_count; i++)
		count += outline_hook(s, i) != SHEET_NONE;
	return count;
}

const char *
outline_owner(enum scene_owner owner)
{
	static const char *const owners[] = { [OWNER_NETWORK] = "network",
		[OWNER_SYSTEMS] = "systems",
		[OWNER_BOTH] = "both" };

	return owners[owner];
}
