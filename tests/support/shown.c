#include "tests/support/shown.h"

#include <check.h>
#include <locale.h>
#include <string.h>

#include "cli/width.h"

enum { COLUMNS = 80, NOW = 1000, TEXT_MOST = 1 << 20 };

static struct buffer text = { .limit = TEXT_MOST };

static bool
show(shown_answer *answer, const char *json)
{
	char error[JSON_ERROR_SIZE];
	struct json_value *document;
	struct page page = { .out = &text, .columns = COLUMNS, .now = NOW };
	bool found;

	setlocale(LC_CTYPE, "C.UTF-8");
	buffer_clear(&text);
	ck_assert_int_eq(
	    json_parse(json, strlen(json), &document, error), STATUS_OK);
	found = answer(&page, document);
	ck_assert(buffer_ok(&text));
	json_free(document);
	return found;
}

const char *
shown(shown_answer *answer, const char *json, bool expected)
{
	ck_assert_int_eq(show(answer, json), expected);
	return buffer_string(&text);
}

const char *
shown_any(shown_answer *answer, const char *json)
{
	(void)show(answer, json);
	return buffer_string(&text);
}

void
shown_done(void)
{
	buffer_done(&text);
}

void
shown_fits(const char *page)
{
	char line[1024];

	while (*page != '\0') {
		size_t size = strcspn(page, "\n");

		ck_assert_uint_lt(size, sizeof(line));
		memcpy(line, page, size);
		line[size] = '\0';
		ck_assert_msg(width_of(line) <= COLUMNS, "too wide: %s", line);
		page += size + (page[size] != '\0');
	}
}

void
shown_in_order(const char *page, const char *first, const char *second)
{
	const char *a = strstr(page, first), *b = a ? strstr(a, second) : NULL;

	ck_assert_msg(a != NULL, "not there: %s\nin: %s", first, page);
	ck_assert_msg(b != NULL, "not behind it: %s\nin: %s", second, page);
}
