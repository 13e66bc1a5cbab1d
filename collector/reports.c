#include "collector/reports.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/log.h"
#include "collector/audit.h"
#include "collector/coding.h"
#include "collector/problem.h"
#include "collector/writer.h"

enum {
	SECONDS_DIGITS_MOST = 12,
	RETRY_DISK_S = 5, /* a disk that is full stays so for a while */
	RETRY_QUEUE_S = 1,
	/* What was heard since is as old as the last save after a crash,
	 * until the agents' next heartbeats. */
	SAVE_EVERY_MS = 60 * 1000,
	TEND_EVERY_MS = 60 * 1000,
	/* As long as nothing can be stored. */
	PROBE_EVERY_MS = 2 * 1000
};

static const char path[] = "/api/v1/reports";

struct reports {
	struct reports_settings settings;
	struct writer_settings writing;
	struct incoming_memory memory;
	struct writer *writer;
};

/* The sender's clock as it sent; -1: not said, or no number of seconds. */
static int64_t
posted_at(const char *said)
{
	size_t digits = said ? strspn(said, "0123456789") : 0;

	if (digits == 0 || digits > SECONDS_DIGITS_MOST || said[digits])
		return -1;
	return strtoll(said, NULL, 10);
}

static void
refuse_mistake(
    struct reply *reply, enum status status, const struct mistake *mistake)
{
	struct problem problem = { status == STATUS_NO_MEMORY ? 503 : 400, path,
		mistake->path };

	problem_reply(reply, &problem, "%s%s%s", mistake->path,
	    mistake->path[0] ? ": " : "", mistake->text);
}

static void
refuse_stored(struct reply *reply, const struct writer_item *item)
{
	struct problem problem = { 503, path, NULL };

	if (item->report.mistake) {
		refuse_mistake(reply, item->status, item->report.mistake);
		return;
	}
	switch (item->status) {
	case STATUS_CONFLICT:
		problem.status = 409;
		problem_reply(reply, &problem,
		    "the collector does not have the state that this "
		    "heartbeat stands for; send the whole report");
		return;
	case STATUS_MALFORMED:
		problem.status = 400;
		problem.where = "host.id";
		problem_reply(reply, &problem,
		    "host.id: another host has the same first 63 bits; give "
		    "this one a new machine id");
		return;
	default:
		break;
	}
	log_error("report not stored: %s: %s", status_text(item->status),
	    item->error);
	problem_reply(reply, &problem,
	    "the report could not be stored (%s); send it again later",
	    item->error[0] ? item->error : status_text(item->status));
	reply->retry_after_s = RETRY_DISK_S;
}

static enum metrics_result
result_of(const struct writer_item *item)
{
	switch (item->status) {
	case STATUS_OK:
		return item->result.ignored ? RESULT_KNOWN : RESULT_STORED;
	case STATUS_CONFLICT:
		return RESULT_CONFLICT;
	case STATUS_MALFORMED:
		return RESULT_MALFORMED;
	default:
		return RESULT_FAILED;
	}
}

static void
fill(struct reply *reply, const struct writer_item *item)
{
	reply->content_type = "application/json";
	reply->accept_encoding = coding_names;
	if (item->status == STATUS_OK)
		reply->status = 204;
	else
		refuse_stored(reply, item);
}

static void
refuse_full(struct reply *reply)
{
	problem_reply(reply, &(struct problem){ 503, path, NULL },
	    "more reports wait to be stored than the collector keeps; send "
	    "it again later");
	reply->retry_after_s = RETRY_QUEUE_S;
}

static void
answer_later(struct later *later, const struct writer_item *item)
{
	struct reply reply;

	reply_init(&reply);
	if (item)
		fill(&reply, item);
	else
		refuse_full(&reply);
	later->answer(later, &reply);
}

static const struct model_host *
known(void *context, int64_t host_id)
{
	struct reports *r = context;

	return r->settings.known(r->settings.context, host_id);
}

static enum status
save(void *context)
{
	struct reports *r = context;
	enum status status = r->settings.save(r->settings.context);

	if (status != STATUS_OK)
		log_error("cannot save what was heard: %s: %s",
		    status_text(status), r->settings.store->error);
	return status;
}

static enum status
probe(void *context)
{
	struct reports *r = context;

	return r->settings.probe(r->settings.context);
}

