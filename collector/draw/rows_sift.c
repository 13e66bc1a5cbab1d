#include "collector/draw/rows_sift.h"

#include <stdlib.h>
#include <string.h>

enum {
	ALL_HOSTS = 250, /* as many are moved past all others */
	WINDOW = 64,     /* of more, each past so many on both sides */
	/* Of more switches the costs of each two are too many. */
	SIFTED_SWITCHES = 1024
};

struct sort_key {
	double median, mean;
	uint32_t what;
};

bool
rows_init(struct rows *r, const struct legs *legs, struct arena *a)
{
	size_t hosts = legs->hosts, n = legs->switches;
	size_t most = hosts > n ? hosts : n;

	*r = (struct rows){ .legs = legs };
	r->switches = arena_array(a, n + 1, sizeof(uint32_t));
	r->switch_at = arena_array(a, n + 1, sizeof(uint32_t));
	r->hosts = arena_array(a, hosts + 1, sizeof(uint32_t));
	r->host_at = arena_array(a, hosts + 1, sizeof(uint32_t));
	r->places =
	    arena_array(a, legs->begin[hosts] + (size_t)1, sizeof(uint32_t));
	r->list =
	    arena_array(a, legs->begin[hosts] + (size_t)1, sizeof(uint32_t));
	r->list_begin = arena_array(a, n + 2, sizeof(uint32_t));
	r->tree = arena_array(a, n + 2, sizeof(uint32_t));
	r->keys = arena_array(a, most + 1, sizeof(*r->keys));
	if (n <= SIFTED_SWITCHES)
		r->cost = arena_array(a, n * n + 1, sizeof(uint32_t));
	for (uint32_t i = 0; r->switches && i < n; i++)
		r->switches[i] = i;
	for (uint32_t i = 0; r->hosts && i < hosts; i++)
		r->hosts[i] = i;
	if (!a->failed)
		rows_follow_switches(r);
	return !a->failed;
}

void
rows_follow_switches(struct rows *r)
{
	const struct legs *l = r->legs;

	for (uint32_t i = 0; i < l->switches; i++)
		r->switch_at[r->switches[i]] = i;
	for (uint32_t h = 0; h < l->hosts; h++) {
		for (uint32_t i = l->begin[h]; i < l->begin[h + 1]; i++) {
			uint32_t place = r->switch_at[l->at[i]], to = i;

			for (; to > l->begin[h] && r->places[to - 1] > place;
			     to--)
				r->places[to] = r->places[to - 1];
			r->places[to] = place;
		}
	}
	r->work += l->begin[l->hosts];
}

/* ---- by median and mean -------------------------------------------------- */

static int
compare(const void *left, const void *right)
{
	const struct sort_key *a = left, *b = right;

	if (a->median < b->median || a->median > b->median)
		return a->median < b->median ? -1 : 1;
	if (a->mean < b->mean || a->mean > b->mean)
		return a->mean < b->mean ? -1 : 1;
	return (a->what > b->what) - (a->what < b->what);
}

/* Of 'count' ascending places; none: behind all. */
static struct sort_key
key_of(const uint32_t *places, uint32_t count, uint32_t what)
{
	struct sort_key out = { UINT32_MAX, 0, what };
	uint32_t low, high;

	if (!count)
		return out;
	low = places[(count - 1) / 2];
	high = places[count / 2];
	for (uint32_t i = 0; i < count; i++)
		out.mean += places[i];
	out.mean /= count;
	out.median = ((double)low + high) / 2;
	return out;
}

static void
sort(struct rows *r, uint32_t *order, uint32_t count)
{
	qsort(r->keys, count, sizeof(*r->keys), compare);
	for (uint32_t i = 0; i < count; i++)
		order[i] = r->keys[i].what;
	r->work += (uint64_t)count * 16;
}

void
rows_hosts_by_median(struct rows *r)
{
	const struct legs *l = r->legs;

	for (uint32_t h = 0; h < l->hosts; h++)
		r->keys[h] = key_of(
		    r->places + l->begin[h], l->begin[h + 1] - l->begin[h], h);
	sort(r, r->hosts, l->hosts);
}

/* For each switch the places of its hosts, ascending. */
static void
list_hosts(struct rows *r)
{
	const struct legs *l = r->legs;
	uint32_t *next = r->list_begin + 1;

	memset(r->list_begin, 0, (l->switches + 2) * sizeof(uint32_t));
	for (uint32_t i = 0; i < l->begin[l->hosts]; i++)
		r->list_begin[l->at[i] + 2]++;
	for (uint32_t t = 2; t < l->switches + 2; t++)
		r->list_begin[t] += r->list_begin[t - 1];
	for (uint32_t i = 0; i < l->hosts; i++) {
		uint32_t h = r->hosts[i];

		for (uint32_t k = l->begin[h]; k < l->begin[h + 1]; k++)
			r->list[next[l->at[k]]++] = i;
	}
	r->work += 2 * (uint64_t)l->begin[l->hosts];
}

void
rows_switches_by_mean(struct rows *r)
{
	list_hosts(r);
	for (uint32_t t = 0; t < r->legs->switches; t++) {
		r->keys[t] = key_of(r->list + r->list_begin[t],
		    r->list_begin[t + 1] - r->list_begin[t], t);
		r->keys[t].median = r->keys[t].mean;
	}
	sort(r, r->switches, r->legs->switches);
	rows_follow_switches(r);
}

/* ---- sifting ----------------------------------------------------------------
 */

