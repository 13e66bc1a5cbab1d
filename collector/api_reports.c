#include <string.h>

#include "base/log.h"
#include "collector/api_inside.h"
#include "collector/form.h"
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
 * shown must not be older.  The locks are held. */
static enum status
take_change(struct api *a, const struct model_change *change)
{
	bool silent = api_is_silent(a, change->row.host_id);
	enum status status;

	api_tell(a, change);
	if (!change->same)
		pasts_note(a->pasts, change->since);
	status = model_take(&a->model, change);
	note_shown(a, status);
	/* What others stored they know. */
	if (status == STATUS_OK && a->sharing && change->same &&
	    !change->stored)
		sharing_note(
		    a->sharing, model_find(&a->model, change->row.host_id));
	/* A host that speaks again need say nothing new. */
	if (silent)
		api_judge_again(a, change->row.host_id, DOCKET_CHANGED);
	if (a->behind)
		log_error("cannot load a host that was stored: %s",
		    status_text(status));
	return status;
}

/* Of what was only heard elsewhere, is something newer known meanwhile? */
static bool
is_overtaken(const struct api *a, const struct model_change *change)
{
	const struct model_host *h;

	if (!change->same || !change->stored)
		return false;
	h = model_find(&a->model, change->row.host_id);
	return !h || h->row.number >= change->row.number;
}

enum status
api_show_change(struct api *a, const struct model_change *change)
{
	enum status status = STATUS_OK;

	(void)pthread_mutex_lock(&a->lock);
	(void)pthread_mutex_lock(&a->changing);
	if (!is_overtaken(a, change))
		status = take_change(a, change);
	(void)pthread_mutex_unlock(&a->changing);
	(void)pthread_mutex_unlock(&a->lock);
	return status;
}

/* Which hosts are known wrongly is not kept: it is rare.  Questions go on
 * meanwhile, and nothing is heard. */
static enum status
load_anew(struct api *a)
{
	enum status status;

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
agree(void *context)
{
	struct api *a = context;

	if (!a->behind && !a->store->doubtful)
		return STATUS_OK;
	if (a->behind || !a->sharing)
		return load_anew(a);
	a->store->doubtful = false;
	sharing_doubt(a->sharing);
	return STATUS_OK;
}

static enum status
stored(void *context, const struct ingest_result *result)
{
	struct api *a = context;

	/* All that is stored is loaded, this one with it. */
	if (a->behind)
		return load_anew(a);
	if (result->ignored)
		return STATUS_OK;
	return api_show_change(a, &result->change);
}

static enum status
hear(void *context, const struct incoming *r, struct ingest_result *out)
{
	struct api *a = context;
	enum status status = STATUS_BUSY;

	/* Whole reports are compared with what others may have stored. */
	if ((a->sharing && !r->heartbeat) ||
	    pthread_mutex_trylock(&a->lock) != 0)
		return status;
	if (pthread_mutex_trylock(&a->changing) != 0) {
		(void)pthread_mutex_unlock(&a->lock);
		return status;
	}
	if (!a->behind)
		status = ingest_heard(
		    model_find(&a->model, ingest_host_id(r->machine_id)), r,
		    a->unix_now(), out);
	if (status == STATUS_OK && !out->ignored)
		status = take_change(a, &out->change);
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

static struct form *
form_of(void *context, const char *machine_id)
{
	struct api *a = context;
	const struct model_host *h;
	struct form *form = NULL;

	(void)pthread_mutex_lock(&a->changing);
	h = model_find(&a->model, ingest_host_id(machine_id));
	if (h && strcmp(h->machine_id, machine_id) == 0)
		form = form_hold(h->form);
	(void)pthread_mutex_unlock(&a->changing);
	return form;
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

/* Another collector may have forgotten what is old. */
static enum status
learn_kept(struct api *a)
{
	struct history_kept kept;
	enum status status = history_get(a->store, &kept);

	if (status == STATUS_OK && kept.since > atomic_load(&a->kept_since))
		atomic_store(&a->kept_since, kept.since);
	return status;
}

static enum status
save_heard(void *context)
{
	struct api *a = context;
	int64_t now = a->unix_now();
	enum status status;

	if (a->sharing)
		sharing_compare(a->sharing);
	status = saving_heard(&a->model, a->store,
	    &(struct saving_with){ &a->changing, a->sharing });
	if (status == STATUS_OK)
		status = saving_alive(a->store, now);
	if (status == STATUS_OK && a->sharing)
		status = learn_kept(a);
	if (status == STATUS_OK && a->sharing)
		status = api_follow_findings(a);
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
		.save = save_heard,
		.probe = probe,
		.tend = api_tend,
		.keep = api_keep_findings,
		.told = told,
		.hear = hear,
		.recall = recall,
		.form = form_of,
		.agreement = { .agree = agree, .context = a },
		.context = a,
		.metrics = a->metrics };
	enum status status = api_share(a, &settings.agreement);

	if (status == STATUS_OK)
		status = reports_new(&settings, &a->reports);
	if (status == STATUS_OK && a->sharing)
		status = sharing_start(a->sharing);
	return status;
}
