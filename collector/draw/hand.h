/*
 * hand.h - strokes as an engineer makes them at a whiteboard, as path data.
 *
 * One primitive makes all of them: a line is cut into equal steps, each point
 * is pushed aside a little, and a smooth curve goes through them.  The chance
 * in it is drawn from the id of the thing and of nothing else: what does not
 * change looks the same in every drawing, and the same drawing is the same
 * octets on every machine.  So there is no function of libm here whose last
 * digit may differ, only arithmetic and square roots.
 *
 * Memory:  the caller's.
 * Errors:  those of the buffer.
 * Units:   CSS pixels; y goes down; degrees where said.
 */
#ifndef COLLECTOR_DRAW_HAND_H
#define COLLECTOR_DRAW_HAND_H

#include <stdint.h>

#include "collector/draw/path.h"
#include "collector/draw/sheet.h"

/* A hand that draws one thing.  Places are told from a point of the thing's
 * own, so that what is moved keeps its strokes. */
struct hand {
	struct path path;
	uint64_t seed;
};

/* How a thing is drawn. */
struct touch {
	double wobble; /* how far a point strays, at most about twice this */
	double step;   /* between two points; 0: 34 */
	double ends; /* how far an end strays along the stroke; 0: as points */
	double radius; /* of a box's corners */
	unsigned passes;
};

/* Chance: each (thing, part, n) has a stream of its own. */
struct chance {
	uint64_t state;
};
uint64_t hand_seed(const char *drawing, const char *id);
struct chance chance_of(uint64_t seed, const char *part, unsigned n);
double chance_between(struct chance *c, double least, double most);

/* Path data of one thing goes to 'out'. */
struct hand hand_start(struct buffer *out, uint64_t seed);

/* Through the points. */
void hand_line(struct hand *h, const char *part, const struct point *points,
    size_t count, const struct touch *touch);
/* Along cubic Bezier curves: a point, then three for each. */
void hand_curve(struct hand *h, const char *part, const struct point *points,
    size_t count, const struct touch *touch);
/* The line of demarcation: dashes of 26 to 36 px along the points. */
void hand_dashes(struct hand *h, const struct point *points, size_t count);
/* Through the points, a head of 'head' px at the last one. */
void hand_arrow(
    struct hand *h, const struct point *points, size_t count, double head);

/* The outline of a box in one go, a little beyond where it began. */
void hand_box(struct hand *h, struct rect at, const struct touch *touch);
/* What is inside such a box, to be filled. */
void hand_fill(struct hand *h, struct rect at, double radius);
/* Parallel lines in a box, 'gap' px apart, leaning by 45 degrees and a bit:
 * 'up' to the right, or down. */
void hand_hachure(struct hand *h, struct rect at, double gap, bool up);
/* Where an eraser went: a patch under a text. */
void hand_wipe(struct hand *h, struct rect at);

/* A circle as drawn around something: its ends overlap and do not meet. */
void hand_ring(struct hand *h, struct rect at);
/* An oval, as around the cables of a bond or a number. */
void hand_oval(struct hand *h, struct rect at);
void hand_tick(struct hand *h, struct point at, double size);
void hand_cross(struct hand *h, struct point at, double size);

#endif
