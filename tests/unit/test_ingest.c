#include "collector/ingest.h"

#include <check.h>
#include <sqlite3.h>
#include <string.h>

#include "base/json_read.h"
#include "base/text.h"
#include "collector/model.h"
#include "collector/store.h"
#include "tests/support/database.h"
#include "tests/support/documents.h"
#include "tests/support/suite.h"

enum { NOW = 1000 };

static struct store *
open_store(void)
{
	struct store *s = NULL;
	char error[STORE_ERROR_SIZE];

	ck_assert_msg(store_open(database_of_test(), &s, error) == STATUS_OK,
	    "%s", error);
	return s;
}

/* 'posted_at' by the clock of the host; -1: its agent does not say. */
static enum status
put_posted(struct store *s, const char *text, int64_t posted_at, int64_t now,
    struct ingest_result *out)
{
	struct mistake mistake;
	struct incoming r;
	enum status status;

	incoming_init(&r);
	status = incoming_read(&r, text, strlen(text), &mistake);
	ck_assert_msg(
	    status == STATUS_OK, "%s: %s", mistake.path, mistake.text);
	r.posted_at = posted_at;
	status = ingest(s, &r, now, out);
	incoming_done(&r);
	return status;
}

static enum status
put_text(
    struct store *s, const char *text, int64_t now, struct ingest_result *out)
{
	return put_posted(s, text, -1, now, out);
}

static struct ingest_result
put(struct store *s, int number, const char *neighbors, int64_t now)
{
	char *text = document_of(number, neighbors);
	struct ingest_result result;

	ck_assert_int_eq(put_text(s, text, now, &result), STATUS_OK);
	free(text);
	return result;
}

static enum status
beat(struct store *s, int number, int digest, struct ingest_result *out)
{
	char text[512];

	(void)snprintf(text, sizeof(text),
	    "{\"version\":1,\"number\":%d,\"sent_at\":1060,"
	    "\"heartbeat\":true,\"digest\":\"%016x\","
	    "\"host\":{\"id\":\"" HOST_ID "\"},\"heard\":[{\"nic\":\"ens1f0\","
	    "\"protocol\":\"lldp\",\"source_mac\":\"b8:ce:f6:00:00:01\","
	    "\"last_heard\":1050,\"expires\":1170}]}",
	    number, (unsigned)digest);
	return put_text(s, text, 1060, out);
}

START_TEST(only_what_changed_is_written)
{
	struct store *s = open_store();
	struct ingest_result r = put(s, 1, document_neighbor, NOW);

	ck_assert_uint_eq(r.opened, 3);
	ck_assert_uint_eq(r.closed, 0);
	/* The same facts again: only the NIC counted more frames. */
	r = put(s, 2, document_neighbor, NOW + 60);
	ck_assert_uint_eq(r.opened, 0);
	ck_assert_uint_eq(r.closed, 0);
	ck_assert_uint_eq(r.heard, 1);
	/* The neighbor is gone. */
	r = put(s, 3, "", NOW + 120);
	ck_assert_uint_eq(r.opened, 0);
	ck_assert_uint_eq(r.closed, 1);
	/* And back. */
	r = put(s, 4, document_neighbor, NOW + 180);
	ck_assert_uint_eq(r.opened, 1);
	store_close(s);
}
END_TEST

START_TEST(the_same_or_an_older_report_changes_nothing)
{
	struct store *s = open_store();
	struct ingest_result r = put(s, 5, document_neighbor, NOW);

	ck_assert(!r.ignored);
	ck_assert(put(s, 5, "", NOW).ignored);
	ck_assert(put(s, 4, "", NOW).ignored);
	ck_assert(!put(s, 6, document_neighbor, NOW).ignored);
	store_close(s);
}
END_TEST

START_TEST(a_heartbeat_renews_what_was_heard)
{
	struct store *s = open_store();
	struct ingest_result r = put(s, 1, document_neighbor, NOW);
	struct model m = { 0 };

	ck_assert_int_eq(model_load(&m, s), STATUS_OK);
	ck_assert_int_eq(beat(s, 2, 1, &r), STATUS_OK);
	ck_assert_uint_eq(r.opened, 0);
	ck_assert_uint_eq(r.heard, 1);
	ck_assert_int_eq(model_load_host(&m, s, r.host_id), STATUS_OK);
	ck_assert_int_eq(m.hosts[0]->nics[0].neighbors[0].heard.expires, 1170);
	ck_assert_int_eq(m.hosts[0]->seen_at, 1060);
	model_done(&m);
	store_close(s);
}
END_TEST

