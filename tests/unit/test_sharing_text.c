/* What was heard, told by one collector and read by another. */
#include "collector/sharing_text.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"

/* A host of two claims, of which the second was heard. */
static void
append(struct buffer *out, int64_t id, int64_t last_heard)
{
	struct heard heard = { 100, last_heard, 400, 1, 1, 1 };
	struct model_claim claims[] = { { .n = 3 },
		{ .n = 5, .heard = &heard } };
	struct model_host host = { .row = { .host_id = id,
				       .digest = "00000000000000ab",
				       .next_n = 6,
				       .number = 17,
				       .seen_at = 210 },
		.claims = claims,
		.claim_count = 2 };

	sharing_text_host(out, &host);
}

START_TEST(what_one_tells_the_other_reads)
{
	struct model_heard heard[] = { { .n = 3, .heard = { -1, -1, -1 } },
		{ .n = 5, .heard = { 90, 91, 92, 93, 94, 95 } } };
	struct store_host told;
	struct buffer text;
	const char *at;

	buffer_init(&text, SHARING_TEXT_MOST);
	append(&text, INT64_MAX, 200);
	append(&text, 7, 201);
	at = buffer_string(&text);
	ck_assert(sharing_text_read_host(&at, &told));
	ck_assert_int_eq(told.host_id, INT64_MAX);
	ck_assert_str_eq(told.digest, "00000000000000ab");
	ck_assert_int_eq(told.next_n, 6);
	ck_assert_int_eq(told.number, 17);
	ck_assert_int_eq(told.seen_at, 210);
	sharing_text_read_heard(&at, heard, 2);
	ck_assert_int_eq(heard[0].heard.last_heard, -1);
	ck_assert_int_eq(heard[1].heard.first_heard, 100);
	ck_assert_int_eq(heard[1].heard.last_heard, 200);
	ck_assert_int_eq(heard[1].heard.expires, 400);
	/* Of frames each collector counts its own. */
	ck_assert_int_eq(heard[1].heard.frames, 93);
	ck_assert(sharing_text_read_host(&at, &told));
	ck_assert_int_eq(told.host_id, 7);
	sharing_text_read_heard(&at, NULL, 0);
	ck_assert(!sharing_text_read_host(&at, &told));
	buffer_done(&text);
}
END_TEST

static const struct heard nothing = { -1, -1, -1, -1, -1, -1 };

/* From four claims to three: 2 is closed, 4 is replaced by 6. */
static void
append_step(struct buffer *out)
{
	struct model_claim were[] = { { .n = 2 }, { .n = 3 }, { .n = 4 },
		{ .n = 5 } };
	struct model_host known = {
		.row = { .next_n = 6 }, .claims = were, .claim_count = 4
	};
	struct store_claim claims[] = {
		{ .n = 3, .heard = nothing },
		{ .n = 5, .heard = { 100, 200, 300, -1, -1, -1 } },
		{ .n = 6, .heard = { -1, -1, -1, 7, 8, 9 } },
	};
	struct model_change change = { .row = { .host_id = -1,
					   .digest = "00000000000000ab",
					   .next_n = 7,
					   .number = INT64_MAX,
					   .seen_at = 210,
					   .shift = -40 },
		.claims = claims,
		.claim_count = 3 };

	sharing_text_step(out, &change, &known);
}

START_TEST(a_step_tells_what_was_closed_and_what_was_heard)
{
	struct store_claim claims[] = { { .n = 3, .heard = nothing },
		{ .n = 5, .heard = nothing }, { .n = 6, .heard = nothing } };
	struct sharing_step step;
	struct buffer text;
	const char *at;

	buffer_init(&text, SHARING_TEXT_MOST);
	append_step(&text);
	append_step(&text);
	at = buffer_string(&text);
	ck_assert(sharing_text_read_step(&at, &step));
	ck_assert_int_eq(step.row.host_id, -1);
	ck_assert_int_eq(step.row.number, INT64_MAX);
	ck_assert_int_eq(step.row.shift, -40);
	ck_assert_int_eq(step.was.next_n, 6);
	ck_assert_uint_eq(step.was.claim_count, 4);
	ck_assert_int_eq(step.is.next_n, 7);
	ck_assert_uint_eq(step.is.claim_count, 3);
	ck_assert_int_eq(sharing_text_read_closed(&step.rest), 2);
	ck_assert_int_eq(sharing_text_read_closed(&step.rest), 4);
	ck_assert_int_eq(sharing_text_read_closed(&step.rest), 0);
	sharing_text_read_claims(&step.rest, claims, 3);
	ck_assert_int_eq(claims[0].heard.last_heard, -1);
	ck_assert_int_eq(claims[1].heard.last_heard, 200);
	ck_assert_int_eq(claims[1].heard.frames, -1);
	ck_assert_int_eq(claims[2].heard.last_heard, -1);
	ck_assert_int_eq(claims[2].heard.malformed, 9);
	ck_assert(sharing_text_read_step(&at, &step));
	ck_assert_str_eq(at, "");
	buffer_done(&text);
}
END_TEST

START_TEST(a_step_that_is_cut_is_none)
{
	struct buffer text;

	buffer_init(&text, SHARING_TEXT_MOST);
	append_step(&text);
	for (size_t size = 0; size < 40; size++) {
		char *cut = strndup(buffer_string(&text), size);
		const char *at = cut;
		struct sharing_step step;

		ck_assert(!sharing_text_read_step(&at, &step));
		free(cut);
	}
	buffer_done(&text);
}
END_TEST

START_TEST(a_text_is_cut_between_two_hosts)
{
	struct buffer text;
	size_t one;

	buffer_init(&text, SHARING_TEXT_MOST);
	append(&text, 7, 200);
	one = text.size;
	append(&text, 8, 200);
	ck_assert_uint_eq(
	    sharing_text_whole(buffer_string(&text), text.size, one), one);
	ck_assert_uint_eq(
	    sharing_text_whole(buffer_string(&text), text.size, one * 2 - 1),
	    one);
	ck_assert_uint_eq(
	    sharing_text_whole(buffer_string(&text), text.size, one * 9),
	    one * 2);
	buffer_done(&text);
}
END_TEST

START_TEST(what_is_cut_anywhere_is_read_as_far_as_it_goes)
{
	struct buffer text;

	buffer_init(&text, SHARING_TEXT_MOST);
	append(&text, 7, 200);
	for (size_t size = 0; size < text.size; size++) {
		struct model_heard claim = { .n = 5,
			.heard = { 90, 91, 92, 93, 94, 95 } };
		char *cut = strndup(buffer_string(&text), size);
		const char *at = cut;
		struct store_host told;

		if (sharing_text_read_host(&at, &told))
			sharing_text_read_heard(&at, &claim, 1);
		ck_assert(at <= cut + size);
		/* All of what was heard of a claim, or nothing. */
		ck_assert_int_eq(claim.heard.last_heard, 91);
		free(cut);
	}
	buffer_done(&text);
}
END_TEST

SUITE("sharing_text", what_one_tells_the_other_reads,
    a_step_tells_what_was_closed_and_what_was_heard, a_step_that_is_cut_is_none,
    a_text_is_cut_between_two_hosts,
    what_is_cut_anywhere_is_read_as_far_as_it_goes)
