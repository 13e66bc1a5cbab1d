#include "collector/draw/trace.h"

#include <math.h>

/* How far a point may be off a line that still counts as straight. */
#define STRAIGHT_PX 0.5

struct trace
trace_of_cable(const struct sheet_cable *cable)
{
	return (struct trace){ cable->points, cable->point_count, true };
}

struct trace
trace_of_mark(const struct sheet_mark *mark)
{
	bool cubic = mark->kind == MARK_CURVE || mark->kind == MARK_HIGHLIGHT;

	return (struct trace){ mark->points, mark->point_count, cubic };
}

size_t
trace_count(struct trace t, unsigned steps)
{
	if (t.count == 0 || !t.cubic)
		return t.count;
	if (trace_is_straight(t))
		return 2;
	return (t.count - 1) / 3 * steps + 1;
}

static struct point
cubic_at(const struct point p[4], double t)
{
	double u = 1 - t;
	double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t;
	double d = t * t * t;

	return (struct point){
		a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
		a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y,
	};
}

struct point
trace_at(struct trace t, unsigned steps, size_t place)
{
	if (place == 0)
		return t.points[0];
	if (place + 1 >= trace_count(t, steps))
		return t.points[t.count - 1];
	if (!t.cubic)
		return t.points[place];
	return cubic_at(
	    t.points + place / steps * 3, (double)(place % steps) / steps);
}

struct rect
trace_around(struct trace t)
{
	struct rect r = { 0, 0, 0, 0 };
	double right, bottom;

	if (t.count == 0)
		return r;
	r.x = right = t.points[0].x;
	r.y = bottom = t.points[0].y;
	for (size_t i = 1; i < t.count; i++) {
		r.x = fmin(r.x, t.points[i].x);
		r.y = fmin(r.y, t.points[i].y);
		right = fmax(right, t.points[i].x);
		bottom = fmax(bottom, t.points[i].y);
	}
	r.w = right - r.x;
	r.h = bottom - r.y;
	return r;
}

bool
trace_is_straight(struct trace t)
{
	struct point a, along;
	double length;

	if (t.count < 2)
		return true;
	a = t.points[0];
	along.x = t.points[t.count - 1].x - a.x;
	along.y = t.points[t.count - 1].y - a.y;
	length = hypot(along.x, along.y);
	for (size_t i = 1; i + 1 < t.count; i++) {
		double off = (t.points[i].x - a.x) * along.y -
			     (t.points[i].y - a.y) * along.x;

		if (fabs(off) > STRAIGHT_PX * length)
			return false;
	}
	return true;
}
