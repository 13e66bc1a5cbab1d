#include "collector/signature.h"

#include <stdlib.h>
#include <string.h>

#include "collector/index.h"

enum {
	CLASSES = 37, /* letters, digits, all others */
	HEX_CLASSES = 16,
	HEX_ROWS = 4096,
	MIXED_ROWS = 2048,
	PAIR_ROWS = CLASSES * CLASSES,
	MIXED_FIRST = HEX_ROWS,
	PAIR_FIRST = MIXED_FIRST + MIXED_ROWS,
	SINGLE_FIRST = PAIR_FIRST + PAIR_ROWS,
	VLANS_ROW = SINGLE_FIRST + CLASSES,
	/* A host with 20 machines has some 70 names: of 10,000 hosts one is
	 * looked at in vain. */
	WHOLE_FIRST = 7552,
	WHOLE_ROWS = 4096,
	WHOLE_EACH = 3, /* rows of one text */
	/* UUIDs and MACs are found by their runs. */
	LONG_HEX = 12
};
_Static_assert((int)VLANS_ROW < (int)WHOLE_FIRST, "the rows are too few");
_Static_assert((int)WHOLE_FIRST + WHOLE_ROWS == (int)SIGNATURE_ROWS,
    "the rows are too few");

/* Without a branch: of hex digits nobody guesses the next one. */
static unsigned
class_of(char c)
{
	unsigned digit = (unsigned)(uint8_t)c - '0';
	unsigned letter = (unsigned)(uint8_t)c - 'a';
	unsigned class = letter < 26 ? letter + 10 : CLASSES - 1;

	return digit < 10 ? digit : class;
}

static unsigned
mixed_row(uint32_t run)
{
	return MIXED_FIRST + (run * 2654435761U >> 16) % MIXED_ROWS;
}

/* Three characters in a row, and the classes of the last three. */
struct run {
	uint32_t octets;
	unsigned a, b, c;
};

static void
run_on(struct run *r, char next)
{
	r->octets = (r->octets << 8 | (uint8_t)next) & 0xffffff;
	r->a = r->b;
	r->b = r->c;
	r->c = class_of(next);
}

static unsigned
run_row(const struct run *r)
{
	if (r->a < HEX_CLASSES && r->b < HEX_CLASSES && r->c < HEX_CLASSES)
		return r->a << 8 | r->b << 4 | r->c;
	return mixed_row(r->octets);
}

/* Of the last two. */
static unsigned
pair_row(const struct run *r)
{
	return PAIR_FIRST + r->b * CLASSES + r->c;
}

static bool
is_long_hex(const char *plain, size_t size)
{
	size_t i = 0;

	while (i < size && class_of(plain[i]) < HEX_CLASSES)
		i++;
	return i == size && size >= LONG_HEX;
}

static void
whole_rows(const char *plain, size_t size, unsigned rows[static WHOLE_EACH])
{
	uint64_t hash = index_hash(0, plain, size);

	for (unsigned i = 0; i < WHOLE_EACH; i++)
		rows[i] = WHOLE_FIRST + (unsigned)(hash >> 16 * i) % WHOLE_ROWS;
}

static unsigned
vlan_row(int vlan)
{
	return mixed_row(0x1000000U | (uint32_t)vlan);
}

bool
signature_room(struct signature *s, uint32_t document)
{
	while (document / SIGNATURE_CHUNK >= s->count) {
		uint64_t **more =
		    realloc(s->chunks, (s->count + 1) * sizeof(uint64_t *));

		if (!more)
			return false;
		s->chunks = more;
		more[s->count] = calloc(
		    (size_t)SIGNATURE_ROWS * SIGNATURE_WORDS, sizeof(uint64_t));
		if (!more[s->count])
			return false;
		s->count++;
	}
	return true;
}

static void
set(struct signature_bits *b, unsigned row)
{
	b->words[row / 64] |= UINT64_C(1) << row % 64;
}

void
signature_add(struct signature_bits *b, const char *plain, size_t size)
{
	struct run run = { 0 };

	for (size_t i = 0; i < size; i++) {
		run_on(&run, plain[i]);
		set(b, SINGLE_FIRST + run.c);
		if (i >= 1)
			set(b, pair_row(&run));
		if (i >= 2)
			set(b, run_row(&run));
	}
}

void
signature_add_whole(struct signature_bits *b, const char *plain, size_t size)
{
	unsigned rows[WHOLE_EACH];

	if (size == 0 || is_long_hex(plain, size))
		return;
	whole_rows(plain, size, rows);
	for (unsigned i = 0; i < WHOLE_EACH; i++)
		set(b, rows[i]);
}

