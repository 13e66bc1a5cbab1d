#include "collector/draw/inside_order.h"

#include <stdlib.h>
#include <string.h>

enum {
	VSWITCHES_TRIED = 3, /* in every order */
	NICS_TRIED = 5,
	/* More machines than that are folded; none sees their wires. */
	MACHINES_MOST = 64,
	GROUPS_MOST = 64,
	WIRES_MOST = 256,
	ORDERS_MOST = 600, /* of port groups that are all tried */
	SIFT_ROUNDS = 8,
	EXCHANGE_ROUNDS = 20
};

static void
swap(uint32_t *a, uint32_t *b)
{
	uint32_t kept = *a;

	*a = *b;
	*b = kept;
}

/* The next order of 'count' numbers, by size; false after the last. */
static bool
next_order(uint32_t *at, uint32_t count)
{
	uint32_t i = count, j = count;

	while (i > 1 && at[i - 2] >= at[i - 1])
		i--;
	if (i < 2)
		return false;
	while (at[j - 1] <= at[i - 2])
		j--;
	swap(&at[i - 2], &at[j - 1]);
	for (j = count; i < j; i++, j--)
		swap(&at[i - 1], &at[j - 1]);
	return true;
}

/* ---- port groups and machines ----------------------------------------------
 */

/* A machine, and the mean place of its groups. */
struct hung {
	double middle;
	uint32_t before, machine; /* where it stood */
};

struct tables {
	const struct wiring *w;
	uint32_t *group_at; /* the place of each */
	uint32_t *groups;   /* from left to right */
	uint32_t *machines;
	struct hung *hung; /* room for all of them */
	uint32_t *begins;  /* of each vSwitch's groups in 'groups' */
	uint32_t spans;
	bool several; /* some machine hangs on several groups */
	struct inside_choice *best;
};

static double
middle(const struct tables *t, uint32_t machine)
{
	const uint32_t *begin = &t->w->begin[machine];
	double sum = 0;

	for (uint32_t i = begin[0]; i < begin[1]; i++)
		sum += t->group_at[t->w->hangs[i]];
	return begin[1] > begin[0] ? sum / (begin[1] - begin[0]) : 0;
}

static int
compare_hung(const void *left, const void *right)
{
	const struct hung *a = left, *b = right;

	if (a->middle < b->middle || a->middle > b->middle)
		return a->middle < b->middle ? -1 : 1;
	return (a->before > b->before) - (a->before < b->before);
}

/* Crossings of the wires of 'a' and 'b', 'a' being left. */
static uint32_t
cross(const struct tables *t, uint32_t a, uint32_t b)
{
	const struct wiring *w = t->w;
	uint32_t count = 0;

	for (uint32_t i = w->begin[a]; i < w->begin[a + 1]; i++)
		for (uint32_t k = w->begin[b]; k < w->begin[b + 1]; k++)
			count +=
			    t->group_at[w->hangs[i]] > t->group_at[w->hangs[k]];
	return count;
}

/* Few stand nearly as they should: those are quicker put one by one. */
static void
insert_machines(struct tables *t)
{
	struct hung *at = t->hung;

	for (uint32_t i = 1; i < t->w->machines; i++) {
		struct hung it = at[i];
		uint32_t to = i;

		for (; to && at[to - 1].middle > it.middle; to--)
			at[to] = at[to - 1];
		at[to] = it;
	}
}

static void
sort_machines(struct tables *t)
{
	uint32_t count = t->w->machines;

	for (uint32_t i = 0; i < count; i++)
		t->hung[i] = (struct hung){ middle(t, t->machines[i]), i,
			t->machines[i] };
	if (count <= MACHINES_MOST)
		insert_machines(t);
	else
		qsort(t->hung, count, sizeof(*t->hung), compare_hung);
	for (uint32_t i = 0; i < count; i++)
		t->machines[i] = t->hung[i].machine;
}

static void
exchange_machines(struct tables *t)
{
	bool changed = true;

	for (int round = 0; changed && round < EXCHANGE_ROUNDS; round++) {
		changed = false;
		for (uint32_t i = 0; i + 1 < t->w->machines; i++) {
			uint32_t a = t->machines[i], b = t->machines[i + 1];

			if (cross(t, a, b) <= cross(t, b, a))
				continue;
			swap(&t->machines[i], &t->machines[i + 1]);
			changed = true;
		}
	}
}

