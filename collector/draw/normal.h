/*
 * normal.h - what is so common that a drawing says it once: how most ports are
 * set, and how most hosts look inside.
 *
 * Memory:  in the arena that is given.
 * Errors:  the arena's 'failed'.
 */
#ifndef COLLECTOR_DRAW_NORMAL_H
#define COLLECTOR_DRAW_NORMAL_H

#include "collector/draw/pods.h"

/* What a switch says of one port. */
struct setting {
	const char *carries; /* "10,20"; NULL: not said */
	int64_t native;      /* -1 */
};

struct setting normal_setting_of(const struct scene *s, uint32_t nic);

/* Of the NICs of 'hosts' that have a link, the most frequent; '*out_same' is
 * how many have it, of '*out_all' that say anything. */
struct setting normal_setting(const struct sorted *sorted, struct places hosts,
    uint32_t *out_same, uint32_t *out_all, struct arena *arena);

/* How 'it' differs: "120 not seen", "also 140, native 5"; "" when it does not.
 * Nobody who does not tell of a VLAN says no to it. */
const char *normal_difference(
    struct arena *a, const struct setting *normal, const struct setting *it);

/* Of the NICs with a link: whose ports are set so, whose are not, and of whose
 * too little is told to say either. */
struct normal_count {
	uint32_t all, same, differing, untold;
};

struct normal_count normal_count(const struct sorted *sorted,
    struct places hosts, const struct setting *normal, struct arena *arena);

/* The host that looks inside as most of 'hosts' do, of those whose inside is
 * known; '*out_same' is how many; SCENE_NONE.  'alike' gets, by the host's
 * place, whether it looks so; of an unknown inside nobody says that it does
 * not. */
uint32_t normal_host(const struct sorted *sorted, struct places hosts,
    bool *alike, uint32_t *out_same, struct arena *arena);

#endif
