#include "collector/draw/rows_order.h"

#include <string.h>

#include "collector/draw/rows_sift.h"

enum {
	BEGINNINGS = 64,
	/* Comparisons, after which no new beginning is tried: about 5 ms. */
	WORK_MOST = 4000000,
	ROUNDS = 40,     /* of one beginning */
	SIFTS = 6,       /* of hosts and switches in turn, in one round */
	IDLE_ROUNDS = 4, /* without gain: no better will come */
	DISTURB = 4,     /* each so many rounds */
	SWAPS = 3,       /* of a beginning that is near the best */
	LARGE =
	    300, /* hosts, of which one beginning is all there is time for */
	LARGE_ROUNDS = 8,
	PAIR_ROUNDS = 12,
	PAIRS_MOST = 256, /* more are left as they come */
	FAR_WEIGHT = 3
};

/* A fixed row of numbers (splitmix64). */
static uint64_t
next_number(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static void
swap(uint32_t *a, uint32_t *b)
{
	uint32_t kept = *a;

	*a = *b;
	*b = kept;
}

/* ---- pairs in a row ---------------------------------------------------------
 */

struct row {
	uint32_t count;
	uint32_t *strays; /* cables between each two pairs */
	uint32_t *load;   /* cables of the hosts of each */
	uint32_t *order, *at;
	uint64_t *before; /* load left of each place */
};

static bool
row_init(struct row *row, const struct pairs *pairs, const struct legs *l,
    struct arena *a)
{
	size_t n = pairs->count;

	row->count = pairs->count;
	row->strays = arena_array(a, n * n + 1, sizeof(*row->strays));
	row->load = arena_array(a, n + 1, sizeof(*row->load));
	row->order = arena_array(a, n + 1, sizeof(*row->order));
	row->at = arena_array(a, n + 1, sizeof(*row->at));
	row->before = arena_array(a, n + 1, sizeof(*row->before));
	if (a->failed)
		return false;
	for (uint32_t h = 0; h < l->hosts; h++) {
		size_t home = pairs->of_host[h];

		for (uint32_t i = l->begin[h]; i < l->begin[h + 1]; i++) {
			size_t pair = pairs->of_switch[l->at[i]];

			row->load[home]++;
			if (pair == home)
				continue;
			row->strays[home * n + pair]++;
			row->strays[pair * n + home]++;
		}
	}
	return true;
}

/* How many cables the strays pass: those of the pairs between, and half of
 * those at both ends. */
static uint64_t
row_cost(struct row *row)
{
	uint32_t n = row->count;
	uint64_t cost = 0;

	row->before[0] = 0;
	for (uint32_t i = 0; i < n; i++)
		row->before[i + 1] = row->before[i] + row->load[row->order[i]];
	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t k = i + 1; k < n; k++) {
			uint32_t a = row->order[i], b = row->order[k];
			uint64_t strays = row->strays[(size_t)a * n + b];

			if (strays)
				cost += strays *
					(row->before[k] - row->before[i + 1] +
					    (row->load[a] + row->load[b]) / 2);
		}
	}
	return cost;
}

/* How much 'pair' belongs beside the first 'placed' of the row. */
static int64_t
row_score(const struct row *row, uint32_t placed, uint32_t pair)
{
	const uint32_t *strays = row->strays + (size_t)pair * row->count;
	int64_t score = 0;

	for (uint32_t i = 0; i < row->count; i++)
		score += (i < placed ? FAR_WEIGHT : -1) *
			 (int64_t)strays[row->order[i]];
	return score;
}

/* Of those from 'placed' on the one that belongs there most. */
static uint32_t
row_next(const struct row *row, uint32_t placed)
{
	uint32_t best = placed;
	int64_t most = INT64_MIN;

	for (uint32_t i = placed; i < row->count; i++) {
		int64_t score = row_score(row, placed, row->order[i]);

		if (score > most) {
			most = score;
			best = i;
		}
	}
	return best;
}

/* Begins with the first, and always appends the one with most strays to those
 * that stand already. */
static void
row_grow(struct row *row)
{
	for (uint32_t i = 0; i < row->count; i++)
		row->order[i] = i;
	for (uint32_t i = 1; i < row->count; i++)
		swap(&row->order[i], &row->order[row_next(row, i)]);
}

/* Moves the pair at 'from' through the row by exchanges, to its best place. */
static bool
row_sift_one(struct row *row, uint32_t from, uint64_t *cost, uint64_t *work)
{
	uint32_t n = row->count, best = from, it = row->order[from];
	uint64_t least = *cost;

	for (uint32_t to = 0; to < n; to++) {
		uint64_t now;

		memmove(row->at, row->order, n * sizeof(*row->at));
		if (to == from)
			continue;
		if (to < from)
			memmove(row->order + to + 1, row->at + to,
			    (from - to) * sizeof(*row->at));
		else
			memmove(row->order + from, row->at + from + 1,
			    (to - from) * sizeof(*row->at));
		row->order[to] = it;
		now = row_cost(row);
		*work += (uint64_t)n * n / 2;
		if (now < least) {
			least = now;
			best = to;
		}
		memcpy(row->order, row->at, n * sizeof(*row->at));
	}
	if (best == from)
		return false;
	if (best < from)
		memmove(row->order + best + 1, row->at + best,
		    (from - best) * sizeof(*row->at));
	else
		memmove(row->order + from, row->at + from + 1,
		    (best - from) * sizeof(*row->at));
	row->order[best] = it;
	*cost = least;
	return true;
}

