/*
 * cursor.h - reads fields from octets that nobody vouches for.
 *
 * The whole program has one bounds check: it stands in cursor_take.  A read
 * that does not fit fails the cursor for good and gives zero, so a decoder
 * reads a group of fields, asks cursor_ok once, and only then believes them.
 * A length inside a length is a cursor inside a cursor.
 *
 * Memory:  a cursor borrows the octets; copy it freely, it owns nothing.
 * Errors:  a failed cursor; cursor_ok tells.
 * Units:   octets; integers are in network byte order.
 */
#ifndef BASE_CURSOR_H
#define BASE_CURSOR_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct cursor {
	const uint8_t *next; /* first octet not yet read */
	size_t left;         /* octets from there to the end */
	bool failed;         /* a read did not fit; stays set */
};

static inline struct cursor
cursor_over(const void *octets, size_t size)
{
	return (struct cursor){ .next = octets, .left = size };
}

static inline bool
cursor_ok(const struct cursor *c)
{
	return !c->failed;
}

/* Fails 'c' for a reason of the caller's own; gives a failed window. */
static inline struct cursor
cursor_fail(struct cursor *c)
{
	*c = (struct cursor){ .failed = true };
	return *c;
}

/* Cuts the next 'size' octets off as a window of their own.  If they are not
 * all there, fails both.  Every read goes through here. */
static inline struct cursor
cursor_take(struct cursor *c, size_t size)
{
	struct cursor part = { .next = c->next, .left = size };

	if (c->failed || size > c->left)
		return cursor_fail(c);
	c->next += size;
	c->left -= size;
	return part;
}

/* Cuts off what remains of 'total' octets of which 'done' are read already. */
static inline struct cursor
cursor_take_rest(struct cursor *c, size_t total, size_t done)
{
	if (total < done)
		return cursor_fail(c);
	return cursor_take(c, total - done);
}

/* Cuts off everything that is left; may be empty. */
static inline struct cursor
cursor_take_all(struct cursor *c)
{
	return cursor_take(c, c->left);
}

/* Cuts off 'size' octets, or as many as there are. */
static inline struct cursor
cursor_take_most(struct cursor *c, size_t size)
{
	return cursor_take(c, size < c->left ? size : c->left);
}

/* How many of the next octets 'is_one' takes, one after the other. */
static inline size_t
cursor_span(const struct cursor *c, bool (*is_one)(uint8_t octet))
{
	size_t size = 0;

	while (size < c->left && is_one(c->next[size]))
		size++;
	return size;
}

/* How many of the next octets are neither 'a' nor 'b'.  Looks at eight at a
 * time: an octet of a word is zero if a one that is taken from it is borrowed
 * from above, and the lowest of them shows without fail. */
static inline size_t
cursor_span_up_to(const struct cursor *c, uint8_t a, uint8_t b)
{
	const uint64_t ones = UINT64_MAX / UINT8_MAX, highs = ones << 7;
	size_t size = 0;

	for (; c->left - size >= sizeof(uint64_t); size += sizeof(uint64_t)) {
		uint64_t word, is_a, is_b, found;

		memcpy(&word, c->next + size, sizeof(word));
		word = le64toh(word);
		is_a = word ^ ones * a;
		is_b = word ^ ones * b;
		found = ((is_a - ones) & ~is_a) | ((is_b - ones) & ~is_b);
		if (found & highs)
			return size +
			       (size_t)__builtin_ctzll(found & highs) / 8;
	}
	while (size < c->left && c->next[size] != a && c->next[size] != b)
		size++;
	return size;
}

static inline void
cursor_skip(struct cursor *c, size_t size)
{
	(void)cursor_take(c, size);
}

/* Copies 'size' octets to 'out'; zeros when they are not all there. */
static inline void
cursor_copy(struct cursor *c, void *out, size_t size)
{
	struct cursor part = cursor_take(c, size);

	if (part.failed)
		memset(out, 0, size);
	else
		memcpy(out, part.next, size);
}

static inline uint8_t
cursor_u8(struct cursor *c)
{
	struct cursor part = cursor_take(c, 1);

	return part.failed ? 0 : part.next[0];
}

static inline uint16_t
cursor_u16(struct cursor *c)
{
	struct cursor part = cursor_take(c, 2);

	if (part.failed)
		return 0;
	return (uint16_t)(part.next[0] << 8 | part.next[1]);
}

static inline uint32_t
cursor_u24(struct cursor *c)
{
	uint32_t high = cursor_u8(c);

	return high << 16 | cursor_u16(c);
}

static inline uint32_t
cursor_u32(struct cursor *c)
{
	uint32_t high = cursor_u16(c);

	return high << 16 | cursor_u16(c);
}

#endif
