#include "base/clock.h"
#include "base/text.h"
#include "collector/writer.h"

/* Of a transaction that another collector was in the way of. */
enum { TRIES_MOST = 4 };

static void
note_failure(
    struct writer_item *item, enum status status, const struct store *store)
{
	item->status = status;
	text_copy(item->error, sizeof(item->error), store->error);
}

/* What is wrong with a report itself shows before it has written anything;
 * any other failure spoils the transaction. */
static bool
is_own_fault(enum status status)
{
	return status == STATUS_OK || status == STATUS_CONFLICT ||
	       status == STATUS_MALFORMED;
}

static enum status
store_one(const struct writer_settings *s, struct writer_item *item)
{
	const struct model_host *known =
	    s->known(s->context, ingest_host_id(item->report.machine_id));

	int64_t now = s->unix_now();
	enum status status;

	ingest_result_done(&item->result);
	item->error[0] = '\0';
	status =
	    ingest_within(s->store, known, &item->report, now, &item->result);
	if (status != STATUS_NOT_FOUND)
		return status;
	/* Since it was read, another report of the host was stored. */
	status = incoming_read_again(&item->report);
	if (status != STATUS_OK)
		return status;
	return ingest_within(
	    s->store, known, &item->report, now, &item->result);
}

/* A transaction begins with what is stored: that others may have written
 * shows as late as when it has begun. */
static enum status
begin_agreed(const struct writer_settings *s)
{
	const struct writer_agreement *a = &s->agreement;

	for (int tries = 0; tries < 2; tries++) {
		enum status status =
		    a->agree ? a->agree(a->context) : STATUS_OK;

		if (status == STATUS_OK)
			status = store_begin(s->store);
		if (status != STATUS_OK || !s->store->doubtful || !a->agree)
			return status;
		store_rollback(s->store);
	}
	return STATUS_BUSY;
}

static enum status
store_together(
    const struct writer_settings *s, struct writer_item *items, size_t count)
{
	const struct writer_agreement *a = &s->agreement;
	enum status status = begin_agreed(s);
	int64_t begun_us = clock_us();

	if (status == STATUS_OK && a->hold)
		status = a->hold(a->context, items, count);
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		items[i].status = store_one(s, &items[i]);
		if (!is_own_fault(items[i].status))
			status = items[i].status;
	}
	if (status == STATUS_OK && a->tell)
		status = a->tell(a->context, items, count);
	if (status == STATUS_OK)
		status = store_commit(s->store);
	if (status != STATUS_OK)
		store_rollback(s->store);
	else
		metrics_committed(s->metrics, clock_us() - begun_us, count);
	return status;
}

enum status
writer_write(const struct writer_settings *settings, struct writer_item *items,
    size_t count)
{
	enum status status = store_together(settings, items, count);

	for (int tries = 1;
	     status != STATUS_OK && tries < TRIES_MOST &&
	     (settings->store->doubtful || store_may_retry(settings->store));
	     tries++)
		status = store_together(settings, items, count);
	if (status != STATUS_OK && count == 1)
		note_failure(items, status, settings->store);
	for (size_t i = 0; status != STATUS_OK && count > 1 && i < count; i++) {
		enum status alone = store_together(settings, &items[i], 1);

		if (alone != STATUS_OK)
			note_failure(&items[i], alone, settings->store);
	}
	settings->written(settings->context, items, count);
	return status;
}
