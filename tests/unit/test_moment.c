#include "base/moment.h"

#include <check.h>
#include <stdlib.h>
#include <time.h>

#include "tests/support/suite.h"

enum { NOW = 1795356300 }; /* 2026-11-22 14:05:00 in London */

static int64_t
moment(const char *text)
{
	int64_t at = -1;

	return moment_read(text, &at) ? at : -1;
}

static int64_t
said(const char *text)
{
	int64_t at = -1;

	(void)setenv("TZ", "Europe/Zurich", 1);
	tzset();
	return moment_read_said(text, NOW, &at) ? at : -1;
}

START_TEST(a_program_says_seconds_or_a_date_with_its_zone)
{
	ck_assert_int_eq(moment("1795356300"), NOW);
	ck_assert_int_eq(moment("0"), 0);
	ck_assert_int_eq(moment("2026-11-22T14:05:00Z"), NOW);
	ck_assert_int_eq(moment("2026-11-22t14:05:00.987z"), NOW);
	ck_assert_int_eq(moment("2026-11-22T15:05:00+01:00"), NOW);
	ck_assert_int_eq(moment("2026-11-22T15:05:00 01:00"), NOW);
	ck_assert_int_eq(moment("2026-11-22T09:35:00-04:30"), NOW);
	ck_assert_int_eq(moment("2024-02-29T00:00:00Z"), 1709164800);
}
END_TEST

START_TEST(what_is_no_moment_is_refused)
{
	static const char *const wrong[] = { "", " ", "now", "-1", "-2h",
		"1795356300 ", "1795356300.5", "9999999999999", "2026-11-22",
		"2026-11-22T14:05:00", "2026-11-22T14:05:00+1",
		"2026-11-22T24:00:00Z", "2026-11-22T14:60:00Z",
		"2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
		"2026-02-30T00:00:00Z", "2025-02-29T00:00:00Z",
		"2026-11-22T14:05:00Zz", "1969-12-31T23:59:59Z",
		"2026-11-22T14:05:00+24:00", "\xc3\xa9" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(moment(wrong[i]) == -1, "%s", wrong[i]);
}
END_TEST

START_TEST(a_person_may_leave_out_what_is_clear)
{
	ck_assert_int_eq(said("2026-11-22 15:05"), NOW);
	ck_assert_int_eq(said("2026-11-22T15:05:00"), NOW);
	ck_assert_int_eq(said("2026-11-22"), NOW - 15 * 3600 - 300);
	ck_assert_int_eq(said("2026-07-01 16:00"), 1782914400); /* summer */
	ck_assert_int_eq(said("15:05"), NOW);
	ck_assert_int_eq(said("15:04:30"), NOW - 30);
	ck_assert_int_eq(said("15:06"), NOW + 60 - 86400); /* yesterday's */
	ck_assert_int_eq(said("-2h"), NOW - 7200);
	ck_assert_int_eq(said("-90s"), NOW - 90);
	ck_assert_int_eq(said("-5m"), NOW - 300);
	ck_assert_int_eq(said("-3d"), NOW - 3 * 86400);
	ck_assert_int_eq(said("-1w"), NOW - 7 * 86400);
	ck_assert_int_eq(said("1795356300"), NOW);
	ck_assert_int_eq(said("2026-11-22T14:05:00Z"), NOW);
}
END_TEST

START_TEST(what_a_person_cannot_mean_is_refused)
{
	static const char *const wrong[] = { "", "-", "-h", "-2", "-2y", "-2hh",
		"2h", "-99999999999w", "25:00", "14:5", "2026-11-22 14",
		"2026-11-31", "2026-11-22 14:05 ", "yesterday" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(said(wrong[i]) == -1, "%s", wrong[i]);
}
END_TEST

SUITE("moment", a_program_says_seconds_or_a_date_with_its_zone,
    what_is_no_moment_is_refused, a_person_may_leave_out_what_is_clear,
    what_a_person_cannot_mean_is_refused)
