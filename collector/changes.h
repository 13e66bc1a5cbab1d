/*
 * changes.h - lists of changes: of a span of time, and between two moments.
 *
 *	span, words -> [changes] -> listing -> api_changes
 *
 * Memory:  changes_init/changes_done; what is collected owns its texts.
 * Errors:  those of span.h; STATUS_NO_MEMORY; STATUS_NOT_FOUND: nothing is
 *          known of the first of two moments, see 'kept_since'.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_CHANGES_H
#define COLLECTOR_CHANGES_H

#include "collector/change.h"
#include "collector/listing.h"
#include "collector/span.h"
#include "collector/store.h"

enum { CHANGES_NAME_SIZE = 256 };

/* Who a host is, by what is known now. */
struct changes_host {
	char name[CHANGES_NAME_SIZE];
	char machine_id[MACHINE_ID_SIZE];
	int64_t seen_at;
};

/* A host that has not spoken for too long by now. */
struct changes_silent {
	int64_t host_id, seen_at;
};

struct changes_wish {
	struct span_wish span;
	bool net;         /* the difference of the ends */
	const char *kind; /* of changes; NULL: all */
	/* False: there is no such host. */
	bool (*host)(void *context, int64_t host_id, struct changes_host *out);
	void *context;
	const struct changes_silent *silent; /* now */
	size_t silent_count;
};

struct changes_item {
	int64_t at;
	const char *host, *host_id;
	size_t change;   /* place in 'list' */
	char when[16];   /* less is later: what orders them */
	char number[12]; /* within its moment and host */
};

struct changes {
	const struct changes_wish *wish;
	struct change_list list;
	struct changes_item *items;
	size_t count, capacity;
	struct arena texts;
	int64_t since;      /* from here on they are all there */
	int64_t kept_since; /* what was before is not known */
	bool more;          /* there are earlier ones */
	bool failed;
};

void changes_init(struct changes *c);
void changes_done(struct changes *c);

MUST_USE enum status changes_read(
    struct changes *c, struct store *s, const struct changes_wish *wish);

/* One page. */
void changes_list(
    struct changes *c, struct json *j, int64_t now, struct listing *l);

/* The moment of what a page goes on behind; false: it is no such place. */
bool changes_after(const char *after, int64_t *out_at);

#endif
