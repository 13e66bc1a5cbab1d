/* Port groups and machines of one host in the order that lets few wires cross;
 * vSwitches stay in the order of their NICs, as people expect them. */
#include "collector/draw/inside.h"

#include <stdlib.h>

#include "collector/draw/inside_order.h"

struct tangle {
	struct house *house;
	const struct sorted *sorted;
	struct arena *arena;
	struct wiring wiring;
	uint32_t *group_vswitch, *begin, *hangs;
	uint32_t *first; /* of each vSwitch of the host: its first group */
	bool several;    /* some machine hangs on two */
};

static bool
tangle_init(struct tangle *t)
{
	const struct house *h = t->house;
	const struct places *all = &t->sorted->machines[h->host];
	size_t wires = 0, groups = 0;

	for (uint32_t i = 0; i < all->count; i++)
		wires += t->sorted->vnics[all->at[i]].count;
	for (uint32_t b = 0; b < h->bay_count; b++)
		groups += h->bays[b].tab_count;
	t->first = arena_array(t->arena,
	    t->sorted->vswitches[h->host].count + (size_t)1, sizeof(uint32_t));
	t->group_vswitch = arena_array(t->arena, groups + 1, sizeof(uint32_t));
	t->begin =
	    arena_array(t->arena, all->count + (size_t)1, sizeof(uint32_t));
	t->hangs = arena_array(t->arena, wires + 1, sizeof(uint32_t));
	return !t->arena->failed;
}

/* Numbers the port groups as their tabs stand. */
static void
take_groups(struct tangle *t)
{
	for (uint32_t b = 0; b < t->house->bay_count; b++) {
		const struct bay *bay = &t->house->bays[b];

		if (bay->vswitch != SCENE_NONE)
			t->first[t->sorted->vswitch_at[bay->vswitch]] =
			    t->wiring.groups;
		for (uint32_t i = 0; i < bay->tab_count; i++)
			if (bay->tabs[i].group != SCENE_NONE)
				t->group_vswitch[t->wiring.groups++] = b;
	}
	t->wiring.vswitches = t->house->bay_count;
}

static uint32_t
number_of(const struct tangle *t, uint32_t group)
{
	const struct sorted *sorted = t->sorted;
	uint32_t vswitch = sorted->scene->groups[group].vswitch;

	return t->first[sorted->vswitch_at[vswitch]] + sorted->group_at[group];
}

/* Does 'vnic' hang on a port group of this host? */
static bool
hangs_here(const struct tangle *t, const struct scene_vnic *vnic)
{
	const struct scene *s = t->sorted->scene;
	uint32_t vswitch = vnic->group < s->group_count
			       ? s->groups[vnic->group].vswitch
			       : SCENE_NONE;

	return vswitch < s->vswitch_count &&
	       s->vswitches[vswitch].host == t->house->host;
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
			const struct scene_vnic *vnic = &s->vnics[vnics->at[v]];

			if (hangs_here(t, vnic))
				t->hangs[next++] = number_of(t, vnic->group);
		}
		t->begin[i + 1] = next;
		t->several |= next > first + 1;
	}
	t->wiring.machines = all->count;
}

/* ---- as they were found to stand best ------------------------------------ */

struct seat {
	uint32_t place;
	struct tab tab;
};

static int
compare_seats(const void *a, const void *b)
{
	uint32_t x = ((const struct seat *)a)->place;
	uint32_t y = ((const struct seat *)b)->place;

	return (x > y) - (x < y);
}

/* The tab of what hangs on no port group stays the last. */
static void
sort_tabs(struct tangle *t, struct bay *bay, const uint32_t *place_of)
{
	struct seat *seats =
	    arena_array(t->arena, bay->tab_count + (size_t)1, sizeof(*seats));

	for (uint32_t i = 0; seats && i < bay->tab_count; i++) {
		const struct tab *tab = &bay->tabs[i];

		seats[i].tab = *tab;
		seats[i].place = tab->group == SCENE_NONE
				     ? UINT32_MAX
				     : place_of[number_of(t, tab->group)];
	}
	if (!seats)
		return;
	qsort(seats, bay->tab_count, sizeof(*seats), compare_seats);
	for (uint32_t i = 0; i < bay->tab_count; i++)
		bay->tabs[i] = seats[i].tab;
}

/* Each machine in its turn goes to the end of its tab. */
static void
sort_machines(struct tangle *t, const uint32_t *machines)
{
	const struct places *all = &t->sorted->machines[t->house->host];
	struct tab **homes =
	    arena_array(t->arena, all->count + (size_t)1, sizeof(*homes));

	if (!homes)
		return;
	for (uint32_t b = 0; b < t->house->bay_count; b++) {
		for (uint32_t i = 0; i < t->house->bays[b].tab_count; i++) {
			struct tab *tab = &t->house->bays[b].tabs[i];

			for (uint32_t m = 0; m < tab->machine_count; m++)
				homes[t->sorted->machine_at[tab->machines[m]]] =
				    tab;
			tab->machine_count = 0;
		}
	}
	for (uint32_t i = 0; i < all->count; i++) {
		struct tab *home = homes[machines[i]];

		if (home)
			home->machines[home->machine_count++] =
			    all->at[machines[i]];
	}
}

static void
sort_all(struct tangle *t, const struct inside_choice *choice)
{
	uint32_t *group_at = arena_array(
	    t->arena, t->wiring.groups + (size_t)1, sizeof(uint32_t));

	if (!group_at)
		return;
	for (uint32_t i = 0; i < t->wiring.groups; i++)
		group_at[choice->groups[i]] = i;
	for (uint32_t b = 0; b < t->house->bay_count; b++)
		sort_tabs(t, &t->house->bays[b], group_at);
	sort_machines(t, choice->machines);
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
	t.wiring.vswitches_stay = true;
	inside_order_init(&order, &t.wiring, arena);
	if (!arena->failed && order.choice_count)
		sort_all(&t, &order.choices[0]);
}
