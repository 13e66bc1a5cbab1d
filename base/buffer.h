/*
 * buffer.h - octets or text that grow, up to a limit named at the start.
 *
 * A failed append marks the buffer and every later one does nothing, so a
 * writer appends a whole document and asks buffer_ok once at its end.
 *
 * Memory:  the buffer owns its octets; buffer_done frees them.  A zeroed
 *          struct is empty, valid and has the limit 0: call buffer_init.
 * Errors:  buffer_ok is false after the limit or the heap was exhausted.
 * Units:   octets.  The text is always followed by a NUL that 'size' does
 *          not count.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/attributes.h"
#include "base/status.h"

struct buffer {
	char *octets;    /* NULL while nothing was appended */
	size_t size;     /* octets in use */
	size_t capacity; /* octets allocated */
	size_t limit;    /* never more than this in use */
	bool failed;     /* an append did not fit; stays set */
};

void buffer_init(struct buffer *b, size_t limit);

/* Frees; accepts a zeroed struct.  The buffer is then empty, limit kept. */
void buffer_done(struct buffer *b);

/* Empties, keeps the memory for reuse, forgets a failure. */
void buffer_clear(struct buffer *b);

/* The slow half of buffer_reserve: grows, or fails. */
bool buffer_grow(struct buffer *b, size_t size);

/* Makes room for 'size' more octets; false (and failed) when there is none.
 * After it, 'size' octets may be written at octets + size by the caller, who
 * then adds what it wrote to b->size and ends it with a NUL. */
static inline bool
buffer_reserve(struct buffer *b, size_t size)
{
	/* The capacity never passes the limit and its NUL. */
	if (!b->failed && size < b->capacity - b->size)
		return true;
	return buffer_grow(b, size);
}

void buffer_append(struct buffer *b, const void *octets, size_t size);
void buffer_text(struct buffer *b, const char *text);
void buffer_char(struct buffer *b, char c);
/* In decimal. */
void buffer_number(struct buffer *b, int64_t number);
/* The same at 'at', without a NUL; gives the end. */
enum { BUFFER_DIGITS_MOST = 21 }; /* with its sign */
char *buffer_digits(char *at, int64_t number);
void buffer_printf(struct buffer *b, const char *format, ...) PRINTF_LIKE(2, 3);

static inline bool
buffer_ok(const struct buffer *b)
{
	return !b->failed;
}

/* The text so far, never NULL; lent until the next append. */
static inline const char *
buffer_string(const struct buffer *b)
{
	return b->octets ? b->octets : "";
}

/* Gives the text away: free it with free().  The buffer is then empty.
 * NULL when the buffer failed. */
char *buffer_take(struct buffer *b);

/* Reads 'path' whole.  STATUS_NOT_FOUND, STATUS_NOT_ALLOWED, STATUS_SYSTEM,
 * STATUS_TOO_LARGE (over the limit of 'b'). */
MUST_USE enum status buffer_read_file(struct buffer *b, const char *path);

#endif
