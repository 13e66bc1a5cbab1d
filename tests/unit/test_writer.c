#include "collector/writer.h"

#include <check.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "collector/form.h"
#include "collector/saving.h"
#include "collector/store.h"
#include "tests/support/counted.h"
#include "tests/support/suite.h"

START_TEST(many_reports_are_stored_by_one_commit)
{
	struct writer_settings settings = settings_over_memory();
	struct writer_item items[50] = { 0 };

	for (unsigned i = 0; i < 50; i++)
		read_report(&items[i].report, i, 1, false);
	(void)writer_write(&settings, items, 50);
	ck_assert_uint_eq(counted.commits, 1);
	ck_assert_uint_eq(told.count, 50);
	for (unsigned i = 0; i < 50; i++)
		ck_assert_int_eq(told.statuses[i], STATUS_OK);
	end();
}
END_TEST

START_TEST(a_heartbeat_that_stands_for_nothing_harms_itself_only)
{
	struct writer_settings settings = settings_over_memory();
	struct writer_item items[3] = { 0 };

	read_report(&items[0].report, 1, 1, false);
	read_report(&items[1].report, 2, 1, true);
	read_report(&items[2].report, 3, 1, false);
	(void)writer_write(&settings, items, 3);
	ck_assert_int_eq(told.statuses[0], STATUS_OK);
	ck_assert_int_eq(told.statuses[1], STATUS_CONFLICT);
	ck_assert_int_eq(told.statuses[2], STATUS_OK);
	ck_assert_uint_eq(counted.commits, 1);
	end();
}
END_TEST

START_TEST(a_failed_commit_is_tried_report_by_report)
{
	struct writer_settings settings = settings_over_memory();
	struct writer_item items[3] = { 0 };

	for (unsigned i = 0; i < 3; i++)
		read_report(&items[i].report, i, 1, false);
	/* All together, then the first one alone. */
	counted.failing = 2;
	(void)writer_write(&settings, items, 3);
	ck_assert_int_eq(told.statuses[0], STATUS_TOO_LARGE);
	ck_assert_str_eq(told.error, "disk full");
	ck_assert_int_eq(told.statuses[1], STATUS_OK);
	ck_assert_int_eq(told.statuses[2], STATUS_OK);
	ck_assert_uint_eq(counted.commits, 4);
	end();
}
END_TEST

START_TEST(a_host_that_reports_twice_at_once_ends_with_the_second)
{
	struct writer_settings settings = settings_over_memory();
	const struct model_host *host;
	struct incoming report;
	struct writer *w;

	ck_assert_int_eq(writer_new(&settings, &w), STATUS_OK);
	for (unsigned number = 7; number < 57; number++) {
		read_report(&report, 1, number, false);
		ck_assert_int_eq(writer_put(w, &report, 100, NULL), STATUS_OK);
	}
	writer_free(w);
	host = model_find(&told.model, ingest_host_id("0000000000000004"));
	ck_assert_ptr_nonnull(host);
	ck_assert_int_eq(host->row.number, 56);
	for (size_t i = 0; i < told.count; i++)
		ck_assert_int_eq(told.statuses[i], STATUS_OK);
	end();
}
END_TEST

static void
recall(void *context, const char *machine_id, struct incoming_recall *items,
    size_t count)
{
	const struct model_host *h =
	    model_find(context, ingest_host_id(machine_id));

	if (h)
		model_recall(h, items, count);
}

static struct form *
form_of(void *context, const char *machine_id)
{
	const struct model_host *h =
	    model_find(context, ingest_host_id(machine_id));

	return h ? form_hold(h->form) : NULL;
}