static void
row_sift(struct row *row, uint64_t *work)
{
	uint64_t cost = row_cost(row);
	bool moved = true;

	for (int round = 0; moved && round < PAIR_ROUNDS; round++) {
		moved = false;
		for (uint32_t pair = 0; pair < row->count; pair++) {
			uint32_t from = 0;

			while (row->order[from] != pair)
				from++;
			moved |= row_sift_one(row, from, &cost, work);
			if (*work > WORK_MOST)
				return;
		}
	}
}

/* Switches by their pairs, whose order lets few strays go far. */
static void
begin_with_pairs(struct rows *r, struct arena *a)
{
	const struct legs *l = r->legs;
	struct pairs pairs;
	struct row row;
	uint32_t next = 0;

	pairs_find(&pairs, l, a);
	if (a->failed || pairs.count > PAIRS_MOST ||
	    !row_init(&row, &pairs, l, a))
		return;
	row_grow(&row);
	row_sift(&row, &r->work);
	for (uint32_t i = 0; i < row.count; i++)
		for (uint32_t t = 0; t < l->switches; t++)
			if (pairs.of_switch[t] == row.order[i])
				r->switches[next++] = t;
	rows_follow_switches(r);
	rows_hosts_by_median(r);
}

/* ---- beginnings and rounds
 * ----------------------------------------------------- */

struct search {
	struct rows rows;
	struct rows_order *best;
	uint32_t *round_switches, *round_hosts; /* best of this beginning */
	rows_order_inside *inside;
	void *closure;
	uint64_t state, least;
};

/* From the best so far with a few exchanges, or from anywhere. */
static void
begin_anew(struct search *s, int beginning)
{
	struct rows *r = &s->rows;
	uint32_t n = r->legs->switches;

	if (beginning % 2) {
		memcpy(r->switches, s->best->switches, n * sizeof(uint32_t));
		for (int i = 0; i < SWAPS && n; i++)
			swap(&r->switches[next_number(&s->state) % n],
			    &r->switches[next_number(&s->state) % n]);
	} else {
		for (uint32_t i = n; i-- > 1;)
			swap(&r->switches[i],
			    &r->switches[next_number(&s->state) % (i + 1)]);
	}
	rows_follow_switches(r);
	rows_hosts_by_median(r);
}

static void
keep(struct rows *r, uint32_t *switches, uint32_t *hosts)
{
	memcpy(switches, r->switches, r->legs->switches * sizeof(uint32_t));
	memcpy(hosts, r->hosts, r->legs->hosts * sizeof(uint32_t));
}

/* Sifts until nothing is gained, disturbs, and sifts again; gives the least. */
static uint64_t
settle(struct search *s)
{
	struct rows *r = &s->rows;
	int rounds = r->legs->hosts > LARGE ? LARGE_ROUNDS : ROUNDS, idle = 0;
	uint64_t least = rows_crossings(r);

	keep(r, s->round_switches, s->round_hosts);
	for (int round = 0; round < rounds && idle < IDLE_ROUNDS; round++) {
		uint64_t gain = 1, now;

		if (round % DISTURB == DISTURB - 1)
			rows_switches_by_mean(r);
		for (int i = 0; gain && i < SIFTS; i++) {
			gain = rows_sift_hosts(r);
			gain += rows_sift_switches(r);
		}
		now = rows_crossings(r);
		idle++;
		if (now < least) {
			least = now;
			idle = 0;
			keep(r, s->round_switches, s->round_hosts);
		}
	}
	memcpy(r->switches, s->round_switches,
	    r->legs->switches * sizeof(uint32_t));
	memcpy(r->hosts, s->round_hosts, r->legs->hosts * sizeof(uint32_t));
	rows_follow_switches(r);
	return least;
}

static void
try_beginning(struct search *s)
{
	uint64_t crossings = settle(s), all = crossings;

	if (s->inside)
		all += s->inside(s->closure, s->rows.switch_at);
	if (all >= s->least)
		return;
	s->least = all;
	s->best->crossings = crossings;
	keep(&s->rows, s->best->switches, s->best->hosts);
}

void
rows_order_find(struct rows_order *out, const struct legs *legs,
    rows_order_inside *inside, void *closure, struct arena *a)
{
	struct search s = { .best = out,
		.inside = inside,
		.closure = closure,
		.state = 1,
		.least = UINT64_MAX };
	size_t n = legs->switches, hosts = legs->hosts;

	*out = (struct rows_order){ 0 };
	out->switches = arena_array(a, n + 1, sizeof(uint32_t));
	out->hosts = arena_array(a, hosts + 1, sizeof(uint32_t));
	s.round_switches = arena_array(a, n + 1, sizeof(uint32_t));
	s.round_hosts = arena_array(a, hosts + 1, sizeof(uint32_t));
	if (!rows_init(&s.rows, legs, a))
		return;
	/* As they come is the first to be kept, if nothing is better. */
	s.least = rows_crossings(&s.rows);
	s.least += inside ? inside(closure, s.rows.switch_at) : 0;
	out->crossings = s.least;
	keep(&s.rows, out->switches, out->hosts);
	begin_with_pairs(&s.rows, a);
	for (int i = 0; !a->failed && i < BEGINNINGS && s.least; i++) {
		if (i)
			begin_anew(&s, i);
		try_beginning(&s);
		if (s.rows.work > WORK_MOST)
			break;
	}
}

uint64_t
rows_order_count(
    const struct legs *legs, const struct rows_order *order, struct arena *a)
{
	struct rows rows;

	if (!rows_init(&rows, legs, a))
		return 0;
	memcpy(
	    rows.switches, order->switches, legs->switches * sizeof(uint32_t));
	memcpy(rows.hosts, order->hosts, legs->hosts * sizeof(uint32_t));
	rows_follow_switches(&rows);
	return rows_crossings(&rows);
}
