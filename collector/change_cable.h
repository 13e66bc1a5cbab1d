/*
 * change_cable.h - what changed on the cables of a host: the part of
 * change_words for what its NICs hear.
 *
 *	pairs of neighbors, of VLANs heard -> [change_cable] -> change
 *
 * Memory, Errors: as change_words.h.
 */
#ifndef COLLECTOR_CHANGE_CABLE_H
#define COLLECTOR_CHANGE_CABLE_H

#include "collector/change_words.h"

/* Each takes all pairs and looks at those of its kind. */
void change_cables(struct change_list *out, const char *host_name,
    const struct change_pair *pairs, size_t count);
void change_heard_vlans(struct change_list *out, const char *host_name,
    const struct change_pair *pairs, size_t count);

#endif
