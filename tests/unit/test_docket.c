#include "collector/docket.h"

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/suite.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static char judged[256];
static int64_t due_of_all;

/* Notes who is judged; waits where the test holds the gate. */
static int64_t
judge(void *context, int64_t host_id, enum docket_cause cause)
{
	size_t size;

	(void)context;
	(void)pthread_mutex_lock(&gate);
	size = strlen(judged);
	(void)snprintf(judged + size, sizeof(judged) - size, "%d%s ",
	    (int)host_id,
	    cause == DOCKET_CHANGED ? "!"
	    : cause == DOCKET_DUE   ? "@"
				    : "");
	(void)pthread_mutex_unlock(&gate);
	return due_of_all;
}

static struct docket *
begin(int64_t due)
{
	struct docket *d = NULL;

	judged[0] = '\0';
	due_of_all = due;
	ck_assert_int_eq(
	    docket_new(&(struct docket_settings){ judge, NULL }, &d),
	    STATUS_OK);
	return d;
}

START_TEST(who_changed_goes_before_the_others_and_all_wait_once)
{
	struct docket *d = begin(-1);

	(void)pthread_mutex_lock(&gate);
	docket_put(d, 9, DOCKET_CHANGED); /* first, or held at the gate */
	docket_put(d, 1, DOCKET_TOUCHED);
	docket_put(d, 2, DOCKET_TOUCHED);
	docket_put(d, 1, DOCKET_TOUCHED);
	docket_put(d, 2, DOCKET_CHANGED);
	docket_put(d, 3, DOCKET_CHANGED);
	(void)pthread_mutex_unlock(&gate);
	docket_settle(d);
	ck_assert_str_eq(judged, "9! 2! 3! 1 ");
	docket_free(d);
}
END_TEST

START_TEST(a_host_is_judged_when_its_moment_comes)
{
	struct docket *d = begin(1000);

	docket_put(d, 1, DOCKET_TOUCHED);
	docket_settle(d);
	docket_sweep(d, 999);
	docket_settle(d);
	ck_assert_str_eq(judged, "1 ");
	due_of_all = -1;
	docket_sweep(d, 1000);
	docket_settle(d);
	docket_sweep(d, 2000);
	docket_settle(d);
	ck_assert_str_eq(judged, "1 1@ ");
	docket_free(d);
}
END_TEST

START_TEST(who_stops_does_not_wait_for_all)
{
	struct docket *d = begin(-1);

	for (int64_t host = 0; host < 1000; host++)
		docket_put(d, host, DOCKET_TOUCHED);
	docket_stop(d);
	docket_settle(d);
	docket_put(d, 1, DOCKET_CHANGED);
	docket_free(d);
}
END_TEST

SUITE("docket", who_changed_goes_before_the_others_and_all_wait_once,
    a_host_is_judged_when_its_moment_comes, who_stops_does_not_wait_for_all)
