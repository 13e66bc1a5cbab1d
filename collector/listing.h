/*
 * listing.h - a list in its order: one page of it, as JSON or CSV.
 *
 *	request -> listing_ask -> answers -> [listing] -> reply
 *
 * A page ends with the key of its last item, and the next one begins with the
 * first item beyond that key: what comes or goes meanwhile moves nothing.
 *
 * Memory:  listing_init/listing_done; arguments are lent by the request.
 * Errors:  those of the buffers.
 */
#ifndef COLLECTOR_LISTING_H
#define COLLECTOR_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "collector/when.h"

enum {
	LISTING_PARTS = 4,
	LISTING_KEY_SIZE = 2048, /* four names of 255 octets, and more */
	LISTING_NEXT_SIZE_MOST = 4096
};

/* What can be asked of a list, beside "limit" and "after". */
enum listing_filter {
	LISTING_HOST,
	LISTING_KIND,
	LISTING_STATE,
	LISTING_SWITCH,
	LISTING_VLAN,
	LISTING_Q,
	LISTING_SINCE,
	LISTING_UNTIL,
	LISTING_FROM,
	LISTING_TO,
	LISTING_OWNER,
	LISTING_SEVERITY,
	LISTING_RULE,
	LISTING_GROUP,
	LISTING_VERDICT,
	LISTING_ACKNOWLEDGED,
	LISTING_FILTERS
};
extern const char *const listing_filter_names[LISTING_FILTERS];

/* What is asked of one. */
struct listing {
	const char *path;                     /* of the request */
	const char *filters[LISTING_FILTERS]; /* NULL: not asked */
	int64_t vlan;                         /* LISTING_VLAN as a number */
	size_t limit;                         /* 0: none */
	bool csv;
	bool continues;               /* 'after' is asked */
	char after[LISTING_KEY_SIZE]; /* parts, each with its NUL */
	struct when when;
	/* Filled: of which moment; where the next page is, "" when this is the
	 * last. */
	int64_t now;
	struct buffer next;
};

/* What orders items and names a place among them; "" for a part not used.  A
 * part that is no text of the model is written to 'number'. */
struct listing_key {
	const char *parts[LISTING_PARTS];
	char number[8];
};

/* All items of a list that are wanted, and how they are told. */
struct listing_source {
	const char *name; /* of the member: "hosts" */
	void *items;      /* are put in another order */
	size_t count, size;
	void (*key)(const void *item, struct listing_key *out);
	/* The members of one into the open object. */
	void (*row)(void *context, struct json *j, const void *item);
	void *context;
	const char *const *columns; /* of CSV */
	const bool *cut;            /* some rows are; NULL: never */
	/* Members before the list; NULL: none. */
	void (*head)(void *context, struct json *j);
	bool uncounted;   /* nobody knows how many there are */
	const char *rest; /* key of where there are more; NULL: these are all */
};

void listing_init(struct listing *l);
void listing_done(struct listing *l);

/* Is it not asked for, or is it this name (case apart)? */
bool listing_is(
    const struct listing *l, enum listing_filter filter, const char *name);
/* Is no "q" asked for, or is it a part of this name? */
bool listing_has(const struct listing *l, const char *name);

/* Reads the text of "after"; false: it is too long. */
bool listing_continue(struct listing *l, const char *after);

void listing_write(struct listing *l, struct json *j, int64_t now,
    const struct listing_source *source);

#endif
