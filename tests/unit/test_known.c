#include "agent/libvirt/known.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/suite.h"

static enum known_news
note(struct known *k, const char *uuid, const char *text)
{
	return known_note(k, uuid, text, strlen(text));
}

START_TEST(the_same_is_not_told_twice)
{
	struct known k = { .items = NULL };

	ck_assert_int_eq(note(&k, "a", "one"), KNOWN_CHANGED);
	ck_assert_int_eq(note(&k, "a", "one"), KNOWN_SAME);
	ck_assert_int_eq(note(&k, "b", "one"), KNOWN_CHANGED);
	ck_assert_int_eq(note(&k, "a", "two"), KNOWN_CHANGED);
	ck_assert(known_remove(&k, "a"));
	ck_assert(!known_remove(&k, "a"));
	ck_assert_int_eq(note(&k, "a", "two"), KNOWN_CHANGED);
	known_done(&k);
}
END_TEST

START_TEST(one_that_was_only_marked_was_not_told)
{
	struct known k = { .items = NULL };
	char uuid[UUID_TEXT_SIZE];

	known_mark(&k, "a");
	known_mark(&k, "a");
	ck_assert(known_take_marked(&k, uuid));
	ck_assert_str_eq(uuid, "a");
	ck_assert(!known_take_marked(&k, uuid));
	ck_assert(!known_remove(&k, "a"));
	known_done(&k);
}
END_TEST

START_TEST(each_has_its_turn_once)
{
	struct known k = { .items = NULL };
	char uuid[UUID_TEXT_SIZE];
	unsigned turns[100] = { 0 };

	for (int i = 99; i >= 0; i--) {
		snprintf(uuid, sizeof(uuid), "%02d", i);
		ck_assert_int_eq(note(&k, uuid, "x"), KNOWN_CHANGED);
	}
	for (unsigned turn = 0; turn < 6; turn++) {
		unsigned count = 0;

		known_mark_turn(&k, turn, 6);
		while (known_take_marked(&k, uuid)) {
			turns[(uuid[0] - '0') * 10 + uuid[1] - '0']++;
			count++;
		}
		ck_assert_uint_ge(count, 16);
		ck_assert_uint_le(count, 17);
	}
	for (int i = 0; i < 100; i++)
		ck_assert_uint_eq(turns[i], 1);
	known_done(&k);
}
END_TEST

START_TEST(there_is_an_end_to_them)
{
	struct known k = { .items = NULL };
	char uuid[UUID_TEXT_SIZE];

	for (int i = 0; i < KNOWN_MOST; i++) {
		snprintf(uuid, sizeof(uuid), "%d", i);
		ck_assert_int_eq(note(&k, uuid, "x"), KNOWN_CHANGED);
	}
	ck_assert_int_eq(note(&k, "more", "x"), KNOWN_FULL);
	known_mark(&k, "more");
	ck_assert(!known_take_marked(&k, uuid));
	known_done(&k);
}
END_TEST

SUITE("known", the_same_is_not_told_twice,
    one_that_was_only_marked_was_not_told, each_has_its_turn_once,
    there_is_an_end_to_them)
