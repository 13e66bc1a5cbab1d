#include "collector/draw/put.h"

#include "collector/draw/fit.h"
#include "collector/draw/letters.h"

/* Of the size: how far letters reach above and below their baseline. */
static const double ascent = 0.74, descent = 0.22;

static double
put(struct sheet *s, struct sheet_text text)
{
	struct fit fit = { text.size, text.width };

	if (text.width > 0)
		text.text = fit_cut(&s->arena, text.text, fit);
	if (!*text.text)
		return 0;
	text.width = letters_width(text.text, text.size);
	(void)sheet_text(s, text);
	return text.width;
}

double
put_text(struct sheet *s, struct sheet_text text)
{
	text.box = text.cable = SHEET_NONE;
	return put(s, text);
}

double
put_label(struct sheet *s, uint32_t box, struct sheet_text text)
{
	text.box = box;
	text.cable = SHEET_NONE;
	return put(s, text);
}

double
put_claim(struct sheet *s, uint32_t cable, struct sheet_text text)
{
	text.box = SHEET_NONE;
	text.cable = cable;
	return put(s, text);
}

struct rect
put_bounds(const struct sheet_text *text)
{
	struct rect out = { text->x, text->y - ascent * text->size, text->width,
		(ascent + descent) * text->size };

	if (text->anchor == ANCHOR_MIDDLE)
		out.x -= text->width / 2;
	else if (text->anchor == ANCHOR_END)
		out.x -= text->width;
	return out;
}

struct rect
put_ring_bounds(const struct sheet_ring *ring)
{
	struct rect r = ring->around;

	return (struct rect){ r.x - SHEET_RING_X, r.y - SHEET_RING_Y,
		r.w + 2 * SHEET_RING_X, r.h + 2 * SHEET_RING_Y };
}

void
put_line(
    struct sheet *s, struct sheet_mark mark, struct point from, struct point to)
{
	struct point points[] = { from, to };

	mark.points = sheet_points(s, points, 2);
	mark.point_count = mark.points ? 2 : 0;
	(void)sheet_mark(s, mark);
}

static struct point
between(struct point a, struct point b, double part)
{
	return (
	    struct point){ a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part };
}

void
put_way(struct sheet *s, struct sheet_cable *cable, const struct point *corners,
    size_t count)
{
	struct point points[1 + 3 * PUT_CORNERS_MOST];
	size_t n = 0;

	points[n++] = corners[0];
	for (size_t i = 1; i < count && i <= PUT_CORNERS_MOST; i++) {
		points[n++] = between(corners[i - 1], corners[i], 1.0 / 3);
		points[n++] = between(corners[i - 1], corners[i], 2.0 / 3);
		points[n++] = corners[i];
	}
	cable->points = sheet_points(s, points, n);
	cable->point_count = cable->points ? n : 0;
}