/* A host with two NICs, read as the model knows the host. */
static void
read_state(struct incoming *out, unsigned number, unsigned digest,
    const char *first_nic, const char *second_nic)
{
	struct incoming_memory memory = { recall, form_of, &told.model };
	struct mistake mistake;
	char text[512];

	(void)snprintf(text, sizeof(text),
	    "{\"version\":1,\"number\":%u,\"sent_at\":1000,"
	    "\"digest\":\"%016x\",\"host\":{\"id\":\"%032x\","
	    "\"name\":\"hv1\"},\"nics\":[%s,%s],\"links\":[]}",
	    number, digest, 1, first_nic, second_nic);
	incoming_init(out);
	ck_assert_int_eq(
	    incoming_read_known(out, text, strlen(text), &memory, &mistake),
	    STATUS_OK);
	ck_assert_int_eq(incoming_own(out), STATUS_OK);
}

static void
read_known(struct incoming *out, unsigned number, const char *first_nic,
    const char *second_nic)
{
	read_state(out, number, number, first_nic, second_nic);
}

#define FRAMES(name_, frames_)                                                 \
	"{\"name\":\"" name_ "\",\"frames_heard\":" frames_ "}"
#define NIC(name_, mtu_) "{\"name\":\"" name_ "\",\"mtu\":" mtu_ "}"

START_TEST(what_was_recalled_and_is_gone_is_read_again)
{
	struct writer_settings settings = settings_over_memory();
	struct writer_item items[4] = { 0 };
	const struct model_host *host;

	read_known(&items[0].report, 1, NIC("a", "1"), NIC("b", "1"));
	(void)writer_write(&settings, &items[0], 1);
	read_known(&items[1].report, 2, NIC("a", "2"), NIC("b", "1"));
	read_known(&items[2].report, 3, NIC("a", "1"), NIC("b", "3"));
	read_known(&items[3].report, 4, NIC("a", "4"), NIC("a", "1"));
	ck_assert_int_eq(items[2].report.claims[0].n, 1);
	ck_assert_int_eq(items[2].report.claims[1].n, 2);
	(void)writer_write(&settings, &items[1], 1);
	(void)writer_write(&settings, &items[2], 1);
	(void)writer_write(&settings, &items[3], 1);
	ck_assert_int_eq(told.statuses[1], STATUS_OK);
	ck_assert_int_eq(told.statuses[2], STATUS_OK);
	/* Read again it names one NIC twice. */
	ck_assert_int_eq(told.statuses[3], STATUS_MALFORMED);
	host = told.model.hosts[0];
	ck_assert_int_eq(host->row.number, 3);
	ck_assert_int_eq(host->nics[0].mtu, 1);
	ck_assert_int_eq(host->nics[1].mtu, 3);
	end();
}
END_TEST

START_TEST(a_commit_whose_answer_is_lost_is_found_in_the_store)
{
	struct writer_settings settings = settings_over_memory();
	struct writer_item items[2] = { 0 };

	counted.lost = true;
	read_known(&items[0].report, 1, NIC("a", "1"), NIC("b", "1"));
	ck_assert_int_eq(writer_write(&settings, &items[0], 1), STATUS_OK);
	ck_assert_int_eq(told.statuses[0], STATUS_OK);
	read_known(&items[1].report, 2, NIC("a", "2"), NIC("b", "1"));
	(void)writer_write(&settings, &items[1], 1);
	ck_assert_int_eq(told.statuses[1], STATUS_OK);
	ck_assert_int_eq(told.model.hosts[0]->row.number, 2);
	ck_assert_int_eq(told.model.hosts[0]->nics[0].mtu, 2);
	end();
}
END_TEST

START_TEST(a_model_that_contradicts_the_store_is_made_anew)
{
	struct writer_settings settings = settings_over_memory();
	struct writer_item items[3] = { 0 };

	read_known(&items[0].report, 1, NIC("a", "1"), NIC("b", "1"));
	(void)writer_write(&settings, &items[0], 1);
	model_done(&told.model);
	read_known(&items[1].report, 2, NIC("a", "2"), NIC("b", "1"));
	(void)writer_write(&settings, &items[1], 1);
	ck_assert_int_eq(told.statuses[1], STATUS_OK);
	ck_assert_int_eq(told.model.hosts[0]->nics[0].mtu, 2);
	/* Where nobody can, it is not the report's fault. */
	model_done(&told.model);
	settings.agreement.agree = NULL;
	read_known(&items[2].report, 3, NIC("a", "3"), NIC("b", "1"));
	(void)writer_write(&settings, &items[2], 1);
	ck_assert_int_eq(told.statuses[2], STATUS_SYSTEM);
	ck_assert_int_eq(model_load(&told.model, counted.real), STATUS_OK);
	ck_assert_int_eq(told.model.hosts[0]->row.number, 2);
	end();
}
END_TEST

