#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collector/embedded.h"
#include "collector/store.h"
#include "tests/support/suite.h"

/* What version 1 has stored: one claim that is still said, one that is over. */
static const char rows[] =
    "INSERT INTO host VALUES (7, '0000000000000000000000000000000f', 5, 'd', "
    "3);"
    "INSERT INTO host_seen VALUES (7, 900);"
    "INSERT INTO claim VALUES (7, 1, 'nic', 'ens1', 800, NULL, '{\"a\":1}');"
    "INSERT INTO claim VALUES (7, 2, 'link', 'br0', 700, 750, '{}');"
    "INSERT INTO heard VALUES (7, 1, 1, 2, 3, 4, 5, 6);"
    "INSERT INTO heard VALUES (7, 2, 1, 2, 3, 4, 5, 6);"
    "INSERT INTO frame VALUES (7, 1, 'AAEC');"
    "PRAGMA user_version=1";

static char path[] = "/tmp/demarc-upgrade-XXXXXX";

static void
make_version_1(void)
{
	sqlite3 *database;
	int file = mkstemp(path);

	ck_assert_int_ge(file, 0);
	(void)close(file);
	ck_assert_int_eq(sqlite3_open(path, &database), SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_exec(database, (const char *)embedded_sql[0].octets, NULL,
		NULL, NULL),
	    SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_exec(database, rows, NULL, NULL, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
}

/* What version 3 has stored: with a host's clock and a virtual switch. */
static const char rows_of_3[] =
    "UPDATE host_seen SET shift = 30;"
    "INSERT INTO claim VALUES (7, 3, 'vswitch', 'br0', 800, NULL, '{}');"
    "INSERT INTO heard VALUES (7, 3, -1, -1, -1, -1, -1, -1);"
    "PRAGMA user_version=3";

static void
make_version_3(void)
{
	sqlite3 *database;

	ck_assert_int_eq(sqlite3_open(path, &database), SQLITE_OK);
	for (size_t i = 1; i < 3; i++)
		ck_assert_int_eq(
		    sqlite3_exec(database, (const char *)embedded_sql[i].octets,
			NULL, NULL, NULL),
		    SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_exec(database, rows_of_3, NULL, NULL, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
}

static void
remove_all(void)
{
	static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
	char name[64];

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		(void)unlink(name);
	}
}

static struct store *
open_store(void)
{
	char error[STORE_ERROR_SIZE];
	struct store *s = NULL;

	ck_assert_msg(store_open(path, &s, error) == STATUS_OK, "%s", error);
	return s;
}

static void
check_claim(void *context, const struct store_claim *c)
{
	int *count = context;

	if (++*count > 1)
		return;
	ck_assert_int_eq(c->n, 1);
	ck_assert_int_eq(c->kind, CLAIM_NIC);
	ck_assert_str_eq(c->key, "ens1");
	ck_assert_str_eq(c->facts, "{\"a\":1}");
	ck_assert_int_eq(c->since, 800);
	ck_assert_int_eq(c->heard.malformed, 6);
}

static int64_t
number_of(const char *question)
{
	sqlite3_stmt *row = NULL;
	sqlite3 *database;
	int64_t count;

	ck_assert_int_eq(sqlite3_open(path, &database), SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_prepare_v2(database, question, -1, &row, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(row), SQLITE_ROW);
	count = sqlite3_column_int64(row, 0);
	(void)sqlite3_finalize(row);
	ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
	return count;
}

static int64_t
count_of(const char *table)
{
	char question[64];

	(void)snprintf(
	    question, sizeof(question), "SELECT count(*) FROM %s", table);
	return number_of(question);
}

START_TEST(a_database_of_version_1_keeps_all_and_takes_the_new_kinds)
{
	struct store_claim workload = { .n = 3,
		.kind = CLAIM_WORKLOAD,
		.key = "web-01",
		.facts = "{}",
		.since = 1000 };
	struct store_claim vlan = { .n = 5,
		.kind = CLAIM_HEARD_VLAN,
		.key = "ens1 140",
		.facts = "{\"id\":140}",
		.since = 1000 };
	struct store_host host;
	struct store *s;
	int count = 0;

	make_version_1();
	s = open_store();
	ck_assert_int_eq(
	    store_claim_visit(s, 7, check_claim, &count), STATUS_OK);
	ck_assert_int_eq(count, 1);
	ck_assert_int_eq(store_begin(s), STATUS_OK);
	ck_assert_int_eq(store_claim_open(s, 7, &workload), STATUS_OK);
	ck_assert_int_eq(store_claim_open(s, 7, &vlan), STATUS_OK);
	ck_assert_int_eq(store_commit(s), STATUS_OK);
	ck_assert_int_eq(store_host_get(s, 7, &host), STATUS_OK);
	ck_assert_int_eq(host.seen_at, 900);
	ck_assert_int_eq(host.shift, 0);
	store_close(s);
	s = open_store(); /* upgraded once, opened as it is */
	count = 0;
	ck_assert_int_eq(
	    store_claim_visit(s, 7, check_claim, &count), STATUS_OK);
	ck_assert_int_eq(count, 3);
	store_close(s);
	ck_assert_int_eq(count_of("claim"), 3);
	ck_assert_int_eq(count_of("past"), 1);
	remove_all();
}
END_TEST

START_TEST(a_database_of_version_3_keeps_all_and_takes_vlans_heard)
{
	struct store_claim vlan = { .n = 4,
		.kind = CLAIM_HEARD_VLAN,
		.key = "ens1 140",
		.facts = "{\"id\":140}",
		.since = 1000 };
	struct store_host host;
	struct store *s;
	int count = 0;

	memcpy(path + strlen(path) - 6, "XXXXXX", 6);
	make_version_1();
	make_version_3();
	s = open_store();
	ck_assert_int_eq(store_host_get(s, 7, &host), STATUS_OK);
	ck_assert_int_eq(host.shift, 30);
	ck_assert_int_eq(store_begin(s), STATUS_OK);
	ck_assert_int_eq(store_claim_open(s, 7, &vlan), STATUS_OK);
	ck_assert_int_eq(store_commit(s), STATUS_OK);
	ck_assert_int_eq(
	    store_claim_visit(s, 7, check_claim, &count), STATUS_OK);
	ck_assert_int_eq(count, 3); /* the NIC, the switch, the VLAN */
	store_close(s);
	ck_assert_int_eq(count_of("claim"), 3);
	remove_all();
}
END_TEST

/* What version 4 has stored: a neighbor that is heard, and one of the past,
 * each with its frame. */
static const char rows_of_4[] =
    "INSERT INTO claim VALUES (7, 4, 'neighbor', '[\"ens1\",\"lldp\"]', 810,"
    " NULL, '{\"protocol\":\"lldp\",\"ttl_s\":120}');"
    "INSERT INTO heard VALUES (7, 4, 810, 890, 1010, 3, -1, -1);"
    "INSERT INTO frame VALUES (7, 4, 'AYDCAA4=');"
    "INSERT INTO claim VALUES (7, 5, 'neighbor', '[\"ens1\",\"cdp\"]', 720,"
    " 790, '{\"protocol\":\"cdp\",\"ttl_s\":180}');"
    "INSERT INTO heard VALUES (7, 5, 720, 780, 960, 2, -1, -1);"
    "INSERT INTO frame VALUES (7, 5, 'AQAMzMzM');"
    "PRAGMA user_version=4";

static void
make_version_4(void)
{
	sqlite3 *database;

	ck_assert_int_eq(sqlite3_open(path, &database), SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_exec(database, (const char *)embedded_sql[3].octets, NULL,
		NULL, NULL),
	    SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_exec(database, rows_of_4, NULL, NULL, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
}

static void
check_neighbor(void *context, const struct store_claim *c)
{
	int *count = context;

	++*count;
	if (c->kind != CLAIM_NEIGHBOR)
		return;
	ck_assert_str_eq(c->key, "[\"ens1\",\"lldp\"]");
	ck_assert_str_eq(c->facts, "{\"protocol\":\"lldp\",\"ttl_s\":120}");
	ck_assert_int_eq(c->heard.last_heard, 890);
	ck_assert_int_eq(c->heard.frames, 3);
	ck_assert_int_eq(c->heard.dropped, -1);
}

static void
check_frame(void *context, const char *base64)
{
	(void)context;
	ck_assert_str_eq(base64, "AYDCAA4=");
}

START_TEST(a_database_of_version_4_keeps_its_past_apart)
{
	struct store *s;
	int count = 0;

	memcpy(path + strlen(path) - 6, "XXXXXX", 6);
	make_version_1();
	make_version_3();
	make_version_4();
	s = open_store();
	ck_assert_int_eq(
	    store_claim_visit(s, 7, check_neighbor, &count), STATUS_OK);
	ck_assert_int_eq(count, 3); /* the NIC, the switch, the neighbor */
	ck_assert_int_eq(
	    store_frame_get(s, 7, 4, check_frame, NULL), STATUS_OK);
	store_close(s);
	ck_assert_int_eq(count_of("past"), 2);
	ck_assert_int_eq(number_of("SELECT length(frame) FROM past"
				   " WHERE until = 790 AND since = 720"),
	    6);
	ck_assert_int_eq(number_of("SELECT since FROM history"), 700);
	ck_assert_int_eq(number_of("SELECT alive_at FROM history"), 900);
	/* Only such a file can shrink. */
	ck_assert_int_eq(number_of("PRAGMA auto_vacuum"), 2);
	remove_all();
}
END_TEST

SUITE("upgrade", a_database_of_version_1_keeps_all_and_takes_the_new_kinds,
    a_database_of_version_3_keeps_all_and_takes_vlans_heard,
    a_database_of_version_4_keeps_its_past_apart)
