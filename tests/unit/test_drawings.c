#include "collector/drawings.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/suite.h"

static struct drawings *d;

static void
keep(const char *key, uint64_t sum, int64_t moment, size_t size)
{
	struct drawings_of of = { key, sum, moment, 7 };
	struct buffer b;

	buffer_init(&b, DRAWINGS_SIZE_MOST + 1);
	while (b.size < size)
		buffer_append(&b, key, 1);
	drawings_keep(d, &of, &b);
	buffer_done(&b);
}

static bool
has(const char *key, uint64_t sum, int64_t moment)
{
	struct drawings_of of = { key, sum, moment, 0 };
	struct buffer b;
	bool found;

	buffer_init(&b, DRAWINGS_SIZE_MOST);
	found = drawings_take(d, &of, &b);
	ck_assert(found == (b.size > 0));
	ck_assert_uint_eq(of.pages, found ? 7 : 0);
	buffer_done(&b);
	return found;
}

START_TEST(a_drawing_is_given_again_while_nothing_changes)
{
	d = drawings_new();
	ck_assert(!has("a", 7, 100));
	keep("a", 7, 100, 10);
	ck_assert(has("a", 7, 100));
	ck_assert(!has("b", 7, 100));
	ck_assert(!has("a", 8, 100));
	ck_assert(!has("a", 7, 400));
	drawings_free(d);
}
END_TEST

START_TEST(what_nobody_asks_for_goes_first)
{
	char key[16];

	d = drawings_new();
	keep("first", 1, 1, 10);
	for (int i = 0; i < DRAWINGS_MOST + 5; i++) {
		(void)snprintf(key, sizeof(key), "%d", i);
		keep(key, 1, 1, 10);
		ck_assert(has("first", 1, 1));
	}
	ck_assert(!has("0", 1, 1) && has(key, 1, 1));
	drawings_free(d);
}
END_TEST

START_TEST(all_together_have_a_bound)
{
	d = drawings_new();
	keep("a", 1, 1, DRAWINGS_SIZE_MOST / 2);
	keep("b", 1, 1, DRAWINGS_SIZE_MOST / 2);
	ck_assert(has("a", 1, 1) && has("b", 1, 1));
	keep("c", 1, 1, 1000);
	ck_assert(!has("a", 1, 1) && has("b", 1, 1) && has("c", 1, 1));
	keep("d", 1, 1, DRAWINGS_SIZE_MOST + 1);
	ck_assert(has("c", 1, 1) && !has("d", 1, 1));
	drawings_free(d);
}
END_TEST

SUITE("drawings", a_drawing_is_given_again_while_nothing_changes,
    what_nobody_asks_for_goes_first, all_together_have_a_bound)
