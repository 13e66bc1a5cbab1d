#include "collector/draw/inside.h"

struct divider {
	const struct sorted *sorted;
	const struct scene *scene;
	struct arena *arena;
	struct house *house;
	uint32_t *bay_at; /* of each vSwitch of the host */
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
		uint32_t last = bond == SCENE_NONE ? i + 1 : nics->count;

		for (uint32_t k = i; homes[i] == at && k < last; k++) {
			if (homes[k] != at || s->nics[nics->at[k]].bond != bond)
				continue;
			bay->nics[bay->nic_count++] = nics->at[k];
			if (k != i)
				homes[k] = SCENE_NONE;
		}
	}
}

/* ---- tabs ---------------------------------------------------------------- */

static void
take_tab(struct divider *d, struct bay *bay, uint32_t group)
{
	struct tab *tab = &bay->tabs[bay->tab_count++];

	*tab = (struct tab){ .group = group, .vlan = "", .columns = 1 };
	if (group == SCENE_NONE)
		return;
	tab->vlan = d->scene->groups[group].vlan;
	tab->h = *tab->vlan ? INSIDE_TAB_H : INSIDE_TAB_LOW_H;
}

/* One for each port group, and a last one for what hangs on none. */
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

static void
drop_bare(struct bay *bay)
{
	if (bay->tabs[bay->tab_count - 1].machine_count == 0)
		bay->tab_count--;
}

/* ---- machines -------------------------------------------------------------
 */

/* NULL: the vSwitch is in another host. */
static const struct bay *
bay_of(const struct divider *d, uint32_t vswitch)
{
	const struct scene *s = d->scene;

	if (vswitch >= s->vswitch_count ||
	    s->vswitches[vswitch].host != d->house->host)
		return NULL;
	return &d->house->bays[d->bay_at[d->sorted->vswitch_at[vswitch]]];
}

/* Below what a machine stands: its first port group, else its vSwitch, else
 * what has none.  NULL: something in another host. */
static struct tab *
home_of_machine(const struct divider *d, uint32_t machine)
{
	const struct scene *s = d->scene;
	const struct places *vnics = &d->sorted->vnics[machine];
	const struct bay *bay = &d->house->bays[d->house->bay_count];
	uint32_t vswitch = SCENE_NONE;

	for (uint32_t i = 0; i < vnics->count; i++) {
		const struct scene_vnic *v = &s->vnics[vnics->at[i]];

		if (v->group < s->group_count) {
			bay = bay_of(d, s->groups[v->group].vswitch);
			return bay ? &bay->tabs[d->sorted->group_at[v->group]]
				   : NULL;
		}
		if (vswitch == SCENE_NONE && v->vswitch < s->vswitch_count)
			vswitch = v->vswitch;
	}
	if (vswitch != SCENE_NONE)
		bay = bay_of(d, vswitch);
	return bay ? &bay->tabs[bay->tab_count - 1] : NULL;
}

/* Cuts 'room' into as much for each tab as it has machines. */
static void
cut_room(const struct house *h, uint32_t *room)
{
	for (uint32_t b = 0; b <= h->bay_count; b++) {
		for (uint32_t i = 0; i < h->bays[b].tab_count; i++) {
			struct tab *tab = &h->bays[b].tabs[i];

			tab->machines = room;
			room += tab->machine_count;
			tab->machine_count = 0;
		}
	}
}

/* Deals the machines to the tabs, each of which keeps them by name. */
static void
deal_machines(struct divider *d)
{
	const struct places *all = &d->sorted->machines[d->house->host];
	struct tab **homes =
	    arena_array(d->arena, all->count + (size_t)1, sizeof(*homes));
	uint32_t *room =
	    arena_array(d->arena, all->count + (size_t)1, sizeof(*room));

	if (d->arena->failed)
		return;
	for (uint32_t i = 0; i < all->count; i++) {
		homes[i] = home_of_machine(d, all->at[i]);
		if (homes[i])
			homes[i]->machine_count++;
	}
	cut_room(d->house, room);
	for (uint32_t i = 0; i < all->count; i++)
		if (homes[i])
			homes[i]->machines[homes[i]->machine_count++] =
			    all->at[i];
}

/* ---- the whole ------------------------------------------------------------
 */

/* The bay of what has no vSwitch, made last, goes where its first NIC would
 * be. */
static void
place_rest(struct divider *d)
{
	struct house *h = d->house;
	uint32_t at = h->bay_count;
	struct bay rest = h->bays[at];

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

static void
take_bays(struct divider *d, const struct places *vswitches)
{
	struct house *h = d->house;

	take_vswitches(d, vswitches);
	h->bays[h->bay_count] = (struct bay){ .vswitch = SCENE_NONE };
	for (uint32_t b = 0; b < h->bay_count; b++)
		d->bay_at[d->sorted->vswitch_at[h->bays[b].vswitch]] = b;
}

/* Everything but where its bays stand. */
static void
fill_bays(struct divider *d, const struct places *nics, uint32_t *homes)
{
	struct house *h = d->house;

	for (uint32_t i = 0; i < nics->count; i++)
		homes[i] = home_of_nic(d, nics->at[i]);
	for (uint32_t b = 0; b <= h->bay_count; b++) {
		take_nics(d, &h->bays[b], nics, homes);
		take_tabs(d, &h->bays[b]);
	}
	deal_machines(d);
	for (uint32_t b = 0; b <= h->bay_count && !d->arena->failed; b++)
		drop_bare(&h->bays[b]);
}

void
inside_divide(struct house *out, const struct sorted *sorted, uint32_t at,
    struct arena *arena)
{
	struct divider d = { sorted, sorted->scene, arena, out, NULL };
	const struct places *nics = &sorted->nics[at];
	size_t bays = sorted->vswitches[at].count + (size_t)1;
	uint32_t *homes = arena_array(arena, nics->count + 1, sizeof(*homes));

	*out = (struct house){ .host = at };
	out->bays = arena_array(arena, bays, sizeof(*out->bays));
	d.bay_at = arena_array(arena, bays, sizeof(*d.bay_at));
	if (arena->failed)
		return;
	take_bays(&d, &sorted->vswitches[at]);
	fill_bays(&d, nics, homes);
	if (arena->failed)
		out->bay_count = 0;
	else
		place_rest(&d);
}
