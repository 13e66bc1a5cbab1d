/*
 * drawing.c - orders a graph of tests/bench/drawing/graph.py as a drawing does.
 *
 *	drawing GRAPH PLACES: writes "node place" for each node, and says how
 *	many milliseconds ordering and placing took, without reading
 *
 * Memory:  given back by the end of the program.
 * Errors:  exit status 1: the graph cannot be read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buffer.h"
#include "collector/draw/inside_order.h"
#include "collector/draw/isotonic.h"
#include "collector/draw/rows_order.h"

enum { CORE, SWITCH, NIC, VSWITCH, GROUP, MACHINE, RANKS };
enum { APART = 90 /* two nodes of a rank */, TEXT_MOST = 1 << 20 };

struct graph {
	struct arena arena;
	uint32_t nodes, edges, hosts;
	uint32_t *rank, *host,
	    *number; /* within its rank, or within its host */
	uint32_t (*edge)[2];
	uint32_t counts[RANKS]; /* CORE and SWITCH alone */
	uint32_t *members;      /* hosts x RANKS: how many */
};

static void *
array(struct graph *g, size_t count, size_t size)
{
	void *out = arena_array(&g->arena, count + 1, size);

	if (!out)
		exit(1);
	return out;
}

/* The next number of the text at '*at'. */
static bool
next_number(char **at, uint32_t *out)
{
	char *end;
	long value = strtol(*at, &end, 10);

	if (end == *at)
		return false;
	*at = end;
	*out = (uint32_t)value;
	return true;
}

static bool
read_graph(struct graph *g, char *at)
{
	if (!next_number(&at, &g->nodes) || !next_number(&at, &g->edges) ||
	    !next_number(&at, &g->hosts))
		return false;
	g->rank = array(g, g->nodes, sizeof(uint32_t));
	g->host = array(g, g->nodes, sizeof(uint32_t));
	g->number = array(g, g->nodes, sizeof(uint32_t));
	g->edge = array(g, g->edges, sizeof(*g->edge));
	for (uint32_t i = 0; i < g->nodes; i++)
		if (!next_number(&at, &g->rank[i]) ||
		    !next_number(&at, &g->host[i]))
			return false;
	for (uint32_t i = 0; i < g->edges; i++)
		if (!next_number(&at, &g->edge[i][0]) ||
		    !next_number(&at, &g->edge[i][1]))
			return false;
	return true;
}

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void
number_nodes(struct graph *g)
{
	g->members = array(g, (size_t)g->hosts * RANKS, sizeof(uint32_t));
	for (uint32_t i = 0; i < g->nodes; i++) {
		uint32_t *count =
		    g->rank[i] < NIC
			? &g->counts[g->rank[i]]
			: &g->members[g->host[i] * RANKS + g->rank[i]];

		g->number[i] = (*count)++;
	}
}

/* ---- from the graph to what is ordered -------------------------------------
 */

struct host {
	struct wiring wiring;
	uint32_t *nic_vswitch, *group_vswitch, *begin, *hangs, *nic_switch;
	uint32_t *up; /* places of the switches, as they are now */
	struct inside_order order;
	uint32_t choice;
};

struct orders {
	struct graph *graph;
	struct host *hosts;
	struct legs legs;
	struct rows_order rows;
};

static void
make_room(struct graph *g, struct host *h, const uint32_t *members)
{
	h->wiring = (struct wiring){ .nics = members[NIC],
		.vswitches = members[VSWITCH],
		.groups = members[GROUP],
		.machines = members[MACHINE] };
	h->nic_vswitch = array(g, members[NIC], sizeof(uint32_t));
	h->nic_switch = array(g, members[NIC], sizeof(uint32_t));
	h->up = array(g, members[NIC], sizeof(uint32_t));
	h->group_vswitch = array(g, members[GROUP], sizeof(uint32_t));
	h->begin = array(g, members[MACHINE] + (size_t)2, sizeof(uint32_t));
	h->wiring.nic_vswitch = h->nic_vswitch;
	h->wiring.group_vswitch = h->group_vswitch;
}

