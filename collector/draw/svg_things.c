#include "collector/draw/svg_things.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "collector/draw/hand.h"
#include "collector/draw/spell.h"
#include "collector/draw/svg_text.h"

enum { POINTS_MOST = 512 }; /* of one line: more than a page is long */

static const char *const pens[] = { "pk", "pb", "pg", "pr", "py" };
static const char *const hachures[] = { "hk", "hb", "hg", "hk", "hk" };

/* ---- groups ----------------------------------------------------------------
 */

/* Nothing that is a program: a page of ours, or one that is named whole. */
static bool
leads_somewhere(const char *href)
{
	return (*href == '/' && href[1] != '/') || *href == '#' ||
	       *href == '?' || *href == '.' || spell_is_address(href);
}

static void
translate(struct buffer *out, struct point to)
{
	buffer_text(out, " transform=\"translate(");
	path_number(out, path_tenths(to.x));
	buffer_char(out, ' ');
	path_number(out, path_tenths(to.y));
	buffer_text(out, ")\"");
}

void
svg_begin(struct buffer *out, const struct svg_group *group)
{
	if (leads_somewhere(group->href)) {
		buffer_text(out, "<a xlink:href=\"");
		spell_xml(out, group->href);
		buffer_text(out, "\">");
	}
	buffer_text(out, "<g");
	if (group->kind)
		svg_id(out, group->kind, group->id);
	buffer_printf(out, " class=\"d-%s%s%s\"", group->class,
	    group->faint ? " d-faint" : "", group->marked ? " d-marked" : "");
	translate(out, group->origin);
	buffer_char(out, '>');
	if (*group->title) {
		buffer_text(out, "<title>");
		spell_xml(out, group->title);
		buffer_text(out, "</title>");
	}
	buffer_char(out, '\n');
}

void
svg_end(struct buffer *out, const struct svg_group *group)
{
	buffer_text(
	    out, leads_somewhere(group->href) ? "</g></a>\n" : "</g>\n");
}

/* ---- strokes ---------------------------------------------------------------
 */

/* Opens a path: its data comes next, and then end_path. */
static void
begin_path(struct buffer *out, const char *class, double width, bool dashed)
{
	buffer_printf(out, "<path class=\"%s\"", class);
	if (width > 0)
		svg_number(out, "stroke-width", width);
	if (dashed)
		buffer_text(out, " stroke-dasharray=\"3 7\"");
	buffer_text(out, " d=\"");
}

static void
end_path(struct buffer *out)
{
	buffer_text(out, "\"/>\n");
}

/* Places as seen from 'origin'; gives how many there are. */
static size_t
seen_from(struct point origin, const struct point *points, size_t count,
    struct point out[static POINTS_MOST])
{
	size_t most = count < POINTS_MOST ? count : POINTS_MOST;

	for (size_t i = 0; i < most; i++)
		out[i] = (struct point){ points[i].x - origin.x,
			points[i].y - origin.y };
	return most;
}

/* ---- boxes -----------------------------------------------------------------
 */

struct look {
	const char *class;
	double pen, gap; /* widths: of the stroke, between hachures */
	struct touch touch;
	bool filled;
};

/* What a cable runs into hides its end; what wires run inside of hides
 * nothing. */
