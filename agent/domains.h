/*
 * domains.h - the lines of demarc-libvirt to the machines of this host.
 *
 *	libvirt -> [domains] -> domains_index -> inside
 *
 * Keeps each machine as it was told last.  Pure: no socket, no clock, no log.
 *
 * Memory:  domains_done frees; what is kept is lent until the next line.
 * Errors:  DOMAINS_MALFORMED; a machine beyond DOMAINS_MOST is counted.
 * Source:  the lines: agent/libvirt/session.h.
 */
#ifndef AGENT_DOMAINS_H
#define AGENT_DOMAINS_H

#include "agent/domain.h"

/* As many as demarc-libvirt tells. */
enum { DOMAINS_MOST = 4096 };

struct domains {
	struct domain *items; /* ordered by UUID */
	size_t count, capacity;
	bool complete; /* all were told: before that they are unknown */
	uint32_t lost;
};

enum domains_news {
	DOMAINS_MORE,     /* one of many lines: nothing to tell yet */
	DOMAINS_COMPLETE, /* now all are known */
	DOMAINS_CHANGED,  /* and this differs */
	DOMAINS_LOST,     /* the connection ended: all is forgotten */
	DOMAINS_MALFORMED /* no line of demarc-libvirt's */
};

/* Takes one line. */
MUST_USE enum domains_news domains_take(
    struct domains *d, const struct json_value *line);

/* Forgets all. */
void domains_done(struct domains *d);

/* NULL: there is no machine of that UUID. */
const struct domain *domains_find(const struct domains *d, const char *uuid);

#endif
