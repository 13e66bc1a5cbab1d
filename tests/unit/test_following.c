/* One collector stores, the other one follows what it is told. */
#include "collector/following.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/facts.h"
#include "tests/support/database.h"
#include "tests/support/suite.h"

enum { HOSTS = 100, ROUNDS = 40, TEXT_MOST = 1 << 20 };

static const struct heard nothing = { -1, -1, -1, -1, -1, -1 };

static struct store *writer, *reader;
static struct model stored, followed; /* as each of the two knows them */
static struct buffer steps;           /* that are told */
static struct host_ids whole;
static pthread_mutex_t changing = PTHREAD_MUTEX_INITIALIZER;
static unsigned taken;
static bool reread[HOSTS]; /* what was heard is not in the store then */

static unsigned
chance(unsigned most)
{
	static unsigned seed = 1;

	return (unsigned)rand_r(&seed) % most;
}

/* ---- the one that stores ---------------------------------------------------
 */

static struct store *
opened(const char *database)
{
	char error[STORE_ERROR_SIZE];
	struct store *s = NULL;

	ck_assert_msg(
	    store_open(database, &s, error) == STATUS_OK, "%s", error);
	return s;
}

static void
tell_step(const struct model_change *change)
{
	sharing_text_step(
	    &steps, change, model_find(&stored, change->row.host_id));
	ck_assert(buffer_ok(&steps));
}

static struct store_claim
new_claim(int64_t n, int64_t moment)
{
	static char keys[64][32], facts[64][32];
	static unsigned next;
	unsigned at = next++ % 64;

	(void)snprintf(keys[at], sizeof(keys[at]), "thing%u", next);
	(void)snprintf(facts[at], sizeof(facts[at]), "{\"a\":%u}", next);
	return (struct store_claim){ .n = n,
		.kind = next % 3 == 0 ? CLAIM_NIC : CLAIM_WORKLOAD,
		.key = keys[at],
		.facts = facts[at],
		.since = moment,
		.heard = next % 3 == 0
			     ? (struct heard){ 1, moment, moment + 9, 5, 0, 0 }
			     : nothing };
}

/* Closes some claims and opens some, within a transaction; tells it, or not. */
static void
change_host(int64_t id, int64_t moment, bool told)
{
	const struct model_host *h = model_find(&stored, id);
	struct store_claim claims[512];
	struct model_change change = {
		.row = { .host_id = id, .machine_id = "f", .next_n = 1 },
		.claims = claims
	};

	if (h)
		change.row = h->row;
	change.row.number++;
	change.row.seen_at = moment;
	(void)snprintf(
	    change.row.digest, DIGEST_SIZE, "%016x", chance(1 << 30));
	for (size_t i = 0; h && i < h->claim_count; i++) {
		const struct model_claim *known = &h->claims[i];
		struct store_claim c = { known->n, known->kind, known->key,
			known->facts, known->since, facts_heard(known), 0 };

		if (chance(8) == 0) {
			ck_assert_int_eq(
			    store_claim_close(writer, id, &c, moment),
			    STATUS_OK);
			continue;
		}
		if (c.heard.last_heard >= 0)
			c.heard.last_heard = moment;
		claims[change.claim_count++] = c;
	}
	for (unsigned more = chance(4); more > 0; more--) {
		struct store_claim c = new_claim(change.row.next_n++, moment);

		ck_assert_int_eq(store_claim_open(writer, id, &c), STATUS_OK);
		claims[change.claim_count++] = c;
	}
	ck_assert_int_eq(store_host_put(writer, &change.row), STATUS_OK);
	if (told)
		tell_step(&change);
	ck_assert_int_eq(model_take(&stored, &change), STATUS_OK);
}

enum which { EACH, ANY, EACH_SEVENTH };

/* In one transaction; of ten, 'untold' are not told. */
static void
change_hosts(enum which which, int64_t moment, unsigned untold)
{
	int64_t step = which == EACH_SEVENTH ? 7 : 1;

	ck_assert_int_eq(store_begin(writer), STATUS_OK);
	for (int64_t id = 0; id < HOSTS; id += step)
		change_host(which == ANY ? chance(HOSTS) : id, moment,
		    chance(10) >= untold);
	ck_assert_int_eq(store_commit(writer), STATUS_OK);
}

/* ---- the one that follows --------------------------------------------------
 */

static const struct model_host *
known(void *context, int64_t host_id)
{
	return model_find(context, host_id);
}

static enum status
show(void *context, const struct model_change *change)
{
	taken++;
	return model_take(context, change);
}

static void
follow(void)
{
	const struct following_into into = { reader, known, &changing, show,
		&followed };
	struct following f = { .count = 0 };
	struct buffer told = steps;

	buffer_init(&steps, TEXT_MOST);
	ck_assert_int_eq(following_begin(&f, &told, 1), STATUS_OK);
	while (following_waits(&f))
		ck_assert_int_eq(following_go_on(&f, &into, &whole), STATUS_OK);
	following_done(&f);
}

