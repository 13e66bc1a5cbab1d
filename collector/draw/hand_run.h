/*
 * hand_run.h - the primitive below all of hand.h: points on their way from a
 * line to a stroke.
 *
 * Memory:  a run is a value of fixed size; what does not fit is stepped over
 *          in longer steps.
 * Errors:  none.
 * Units:   CSS pixels; radians.
 */
#ifndef COLLECTOR_DRAW_HAND_RUN_H
#define COLLECTOR_DRAW_HAND_RUN_H

#include "collector/draw/hand.h"

enum { RUN_MOST = 1024 };

struct run {
	struct point at[RUN_MOST];
	size_t count;
};

void run_add(struct run *r, struct point p);

/* Cubic Bezier curves as many short lines. */
void run_flatten(struct run *r, const struct point *points, size_t count);

/* Equal steps of about 'step' along a line; gives the line's length. */
double run_step(
    struct run *r, const struct point *points, size_t count, double step);

/* Pushes each point aside; 'length' is that of the whole run. */
void run_wobble(struct run *r, struct chance chance, double length,
    const struct touch *touch);

/* Steps, wobbles and gives the stroke: most of what a hand does. */
void run_stroke(struct run *r, const struct point *points, size_t count,
    struct chance chance, const struct touch *touch);

/* A smooth curve through the points (Catmull and Rom), to the path. */
void run_draw(struct hand *h, const struct run *r);

double plane_distance(struct point a, struct point b);
/* The point 't' of the way from 'a' to 'b'; beyond 1: further on. */
struct point plane_between(struct point a, struct point b, double t);
double plane_sine(double angle);
double plane_cosine(double angle);

#endif
