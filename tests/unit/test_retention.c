#include "collector/retention.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collector/history.h"
#include "tests/support/suite.h"

enum {
	BEGIN = 1000000000,
	DAY_S = 86400,
	DAYS = 40,
	A_DAY = 100, /* claims that end on each */
	FACTS_SIZE = 3000
};

static char path[] = "/tmp/demarc-retention-XXXXXX";
static char facts[FACTS_SIZE];

static struct store *
open_store(void)
{
	char error[STORE_ERROR_SIZE];
	struct store *s = NULL;
	int file;

	memcpy(path + strlen(path) - 6, "XXXXXX", 6);
	file = mkstemp(path);
	ck_assert_int_ge(file, 0);
	(void)close(file);
	ck_assert_msg(store_open(path, &s, error) == STATUS_OK, "%s", error);
	return s;
}

static void
remove_all(struct store *s)
{
	static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
	char name[64];

	store_close(s);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		(void)unlink(name);
	}
}

/* Claims that end day by day, one silence a day, and one that is still said. */
static void
fill(struct store *s)
{
	struct history_kept kept = { BEGIN, BEGIN };
	struct store_claim c = {
		.kind = CLAIM_WORKLOAD, .key = "web", .facts = facts, .n = 1
	};

	/* Nothing that shorthand could shorten. */
	for (size_t i = 0; i + 1 < sizeof(facts); i++)
		facts[i] = (char)('G' + i * i % 19);
	ck_assert_int_eq(store_begin(s), STATUS_OK);
	ck_assert_int_eq(history_put(s, &kept), STATUS_OK);
	ck_assert_int_eq(store_claim_open(s, 7, &c), STATUS_OK);
	for (int day = 0; day < DAYS; day++) {
		int64_t at = BEGIN + (int64_t)day * DAY_S;
		struct history_silence silence = { 7, at, at + 600 };

		for (int i = 0; i < A_DAY; i++) {
			c.n++;
			c.since = at;
			ck_assert_int_eq(store_claim_open(s, 7, &c), STATUS_OK);
			ck_assert_int_eq(
			    store_claim_close(s, 7, &c, at + 700 + i),
			    STATUS_OK);
		}
		ck_assert_int_eq(history_note_silence(s, &silence), STATUS_OK);
	}
	ck_assert_int_eq(store_commit(s), STATUS_OK);
}

static void
count_one(void *context, const struct history_claim *claim)
{
	(void)claim;
	++*(int *)context;
}

static int
count_ended(struct store *s)
{
	int count = 0;

	ck_assert_int_eq(
	    history_ended(s, 0, INT64_MAX, count_one, &count), STATUS_OK);
	return count;
}

static void
count_silence(void *context, const struct history_silence *silence)
{
	(void)silence;
	++*(int *)context;
}

static int
run(struct retention *r, struct store *s, int64_t now)
{
	bool more = true;
	int steps = 0;

	for (; more; steps++) {
		ck_assert_int_eq(retention_step(r, s, now, &more), STATUS_OK);
		ck_assert_int_lt(steps, 10000);
	}
	return steps;
}

START_TEST(what_is_older_than_it_may_be_goes_in_small_steps)
{
	struct retention r = { .keep_s = 10 * DAY_S };
	int64_t now = BEGIN + (int64_t)DAYS * DAY_S;
	struct store *s = open_store();
	struct history_kept kept;
	int silences = 0, claims = 0;
	bool more;

	fill(s);
	ck_assert_int_eq(count_ended(s), DAYS * A_DAY);
	ck_assert_int_eq(retention_step(&r, s, now, &more), STATUS_OK);
	ck_assert(more);
	ck_assert_int_eq(count_ended(s), DAYS * A_DAY - RETENTION_ROWS);
	ck_assert_int_gt(run(&r, s, now), 30 * A_DAY / RETENTION_ROWS - 1);
	ck_assert_int_eq(count_ended(s), 10 * A_DAY);
	ck_assert_int_eq(
	    history_silences(s, 0, INT64_MAX, count_silence, &silences),
	    STATUS_OK);
	ck_assert_int_eq(silences, 10);
	ck_assert_int_eq(history_get(s, &kept), STATUS_OK);
	ck_assert_int_eq(kept.since, now - 10 * DAY_S);
	ck_assert_int_eq(r.since, kept.since);
	/* What is true now stays, however long it has been. */
	ck_assert_int_eq(history_at(s, now, count_one, &claims), STATUS_OK);
	ck_assert_int_eq(claims, 1);
	/* An hour later there is nothing to do. */
	ck_assert_int_eq(run(&r, s, now + 600), 1);
	remove_all(s);
}
END_TEST

START_TEST(a_file_that_is_too_large_loses_its_oldest_and_shrinks)
{
	struct retention r = { .keep_s = 1000 * DAY_S };
	int64_t now = BEGIN + (int64_t)DAYS * DAY_S;
	struct store *s = open_store();
	struct engine_size size;
	struct history_kept kept;
	int left;

	fill(s);
	ck_assert_int_eq(store_size(s, &size), STATUS_OK);
	ck_assert_int_gt(size.whole, 8 * 1024 * 1024);
	r.keep_octets = size.whole / 2;
	(void)run(&r, s, now);
	ck_assert_int_eq(store_size(s, &size), STATUS_OK);
	ck_assert_int_le(size.whole, r.keep_octets + 1024 * 1024);
	ck_assert(!r.too_large);
	left = count_ended(s);
	ck_assert_int_gt(left, DAYS * A_DAY / 4);
	ck_assert_int_lt(left, DAYS * A_DAY * 3 / 4);
	ck_assert_int_eq(history_get(s, &kept), STATUS_OK);
	ck_assert_int_gt(kept.since, BEGIN + 10 * DAY_S);
	remove_all(s);
}
END_TEST

START_TEST(a_bound_that_cannot_be_kept_is_told)
{
	struct retention r = { .keep_s = 1000 * DAY_S, .keep_octets = 4096 };
	struct store *s = open_store();

	fill(s);
	(void)run(&r, s, BEGIN + (int64_t)DAYS * DAY_S);
	ck_assert(r.too_large);
	ck_assert_int_eq(count_ended(s), 0);
	r.keep_octets = 64 * 1024 * 1024;
	(void)run(&r, s, BEGIN + (int64_t)DAYS * DAY_S);
	ck_assert(!r.too_large);
	remove_all(s);
}
END_TEST

SUITE("retention", what_is_older_than_it_may_be_goes_in_small_steps,
    a_file_that_is_too_large_loses_its_oldest_and_shrinks,
    a_bound_that_cannot_be_kept_is_told)