START_TEST(a_heartbeat_of_another_state_is_refused)
{
	struct store *s = open_store();
	struct ingest_result r;

	ck_assert_int_eq(beat(s, 2, 1, &r), STATUS_CONFLICT);
	(void)put(s, 3, document_neighbor, NOW);
	ck_assert_int_eq(beat(s, 4, 99, &r), STATUS_CONFLICT);
	ck_assert_int_eq(beat(s, 4, 3, &r), STATUS_OK);
	store_close(s);
}
END_TEST

START_TEST(a_restarted_agent_does_not_shorten_the_past)
{
	struct store *s = open_store();
	struct model m = { 0 };
	char later[1024], *at;

	(void)put(s, 1, document_neighbor, NOW);
	text_copy(later, sizeof(later), document_neighbor);
	at = strstr(later, "\"first_heard\":900");
	memcpy(at, "\"first_heard\":980", strlen("\"first_heard\":980"));
	(void)put(s, 2, later, NOW + 60);
	ck_assert_int_eq(model_load(&m, s), STATUS_OK);
	ck_assert_int_eq(
	    m.hosts[0]->nics[0].neighbors[0].heard.first_heard, 900);
	model_done(&m);
	store_close(s);
}
END_TEST

START_TEST(a_clock_that_is_ahead_is_put_right)
{
	struct store *s = open_store();
	struct model m = { 0 };

	/* Sent at 1000 by its own clock, which is 400 s ahead of ours. */
	(void)put(s, 1, document_neighbor, 600);
	ck_assert_int_eq(model_load(&m, s), STATUS_OK);
	ck_assert_int_eq(
	    m.hosts[0]->nics[0].neighbors[0].heard.expires, 1110 - 400);
	model_done(&m);
	store_close(s);
}
END_TEST

/* What the store holds of the host and its neighbor after a report. */
struct kept {
	struct store_host row;
	struct heard heard;
};

static struct kept
post_at(struct store *s, int number, int64_t posted_at, int64_t now)
{
	char *text = document_of(number, document_neighbor);
	struct ingest_result r;
	struct model m = { 0 };
	struct kept kept;

	ck_assert_int_eq(put_posted(s, text, posted_at, now, &r), STATUS_OK);
	free(text);
	ck_assert_int_eq(model_load(&m, s), STATUS_OK);
	kept.heard = m.hosts[0]->nics[0].neighbors[0].heard;
	model_done(&m);
	ck_assert_int_eq(store_host_get(s, r.host_id, &kept.row), STATUS_OK);
	return kept;
}

START_TEST(a_clock_that_is_behind_is_put_right)
{
	struct store *s = open_store();
	struct kept kept;

	/* Sent and posted at 1000 by a clock that is 5000 s behind ours. */
	kept = post_at(s, 1, 1000, 6000);
	ck_assert_int_eq(kept.row.shift, 5000);
	ck_assert_int_eq(kept.heard.last_heard, 990 + 5000);
	ck_assert_int_eq(kept.heard.expires, 1110 + 5000);
	/* A little jitter is no other clock. */
	kept = post_at(s, 2, 1060, 6063);
	ck_assert_int_eq(kept.row.shift, 5000);
	/* It was put right: so is what we hold. */
	kept = post_at(s, 3, 6120, 6120);
	ck_assert_int_eq(kept.row.shift, 0);
	ck_assert_int_eq(kept.heard.first_heard, 900);
	ck_assert_int_eq(kept.heard.expires, 1110);
	store_close(s);
}
END_TEST

