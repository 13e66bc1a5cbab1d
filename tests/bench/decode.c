/*
 * decode.c - what decoding a frame costs, against walking over its TLVs.
 *
 * usage: decode FILE.pcap...
 *
 * Takes the frames that are well-formed, copies them end to end as often as
 * makes 500,000, and measures in turns: a bare walk over all TLV headers, and
 * decode_frame whole.  CPU time of this process; medians of the rounds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "agent/decode.h"
#include "agent/savefile.h"

enum { FRAMES = 500000, ROUNDS = 9, KINDS_MOST = 512 };

struct sample {
	uint8_t *octets;
	size_t size;
	enum link_type link;
	enum protocol protocol;
};

static struct neighbor neighbor;
static struct sample kinds[KINDS_MOST]; /* the frames as found */
static size_t kind_count;
static struct sample frames[FRAMES]; /* each a copy of its own */

static double
cpu_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void
add_kind(struct cursor c, enum link_type link)
{
	const char *reason;
	struct sample *s = &kinds[kind_count];

	if (kind_count == KINDS_MOST ||
	    decode_frame(link, c, &neighbor, &reason) != DECODE_OK ||
	    neighbor.skipped_tlvs > 0)
		return;
	s->size = c.left;
	s->link = link;
	s->protocol = neighbor.protocol;
	s->octets = malloc(c.left);
	memcpy(s->octets, c.next, c.left);
	kind_count++;
}

static void
load(const char *path)
{
	char error[SAVEFILE_ERROR_SIZE] = "";
	struct savefile *file;
	struct cursor c;

	if (savefile_open(path, &file, error)) {
		fprintf(stderr, "%s: %s\n", path, error);
		exit(2);
	}
	while (!savefile_next(file, &c, error) && cursor_ok(&c))
		add_kind(c, savefile_link(file));
	savefile_free(file);
}

/* Lays the copies out end to end, as a savefile read whole would. */
static double
spread(void)
{
	uint8_t *at;
	size_t total = 0;

	for (size_t i = 0; i < FRAMES; i++)
		total += kinds[i % kind_count].size;
	at = malloc(total);
	for (size_t i = 0; i < FRAMES; i++) {
		frames[i] = kinds[i % kind_count];
		frames[i].octets =
		    memcpy(at, kinds[i % kind_count].octets, frames[i].size);
		at += frames[i].size;
	}
	return (double)total / FRAMES;
}

/* ---- the two that are compared ---------------------------------------------
 */

/* Looks at the type and length of each TLV and at nothing else: the floor. */
static uint64_t
walk(const struct sample *s)
{
	struct cursor c = cursor_over(s->octets, s->size);
	bool lldp = s->protocol == PROTOCOL_LLDP;
	uint64_t seen = 0;

	if (s->link == LINK_CISCO_HDLC)
		cursor_skip(&c, 8);
	else
		cursor_skip(&c, lldp ? 14 : 26);
	while (c.left >= 4) {
		uint16_t type = cursor_u16(&c);

		seen += type;
		if (lldp)
			cursor_skip(&c, type & 0x1ff);
		else
			(void)cursor_take_rest(&c, cursor_u16(&c), 4);
	}
	return seen;
}

static uint64_t
decode(const struct sample *s)
{
	struct cursor c = cursor_over(s->octets, s->size);
	const char *reason;

	if (decode_frame(s->link, c, &neighbor, &reason) != DECODE_OK)
		abort();
	return neighbor.texts_used;
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

struct row {
	const char *name;
	uint64_t (*work)(const struct sample *);
	double rounds[ROUNDS];
};

static struct row rows[] = {
	{ .name = "walk over TLV headers", .work = walk },
	{ .name = "decode", .work = decode },
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static double
round_of(const struct row *r, volatile uint64_t *sink)
{
	double start = cpu_ns();

	for (size_t i = 0; i < FRAMES; i++)
		*sink += r->work(&frames[i]);
	return (cpu_ns() - start) / FRAMES;
}

static void
print_row(struct row *r)
{
	qsort(r->rounds, ROUNDS, sizeof(r->rounds[0]), by_value);
	printf("%-24s %7.1f ns/frame  (%.1f to %.1f)\n", r->name,
	    r->rounds[ROUNDS / 2], r->rounds[0], r->rounds[ROUNDS - 1]);
}

int
main(int argc, char **argv)
{
	volatile uint64_t sink = 0;
	double mean;

	for (int i = 1; i < argc; i++)
		load(argv[i]);
	if (kind_count == 0) {
		fprintf(stderr, "usage: decode FILE.pcap...\n");
		return 2;
	}
	mean = spread();
	for (size_t round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < ROWS; i++)
			rows[i].rounds[round] = round_of(&rows[i], &sink);
	printf("%zu well-formed frames, cycled to %d, %.0f octets each; CPU "
	       "time, medians of %d rounds\n",
	    kind_count, FRAMES, mean, ROUNDS);
	for (size_t i = 0; i < ROWS; i++)
		print_row(&rows[i]);
	printf("decode / walk            %7.2f\n",
	    rows[1].rounds[ROUNDS / 2] / rows[0].rounds[ROUNDS / 2]);
	return 0;
}
