#include <string.h>

#include "collector/api_inside.h"
#include "collector/saving.h"
#include "collector/verdict.h"

static const struct model_host *
known(void *context, int64_t host_id)
{
	const struct api *a = context;

	return model_find(&a->model, host_id);
}

static enum status
show(void *context, const struct model_change *change)
{
	return api_show_change(context, change);
}

static enum status
save(void *context)
{
	struct api *a = context;

	return saving_heard(&a->model, a->store,
	    &(struct saving_with){ &a->changing, a->sharing });
}

static void
wake(void *context)
{
	struct api *a = context;

	reports_wake(a->reports);
}

/* A heartbeat of what is known is not written, and needs no hold. */
static bool
is_heard_only(struct api *a, const struct incoming *r)
{
	const struct model_host *h;
	bool only;

	if (!r->heartbeat)
		return false;
	(void)pthread_mutex_lock(&a->changing);
	h = model_find(&a->model, ingest_host_id(r->machine_id));
	only = h && strcmp(h->row.digest, r->digest) == 0 &&
	       !verdict_host_is_silent(h, a->unix_now());
	(void)pthread_mutex_unlock(&a->changing);
	return only;
}

static enum status
hold(void *context, const struct writer_item *items, size_t count)
{
	struct api *a = context;
	int64_t ids[WRITER_BATCH_MOST];
	size_t held = 0;

	for (size_t i = 0; i < count; i++) {
		if (!is_heard_only(a, &items[i].report))
			ids[held++] =
			    ingest_host_id(items[i].report.machine_id);
	}
	return sharing_hold(a->sharing, ids, held);
}

static enum status
tell(void *context, const struct writer_item *items, size_t count)
{
	struct api *a = context;
	const struct model_change *changes[WRITER_BATCH_MOST];
	size_t changed = 0;

	for (size_t i = 0; i < count; i++) {
		const struct ingest_result *result = &items[i].result;

		if (items[i].status == STATUS_OK && !result->ignored &&
		    !result->change.same)
			changes[changed++] = &result->change;
	}
	return sharing_tell(a->sharing, changes, changed);
}

static int64_t
attend(void *context)
{
	struct api *a = context;

	return sharing_attend(a->sharing);
}

enum status
api_share(struct api *a, struct writer_agreement *out)
{
	if (!store_is_shared(a->store))
		return STATUS_OK;
	out->hold = hold;
	out->tell = tell;
	out->attend = attend;
	return sharing_new(&(struct sharing_settings){ a->store, known,
			       &a->changing, show, save, wake, a },
	    &a->sharing);
}
