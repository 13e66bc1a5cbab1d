#include "collector/listing_ask.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "tests/support/suite.h"

enum { NAMES = 6, MANY = 200 };

/* The query of the request, as it stands in a URL without escapes. */
static const char *
argument(const struct request *r, const char *name)
{
	static char values[8][64];
	static size_t at;
	const char *from = strstr(r->context, name);
	size_t length = strlen(name);

	if (!from || from[length] != '=')
		return NULL;
	from += length + 1;
	at = (at + 1) % 8;
	length = strcspn(from, "&");
	memcpy(values[at], from, length);
	values[at][length] = '\0';
	return values[at];
}

static const char *
other_argument(const struct request *r, const char *const *known)
{
	const char *query = r->context;

	for (; *known && query[0]; known++) {
		if (strncmp(query, *known, strlen(*known)) == 0)
			return NULL;
	}
	return query[0] ? query : NULL;
}

static const char *const states[] = { "current", "silent", NULL };
static const struct listing_rule rule = {
	1U << LISTING_STATE | 1U << LISTING_Q | 1U << LISTING_VLAN, states
};

/* Reads the query; false: the detail of the problem is in the reply. */
static bool
ask(struct listing *l, char *query, struct reply *reply)
{
	struct request request = { .method = "GET",
		.path = "/api/v1/names",
		.argument = argument,
		.other_argument = other_argument,
		.context = query };

	listing_init(l);
	reply_init(reply);
	return listing_ask(l, &request, &rule, reply);
}

static void
key_of(const void *item, struct listing_key *out)
{
	out->parts[0] = *(const char *const *)item;
	out->parts[1] = "x y";
}

static void
row_of(void *context, struct json *j, const void *item)
{
	(void)context;
	json_add_string(j, "name", *(const char *const *)item);
}

/* One page of these names; fills 'next' with the URL of the next. */
static void
check_page(char *query, const char *const *names, size_t count,
    const char *expected, char next[static 256])
{
	static const char *const columns[] = { "name", NULL };
	const char *sorted[NAMES];
	struct listing_source s = { .name = "names",
		.items = sorted,
		.size = sizeof(sorted[0]),
		.key = key_of,
		.row = row_of,
		.columns = columns };
	struct json j;
	struct listing l;
	struct reply reply;

	ck_assert(ask(&l, query, &reply));
	for (size_t i = 0; i < count; i++) {
		if (listing_has(&l, names[i]))
			sorted[s.count++] = names[i];
	}
	j = json_over(&reply.body);
	listing_write(&l, &j, 7, &s);
	ck_assert_msg(strncmp(buffer_string(&reply.body), expected,
			  strlen(expected)) == 0,
	    "%s", buffer_string(&reply.body));
	(void)snprintf(next, 256, "%s", buffer_string(&l.next));
	listing_done(&l);
	reply_done(&reply);
}

static const char *const names[NAMES] = { "hv10", "hv2", "hv1", "hv3", "a",
	"b" };

START_TEST(a_list_without_questions_is_whole_and_in_order)
{
	char next[256];

	check_page("", names, NAMES,
	    "{\"now\":7,\"count\":6,\"names\":[{\"name\":\"a\"},"
	    "{\"name\":\"b\"},{\"name\":\"hv1\"},{\"name\":\"hv2\"},"
	    "{\"name\":\"hv3\"},{\"name\":\"hv10\"}]}",
	    next);
	ck_assert_str_eq(next, "");
}
END_TEST

START_TEST(a_page_tells_where_the_next_is)
{
	char next[256];

	check_page("limit=2&q=hv", names, NAMES,
	    "{\"now\":7,\"count\":4,\"names\":[{\"name\":\"hv1\"},"
	    "{\"name\":\"hv2\"}],\"next\":",
	    next);
	ck_assert_str_eq(next, "/api/v1/names?limit=2&q=hv&after=hv2%1Fx%20y");
	/* The item itself may be gone by then. */
	check_page("limit=2&q=hv&after=hv2\x1fx y", names, NAMES,
	    "{\"now\":7,\"count\":4,\"names\":[{\"name\":\"hv3\"},"
	    "{\"name\":\"hv10\"}]}",
	    next);
	ck_assert_str_eq(next, "");
	check_page("after=hv2a", names, NAMES,
	    "{\"now\":7,\"count\":6,\"names\":[{\"name\":\"hv3\"},", next);
	check_page("after=z", names, NAMES,
	    "{\"now\":7,\"count\":6,\"names\":[]}", next);
	check_page(
	    "limit=5", names, 0, "{\"now\":7,\"count\":0,\"names\":[]}", next);
}
END_TEST

