#include "collector/span.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/database.h"
#include "tests/support/suite.h"

enum { HOSTS = 3, KEYS = 6, MOMENTS = 200, FACTS_SIZE = 64 };

/* What each host says of each key; "": nothing. */
struct state {
	char facts[HOSTS][KEYS][FACTS_SIZE];
};

static struct store *store;
static struct state states[MOMENTS];
static int64_t next_n = 1;
static struct store_claim open_claims[HOSTS][KEYS];
static uint32_t seed;

static uint32_t
draw(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

static const char *
key_of(size_t key, char out[static FACTS_SIZE])
{
	(void)snprintf(out, FACTS_SIZE, "e%zu", key);
	return out;
}

static void
close_claim(size_t host, size_t key, int64_t at)
{
	struct store_claim *c = &open_claims[host][key];

	ck_assert_int_eq(
	    store_claim_close(store, (int64_t)host + 1, c, at), STATUS_OK);
	c->n = 0;
}

static void
open_claim(size_t host, size_t key, int64_t at, const char *facts)
{
	struct store_claim *c = &open_claims[host][key];
	char name[FACTS_SIZE];

	*c = (struct store_claim){ .n = next_n++,
		.kind = CLAIM_NIC,
		.key = key_of(key, name),
		.facts = facts,
		.since = at,
		.heard = { -1, -1, -1, -1, -1, -1 } };
	ck_assert_int_eq(
	    store_claim_open(store, (int64_t)host + 1, c), STATUS_OK);
}

/* Something begins, ends or changes; sometimes more than once in a second. */
static void
happen(struct state *now, int64_t at)
{
	for (uint32_t i = draw(4); i > 0; i--) {
		size_t host = draw(HOSTS), key = draw(KEYS);
		char *facts = now->facts[host][key];

		if (facts[0])
			close_claim(host, key, at);
		facts[0] = '\0';
		if (draw(3) == 0)
			continue;
		(void)snprintf(facts, FACTS_SIZE, "{\"mtu\":%u}", draw(9000));
		open_claim(host, key, at, facts);
	}
}

static void
begin(uint32_t from)
{
	char error[STORE_ERROR_SIZE];

	seed = from;
	ck_assert_int_eq(
	    store_open(database_of_test(), &store, error), STATUS_OK);
	ck_assert_int_eq(store_begin(store), STATUS_OK);
	for (int64_t at = 0; at < MOMENTS; at++) {
		if (at > 0)
			states[at] = states[at - 1];
		happen(&states[at], at);
	}
	ck_assert_int_eq(store_commit(store), STATUS_OK);
}

/* Applies what changed, forwards or backwards. */
struct applying {
	struct state state;
	bool back;
	int64_t last; /* the moment before */
};

static void
apply(void *context, const struct span_group *group)
{
	struct applying *a = context;

	ck_assert_int_le(group->at, a->last);
	a->last = group->at;
	for (size_t i = 0; i < group->count; i++) {
		const struct change_pair *p = &group->pairs[i];
		const struct change_claim *from = a->back ? p->is : p->was;
		const struct change_claim *to = a->back ? p->was : p->is;
		size_t key = (size_t)((from ? from : to)->key[1] - '0');
		char *facts = a->state.facts[group->host_id - 1][key];

		ck_assert_str_eq(facts, from ? from->facts : "");
		(void)snprintf(facts, FACTS_SIZE, "%s", to ? to->facts : "");
	}
}

/* All groups of a walk, to be gone through the other way. */
struct kept {
	struct span_group groups[MOMENTS * HOSTS];
	size_t count;
};

static void
keep(void *context, const struct span_group *group)
{
	struct kept *k = context;
	size_t size = group->count * sizeof(*group->pairs);
	struct change_pair *pairs = malloc(size);
	struct change_claim *claims = calloc(group->count * 2, sizeof(*claims));

	for (size_t i = 0; i < group->count; i++) {
		pairs[i] = group->pairs[i];
		if (pairs[i].was) {
			claims[2 * i] = *pairs[i].was;
			pairs[i].was = &claims[2 * i];
		}
		if (pairs[i].is) {
			claims[2 * i + 1] = *pairs[i].is;
			pairs[i].is = &claims[2 * i + 1];
		}
	}
	k->groups[k->count] = *group;
	k->groups[k->count++].pairs = pairs;
}

static void
check_state(const struct state *state, int64_t at)
{
	for (size_t h = 0; h < HOSTS; h++) {
		for (size_t k = 0; k < KEYS; k++)
			ck_assert_msg(strcmp(state->facts[h][k],
					  states[at].facts[h][k]) == 0,
			    "at %lld host %zu key %zu is \"%s\", not \"%s\"",
			    (long long)at, h, k, state->facts[h][k],
			    states[at].facts[h][k]);
	}
}

static void
load(int64_t from, int64_t to, struct span *out)
{
	struct span_wish wish = { from + 1, to + 1, 0, -1, 0 };

	ck_assert_int_eq(span_load(store, &wish, out), STATUS_OK);
	ck_assert(!out->cut);
}

START_TEST(changes_applied_backwards_give_any_past_state)
{
	begin(1);
	for (int round = 0; round < 100; round++) {
		int64_t to = 1 + draw(MOMENTS - 1), from = draw((uint32_t)to);
		struct applying a = { states[to], true, INT64_MAX };
		struct span span;

		load(from, to, &span);
		ck_assert_int_eq(span_moments(&span, apply, &a), STATUS_OK);
		check_state(&a.state, from);
		span_done(&span);
	}
	store_close(store);
}
END_TEST

START_TEST(changes_applied_forwards_give_what_came)
{
	struct kept *kept = calloc(1, sizeof(*kept));
	struct applying a = { states[0], false, INT64_MAX };
	struct span span;

	begin(99);
	a.state = states[20];
	load(20, 180, &span);
	ck_assert_int_eq(span_moments(&span, keep, kept), STATUS_OK);
	for (size_t i = kept->count; i-- > 0;) {
		a.last = INT64_MAX;
		apply(&a, &kept->groups[i]);
		if (i == 0 || kept->groups[i - 1].at > kept->groups[i].at)
			check_state(&a.state, kept->groups[i].at);
	}
	check_state(&a.state, 180);
	for (size_t i = 0; i < kept->count; i++) {
		/* Their claims begin one block. */
		const struct change_pair *p = kept->groups[i].pairs;

		free((void *)(uintptr_t)(p->was ? p->was : p->is - 1));
		free((void *)(uintptr_t)p);
	}
	free(kept);
	span_done(&span);
	store_close(store);
}
END_TEST

START_TEST(the_difference_of_two_moments_is_what_remains)
{
	begin(7);
	for (int round = 0; round < 30; round++) {
		int64_t to = 1 + draw(MOMENTS - 1), from = draw((uint32_t)to);
		struct applying a = { states[from], false, INT64_MAX };
		struct span span;

		load(from, to, &span);
		ck_assert_int_eq(span_net(&span, apply, &a), STATUS_OK);
		check_state(&a.state, to);
		span_done(&span);
	}
	store_close(store);
}
END_TEST

START_TEST(a_span_that_is_too_large_is_cut_at_a_moment)
{
	struct span_wish wish = { 0, MOMENTS, 0, -1, 50 };
	struct applying a = { .back = true, .last = INT64_MAX };
	int64_t until = MOMENTS;

	begin(3);
	a.state = states[MOMENTS - 1];
	do {
		struct span span;

		wish.until = until;
		ck_assert_int_eq(span_load(store, &wish, &span), STATUS_OK);
		ck_assert_uint_le(span.count, 60);
		ck_assert_int_eq(span_moments(&span, apply, &a), STATUS_OK);
		ck_assert(span.cut == (span.since > 0));
		until = span.since;
		if (until > 0)
			check_state(&a.state, until - 1);
		span_done(&span);
	} while (until > 0);
	store_close(store);
}
END_TEST

START_TEST(one_host_or_kind_is_read_alone)
{
	struct span_wish wish = { 0, MOMENTS, 2, -1, 0 };
	struct span span;

	begin(3);
	ck_assert_int_eq(span_load(store, &wish, &span), STATUS_OK);
	ck_assert_uint_gt(span.count, 0);
	for (size_t i = 0; i < span.count; i++)
		ck_assert_int_eq(span.rows[i].host_id, 2);
	span_done(&span);
	wish.kind = CLAIM_WORKLOAD;
	ck_assert_int_eq(span_load(store, &wish, &span), STATUS_OK);
	ck_assert_uint_eq(span.count, 0);
	span_done(&span);
	store_close(store);
}
END_TEST

SUITE("span", changes_applied_backwards_give_any_past_state,
    changes_applied_forwards_give_what_came,
    the_difference_of_two_moments_is_what_remains,
    a_span_that_is_too_large_is_cut_at_a_moment, one_host_or_kind_is_read_alone)
