#include "collector/draw/pods.h"

enum {
	/* Beyond it no pairs are looked for: their table would be too large. */
	SWITCHES_MOST = 2048
};

uint32_t
pods_switch_of(const struct scene *s, uint32_t nic)
{
	uint32_t port = s->nics[nic].port;

	if (port >= s->port_count || s->ports[port].device >= s->switch_count)
		return SCENE_NONE;
	return s->ports[port].device;
}

struct finder {
	const struct sorted *sorted;
	const struct scene *scene;
	uint32_t *shared; /* hosts of each two switches */
	uint32_t *pod_of; /* each switch */
	size_t n;
};

/* Counts a host once for each two switches that it hangs on. */
static void
count_host(struct finder *f, const struct places *nics)
{
	for (uint32_t i = 0; i < nics->count; i++) {
		uint32_t a = pods_switch_of(f->scene, nics->at[i]);

		for (uint32_t k = 0; k < i && a != SCENE_NONE; k++) {
			uint32_t b = pods_switch_of(f->scene, nics->at[k]);

			if (b == SCENE_NONE || b == a)
				continue;
			f->shared[a * f->n + b]++;
			f->shared[b * f->n + a]++;
		}
	}
}

/* The one that 'a' shares most with, the first by name of equals. */
static uint32_t
best_partner(const struct finder *f, uint32_t a)
{
	const struct places *order = &f->sorted->switches;
	uint32_t best = SCENE_NONE, most = 0;

	for (uint32_t i = 0; i < order->count; i++) {
		uint32_t b = order->at[i];

		if (f->shared[a * f->n + b] > most) {
			most = f->shared[a * f->n + b];
			best = b;
		}
	}
	return best;
}

static void
make_pairs(struct finder *f, struct pods *out)
{
	const struct places *order = &f->sorted->switches;

	for (uint32_t i = 0; i < order->count; i++) {
		uint32_t a = order->at[i], b = SCENE_NONE;
		struct pod *pod = &out->at[out->count];

		if (f->pod_of[a] != SCENE_NONE)
			continue;
		if (f->shared)
			b = best_partner(f, a);
		pod->switches[pod->switch_count++] = a;
		f->pod_of[a] = out->count;
		if (b != SCENE_NONE && f->pod_of[b] == SCENE_NONE &&
		    best_partner(f, b) == a) {
			pod->switches[pod->switch_count++] = b;
			f->pod_of[b] = out->count;
		}
		out->count++;
	}
}

/* The pod of most of its NICs, that of the first of equals; the last pod if
 * nobody knows any port. */
static uint32_t
pod_of_host(const struct finder *f, const struct pods *pods, uint32_t host)
{
	const struct places *nics = &f->sorted->nics[host];
	uint32_t best = pods->count - 1, most = 0;

	for (uint32_t i = 0; i < nics->count; i++) {
		uint32_t a = pods_switch_of(f->scene, nics->at[i]), count = 0;

		for (uint32_t k = 0; k < nics->count; k++) {
			uint32_t b = pods_switch_of(f->scene, nics->at[k]);

			if (a != SCENE_NONE && b != SCENE_NONE)
				count += f->pod_of[a] == f->pod_of[b];
		}
		if (count > most) {
			most = count;
			best = f->pod_of[a];
		}
	}
	return best;
}

static void
share_hosts(const struct finder *f, struct pods *out, struct arena *arena)
{
	const struct places *hosts = &f->sorted->hosts;
	uint32_t *of = arena_array(arena, hosts->count + 1, sizeof(*of));
	uint32_t *list = arena_array(arena, hosts->count + 1, sizeof(*list));
	uint32_t next = 0;

	if (!of || !list)
		return;
	for (uint32_t i = 0; i < hosts->count; i++)
		of[i] = pod_of_host(f, out, hosts->at[i]);
	for (uint32_t p = 0; p < out->count; p++) {
		out->at[p].hosts.at = list + next;
		for (uint32_t i = 0; i < hosts->count; i++)
			if (of[i] == p)
				list[next++] = hosts->at[i];
		out->at[p].hosts.count =
		    (uint32_t)(list + next - out->at[p].hosts.at);
	}
}

void
pods_find(struct pods *out, const struct sorted *sorted, struct arena *arena)
{
	const struct scene *s = sorted->scene;
	struct finder f = {
		.sorted = sorted, .scene = s, .n = s->switch_count
	};

	*out = (struct pods){ 0 };
	out->at = arena_array(arena, f.n + 1, sizeof(*out->at));
	f.pod_of = arena_array(arena, f.n + 1, sizeof(*f.pod_of));
	if (f.n <= SWITCHES_MOST)
		f.shared = arena_array(arena, f.n * f.n + 1, sizeof(*f.shared));
	if (!out->at || !f.pod_of)
		return;
	for (size_t i = 0; i < f.n; i++)
		f.pod_of[i] = SCENE_NONE;
	for (uint32_t i = 0; f.shared && i < sorted->hosts.count; i++)
		count_host(&f, &sorted->nics[sorted->hosts.at[i]]);
	make_pairs(&f, out);
	out->count++;
	share_hosts(&f, out, arena);
	if (!out->at[out->count - 1].hosts.count)
		out->count--;
}

void
pods_split(struct pods *pods, uint32_t most, struct arena *arena)
{
	struct pods out = { 0 };
	size_t room = pods->count;

	for (uint32_t i = 0; i < pods->count; i++)
		room += pods->at[i].hosts.count / most;
	out.at = arena_array(arena, room + 1, sizeof(*out.at));
	for (uint32_t i = 0; out.at && i < pods->count; i++) {
		struct places left = pods->at[i].hosts;

		while (left.count) {
			struct pod *part = &out.at[out.count++];

			*part = pods->at[i];
			part->hosts = left;
			if (left.count > most)
				part->hosts.count = most;
			left.at += part->hosts.count;
			left.count -= part->hosts.count;
		}
	}
	*pods = out;
}
