/* Of hand.h: what a box is made of. */
#include "collector/draw/hand.h"
#include "collector/draw/hand_run.h"

static double
least_of(double a, double b)
{
	return a < b ? a : b;
}

void
hand_fill(struct hand *h, struct rect at, double radius)
{
	double r = least_of(radius, least_of(at.w, at.h) / 2) * .6;
	const double right = at.x + at.w, foot = at.y + at.h;
	const struct point corners[] = { { at.x + r, at.y },
		{ right - r, at.y }, { right, at.y + r }, { right, foot - r },
		{ right - r, foot }, { at.x + r, foot }, { at.x, foot - r },
		{ at.x, at.y + r } };

	path_move(&h->path, corners[0]);
	for (size_t i = 1; i < sizeof(corners) / sizeof(corners[0]); i++)
		path_line(&h->path, corners[i]);
	path_close(&h->path);
}

/* Appends one side, a run of its own that stops before the corners, and the
 * point that the curve rounds the corner through. */
static void
add_side(struct run *run, const struct point corners[static 3],
    struct chance chance, const struct touch *touch)
{
	const struct point *a = &corners[0], *b = &corners[1];
	double first = plane_distance(*a, *b);
	double second = plane_distance(*b, corners[2]);
	double r = touch->radius;
	struct point ends[2], corner, next;
	struct run side;

	if (!(first > 0) || !(second > 0))
		return;
	ends[0] = plane_between(*a, *b, r / first);
	ends[1] = plane_between(*a, *b, 1 - r / first);
	run_stroke(&side, ends, 2, chance, touch);
	for (size_t i = 0; i < side.count; i++)
		run_add(run, side.at[i]);
	corner = plane_between(*b, *a, .29 * r / first);
	next = plane_between(*b, corners[2], .29 * r / second);
	run_add(run, (struct point){
			 corner.x + next.x - b->x, corner.y + next.y - b->y });
}

/* Goes a little beyond where it began: that looks drawn in one go. */
static void
overshoot(struct run *run, struct chance *c)
{
	struct point start = run->at[0], next = run->at[1];
	double length = plane_distance(start, next);
	double beyond = least_of(chance_between(c, 3, 9), length / 2);
	struct point end;

	if (!(length > 0))
		return;
	end = plane_between(start, next, beyond / length);
	start.x += chance_between(c, -.8, .8);
	start.y += chance_between(c, -1, 1);
	end.y += chance_between(c, -1.2, 1.2);
	run_add(run, start);
	run_add(run, end);
}

static const char *const sides[] = { "top", "right", "foot", "left" };

static void
outline(
    struct hand *h, struct rect at, unsigned pass, const struct touch *touch)
{
	struct chance c = chance_of(h->seed, "corners", pass);
	const double far = touch->wobble * .9;
	struct point corners[6] = { { at.x, at.y }, { at.x + at.w, at.y },
		{ at.x + at.w, at.y + at.h }, { at.x, at.y + at.h } };
	struct run run = { .count = 0 };

	for (size_t i = 0; i < 4; i++) {
		corners[i].x += chance_between(&c, -far, far);
		corners[i].y += chance_between(&c, -far, far);
	}
	corners[4] = corners[0];
	corners[5] = corners[1];
	for (unsigned i = 0; i < 4; i++)
		add_side(&run, corners + i, chance_of(h->seed, sides[i], pass),
		    touch);
	if (run.count < 2)
		return;
	overshoot(&run, &c);
	run_draw(h, &run);
}

void
hand_box(struct hand *h, struct rect at, const struct touch *touch)
{
	struct touch side = *touch;

	side.step = 60;
	side.ends = .3;
	side.radius = least_of(touch->radius, least_of(at.w, at.h) / 3);
	for (unsigned i = 0; i < touch->passes; i++)
		outline(h, at, i, &side);
}

/* Where a line (all points whose product with the normal is 'level') enters
 * and leaves a box; false if it misses it. */
static bool
clip(struct rect at, struct point normal, double level, struct point out[2])
{
	const struct point corners[] = { { at.x, at.y }, { at.x + at.w, at.y },
		{ at.x + at.w, at.y + at.h }, { at.x, at.y + at.h },
		{ at.x, at.y } };
	size_t found = 0;

	for (size_t i = 0; i < 4 && found < 2; i++) {
		const struct point *a = &corners[i], *b = &corners[i + 1];
		double from_a = a->x * normal.x + a->y * normal.y - level;
		double from_b = b->x * normal.x + b->y * normal.y - level;

		if ((from_a <= 0) != (from_b <= 0))
			out[found++] =
			    plane_between(*a, *b, from_a / (from_a - from_b));
	}
	return found == 2;
}

/* Up: -48 degrees, so that the lines lean as an engineer's do. */
static const struct point lean_up = { .66913061, -.74314483 };
static const struct point lean_down = { .66913061, .74314483 };

/* One line of the hachure, always begun at its lower end. */
static void
hatch(struct hand *h, unsigned n, struct point ends[2])
{
	struct touch touch = { .wobble = .8, .step = 70 };
	double length = plane_distance(ends[0], ends[1]);
	struct run run;

	if (length <= 5)
		return;
	touch.ends = least_of(2.2, length * .1);
	if (ends[0].y < ends[1].y) {
		struct point upper = ends[0];

		ends[0] = ends[1];
		ends[1] = upper;
	}
	run_stroke(&run, ends, 2, chance_of(h->seed, "hatch", n), &touch);
	run_draw(h, &run);
}

void
hand_hachure(struct hand *h, struct rect at, double gap, bool up)
{
	enum { INSET = 4, SIDES_MOST = 100 * 1000 };
	const struct point lean = up ? lean_up : lean_down;
	const struct point normal = { -lean.y, lean.x };
	const struct rect in = { at.x + INSET, at.y + INSET, at.w - 2 * INSET,
		at.h - 2 * INSET };
	struct chance c = chance_of(h->seed, "hachure", 0);
	double across = in.w * lean_down.y + in.h * lean_down.x;
	double least = (up ? in.x : in.x + in.w) * normal.x + in.y * normal.y;
	double level = gap * .6;
	struct point ends[2];
	unsigned n = 0;

	if (!(in.w > 2) || !(in.h > 2) || !(in.w + in.h < SIDES_MOST) ||
	    !(gap >= 1))
		return;
	while (level < across - gap * .3) {
		double here =
		    least + level + chance_between(&c, -gap * .14, gap * .14);

		if (clip(in, normal, here, ends))
			hatch(h, n++, ends);
		level += gap;
	}
}
