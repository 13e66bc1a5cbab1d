#include <pthread.h>
#include <stdlib.h>

#include "collector/model.h"
#include "collector/store_all.h"

enum {
	HOSTS_TOGETHER = 64, /* handed from thread to thread */
	BATCHES = 2          /* one is made while the other is taken */
};

/* Claims of one host as the store visits them; their texts are in the arena. */
struct gathered {
	struct store_claim *claims;
	size_t count, capacity;
	struct arena arena;
	bool failed;
};

static void
gather(void *context, const struct store_claim *c)
{
	struct gathered *g = context;
	struct store_claim *kept;

	if (g->count == g->capacity) {
		size_t capacity = g->capacity * 2 + 64;

		kept = realloc(g->claims, capacity * sizeof(*kept));
		if (!kept) {
			g->failed = true;
			return;
		}
		g->claims = kept;
		g->capacity = capacity;
	}
	kept = &g->claims[g->count++];
	*kept = *c;
	kept->key = arena_text(&g->arena, c->key);
	kept->facts = arena_text(&g->arena, c->facts);
	g->failed |= g->arena.failed;
}

static void
gathered_clear(struct gathered *g)
{
	arena_done(&g->arena);
	g->count = 0;
}

static void
gathered_done(struct gathered *g)
{
	arena_done(&g->arena);
	free(g->claims);
}

static struct model_change
change_of(const struct gathered *g, const struct store_host *row)
{
	return (struct model_change){ .row = *row,
		.claims = g->claims,
		.claim_count = g->count,
		.stored = true };
}

enum status
model_read_host(struct store *s, int64_t host_id,
    enum status (*take)(void *context, const struct model_change *change),
    void *context)
{
	struct gathered g = { .count = 0 };
	struct store_host row;
	struct model_change change;
	/* The row first: should another one write between, it is older than
	 * the claims, and whoever compares it sees that. */
	enum status status = store_host_get(s, host_id, &row);

	if (status == STATUS_OK)
		status = store_claim_visit(s, host_id, gather, &g);
	if (status == STATUS_OK && g.failed)
		status = STATUS_NO_MEMORY;
	change = change_of(&g, &row);
	if (status == STATUS_OK)
		status = take(context, &change);
	gathered_done(&g);
	return status;
}

static enum status
take_one(void *context, const struct model_change *change)
{
	return model_take_stored(context, change);
}

enum status
model_load_host(struct model *m, struct store *s, int64_t host_id)
{
	return model_read_host(s, host_id, take_one, m);
}

/* ---- all of them -----------------------------------------------------------
 */

struct all_rows {
	struct store_host *items;
	size_t count, capacity;
	bool failed;
};

static void
note_row(void *context, const struct store_host *row)
{
	struct all_rows *all = context;

	if (all->count == all->capacity) {
		size_t capacity = all->capacity * 2 + 64;
		struct store_host *more =
		    realloc(all->items, capacity * sizeof(*more));

		if (!more) {
			all->failed = true;
			return;
		}
		all->items = more;
		all->capacity = capacity;
	}
	all->items[all->count++] = *row;
}

static void
hold(const struct model *m)
{
	for (size_t i = 0; i < 2 && m->locks[i]; i++)
		(void)pthread_mutex_lock(m->locks[i]);
}

static void
let_go(const struct model *m)
{
	for (size_t i = 2; i-- > 0;) {
		if (m->locks[i])
			(void)pthread_mutex_unlock(m->locks[i]);
	}
}

/* ---- those that are known, anew --------------------------------------------
 */

static enum status
take_held(void *context, const struct model_change *change)
{
	struct model *m = context;
	enum status status;

	hold(m);
	status = model_take_stored(m, change);
	let_go(m);
	return status;
}

static enum status
load_anew(struct model *m, struct store *s, const struct all_rows *all)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < all->count && status == STATUS_OK; i++)
		status =
		    model_read_host(s, all->items[i].host_id, take_held, m);
	return status;
}

/* ---- the first time --------------------------------------------------------
 *
 * One thread reads hosts and makes them, the other enters them, with all that
 * whoever watches the model makes of each.
 */

struct batch {
	struct model_host *hosts[HOSTS_TOGETHER]; /* NULL: taken */
	size_t count;
};

/* Who makes fills batches[n % BATCHES] for n = 'filled'; who enters empties
 * them. */
struct loading {
	struct model *model;
	struct batch batches[BATCHES];
	pthread_mutex_t lock; /* of all that follows */
	pthread_cond_t moved;
	size_t filled, taken;
	bool ended;         /* nothing more is read */
	enum status status; /* of entering */
};

static enum status
enter_hosts(struct batch *b, struct model *m)
{
	enum status status = STATUS_OK;

	hold(m);
	for (size_t i = 0; i < b->count && status == STATUS_OK; i++) {
		status = model_enter(m, b->hosts[i]);
		b->hosts[i] = NULL;
	}
	let_go(m);
	return status;
}