static const struct look looks[] = {
	[BOX_SWITCH] = { "switch", 2.5, 9,
	    { .wobble = 1.4, .radius = 8, .passes = 2 }, true },
	[BOX_PORT] = { "port", 2, 7, { .wobble = .6, .radius = 3, .passes = 1 },
	    true },
	[BOX_HOST] = { "host", 2.5, 9,
	    { .wobble = 1.6, .radius = 10, .passes = 2 }, false },
	[BOX_NIC] = { "nic", 2, 7, { .wobble = .6, .radius = 3, .passes = 1 },
	    true },
	[BOX_BOND] = { "bond", 2, 7, { .wobble = .6, .passes = 1 }, false },
	[BOX_VSWITCH] = { "vswitch", 2.2, 9,
	    { .wobble = 1.2, .radius = 6, .passes = 2 }, true },
	[BOX_GROUP] = { "group", 1.9, 9,
	    { .wobble = .9, .radius = 5, .passes = 1 }, true },
	[BOX_MACHINE] = { "machine", 2, 7,
	    { .wobble = .9, .radius = 8, .passes = 2 }, true },
	[BOX_KERNEL] = { "kernel", 1.7, 7,
	    { .wobble = .9, .radius = 8, .passes = 1 }, true },
	[BOX_STACK] = { "stack", 1.8, 7,
	    { .wobble = .8, .radius = 6, .passes = 1 }, true },
	[BOX_VNIC] = { "vnic", 2, 7, { .wobble = .9, .radius = 6, .passes = 2 },
	    true },
	[BOX_CARD] = { "card", 2.2, 9,
	    { .wobble = 1.2, .radius = 8, .passes = 2 }, true },
	[BOX_FRAME] = { "frame", 1.9, 9,
	    { .wobble = 1.1, .radius = 3, .passes = 1 }, false },
};

/* What is small is drawn with a calmer hand.  Ports, NICs and groups that are
 * no marks at an edge, but as large as what stands beside them, are drawn with
 * the same care as that. */
static struct look
look_of(const struct sheet_box *box)
{
	struct look out = looks[box->kind];

	if (box->at.h > 60 && out.touch.passes == 1)
		out.touch = looks[BOX_VSWITCH].touch;
	if (box->at.w < 90 || box->at.h < 40) {
		out.touch.wobble =
		    out.touch.wobble > .8 ? .8 : out.touch.wobble;
		out.pen = out.pen > 2 ? 2 : out.pen;
	}
	if (box->faint) {
		out.touch.passes = 1;
		out.pen = 1.6;
	}
	return out;
}

struct svg_group
svg_box_group(const struct sheet_box *box)
{
	return (struct svg_group){ .kind = 'b',
		.id = box->id,
		.class = looks[box->kind].class,
		.title = *box->title ? box->title : box->label,
		.href = box->href,
		.faint = box->faint,
		.marked = box->marked,
		.origin = { box->at.x, box->at.y } };
}

/* The outline of one box, and what is inside it. */
static void
draw_box(struct buffer *out, uint64_t seed, struct rect at,
    const struct sheet_box *box)
{
	const struct look look = look_of(box);
	struct hand h;

	if (look.filled) {
		begin_path(out, "paper", 0, false);
		h = hand_start(out, seed);
		hand_fill(&h, at, look.touch.radius);
		end_path(out);
	}
	if (box->hatch != HATCH_NONE) {
		begin_path(out, hachures[box->ink], 0, false);
		h = hand_start(out, seed);
		hand_hachure(&h, at, box->hatch == HATCH_DENSE ? 7 : look.gap,
		    box->hatch != HATCH_VIRTUAL);
		end_path(out);
	}
	begin_path(
	    out, pens[box->faint ? INK_GREY : box->ink], look.pen, false);
	h = hand_start(out, seed);
	if (box->kind == BOX_BOND)
		hand_oval(&h, at);
	else
		hand_box(&h, at, &look.touch);
	end_path(out);
}

void
svg_box(struct buffer *out, const struct sheet *s, const struct sheet_box *box)
{
	uint64_t seed = hand_seed(s->id, box->id);
	struct rect at = { 0, 0, box->at.w, box->at.h };

	/* The cards behind, the last one first. */
	for (unsigned i = box->kind == BOX_STACK ? 2 : 0; i > 0; i--)
		draw_box(out, seed + i,
		    (struct rect){ 4. * i, -4. * i, at.w, at.h }, box);
	draw_box(out, seed, at, box);
}

/* ---- cables ----------------------------------------------------------------
 */