static enum status
tend(void *context, bool *out_more)
{
	struct reports *r = context;
	enum status status = r->settings.tend(r->settings.context, out_more);

	if (status != STATUS_OK)
		log_error("cannot forget old history: %s: %s",
		    status_text(status), r->settings.store->error);
	return status;
}

static enum status
keep(void *context, bool *out_more)
{
	struct reports *r = context;
	enum status status = r->settings.keep(r->settings.context, out_more);

	if (status != STATUS_OK)
		log_error("cannot store findings: %s: %s", status_text(status),
		    r->settings.store->error);
	return status;
}

static void
written(void *context, struct writer_item *items, size_t count)
{
	struct reports *r = context;

	for (size_t i = 0; i < count; i++) {
		struct writer_item *item = &items[i];

		if (item->status == STATUS_OK)
			item->status = r->settings.stored(
			    r->settings.context, &item->result);
		metrics_report(r->settings.metrics, item->report.heartbeat,
		    result_of(item));
		ingest_result_done(&item->result);
		if (item->later)
			answer_later(item->later, item);
		incoming_done(&item->report);
	}
}

/* Nobody can be answered later: it is stored now, alone. */
static void
store_now(struct reports *r, struct incoming *report, struct reply *reply)
{
	struct writer_item item = { .report = *report };

	incoming_init(report);
	writer_write_now(r->writer, &item);
	fill(reply, &item);
}

/* The body is larger than is taken, or has no good coding. */
static void
refuse_packed(struct reply *reply, enum status status)
{
	struct problem problem = { 400, path, NULL };

	switch (status) {
	case STATUS_TOO_LARGE:
		problem.status = 413;
		problem_reply(reply, &problem,
		    "unpacked, the body is larger than %d MiB or than %d "
		    "times what was sent, the most that is taken",
		    BODY_SIZE_MOST / 1024 / 1024, CODING_RATIO_MOST);
		break;
	case STATUS_NO_MEMORY:
		problem.status = 503;
		problem_reply(reply, &problem,
		    "there is no memory to unpack the body; try again");
		reply->retry_after_s = RETRY_QUEUE_S;
		break;
	default:
		problem_reply(reply, &problem,
		    "the body is not what its Content-Encoding says, or was "
		    "cut: %s",
		    status_text(status));
	}
}

/* Is the token bound to this host, or to what tells of it? */
static bool
may_report(struct reports *r, const struct request *request,
    const struct incoming *report, struct reply *reply)
{
	struct bound_host host = { .known = false };
	const char *why;

	if (!request->caller)
		return true;
	r->settings.told(r->settings.context, report->machine_id, &host);
	why = bound_refuses(
	    request->caller, report, &host, r->settings.unix_now());
	if (why) {
		audit_refused(request, "host %s: %s", report->machine_id, why);
		problem_reply(reply, &(struct problem){ 403, path, "host.id" },
		    "host.id: %s", why);
		return false;
	}
	if (!report->heartbeat)
		audit_changed(request, "report %lld of host %s",
		    (long long)report->number, report->machine_id);
	return true;
}

struct hearing {
	struct reports *reports;
	struct writer_item item;
};

static enum status
hear(void *context)
{
	struct hearing *h = context;
	const struct reports_settings *s = &h->reports->settings;

	return s->hear(s->context, &h->item.report, &h->item.result);
}

/* Most reports change nothing that must be stored: whoever sent one is not
 * made to wait for the disk.  False: it is for the writer. */
static bool
hear_now(struct reports *r, const struct incoming *report, struct reply *reply)
{
	struct hearing h = { .reports = r, .item.report = *report };

	h.item.status = writer_between(
	    r->writer, ingest_host_id(report->machine_id), hear, &h);
	if (h.item.status == STATUS_OK) {
		fill(reply, &h.item);
		metrics_report(
		    r->settings.metrics, report->heartbeat, result_of(&h.item));
		if (r->settings.agreement.attend)
			writer_wake(r->writer);
	}
	ingest_result_done(&h.item.result);
	return h.item.status == STATUS_OK;
}

/* Whose body is as it was before it was packed. */
static void
post_plain(
    struct reports *r, const struct request *request, struct reply *reply)
{
	struct mistake mistake = { .path = "" };
	struct metrics *m = r->settings.metrics;
	struct incoming report;
	struct later *later;
	enum status status;