static void *
enter_all(void *context)
{
	struct loading *g = context;

	(void)pthread_mutex_lock(&g->lock);
	for (;;) {
		enum status status;

		while (g->taken == g->filled && !g->ended)
			(void)pthread_cond_wait(&g->moved, &g->lock);
		if (g->taken == g->filled || g->status != STATUS_OK)
			break;
		(void)pthread_mutex_unlock(&g->lock);
		status = enter_hosts(&g->batches[g->taken % BATCHES], g->model);
		(void)pthread_mutex_lock(&g->lock);
		g->status = status;
		g->taken++;
		(void)pthread_cond_signal(&g->moved);
	}
	(void)pthread_mutex_unlock(&g->lock);
	return NULL;
}

/* Waits until one of them is free; false after a failure. */
static bool
wait_free(struct loading *g)
{
	bool good;

	(void)pthread_mutex_lock(&g->lock);
	while (g->filled - g->taken == BATCHES && g->status == STATUS_OK)
		(void)pthread_cond_wait(&g->moved, &g->lock);
	good = g->status == STATUS_OK;
	(void)pthread_mutex_unlock(&g->lock);
	return good;
}

static void
hand_over(struct loading *g, bool ended)
{
	(void)pthread_mutex_lock(&g->lock);
	if (ended)
		g->ended = true;
	else
		g->filled++;
	(void)pthread_cond_signal(&g->moved);
	(void)pthread_mutex_unlock(&g->lock);
}

/* Hosts whose claims come one after the other. */
struct making {
	const struct store_host *rows;
	size_t count;
	struct gathered claims; /* of the host that is next in the batch */
	struct batch *batch;
	enum status status;
};

static void
make_next(struct making *k)
{
	size_t at = k->batch->count;
	struct model_change change = change_of(&k->claims, &k->rows[at]);

	if (k->claims.failed)
		k->status = STATUS_NO_MEMORY;
	if (k->status == STATUS_OK)
		k->status = model_make(&change, &k->batch->hosts[at]);
	k->batch->count += k->status == STATUS_OK;
	gathered_clear(&k->claims);
}

static bool
is_at_work(const struct making *k)
{
	return k->status == STATUS_OK && k->batch->count < k->count;
}

static void
note_claim(void *context, int64_t host_id, const struct store_claim *c)
{
	struct making *k = context;

	while (is_at_work(k) && k->rows[k->batch->count].host_id < host_id)
		make_next(k);
	if (is_at_work(k) && k->rows[k->batch->count].host_id == host_id)
		gather(&k->claims, c);
}

static enum status
make_hosts(struct making *k, struct store *s)
{
	int64_t ids[] = { k->rows[0].host_id, k->rows[k->count - 1].host_id };
	enum status status;

	k->batch->count = 0;
	k->status = STATUS_OK;
	status = store_all_claims(s, ids, note_claim, k);
	while (status == STATUS_OK && is_at_work(k))
		make_next(k);
	return status == STATUS_OK ? k->status : status;
}

static enum status
make_all(struct loading *g, struct store *s, const struct all_rows *all)
{
	struct making k = { .count = 0 };
	enum status status = STATUS_OK;

	for (size_t i = 0;
	     i < all->count && status == STATUS_OK && wait_free(g);
	     i += HOSTS_TOGETHER) {
		size_t left = all->count - i;

		k.rows = &all->items[i];
		k.count = left < HOSTS_TOGETHER ? left : HOSTS_TOGETHER;
		k.batch = &g->batches[g->filled % BATCHES];
		status = make_hosts(&k, s);
		if (status == STATUS_OK)
			hand_over(g, false);
	}
	hand_over(g, true);
	gathered_done(&k.claims);
	return status;
}

static enum status
load_all(struct model *m, struct store *s, const struct all_rows *all)
{
	struct loading g = { .model = m,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.moved = PTHREAD_COND_INITIALIZER };
	enum status status;
	pthread_t enterer;

	if (pthread_create(&enterer, NULL, enter_all, &g) != 0)
		return STATUS_SYSTEM;
	status = make_all(&g, s, all);
	(void)pthread_join(enterer, NULL);
	for (size_t i = 0; i < BATCHES; i++) {
		for (size_t k = 0; k < g.batches[i].count; k++)
			model_host_free(g.batches[i].hosts[k]);
	}
	return status == STATUS_OK ? g.status : status;
}

enum status
model_load(struct model *m, struct store *s)
{
	struct all_rows all = { 0 };
	enum status status = store_host_visit(s, note_row, &all);

	if (status == STATUS_OK && all.failed)
		status = STATUS_NO_MEMORY;
	if (status == STATUS_OK && m->count > 0)
		status = load_anew(m, s, &all);
	else if (status == STATUS_OK && all.count > 0)
		status = load_all(m, s, &all);
	free(all.items);
	return status;
}