START_TEST(what_was_not_committed_is_saved_again)
{
	const struct saving_with alone = { .changing = &told.lock };
	struct writer_settings settings = settings_over_memory();
	struct writer_item item = { 0 };
	unsigned commits;

	read_known(&item.report, 1, NIC("a", "1"), NIC("b", "1"));
	(void)writer_write(&settings, &item, 1);
	ck_assert(told.model.hosts[0]->unsaved);
	counted.failing = 1;
	ck_assert_int_eq(
	    saving_heard(&told.model, counted.real, &alone), STATUS_TOO_LARGE);
	ck_assert(told.model.hosts[0]->unsaved);
	ck_assert_int_eq(
	    saving_heard(&told.model, counted.real, &alone), STATUS_OK);
	ck_assert(!told.model.hosts[0]->unsaved);
	/* Nothing is written that may be older than what is there. */
	told.model.hosts[0]->unsaved = true;
	counted.real->doubtful = true;
	commits = counted.commits;
	ck_assert_int_eq(
	    saving_heard(&told.model, counted.real, &alone), STATUS_BUSY);
	ck_assert_uint_eq(counted.commits, commits);
	ck_assert(told.model.hosts[0]->unsaved);
	end();
}
END_TEST

START_TEST(two_hosts_of_one_number_are_told_apart_in_one_batch)
{
	struct writer_settings settings = settings_over_memory();
	struct incoming reports[2];
	struct writer *w;

	/* The writer takes them together once it may go on. */
	ck_assert_int_eq(writer_new(&settings, &w), STATUS_OK);
	(void)pthread_mutex_lock(&told.lock);
	for (unsigned i = 0; i < 2; i++) {
		struct incoming first;

		read_report(&first, 9 + i, 1, false);
		ck_assert_int_eq(writer_put(w, &first, 100, NULL), STATUS_OK);
		read_report(&reports[i], 1, 1, i == 1);
		reports[i].machine_id[MACHINE_ID_SIZE - 2] = (char)('1' + i);
	}
	for (unsigned i = 0; i < 2; i++)
		ck_assert_int_eq(
		    writer_put(w, &reports[i], 100, NULL), STATUS_OK);
	(void)pthread_mutex_unlock(&told.lock);
	writer_free(w);
	ck_assert_int_eq(told.statuses[2], STATUS_OK);
	ck_assert_int_eq(told.statuses[3], STATUS_MALFORMED);
	end();
}
END_TEST

static enum status
heard(const struct incoming *r)
{
	struct ingest_result result = { .host_id = 0 };
	const struct model_host *host =
	    model_find(&told.model, ingest_host_id(r->machine_id));
	enum status status = ingest_heard(host, r, told_time(), &result);

	if (status == STATUS_OK) {
		ck_assert(result.change.same);
		ck_assert_int_eq(
		    model_take(&told.model, &result.change), STATUS_OK);
	}
	ingest_result_done(&result);
	return status;
}

START_TEST(what_changes_nothing_needs_no_store)
{
	struct writer_settings settings = settings_over_memory();
	struct writer_item first = { 0 };
	struct incoming r;

	read_known(&first.report, 1, NIC("a", "1"), NIC("b", "1"));
	ck_assert_int_eq(heard(&first.report), STATUS_BUSY);
	(void)writer_write(&settings, &first, 1);
	read_known(&r, 2, NIC("a", "1"), NIC("b", "1"));
	/* Its digest is another one, which is to be stored. */
	ck_assert_int_eq(heard(&r), STATUS_BUSY);
	(void)snprintf(r.digest, sizeof(r.digest), "%016x", 1);
	ck_assert_int_eq(heard(&r), STATUS_OK);
	ck_assert_int_eq(told.model.hosts[0]->row.number, 2);
	ck_assert_uint_eq(told.model.changes, 1);
	incoming_done(&r);
	read_known(&r, 3, NIC("a", "1"), NIC("b", "2"));
	(void)snprintf(r.digest, sizeof(r.digest), "%016x", 1);
	ck_assert_int_eq(heard(&r), STATUS_BUSY);
	incoming_done(&r);
	end();
}
END_TEST