/* A neighbor that ended at 995, on a NIC whose carrier changed at 994. */
static char *
document_of_an_end(int number)
{
	char ended[1024], *text, *at;
	size_t length = strlen(document_neighbor) - 1;

	(void)snprintf(ended, sizeof(ended),
	    "%.*s,\"ended\":{\"reason\":\"expired\",\"at\":995}}", (int)length,
	    document_neighbor);
	text = document_of(number, ended);
	at = strstr(text, "\"up\":true,");
	ck_assert_ptr_nonnull(at);
	memmove(at + 25, at, strlen(at) + 1);
	memcpy(at, "\"carrier_changed_at\":994,", 25);
	return text;
}

/* The same as ended, judged by our clock. */
static void
check_end(int64_t posted_at, int64_t now, int64_t ended, int64_t changed)
{
	struct store *s = open_store();
	char *text = document_of_an_end(1), number[64];
	struct ingest_result r;
	struct model m = { 0 };
	const struct model_nic *nic;

	ck_assert_int_eq(put_posted(s, text, posted_at, now, &r), STATUS_OK);
	free(text);
	ck_assert_int_eq(model_load(&m, s), STATUS_OK);
	nic = &m.hosts[0]->nics[0];
	ck_assert_int_eq(nic->neighbors[0].ended_at, ended);
	ck_assert_int_eq(nic->carrier_changed_at, changed);
	/* What is passed on says the same. */
	(void)snprintf(number, sizeof(number),
	    "\"ended\":{\"reason\":\"expired\",\"at\":%d}", (int)ended);
	ck_assert_ptr_nonnull(strstr(nic->neighbors[0].facts, number));
	(void)snprintf(
	    number, sizeof(number), "\"carrier_changed_at\":%d", (int)changed);
	ck_assert(!strstr(nic->facts, number) == (changed < 0));
	ck_assert(!strstr(nic->facts, ",,") && !strstr(nic->facts, ",}"));
	model_done(&m);
	store_close(s);
}

START_TEST(what_ended_did_so_by_our_clock)
{
	check_end(1000, 1000, 995, 994);
	check_end(1000, 6000, 5995, 5994); /* behind */
	check_end(1000, 600, 595, 594);    /* ahead */
	/* A second of jitter is no end to come ... */
	check_end(997, 993, 993, 993);
	/* ... and what a clock said that was changed since is not known. */
	check_end(600, 600, 600, -1);
}
END_TEST

START_TEST(a_report_that_waited_keeps_its_age)
{
	struct store *s = open_store();
	struct kept kept;

	/* Written at 1000, posted at 4600; both clocks show the same. */
	kept = post_at(s, 1, 4600, 4601);
	ck_assert_int_eq(kept.row.shift, 0);
	ck_assert_int_eq(kept.heard.last_heard, 990);
	store_close(s);
}
END_TEST

START_TEST(a_heartbeat_of_a_changed_clock_asks_for_the_whole)
{
	struct store *s = open_store();
	struct kept kept;
	struct ingest_result r;

	kept = post_at(s, 1, 1000, 6000);
	/* Nobody says that it is 5000 s behind any more. */
	ck_assert_int_eq(beat(s, 2, 1, &r), STATUS_CONFLICT);
	ck_assert_int_eq(
	    store_host_get(s, kept.row.host_id, &kept.row), STATUS_OK);
	ck_assert_int_eq(kept.row.shift, 5000);
	store_close(s);
}
END_TEST

static const char vlan_report[] =
    "{\"version\":1,\"number\":1,\"sent_at\":1000,\"digest\":"
    "\"0000000000000001\",\"host\":{\"id\":\"" HOST_ID
    "\",\"name\":\"h\"},\"nics\":[{\"name\":\"ens1f0\",\"heard_vlans\":["
    "{\"id\":140,\"addresses\":[\"10.1.140.7\"],\"first_heard\":900,"
    "\"last_heard\":990,\"expires\":4590,\"frames\":3},"
    "{\"id\":20,\"first_heard\":800,\"last_heard\":850,"
    "\"expires\":4450,\"frames\":1}]}],\"links\":[]}";
