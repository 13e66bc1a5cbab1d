/* Port groups and machines of one host in the order that lets few wires cross;
 * vSwitches stay in the order of their NICs, as people expect them. */
#include "collector/draw/inside.h"

#include <string.h>

#include "collector/draw/inside_order.h"

struct tangle {
	struct house *house;
	const struct sorted *sorted;
	struct arena *arena;
	struct wiring wiring;
	uint32_t *group_vswitch, *begin, *hangs;
	uint32_t *number;  /* of each port group of the scene; SCENE_NONE */
	uint32_t *machine; /* by its number here, its place in the scene */
	bool several;      /* some machine hangs on two */
};

static bool
tangle_init(struct tangle *t)
{
	const struct scene *s = t->sorted->scene;
	const struct places *all = &t->sorted->machines[t->house->host];
	uint32_t wires = 0;

	for (uint32_t i = 0; i < all->count; i++)
		wires += t->sorted->vnics[all->at[i]].count;
	t->number = arena_array(t->arena, s->group_count + 1, sizeof(uint32_t));
	t->group_vswitch =
	    arena_array(t->arena, s->group_count + 1, sizeof(uint32_t));
	t->begin =
	    arena_array(t->arena, (size_t)all->count + 1, sizeof(uint32_t));
	t->machine =
	    arena_array(t->arena, (size_t)all->count + 1, sizeof(uint32_t));
	t->hangs = arena_array(t->arena, (size_t)wires + 1, sizeof(uint32_t));
	for (size_t i = 0; t->number && i < s->group_count; i++)
		t->number[i] = SCENE_NONE;
	return !t->arena->failed;
}

/* Numbers the port groups as their tabs stand. */
static void
take_groups(struct tangle *t)
{
	for (uint32_t b = 0; b < t->house->bay_count; b++) {
		const struct bay *bay = &t->house->bays[b];

		for (uint32_t i = 0; i < bay->tab_count; i++) {
			if (bay->tabs[i].group == SCENE_NONE)
				continue;
			t->number[bay->tabs[i].group] = t->wiring.groups;
			t->group_vswitch[t->wiring.groups++] = b;
		}
	}
	t->wiring.vswitches = t->house->bay_count;
}

static void
take_wires(struct tangle *t)
{
	const struct scene *s = t->sorted->scene;
	const struct places *all = &t->sorted->machines[t->house->host];
	uint32_t next = 0;

	for (uint32_t i = 0; i < all->count; i++) {
		const struct places *vnics = &t->sorted->vnics[all->at[i]];
		uint32_t first = next;

		for (uint32_t v = 0; v < vnics->count; v++) {
			uint32_t group = s->vnics[vnics->at[v]].group;

			if (group < s->group_count &&
			    t->number[group] != SCENE_NONE)
				t->hangs[next++] = t->number[group];
		}
		t->machine[i] = all->at[i];
		t->begin[i + 1] = next;
		t->several |= next > first + 1;
	}
	t->wiring.machines = all->count;
}

/* Sorts the tabs of 'bay' as their groups come in 'order'. */
static void
sort_tabs(struct bay *bay, const uint32_t *place_of, const uint32_t *number)
{
	for (uint32_t i = 1; i < bay->tab_count; i++) {
		struct tab it = bay->tabs[i];
		uint32_t to = i;

		if (it.group == SCENE_NONE)
			continue;
		for (; to && place_of[number[bay->tabs[to - 1].group]] >
				 place_of[number[it.group]];
		     to--)
			bay->tabs[to] = bay->tabs[to - 1];
		bay->tabs[to] = it;
	}
}

static void
sort_machines(struct tab *tab, const uint32_t *place_of)
{
	for (uint32_t i = 1; i < tab->machine_count; i++) {
		uint32_t it = tab->machines[i], to = i;

		for (; to && place_of[tab->machines[to - 1]] > place_of[it];
		     to--)
			tab->machines[to] = tab->machines[to - 1];
		tab->machines[to] = it;
	}
}

static void
sort_all(struct tangle *t, const struct inside_choice *choice)
{
	const struct scene *s = t->sorted->scene;
	uint32_t *group_at =
	    arena_array(t->arena, s->group_count + 1, sizeof(uint32_t));
	uint32_t *machine_at =
	    arena_array(t->arena, s->machine_count + 1, sizeof(uint32_t));

	if (!group_at || !machine_at)
		return;
	for (uint32_t i = 0; i < t->wiring.groups; i++)
		group_at[choice->groups[i]] = i;
	for (uint32_t i = 0; i < t->wiring.machines; i++)
		machine_at[t->machine[choice->machines[i]]] = i;
	for (uint32_t b = 0; b < t->house->bay_count; b++) {
		struct bay *bay = &t->house->bays[b];

		sort_tabs(bay, group_at, t->number);
		for (uint32_t i = 0; i < bay->tab_count; i++)
			sort_machines(&bay->tabs[i], machine_at);
	}
}

void
inside_untangle(
    struct house *house, const struct sorted *sorted, struct arena *arena)
{
	struct tangle t = { .house = house, .sorted = sorted, .arena = arena };
	struct inside_order order;

	if (!tangle_init(&t))
		return;
	take_groups(&t);
	take_wires(&t);
	/* By name is as good as any, and people find things so. */
	if (!t.several)
		return;
	t.wiring.group_vswitch = t.group_vswitch;
	t.wiring.begin = t.begin;
	t.wiring.hangs = t.hangs;
	inside_order_init(&order, &t.wiring, arena);
	if (!arena->failed && order.choice_count)
		sort_all(&t, &order.choices[0]);
}
