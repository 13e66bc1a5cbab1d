#include "collector/draw/pairs.h"

#include <stddef.h>

enum {
	/* Beyond it no pairs are looked for: their table would be too large. */
	SWITCHES_MOST = 2048
};

/* Counts a host once for each two of its legs. */
static void
count_host(const struct legs *l, uint32_t host, uint32_t *shared)
{
	size_t n = l->switches;

	for (uint32_t i = l->begin[host]; i < l->begin[host + 1]; i++) {
		for (uint32_t k = l->begin[host]; k < i; k++) {
			if (l->at[i] == l->at[k])
				continue;
			shared[l->at[i] * n + l->at[k]]++;
			shared[l->at[k] * n + l->at[i]]++;
		}
	}
}

/* The one that 'a' shares most with, the first of equals. */
static uint32_t
best_partner(const uint32_t *shared, uint32_t switches, uint32_t a)
{
	uint32_t best = PAIRS_NONE, most = 0;

	for (uint32_t b = 0; b < switches; b++) {
		uint32_t count = shared[(size_t)a * switches + b];

		if (count > most) {
			most = count;
			best = b;
		}
	}
	return best;
}

static void
pair_switches(struct pairs *out, const struct legs *l, const uint32_t *shared)
{
	for (uint32_t a = 0; a < l->switches; a++)
		out->of_switch[a] = PAIRS_NONE;
	for (uint32_t a = 0; a < l->switches; a++) {
		uint32_t b = PAIRS_NONE;

		if (out->of_switch[a] != PAIRS_NONE)
			continue;
		if (shared)
			b = best_partner(shared, l->switches, a);
		out->of_switch[a] = out->count;
		if (b != PAIRS_NONE && out->of_switch[b] == PAIRS_NONE &&
		    best_partner(shared, l->switches, b) == a)
			out->of_switch[b] = out->count;
		out->count++;
	}
}

/* The pair of most of its legs, that of the first leg of equals. */
static uint32_t
pair_of_host(const struct pairs *p, const struct legs *l, uint32_t host)
{
	uint32_t best = PAIRS_NONE, most = 0;

	for (uint32_t i = l->begin[host]; i < l->begin[host + 1]; i++) {
		uint32_t pair = p->of_switch[l->at[i]], count = 0;

		for (uint32_t k = l->begin[host]; k < l->begin[host + 1]; k++)
			count += p->of_switch[l->at[k]] == pair;
		if (count > most) {
			most = count;
			best = pair;
		}
	}
	return best;
}

void
pairs_find(struct pairs *out, const struct legs *legs, struct arena *a)
{
	size_t n = legs->switches;
	uint32_t *shared = NULL;

	*out = (struct pairs){ 0 };
	out->of_switch = arena_array(a, n + 1, sizeof(*out->of_switch));
	out->of_host =
	    arena_array(a, (size_t)legs->hosts + 1, sizeof(*out->of_host));
	if (n <= SWITCHES_MOST)
		shared = arena_array(a, n * n + 1, sizeof(*shared));
	if (a->failed)
		return;
	for (uint32_t h = 0; shared && h < legs->hosts; h++)
		count_host(legs, h, shared);
	pair_switches(out, legs, shared);
	for (uint32_t h = 0; h < legs->hosts; h++)
		out->of_host[h] = pair_of_host(out, legs, h);
}