START_TEST(a_report_by_its_form_tells_what_was_heard_and_no_more)
{
	struct writer_settings settings = settings_over_memory();
	struct writer_item items[2] = { 0 };
	const struct model_host *host;
	struct incoming r;

	read_state(&items[0].report, 1, 1, NIC("a", "1"), FRAMES("b", "5"));
	(void)writer_write(&settings, &items[0], 1);
	/* The second time it is noted, the third time it is known. */
	for (unsigned number = 2; number < 4; number++) {
		read_state(&r, number, 1, NIC("a", "1"), FRAMES("b", "77"));
		ck_assert_int_eq(r.by_form, number == 3);
		ck_assert_int_eq(heard(&r), STATUS_OK);
		incoming_done(&r);
	}
	host = told.model.hosts[0];
	ck_assert_int_eq(host->row.number, 3);
	ck_assert_int_eq(host->claims[2].heard->frames, 77);
	ck_assert_uint_eq(told.model.changes, 1);
	/* What is stored between two of them takes the form away. */
	read_state(&r, 5, 1, NIC("a", "1"), FRAMES("b", "99"));
	read_state(&items[1].report, 4, 4, NIC("a", "2"), FRAMES("b", "80"));
	(void)writer_write(&settings, &items[1], 1);
	ck_assert_ptr_null(host->form);
	ck_assert(r.by_form);
	ck_assert_int_eq(heard(&r), STATUS_BUSY);
	items[1] = (struct writer_item){ .report = r };
	(void)writer_write(&settings, &items[1], 1);
	ck_assert_int_eq(told.statuses[told.count - 1], STATUS_OK);
	ck_assert_int_eq(host->row.number, 5);
	ck_assert_str_eq(host->claims[1].key, "b");
	ck_assert_ptr_nonnull(strstr(host->claims[2].facts, "\"mtu\":1"));
	end();
}
END_TEST

static enum status
count_call(void *context)
{
	++*(unsigned *)context;
	return STATUS_OK;
}

START_TEST(nothing_is_heard_while_the_host_is_stored_or_the_store_fails)
{
	struct writer_settings settings = settings_over_memory();
	int64_t host = ingest_host_id("00000000000000040000000000000001");
	struct incoming report;
	struct writer *w;
	unsigned calls = 0;

	ck_assert_int_eq(writer_new(&settings, &w), STATUS_OK);
	ck_assert_int_eq(
	    writer_between(w, host, count_call, &calls), STATUS_OK);
	/* The writer cannot answer while the lock is held. */
	(void)pthread_mutex_lock(&told.lock);
	read_report(&report, 1, 1, false);
	ck_assert_int_eq(writer_put(w, &report, 100, NULL), STATUS_OK);
	ck_assert_int_eq(
	    writer_between(w, host, count_call, &calls), STATUS_BUSY);
	ck_assert_int_eq(
	    writer_between(w, host + 1, count_call, &calls), STATUS_OK);
	(void)pthread_mutex_unlock(&told.lock);
	writer_stop(w);
	ck_assert_int_eq(
	    writer_between(w, host, count_call, &calls), STATUS_BUSY);
	ck_assert_uint_eq(calls, 2);
	writer_free(w);
	end();
}
END_TEST

