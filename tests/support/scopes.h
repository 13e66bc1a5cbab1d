/*
 * scopes.h - scenes such as nobody drew by hand: of any size, with names short,
 * long and odd.
 *
 *	seed -> [scopes] -> layout -> sheet -> overlaps
 *
 * Memory:  scene_done frees all.
 * Errors:  'arena.failed'.
 */
#ifndef TESTS_SUPPORT_SCOPES_H
#define TESTS_SUPPORT_SCOPES_H

#include "collector/draw/scene.h"

/* The same seed makes the same scene; 'hosts' of them. */
void scopes_make(struct scene *s, uint64_t seed, unsigned hosts);

/* Gives it the way of any of its things, whole or with gaps. */
void scopes_add_way(struct scene *s, uint64_t seed);

/* The same things, each array in another order. */
void scopes_shuffle(struct scene *out, const struct scene *s, uint64_t seed);

#endif
