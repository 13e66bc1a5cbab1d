#include <pthread.h>
#include <stdlib.h>

#include "collector/model.h"

enum {
	HOSTS_TOGETHER = 64, /* handed from thread to thread */
	LOADS = 2            /* one is read while the other is taken */
};

/* Hosts as the store visits them; their texts are in the arena. */
struct load {
	struct store_host *rows; /* lent */
	size_t host_count;
	size_t ends[HOSTS_TOGETHER]; /* of each host's claims */
	struct store_claim *claims;
	size_t count, capacity;
	struct arena arena;
	bool failed;
};

static void
note_claim(void *context, const struct store_claim *c)
{
	struct load *l = context;
	struct store_claim *kept;

	if (l->count == l->capacity) {
		size_t capacity = l->capacity * 2 + 64;

		kept = realloc(l->claims, capacity * sizeof(*kept));
		if (!kept) {
			l->failed = true;
			return;
		}
		l->claims = kept;
		l->capacity = capacity;
	}
	kept = &l->claims[l->count++];
	*kept = *c;
	kept->key = arena_text(&l->arena, c->key);
	kept->facts = arena_text(&l->arena, c->facts);
}

static enum status
read_hosts(
    struct load *l, struct store *s, struct store_host *rows, size_t count)
{
	enum status status = STATUS_OK;

	arena_done(&l->arena);
	l->rows = rows;
	l->host_count = count;
	l->count = 0;
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		status = store_claim_visit(s, rows[i].host_id, note_claim, l);
		l->ends[i] = l->count;
	}
	if (status == STATUS_OK && (l->failed || l->arena.failed))
		status = STATUS_NO_MEMORY;
	return status;
}

static enum status
take_hosts(const struct load *l, struct model *m)
{
	enum status status = STATUS_OK;
	size_t begin = 0;

	for (size_t i = 0; i < 2 && m->locks[i]; i++)
		(void)pthread_mutex_lock(m->locks[i]);

	for (size_t i = 0; i < l->host_count && status == STATUS_OK; i++) {
		status = model_take_stored(
		    m, &(struct model_change){ .row = l->rows[i],
			   .claims = l->claims + begin,
			   .claim_count = l->ends[i] - begin });
		begin = l->ends[i];
	}
	for (size_t i = 2; i-- > 0;) {
		if (m->locks[i])
			(void)pthread_mutex_unlock(m->locks[i]);
	}
	return status;
}

static void
load_done(struct load *l)
{
	arena_done(&l->arena);
	free(l->claims);
}

enum status
model_read_host(struct store *s, int64_t host_id,
    enum status (*take)(void *context, const struct model_change *change),
    void *context)
{
	struct load l = { .count = 0 };
	struct store_host row;
	/* The row first: should another one write between, it is older than
	 * the claims, and whoever compares it sees that. */
	enum status status = store_host_get(s, host_id, &row);

	if (status == STATUS_OK)
		status = read_hosts(&l, s, &row, 1);
	if (status == STATUS_OK)
		status = take(context, &(struct model_change){ .row = row,
					   .claims = l.claims,
					   .claim_count = l.count,
					   .stored = true });
	load_done(&l);
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

/* Who reads fills loads[n % LOADS] for n = 'filled'; who takes empties them. */
struct loading {
	struct model *model;
	struct load loads[LOADS];
	pthread_mutex_t lock; /* of all that follows */
	pthread_cond_t moved;
	size_t filled, taken;
	bool ended;         /* nothing more is read */
	enum status status; /* of taking */
};

static void *
take_all(void *context)
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
		status = take_hosts(&g->loads[g->taken % LOADS], g->model);
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
	while (g->filled - g->taken == LOADS && g->status == STATUS_OK)
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

static enum status
read_all(struct loading *g, struct store *s, const struct all_rows *all)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < all->count && wait_free(g);
	     i += HOSTS_TOGETHER) {
		size_t left = all->count - i;

		status =
		    read_hosts(&g->loads[g->filled % LOADS], s, &all->items[i],
			left < HOSTS_TOGETHER ? left : HOSTS_TOGETHER);
		if (status != STATUS_OK)
			break;
		hand_over(g, false);
	}
	hand_over(g, true);
	return status;
}

static enum status
load_all(struct model *m, struct store *s, const struct all_rows *all)
{
	struct loading g = { .model = m,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.moved = PTHREAD_COND_INITIALIZER };
	enum status status;
	pthread_t taker;

	if (pthread_create(&taker, NULL, take_all, &g) != 0)
		return STATUS_SYSTEM;
	status = read_all(&g, s, all);
	(void)pthread_join(taker, NULL);
	for (size_t i = 0; i < LOADS; i++)
		load_done(&g.loads[i]);
	return status == STATUS_OK ? g.status : status;
}

enum status
model_load(struct model *m, struct store *s)
{
	struct all_rows all = { 0 };
	enum status status = store_host_visit(s, note_row, &all);

	if (status == STATUS_OK && all.failed)
		status = STATUS_NO_MEMORY;
	if (status == STATUS_OK && all.count > 0)
		status = load_all(m, s, &all);
	free(all.items);
	return status;
}
