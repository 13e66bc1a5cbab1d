/*
 * scope.h - what a drawing is to show: which hosts, and the way of which
 * thing; pure.
 *
 *	"switch:leaf1a,host:hv7" -> [scope] -> hosts, a way -> depict
 *
 * A scope is one or several things with commas between; one alone that has a
 * way out of its host (a VM, a vNIC, a port group, a NIC, a switch port) means
 * that way.  "KIND:" before a name says what it is; without it, it is read as
 * find reads it.  Nothing is guessed: what may mean several things is refused
 * with their names, and what is only like something is not found.
 *
 * Memory:  scope_done frees; hosts and what the hit points to are the view's.
 * Errors:  STATUS_NOT_FOUND, STATUS_CONFLICT (several are meant),
 *          STATUS_TOO_LARGE, STATUS_MALFORMED (no text at all), each with
 *          'why'; STATUS_NO_MEMORY.
 */
#ifndef COLLECTOR_SCOPE_H
#define COLLECTOR_SCOPE_H

#include "collector/answers.h"

enum {
	SCOPE_SIZE_MOST = 2048, /* octets of the question */
	SCOPE_PARTS_MOST = 64,
	/* More are no drawing, and would hold up all others. */
	SCOPE_HOSTS_MOST = 5000,
	SCOPE_WHY_SIZE = 1024
};

struct scope {
	struct arena arena;
	const char *id;    /* of what is meant, however it was asked for */
	const char *title; /* "leaf1a + hv7" */
	const struct model_host **hosts; /* in natural order, each once */
	size_t host_count, host_room;
	bool has_way;
	struct hit way; /* whose */
	char why[SCOPE_WHY_SIZE];
};

/* 'within': only hosts of that scope count; NULL: all. */
MUST_USE enum status scope_read(struct scope *out, const struct view *v,
    const char *text, const struct scope *within);
void scope_done(struct scope *s);

#endif
