/* What vsphere/teller.c does with a collector's answers.  Time, the log, HTTP
 * and what a report says are the test's own. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/suite.h"
#include "vsphere/compose.h"
#include "vsphere/poller.h"
#include "vsphere/teller.h"

enum { HEARTBEAT_S = 20, MINUTE_MS = 60 * 1000 };

static struct instant now;
static int posts, errors;
static const struct http_request *sent;
static struct http_call *asked;
static bool beats; /* the last document was a heartbeat */

struct instant
clock_now(void)
{
	return now;
}

int64_t
clock_unix_s(void)
{
	return now.ms / 1000;
}

int64_t
clock_unix_ms(void)
{
	return now.ms;
}

void
log_line(enum log_level level, const char *format, ...)
{
	(void)format;
	errors += level == LOG_LEVEL_ERROR;
}

bool
log_gate(struct log_gate *gate, int64_t now_ms, uint32_t *out_held)
{
	(void)gate, (void)now_ms, (void)out_held;
	return true;
}

void
loop_timer_set(struct loop *loop, struct loop_timer *timer, struct instant at)
{
	(void)loop;
	timer->at = at;
}

void
loop_timer_stop(struct loop *loop, struct loop_timer *timer)
{
	(void)loop, (void)timer;
}

bool
session_is_fresh(const struct session *session, struct instant at)
{
	(void)session, (void)at;
	return true;
}

bool
poller_has_asked(const struct esxi *host)
{
	(void)host;
	return true;
}

bool
esxi_is_known(const struct esxi *host)
{
	(void)host;
	return true;
}

const char *
list_only(const struct list *list)
{
	(void)list;
	return "esx1";
}

uint32_t
compose_report(const struct inventory *inventory, const struct esxi *host,
    const struct report_head *head, struct buffer *out,
    char out_digest[static REPORT_DIGEST_SIZE])
{
	(void)inventory, (void)host, (void)head;
	buffer_append(out, "{}", 2);
	snprintf(out_digest, REPORT_DIGEST_SIZE, "as-ever");
	beats = false;
	return 0;
}

void
compose_heartbeat(const struct esxi *host, const struct report_head *head,
    const char digest[static REPORT_DIGEST_SIZE], struct buffer *out)
{
	(void)host, (void)head, (void)digest;
	buffer_append(out, "{}", 2);
	beats = true;
}

enum status
http_start(struct http *http, struct http_call *call,
    const struct http_request *request)
{
	static struct http_request kept;

	(void)http;
	kept = *request;
	sent = &kept;
	asked = call;
	call->easy = &kept;
	posts++;
	return STATUS_OK;
}

void
http_cancel(struct http_call *call)
{
	call->easy = NULL;
}

static char collector[] = "http://127.0.0.1:7413";
static char *collectors[] = { collector };
static struct options options;
static struct inventory inventory;
static struct esxi host;
static struct session session;
static struct teller teller;

static void
set_up(void)
{
	now.ms = 1000000;
	options.heartbeat_s = HEARTBEAT_S;
	options.collectors.count = 1;
	options.collectors.items = collectors;
	inventory.first[OBJECT_HOST] = &host.object;
	host.told.changed = true;
	session =
	    (struct session){ .options = &options, .inventory = &inventory };
	teller_init(&teller, &session, NULL);
}

static void
tick(int64_t ms)
{
	now.ms += ms;
	teller.timer.fire(teller.timer.owner, now);
}

static void
answer(long status)
{
	const struct http_result result = { .status = status };

	asked->easy = NULL;
	sent->done(sent->owner, &result);
}

START_TEST(a_host_that_may_not_be_reported_is_tried_again_after_a_while)
{
	set_up();
	tick(0);
	ck_assert_int_eq(posts, 1);
	answer(403);
	ck_assert_int_eq(teller.timer.at.ms, now.ms + HEARTBEAT_S * 1000);
	tick(MINUTE_MS - 1);
	ck_assert_int_eq(posts, 1);
	ck_assert_int_eq(teller.timer.at.ms, now.ms + 1);
	tick(1);
	ck_assert_int_eq(posts, 2);
	answer(403);
	ck_assert_int_eq(errors, 1);
	tick(MINUTE_MS);
	ck_assert_int_eq(posts, 3);
	answer(204);
	tick(HEARTBEAT_S * 1000);
	ck_assert_int_eq(posts, 4);
	ck_assert(beats);
	teller_done(&teller);
}
END_TEST

START_TEST(a_heartbeat_that_is_forbidden_becomes_a_report_later)
{
	set_up();
	tick(0);
	answer(204);
	tick(HEARTBEAT_S * 1000);
	ck_assert(beats);
	answer(403);
	ck_assert_int_eq(errors, 1);
	tick(MINUTE_MS);
	ck_assert_int_eq(posts, 3);
	ck_assert(!beats);
	answer(204);
	ck_assert(!host.told.barred);
	teller_done(&teller);
}
END_TEST

START_TEST(a_report_that_is_no_report_is_given_up)
{
	set_up();
	tick(0);
	answer(400);
	tick(MINUTE_MS);
	host.told.changed = true;
	tick(MINUTE_MS);
	ck_assert_int_eq(posts, 1);
	ck_assert_int_eq(errors, 1);
	teller_done(&teller);
}
END_TEST

SUITE("teller", a_host_that_may_not_be_reported_is_tried_again_after_a_while,
    a_heartbeat_that_is_forbidden_becomes_a_report_later,
    a_report_that_is_no_report_is_given_up)
