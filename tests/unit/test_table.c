#include <check.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "cli/table.h"
#include "cli/width.h"

static const struct table_column columns[] = {
	{ "HOST", 4 },
	{ "PORT", 6 },
	{ "WHY", 3 },
};

static struct table table;
static struct buffer text;

static void
begin(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	table_init(&table, columns, 3);
	buffer_init(&text, 1 << 16);
}

static void
end(void)
{
	table_done(&table);
	buffer_done(&text);
}

static void
add_row(const char *host, const char *port, const char *why)
{
	table_add(&table, TONE_SYSTEMS, host);
	table_add(&table, TONE_NETWORK, port);
	table_add(&table, TONE_PLAIN, why);
}

static const char *
written(int width, bool colour)
{
	struct page page = { .out = &text, .columns = width, .colour = colour };

	table_write(&table, &page, 0);
	return buffer_string(&text);
}

START_TEST(columns_are_as_wide_as_their_widest_cell)
{
	add_row("hv1", "Eth1/1", "heard");
	add_row("hv100", "Eth1/10", "heard");
	ck_assert_str_eq(written(80, false), "HOST   PORT     WHY\n"
					     "hv1    Eth1/1   heard\n"
					     "hv100  Eth1/10  heard\n");
}
END_TEST

START_TEST(the_widest_columns_are_shortened_aloud)
{
	add_row("hv1", "Ethernet1/1", "same source MAC by both");
	ck_assert_str_eq(written(30, false),
	    "HOST  PORT         WHY\n"
	    "hv1   Ethernet1/1  same sourc…\n");
}
END_TEST

START_TEST(nothing_is_shortened_where_there_is_no_terminal)
{
	struct page page = { .out = &text, .columns = 20, .uncut = true };

	add_row("hv1", "Ethernet1/1", "same source MAC by both");
	table_write(&table, &page, 0);
	ck_assert_ptr_nonnull(
	    strstr(buffer_string(&text), "same source MAC by both\n"));
}
END_TEST

START_TEST(no_line_is_wider_than_a_narrow_terminal)
{
	add_row("a-very-long-host-name", "TenGigabitEthernet1/0/48", "long");
	for (int width = 10; width < 60; width++) {
		char *line, *rest;

		buffer_clear(&text);
		written(width, false);
		rest = text.octets;
		while ((line = strsep(&rest, "\n")))
			ck_assert_int_le(width_of(line), width);
	}
}
END_TEST

START_TEST(a_column_without_any_text_is_left_out)
{
	add_row("hv1", NULL, "down");
	ck_assert_str_eq(written(80, false), "HOST  WHY\nhv1   down\n");
}
END_TEST

START_TEST(a_line_ends_without_blanks)
{
	add_row("hv1", "Eth1/1", NULL);
	add_row("hv2", NULL, "down");
	ck_assert_str_eq(written(80, false), "HOST  PORT    WHY\n"
					     "hv1   Eth1/1\n"
					     "hv2           down\n");
}
END_TEST

START_TEST(wide_and_combining_characters_line_up)
{
	add_row("東京", "Eth1/1", "a");
	add_row("e\xcc\x81t\xc3\xa9", "Eth1/2", "b");
	ck_assert_str_eq(written(80, false),
	    "HOST  PORT    WHY\n"
	    "東京  Eth1/1  a\n"
	    "e\xcc\x81t\xc3\xa9   Eth1/2  b\n");
}
END_TEST

START_TEST(a_wide_character_is_never_cut_in_half)
{
	ck_assert_uint_eq(width_fit("東京", 3), strlen("東"));
	ck_assert_uint_eq(width_fit("e\xcc\x81x", 1), 3);
	ck_assert_uint_eq(width_fit("", 5), 0);
}
END_TEST

START_TEST(octets_that_are_no_character_count_one_column_each)
{
	ck_assert_int_eq(width_of("\xff\xfe"), 2);
	ck_assert_int_eq(width_of("\xe6\x9d"), 2);
	ck_assert_int_eq(width_of("\xf0"), 1);
}
END_TEST

START_TEST(what_would_move_the_cursor_is_replaced)
{
	add_row("\033[2J\a", "a\nb",
	    "\xe2\x80\xae"
	    "evil\xc2\x9b"
	    "1m");
	ck_assert_ptr_null(strchr(written(80, false), '\033'));
	ck_assert_ptr_null(strstr(text.octets, "\a"));
	ck_assert_ptr_null(strstr(text.octets, "\xe2\x80\xae"));
	ck_assert_ptr_null(strstr(text.octets, "\xc2\x9b"));
	ck_assert_ptr_null(strstr(text.octets, "a\nb"));
}
END_TEST

START_TEST(a_tone_wraps_the_text_and_not_the_blanks)
{
	add_row("hv1", "Eth1/1", NULL);
	ck_assert_ptr_nonnull(
	    strstr(written(80, true), "\033[32mhv1\033[0m   \033[94mEth1/1"));
}
END_TEST

START_TEST(a_name_of_ten_kilobytes_is_cut)
{
	char *name = malloc(10001);

	memset(name, 'x', 10000);
	name[10000] = '\0';
	add_row(name, "Eth1/1", "w");
	free(name);
	ck_assert_uint_lt(strlen(written(80, false)), 400);
}
END_TEST

START_TEST(a_table_without_rows_is_nothing)
{
	ck_assert_str_eq(written(80, false), "");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("table");
	TCase *tests = tcase_create("table");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_checked_fixture(tests, begin, end);
	tcase_add_test(tests, columns_are_as_wide_as_their_widest_cell);
	tcase_add_test(tests, the_widest_columns_are_shortened_aloud);
	tcase_add_test(tests, nothing_is_shortened_where_there_is_no_terminal);
	tcase_add_test(tests, no_line_is_wider_than_a_narrow_terminal);
	tcase_add_test(tests, a_column_without_any_text_is_left_out);
	tcase_add_test(tests, a_line_ends_without_blanks);
	tcase_add_test(tests, wide_and_combining_characters_line_up);
	tcase_add_test(tests, a_wide_character_is_never_cut_in_half);
	tcase_add_test(
	    tests, octets_that_are_no_character_count_one_column_each);
	tcase_add_test(tests, what_would_move_the_cursor_is_replaced);
	tcase_add_test(tests, a_tone_wraps_the_text_and_not_the_blanks);
	tcase_add_test(tests, a_name_of_ten_kilobytes_is_cut);
	tcase_add_test(tests, a_table_without_rows_is_nothing);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
