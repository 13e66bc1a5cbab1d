#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

#include "base/log.h"
#include "base/moment.h"
#include "collector/api_inside.h"
#include "collector/pasts.h"
#include "collector/problem.h"

enum {
	RETRY_PAST_S = 2,
	MOMENT_SIZE = 24,
	DAY_S = 86400,
	MEGABYTE = 1024 * 1024
};

static void
write_moment(char out[static MOMENT_SIZE], int64_t at)
{
	time_t time = (time_t)at;
	struct tm parts = { 0 };

	(void)gmtime_r(&time, &parts);
	(void)strftime(out, MOMENT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static enum api_when
refuse(struct reply *reply, const struct request *request, unsigned status,
    const char *text, int64_t moment)
{
	char said[MOMENT_SIZE] = "";

	write_moment(said, moment);
	problem_reply(reply, &(struct problem){ status, request->path, NULL },
	    text, said);
	return API_REFUSED;
}

static enum api_when
refuse_making(
    struct reply *reply, const struct request *request, enum status status)
{
	problem_reply(reply, &(struct problem){ 503, request->path, NULL },
	    "that moment of the past cannot be shown: %s; ask again later",
	    status_text(status));
	reply->retry_after_s = RETRY_PAST_S;
	return API_REFUSED;
}

/* Somebody else makes it, and asks again then. */
static enum api_when
wish(struct api *a, const struct request *request, int64_t at)
{
	const char *path = request->path;
	struct later *later = request->postpone(request);
	struct request gone = { .path = path };
	enum status status;
	struct reply reply;

	/* From here on the request is no longer ours. */
	status = pasts_wish(a->pasts, at, later);
	if (status != STATUS_OK) {
		reply_init(&reply);
		(void)refuse_making(&reply, &gone, status);
		later->answer(later, &reply);
	}
	return API_GONE;
}

static enum api_when
take(struct api *a, struct request *request, int64_t at, struct reply *reply)
{
	enum status status = pasts_take(a->pasts, at, &request->past);

	if (status == STATUS_NOT_FOUND && request->postpone)
		return wish(a, request, at);
	if (status == STATUS_NOT_FOUND) {
		status = pasts_make(a->pasts, at);
		if (status == STATUS_OK)
			status = pasts_take(a->pasts, at, &request->past);
	}
	return status == STATUS_OK ? API_PAST
				   : refuse_making(reply, request, status);
}

enum api_when
api_past_take(struct api *a, struct request *request, struct reply *reply)
{
	const char *text = request->argument(request, "at");
	int64_t now = a->unix_now(), at;
	int64_t since = atomic_load(&a->kept_since);

	if (!text)
		return API_NOW;
	if (!moment_read(text, &at)) {
		problem_reply(reply,
		    &(struct problem){ 400, request->path, NULL },
		    "the parameter \"at\" is no moment; say unix seconds, or a "
		    "date and time with its zone as in "
		    "at=2026-11-22T14:05:00Z");
		return API_REFUSED;
	}
	if (at > now)
		return refuse(reply, request, 400,
		    "the parameter \"at\" is in the future; it is now %s", now);
	if (at < since)
		return refuse(reply, request, 410,
		    "history is kept since %s; what was before is not known",
		    since);
	return at == now ? API_NOW : take(a, request, at, reply);
}

void
api_past_release(struct api *a, struct request *request)
{
	pasts_release(a->pasts, request->past);
	request->past = NULL;
}

struct view
api_past_view(const struct api *a, const struct past *past)
{
	return (struct view){ &past->model, &past->topology, past->at,
		{ a->unix_now(), past->down.since, past->down.until }, NULL,
		&past->findings };
}

/* ---- what is kept -------------------------------------------------------- */

void
api_keep(struct api *a, long days, int64_t octets)
{
	a->retention.keep_s = (days > 0 ? days : RETENTION_DAYS) * DAY_S;
	a->retention.keep_octets = octets;
	atomic_store(&a->retains, true);
}

static void
say_size(struct api *a)
{
	bool kept = !a->retention.too_large;

	if (atomic_exchange(&a->size_is_kept, kept) == kept)
		return;
	if (kept)
		log_info("the database is within keep_size again");
	else
		log_error("the database has %" PRId64 " MB and keep_size is "
			  "%" PRId64 ": what is true now takes more; all "
			  "history is gone",
		    a->retention.octets / MEGABYTE,
		    a->retention.keep_octets / MEGABYTE);
}

enum status
api_tend(void *context, bool *out_more)
{
	struct api *a = context;
	enum status status;

	*out_more = false;
	if (!atomic_load(&a->retains))
		return STATUS_OK;
	status =
	    retention_step(&a->retention, a->store, a->unix_now(), out_more);
	if (status != STATUS_OK)
		return status;
	if (a->retention.since > atomic_load(&a->kept_since))
		atomic_store(&a->kept_since, a->retention.since);
	say_size(a);
	return STATUS_OK;
}
