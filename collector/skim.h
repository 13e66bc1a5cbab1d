/*
 * skim.h - picks members out of facts that stand in the model, without making
 * a document of them.
 *
 *	facts of a claim -> [skim] -> the texts by which it is found
 *
 * They are JSON that json_read has accepted before, so nothing is checked
 * again; of a text that is none it picks nothing, or something useless, but
 * never reads beyond its end.
 *
 * Memory:  none; members point into the text.
 * Errors:  what is not there is empty.
 */
#ifndef COLLECTOR_SKIM_H
#define COLLECTOR_SKIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Members of an object, or elements of an array. */
struct skim {
	const char *at; /* NULL: there are no more */
};

struct skim_member {
	const char *name; /* as it stands, without its quotes; NULL: array */
	size_t name_size;
	const char *value; /* where it begins */
	size_t value_size;
};

/* 'text' begins with a value. */
struct skim skim_begin(const char *text);
bool skim_next(struct skim *s, struct skim_member *out);

/* Is this the member's name? */
static inline bool
skim_is(const struct skim_member *m, const char *name)
{
	return m->name && strlen(name) == m->name_size &&
	       memcmp(m->name, name, m->name_size) == 0;
}

/* The text of the value; gives its length, 0 also if it is no text.  What does
 * not fit is cut. */
size_t skim_text(const struct skim_member *m, char *out, size_t capacity);

/* The same without a copy, where it stands as it is meant: false if it is no
 * text, or one with a backslash. */
bool skim_plain_text(
    const struct skim_member *m, const char **out, size_t *out_size);

/* Do two say the same, in the same octets? */
bool skim_is_same(const struct skim_member *a, const struct skim_member *b);

/* The number of the value; 'absent' if it is none. */
int64_t skim_number(const struct skim_member *m, int64_t absent);

#endif
