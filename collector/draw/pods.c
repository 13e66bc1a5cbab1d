#include "collector/draw/pods.h"

#include "collector/draw/order.h"

/* Gives each pair its switches, in their order. */
static void
take_switches(
    struct pods *out, const struct pairs *pairs, const struct sorted *sorted)
{
	for (uint32_t i = 0; i < sorted->switches.count; i++) {
		struct pod *pod = &out->at[pairs->of_switch[i]];

		pod->switches[pod->switch_count++] = sorted->switches.at[i];
	}
}

/* Hosts that hang on no switch come behind all others. */
static void
take_hosts(struct pods *out, const struct pairs *pairs,
    const struct sorted *sorted, uint32_t *list)
{
	uint32_t next = 0;

	for (uint32_t p = 0; p < out->count; p++) {
		uint32_t pair = p < pairs->count ? p : PAIRS_NONE, first = next;

		for (uint32_t i = 0; i < sorted->hosts.count; i++)
			if (pairs->of_host[i] == pair)
				list[next++] = sorted->hosts.at[i];
		out->at[p].hosts =
		    (struct places){ list + first, next - first };
	}
}

void
pods_find(struct pods *out, const struct sorted *sorted, struct arena *arena)
{
	struct legs legs;
	struct pairs pairs;
	uint32_t *list;

	*out = (struct pods){ 0 };
	if (!order_legs(&legs, sorted, arena))
		return;
	pairs_find(&pairs, &legs, arena);
	list = arena_array(arena, sorted->hosts.count + 1, sizeof(*list));
	out->at = arena_array(arena, pairs.count + 1, sizeof(*out->at));
	if (arena->failed)
		return;
	out->count = pairs.count + 1;
	take_switches(out, &pairs, sorted);
	take_hosts(out, &pairs, sorted, list);
	if (!out->at[pairs.count].hosts.count)
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
