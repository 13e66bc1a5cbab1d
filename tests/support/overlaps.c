#include "tests/support/overlaps.h"

#include <math.h>
#include <stdio.h>

#include "collector/draw/clear.h"
#include "collector/draw/put.h"

enum {
	RING_POINTS = 96,
	NUMBER = 12, /* the radius of its circle */
	SHOWN = 40   /* octets of a text, in a message */
};

/* Of a ring's superellipse, as a hand draws it; and how much of the room of a
 * text its letters leave free. */
static const double exponent = 2.35, air = 1, corner = 2;

static struct rect
letters_of(const struct sheet_text *t)
{
	struct rect r = put_bounds(t);

	return (
	    struct rect){ r.x + air, r.y + air, r.w - 2 * air, r.h - 2 * air };
}

static bool
holds(struct rect r, double x, double y)
{
	return x > r.x && x < r.x + r.w && y > r.y && y < r.y + r.h;
}

static double
power(double value)
{
	return copysign(pow(fabs(value), 2 / exponent), value);
}

static bool
ring_cuts(const struct sheet_ring *ring, struct rect text)
{
	struct rect r = put_ring_bounds(ring);

	if (ring->around.w <= 0)
		return false;
	text = (struct rect){ text.x + corner, text.y + corner,
		text.w - 2 * corner, text.h - 2 * corner };
	for (int i = 0; i < RING_POINTS; i++) {
		double angle = 2 * M_PI * i / RING_POINTS;
		double x = r.x + r.w / 2 * (1 + power(cos(angle)));
		double y = r.y + r.h / 2 * (1 + power(sin(angle)));

		if (holds(text, x, y))
			return true;
	}
	return false;
}

static bool
number_covers(struct point p, struct rect text)
{
	return clear_meets(
	    (struct rect){ p.x - NUMBER, p.y - NUMBER, 2 * NUMBER, 2 * NUMBER },
	    text);
}

static bool
say(char *why, size_t size, const struct sheet_text *t, const char *what,
    const char *other)
{
	(void)snprintf(why, size, "\"%.*s\" (%.40s) %s \"%.*s\"", SHOWN,
	    t->text, t->id, what, SHOWN, other);
	return true;
}

static bool
check_text(const struct sheet *s, uint32_t at, char *why, size_t size)
{
	const struct sheet_text *t = &s->texts[at];
	struct rect r = letters_of(t);

	if (r.x < 0 || r.y < 0 || r.x + r.w > s->width || r.y + r.h > s->height)
		return say(why, size, t, "is off", "the page");
	for (uint32_t i = at + 1; i < s->text_count; i++)
		if (clear_meets(r, letters_of(&s->texts[i])))
			return say(why, size, t, "is over", s->texts[i].text);
	for (uint32_t i = 0; i < s->box_count; i++)
		if (s->boxes[i].kind != BOX_BOND &&
		    clear_cuts(s->boxes[i].at, r))
			return say(
			    why, size, t, "is on the edge of", s->boxes[i].id);
	for (uint32_t i = 0; i < s->ring_count; i++) {
		if (ring_cuts(&s->rings[i], r))
			return say(
			    why, size, t, "is cut by the ring", s->rings[i].id);
		if (s->rings[i].n && number_covers(s->rings[i].number, r))
			return say(why, size, t, "is under the number of",
			    s->rings[i].id);
	}
	return false;
}

bool
overlaps_find(const struct sheet *s, char *why, size_t size)
{
	for (uint32_t i = 0; i < s->text_count; i++)
		if (check_text(s, i, why, size))
			return true;
	return false;
}
