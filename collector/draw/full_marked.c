/* The way of one machine, under a highlighter. */
#include "collector/draw/full.h"

#include "collector/draw/put.h"

enum {
	POINTS_MOST = 40,
	INTO = 6,    /* how far the band begins inside a box */
	BEND = 34,   /* how far aside of its corner it bends */
	THROUGH = 31 /* where it crosses the vSwitch, from its top */
};

struct band {
	struct point points[POINTS_MOST];
	size_t count;
};

static void
band_curve(struct band *b, struct point c1, struct point c2, struct point to)
{
	if (b->count + 3 > POINTS_MOST)
		return;
	b->points[b->count++] = c1;
	b->points[b->count++] = c2;
	b->points[b->count++] = to;
}

static void
band_to(struct band *b, double x, double y)
{
	struct point from = b->points[b->count - 1], to = { x, y };
	struct point c1 = { from.x + (x - from.x) / 3,
		from.y + (y - from.y) / 3 };
	struct point c2 = { from.x + (x - from.x) * 2 / 3,
		from.y + (y - from.y) * 2 / 3 };

	band_curve(b, c1, c2, to);
}

static void
mark(struct board *b, uint32_t box)
{
	if (box != SHEET_NONE)
		b->sheet->boxes[box].marked = true;
}

/* The port group of 'machine' whose vSwitch sends by 'nic'; SCENE_NONE. */
static uint32_t
group_between(const struct board *b, uint32_t machine, uint32_t nic)
{
	const struct places *vnics = &b->sorted.vnics[machine];

	for (uint32_t i = 0; i < vnics->count; i++) {
		uint32_t group = b->scene->vnics[vnics->at[i]].group;
		const struct scene_vswitch *v;

		if (group >= b->scene->group_count)
			continue;
		v = &b->scene->vswitches[b->scene->groups[group].vswitch];
		for (size_t n = 0; n < v->nic_count; n++)
			if (v->nics[n] == nic &&
			    b->group_box[group] != SHEET_NONE)
				return group;
	}
	return SCENE_NONE;
}

/* From the machine to the NIC, if the way between them is drawn. */
static void
inside_host(struct full *f, struct band *band, uint32_t machine, uint32_t nic)
{
	struct board *b = &f->board;
	uint32_t group = machine < b->scene->machine_count &&
				 b->machine_box[machine] != SHEET_NONE
			     ? group_between(b, machine, nic)
			     : SCENE_NONE;
	const struct rect *m, *v;
	double x, side, y;
	uint32_t vswitch;

	if (group == SCENE_NONE) {
		band->points[band->count++] =
		    (struct point){ b->nic_x[nic], f->host_y + INTO };
		return;
	}
	vswitch = b->vswitch_box[b->scene->groups[group].vswitch];
	if (vswitch == SHEET_NONE || b->machine_box[machine] == SHEET_NONE)
		return;
	m = &b->sheet->boxes[b->machine_box[machine]].at;
	v = &b->sheet->boxes[vswitch].at;
	x = m->x + m->w / 2;
	y = v->y + THROUGH;
	side = b->nic_x[nic] > x ? BEND : -BEND;
	if (b->nic_x[nic] - x < 2 * BEND && x - b->nic_x[nic] < 2 * BEND)
		side = (b->nic_x[nic] - x) / 2;
	band->points[band->count++] = (struct point){ x, m->y + m->h - INTO };
	band_to(band, x, y + BEND / 2.0);
	band_curve(band, (struct point){ x, y }, (struct point){ x, y },
	    (struct point){ x + side, y });
	band_to(band, b->nic_x[nic] - side, y);
	band_curve(band, (struct point){ b->nic_x[nic], y },
	    (struct point){ b->nic_x[nic], y },
	    (struct point){ b->nic_x[nic], y - BEND / 2.0 });
	mark(b, b->machine_box[machine]);
	mark(b, b->group_box[group]);
	mark(b, vswitch);
}

/* Along the cable, from its lower end up. */
static void
along(struct band *band, const struct sheet_cable *cable)
{
	size_t n = cable->point_count;

	if (!n)
		return;
	band_to(band, cable->points[n - 1].x, cable->points[n - 1].y);
	for (; n >= 4; n -= 3)
		band_curve(band, cable->points[n - 2], cable->points[n - 3],
		    cable->points[n - 4]);
}

void
full_put_marked(struct full *f)
{
	struct board *b = &f->board;
	uint32_t nic = b->scene->marked_nic, cable;
	struct band band = { .count = 0 };

	if (nic >= b->scene->nic_count || b->nic_box[nic] == SHEET_NONE)
		return;
	inside_host(f, &band, b->scene->marked_machine, nic);
	mark(b, b->nic_box[nic]);
	cable = b->nic_cable[nic];
	if (cable != SHEET_NONE) {
		b->sheet->cables[cable].marked = true;
		mark(b, b->sheet->cables[cable].from);
		along(&band, &b->sheet->cables[cable]);
		band_to(&band, band.points[band.count - 1].x,
		    band.points[band.count - 1].y - 2 * INTO);
	}
	(void)sheet_mark(b->sheet,
	    (struct sheet_mark){ .id = "highlight",
		.kind = MARK_HIGHLIGHT,
		.points = sheet_points(b->sheet, band.points, band.count),
		.point_count = b->sheet->arena.failed ? 0 : band.count,
		.size = 17 });
}
