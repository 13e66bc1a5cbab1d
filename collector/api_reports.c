#include <string.h>

#include "base/log.h"
#include "collector/api_inside.h"
#include "collector/saving.h"

/* The model was changed, or could not be. */
static void
note_shown(struct api *a, enum status status)
{
	if (a->model.twins)
		log_warning("two hosts report with the machine id %s, one is "
			    "called %s; give each its own",
		    a->model.twins->machine_id, a->model.twins->name);
	a->model.twins = NULL;
	a->judged_at = -1;
	a->behind = status != STATUS_OK;
}

/* Brings the model up to what was stored: the report is safe, and what is
 * shown must not be older. */
static enum status
show_host(struct api *a, const struct ingest_result *result)
{
	enum status status;

	if (result->ignored)
		return STATUS_OK;
	api_tell(a, &result->change);
	if (!result->change.same)
		pasts_note(a->pasts, result->change.since);
	status = model_take(&a->model, &result->change);
	note_shown(a, status);
	if (a->behind)
		log_error("cannot load a host that was stored: %s",
		    status_text(status));
	return status;
}

/* Which hosts are known wrongly is not kept: it is rare.  Questions go on
 * meanwhile, and nothing is heard. */
static enum status
agree(void *context)
{
	struct api *a = context;
	enum status status;

	if (!a->behind && !a->store->doubtful)
		return STATUS_OK;
	if (!a->behind)
		log_warning("the hosts are loaded anew from the database: it "
			    "may not hold what was known of them");
	(void)pthread_mutex_lock(&a->changing);
	a->behind = true;
	(void)pthread_mutex_unlock(&a->changing);
	a->store->doubtful = false;
	status = model_load(&a->model, a->store);
	if (status == STATUS_OK && a->store->doubtful)
		status = STATUS_BUSY;
	(void)pthread_mutex_lock(&a->lock);
	(void)pthread_mutex_lock(&a->changing);
	feed_lose(a->feed);
	pasts_note(a->pasts, 0);
	note_shown(a, status);
	(void)pthread_mutex_unlock(&a->changing);
	(void)pthread_mutex_unlock(&a->lock);
	/* The writer looks there. */
	a->store->doubtful = status != STATUS_OK;
	return status;
}

static enum status
stored(void *context, const struct ingest_result *result)
{
	struct api *a = context;
	enum status status;

	/* All that is stored is loaded, this one with it. */
	if (a->behind)
		return agree(a);
	(void)pthread_mutex_lock(&a->lock);
	(void)pthread_mutex_lock(&a->changing);
	status = show_host(a, result);
	(void)pthread_mutex_unlock(&a->changing);
	(void)pthread_mutex_unlock(&a->lock);
	return status;
}

static enum status
hear(void *context, const struct incoming *r, struct ingest_result *out)
{
	struct api *a = context;
	enum status status = STATUS_BUSY;

	if (pthread_mutex_trylock(&a->lock) != 0)
		return status;
	if (pthread_mutex_trylock(&a->changing) != 0) {
		(void)pthread_mutex_unlock(&a->lock);
		return status;
	}
	if (!a->behind)
		status = ingest_heard(
		    model_find(&a->model, ingest_host_id(r->machine_id)), r,
		    a->unix_now(), out);
	if (status == STATUS_OK)
		status = show_host(a, out);
	(void)pthread_mutex_unlock(&a->changing);
	(void)pthread_mutex_unlock(&a->lock);
	return status;
}

static void
recall(void *context, const char *machine_id, struct incoming_recall *items,
    size_t count)
{
	struct api *a = context;
	const struct model_host *h;

	(void)pthread_mutex_lock(&a->changing);
	h = model_find(&a->model, ingest_host_id(machine_id));
	if (h && strcmp(h->machine_id, machine_id) == 0)
		model_recall(h, items, count);
	(void)pthread_mutex_unlock(&a->changing);
}

static const struct model_host *
known(void *context, int64_t host_id)
{
	struct api *a = context;

	return model_find(&a->model, host_id);
}

static void
told(void *context, const char *machine_id, struct bound_host *out)
{
	struct api *a = context;

	(void)pthread_mutex_lock(&a->changing);
	bound_look(&a->model, machine_id, out);
	(void)pthread_mutex_unlock(&a->changing);
}

static enum status
save_heard(void *context)
{
	struct api *a = context;
	int64_t now = a->unix_now();
	enum status status = saving_heard(&a->model, a->store, &a->changing);

	if (status == STATUS_OK)
		status = saving_alive(a->store, now);
	if (status == STATUS_OK)
		atomic_store(&a->saved_at, now);
	return status;
}

static enum status
probe(void *context)
{
	struct api *a = context;

	return saving_alive(a->store, a->unix_now());
}

void
api_post_report(
    struct api *a, const struct request *request, struct reply *reply)
{
	reports_post(a->reports, request, reply);
}

enum status
api_begin_reports(struct api *a)
{
	struct reports_settings settings = { .store = a->store,
		.unix_now = a->unix_now,
		.known = known,
		.stored = stored,
		.agree = agree,
		.save = save_heard,
		.probe = probe,
		.tend = api_tend,
		.told = told,
		.hear = hear,
		.recall = recall,
		.context = a,
		.metrics = a->metrics };

	return reports_new(&settings, &a->reports);
}
