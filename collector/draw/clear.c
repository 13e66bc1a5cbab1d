#include "collector/draw/clear.h"

#include "collector/draw/put.h"

enum {
	COST_EDGE = 50,
	COST_CABLE = 1,
	NUMBER = 13, /* the radius of its circle */
	CURVE_STEPS = 12
};

bool
clear_meets(struct rect a, struct rect b)
{
	return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h &&
	       b.y < a.y + a.h;
}

static bool
holds(struct rect box, struct rect r)
{
	return r.x >= box.x && r.x + r.w <= box.x + box.w && r.y >= box.y &&
	       r.y + r.h <= box.y + box.h;
}

bool
clear_cuts(struct rect box, struct rect r)
{
	return clear_meets(box, r) && !holds(box, r);
}

static double
bezier(double a, double b, double c, double d, double t)
{
	double u = 1 - t;

	return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c +
	       t * t * t * d;
}

static bool
curve_meets(const struct point *p, struct rect r)
{
	for (int i = 0; i <= CURVE_STEPS; i++) {
		double t = (double)i / CURVE_STEPS;
		double x = bezier(p[0].x, p[1].x, p[2].x, p[3].x, t);
		double y = bezier(p[0].y, p[1].y, p[2].y, p[3].y, t);

		if (x > r.x && x < r.x + r.w && y > r.y && y < r.y + r.h)
			return true;
	}
	return false;
}

/* A curve stays among its four points, but for the last digit. */
static bool
comes_near(const struct point *p, struct rect r)
{
	bool left = true, right = true, above = true, below = true;

	for (int i = 0; i < 4; i++) {
		left = left && p[i].x < r.x - 1;
		right = right && p[i].x > r.x + r.w + 1;
		above = above && p[i].y < r.y - 1;
		below = below && p[i].y > r.y + r.h + 1;
	}
	return !left && !right && !above && !below;
}

static bool
cable_meets(const struct sheet_cable *c, struct rect r)
{
	for (size_t i = 0; i + 3 < c->point_count; i += 3)
		if (comes_near(&c->points[i], r) &&
		    curve_meets(&c->points[i], r))
			return true;
	return false;
}

static bool
number_meets(const struct sheet_ring *ring, struct rect r)
{
	struct rect number = { ring->number.x - NUMBER, ring->number.y - NUMBER,
		2 * NUMBER, 2 * NUMBER };

	return clear_meets(number, r);
}

unsigned
clear_cost(const struct sheet *s, struct rect r)
{
	unsigned cost = 0;

	for (uint32_t i = 0; i < s->text_count; i++)
		if (clear_meets(put_bounds(&s->texts[i]), r))
			cost += CLEAR_TEXT;
	for (uint32_t i = 0; i < s->ring_count; i++) {
		if (number_meets(&s->rings[i], r))
			cost += CLEAR_TEXT;
		if (s->rings[i].around.w > 0 &&
		    clear_cuts(put_ring_bounds(&s->rings[i]), r))
			cost += COST_EDGE;
	}
	for (uint32_t i = 0; i < s->box_count; i++)
		if (clear_cuts(s->boxes[i].at, r))
			cost += COST_EDGE;
	for (uint32_t i = 0; i < s->cable_count; i++)
		if (cable_meets(&s->cables[i], r))
			cost += COST_CABLE;
	return cost;
}
