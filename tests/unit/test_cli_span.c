#include "cli/span.h"

#include <check.h>
#include <string.h>

#include "tests/support/suite.h"

static char error[SPAN_ERROR_SIZE];

START_TEST(an_option_that_a_command_does_not_take_is_refused)
{
	static char word[] = "2";
	struct span_options since = { .since = word };
	struct span_options limit = { .limit = word };
	struct span_options at = { .at = word };

	ck_assert(!span_fits(&since, SPAN_MOMENT, "hosts", error));
	ck_assert_str_eq(error,
	    "hosts takes no --since: it is of one moment, said with --at; see "
	    "demarc help hosts");
	ck_assert(!span_fits(&limit, SPAN_MOMENT, "hosts", error));
	ck_assert(!span_fits(&since, SPAN_DIFF, "diff", error));
	ck_assert(!span_fits(&at, SPAN_CHANGES, "changes", error));
	ck_assert_ptr_nonnull(strstr(error, "changes takes no --at"));
}
END_TEST

START_TEST(the_options_of_a_command_are_taken)
{
	static char word[] = "2";
	struct span_options none = { 0 };
	struct span_options at = { .at = word };
	struct span_options limit = { .limit = word, .kind = word };
	struct span_options since = { .since = word, .until = word };

	ck_assert(span_fits(&none, SPAN_DIFF, "diff", error));
	ck_assert(span_fits(&at, SPAN_MOMENT, "hosts", error));
	ck_assert(span_fits(&limit, SPAN_DIFF, "diff", error));
	ck_assert(span_fits(&since, SPAN_CHANGES, "changes", error));
}
END_TEST

SUITE("cli_span", an_option_that_a_command_does_not_take_is_refused,
    the_options_of_a_command_are_taken)
