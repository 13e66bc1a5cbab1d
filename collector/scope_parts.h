/*
 * scope_parts.h - what scope and its parts share: one word of the question,
 * and which thing it means.
 *
 * Memory:  as scope.h.
 * Errors:  as scope.h: 'why' of the scope.
 */
#ifndef COLLECTOR_SCOPE_PARTS_H
#define COLLECTOR_SCOPE_PARTS_H

#include "collector/scope.h"

struct scope_part {
	const char *kind; /* "host"; "": as find reads it */
	const char *name;
};

/* What is meant, for the id and the title. */
struct scope_names {
	const char *ids[SCOPE_PARTS_MOST], *titles[SCOPE_PARTS_MOST];
	size_t count;
};

MUST_USE enum status scope_split(struct scope *s, const char *text,
    struct scope_part out[static SCOPE_PARTS_MOST], size_t *out_count);

/* The one thing that is meant. */
MUST_USE enum status scope_find(struct scope *s, const struct view *v,
    const struct scope_part *part, const struct scope *within, struct hit *out);

void scope_name_text(struct scope *s, struct scope_names *names,
    const char *kind, const char *name);
void scope_name_hit(struct scope *s, const struct view *v,
    struct scope_names *names, const struct hit *hit);

/* Is it one of the scope's hosts?  NULL: any is. */
bool scope_has(const struct scope *s, const struct model_host *h);

/* Does the way of this one thing out of its host make a drawing? */
bool scope_hit_has_way(const struct hit *hit);

/* Does the host need the VLAN on some NIC, or hear it? */
bool scope_uses_vlan(const struct model_host *h, int vlan);

#endif