void
signature_add_vlan(struct signature_bits *b, int vlan)
{
	set(b, vlan_row(vlan));
}

void
signature_add_vlans(struct signature_bits *b)
{
	set(b, VLANS_ROW);
}

void
signature_enter(
    struct signature *s, uint32_t document, const struct signature_bits *b)
{
	uint64_t *chunk = s->chunks[document / SIGNATURE_CHUNK];
	unsigned at = document % SIGNATURE_CHUNK;

	for (size_t i = 0; i < SIGNATURE_ROWS / 64; i++) {
		for (uint64_t left = b->words[i]; left; left &= left - 1) {
			size_t row = i * 64 + (size_t)__builtin_ctzll(left);

			chunk[row * SIGNATURE_WORDS + at / 64] |= UINT64_C(1)
								  << at % 64;
		}
	}
}

void
signature_clear(struct signature *s, uint32_t document)
{
	uint64_t *chunk = s->chunks[document / SIGNATURE_CHUNK];
	unsigned at = document % SIGNATURE_CHUNK;
	uint64_t kept = ~(UINT64_C(1) << at % 64);

	for (size_t row = 0; row < SIGNATURE_ROWS; row++)
		chunk[row * SIGNATURE_WORDS + at / 64] &= kept;
}

static void
add_row(struct signature_part *part, unsigned row)
{
	for (size_t i = 0; i < part->count; i++) {
		if (part->rows[i] == row)
			return;
	}
	if (part->count < SIGNATURE_RUNS_MOST)
		part->rows[part->count++] = (uint16_t)row;
}

static unsigned
row_of_three(const char *at)
{
	struct run run = { 0 };

	for (size_t i = 0; i < 3; i++)
		run_on(&run, at[i]);
	return run_row(&run);
}

static unsigned
row_of_two(const char *at)
{
	struct run run = { 0 };

	run_on(&run, at[0]);
	run_on(&run, at[1]);
	return pair_row(&run);
}

/* The rarer runs first: those that UUIDs do not have. */
struct signature_part
signature_part(const char *plain)
{
	struct signature_part part = { .count = 0 };
	size_t size = strlen(plain);

	if (size == 1)
		add_row(&part, SINGLE_FIRST + class_of(plain[0]));
	if (size == 2)
		add_row(&part, row_of_two(plain));
	for (size_t i = 0; i + 2 < size; i++) {
		if (row_of_three(plain + i) >= MIXED_FIRST)
			add_row(&part, row_of_three(plain + i));
	}
	/* What ends a name or MAC tells more than how it begins. */
	for (size_t i = size; i > 2; i--) {
		if (row_of_three(plain + i - 3) < MIXED_FIRST)
			add_row(&part, row_of_three(plain + i - 3));
	}
	return part;
}

struct signature_part
signature_part_whole(const char *plain)
{
	struct signature_part part = { .count = 0 };
	size_t size = strlen(plain);
	unsigned rows[WHOLE_EACH];

	if (is_long_hex(plain, size))
		return signature_part(plain);
	whole_rows(plain, size, rows);
	for (unsigned i = 0; i < WHOLE_EACH; i++)
		add_row(&part, rows[i]);
	return part;
}

struct signature_part
signature_part_vlan(int vlan)
{
	struct signature_part part = { .count = 0 };

	add_row(&part, vlan_row(vlan));
	return part;
}

struct signature_part
signature_part_vlans(void)
{
	struct signature_part part = { .count = 0 };

	add_row(&part, VLANS_ROW);
	return part;
}

void
signature_find(const struct signature *s, size_t chunk,
    const struct signature_part *part, uint64_t mask[static SIGNATURE_WORDS])
{
	uint64_t found[SIGNATURE_WORDS], any = part->count > 0;

	memset(found, 0xff, sizeof(found));
	for (size_t i = 0; i < part->count && any; i++) {
		const uint64_t *row =
		    &s->chunks[chunk][(size_t)part->rows[i] * SIGNATURE_WORDS];

		any = 0;
		for (size_t k = 0; k < SIGNATURE_WORDS; k++) {
			found[k] &= row[k];
			any |= found[k];
		}
	}
	for (size_t k = 0; k < SIGNATURE_WORDS && any; k++)
		mask[k] |= found[k];
}

void
signature_done(struct signature *s)
{
	for (size_t i = 0; i < s->count; i++)
		free(s->chunks[i]);
	free(s->chunks);
	*s = (struct signature){ 0 };
}
