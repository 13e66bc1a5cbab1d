#include <check.h>
#include <stdio.h>
#include <string.h>

#include "collector/form.h"
#include "collector/incoming.h"
#include "tests/support/suite.h"

#define ID "0123456789abcdef0123456789abcdef"

/* A report whose numbers are these; the texts around them stay. */
static const char pattern[] =
    "{\"version\":%s,\"number\":%s,\"sent_at\":%s,"
    "\"digest\":\"0123456789abcdef\","
    "\"agent\":{\"version\":\"1\",\"via\":\"vc1\"},"
    "\"host\":{\"id\":\"" ID "\",\"name\":\"hv1\"},"
    "\"nics\":[{\"name\":\"ens1f0\",\"frames_heard\":%s,\"neighbors\":["
    "{\"protocol\":\"lldp\",\"source_mac\":\"b8:ce:f6:00:00:01\","
    "\"scope\":\"nearest-bridge\",\"ttl_s\":120,\"first_heard\":900,"
    "\"last_heard\":%s,\"expires\":1110,\"frames\":4}],"
    "\"frames_dropped\":2}],\"links\":[%s]}";

enum {
	NUMBERS = 5,
	LINKS = NUMBERS,
	TEXT_SIZE = 1024,
	/* Numbers of claims. */
	NIC = CLAIM_NIC + 1,
	NEIGHBOR = CLAIM_NEIGHBOR + 1
};
static const char *const usual[NUMBERS + 1] = { "1", "7", "1000", "12", "990",
	"{\"name\":\"br0\"}" };

/* Knows each claim, by its kind. */
static void
recall_all(void *context, const char *machine_id, struct incoming_recall *items,
    size_t count)
{
	(void)context;
	(void)machine_id;
	for (size_t i = 0; i < count; i++)
		items[i].n = (int64_t)items[i].kind + 1;
}

static void
recall_none(void *context, const char *machine_id,
    struct incoming_recall *items, size_t count)
{
	(void)context;
	(void)machine_id;
	(void)items;
	(void)count;
}

static struct form *
lend(void *context, const char *machine_id)
{
	ck_assert_str_eq(machine_id, ID);
	return form_hold(context);
}

/* Reads the usual report with one of its texts changed; the form is 'f'. */
static void
read_with(struct incoming *out, struct form *f, int at, const char *other)
{
	const struct incoming_memory memory = { f ? recall_none : recall_all,
		lend, f };
	const char *with[NUMBERS + 1];
	struct mistake mistake;
	char text[TEXT_SIZE];

	memcpy(with, usual, sizeof(with));
	if (other)
		with[at] = other;
	(void)snprintf(text, sizeof(text), pattern, with[0], with[1], with[2],
	    with[3], with[4], with[LINKS]);
	incoming_init(out);
	(void)!incoming_read_known(out, text, strlen(text), &memory, &mistake);
}

static const struct heard *
again(const struct incoming *r, int64_t n)
{
	for (size_t i = 0; i < r->again_count; i++) {
		if (r->again[i].n == n)
			return &r->again[i].heard;
	}
	ck_abort_msg("claim %lld has no numbers", (long long)n);
	return NULL;
}

START_TEST(a_report_that_says_the_same_gives_its_numbers)
{
	struct incoming first, r;

	read_with(&first, NULL, 0, NULL);
	ck_assert_ptr_nonnull(first.form);
	ck_assert(!first.by_form);
	read_with(&r, first.form, 1, "123456");
	ck_assert(r.by_form);
	ck_assert_ptr_eq(r.form, first.form);
	ck_assert_uint_eq(r.claim_count, 0);
	ck_assert_uint_eq(r.again_count, 2);
	ck_assert_int_eq(r.number, 123456);
	ck_assert_int_eq(r.sent_at, 1000);
	ck_assert_str_eq(r.machine_id, ID);
	ck_assert_str_eq(r.digest, "0123456789abcdef");
	ck_assert_str_eq(r.via, "vc1");
	ck_assert_int_eq(again(&r, NIC)->frames, 12);
	ck_assert_int_eq(again(&r, NIC)->dropped, 2);
	ck_assert_int_eq(again(&r, NIC)->malformed, -1);
	ck_assert_int_eq(again(&r, NEIGHBOR)->last_heard, 990);
	incoming_done(&r);
	read_with(&r, first.form, 4, "1020");
	ck_assert(r.by_form);
	ck_assert_int_eq(again(&r, NEIGHBOR)->last_heard, 1020);
	incoming_done(&r);
	/* It is held as long as somebody has it. */
	read_with(&r, first.form, 3, "1000000");
	incoming_done(&first);
	ck_assert(r.by_form);
	ck_assert_str_eq(r.form->digest, r.digest);
	incoming_done(&r);
}
END_TEST

START_TEST(a_report_that_says_something_else_is_cut)
{
	static const struct {
		int at;
		const char *other;
	} rows[] = {
		{ 0, "2" },
		{ 1, "" },
		{ 1, "07" },
		{ 1, "-7" },
		{ 1, "7.5" },
		{ 1, "1234567890123456" },
		{ 2, "999999999999999" },
		{ 3, "\"12\"" },
		{ 4, "null" },
		{ 4, "253402300800" },
		{ LINKS, "{\"name\":\"br1\"}" },
		{ LINKS, "" },
		{ LINKS, "{\"name\":\"br0\"},{\"name\":\"br1\"}" },
	};
	struct incoming first, r;

	read_with(&first, NULL, 0, NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		read_with(&r, first.form, rows[i].at, rows[i].other);
		ck_assert_msg(!r.by_form, "%s", rows[i].other);
		ck_assert_uint_eq(r.again_count, 0);
		incoming_done(&r);
	}
	incoming_done(&first);
}
END_TEST

START_TEST(what_was_not_all_known_has_no_form)
{
	const struct incoming_memory memory = { recall_none, NULL, NULL };
	struct mistake mistake;
	struct incoming r;
	char text[TEXT_SIZE];

	(void)snprintf(
	    text, sizeof(text), pattern, "1", "7", "1000", "12", "990", "");
	incoming_init(&r);
	ck_assert_int_eq(
	    incoming_read_known(&r, text, strlen(text), &memory, &mistake),
	    STATUS_OK);
	ck_assert_ptr_null(r.form);
	incoming_done(&r);
}
END_TEST

SUITE("incoming_form", a_report_that_says_the_same_gives_its_numbers,
    a_report_that_says_something_else_is_cut,
    what_was_not_all_known_has_no_form)