/* As sharing does. */
static void
read_whole(void)
{
	for (size_t i = 0; i < whole.count; i++) {
		ck_assert_int_eq(
		    model_load_host(&followed, reader, whole.items[i]),
		    STATUS_OK);
		reread[whole.items[i]] = true;
	}
	host_ids_done(&whole);
}

static void
check_same(int64_t id)
{
	const struct model_host *is = model_find(&stored, id);
	const struct model_host *h = model_find(&followed, id);

	ck_assert_ptr_nonnull(h);
	ck_assert_mem_eq(&h->row, &is->row, sizeof(h->row));
	ck_assert_uint_eq(h->claim_count, is->claim_count);
	for (size_t i = 0; i < h->claim_count; i++) {
		const struct model_claim *a = &h->claims[i];
		const struct model_claim *b = &is->claims[i];

		ck_assert_int_eq(a->n, b->n);
		ck_assert_int_eq(a->kind, b->kind);
		ck_assert_int_eq(a->since, b->since);
		ck_assert_str_eq(a->key, b->key);
		ck_assert_str_eq(a->facts, b->facts);
		if (a->heard && !reread[id])
			ck_assert_mem_eq(a->heard, b->heard, sizeof(*a->heard));
	}
}

static bool
begin(void)
{
	const char *database;

	if (!getenv("DEMARC_POSTGRESQL"))
		return false;
	database = database_of_test();
	writer = opened(database);
	reader = opened(database);
	buffer_init(&steps, TEXT_MOST);
	change_hosts(EACH, 1, 10);
	ck_assert_int_eq(model_load(&followed, reader), STATUS_OK);
	return true;
}

static void
end(void)
{
	model_done(&stored);
	model_done(&followed);
	buffer_done(&steps);
	host_ids_done(&whole);
	store_close(writer);
	store_close(reader);
}

START_TEST(who_is_told_every_step_reads_no_host_as_a_whole)
{
	if (!begin())
		return;
	for (int round = 0; round < ROUNDS; round++) {
		change_hosts(ANY, 10 + round, 0);
		follow();
		ck_assert_uint_eq(whole.count, 0);
	}
	for (int64_t id = 0; id < HOSTS; id++)
		check_same(id);
	/* Several steps of a host are one. */
	ck_assert_uint_lt(taken, ROUNDS * HOSTS * 3 / 4);
	end();
}
END_TEST

START_TEST(a_step_that_did_not_come_is_noticed_by_the_next_one)
{
	if (!begin())
		return;
	for (int round = 0; round < ROUNDS; round++) {
		change_hosts(ANY, 10 + round, 1);
		follow();
		read_whole();
	}
	change_hosts(EACH, 1000, 0);
	follow();
	read_whole();
	for (int64_t id = 0; id < HOSTS; id++)
		check_same(id);
	end();
}
END_TEST

START_TEST(what_was_closed_since_it_was_told_makes_it_read_as_a_whole)
{
	struct buffer late;

	if (!begin())
		return;
	for (int round = 0; round < ROUNDS; round++) {
		change_hosts(EACH_SEVENTH, 10 + round, 0);
		late = steps;
		buffer_init(&steps, TEXT_MOST);
		change_hosts(EACH_SEVENTH, 10 + round, 0);
		buffer_done(&steps); /* they come later, or never */
		steps = late;
		follow();
		read_whole();
	}
	/* Never half of it: as it was told, or as it is. */
	for (int64_t id = 0; id < HOSTS; id += 7) {
		const struct model_host *h = model_find(&followed, id);

		if (h->row.number == model_find(&stored, id)->row.number)
			check_same(id);
	}
	change_hosts(EACH_SEVENTH, 1000, 0);
	follow();
	read_whole();
	for (int64_t id = 0; id < HOSTS; id++)
		check_same(id);
	end();
}
END_TEST

START_TEST(steps_that_cannot_be_read_are_none)
{
	struct following f = { .count = 0 };
	struct buffer told;

	buffer_init(&told, TEXT_MOST);
	buffer_text(&told, "7 00000000000000ab 6 17 210 0 2 5 1;7 zz;");
	ck_assert_int_eq(following_begin(&f, &told, 1), STATUS_MALFORMED);
	ck_assert(!following_waits(&f));
	buffer_done(&told);
}
END_TEST

SUITE("following", who_is_told_every_step_reads_no_host_as_a_whole,
    a_step_that_did_not_come_is_noticed_by_the_next_one,
    what_was_closed_since_it_was_told_makes_it_read_as_a_whole,
    steps_that_cannot_be_read_are_none)
