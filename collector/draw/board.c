#include "collector/draw/board.h"

#include <math.h>

/* As many as there are things, none of them drawn yet. */
static uint32_t *
none_yet(struct board *b, size_t count)
{
	uint32_t *out = arena_array(&b->sheet->arena, count + 1, sizeof(*out));

	for (size_t i = 0; out && i < count; i++)
		out[i] = SHEET_NONE;
	return out;
}

static void
note_shown(struct board *b)
{
	const struct scene *s = b->scene;

	if (s->marked_machine < s->machine_count)
		b->machine_shown[s->marked_machine] = true;
	for (size_t i = 0; i < s->finding_count; i++) {
		const struct scene_finding *f = &s->findings[i];

		for (size_t k = 0; k < f->machine_count; k++)
			if (f->machines[k] < s->machine_count)
				b->machine_shown[f->machines[k]] = true;
	}
}

bool
board_init(struct board *b, struct sheet *sheet, const struct scene *scene)
{
	struct arena *a = &sheet->arena;

	*b = (struct board){ .sheet = sheet, .scene = scene };
	sorted_init(&b->sorted, scene, a);
	b->switch_box = none_yet(b, scene->switch_count);
	b->port_box = none_yet(b, scene->port_count);
	b->host_box = none_yet(b, scene->host_count);
	b->nic_box = none_yet(b, scene->nic_count);
	b->nic_cable = none_yet(b, scene->nic_count);
	b->vswitch_box = none_yet(b, scene->vswitch_count);
	b->group_box = none_yet(b, scene->group_count);
	b->machine_box = none_yet(b, scene->machine_count);
	b->nic_rows = arena_array(a, scene->nic_count + 1, sizeof(struct rect));
	b->nic_x = arena_array(a, scene->nic_count + 1, sizeof(double));
	b->port_x = arena_array(a, scene->port_count + 1, sizeof(double));
	b->machine_shown =
	    arena_array(a, scene->machine_count + 1, sizeof(bool));
	if (a->failed)
		return false;
	note_shown(b);
	sheet->id = scene->id;
	sheet->title = scene->title;
	sheet->about = scene->question;
	sheet->href = scene->href;
	return true;
}

double
board_width(double w)
{
	if (w <= BOARD_LEAST_W)
		return BOARD_LEAST_W;
	return ceil(w / BOARD_STEP_W) * BOARD_STEP_W;
}
