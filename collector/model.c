#include "collector/model.h"

#include <stdlib.h>
#include <string.h>

#include "collector/form.h"
#include "collector/model_build.h"
#include "collector/model_claims.h"

enum {
	/* Clones take turns at each heartbeat; when one is gone, or has an id
	 * of its own, nothing is wrong any more. */
	TWINS_FOR_S = 3600,
	STARTED_APART_S = 10 /* put right by a clock, it may differ a little */
};

bool
model_is_shared(const struct model_host *h)
{
	return h->twins_at >= 0 && h->seen_at - h->twins_at < TWINS_FOR_S;
}

static bool
is_same_speaker(const struct speaker *a, const struct speaker *b)
{
	return strcmp(a->name, b->name) == 0 &&
	       llabs(a->started_at - b->started_at) <= STARTED_APART_S;
}

/* An agent that was started anew never comes back as what it was; two hosts
 * with one machine id take turns. */
static void
note_twins(
    struct model *m, const struct speaker *before, struct model_host *host)
{
	if (is_same_speaker(before, &host->speaker))
		return;
	if (host->former.name[0] != '\0' &&
	    is_same_speaker(&host->former, &host->speaker)) {
		if (!model_is_shared(host))
			m->twins = host;
		host->twins_at = host->seen_at;
	}
	host->former = *before;
}

/* The place of the host, or where it belongs. */
static size_t
place_of(const struct model *m, int64_t host_id)
{
	size_t low = 0, high = m->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (m->hosts[middle]->host_id < host_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static enum status
make_room(struct model *m)
{
	size_t capacity = m->capacity ? m->capacity * 2 : 64;
	struct model_host **more;

	if (m->count < m->capacity)
		return STATUS_OK;
	more = realloc(m->hosts, capacity * sizeof(*more));
	if (!more)
		return STATUS_NO_MEMORY;
	m->hosts = more;
	m->capacity = capacity;
	return STATUS_OK;
}

void
model_host_free(struct model_host *h)
{
	if (!h)
		return;
	claims_drop(h, NULL);
	form_release(h->form);
	arena_done(&h->arena);
	inside_free(h->inner);
	free(h);
}

static enum status
insert(struct model *m, struct model_host *host)
{
	size_t at = place_of(m, host->host_id);

	if (make_room(m) != STATUS_OK)
		return STATUS_NO_MEMORY;
	memmove(&m->hosts[at + 1], &m->hosts[at],
	    (m->count - at) * sizeof(*m->hosts));
	m->hosts[at] = host;
	m->count++;
	return STATUS_OK;
}

static void
note_row(struct model_host *h, const struct store_host *row)
{
	h->row = *row;
	h->host_id = row->host_id;
	h->seen_at = row->seen_at;
	h->shift = row->shift;
	memcpy(h->machine_id, row->machine_id, MACHINE_ID_SIZE);
}

static void
tell(const struct model *m, const struct model_host *h, bool outside)
{
	if (m->watcher.changed)
		m->watcher.changed(m->watcher.context, h, outside);
}

/* The old state of the host is left as it is until nothing can fail. */
static enum status
renew(struct model *m, struct model_host *host,
    const struct model_change *change, bool is_new)
{
	struct model_host next = *host;
	struct claims_touched touched;
	enum status status = claims_take(&next, host, change, &touched);
	bool outside = is_new || touched.outside || host->bounded ||
		       host->shift != change->row.shift;

	if (status != STATUS_OK)
		return status;
	note_row(&next, &change->row);
	if (outside)
		status = model_build_outside(&next);
	if (status != STATUS_OK) {
		claims_drop(&next, host);
		return status;
	}
	if (outside || touched.inside)
		inside_forget(host->inner);
	if (outside)
		arena_done(&host->arena);
	claims_drop(host, &next);
	if (outside && !is_new)
		note_twins(m, &host->speaker, &next);
	form_release(next.form);
	next.form = NULL;
	*host = next;
	host->changed_at = host->seen_at;
	claims_hear(host, change);
	m->changes++;
	m->outside_changes += outside;
	if (!is_new)
		tell(m, host, outside);
	return STATUS_OK;
}

enum status
model_make(const struct model_change *change, struct model_host **out)
{
	struct model_host *host = calloc(1, sizeof(*host));
	struct model nobody = { .count = 0 };
	enum status status = STATUS_NO_MEMORY;

	if (!host)
		return status;
	host->twins_at = -1;
	host->inner = inside_new();
	if (host->inner)
		status = renew(&nobody, host, change, true);
	if (status == STATUS_OK)
		*out = host;
	else
		model_host_free(host);
	return status;
}

enum status
model_enter(struct model *m, struct model_host *taken_host)
{
	if (insert(m, taken_host) != STATUS_OK) {
		model_host_free(taken_host);
		return STATUS_NO_MEMORY;
	}
	m->changes++;
	m->outside_changes++;
	tell(m, taken_host, true);
	return STATUS_OK;
}

static enum status
enter_new(struct model *m, const struct model_change *change)
{
	struct model_host *host;
	enum status status = model_make(change, &host);

	return status == STATUS_OK ? model_enter(m, host) : status;
}

static struct model_host *
host_of(const struct model *m, int64_t host_id)
{
	size_t at = place_of(m, host_id);

	return at < m->count && m->hosts[at]->host_id == host_id ? m->hosts[at]
								 : NULL;
}

const struct model_host *
model_find(const struct model *m, int64_t host_id)
{
	return host_of(m, host_id);
}

enum status
model_take_stored(struct model *m, const struct model_change *change)
{
	struct model_host *host = host_of(m, change->row.host_id);

	return host ? renew(m, host, change, false) : enter_new(m, change);
}

enum status
model_take(struct model *m, const struct model_change *change)
{
	struct model_host *host = host_of(m, change->row.host_id);
	enum status status = STATUS_OK;

	if (host && change->same) {
		/* The writer may be looking another host up by its id. */
		/* What was silent until now has changed by that. */
		if (change->since <= host->seen_at)
			host->changed_at = change->row.seen_at;
		host->row = change->row;
		host->seen_at = change->row.seen_at;
		claims_hear_again(host, change);
		if (change->form && change->form != host->form) {
			form_release(host->form);
			host->form = form_hold(change->form);
		}
	} else {
		status = model_take_stored(m, change);
		host = host_of(m, change->row.host_id);
	}
	if (status != STATUS_OK)
		return status;
	host->seen_from = change->seen_from;
	if (!change->stored)
		host->unsaved = true;
	else if (!change->same)
		host->unsaved = false;
	return STATUS_OK;
}

enum status
model_save(struct model *m, struct store *s, int64_t host_id)
{
	struct model_host *host = host_of(m, host_id);
	enum status status;

	if (!host || !host->unsaved)
		return STATUS_OK;
	status = store_host_put(s, &host->row);
	for (size_t i = 0; i < host->claim_count && status == STATUS_OK; i++) {
		const struct model_claim *c = &host->claims[i];

		if (c->heard &&
		    (c->heard->last_heard >= 0 || c->heard->frames >= 0))
			status = store_heard_put(s, host_id, c->n, c->heard);
	}
	host->unsaved = status != STATUS_OK;
	return status;
}

void
model_done(struct model *m)
{
	for (size_t i = 0; i < m->count; i++)
		model_host_free(m->hosts[i]);
	free(m->hosts);
	*m = (struct model){ 0 };
}
