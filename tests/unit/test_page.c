#include <check.h>
#include <locale.h>

#include "cli/page.h"
#include "tests/support/suite.h"

static struct buffer text;

/* 'line' broken for a terminal of 20 columns. */
static const char *
wrapped(const char *line, bool uncut)
{
	struct page page = { .out = &text, .columns = 20, .uncut = uncut };
	size_t start;

	setlocale(LC_CTYPE, "C.UTF-8");
	buffer_init(&text, 1 << 12);
	buffer_text(&text, "before ");
	start = text.size;
	buffer_text(&text, line);
	page_wrap(&page, start, 4);
	return buffer_string(&text) + start;
}

START_TEST(a_long_line_is_broken_at_its_blanks)
{
	ck_assert_str_eq(wrapped("a sentence of some length\nshort\n", false),
	    "a sentence of some\n    length\nshort\n");
	buffer_done(&text);
}
END_TEST

START_TEST(what_fits_is_left_as_it_is)
{
	ck_assert_str_eq(
	    wrapped("  twenty columns: 20\n", false), "  twenty columns: 20\n");
	buffer_done(&text);
	ck_assert_str_eq(wrapped("", false), "");
	buffer_done(&text);
}
END_TEST

START_TEST(colours_take_no_columns)
{
	ck_assert_str_eq(
	    wrapped(
		"\033[32mtwenty\033[0m \033[2mcolumns:\033[0m here\n", false),
	    "\033[32mtwenty\033[0m \033[2mcolumns:\033[0m here\n");
	buffer_done(&text);
}
END_TEST

START_TEST(a_word_that_fits_nowhere_stands_alone)
{
	ck_assert_str_eq(wrapped("a nameofmorethantwentyletters b\n", false),
	    "a\n    nameofmorethantwentyletters\n    b\n");
	buffer_done(&text);
}
END_TEST

START_TEST(nothing_is_broken_where_there_is_no_terminal)
{
	ck_assert_str_eq(wrapped("a sentence of some length\n", true),
	    "a sentence of some length\n");
	buffer_done(&text);
}
END_TEST

SUITE("page", a_long_line_is_broken_at_its_blanks, what_fits_is_left_as_it_is,
    colours_take_no_columns, a_word_that_fits_nowhere_stands_alone,
    nothing_is_broken_where_there_is_no_terminal)