static const char vlan_beat[] =
    "{\"version\":1,\"number\":2,\"sent_at\":1060,\"heartbeat\":true,"
    "\"digest\":\"0000000000000001\",\"host\":{\"id\":\"" HOST_ID
    "\"},\"heard\":[],\"heard_vlans\":[{\"nic\":\"ens1f0\","
    "\"vlans\":\"100-200\",\"last_heard\":1055,\"expires\":4655},"
    "{\"nic\":\"nowhere\",\"vlans\":\"20\",\"last_heard\":1055,"
    "\"expires\":4655}]}";

START_TEST(a_heartbeat_renews_the_vlans_that_arrived_again)
{
	struct store *s = open_store();
	struct ingest_result result;
	const struct model_nic *nic;
	struct model m = { 0 };

	ck_assert_int_eq(put_text(s, vlan_report, 1000, &result), STATUS_OK);
	ck_assert_uint_eq(result.opened, 4);
	ck_assert_int_eq(model_load(&m, s), STATUS_OK);
	nic = &m.hosts[0]->nics[0];
	ck_assert_uint_eq(nic->heard_vlan_count, 2);
	ck_assert_int_eq(nic->heard_vlans[0].id, 20);
	ck_assert_int_eq(nic->heard_vlans[1].id, 140);
	ck_assert_str_eq(nic->heard_vlans[1].addresses.items[0], "10.1.140.7");
	ck_assert_int_eq(put_text(s, vlan_beat, 1060, &result), STATUS_OK);
	ck_assert_uint_eq(result.heard, 1);
	ck_assert_uint_eq(result.opened + result.closed, 0);
	ck_assert_int_eq(
	    model_load_host(&m, s, m.hosts[0]->host_id), STATUS_OK);
	nic = &m.hosts[0]->nics[0];
	ck_assert_int_eq(nic->heard_vlans[0].heard.last_heard, 850);
	ck_assert_int_eq(nic->heard_vlans[1].heard.last_heard, 1055);
	ck_assert_int_eq(nic->heard_vlans[1].heard.expires, 4655);
	ck_assert_int_eq(nic->heard_vlans[1].heard.first_heard, 900);
	model_done(&m);
	store_close(s);
}
END_TEST

/* A NIC with a group of members that we do not know. */
#define GROUP_REPORT(group)                                                    \
	"{\"version\":1,\"number\":1,\"sent_at\":5000,\"digest\":"             \
	"\"0000000000000001\",\"host\":{\"id\":\"" HOST_ID                     \
	"\",\"name\":\"h\"},\"nics\":[{\"name\":\"ens1f0\",\"x\":" group       \
	"}],\"links\":[]}"

START_TEST(what_is_no_time_stays_as_it_is)
{
	static const char *const reports[] = {
		GROUP_REPORT("{\"removed_at\":[1]}"),
		GROUP_REPORT("{\"removed_at\":{}}"),
		GROUP_REPORT("{\"removed_at\":9999999999e5}"),
		GROUP_REPORT("{\"removed_at\":9223372036854775807}"),
		GROUP_REPORT("{\"carrier_changed_at\":\"x\"}"),
		GROUP_REPORT("{\"carrier_changed_at\":true,\"removed_at\":9}"),
	};

	for (size_t i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
		struct store *s = open_store();
		struct json_value *facts = NULL;
		struct ingest_result result;
		char error[JSON_ERROR_SIZE];
		struct model m = { 0 };
		const char *text;

		/* The host's clock is ahead: its times are put right. */
		ck_assert_int_eq(
		    put_text(s, reports[i], 1000, &result), STATUS_OK);
		ck_assert_int_eq(model_load(&m, s), STATUS_OK);
		text = m.hosts[0]->nics[0].facts;
		ck_assert_msg(
		    json_parse(text, strlen(text), &facts, error) == STATUS_OK,
		    "%s: %s", text, error);
		json_free(facts);
		model_done(&m);
		store_close(s);
	}
}
END_TEST

