#include "agent/checksum.h"

#include <stdint.h>

/* Adds the words of 'c' up to an odd last octet, which stays.  The sum is
 * meant modulo 65535, where the order of octets does not matter (RFC 1071,
 * 2 (B)), and 2^16, 2^32 and 2^64 are all 1: so 64 bits are added at once, a
 * carry out of them counts 1, and the two halves of the sum are added. */
static uint64_t
sum_words(struct cursor *c)
{
	uint64_t words[4];
	uint16_t word;
	uint64_t sum = 0, carries = 0;

	while (c->left >= sizeof(words)) {
		cursor_copy(c, words, sizeof(words));
		for (size_t i = 0; i < 4; i++) {
			sum += words[i];
			carries += sum < words[i];
		}
	}
	sum = (sum >> 32) + (sum & UINT32_MAX) + carries;
	while (c->left >= sizeof(word)) {
		cursor_copy(c, &word, sizeof(word));
		sum += word;
	}
	return sum;
}

static uint16_t
word_of(uint8_t high, uint8_t low)
{
	uint8_t octets[2] = { high, low };
	uint16_t word;

	memcpy(&word, octets, sizeof(word));
	return word;
}

static bool
is_all_ones(uint64_t sum)
{
	return sum != 0 && sum % 0xffff == 0;
}

bool
checksum_is_right(struct cursor packet)
{
	uint64_t sum = sum_words(&packet);

	if (packet.left > 0)
		sum += word_of(cursor_u8(&packet), 0);
	return is_all_ones(sum);
}

bool
checksum_is_right_for_cisco(struct cursor packet)
{
	uint64_t sum = sum_words(&packet);
	uint8_t last;

	if (packet.left > 0) {
		last = cursor_u8(&packet);
		if (last < 0x80)
			sum += word_of(0, last);
		else
			sum += word_of(0xff, (uint8_t)(last - 1));
	}
	return is_all_ones(sum);
}