/* Machines below the groups as they stand; the crossings. */
static uint32_t
hang_machines(struct tables *t)
{
	uint32_t count = 0, n = t->w->machines;

	for (uint32_t i = 0; i < t->w->groups; i++)
		t->group_at[t->groups[i]] = i;
	sort_machines(t);
	if (!t->several)
		return 0;
	exchange_machines(t);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = i + 1; k < n; k++)
			count += cross(t, t->machines[i], t->machines[k]);
	return count;
}

static void
keep_if_better(struct tables *t)
{
	uint32_t crossings = hang_machines(t);

	if (crossings >= t->best->crossings)
		return;
	t->best->crossings = crossings;
	memcpy(t->best->groups, t->groups, t->w->groups * sizeof(uint32_t));
	memcpy(
	    t->best->machines, t->machines, t->w->machines * sizeof(uint32_t));
}

/* Steps all spans like the wheels of a counter; false after the last. */
static bool
next_groups(struct tables *t)
{
	for (uint32_t s = 0; s < t->spans; s++) {
		uint32_t *at = t->groups + t->begins[s];
		uint32_t count = t->begins[s + 1] - t->begins[s];

		if (next_order(at, count))
			return true;
		/* The last order turned round is the first again. */
		for (uint32_t i = 0; i < count / 2; i++)
			swap(&at[i], &at[count - 1 - i]);
	}
	return false;
}

static uint64_t
orders_of(const struct tables *t)
{
	uint64_t orders = 1;

	for (uint32_t s = 0; s < t->spans; s++)
		for (uint32_t n = t->begins[s + 1] - t->begins[s]; n > 1; n--)
			if (orders <= ORDERS_MOST)
				orders *= n;
	return orders;
}

/* Exchanges neighbours of span 's' where that helps. */
static void
sift_span(struct tables *t, uint32_t s)
{
	for (uint32_t i = t->begins[s]; i + 1 < t->begins[s + 1]; i++) {
		memcpy(t->groups, t->best->groups,
		    t->w->groups * sizeof(uint32_t));
		swap(&t->groups[i], &t->groups[i + 1]);
		keep_if_better(t);
	}
}

static void
sift_groups(struct tables *t)
{
	for (int round = 0; t->best->crossings && round < SIFT_ROUNDS;
	     round++) {
		uint64_t before = t->best->crossings;

		for (uint32_t s = 0; s < t->spans; s++)
			sift_span(t, s);
		if (t->best->crossings == before)
			return;
	}
}

/* Groups in the order of their vSwitches, ascending in each. */
static void
span_groups(struct tables *t)
{
	const struct wiring *w = t->w;
	uint32_t next = 0;

	t->spans = 0;
	for (uint32_t place = 0; place < w->vswitches; place++) {
		t->begins[t->spans++] = next;
		for (uint32_t g = 0; g < w->groups; g++)
			if (t->best->vswitch_at[w->group_vswitch[g]] == place)
				t->groups[next++] = g;
	}
	t->begins[t->spans] = next;
}

static void
find_groups(struct tables *t)
{
	t->best->crossings = UINT64_MAX;
	span_groups(t);
	for (uint32_t i = 0; i < t->w->machines; i++)
		t->machines[i] = i;
	keep_if_better(t);
	if (!t->best->crossings)
		return;
	if (orders_of(t) > ORDERS_MOST) {
		sift_groups(t);
		return;
	}
	while (t->best->crossings && next_groups(t))
		keep_if_better(t);
}

/* ---- the whole
 * ------------------------------------------------------------------ */

static bool
tables_init(struct tables *t, const struct wiring *w, struct arena *a)
{
	*t = (struct tables){ .w = w };
	t->group_at = arena_array(a, w->groups + (size_t)1, sizeof(uint32_t));
	t->groups = arena_array(a, w->groups + (size_t)1, sizeof(uint32_t));
	t->machines = arena_array(a, w->machines + (size_t)1, sizeof(uint32_t));
	t->begins = arena_array(a, w->vswitches + (size_t)2, sizeof(uint32_t));
	t->hung = arena_array(a, w->machines + (size_t)1, sizeof(*t->hung));
	for (uint32_t m = 0; m < w->machines; m++)
		t->several |= w->begin[m + 1] > w->begin[m] + 1;
	/* Of very many none sees which wires cross. */
	if (w->machines > MACHINES_MOST || w->groups > GROUPS_MOST ||
	    w->begin[w->machines] > WIRES_MOST)
		t->several = false;
	return !a->failed;
}

static void
add_choice(struct inside_order *out, struct tables *t, const uint32_t *order,
    struct arena *a)
{
	const struct wiring *w = t->w;
	struct inside_choice *c = &out->choices[out->choice_count];

