#include "collector/draw/hand.h"

#include "collector/draw/hand_run.h"

enum { FARTHEST = 1000 * 1000 };

static const double pi = 3.14159265358979323846;

/* FNV-1a over a text and its end. */
static uint64_t
mixed(uint64_t hash, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;

	for (; *at; at++)
		hash = (hash ^ *at) * 0x100000001b3U;
	return hash * 0x100000001b3U;
}

uint64_t
hand_seed(const char *drawing, const char *id)
{
	return mixed(mixed(0xcbf29ce484222325U, drawing), id);
}

struct chance
chance_of(uint64_t seed, const char *part, unsigned n)
{
	return (struct chance){ mixed(seed ^ n, part) };
}

/* splitmix64; the upper 53 bits are a number from 0 up to 1. */
double
chance_between(struct chance *c, double least, double most)
{
	uint64_t z = c->state += 0x9e3779b97f4a7c15U;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
	z = (z ^ z >> 27) * 0x94d049bb133111ebU;
	z ^= z >> 31;
	return least + (most - least) * (double)(z >> 11) / 9007199254740992.;
}

static double
give_or_take(struct chance *c, double most)
{
	return chance_between(c, -most, most);
}

struct hand
hand_start(struct buffer *out, uint64_t seed)
{
	return (struct hand){ .path = path_start(out), .seed = seed };
}

void
hand_line(struct hand *h, const char *part, const struct point *points,
    size_t count, const struct touch *touch)
{
	struct touch again = *touch;
	struct run run;

	for (unsigned i = 0; i < touch->passes; i++) {
		run_stroke(
		    &run, points, count, chance_of(h->seed, part, i), &again);
		run_draw(h, &run);
		again.wobble = touch->wobble * 1.25;
	}
}

void
hand_curve(struct hand *h, const char *part, const struct point *points,
    size_t count, const struct touch *touch)
{
	struct run run;

	run_flatten(&run, points, count);
	hand_line(h, part, run.at, run.count, touch);
}

/* One dash, from 'first' on. */
static void
dash(struct hand *h, unsigned n, const struct run *along, size_t first,
    size_t last)
{
	static const struct touch touch = { .wobble = .9, .ends = .8 };
	struct run run = { .count = 0 };

	run_add(&run, along->at[first]);
	run_add(&run, along->at[(first + last) / 2]);
	run_add(&run, along->at[last]);
	run_wobble(&run, chance_of(h->seed, "dash", n),
	    plane_distance(along->at[first], along->at[last]), &touch);
	run_draw(h, &run);
}

void
hand_dashes(struct hand *h, const struct point *points, size_t count)
{
	struct chance chance = chance_of(h->seed, "dashes", 0);
	struct run along;
	double length = run_step(&along, points, count, 6), phase;
	unsigned n = 0;

	if (!(length > 1))
		return;
	/* A line of that length is never straight: a slow wave. */
	phase = chance_between(&chance, 0, 6);
	for (size_t i = 0; i < along.count && length > 200; i++) {
		double wave = 2.2 * plane_sine((double)i * .085 + phase);
		bool level =
		    along.at[along.count - 1].x - along.at[0].x > length / 2;

		*(level ? &along.at[i].y : &along.at[i].x) += wave;
	}
	for (size_t i = 0; i + 2 < along.count;) {
		double size = length / (double)(along.count - 1);
		size_t steps = (size_t)(chance_between(&chance, 26, 37) / size);
		size_t end = i + (steps < 2 ? 2 : steps);

		dash(h, n++, &along, i,
		    end < along.count ? end : along.count - 1);
		i = end + (size_t)(12 / size + .5);
	}
}

void
hand_arrow(
    struct hand *h, const struct point *points, size_t count, double head)
{
	static const struct touch shaft = { .wobble = 1 };
	static const struct touch barb = {
		.wobble = .5, .ends = .3, .passes = 1
	};
	struct chance chance = chance_of(h->seed, "head", 0);
	struct point tip, back;
	struct run run;

	run_stroke(&run, points, count, chance_of(h->seed, "shaft", 0), &shaft);
	if (run.count < 2)
		return;
	run_draw(h, &run);
	tip = run.at[run.count - 1];
	back = run.at[run.count - 2];
	if (!(plane_distance(tip, back) > 0))
		return;
	for (int side = -1; side <= 1; side += 2) {
		double angle = side * chance_between(&chance, .42, .56);
		double size = head * chance_between(&chance, .9, 1.1) /
			      plane_distance(tip, back);
		double x = (back.x - tip.x) * size, y = (back.y - tip.y) * size;
		double sine = plane_sine(angle), cosine = plane_cosine(angle);
		struct point ends[2] = { tip,
			{ tip.x + x * cosine - y * sine,
			    tip.y + x * sine + y * cosine } };

		hand_line(h, side < 0 ? "left" : "right", ends, 2, &barb);
	}
}

