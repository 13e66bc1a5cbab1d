/*
 * known.h - which machines were told, and which are to be looked at.
 *
 *	session -> [known]
 *
 * Remembers of each a hash of what was told, so that the same is not told
 * twice.  A look that finds nothing new costs its reader nothing.
 *
 * Memory:  known_done frees; begin with a zeroed struct.
 * Errors:  beyond KNOWN_MOST, or without memory, one is not remembered.
 */
#ifndef AGENT_LIBVIRT_KNOWN_H
#define AGENT_LIBVIRT_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "report/virtual.h"

/* Libvirt itself lists 16384 at most; a host that can run half of a report's
 * machines is not built yet. */
enum { KNOWN_MOST = 4096 };

struct known_one {
	char uuid[UUID_TEXT_SIZE];
	bool marked; /* to be looked at */
	bool told;
	uint64_t hash;
};

struct known {
	struct known_one *items; /* ordered by UUID */
	size_t count, capacity;
};

enum known_news { KNOWN_SAME, KNOWN_CHANGED, KNOWN_FULL };

/* Notes what is about to be told of it. */
MUST_USE enum known_news known_note(
    struct known *k, const char *uuid, const char *text, size_t size);

/* Was it told? */
bool known_remove(struct known *k, const char *uuid);

void known_mark(struct known *k, const char *uuid);
/* Marks those whose turn it is: one in 'turns'. */
void known_mark_turn(struct known *k, unsigned turn, unsigned turns);
/* Gives one that is marked, and takes its mark away. */
bool known_take_marked(struct known *k, char out_uuid[static UUID_TEXT_SIZE]);

void known_done(struct known *k);

#endif
