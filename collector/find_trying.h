/*
 * find_trying.h - what find and find_inside share: things, and what fits them.
 *
 * Memory:  texts are lent from the model or the topology; those of a thing
 *          need to live as long as the thing.
 * Errors:  'failed' of the trying when the heap is exhausted.
 */
#ifndef COLLECTOR_FIND_TRYING_H
#define COLLECTOR_FIND_TRYING_H

#include "collector/find.h"

enum field_kind {
	FIELD_NAME,
	FIELD_MAC,
	FIELD_ADDRESS,
	FIELD_PORT,
	FIELD_ID /* hex digits that are no MAC: the id of a container */
};

/* How well one word of the question fits, and what it fits best. */
struct best {
	enum fit fit;
	bool own; /* of the thing itself, not of what it belongs to */
	const char *why;
};

/* A thing that may be asked for.  Each text by which it may be is tried as it
 * is added, so there may be any number of them. */
struct thing {
	const struct query *q;
	struct best whole;
	struct best words[QUERY_WORDS_MOST];
};

struct trying {
	const struct topology *t;
	const struct model *model;
	const struct query *q;
	struct found *out;
	size_t capacity;
	bool exactly; /* what does not fit exactly may be missing */
	bool failed;
};

struct thing trying_begin(const struct trying *g);
void trying_add(struct thing *x, enum field_kind kind, bool own,
    const char *text, const char *why);

/* The same of a text that is no address and no port, as query_plain has it. */
void trying_add_plain(struct thing *x, enum field_kind kind, bool own,
    const struct plain_text *text, const char *why);

void trying_add_all(struct thing *x, enum field_kind kind, bool own,
    const struct texts *texts, const char *why);

/* How well the thing fits the question, and by what. */
enum fit trying_fit(const struct thing *x, const char **out_why);

/* Enters the hit as it is, and if the thing fits the question: then true. */
void trying_hit(struct trying *g, const struct hit *hit);
bool trying_try(struct trying *g, const struct thing *x, struct hit hit);

#endif