struct svg_group
svg_cable_group(const struct sheet_cable *cable)
{
	return (struct svg_group){ .kind = 'c',
		.id = cable->id,
		.class = cable->crosses ? "cable" : "wire",
		.title = cable->title,
		.href = "",
		.faint =
		    cable->state == CABLE_DOWN || cable->state == CABLE_STALE,
		.marked = cable->marked,
		.origin = cable->point_count ? cable->points[0]
					     : (struct point){ 0, 0 } };
}

void
svg_cable(
    struct buffer *out, const struct sheet *s, const struct sheet_cable *cable)
{
	struct touch touch = { .wobble = cable->crosses ? 1.6 : .8,
		.step = cable->crosses ? 44 : 0,
		.ends = .6,
		.passes = 2 };
	bool stale = cable->state == CABLE_STALE;
	bool down = cable->state == CABLE_DOWN;
	bool perhaps =
	    cable->state == CABLE_ONE_SIDED || cable->state == CABLE_NONE;
	double pen = cable->crosses ? 2 : 1.8;
	struct point points[POINTS_MOST];
	struct hand h = hand_start(out, hand_seed(s->id, cable->id));
	size_t count;

	if (cable->point_count < 2)
		return;
	count = seen_from(
	    cable->points[0], cable->points, cable->point_count, points);
	/* A straight one comes easily. */
	if (fabs(points[count - 1].x) < 6)
		touch.wobble = .8;
	/* What both sides agree on is drawn twice. */
	if (stale || down || perhaps)
		touch.passes = 1;
	begin_path(out, pens[stale || down ? INK_GREY : cable->ink],
	    stale || down ? 1.7 : pen, stale || perhaps);
	hand_curve(&h, "cable", points, count, &touch);
	end_path(out);
}

/* ---- marks -----------------------------------------------------------------
 */

/* The width of the pen, if a mark does not say its own. */
static double
mark_pen(const struct sheet_mark *mark)
{
	switch (mark->kind) {
	case MARK_DEMARC:
		return 3.4;
	case MARK_HIGHLIGHT:
		return mark->size > 0 ? mark->size : 17;
	case MARK_CROSS:
	case MARK_TICK:
		return mark->ink == INK_GREY ? 1.6 : 2.4;
	case MARK_UNDERLINE:
		return mark->size > 0 ? mark->size : 2.6;
	case MARK_ARROW:
		return mark->size > 0 ? mark->size : 2.2;
	case MARK_LINE:
	case MARK_CURVE:
		break;
	}
	return mark->size > 0 ? mark->size : 1.8;
}

static void
draw_mark(struct hand *h, const struct sheet_mark *mark,
    const struct point *points, size_t count)
{
	static const struct touch line = { .wobble = .9, .passes = 1 };
	static const struct touch under = { .wobble = 1.2, .passes = 1 };
	static const struct touch band = {
		.wobble = 1.2, .step = 40, .passes = 1
	};
	double pen = mark_pen(mark);

	switch (mark->kind) {
	case MARK_LINE:
		hand_line(h, "line", points, count, &line);
		break;
	case MARK_UNDERLINE:
		hand_line(h, "line", points, count, &under);
		break;
	case MARK_CURVE:
		hand_curve(h, "line", points, count, &line);
		break;
	case MARK_HIGHLIGHT:
		hand_curve(h, "band", points, count, &band);
		break;
	case MARK_DEMARC:
		hand_dashes(h, points, count);
		break;
	case MARK_ARROW:
		hand_arrow(h, points, count, pen * 3 + 4);
		break;
	case MARK_CROSS:
		hand_cross(h, points[0], mark->size);
		break;
	case MARK_TICK:
		hand_tick(h, points[0], mark->size);
		break;
	}
}

void
svg_mark(
    struct buffer *out, const struct sheet *s, const struct sheet_mark *mark)
{
	struct hand h = hand_start(out, hand_seed(s->id, mark->id));
	struct svg_group group = { .kind = 'm',
		.id = mark->id,
		.class = "mark",
		.title = "",
		.href = "" };
	struct point points[POINTS_MOST];
	size_t count;

