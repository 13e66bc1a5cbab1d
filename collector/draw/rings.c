#include "collector/draw/rings.h"

#include "collector/draw/clear.h"
#include "collector/draw/put.h"

enum {
	TARGETS_MOST = 6, /* of one finding */
	NUMBER = 14,      /* the radius of its circle, and some air */
	PORT_MORE = 20,   /* left and right of a port's square: its name */
	PORT_SMALL = 16,  /* narrower ones are so near that a ring just fits */
	PORT_ABOVE = 24,
	PORT_BELOW = 3,
	QUIET_X = 20, /* left of the cable */
	QUIET_Y = 26
};

struct target {
	struct rect at;
	uint32_t cable, box;
};

struct targets {
	struct target at[TARGETS_MOST];
	size_t count;
};

static void
add(struct targets *t, struct target target)
{
	if (t->count < TARGETS_MOST)
		t->at[t->count++] = target;
}

/* A port and the name above it. */
static struct rect
around_port(const struct board *b, uint32_t box)
{
	struct rect r = b->sheet->boxes[box].at;

	if (r.w < PORT_SMALL) {
		r.x += r.w / 2 - 1;
		r.w = 2;
		r.y -= PORT_ABOVE;
		r.h += PORT_ABOVE + PORT_BELOW;
		return r;
	}
	r.x -= PORT_MORE;
	r.w += 2 * PORT_MORE;
	r.y -= PORT_ABOVE;
	r.h += PORT_ABOVE + PORT_BELOW;
	return r;
}

static void
take_nic(struct targets *out, const struct board *b, uint32_t nic)
{
	struct target t = { .cable = SHEET_NONE, .box = SHEET_NONE };
	uint32_t port;

	if (nic >= b->scene->nic_count || b->nic_box[nic] == SHEET_NONE)
		return;
	port = b->scene->nics[nic].port;
	t.cable = b->nic_cable[nic];
	if (b->nic_rows[nic].w > 0) {
		t.at = b->nic_rows[nic];
	} else if (port < b->scene->port_count &&
		   b->port_box[port] != SHEET_NONE) {
		t.box = b->port_box[port];
		t.at = around_port(b, t.box);
	} else {
		t.box = b->nic_box[nic];
		t.at = b->sheet->boxes[t.box].at;
	}
	add(out, t);
}

/* Ports side by side on one switch share a ring. */
static bool
joins(const struct board *b, const struct target *last, uint32_t box)
{
	const struct sheet_box *boxes = b->sheet->boxes;

	return last->box != SHEET_NONE && last->box + 1 == box &&
	       boxes[last->box].kind == BOX_PORT &&
	       boxes[box].parent == boxes[last->box].parent;
}

static void
take_port(struct targets *out, const struct board *b, uint32_t port)
{
	struct target t = { .cable = SHEET_NONE }, *last;

	if (port >= b->scene->port_count || b->port_box[port] == SHEET_NONE)
		return;
	t.box = b->port_box[port];
	t.at = around_port(b, t.box);
	last = out->count ? &out->at[out->count - 1] : NULL;
	if (last && joins(b, last, t.box)) {
		last->at.w = t.at.x + t.at.w - last->at.x;
		last->box = t.box;
	} else {
		add(out, t);
	}
}

static struct targets
targets_of(const struct board *b, const struct scene_finding *f)
{
	struct targets out = { .count = 0 };

	for (size_t i = 0; i < f->nic_count; i++)
		take_nic(&out, b, f->nics[i]);
	for (uint32_t d = 0; !f->nic_count && d < b->sheet->box_count; d++)
		for (size_t i = 0; i < f->port_count; i++)
			if (f->ports[i] < b->scene->port_count &&
			    b->port_box[f->ports[i]] == d)
				take_port(&out, b, f->ports[i]);
	for (size_t i = 0; !out.count && i < f->machine_count; i++) {
		uint32_t m = f->machines[i];

		if (m < b->scene->machine_count &&
		    b->machine_box[m] != SHEET_NONE)
			add(&out, (struct target){
				      b->sheet->boxes[b->machine_box[m]].at,
				      SHEET_NONE, b->machine_box[m] });
	}
	return out;
}

/* Where around a ring its number may stand, best first; in half axes, and then
 * pixels from there. */
static const struct seat {
	double across, down, right, low;
} seats[] = { { 1, -1, 2, -5 }, { 1, 1, 13, -4 }, { 1, 0, 17, 0 },
	{ -1, -1, -2, -5 }, { -1, 1, -13, -4 }, { 0, -1, 0, -17 },
	{ 0, 1, 0, 17 }, { -1, 0, -17, 0 } };

static struct point
number_place(const struct sheet *s, const struct sheet_ring *ring)
{
	struct rect r = put_ring_bounds(ring);
	struct point best = { 0, 0 };
	unsigned least = UINT32_MAX;

	for (size_t i = 0; i < sizeof(seats) / sizeof(*seats); i++) {
		struct point p = { r.x + r.w * (1 + seats[i].across) / 2 +
				       seats[i].right,
			r.y + r.h * (1 + seats[i].down) / 2 + seats[i].low };
		struct rect circle = { p.x - NUMBER, p.y - NUMBER, 2 * NUMBER,
			2 * NUMBER };
		unsigned cost = clear_cost(s, circle);

		if (circle.x < 0 || circle.x + circle.w > s->width)
			continue;
		if (cost < least) {
			least = cost;
			best = p;
		}
	}
	return best;
}

static void
put_ring(struct board *b, const struct scene_finding *f, unsigned n,
    const struct target *t, size_t of)
{
	struct sheet_ring ring = { .id = sheet_format(b->sheet,
				       of ? "%s:%u" : "%s", f->id,
				       (unsigned)of),
		.around = t->at,
		.n = n,
		.quiet = f->quiet,
		.cable = t->cable,
		.box = t->box };

	if (f->quiet) {
		ring.number.x = t->at.x - QUIET_X;
		ring.number.y = t->cable != SHEET_NONE ? b->line_y - QUIET_Y
						       : t->at.y + t->at.h / 2;
		ring.around = (struct rect){ 0 };
	} else {
		ring.number = number_place(b->sheet, &ring);
	}
	(void)sheet_ring(b->sheet, ring);
}

void
rings_put(struct board *b)
{
	const struct places *findings = &b->sorted.findings;

	for (uint32_t i = 0; i < findings->count && i < RINGS_MOST; i++) {
		const struct scene_finding *f =
		    &b->scene->findings[findings->at[i]];
		struct targets targets = targets_of(b, f);

		for (size_t t = 0; t < targets.count; t++)
			put_ring(b, f, i + 1, &targets.at[t], t);
	}
}
