#include "collector/retention.h"

#include "collector/history.h"

/* Free pages are filled again by what comes; beyond this share of the file, and
 * beyond these, they are given back. */
enum { FREE_SHARE = 8, FREE_LEAST = 1024 * 1024 };

static enum status
end(struct store *s, enum status status)
{
	if (status == STATUS_OK)
		status = store_commit(s);
	if (status != STATUS_OK)
		store_rollback(s);
	return status;
}

/* Forgets some of what ended before 'before'; '*out_more': that was all that
 * one step may, and more may be left. */
static enum status
forget(struct retention *r, struct store *s, int64_t before, bool *out_more)
{
	int64_t edge = before;
	enum status status = history_edge(s, RETENTION_ROWS, &edge);

	*out_more = status == STATUS_OK && edge < before;
	if (status == STATUS_NOT_FOUND || edge > before)
		edge = before;
	if (status != STATUS_OK && status != STATUS_NOT_FOUND)
		return status;
	status = store_begin(s);
	if (status == STATUS_OK)
		status = history_forget(s, edge, RETENTION_ROWS);
	status = end(s, status);
	if (status == STATUS_OK && edge > r->since)
		r->since = edge;
	return status;
}

static enum status
by_age(struct retention *r, struct store *s, int64_t now, bool *out_more)
{
	int64_t oldest, before = now - r->keep_s;
	enum status status = history_edge(s, 0, &oldest);

	if (status == STATUS_NOT_FOUND)
		return STATUS_OK;
	if (status != STATUS_OK || oldest >= before)
		return status;
	return forget(r, s, before, out_more);
}

static enum status
by_size(struct retention *r, struct store *s, int64_t now, bool *out_more)
{
	int64_t oldest;
	enum status status;

	r->too_large = false;
	if (r->keep_octets == 0 || r->octets <= r->keep_octets)
		return STATUS_OK;
	status = history_edge(s, 0, &oldest);
	r->too_large = status == STATUS_NOT_FOUND;
	if (status != STATUS_OK)
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	*out_more = true;
	return forget(r, s, now, &(bool){ false });
}

/* Is so much of the file unused that it is to shrink? */
static bool
is_loose(const struct retention *r, const struct engine_size *size)
{
	if (size->unused < FREE_LEAST)
		return false;
	return size->unused > size->whole / FREE_SHARE ||
	       (r->keep_octets > 0 && size->whole > r->keep_octets);
}

enum status
retention_step(
    struct retention *r, struct store *s, int64_t now, bool *out_more)
{
	struct engine_size size = { 0 };
	enum status status;

	*out_more = false;
	status = store_size(s, &size);
	r->octets = size.whole - size.unused;
	if (status == STATUS_OK)
		status = by_age(r, s, now, out_more);
	if (status == STATUS_OK && !*out_more)
		status = by_size(r, s, now, out_more);
	if (status != STATUS_OK || *out_more)
		return status;
	if (!is_loose(r, &size))
		return STATUS_OK;
	*out_more = true;
	return store_compact(s, RETENTION_PAGES);
}
