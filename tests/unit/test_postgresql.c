/* What only PostgreSQL does; run_postgresql.sh gives one. */
#include <check.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "collector/history.h"
#include "collector/store.h"
#include "tests/support/asking.h"
#include "tests/support/database.h"
#include "tests/support/suite.h"

static bool
is_there(void)
{
	return getenv("DEMARC_POSTGRESQL") != NULL;
}

static struct store *
opened(const char *database)
{
	char error[STORE_ERROR_SIZE];
	struct store *s = NULL;

	ck_assert_msg(
	    store_open(database, &s, error) == STATUS_OK, "%s", error);
	return s;
}

/* Says it to the server, in the schema of the test. */
static void
say(const char *database, const char *text)
{
	PGconn *connection = PQconnectdb(strchr(database, ':') + 1);
	PGresult *result = PQexec(connection, text);

	ck_assert_msg(PQresultStatus(result) == PGRES_COMMAND_OK ||
			  PQresultStatus(result) == PGRES_TUPLES_OK,
	    "%s", PQerrorMessage(connection));
	PQclear(result);
	PQfinish(connection);
}

static const struct store_host host = { .host_id = 7,
	.machine_id = "0000000000000000000000000000000f",
	.digest = "0000000000000001",
	.number = 1,
	.next_n = 2,
	.seen_at = 1000 };

static enum status
put(struct store *s)
{
	enum status status = store_begin(s);

	if (status == STATUS_OK)
		status = store_host_put(s, &host);
	if (status == STATUS_OK)
		status = store_commit(s);
	if (status != STATUS_OK)
		store_rollback(s);
	return status;
}

START_TEST(several_open_it_at_once_and_all_see_what_one_wrote)
{
	struct store_host seen;
	const char *database;
	struct store *a, *b;

	if (!is_there())
		return;
	database = database_of_test();
	a = opened(database);
	b = opened(database);
	ck_assert_int_eq(put(a), STATUS_OK);
	ck_assert_int_eq(store_host_get(b, 7, &seen), STATUS_OK);
	ck_assert_mem_eq(&seen, &host, sizeof(seen));
	store_close(a);
	store_close(b);
}
END_TEST

START_TEST(tables_of_a_newer_version_are_refused)
{
	char error[STORE_ERROR_SIZE];
	struct store *s = NULL;
	const char *database;

	if (!is_there())
		return;
	database = database_of_test();
	store_close(opened(database));
	say(database, "UPDATE demarc_schema SET version = 99");
	ck_assert_int_eq(store_open(database, &s, error), STATUS_NEWER);
	ck_assert_ptr_nonnull(strstr(error, "newer demarc (schema 99, "));
}
END_TEST

START_TEST(a_server_that_is_not_there_is_said_and_no_password)
{
	char error[STORE_ERROR_SIZE];
	struct store *s = NULL;

	ck_assert_int_eq(
	    store_open("postgresql://u:secret@127.0.0.1:1/x", &s, error),
	    STATUS_BUSY);
	ck_assert_ptr_nonnull(strstr(error, "127.0.0.1"));
	ck_assert_ptr_null(strstr(error, "secret"));
	ck_assert_int_ne(
	    store_open("postgresql:nonsense", &s, error), STATUS_OK);
}
END_TEST

static const char kick[] =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE application_name = 'demarc-collector'"
    " AND backend_start > now() - interval '1 minute'";

START_TEST(a_connection_that_is_lost_is_made_anew)
{
	struct store_host seen;
	const char *database;
	struct store *s;

	if (!is_there())
		return;
	database = database_of_test();
	s = opened(database);
	ck_assert_int_eq(put(s), STATUS_OK);
	say(database, kick);
	/* The first to meet it fails, and may try again at once. */
	ck_assert_int_eq(put(s), STATUS_BUSY);
	ck_assert(store_may_retry(s));
	ck_assert(!s->doubtful);
	ck_assert_int_eq(put(s), STATUS_OK);
	/* Others may have written between. */
	ck_assert(s->doubtful);
	ck_assert_int_eq(store_begin(s), STATUS_OK);
	ck_assert_int_eq(store_host_put(s, &host), STATUS_OK);
	say(database, kick);
	ck_assert_int_ne(store_commit(s), STATUS_OK);
	store_rollback(s);
	ck_assert_int_eq(store_host_get(s, 7, &seen), STATUS_OK);
	store_close(s);
}
END_TEST

/* As a report of one NIC that has this MTU. */
static void
post(int number, int mtu)
{
	char text[512];

	(void)snprintf(text, sizeof(text),
	    "{\"version\":1,\"number\":%d,\"sent_at\":1000,"
	    "\"digest\":\"%016x\",\"host\":{\"id\":\"%016x%016x\","
	    "\"name\":\"hv1\"},\"nics\":[{\"name\":\"a\",\"mtu\":%d}],"
	    "\"links\":[]}",
	    number, number, 15, 15, mtu);
	asking_post(text);
}