START_TEST(what_was_stored_is_there_after_a_restart)
{
	char path[] = "/tmp/demarc-test-XXXXXX/db", error[STORE_ERROR_SIZE];
	struct store *s = NULL;
	struct store *second = NULL;
	struct model m = { 0 };
	struct store_host row;
	char lock[64];

	path[strlen(path) - 3] = '\0';
	ck_assert_ptr_nonnull(mkdtemp(path));
	path[strlen(path)] = '/';
	ck_assert_int_eq(store_open(path, &s, error), STATUS_OK);
	(void)put(s, 7, document_neighbor, NOW);
	/* Two collectors on one file would each hold half of the truth. */
	ck_assert_int_eq(store_open(path, &second, error), STATUS_BUSY);
	ck_assert_ptr_nonnull(
	    strstr(error, "another demarc-collector uses the database /tmp/"));
	store_close(s);
	ck_assert_int_eq(store_open(path, &s, error), STATUS_OK);
	ck_assert_int_eq(
	    store_host_get(s, ingest_host_id(HOST_ID), &row), STATUS_OK);
	ck_assert_int_eq(row.number, 7);
	ck_assert_int_eq(model_load(&m, s), STATUS_OK);
	ck_assert_str_eq(
	    m.hosts[0]->nics[0].neighbors[0].port_id, "Ethernet1/1");
	model_done(&m);
	store_close(s);
	ck_assert_int_eq(remove(path), 0);
	(void)snprintf(lock, sizeof(lock), "%s.lock", path);
	ck_assert_int_eq(remove(lock), 0);
	*strrchr(path, '/') = '\0';
	ck_assert_int_eq(remove(path), 0);
}
END_TEST

START_TEST(a_reader_sees_what_was_committed_and_writes_nothing)
{
	struct store *s = open_store(), *reader = NULL;
	char error[STORE_ERROR_SIZE];
	struct store_host row;

	(void)put(s, 7, document_neighbor, NOW);
	ck_assert_msg(
	    store_reader(s, &reader, error) == STATUS_OK, "%s", error);
	(void)put(s, 8, document_neighbor, NOW);
	ck_assert_int_eq(
	    store_host_get(reader, ingest_host_id(HOST_ID), &row), STATUS_OK);
	ck_assert_int_ne(store_host_put(reader, &row), STATUS_OK);
	store_close(reader);
	store_close(s);
}
END_TEST

START_TEST(a_database_of_a_newer_version_is_refused_with_a_sentence)
{
	char path[] = "/tmp/demarc-test-XXXXXX", error[STORE_ERROR_SIZE];
	struct store *s = NULL;
	sqlite3 *database;
	char lock[64];

	ck_assert_int_ge(mkstemp(path), 0);
	ck_assert_int_eq(sqlite3_open(path, &database), SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_exec(database, "PRAGMA user_version=99", NULL, NULL, NULL),
	    SQLITE_OK);
	ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
	ck_assert_int_eq(store_open(path, &s, error), STATUS_NEWER);
	ck_assert_ptr_nonnull(
	    strstr(error, " was written by a newer demarc (schema 99, "));
	ck_assert_int_eq(remove(path), 0);
	(void)snprintf(lock, sizeof(lock), "%s.lock", path);
	ck_assert_int_eq(remove(lock), 0);
}
END_TEST

START_TEST(what_is_no_database_is_refused_with_a_sentence)
{
	char error[STORE_ERROR_SIZE];
	struct store *s = NULL;

	ck_assert_int_ne(store_open("/proc/nowhere/db", &s, error), STATUS_OK);
	ck_assert_str_eq(error,
	    "cannot use the database /proc/nowhere/db: its lock "
	    "/proc/nowhere/db.lock: No such file or directory");
}
END_TEST

SUITE("ingest", only_what_changed_is_written,
    the_same_or_an_older_report_changes_nothing,
    a_heartbeat_renews_what_was_heard,
    a_heartbeat_renews_the_vlans_that_arrived_again,
    what_is_no_time_stays_as_it_is, a_heartbeat_of_another_state_is_refused,
    a_restarted_agent_does_not_shorten_the_past,
    a_clock_that_is_ahead_is_put_right, a_clock_that_is_behind_is_put_right,
    what_ended_did_so_by_our_clock, a_report_that_waited_keeps_its_age,
    a_heartbeat_of_a_changed_clock_asks_for_the_whole,
    what_was_stored_is_there_after_a_restart,
    a_reader_sees_what_was_committed_and_writes_nothing,
    a_database_of_a_newer_version_is_refused_with_a_sentence,
    what_is_no_database_is_refused_with_a_sentence)
