/*
 * suite.h - the main of a unit test: one suite of the tests it names.
 *
 * Each test runs in a process of its own (Check forks), so one crash costs one
 * test.  CK_FORK=no keeps them together, for a debugger.
 *
 * Memory:  none.
 * Errors:  the exit status is 1 when a test failed.
 */
#ifndef TESTS_SUPPORT_SUITE_H
#define TESTS_SUPPORT_SUITE_H

#include <check.h>

/* Seconds for one test; the sanitizers make a slow machine slower. */
enum { SUITE_TIMEOUT_S = 120 };

static inline int
suite_run(const char *name, const TTest *const *tests, size_t count)
{
	Suite *suite = suite_create(name);
	TCase *tcase = tcase_create(name);
	SRunner *runner;
	int failed;

	tcase_set_timeout(tcase, SUITE_TIMEOUT_S);
	for (size_t i = 0; i < count; i++)
		tcase_add_test(tcase, tests[i]);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}

/* The one main: SUITE("name", a_test, another_test) */
#define SUITE(name, ...)                                                       \
	int main(void)                                                         \
	{                                                                      \
		const TTest *const tests[] = { __VA_ARGS__ };                  \
                                                                               \
		return suite_run(                                              \
		    name, tests, sizeof(tests) / sizeof(tests[0]));            \
	}

#endif