	metrics_unpacked(m, request->body_size);
	incoming_init(&report);
	status = incoming_read_known(
	    &report, request->body, request->body_size, &r->memory, &mistake);
	report.posted_at = posted_at(request->sent_at);
	if (status != STATUS_OK) {
		metrics_report(m, report.heartbeat, RESULT_MALFORMED);
		refuse_mistake(reply, status, &mistake);
	} else if (!may_report(r, request, &report, reply)) {
		; /* the reply says why */
	} else if (request->postpone && hear_now(r, &report, reply)) {
		; /* nothing of it must be stored */
	} else if (incoming_own(&report) != STATUS_OK) {
		metrics_report(m, report.heartbeat, RESULT_BUSY);
		refuse_full(reply);
	} else if (!request->postpone) {
		store_now(r, &report, reply);
	} else {
		size_t size = request->body_size;
		bool heartbeat = report.heartbeat;

		/* From here on the request is no longer ours. */
		later = request->postpone(request);
		if (writer_put(r->writer, &report, size, later) != STATUS_OK) {
			metrics_report(m, heartbeat, RESULT_BUSY);
			answer_later(later, NULL);
		}
	}
	incoming_done(&report);
}

void
reports_post(
    struct reports *r, const struct request *request, struct reply *reply)
{
	enum coding coding = coding_of(request->content_encoding);
	struct request plain = *request;
	struct buffer body;
	enum status status;

	if (coding == CODING_NONE) {
		post_plain(r, request, reply);
		return;
	}
	/* What fills the buffer is too large. */
	buffer_init(&body, BODY_SIZE_MOST + 1);
	status =
	    coding_unpack(coding, request->body, request->body_size, &body);
	plain.body = buffer_string(&body);
	plain.body_size = body.size;
	if (status == STATUS_OK) {
		post_plain(r, &plain, reply);
	} else {
		metrics_report(r->settings.metrics, false, RESULT_MALFORMED);
		refuse_packed(reply, status);
	}
	buffer_done(&body);
}

static bool
is_json(const char *content_type)
{
	static const char json[] = "application/json";
	size_t size = sizeof(json) - 1;

	return content_type && strncasecmp(content_type, json, size) == 0 &&
	       strchr("; \t", content_type[size]);
}

bool
reports_want(const struct request *request, struct reply *reply)
{
	struct problem problem = { 415, request->path, NULL };

	if (!is_json(request->content_type)) {
		problem_reply(reply, &problem,
		    "the body is JSON; send it with Content-Type: "
		    "application/json");
		return false;
	}
	if (coding_of(request->content_encoding) == CODING_UNKNOWN) {
		problem_reply(reply, &problem,
		    "the Content-Encoding \"%.40s\" is not one that is read; "
		    "send the body as it is, or by one of: %s",
		    request->content_encoding, coding_names);
		reply->accept_encoding = coding_names;
		return false;
	}
	return true;
}

enum status
reports_new(const struct reports_settings *settings, struct reports **out)
{
	struct reports *r = calloc(1, sizeof(*r));
	enum status status;

	if (!r)
		return STATUS_NO_MEMORY;
	r->settings = *settings;
	r->writing = (struct writer_settings){ .store = settings->store,
		.unix_now = settings->unix_now,
		.known = known,
		.written = written,
		.save = save,
		.probe = probe,
		.agreement = settings->agreement,
		.save_every_ms = SAVE_EVERY_MS,
		.probe_every_ms = PROBE_EVERY_MS,
		.tend = tend,
		.keep = keep,
		.tend_every_ms = TEND_EVERY_MS,
		.context = r,
		.metrics = settings->metrics };
	r->memory = (struct incoming_memory){ settings->recall, settings->form,
		settings->context };
	status = writer_new(&r->writing, &r->writer);
	if (status != STATUS_OK)
		free(r);
	else
		*out = r;
	return status;
}

bool
reports_are_stored(struct reports *r, char error[static REPORTS_ERROR_SIZE])
{
	return writer_is_well(r->writer, clock_now().ms, error);
}

void
reports_state(struct reports *r, struct reports_state *out)
{
	char error[REPORTS_ERROR_SIZE];

	out->ready = reports_are_stored(r, error);
	writer_waiting(r->writer, &out->count, &out->octets);
}

enum status
reports_save(struct reports *r)
{
	return writer_save(r->writer);
}

void
reports_wake(struct reports *r)
{
	writer_wake(r->writer);
}

void
reports_stop(struct reports *r)
{
	if (r)
		writer_stop(r->writer);
}

void
reports_free(struct reports *r)
{
	if (!r)
		return;
	writer_free(r->writer);
	free(r);
}
