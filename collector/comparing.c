#include "collector/comparing.h"

#include <stdlib.h>
#include <string.h>

bool
comparing_is_known(const struct comparing *c, const struct store_host *row)
{
	const struct model_host *h;
	bool current;

	(void)pthread_mutex_lock(c->changing);
	h = c->known(c->context, row->host_id);
	current = h && strcmp(h->row.digest, row->digest) == 0 &&
		  h->row.next_n == row->next_n && h->row.shift == row->shift &&
		  h->row.number >= row->number;
	(void)pthread_mutex_unlock(c->changing);
	return current;
}

/* Is what is known of a host later than its row here? */
static bool
is_ahead(const struct comparing *c, const struct store_host *row)
{
	const struct model_host *h;
	bool ahead;

	(void)pthread_mutex_lock(c->changing);
	h = c->known(c->context, row->host_id);
	ahead =
	    h &&
	    (h->row.next_n > row->next_n ||
		(h->row.next_n == row->next_n && h->row.number > row->number));
	(void)pthread_mutex_unlock(c->changing);
	return ahead;
}

static bool
suspect(struct comparing *c, const struct store_host *row)
{
	if (c->suspect_count == c->suspect_capacity) {
		size_t capacity = c->suspect_capacity * 2 + 64;
		struct store_host *more =
		    realloc(c->suspects, capacity * sizeof(*more));

		if (!more)
			return false;
		c->suspects = more;
		c->suspect_capacity = capacity;
	}
	c->suspects[c->suspect_count++] = *row;
	return true;
}

struct pass {
	struct comparing *comparing;
	struct host_ids *differing;
	bool failed;
};

static void
compare_row(void *context, const struct store_host *row)
{
	struct pass *p = context;

	if (comparing_is_known(p->comparing, row))
		return;
	if (is_ahead(p->comparing, row))
		p->failed |= !host_ids_add(p->differing, row->host_id);
	else
		p->failed |= !suspect(p->comparing, row);
}

enum status
comparing_all(
    struct comparing *c, struct store *s, struct host_ids *out_differing)
{
	struct pass p = { .comparing = c, .differing = out_differing };
	enum status status = store_host_visit(s, compare_row, &p);

	return status == STATUS_OK && p.failed ? STATUS_NO_MEMORY : status;
}

enum status
comparing_judge(struct comparing *c, struct host_ids *out_differing)
{
	bool good = true;

	for (size_t i = 0; i < c->suspect_count && good; i++) {
		const struct store_host *row = &c->suspects[i];

		if (!comparing_is_known(c, row) && !is_ahead(c, row))
			good = host_ids_add(out_differing, row->host_id);
	}
	comparing_done(c);
	return good ? STATUS_OK : STATUS_NO_MEMORY;
}

void
comparing_done(struct comparing *c)
{
	free(c->suspects);
	c->suspects = NULL;
	c->suspect_count = c->suspect_capacity = 0;
}