	c->vswitch_at =
	    arena_array(a, w->vswitches + (size_t)1, sizeof(uint32_t));
	c->groups = arena_array(a, w->groups + (size_t)1, sizeof(uint32_t));
	c->machines = arena_array(a, w->machines + (size_t)1, sizeof(uint32_t));
	if (a->failed)
		return;
	for (uint32_t i = 0; i < w->vswitches; i++)
		c->vswitch_at[order[i]] = i;
	t->best = c;
	find_groups(t);
	out->choice_count++;
}

void
inside_order_init(
    struct inside_order *out, const struct wiring *wiring, struct arena *a)
{
	struct tables t;
	uint32_t *order =
	    arena_array(a, wiring->vswitches + (size_t)1, sizeof(uint32_t));

	*out = (struct inside_order){ .wiring = *wiring };
	out->nics = arena_array(a, wiring->nics + (size_t)1, sizeof(uint32_t));
	if (!tables_init(&t, &out->wiring, a))
		return;
	for (uint32_t i = 0; i < wiring->vswitches; i++)
		order[i] = i;
	do
		add_choice(out, &t, order, a);
	while (!a->failed && !wiring->vswitches_stay &&
	       wiring->vswitches <= VSWITCHES_TRIED &&
	       next_order(order, wiring->vswitches));
}

/* ---- NICs
 * ------------------------------------------------------------------------- */

struct nic_row {
	const uint32_t *up, *nic_vswitch, *vswitch_at;
	uint32_t *order;
	uint32_t count;
};

/* What it costs to have NIC 'a' left of 'b'. */
static uint32_t
nic_cost(const struct nic_row *r, uint32_t a, uint32_t b)
{
	uint32_t va = r->nic_vswitch[a], vb = r->nic_vswitch[b], cost = 0;

	if (r->up[a] != UINT32_MAX && r->up[b] != UINT32_MAX)
		cost += r->up[a] > r->up[b];
	if (va != UINT32_MAX && vb != UINT32_MAX)
		cost += r->vswitch_at[va] > r->vswitch_at[vb];
	return cost;
}

static uint32_t
nics_cost(const struct nic_row *r)
{
	uint32_t cost = 0;

	for (uint32_t i = 0; i < r->count; i++)
		for (uint32_t k = i + 1; k < r->count; k++)
			cost += nic_cost(r, r->order[i], r->order[k]);
	return cost;
}

/* Tries all orders of a few; exchanges neighbours of many. */
static uint32_t
order_nics(struct nic_row *r)
{
	uint32_t best[NICS_TRIED], least;
	bool changed = true;

	for (uint32_t i = 0; i < r->count; i++)
		r->order[i] = i;
	least = nics_cost(r);
	if (r->count <= NICS_TRIED) {
		memcpy(best, r->order, r->count * sizeof(*best));
		while (least && next_order(r->order, r->count)) {
			uint32_t cost = nics_cost(r);

			if (cost >= least)
				continue;
			least = cost;
			memcpy(best, r->order, r->count * sizeof(*best));
		}
		memcpy(r->order, best, r->count * sizeof(*best));
		return least;
	}
	for (int round = 0; changed && round < EXCHANGE_ROUNDS; round++) {
		changed = false;
		for (uint32_t i = 0; i + 1 < r->count; i++) {
			uint32_t a = r->order[i], b = r->order[i + 1];

			if (nic_cost(r, a, b) <= nic_cost(r, b, a))
				continue;
			swap(&r->order[i], &r->order[i + 1]);
			changed = true;
		}
	}
	return nics_cost(r);
}

uint64_t
inside_order_nics(
    struct inside_order *it, const uint32_t *up, uint32_t *out_choice)
{
	struct nic_row row = { .up = up,
		.nic_vswitch = it->wiring.nic_vswitch,
		.order = it->nics,
		.count = it->wiring.nics };
	uint64_t least = UINT64_MAX;

	*out_choice = 0;
	for (uint32_t i = 0; i < it->choice_count && least; i++) {
		uint64_t all;

		row.vswitch_at = it->choices[i].vswitch_at;
		all = it->choices[i].crossings + order_nics(&row);
		if (all < least) {
			least = all;
			*out_choice = i;
		}
	}
	if (it->choice_count) {
		row.vswitch_at = it->choices[*out_choice].vswitch_at;
		(void)order_nics(&row);
	}
	return least == UINT64_MAX ? 0 : least;
}
