/*
 * sorted.h - a scene in its one order: who belongs to whom, and who comes
 * first.
 *
 *	scene -> [sorted] -> order, full, ladder, strip
 *
 * A layout walks these lists and never the scene's arrays, whose order means
 * nothing.  A NIC and a port come by their number, all else by name, digits
 * as numbers (vmnic2 before vmnic10), then by id.  What names an owner that
 * is not there is in no list.
 *
 * Memory:  in the arena that is given.
 * Errors:  the arena's 'failed'.
 */
#ifndef COLLECTOR_DRAW_SORTED_H
#define COLLECTOR_DRAW_SORTED_H

#include <stddef.h>
#include <stdint.h>

#include "collector/arena.h"
#include "collector/draw/scene.h"

/* Places in an array of the scene. */
struct places {
	const uint32_t *at;
	uint32_t count;
};

struct sorted {
	const struct scene *scene;
	struct places switches, hosts, trunks;
	struct places findings;   /* worst first */
	struct places *ports;     /* of each switch */
	struct places *nics;      /* of each host */
	struct places *bonds;     /* of each host */
	struct places *vswitches; /* of each host */
	struct places *machines;  /* of each host */
	struct places *groups;    /* of each vSwitch */
	struct places *vnics;     /* of each machine */
	/* Which of its list each is; SCENE_NONE: it is in none. */
	uint32_t *vswitch_at, *group_at, *machine_at;
};

void sorted_init(
    struct sorted *out, const struct scene *scene, struct arena *arena);

/* The switch that the cable of 'nic' leads to; SCENE_NONE. */
uint32_t sorted_switch_of(const struct scene *s, uint32_t nic);

#endif