/* How many pairs of x in 'a' and y in 'b' have x > y; both ascend. */
static uint32_t
inversions(struct rows *r, const uint32_t *a, const uint32_t *a_end,
    const uint32_t *b, const uint32_t *b_end)
{
	const uint32_t *first = b;
	uint32_t count = 0;

	r->work += (uint64_t)(a_end - a + b_end - b);
	for (; a < a_end; a++) {
		while (b < b_end && *b < *a)
			b++;
		count += (uint32_t)(b - first);
	}
	return count;
}

/* What it costs to have host 'a' left of 'b'. */
static int64_t
host_cost(struct rows *r, uint32_t a, uint32_t b)
{
	const uint32_t *begin = r->legs->begin;

	return inversions(r, r->places + begin[a], r->places + begin[a + 1],
	    r->places + begin[b], r->places + begin[b + 1]);
}

/* Moves what is at 'from' to 'to', those between by one. */
static void
move(uint32_t *order, uint32_t from, uint32_t to)
{
	uint32_t what = order[from];

	if (to < from)
		memmove(
		    order + to + 1, order + to, (from - to) * sizeof(*order));
	else
		memmove(order + from, order + from + 1,
		    (to - from) * sizeof(*order));
	order[to] = what;
}

/* The best place for the host at 'from'; '*gain' is what it saves. */
static uint32_t
best_for_host(struct rows *r, uint32_t from, int64_t *gain)
{
	uint32_t hosts = r->legs->hosts, host = r->hosts[from], best = from;
	uint32_t window = hosts < ALL_HOSTS ? hosts : WINDOW;
	int64_t change = 0, least = 0;

	for (uint32_t i = from; i-- > 0 && from - i <= window;) {
		change += host_cost(r, host, r->hosts[i]) -
			  host_cost(r, r->hosts[i], host);
		if (change < least) {
			least = change;
			best = i;
		}
	}
	change = 0;
	for (uint32_t i = from + 1; i < hosts && i - from <= window; i++) {
		change += host_cost(r, r->hosts[i], host) -
			  host_cost(r, host, r->hosts[i]);
		if (change < least) {
			least = change;
			best = i;
		}
	}
	*gain = -least;
	return best;
}

uint64_t
rows_sift_hosts(struct rows *r)
{
	uint32_t hosts = r->legs->hosts, *todo = r->host_at;
	uint64_t gained = 0;

	memcpy(todo, r->hosts, hosts * sizeof(*todo));
	for (uint32_t i = 0; i < hosts; i++) {
		uint32_t from = 0, to;
		int64_t gain;

		while (r->hosts[from] != todo[i])
			from++;
		to = best_for_host(r, from, &gain);
		move(r->hosts, from, to);
		gained += (uint64_t)gain;
		r->work += from / 4;
	}
	return gained;
}

/* What each two switches cost, the first left of the second. */
static void
fill_costs(struct rows *r)
{
	uint32_t n = r->legs->switches;

	list_hosts(r);
	for (uint32_t a = 0; a < n; a++)
		for (uint32_t b = 0; b < n; b++)
			r->cost[(size_t)a * n + b] =
			    inversions(r, r->list + r->list_begin[a],
				r->list + r->list_begin[a + 1],
				r->list + r->list_begin[b],
				r->list + r->list_begin[b + 1]);
}

static uint32_t
best_for_switch(const struct rows *r, uint32_t from, int64_t *gain)
{
	uint32_t n = r->legs->switches, it = r->switches[from], best = from;
	const uint32_t *cost = r->cost;
	int64_t change = 0, least = 0;

	for (uint32_t i = from; i-- > 0;) {
		size_t other = r->switches[i];

		change += (int64_t)cost[(size_t)it * n + other] -
			  cost[other * n + it];
		if (change < least) {
			least = change;
			best = i;
		}
	}
	change = 0;
	for (uint32_t i = from + 1; i < n; i++) {
		size_t other = r->switches[i];

		change += (int64_t)cost[other * n + it] -
			  cost[(size_t)it * n + other];
		if (change < least) {
			least = change;
			best = i;
		}
	}
	*gain = -least;
	return best;
}

uint64_t
rows_sift_switches(struct rows *r)
{
	uint32_t n = r->legs->switches;
	uint64_t gained = 0;

	if (!r->cost)
		return 0;
	fill_costs(r);
	for (uint32_t t = 0; t < n; t++) {
		uint32_t from = 0, to;
		int64_t gain;

		while (r->switches[from] != t)
			from++;
		to = best_for_switch(r, from, &gain);
		move(r->switches, from, to);
		gained += (uint64_t)gain;
	}
	r->work += (uint64_t)n * n;
	rows_follow_switches(r);
	return gained;
}

/* ---- counting
 * ----------------------------------------------------------------- */

/* A tree of sums (Fenwick) over the places of switches. */
static uint32_t
sum_to(const uint32_t *tree, uint32_t place)
{
	uint32_t sum = 0;

	for (place++; place; place &= place - 1)
		sum += tree[place];
	return sum;
}

static void
add_at(uint32_t *tree, uint32_t size, uint32_t place)
{
	for (place++; place <= size; place += place & -place)
		tree[place]++;
}

uint64_t
rows_crossings(struct rows *r)
{
	const struct legs *l = r->legs;
	uint64_t count = 0;
	uint32_t seen = 0;

	memset(r->tree, 0, (l->switches + 2) * sizeof(*r->tree));
	for (uint32_t i = 0; i < l->hosts; i++) {
		uint32_t h = r->hosts[i];

		for (uint32_t k = l->begin[h]; k < l->begin[h + 1]; k++)
			count += seen - sum_to(r->tree, r->places[k]);
		for (uint32_t k = l->begin[h]; k < l->begin[h + 1]; k++, seen++)
			add_at(r->tree, l->switches, r->places[k]);
	}
	r->work += 16 * (uint64_t)l->begin[l->hosts];
	return count;
}
