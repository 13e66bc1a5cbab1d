/*
 * fingerprint.h - are these the octets that were seen before?
 *
 *	octets in pieces -> [fingerprint] -> a number
 *
 * A polynomial over the octets, modulo the prime 2^61 - 1, at a point that
 * this process draws by lot.  Two texts of n octets that differ have the same
 * number for fewer than n in 2^61 points, whatever they are: whoever writes
 * them does not know the point.  The numbers mean nothing in another process.
 *
 * Memory:  plain values.
 * Errors:  none: without a source of randomness the process ends.
 * Source:  Carter and Wegman, "Universal classes of hash functions", 1979.
 */
#ifndef BASE_FINGERPRINT_H
#define BASE_FINGERPRINT_H

#include <stddef.h>
#include <stdint.h>

struct fingerprint {
	uint64_t sum;
};

struct fingerprint fingerprint_begin(void);

/* The next piece; where pieces begin and end counts. */
void fingerprint_add(struct fingerprint *f, const void *octets, size_t size);

/* A number in place of octets. */
void fingerprint_add_number(struct fingerprint *f, uint64_t number);

/* Never 0, which may stand for none. */
uint64_t fingerprint_end(const struct fingerprint *f);

#endif
