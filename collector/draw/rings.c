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
	PORT_APART = 80, /* ports that are nearer share a ring */
	NIC_ABOVE = 20,
	NIC_H = 14,
	NIC_WORDS_ABOVE = 26, /* "no link" */
	NIC_WORDS_W = 130,
	NIC_WORDS_H = 18,
	QUIET_X = 20, /* left of the cable */
	QUIET_Y = 26
};

/* How much wider a ring is than a name in its upper half, and than rows that
 * reach from its top to its foot. */
static const double name_in_ring = 1.22, rows_in_ring = 1.4;

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

/* How wide the label of a box is. */
static double
label_w(const struct board *b, uint32_t box)
{
	for (uint32_t i = 0; i < b->sheet->text_count; i++)
		if (b->sheet->texts[i].box == box)
			return b->sheet->texts[i].width;
	return 0;
}

/* A port and the name above it. */
static struct rect
around_port(const struct board *b, uint32_t box)
{
	struct rect r = b->sheet->boxes[box].at;
	double half = r.w / 2 + PORT_MORE, name = label_w(b, box) / 2;

	if (r.w < PORT_SMALL)
		half = 1;
	else if (half + SHEET_RING_X < name * name_in_ring)
		half = name * name_in_ring - SHEET_RING_X;
	r.x += r.w / 2 - half;
	r.w = 2 * half;
	r.y -= PORT_ABOVE;
	r.h += PORT_ABOVE + PORT_BELOW;
	return r;
}

/* Texts whose corners are to be inside, too. */
static struct rect
around_rows(struct rect rows)
{
	double half = rows.w / 2 * rows_in_ring - SHEET_RING_X;

	if (half < rows.w / 2)
		return rows;
	return (struct rect){ rows.x + rows.w / 2 - half, rows.y, 2 * half,
		rows.h };
}

/* The end of a cable at a NIC: above it, where no name stands; if it has no
 * link, the words that say so. */
static struct rect
around_nic(const struct board *b, uint32_t nic)
{
	const struct rect *at = &b->sheet->boxes[b->nic_box[nic]].at;
	double x = at->x + at->w / 2;

	if (b->scene->nics[nic].state == CABLE_DOWN && at->w > PORT_SMALL)
		return (struct rect){ x - 4, at->y - NIC_WORDS_ABOVE,
			NIC_WORDS_W, NIC_WORDS_H };
	return (struct rect){ x - 1, at->y - NIC_ABOVE, 2, NIC_H };
}

/* Do ports stand side by side on one switch? */
static bool
joins(const struct board *b, const struct target *last, const struct target *t)
{
	const struct sheet_box *boxes = b->sheet->boxes;

	return last->box != SHEET_NONE && last->box + 1 == t->box &&
	       boxes[last->box].kind == BOX_PORT &&
	       boxes[t->box].parent == boxes[last->box].parent &&
	       t->at.x >= last->at.x &&
	       t->at.x - last->at.x - last->at.w < PORT_APART;
}

/* Neighbors share a ring. */
static void
add_port(struct targets *out, const struct board *b, struct target t)
{
	struct target *last = out->count ? &out->at[out->count - 1] : NULL;

	if (!last || !joins(b, last, &t)) {
		add(out, t);
		return;
	}
	last->at.w = t.at.x + t.at.w - last->at.x;
	last->box = t.box;
	last->cable = SHEET_NONE;
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
		t.at = around_rows(b->nic_rows[nic]);
	} else if (port < b->scene->port_count &&
		   b->port_box[port] != SHEET_NONE) {
		t.box = b->port_box[port];
		t.at = around_port(b, t.box);
		add_port(out, b, t);
		return;
	} else {
		t.box = b->nic_box[nic];
		t.at = around_nic(b, nic);
	}
	add(out, t);
}

static void
take_port(struct targets *out, const struct board *b, uint32_t port)
{
	struct target t = { .cable = SHEET_NONE };

	if (port >= b->scene->port_count || b->port_box[port] == SHEET_NONE)
		return;
	t.box = b->port_box[port];
	t.at = around_port(b, t.box);
	add_port(out, b, t);
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

/* And farther, when none of those is free. */
static const double farther[] = { 0, 16, 34, 60, 90 };

static double
sign(double value)
{
	return value < 0 ? -1 : value > 0;
}

/* The place number 'at' around 'r'. */
static struct point
seat_at(struct rect r, const struct seat *seat, double far)
{
	return (struct point){ r.x + r.w * (1 + seat->across) / 2 +
				   seat->right + far * sign(seat->across),
		r.y + r.h * (1 + seat->down) / 2 + seat->low +
		    far * sign(seat->down) };
}

static unsigned
seat_cost(const struct sheet *s, struct point p)
{
	struct rect circle = { p.x - NUMBER, p.y - NUMBER, 2 * NUMBER,
		2 * NUMBER };

	if (circle.x < 0 || circle.x + circle.w > s->width)
		return UINT32_MAX;
	return clear_cost(s, circle);
}

static struct point
number_place(const struct sheet *s, const struct sheet_ring *ring)
{
	struct rect r = put_ring_bounds(ring);
	struct point best = { r.x + r.w, r.y };
	unsigned least = UINT32_MAX;

	for (size_t f = 0; f < sizeof(farther) / sizeof(*farther); f++) {
		for (size_t i = 0; i < sizeof(seats) / sizeof(*seats); i++) {
			struct point p = seat_at(r, &seats[i], farther[f]);
			unsigned cost = seat_cost(s, p);

			if (cost >= least)
				continue;
			least = cost;
			best = p;
		}
		if (least < CLEAR_TEXT)
			break;
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
		if (seat_cost(b->sheet, ring.number) >= CLEAR_TEXT)
			ring.number = number_place(b->sheet, &ring);
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