static void
relate(struct orders *o, uint32_t upper, uint32_t lower)
{
	struct graph *g = o->graph;
	uint32_t from = g->number[upper], to = g->number[lower];
	struct host *h = &o->hosts[g->host[lower]];

	if (g->rank[upper] == SWITCH)
		h->nic_switch[to] = from;
	else if (g->rank[upper] == NIC)
		h->nic_vswitch[from] = to;
	else if (g->rank[upper] == VSWITCH)
		h->group_vswitch[to] = from;
	else if (g->rank[upper] == GROUP)
		h->begin[to + 2]++;
}

/* The groups of each machine, one list behind the other. */
static void
list_hangs(struct orders *o)
{
	struct graph *g = o->graph;

	for (uint32_t i = 0; i < g->hosts; i++) {
		struct host *h = &o->hosts[i];
		uint32_t n = h->wiring.machines;

		for (uint32_t m = 2; m < n + 2; m++)
			h->begin[m] += h->begin[m - 1];
		h->hangs = array(g, h->begin[n + 1], sizeof(uint32_t));
		h->wiring.hangs = h->hangs;
		h->wiring.begin = h->begin;
	}
	for (uint32_t i = 0; i < g->edges; i++) {
		uint32_t upper = g->edge[i][0], lower = g->edge[i][1];
		struct host *h;

		if (g->rank[upper] != GROUP)
			continue;
		h = &o->hosts[g->host[lower]];
		h->hangs[h->begin[g->number[lower] + 1]++] = g->number[upper];
	}
}

static void
list_legs(struct orders *o)
{
	struct graph *g = o->graph;
	uint32_t *begin = array(g, g->hosts + (size_t)1, sizeof(uint32_t));
	uint32_t *at = array(g, g->nodes, sizeof(uint32_t)), next = 0;

	for (uint32_t h = 0; h < g->hosts; h++) {
		begin[h] = next;
		for (uint32_t n = 0; n < o->hosts[h].wiring.nics; n++)
			at[next++] = o->hosts[h].nic_switch[n];
	}
	begin[g->hosts] = next;
	o->legs = (struct legs){ g->hosts, g->counts[SWITCH], begin, at };
}

/* ---- ordering
 * ---------------------------------------------------------------- */

static uint64_t
order_insides(void *closure, const uint32_t *positions)
{
	struct orders *o = closure;
	uint64_t crossings = 0;

	for (uint32_t i = 0; i < o->graph->hosts; i++) {
		struct host *h = &o->hosts[i];

		for (uint32_t n = 0; n < h->wiring.nics; n++)
			h->up[n] = positions[h->nic_switch[n]];
		crossings += inside_order_nics(&h->order, h->up, &h->choice);
	}
	return crossings;
}

static void
order_all(struct orders *o)
{
	struct graph *g = o->graph;
	uint32_t *positions;

	number_nodes(g);
	o->hosts = array(g, g->hosts, sizeof(*o->hosts));
	for (uint32_t h = 0; h < g->hosts; h++)
		make_room(g, &o->hosts[h], g->members + (size_t)h * RANKS);
	for (uint32_t i = 0; i < g->edges; i++)
		if (g->rank[g->edge[i][0]] != CORE)
			relate(o, g->edge[i][0], g->edge[i][1]);
	list_hangs(o);
	list_legs(o);
	for (uint32_t h = 0; h < g->hosts; h++)
		inside_order_init(
		    &o->hosts[h].order, &o->hosts[h].wiring, &g->arena);
	rows_order_find(&o->rows, &o->legs, order_insides, o, &g->arena);
	positions = array(g, g->counts[SWITCH], sizeof(uint32_t));
	for (uint32_t i = 0; i < g->counts[SWITCH]; i++)
		positions[o->rows.switches[i]] = i;
	(void)order_insides(o, positions);
}

/* ---- places
 * -------------------------------------------------------------------- */