static void
key_of_text(const void *item, struct listing_key *out)
{
	out->parts[0] = item;
}

static void
row_of_text(void *context, struct json *j, const void *item)
{
	(void)j;
	buffer_printf(context, "%s ", (const char *)item);
}

/* The names of the list, page by page. */
static void
list_pages(size_t limit, struct buffer *out)
{
	char items[MANY][8];
	struct listing l;
	size_t pages = 0;

	listing_init(&l);
	l.limit = limit;
	do {
		struct listing_source s = { .name = "names",
			.items = items,
			.count = MANY,
			.size = sizeof(items[0]),
			.key = key_of_text,
			.row = row_of_text,
			.context = out };
		struct buffer page;
		struct json j = json_over(&page);

		/* In no order: 37 and 200 have no factor in common. */
		for (size_t i = 0; i < MANY; i++)
			(void)snprintf(
			    items[i], sizeof(items[i]), "hv%zu", i * 37 % MANY);
		buffer_init(&page, 1 << 16);
		buffer_clear(&l.next);
		listing_write(&l, &j, 7, &s);
		ck_assert(buffer_ok(&page));
		buffer_done(&page);
		if (l.next.size > 0)
			ck_assert(listing_continue(
			    &l, strstr(buffer_string(&l.next), "after=") + 6));
		ck_assert_uint_le(++pages, MANY);
	} while (l.next.size > 0);
	listing_done(&l);
}

START_TEST(pages_of_any_size_are_the_whole_list_in_order)
{
	static const size_t limits[] = { 1, 2, 7, 64, 199, 200, 201 };
	struct buffer whole, pages;

	buffer_init(&whole, 1 << 16);
	buffer_init(&pages, 1 << 16);
	list_pages(0, &whole);
	ck_assert_ptr_nonnull(strstr(buffer_string(&whole), "hv9 hv10 hv11 "));
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		buffer_clear(&pages);
		list_pages(limits[i], &pages);
		ck_assert_str_eq(buffer_string(&pages), buffer_string(&whole));
	}
	buffer_done(&whole);
	buffer_done(&pages);
}
END_TEST

static void
check_refused(char *query, const char *why)
{
	struct listing l;
	struct reply reply;

	ck_assert(!ask(&l, query, &reply));
	ck_assert_uint_eq(reply.status, 400);
	ck_assert_msg(strstr(buffer_string(&reply.body), why), "%s",
	    buffer_string(&reply.body));
	listing_done(&l);
	reply_done(&reply);
}

START_TEST(what_cannot_be_asked_is_refused_with_what_can)
{
	check_refused("size=1",
	    "\\\"size=1\\\" does not exist here; there are: limit, after, at, "
	    "state, vlan, q");
	check_refused("state=gone", "is one of: current, silent");
	check_refused("limit=0", "is a number from 1");
	check_refused("limit=100001", "is a number from 1");
	check_refused("limit=1x", "is a number from 1");
	check_refused("vlan=4095", "is a number from 1 to 4094");
	check_refused("q=", "is empty or no text");
	check_refused("q=\xff", "is empty or no text");
}
END_TEST

START_TEST(a_table_is_asked_for_by_name_or_by_kind)
{
	static const struct {
		const char *path, *accept;
		bool csv;
	} cases[] = {
		{ "/api/v1/names.csv", NULL, true },
		{ "/api/v1/names", "text/csv", true },
		{ "/api/v1/names", "Text/CSV; q=0.9, */*; q=0.1", true },
		{ "/api/v1/names", "*/*", false },
		{ "/api/v1/names", NULL, false },
		{ "/api/v1/names", "application/json, text/csv", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct request request = { .path = cases[i].path,
			.accept = cases[i].accept,
			.argument = argument,
			.context = "" };
		struct listing l;
		struct reply reply;

		listing_init(&l);
		reply_init(&reply);
		ck_assert(listing_ask(&l, &request, &rule, &reply));
		ck_assert_int_eq(l.csv, cases[i].csv);
		listing_done(&l);
		reply_done(&reply);
	}
	ck_assert(listing_is_csv_path("/a/b.csv", "/a/b"));
	ck_assert(!listing_is_csv_path("/a/b.csvx", "/a/b"));
	ck_assert(!listing_is_csv_path("/a/b", "/a/b"));
}
END_TEST

SUITE("listing", a_list_without_questions_is_whole_and_in_order,
    a_page_tells_where_the_next_is,
    pages_of_any_size_are_the_whole_list_in_order,
    what_cannot_be_asked_is_refused_with_what_can,
    a_table_is_asked_for_by_name_or_by_kind)
