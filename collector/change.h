/*
 * change.h - what changed in a host, as values and as sentences; pure.
 *
 *	claims that were and are -> change_words -> [change] -> events, changes
 *
 * Memory:  change_list_init/change_list_done; texts are in the arena of the
 *          list and live as long as it.
 * Errors:  'arena.failed' when the heap is exhausted; what is beyond the limit
 *          is counted in 'left_out'.
 */
#ifndef COLLECTOR_CHANGE_H
#define COLLECTOR_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/json.h"
#include "collector/arena.h"

enum {
	/* Of one host at one moment; nobody reads more. */
	CHANGES_MOST = 1000,
	CHANGE_TEXT_MOST = 1024, /* one sentence */
	CHANGE_VALUE_SIZE = 200, /* one value; more is cut */
	CHANGE_NAME_SIZE = 320   /* of a thing, with its host */
};

enum change_what { CHANGE_BEGAN, CHANGE_ENDED, CHANGE_CHANGED, CHANGE_MOVED };

struct change {
	enum change_what what;
	const char *kind;   /* of its claim: "nic", "workload"; or "silence" */
	const char *thing;  /* "ens1f0"; "": the host */
	const char *member; /* "uplinks.bond0.mode"; "": the thing itself */
	const char *was, *is; /* NULL: nothing */
	const char *text;     /* the sentence, without a full stop */
};

struct change_list {
	struct change *items;
	size_t count, capacity;
	size_t most; /* CHANGES_MOST, unless somebody wants more */
	size_t left_out;
	struct arena arena;
};

void change_list_init(struct change_list *l);
void change_list_done(struct change_list *l);

/* Adds a copy of 'c', whose text is made from 'format'. */
void change_add(struct change_list *l, const struct change *c,
    const char *format, ...) PRINTF_LIKE(3, 4);

/* That a host (NULL: the collector) fell silent, or is back after so long. */
struct change_silence {
	const char *host;
	bool back;
	int64_t seconds;
};
void change_add_silence(struct change_list *l, const struct change_silence *s);

/* "began", "ended", "changed", "moved". */
const char *change_what_name(enum change_what what);

/* The members of a change into the open object. */
void change_write(struct json *j, const struct change *c);

#endif