/* Where each of a host stands among those of its rank in the host. */
static uint32_t *
invert(struct graph *g, const uint32_t *order, uint32_t count)
{
	uint32_t *at = array(g, count, sizeof(uint32_t));

	for (uint32_t i = 0; i < count; i++)
		at[order[i]] = i;
	return at;
}

struct host_places {
	uint32_t *of[RANKS];
	double x;
};

static double *
place_hosts(struct orders *o)
{
	struct graph *g = o->graph;
	double *x = array(g, g->nodes, sizeof(double)), next = 0;
	struct host_places *places = array(g, g->hosts, sizeof(*places));

	for (uint32_t i = 0; i < g->hosts; i++) {
		struct host *h = &o->hosts[o->rows.hosts[i]];
		struct host_places *p = &places[o->rows.hosts[i]];
		const struct inside_choice *c = &h->order.choices[h->choice];
		const uint32_t *n =
		    g->members + (size_t)o->rows.hosts[i] * RANKS;
		uint32_t most = n[NIC] > n[GROUP] ? n[NIC] : n[GROUP];

		p->of[NIC] = invert(g, h->order.nics, n[NIC]);
		p->of[VSWITCH] = c->vswitch_at;
		p->of[GROUP] = invert(g, c->groups, n[GROUP]);
		p->of[MACHINE] = invert(g, c->machines, n[MACHINE]);
		p->x = next;
		next += APART *
			(double)((most > n[MACHINE] ? most : n[MACHINE]) + 1);
	}
	for (uint32_t i = 0; i < g->nodes; i++)
		if (g->rank[i] >= NIC)
			x[i] = places[g->host[i]].x +
			       APART * (double)places[g->host[i]]
					   .of[g->rank[i]][g->number[i]];
	return x;
}

/* Switches over their cables, cores over their switches. */
static void
place_over(struct orders *o, uint32_t rank, const uint32_t *order, double *x)
{
	struct graph *g = o->graph;
	uint32_t count = g->counts[rank];
	struct isotonic *row = array(g, count, sizeof(*row));
	uint32_t *cables = array(g, count, sizeof(uint32_t));
	uint32_t *at = invert(g, order, count);

	for (uint32_t i = 0; i < g->edges; i++) {
		uint32_t upper = g->edge[i][0];

		if (g->rank[upper] != rank)
			continue;
		row[at[g->number[upper]]].wish += x[g->edge[i][1]];
		cables[at[g->number[upper]]]++;
	}
	for (uint32_t i = 0; i < count; i++) {
		row[i].wish /= cables[i] ? cables[i] : 1;
		row[i].distance = i ? 2 * APART : 0;
	}
	isotonic_place(row, count);
	for (uint32_t i = 0; i < g->nodes; i++)
		if (g->rank[i] == rank)
			x[i] = row[at[g->number[i]]].x;
}

int
main(int count, char **arguments)
{
	struct graph g = { .nodes = 0 };
	struct orders o = { .graph = &g };
	uint32_t *cores;
	double begin, *x;
	struct buffer text;
	FILE *out;

	buffer_init(&text, TEXT_MOST);
	if (count != 3 || buffer_read_file(&text, arguments[1]) ||
	    !read_graph(&g, text.octets))
		return 1;
	begin = now_ms();
	order_all(&o);
	x = place_hosts(&o);
	place_over(&o, SWITCH, o.rows.switches, x);
	cores = array(&g, g.counts[CORE], sizeof(uint32_t));
	for (uint32_t i = 0; i < g.counts[CORE]; i++)
		cores[i] = i;
	place_over(&o, CORE, cores, x);
	printf("%.2f\n", now_ms() - begin);
	out = fopen(arguments[2], "w");
	for (uint32_t i = 0; out && i < g.nodes; i++)
		fprintf(out, "%u %.2f\n", i, x[i]);
	if (!out || fclose(out))
		return 1;
	buffer_done(&text);
	arena_done(&g.arena);
	return 0;
}
