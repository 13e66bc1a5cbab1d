/*
 * report.c - what it costs to unpack, to read and to store one report.
 *
 *	report FILE [DATABASE]: processor time of each step, the best of rounds
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zstd.h>

#include "base/buffer.h"
#include "base/gzip.h"
#include "base/json_check.h"
#include "base/json_read.h"
#include "collector/coding.h"
#include "collector/ingest.h"
#include "collector/store.h"

enum { ROUNDS = 400, FILE_SIZE_MOST = 4 << 20 };

enum step { PACK, GUNZIP, UNZSTD, CHECK, PARSE, READ, STORE_SAME, STEP_COUNT };

static struct buffer as_gzip, as_zstd;

static double
processor_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static bool
pack_all(const struct buffer *b)
{
	size_t size;

	buffer_init(&as_gzip, FILE_SIZE_MOST);
	buffer_init(&as_zstd, FILE_SIZE_MOST);
	if (gzip_pack(b->octets, b->size, GZIP_SOME, &as_gzip) != STATUS_OK ||
	    !buffer_reserve(&as_zstd, b->size))
		return false;
	size = ZSTD_compress(as_zstd.octets, b->size, b->octets, b->size, 3);
	if (ZSTD_isError(size))
		return false;
	as_zstd.size = size;
	printf("  %zu octets, as gzip %zu, as zstd %zu\n", b->size,
	    as_gzip.size, as_zstd.size);
	return true;
}

static bool
run_coding(enum step step, const struct buffer *b)
{
	const struct buffer *from = step == GUNZIP ? &as_gzip : &as_zstd;
	struct buffer out;
	enum status status;

	buffer_init(&out, FILE_SIZE_MOST);
	if (step == PACK)
		status = gzip_pack(b->octets, b->size, GZIP_SOME, &out);
	else
		status =
		    coding_unpack(step == GUNZIP ? CODING_GZIP : CODING_ZSTD,
			from->octets, from->size, &out);
	buffer_done(&out);
	return status == STATUS_OK;
}

static bool
run(enum step step, const struct buffer *b, struct store *s, int64_t round)
{
	char error[JSON_ERROR_SIZE];
	struct json_value *v = NULL;
	struct ingest_result result;
	struct mistake mistake;
	struct incoming r;
	bool good;

	if (step < CHECK)
		return run_coding(step, b);
	if (step == CHECK)
		return json_check(b->octets, b->size, 0, error) == STATUS_OK;
	if (step == PARSE) {
		good = json_parse(b->octets, b->size, &v, error) == STATUS_OK;
		json_free(v);
		return good;
	}
	incoming_init(&r);
	good = incoming_read(&r, b->octets, b->size, &mistake) == STATUS_OK;
	r.number += round;
	if (good && step == STORE_SAME)
		good = ingest(s, &r, r.sent_at, &result) == STATUS_OK;
	incoming_done(&r);
	return good;
}

int
main(int argc, char **argv)
{
	static const char *const names[STEP_COUNT] = { "pack as gzip",
		"unpack gzip", "unpack zstd", "check JSON", "parse JSON",
		"read report", "read, store unchanged" };
	char error[STORE_ERROR_SIZE];
	struct store *s = NULL;
	struct buffer b;

	buffer_init(&b, FILE_SIZE_MOST);
	if (argc < 2 || buffer_read_file(&b, argv[1]) != STATUS_OK ||
	    store_open(argc > 2 ? argv[2] : ":memory:", &s, error) !=
		STATUS_OK ||
	    !pack_all(&b))
		return 2;
	for (enum step step = PACK; step < STEP_COUNT; step++) {
		double best = 1e9;

		for (int64_t round = 0; round < ROUNDS; round++) {
			double start = processor_us(), took;

			if (!run(step, &b, s, round + 1))
				return 1;
			took = processor_us() - start;
			best = took < best ? took : best;
		}
		printf("  %-22s %7.1f us  %6.1f MB/s\n", names[step], best,
		    (double)b.size / best);
	}
	store_close(s);
	buffer_done(&b);
	buffer_done(&as_gzip);
	buffer_done(&as_zstd);
	return 0;
}
