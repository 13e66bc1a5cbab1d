#include <check.h>
#include <stdlib.h>

#include "base/age.h"

#define ck_age(seconds, expected)                                              \
	do {                                                                   \
		char text[AGE_SIZE];                                           \
                                                                               \
		age_text(seconds, text);                                       \
		ck_assert_str_eq(text, expected);                              \
	} while (0)

START_TEST(an_age_is_as_precise_as_people_want_it)
{
	ck_age(0, "0 s");
	ck_age(89, "89 s");
	ck_age(90, "2 min");
	ck_age(149, "2 min");
	ck_age(150, "3 min");
	ck_age(5399, "90 min");
	ck_age(5400, "2 h");
	ck_age(129599, "36 h");
	ck_age(129600, "2 d");
	ck_age(86400 * 400, "400 d");
}
END_TEST

START_TEST(a_moment_in_the_future_is_now)
{
	ck_age(-1, "0 s");
	ck_age(INT64_MIN, "0 s");
}
END_TEST

START_TEST(the_longest_age_fits)
{
	ck_age(INT64_MAX, "106751991167301 d");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("age");
	TCase *tests = tcase_create("age");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(tests, an_age_is_as_precise_as_people_want_it);
	tcase_add_test(tests, a_moment_in_the_future_is_now);
	tcase_add_test(tests, the_longest_age_fits);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