START_TEST(what_others_wrote_while_the_connection_was_lost_stays)
{
	char error[STORE_ERROR_SIZE];
	struct store_host seen;
	struct store *reader;
	const char *database;

	if (!is_there())
		return;
	database = database_of_test();
	asking_store = opened(database);
	ck_assert_int_eq(
	    api_new(asking_store, NULL, asking_time, &asking_api), STATUS_OK);
	api_stop(asking_api); /* from now on, only who posts uses the store */
	post(1, 1500);
	say(database, kick);
	say(database, "UPDATE host SET number = 10");
	post(2, 9000);
	ck_assert_int_eq(store_reader(asking_store, &reader, error), STATUS_OK);
	ck_assert_int_eq(store_host_get(reader, 7, &seen), STATUS_OK);
	ck_assert_int_eq(seen.number, 10);
	/* Its numbers of claims are used by another one. */
	say(database, kick);
	say(database, "UPDATE claim SET n = n + 10; "
		      "UPDATE host SET next_n = next_n + 10");
	post(11, 9000);
	store_close(reader);
	ck_assert_int_eq(store_reader(asking_store, &reader, error), STATUS_OK);
	ck_assert_int_eq(store_host_get(reader, 7, &seen), STATUS_OK);
	ck_assert_int_eq(seen.number, 11);
	store_close(reader);
	asking_end();
}
END_TEST

START_TEST(what_contradicts_shows_when_it_is_committed)
{
	struct store_claim claim = { .n = 1,
		.kind = CLAIM_HOST,
		.key = "host",
		.facts = "{}",
		.since = 1000 };
	struct store_host seen;
	struct store *s;

	if (!is_there())
		return;
	s = opened(database_of_test());
	ck_assert_int_eq(store_begin(s), STATUS_OK);
	ck_assert_int_eq(store_claim_open(s, 7, &claim), STATUS_OK);
	ck_assert_int_eq(store_claim_open(s, 7, &claim), STATUS_OK);
	ck_assert_int_eq(store_host_put(s, &host), STATUS_OK);
	ck_assert_int_eq(store_commit(s), STATUS_SYSTEM);
	ck_assert(s->doubtful);
	store_rollback(s);
	ck_assert_int_eq(store_host_get(s, 7, &seen), STATUS_NOT_FOUND);
	/* A question within shows it, too, and spoils nothing after it. */
	ck_assert_int_eq(store_begin(s), STATUS_OK);
	ck_assert_int_eq(store_claim_open(s, 7, &claim), STATUS_OK);
	ck_assert_int_eq(store_claim_open(s, 7, &claim), STATUS_OK);
	ck_assert_int_eq(store_host_get(s, 7, &seen), STATUS_SYSTEM);
	store_rollback(s);
	ck_assert_int_eq(put(s), STATUS_OK);
	store_close(s);
}
END_TEST

static void
note_past(void *context, const struct history_claim *claim)
{
	unsigned *found = context;

	++*found;
	ck_assert_int_eq(claim->until, 2000);
	ck_assert_int_eq(claim->claim.n, 1);
	ck_assert_int_eq(claim->claim.heard.last_heard, 1005);
	ck_assert_str_eq(claim->claim.key, "a");
}

static void
count_claim(void *context, const struct store_claim *c)
{
	unsigned *count = context;

	++*count;
	ck_assert_int_ne(c->n, 1);
}

/* They are sent together, and statement by statement. */
START_TEST(rows_of_a_transaction_end_as_if_one_came_after_the_other)
{
	enum { CLAIMS = 300 };
	struct store_claim claim = { .kind = CLAIM_NEIGHBOR,
		.key = "a",
		.facts = "{}",
		.since = 1000,
		.heard = { 1000, 1005, 1100, 1, 0, 0 } };
	struct store_host newer = host, seen;
	unsigned past = 0, current = 0;
	struct store *s;

	if (!is_there())
		return;
	s = opened(database_of_test());
	newer.number = 2;
	ck_assert_int_eq(store_begin(s), STATUS_OK);
	ck_assert_int_eq(store_host_put(s, &host), STATUS_OK);
	for (claim.n = 1; claim.n <= CLAIMS; claim.n++) {
		ck_assert_int_eq(store_claim_open(s, 7, &claim), STATUS_OK);
		ck_assert_int_eq(
		    store_heard_put(s, 7, claim.n, &claim.heard), STATUS_OK);
		ck_assert_int_eq(
		    store_frame_put(s, 7, claim.n, "AAEC"), STATUS_OK);
	}
	claim.n = 1;
	ck_assert_int_eq(store_claim_close(s, 7, &claim, 2000), STATUS_OK);
	ck_assert_int_eq(store_host_put(s, &newer), STATUS_OK);
	/* Who asks within sees all of it. */
	ck_assert_int_eq(store_host_get(s, 7, &seen), STATUS_OK);
	ck_assert_int_eq(seen.number, 2);
	ck_assert_int_eq(store_commit(s), STATUS_OK);
	ck_assert_int_eq(
	    store_claim_visit(s, 7, count_claim, &current), STATUS_OK);
	ck_assert_uint_eq(current, CLAIMS - 1);
	ck_assert_int_eq(
	    history_ended(s, 0, 3000, note_past, &past), STATUS_OK);
	ck_assert_uint_eq(past, 1);
	/* What was taken back leaves nothing behind. */
	ck_assert_int_eq(store_begin(s), STATUS_OK);
	ck_assert_int_eq(store_host_put(s, &host), STATUS_OK);
	store_rollback(s);
	ck_assert_int_eq(store_begin(s), STATUS_OK);
	ck_assert_int_eq(store_commit(s), STATUS_OK);
	ck_assert_int_eq(store_host_get(s, 7, &seen), STATUS_OK);
	ck_assert_int_eq(seen.number, 2);
	store_close(s);
}
END_TEST

SUITE("postgresql", several_open_it_at_once_and_all_see_what_one_wrote,
    tables_of_a_newer_version_are_refused,
    a_server_that_is_not_there_is_said_and_no_password,
    a_connection_that_is_lost_is_made_anew,
    what_others_wrote_while_the_connection_was_lost_stays,
    what_contradicts_shows_when_it_is_committed,
    rows_of_a_transaction_end_as_if_one_came_after_the_other)
