#include "collector/draw/hand_run.h"

#include <math.h>

enum { LENGTH_MOST = 10 * 1000 * 1000 };

static const double pi = 3.14159265358979323846;

double
plane_distance(struct point a, struct point b)
{
	double x = b.x - a.x, y = b.y - a.y;

	return sqrt(x * x + y * y);
}

struct point
plane_between(struct point a, struct point b, double t)
{
	return (struct point){ a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t };
}

/* By its series, to seven digits: the libraries' own differ in the last. */
double
plane_sine(double angle)
{
	double turns = angle / (2 * pi);
	double x, square;

	turns -= (double)(long)turns;
	x = turns * 2 * pi;
	if (x > pi)
		x -= 2 * pi;
	else if (x < -pi)
		x += 2 * pi;
	if (x > pi / 2)
		x = pi - x;
	else if (x < -pi / 2)
		x = -pi - x;
	square = x * x;
	return x * (1 - square / 6 *
			    (1 - square / 20 *
				     (1 - square / 42 *
					      (1 - square / 72 *
						       (1 - square / 110)))));
}

double
plane_cosine(double angle)
{
	return plane_sine(angle + pi / 2);
}

void
run_add(struct run *r, struct point p)
{
	if (r->count < RUN_MOST)
		r->at[r->count++] = p;
}

static struct point
on_cubic(const struct point *c, double t)
{
	double s = 1 - t;
	double a = s * s * s, b = 3 * s * s * t, d = 3 * s * t * t;
	double e = t * t * t;

	return (
	    struct point){ a * c[0].x + b * c[1].x + d * c[2].x + e * c[3].x,
		a * c[0].y + b * c[1].y + d * c[2].y + e * c[3].y };
}

void
run_flatten(struct run *r, const struct point *points, size_t count)
{
	size_t cubics = count ? (count - 1) / 3 : 0;
	size_t pieces = cubics > RUN_MOST / 20 ? RUN_MOST / cubics : 20;

	r->count = 0;
	if (count)
		run_add(r, points[0]);
	for (size_t i = 0; i < cubics; i++) {
		for (size_t k = 1; k <= pieces; k++)
			run_add(r, on_cubic(points + 3 * i,
				       (double)k / (double)pieces));
	}
}

static double
length_of(const struct point *points, size_t count)
{
	double out = 0;

	for (size_t i = 1; i < count; i++)
		out += plane_distance(points[i - 1], points[i]);
	return out;
}

double
run_step(struct run *r, const struct point *points, size_t count, double step)
{
	double length = length_of(points, count), passed = 0, piece;
	size_t steps, at = 1;

	r->count = 0;
	/* Also what is no length at all. */
	if (count < 2 || !(length < LENGTH_MOST))
		return 0;
	steps = (size_t)(length / step + .5);
	steps = steps < 1 ? 1 : steps > RUN_MOST - 1 ? RUN_MOST - 1 : steps;
	piece = plane_distance(points[0], points[1]);
	for (size_t i = 0; i <= steps; i++) {
		double wanted = length * (double)i / (double)steps;

		while (at + 1 < count && passed + piece < wanted) {
			passed += piece;
			at++;
			piece = plane_distance(points[at - 1], points[at]);
		}
		run_add(r, plane_between(points[at - 1], points[at],
			       piece > 0 ? (wanted - passed) / piece : 0));
	}
	return length;
}

/* Long lines are drawn with more care, short ones cannot stray far. */
static double
strength(double wobble, double length)
{
	double gain = 1 - .45 * (length - 160) / 740;
	double out = wobble * (gain > 1 ? 1 : gain < .55 ? .55 : gain);

	return length < 40 && out > length / 45 ? length / 45 : out;
}

void
run_wobble(struct run *r, struct chance chance, double length,
    const struct touch *touch)
{
	double most = strength(touch->wobble, length);
	double ends = touch->ends > 0 ? touch->ends : most * .8;
	double bow = chance_between(&chance, -1, 1) * most * .9 *
		     (length < 120 ? length / 120 : 1);
	double drift = chance_between(&chance, -1, 1);
	struct point before = r->at[0];
	size_t last = r->count - 1;

	for (size_t i = 0; i <= last; i++) {
		struct point here = r->at[i];
		struct point after = r->at[i < last ? i + 1 : last];
		double size = plane_distance(before, after);
		double x = size > 0 ? (after.x - before.x) / size : 0;
		double y = size > 0 ? (after.y - before.y) / size : 0;
		bool end = i == 0 || i == last;
		double aside, along;

		drift = .55 * drift + .75 * chance_between(&chance, -1, 1);
		aside = drift * most;
		if (last)
			aside +=
			    bow * plane_sine(pi * (double)i / (double)last);
		along =
		    chance_between(&chance, -1, 1) * (end ? ends : most / 2);
		if (end)
			aside /= 2;
		r->at[i].x = here.x - y * aside + x * along;
		r->at[i].y = here.y + x * aside + y * along;
		before = here;
	}
}

void
run_stroke(struct run *r, const struct point *points, size_t count,
    struct chance chance, const struct touch *touch)
{
	double step = touch->step > 0 ? touch->step : 34;
	double length = run_step(r, points, count, step);

	if (r->count)
		run_wobble(r, chance, length, touch);
}

/* A sixth of the way between its neighbors, from 'at' on. */
static struct point
handle(struct point at, struct point a, struct point b, double sixth)
{
	return (struct point){ at.x + (b.x - a.x) * sixth,
		at.y + (b.y - a.y) * sixth };
}

void
run_draw(struct hand *h, const struct run *r)
{
	const struct point *p = r->at;
	size_t last = r->count ? r->count - 1 : 0;

	if (!last)
		return;
	path_move(&h->path, p[0]);
	if (last == 1) {
		path_line(&h->path, p[1]);
		return;
	}
	for (size_t i = 0; i < last; i++) {
		struct point next = p[i + 2 <= last ? i + 2 : last];
		struct point controls[2] = {
			handle(p[i], p[i], p[i + 1], 1. / 6),
			handle(p[i + 1], p[i], next, -1. / 6),
		};

		if (i == 0)
			path_curve(&h->path, controls, p[i + 1]);
		else
			path_smooth(&h->path, controls[1], p[i + 1]);
	}
}