void
hand_wipe(struct hand *h, struct rect at)
{
	struct chance c = chance_of(h->seed, "wipe", 0);
	const double right = at.x + at.w, foot = at.y + at.h;
	const struct point corners[] = { { at.x, at.y + 2 }, { at.x + 4, at.y },
		{ right, at.y }, { right + 1, foot - 3 }, { right - 4, foot },
		{ at.x, foot } };

	for (size_t i = 0; i < sizeof(corners) / sizeof(corners[0]); i++) {
		struct point p = corners[i];

		p.x += give_or_take(&c, 1.6);
		p.y += give_or_take(&c, 1.6);

		if (i == 0)
			path_move(&h->path, p);
		else
			path_line(&h->path, p);
	}
	path_close(&h->path);
}

/* How an oval is to look. */
struct oval {
	double turns, unsteady;
	double apart; /* px by which the ends miss each other; 0: by chance */
	bool square;  /* bulges towards its corners, to spare what is inside */
};

/* The 7/8th power, which makes an ellipse bulge: exponent 2.29. */
static double
bulged(double size)
{
	double whole = size < 0 ? -size : size;
	double root;

	if (whole < 1e-9)
		return 0;
	root = __builtin_sqrt(__builtin_sqrt(__builtin_sqrt(whole)));
	return size / root;
}

/* Begins where a right-handed person does, at the upper left; the radius
 * drifts, so that the ends miss each other. */
static void
oval(struct hand *h, struct rect at, const struct oval *how)
{
	struct chance c = chance_of(h->seed, "oval", 0);
	const double rx = at.w / 2, ry = at.h / 2;
	double start = chance_between(&c, 195, 265) / 180 * pi;
	double sweep = 2 * pi * (how->turns + give_or_take(&c, .04));
	double one = chance_between(&c, 0, 6.28);
	double two = chance_between(&c, 0, 6.28);
	double drift =
	    (how->apart + chance_between(&c, .03, .075) * (rx < ry ? rx : ry)) *
	    (chance_between(&c, 0, 1) < .75 ? 1 : -1);
	double first = chance_between(&c, .012, .03) * how->unsteady;
	double second = chance_between(&c, .01, .02) * how->unsteady;
	double lean = give_or_take(&c, 1.5) / 180 * pi;
	struct run run = { .count = 0 };
	size_t steps;

	if (!(rx > 0) || !(ry > 0) || rx + ry > FARTHEST)
		return;
	steps = (size_t)((rx + ry) / 7);
	steps = steps < 14 ? 14 : steps > RUN_MOST - 1 ? RUN_MOST - 1 : steps;
	for (size_t i = 0; i <= steps; i++) {
		double done = (double)i / (double)steps;
		double angle = start + sweep * done;
		double size = 1 + first * plane_sine(angle + one) +
			      second * plane_sine(2 * angle + two);
		double off = drift * (done - .5);
		double x = plane_cosine(angle), y = plane_sine(angle);

		x = (rx * size + off) * (how->square ? bulged(x) : x);
		y = (ry * size + off) * (how->square ? bulged(y) : y);
		run_add(&run,
		    (struct point){
			at.x + rx + x - y * lean + give_or_take(&c, .5),
			at.y + ry + y + x * lean + give_or_take(&c, .5) });
	}
	run_draw(h, &run);
}

void
hand_ring(struct hand *h, struct rect at)
{
	oval(h, at, &(struct oval){ 1.16, 1, 3.5, true });
}

void
hand_oval(struct hand *h, struct rect at)
{
	oval(h, at, &(struct oval){ 1.1, 1, 0, false });
}

void
hand_tick(struct hand *h, struct point at, double size)
{
	static const struct touch touch = {
		.wobble = .6, .ends = .3, .passes = 1
	};
	const struct point elbow = { at.x + size * .38, at.y };

	hand_line(h, "down",
	    (struct point[]){ { at.x, at.y - size * .35 }, elbow }, 2, &touch);
	hand_line(h, "up",
	    (struct point[]){ elbow, { at.x + size * 1.1, at.y - size } }, 2,
	    &touch);
}

void
hand_cross(struct hand *h, struct point at, double size)
{
	static const struct touch touch = {
		.wobble = .6, .ends = .4, .passes = 1
	};
	const double half = size * .45;

	hand_line(h, "fall",
	    (struct point[]){
		{ at.x - half, at.y - half }, { at.x + half, at.y + half } },
	    2, &touch);
	hand_line(h, "rise",
	    (struct point[]){
		{ at.x + half, at.y - half }, { at.x - half, at.y + half } },
	    2, &touch);
}
