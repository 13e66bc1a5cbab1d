/*
 * depict.h - the scene of a scope: what the collector knows, as what a
 * drawing is made of.
 *
 *	view, scope -> [depict] -> scene -> layout
 *
 * Only what is known is said: a cable that several switches may be at is one-
 * sided, one that was heard and is no longer is stale with when, and a switch
 * port "carries" what the switch names on it or what is heard on the wire
 * (carries.h).  What nobody tells is not drawn: how switches are joined, say.
 *
 * Memory:  the scene has its own copy of all texts, so it outlives the view;
 *          it is initialized here and given to scene_done in any case.
 * Errors:  STATUS_NO_MEMORY; STATUS_TOO_LARGE: more than anybody reads.
 * Units:   as scene.h.
 */
#ifndef COLLECTOR_DEPICT_H
#define COLLECTOR_DEPICT_H

#include "collector/draw/scene.h"
#include "collector/scope.h"

enum {
	/* Beyond, the insides are read of the hosts of one page alone. */
	DEPICT_INSIDE_HOSTS_MOST = 200,
	/* Virtual switches, port groups, workloads and vNICs in one drawing:
	 * a little more than one host may report.  Nothing waits long for who
	 * copies them, and no format of theirs fills the memory. */
	DEPICT_THINGS_MOST = 1 << 15,
	/* What did not change is the same drawing for so long. */
	DEPICT_MOMENT_S = 300
};

/* The moment of the state that is shown at v->now: since when nothing of these
 * hosts changed, fell silent or became old, or a full DEPICT_MOMENT_S later. */
int64_t depict_moment(const struct view *v, const struct scope *scope);

/* 'highlight': the thing whose way is marked; NULL: that of the scope.
 * 'title', 'question': NULL: the scope's own.  'page' is as of layout. */
struct depict_wish {
	const struct scope *highlight;
	const char *title, *question;
	/* Where the dashboard is, "https://HOST:PORT", and this drawing; NULL:
	 * links are relative, or it is nowhere. */
	const char *origin, *href;
	unsigned page;
};

/* As of v->now, which is the moment that the drawing tells. */
MUST_USE enum status depict(struct scene *out, const struct view *v,
    const struct scope *scope, const struct depict_wish *wish);

#endif
