#include "collector/draw/order.h"

#include "collector/draw/rows_order.h"

bool
order_legs(struct legs *out, const struct sorted *sorted, struct arena *a)
{
	const struct scene *s = sorted->scene;
	uint32_t *number = arena_array(a, s->switch_count + 1, sizeof(*number));
	uint32_t *begin = arena_array(a, s->host_count + 2, sizeof(*begin));
	uint32_t *at = arena_array(a, s->nic_count + 1, sizeof(*at)), next = 0;

	if (a->failed)
		return false;
	for (uint32_t i = 0; i < sorted->switches.count; i++)
		number[sorted->switches.at[i]] = i;
	for (uint32_t h = 0; h < sorted->hosts.count; h++) {
		const struct places *nics = &sorted->nics[sorted->hosts.at[h]];

		begin[h] = next;
		for (uint32_t i = 0; i < nics->count; i++) {
			uint32_t to = sorted_switch_of(s, nics->at[i]);

			if (to != SCENE_NONE)
				at[next++] = number[to];
		}
	}
	begin[sorted->hosts.count] = next;
	*out = (struct legs){ .hosts = sorted->hosts.count,
		.switches = sorted->switches.count,
		.begin = begin,
		.at = at };
	return true;
}

void
order_scene(struct order *out, const struct sorted *sorted, struct arena *a)
{
	struct rows_order order;
	struct legs legs;

	*out = (struct order){ 0 };
	if (!order_legs(&legs, sorted, a))
		return;
	rows_order_find(&order, &legs, NULL, NULL, a);
	if (a->failed)
		return;
	for (uint32_t i = 0; i < legs.switches; i++)
		order.switches[i] = sorted->switches.at[order.switches[i]];
	for (uint32_t i = 0; i < legs.hosts; i++)
		order.hosts[i] = sorted->hosts.at[order.hosts[i]];
	out->switches = order.switches;
	out->hosts = order.hosts;
}
