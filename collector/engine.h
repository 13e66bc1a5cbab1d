/*
 * engine.h - what a database engine can do, as one struct of functions.
 *
 *	store -> [engine] -> SQLite or PostgreSQL
 *
 * An engine is opened with all the statements that it will ever run, and
 * prepares them once; values are bound to them.  It begins with the tables as
 * this version of demarc knows them: its own numbered files have made them so.
 *
 * A statement's text is the same for every engine: $1 to $n, each first named
 * in this order, ON CONFLICT, and no word that only one engine knows.
 *
 * Memory:  what a visit lends is valid during the call; a visit asks nothing
 *          of the same engine.
 * Errors:  STATUS_SYSTEM, STATUS_BUSY, STATUS_TOO_LARGE (disk full),
 *          STATUS_NO_MEMORY, STATUS_NOT_ALLOWED, STATUS_CONFLICT; 'error' then
 *          says it in English.  What 'run' answers STATUS_OK for within a
 *          transaction may still be refused by 'commit'.
 */
#ifndef COLLECTOR_ENGINE_H
#define COLLECTOR_ENGINE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/attributes.h"
#include "base/status.h"

enum {
	ENGINE_ERROR_SIZE = 256,
	ENGINE_COLUMNS_MOST = 16 /* that a row has, or a statement takes */
};

enum value_kind {
	VALUE_NONE,
	VALUE_NUMBER,
	VALUE_TEXT,
	VALUE_OCTETS,
	VALUE_NUMBERS /* 'size' of them; only where others write, too */
};

struct value {
	enum value_kind kind;
	int64_t number;
	const void *octets; /* lent; those of a text end with a NUL */
	size_t size;        /* without that NUL */
};

struct statement {
	const char *text;
	/* A letter for each value: n a number, t a text, o octets, a an array
	 * of numbers (three at most). */
	const char *takes;
	/* Only where others write to the database, too; of few rows. */
	bool shared;
	/* The same for many rows at once: each $n is an array.  Where an engine
	 * has this, rows of a transaction wait for each other: what has such a
	 * text is run in the order of the statements' numbers, before it is
	 * committed, or anything else is run or asked.  NULL: there is none. */
	const char *many;
};

struct statements {
	const struct statement *items;
	size_t count;
};

/* Called for each row, with its columns. */
typedef void engine_visit(void *context, const struct value *row);

/* Of the database on its disk, in octets. */
struct engine_size {
	int64_t whole;
	int64_t unused; /* of that: free for what comes */
};

struct engine {
	enum status (*begin)(struct engine *e);
	/* After STATUS_OK, all is on the disk. */
	enum status (*commit)(struct engine *e);
	/* Takes back everything since begin, harmless without one; 'error'
	 * stays what it was. */
	void (*rollback)(struct engine *e);
	/* 'which' of the statements; it gives no rows. */
	enum status (*run)(
	    struct engine *e, unsigned which, const struct value *values);
	enum status (*query)(struct engine *e, unsigned which,
	    const struct value *values, engine_visit *visit, void *context);
	/* Was the last failure only that somebody else was faster, so that the
	 * same transaction may succeed at once? */
	bool (*again)(struct engine *e);
	enum status (*size)(struct engine *e, struct engine_size *out);
	/* Gives back 'pages' of what is unused, outside of a transaction. */
	enum status (*compact)(struct engine *e, unsigned pages);
	/* A second connection that only reads, for another thread. */
	enum status (*reader)(struct engine *e, struct engine **out,
	    char error[static ENGINE_ERROR_SIZE]);
	void (*close)(struct engine *e);

	/* The connection is a new one: others may have written before it.
	 * Its reader clears it. */
	bool anew;
	const char *shared; /* the database, where others write to it, too */
	char error[ENGINE_ERROR_SIZE]; /* of the last call that failed */
};

static inline struct value
value_number(int64_t number)
{
	return (struct value){ .kind = VALUE_NUMBER, .number = number };
}

/* NULL: none. */
static inline struct value
value_text(const char *text)
{
	return (struct value){ .kind = text ? VALUE_TEXT : VALUE_NONE,
		.octets = text,
		.size = text ? strlen(text) : 0 };
}

static inline struct value
value_numbers(const int64_t *numbers, size_t count)
{
	return (struct value){
		.kind = VALUE_NUMBERS, .octets = numbers, .size = count
	};
}

static inline struct value
value_octets(const void *octets, size_t size)
{
	return (struct value){
		.kind = VALUE_OCTETS, .octets = octets, .size = size
	};
}

/* "" for none. */
static inline const char *
text_of_value(const struct value *v)
{
	return v->kind == VALUE_TEXT ? (const char *)v->octets : "";
}

#endif
