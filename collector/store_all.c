#include "collector/store_all.h"

#include <stdlib.h>
#include <string.h>

#include "collector/store_statements.h"

enum {
	HEARD_VALUES = STORE_CLAIM_COLUMNS - STORE_CLAIM_HEARD,
	HOST_COLUMN = STORE_CLAIM_HEARD, /* of CLAIM_ALL */
	OPENED_HOST_COLUMN = STORE_CLAIM_COLUMNS
};

/* What was heard of a claim; most have nothing of that. */
struct heard_row {
	int64_t host_id, n;
	struct value values[HEARD_VALUES];
};

struct passing {
	struct store *store;
	store_all_visit *visit;
	void *context;
	struct heard_row *heard; /* in the order of the claims */
	size_t heard_count, heard_capacity, heard_at;
	bool no_memory, unreadable;
};

static void
note_heard(void *context, const struct value *row)
{
	struct passing *p = context;
	struct heard_row *next;

	if (p->heard_count == p->heard_capacity) {
		size_t capacity = p->heard_capacity * 2 + 64;
		struct heard_row *more =
		    realloc(p->heard, capacity * sizeof(*more));

		p->no_memory |= !more;
		if (!more)
			return;
		p->heard = more;
		p->heard_capacity = capacity;
	}
	next = &p->heard[p->heard_count++];
	next->host_id = row[0].number;
	next->n = row[1].number;
	memcpy(next->values, row + 2, sizeof(next->values));
}

static bool
is_before(const struct heard_row *h, int64_t host_id, int64_t n)
{
	return h->host_id < host_id || (h->host_id == host_id && h->n < n);
}

/* Both go up by host and number. */
static const struct heard_row *
find_heard(struct passing *p, int64_t host_id, int64_t n)
{
	const struct heard_row *h;

	while (p->heard_at < p->heard_count &&
	       is_before(&p->heard[p->heard_at], host_id, n))
		p->heard_at++;
	h = p->heard_at < p->heard_count ? &p->heard[p->heard_at] : NULL;
	return h && h->host_id == host_id && h->n == n ? h : NULL;
}

static void
read_claim(void *context, const struct value *row)
{
	struct passing *p = context;
	struct value columns[STORE_CLAIM_COLUMNS] = { 0 };
	int64_t host_id = row[HOST_COLUMN].number;
	const struct heard_row *h = find_heard(p, host_id, row[0].number);
	struct store_claim c;

	memcpy(columns, row, STORE_CLAIM_HEARD * sizeof(*row));
	if (h)
		memcpy(
		    columns + STORE_CLAIM_HEARD, h->values, sizeof(h->values));
	if (store_read_claim(p->store, columns, &c))
		p->visit(p->context, host_id, &c);
	else
		p->unreadable = true;
}

enum status
store_all_claims(struct store *s, const int64_t ids[2], store_all_visit *visit,
    void *context)
{
	struct value values[] = { value_number(ids[0]), value_number(ids[1]) };
	struct passing p = { .store = s, .visit = visit, .context = context };
	enum status status = store_query(s, HEARD_ALL, values, note_heard, &p);

	if (status == STATUS_OK && p.no_memory)
		status = STATUS_NO_MEMORY;
	if (status == STATUS_OK)
		status = store_query(s, CLAIM_ALL, values, read_claim, &p);
	free(p.heard);
	return store_end_claims(s, status, p.unreadable);
}

static void
read_opened(void *context, const struct value *row)
{
	struct passing *p = context;
	struct store_claim c;

	if (store_read_claim(p->store, row, &c))
		p->visit(p->context, row[OPENED_HOST_COLUMN].number, &c);
	else
		p->unreadable = true;
}

enum status
store_opened_claims(struct store *s, const struct store_opened *which,
    store_all_visit *visit, void *context)
{
	struct value values[] = { value_numbers(which->host_ids, which->count),
		value_numbers(which->least, which->count),
		value_numbers(which->most, which->count) };
	struct passing p = { .store = s, .visit = visit, .context = context };
	enum status status =
	    store_query(s, CLAIM_OPENED, values, read_opened, &p);

	return store_end_claims(s, status, p.unreadable);
}
