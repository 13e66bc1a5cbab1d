#include "collector/draw/inside.h"

struct divider {
	const struct sorted *sorted;
	const struct scene *scene;
	struct arena *arena;
	struct house *house;
};

/* ---- whose home is where ------------------------------------------------- */

static bool
has_uplink(const struct scene_vswitch *v, uint32_t nic)
{
	for (size_t i = 0; i < v->nic_count; i++)
		if (v->nics[i] == nic)
			return true;
	return false;
}

/* The first of its NICs in natural order; one without any comes last. */
static uint32_t
first_order(const struct scene *s, const struct scene_vswitch *v)
{
	uint32_t least = UINT32_MAX;

	for (size_t i = 0; i < v->nic_count; i++)
		if (v->nics[i] < s->nic_count &&
		    s->nics[v->nics[i]].order < least)
			least = s->nics[v->nics[i]].order;
	return least;
}

/* The vSwitches of the host as bays, in the order of their NICs; names decide
 * between equals, as they come sorted. */
static void
take_vswitches(struct divider *d, const struct places *vswitches)
{
	const struct scene *s = d->scene;
	struct house *h = d->house;

	for (uint32_t i = 0; i < vswitches->count; i++) {
		struct bay bay = { .vswitch = vswitches->at[i] };
		uint32_t order = first_order(s, &s->vswitches[bay.vswitch]);
		uint32_t to = h->bay_count++;

		for (; to; to--) {
			uint32_t before = h->bays[to - 1].vswitch;

			if (first_order(s, &s->vswitches[before]) <= order)
				break;
			h->bays[to] = h->bays[to - 1];
		}
		h->bays[to] = bay;
	}
}

/* The first bay whose vSwitch sends by 'nic'; the number of bays if none. */
static uint32_t
home_of_nic(struct divider *d, uint32_t nic)
{
	const struct scene *s = d->scene;
	struct house *h = d->house;
	uint32_t home = h->bay_count;

	for (uint32_t b = h->bay_count; b-- > 0;) {
		if (!has_uplink(&s->vswitches[h->bays[b].vswitch], nic))
			continue;
		if (home < h->bay_count)
			h->shares_nics = true;
		home = b;
	}
	return home;
}

/* Gives 'bay' its NICs, members of a bond side by side. */
static void
take_nics(struct divider *d, struct bay *bay, const struct places *nics,
    uint32_t *homes)
{
	const struct scene *s = d->scene;
	uint32_t at = (uint32_t)(bay - d->house->bays);

	bay->nics = arena_array(d->arena, nics->count + 1, sizeof(uint32_t));
	for (uint32_t i = 0; bay->nics && i < nics->count; i++) {
		uint32_t bond = s->nics[nics->at[i]].bond;

		for (uint32_t k = i; k < nics->count; k++) {
			if (homes[k] != at ||
			    (k != i && (bond == SCENE_NONE ||
					   s->nics[nics->at[k]].bond != bond)))
				continue;
			bay->nics[bay->nic_count++] = nics->at[k];
			homes[k] = SCENE_NONE;
		}
	}
}

struct home {
	uint32_t group, vswitch;
};

/* Below what a machine stands: its first port group, else the vSwitch. */
static struct home
home_of_machine(const struct sorted *sorted, uint32_t machine)
{
	const struct scene *s = sorted->scene;
	const struct places *vnics = &sorted->vnics[machine];
	struct home home = { SCENE_NONE, SCENE_NONE };

	for (uint32_t i = 0; i < vnics->count; i++) {
		const struct scene_vnic *v = &s->vnics[vnics->at[i]];

		if (v->group < s->group_count)
			return (struct home){ v->group,
				s->groups[v->group].vswitch };
		if (home.vswitch == SCENE_NONE && v->vswitch < s->vswitch_count)
			home.vswitch = v->vswitch;
	}
	return home;
}

static bool
hangs_here(struct home home, const struct bay *bay, const struct tab *tab)
{
	if (tab->group != SCENE_NONE)
		return home.group == tab->group;
	return home.group == SCENE_NONE && home.vswitch == bay->vswitch;
}

/* ---- tabs ---------------------------------------------------------------- */

static void
take_machines(struct divider *d, struct tab *tab, const struct bay *bay)
{
	const struct sorted *sorted = d->sorted;
	const struct places *all = &sorted->machines[d->house->host];

	tab->machines = arena_array(d->arena, all->count + 1, sizeof(uint32_t));
	for (uint32_t i = 0; tab->machines && i < all->count; i++) {
		struct home home = home_of_machine(sorted, all->at[i]);

		if (!hangs_here(home, bay, tab))
			continue;
		tab->machines[tab->machine_count++] = all->at[i];
	}
}

static void
take_tab(struct divider *d, struct bay *bay, uint32_t group)
{
	struct tab *tab = &bay->tabs[bay->tab_count];

	*tab = (struct tab){ .group = group, .vlan = "", .columns = 1 };
	take_machines(d, tab, bay);
	if (group == SCENE_NONE && !tab->machine_count)
		return;
	if (group != SCENE_NONE) {
		tab->vlan = d->scene->groups[group].vlan;
		tab->h = *tab->vlan ? INSIDE_TAB_H : INSIDE_TAB_LOW_H;
	}
	bay->tab_count++;
}

static void
take_tabs(struct divider *d, struct bay *bay)
{
	struct places groups = { 0 };

	if (bay->vswitch != SCENE_NONE)
		groups = d->sorted->groups[bay->vswitch];
	bay->tabs = arena_array(d->arena, groups.count + 1, sizeof(struct tab));
	if (!bay->tabs)
		return;
	for (uint32_t i = 0; i < groups.count; i++)
		take_tab(d, bay, groups.at[i]);
	take_tab(d, bay, SCENE_NONE);
}

/* ---- the whole ------------------------------------------------------------
 */

/* The bay of what has no vSwitch goes where its first NIC would be. */
static void
take_rest(struct divider *d, const struct places *nics, uint32_t *homes)
{
	struct house *h = d->house;
	struct bay rest = { .vswitch = SCENE_NONE };
	uint32_t at = h->bay_count;

	h->bays[at] = rest;
	take_nics(d, &h->bays[at], nics, homes);
	take_tabs(d, &h->bays[at]);
	rest = h->bays[at];
	if (!rest.nic_count && !rest.tab_count)
		return;
	h->bay_count++;
	for (; rest.nic_count && at; at--) {
		const struct bay *before = &h->bays[at - 1];

		if (before->nic_count && d->scene->nics[before->nics[0]].order <
					     d->scene->nics[rest.nics[0]].order)
			break;
		h->bays[at] = h->bays[at - 1];
	}
	h->bays[at] = rest;
}

void
inside_divide(struct house *out, const struct sorted *sorted, uint32_t at,
    struct arena *arena)
{
	struct divider d = { sorted, sorted->scene, arena, out };
	const struct places *nics = &sorted->nics[at];
	uint32_t *homes = arena_array(arena, nics->count + 1, sizeof(*homes));

	*out = (struct house){ .host = at };
	out->bays = arena_array(
	    arena, sorted->vswitches[at].count + 1, sizeof(*out->bays));
	if (!homes || !out->bays)
		return;
	take_vswitches(&d, &sorted->vswitches[at]);
	for (uint32_t i = 0; i < nics->count; i++)
		homes[i] = home_of_nic(&d, nics->at[i]);
	for (uint32_t b = 0; b < out->bay_count; b++) {
		take_nics(&d, &out->bays[b], nics, homes);
		take_tabs(&d, &out->bays[b]);
	}
	take_rest(&d, nics, homes);
}