	if (!mark->point_count)
		return;
	group.origin = mark->points[0];
	if (mark->kind == MARK_DEMARC) {
		group.class = "demarc";
		group.title = "the line of demarcation";
	} else if (mark->kind == MARK_HIGHLIGHT) {
		group.class = "path";
	}
	count =
	    seen_from(group.origin, mark->points, mark->point_count, points);
	svg_begin(out, &group);
	begin_path(out, mark->kind == MARK_HIGHLIGHT ? "hl" : pens[mark->ink],
	    mark_pen(mark), mark->dashed);
	draw_mark(&h, mark, points, count);
	end_path(out);
	svg_end(out, &group);
}

/* ---- rings and numbers -----------------------------------------------------
 */

/* A number in its circle, around 'at'. */
struct number {
	const char *id; /* of what it numbers */
	unsigned n;
	bool quiet;
	struct point at;
};

static void
draw_number(struct buffer *out, const struct sheet *s,
    const struct number *number, bool outlines)
{
	enum { RADIUS = 13 };
	const struct rect around = { number->at.x - RADIUS,
		number->at.y - RADIUS, 2 * RADIUS, 2 * RADIUS };
	const enum ink ink = number->quiet ? INK_GREY : INK_RED;
	char digits[16];
	struct sheet_text text = { .id = number->id,
		.text = digits,
		.x = number->at.x,
		.y = number->at.y + 6.5,
		.size = number->n < 10 ? 19 : 16,
		.anchor = ANCHOR_MIDDLE,
		.ink = ink,
		.bold = true };
	struct hand h = hand_start(out, hand_seed(s->id, number->id) + 1);

	snprintf(digits, sizeof(digits), "%u", number->n);
	buffer_text(out, "<circle class=\"paper\"");
	svg_number(out, "cx", number->at.x);
	svg_number(out, "cy", number->at.y);
	buffer_text(out, " r=\"12.5\"/>");
	begin_path(out, pens[ink], number->quiet ? 1.7 : 2.3, false);
	hand_oval(&h, around);
	end_path(out);
	svg_text(out, s, &text, (struct point){ 0, 0 }, outlines);
}

static const char *
heading_of(const struct sheet *s, unsigned n)
{
	for (uint32_t i = 0; i < s->note_count; i++)
		if (s->notes[i].n == n)
			return s->notes[i].heading;
	return "";
}

void
svg_ring(struct buffer *out, const struct sheet *s,
    const struct sheet_ring *ring, bool outlines)
{
	const struct rect in = ring->around;
	const bool around = in.w > 0;
	struct svg_group group = { .kind = 'r',
		.id = ring->id,
		.class = "ring",
		.title = heading_of(s, ring->n),
		.href = "",
		.origin =
		    around ? (struct point){ in.x, in.y } : ring->number };
	struct number number = { ring->id, ring->n, ring->quiet,
		{ ring->number.x - group.origin.x,
		    ring->number.y - group.origin.y } };
	struct hand h = hand_start(out, hand_seed(s->id, ring->id));

	svg_begin(out, &group);
	if (around) {
		begin_path(out, pens[ring->quiet ? INK_GREY : INK_RED],
		    ring->quiet ? 1.7 : 2.9, false);
		hand_ring(
		    &h, (struct rect){ -SHEET_RING_X, -SHEET_RING_Y,
			    in.w + 2 * SHEET_RING_X, in.h + 2 * SHEET_RING_Y });
		end_path(out);
	}
	if (ring->n)
		draw_number(out, s, &number, outlines);
	svg_end(out, &group);
}

void
svg_note_number(struct buffer *out, const struct sheet *s,
    const struct sheet_note *note, bool outlines)
{
	const struct svg_group group = { .kind = 'n',
		.id = note->id,
		.class = "note",
		.title = "",
		.href = "",
		.origin = { note->at.x, note->at.y } };
	const struct number number = { note->id, note->n, note->quiet,
		{ SHEET_NOTE_X, SHEET_NOTE_Y } };

	if (!note->n)
		return;
	svg_begin(out, &group);
	draw_number(out, s, &number, outlines);
	svg_end(out, &group);
}
