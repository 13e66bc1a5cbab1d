#include "base/fingerprint.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

__extension__ typedef unsigned __int128 wide;

#define PRIME ((UINT64_C(1) << 61) - 1)

enum {
	WORD_SIZE = 7, /* octets: a word is below the prime */
	STEP = 4       /* words that are summed before they are reduced */
};

/* The point, and its powers up to STEP; powers[0] is not used. */
static uint64_t powers[STEP + 1];
static pthread_once_t drawn = PTHREAD_ONCE_INIT;

/* Below 2^61 + 4, for what is below 2^124. */
static uint64_t
reduce(wide x)
{
	uint64_t sum = (uint64_t)(x & PRIME) + (uint64_t)(x >> 61);

	return (sum & PRIME) + (sum >> 61);
}

static void
draw(void)
{
	uint64_t point = 0;

	while (point < 2) {
		if (getrandom(&point, sizeof(point), 0) != sizeof(point))
			abort();
		point &= PRIME;
		if (point == PRIME)
			point = 0;
	}
	powers[1] = point;
	for (int i = 2; i <= STEP; i++)
		powers[i] = reduce((wide)powers[i - 1] * point);
}

struct fingerprint
fingerprint_begin(void)
{
	(void)pthread_once(&drawn, draw);
	return (struct fingerprint){ 1 };
}

static void
add_word(struct fingerprint *f, uint64_t word)
{
	f->sum = reduce((wide)f->sum * powers[1] + word);
}

/* There are eight octets; the last one belongs to the next word. */
static uint64_t
word_at(const uint8_t *octets)
{
	uint64_t word;

	memcpy(&word, octets, sizeof(word));
	return word & ((UINT64_C(1) << (8 * WORD_SIZE)) - 1);
}

void
fingerprint_add(struct fingerprint *f, const void *octets, size_t size)
{
	const uint8_t *next = octets;
	size_t left = size;
	uint64_t last = 0;

	while (left > STEP * WORD_SIZE) {
		wide sum = (wide)f->sum * powers[4];

		sum += (wide)word_at(next) * powers[3];
		sum += (wide)word_at(next + WORD_SIZE) * powers[2];
		sum += (wide)word_at(next + 2 * WORD_SIZE) * powers[1];
		sum += word_at(next + 3 * WORD_SIZE);
		f->sum = reduce(sum);
		next += STEP * WORD_SIZE;
		left -= STEP * WORD_SIZE;
	}
	while (left > WORD_SIZE) {
		add_word(f, word_at(next));
		next += WORD_SIZE;
		left -= WORD_SIZE;
	}
	memcpy(&last, next, left);
	add_word(f, last);
	/* No word of octets is this large: pieces cannot be moved about. */
	fingerprint_add_number(f, size);
}

void
fingerprint_add_number(struct fingerprint *f, uint64_t number)
{
	add_word(f, UINT64_C(1) << 60 | (number >> 32));
	add_word(f, UINT64_C(1) << 59 | (number & UINT32_MAX));
}

uint64_t
fingerprint_end(const struct fingerprint *f)
{
	uint64_t sum = f->sum;

	while (sum >= PRIME)
		sum -= PRIME;
	return sum + 1;
}