START_TEST(a_writer_that_stops_has_answered_all)
{
	struct writer_settings settings = settings_over_memory();
	struct incoming report;
	struct writer *w;

	ck_assert_int_eq(writer_new(&settings, &w), STATUS_OK);
	for (unsigned i = 0; i < 500; i++) {
		read_report(&report, i, 1, false);
		ck_assert_int_eq(writer_put(w, &report, 100, NULL), STATUS_OK);
	}
	writer_stop(w);
	ck_assert_uint_eq(told.count, 500);
	ck_assert_uint_eq(told.saves, 1);
	read_report(&report, 1, 2, false);
	ck_assert_int_eq(writer_put(w, &report, 100, NULL), STATUS_BUSY);
	incoming_done(&report);
	writer_free(w);
	end();
}
END_TEST

START_TEST(a_queue_of_large_reports_is_full_before_memory_is)
{
	struct writer_settings settings = settings_over_memory();
	struct incoming report;
	struct writer *w;

	ck_assert_int_eq(writer_new(&settings, &w), STATUS_OK);
	read_report(&report, 1, 1, false);
	ck_assert_int_eq(
	    writer_put(w, &report, (size_t)WRITER_SIZE_MOST + 1, NULL),
	    STATUS_BUSY);
	incoming_done(&report);
	writer_free(w);
	end();
}
END_TEST

/* Until the writer is well, or is not; a test's own time limit ends it. */
static void
wait_until(struct writer *w, bool well, const char *reason)
{
	char error[STORE_ERROR_SIZE];

	while (writer_is_well(w, 0, error) != well)
		(void)sched_yield();
	if (!well)
		ck_assert_str_eq(error, reason);
}

START_TEST(a_writer_whose_commit_failed_is_well_after_the_next_write)
{
	struct writer_settings settings = settings_over_memory();
	struct incoming report;
	struct writer *w;

	settings.probe_every_ms = 100;
	ck_assert_int_eq(writer_new(&settings, &w), STATUS_OK);
	wait_until(w, true, NULL);
	counted.failing = 2; /* the report, and the first probe */
	read_report(&report, 1, 1, false);
	ck_assert_int_eq(writer_put(w, &report, 100, NULL), STATUS_OK);
	wait_until(w, false, "disk full");
	wait_until(w, true, NULL);
	ck_assert_uint_eq(counted.failing, 0);
	ck_assert_int_eq(told.statuses[0], STATUS_TOO_LARGE);
	writer_stop(w);
	wait_until(w, false, "the collector is stopping");
	writer_free(w);
	end();
}
END_TEST

START_TEST(who_waits_for_a_save_is_told_how_it_went)
{
	struct writer_settings settings = settings_over_memory();
	struct writer *w;

	ck_assert_int_eq(writer_new(&settings, &w), STATUS_OK);
	ck_assert_int_eq(writer_save(w), STATUS_OK);
	told.saved_as = STATUS_TOO_LARGE;
	ck_assert_int_eq(writer_save(w), STATUS_TOO_LARGE);
	told.saved_as = STATUS_OK;
	writer_stop(w);
	ck_assert_int_eq(writer_save(w), STATUS_BUSY);
	writer_free(w);
	end();
}
END_TEST

SUITE("writer", who_waits_for_a_save_is_told_how_it_went,
    a_writer_whose_commit_failed_is_well_after_the_next_write,
    many_reports_are_stored_by_one_commit,
    a_heartbeat_that_stands_for_nothing_harms_itself_only,
    a_failed_commit_is_tried_report_by_report,
    a_host_that_reports_twice_at_once_ends_with_the_second,
    what_was_recalled_and_is_gone_is_read_again,
    a_commit_whose_answer_is_lost_is_found_in_the_store,
    a_model_that_contradicts_the_store_is_made_anew,
    what_was_not_committed_is_saved_again,
    two_hosts_of_one_number_are_told_apart_in_one_batch,
    what_changes_nothing_needs_no_store,
    a_report_by_its_form_tells_what_was_heard_and_no_more,
    nothing_is_heard_while_the_host_is_stored_or_the_store_fails,
    a_writer_that_stops_has_answered_all,
    a_queue_of_large_reports_is_full_before_memory_is)
