#include "collector/draw/sorted.h"

#include <stdlib.h>
#include <string.h>

struct key {
	uint32_t owner, order;
	const char *name, *id;
	uint32_t place;
};

static int
compare(const void *left, const void *right)
{
	const struct key *a = left, *b = right;
	int names;

	if (a->owner != b->owner)
		return a->owner < b->owner ? -1 : 1;
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	names = strverscmp(a->name, b->name);
	return names ? names : strcmp(a->id, b->id);
}

struct keys {
	struct arena *arena;
	struct key *keys;
	size_t count;
};

static struct keys
keys_new(struct arena *arena, size_t room)
{
	struct keys out = { .arena = arena };

	out.keys = arena_array(arena, room ? room : 1, sizeof(*out.keys));
	return out;
}

static void
keys_add(struct keys *k, struct key key)
{
	if (k->keys)
		k->keys[k->count++] = key;
}

/* One list for each of 'owners'. */
static struct places *
keys_lists(struct keys *k, size_t owners)
{
	struct places *out =
	    arena_array(k->arena, owners ? owners : 1, sizeof(*out));
	uint32_t *at =
	    arena_array(k->arena, k->count ? k->count : 1, sizeof(*at));

	if (!out || !at || !k->keys)
		return NULL;
	qsort(k->keys, k->count, sizeof(*k->keys), compare);
	for (size_t i = 0; i < k->count; i++) {
		struct places *list;

		at[i] = k->keys[i].place;
		if (k->keys[i].owner >= owners)
			continue;
		list = &out[k->keys[i].owner];
		if (!list->count)
			list->at = &at[i];
		list->count++;
	}
	return out;
}

static struct places
keys_list(struct keys *k)
{
	struct places *out = keys_lists(k, 1);

	return out ? *out : (struct places){ 0 };
}

/* Which of its list each of 'count' things is. */
static uint32_t *
places_in(const struct places *lists, size_t owners, size_t count,
    struct arena *arena)
{
	uint32_t *out = arena_array(arena, count + 1, sizeof(*out));

	if (!out || !lists)
		return NULL;
	for (size_t i = 0; i < count; i++)
		out[i] = SCENE_NONE;
	for (size_t i = 0; i < owners; i++)
		for (uint32_t k = 0; k < lists[i].count; k++)
			out[lists[i].at[k]] = k;
	return out;
}

static void
sort_physical(struct sorted *out, struct arena *arena)
{
	const struct scene *s = out->scene;
	struct keys switches = keys_new(arena, s->switch_count);
	struct keys ports = keys_new(arena, s->port_count);
	struct keys trunks = keys_new(arena, s->trunk_count);

	for (uint32_t i = 0; i < s->switch_count; i++)
		keys_add(&switches, (struct key){ 0, 0, s->switches[i].name,
					s->switches[i].id, i });
	for (uint32_t i = 0; i < s->port_count; i++)
		keys_add(
		    &ports, (struct key){ s->ports[i].device, s->ports[i].order,
				s->ports[i].name, s->ports[i].id, i });
	for (uint32_t i = 0; i < s->trunk_count; i++)
		keys_add(&trunks, (struct key){ 0, 0, s->trunks[i].name,
				      s->trunks[i].id, i });
	out->switches = keys_list(&switches);
	out->ports = keys_lists(&ports, s->switch_count);
	out->trunks = keys_list(&trunks);
}

static void
sort_hosts(struct sorted *out, struct arena *arena)
{
	const struct scene *s = out->scene;
	struct keys hosts = keys_new(arena, s->host_count);
	struct keys nics = keys_new(arena, s->nic_count);
	struct keys bonds = keys_new(arena, s->bond_count);

	for (uint32_t i = 0; i < s->host_count; i++)
		keys_add(&hosts,
		    (struct key){ 0, 0, s->hosts[i].name, s->hosts[i].id, i });
	for (uint32_t i = 0; i < s->nic_count; i++)
		keys_add(&nics, (struct key){ s->nics[i].host, s->nics[i].order,
				    s->nics[i].name, s->nics[i].id, i });
	for (uint32_t i = 0; i < s->bond_count; i++)
		keys_add(&bonds, (struct key){ s->bonds[i].host, 0,
				     s->bonds[i].name, s->bonds[i].id, i });
	out->hosts = keys_list(&hosts);
	out->nics = keys_lists(&nics, s->host_count);
	out->bonds = keys_lists(&bonds, s->host_count);
}

static void
sort_vswitches(struct sorted *out, struct arena *arena)
{
	const struct scene *s = out->scene;
	struct keys vswitches = keys_new(arena, s->vswitch_count);
	struct keys groups = keys_new(arena, s->group_count);

	for (uint32_t i = 0; i < s->vswitch_count; i++)
		keys_add(&vswitches,
		    (struct key){ s->vswitches[i].host, 0, s->vswitches[i].name,
			s->vswitches[i].id, i });
	for (uint32_t i = 0; i < s->group_count; i++)
		keys_add(&groups, (struct key){ s->groups[i].vswitch, 0,
				      s->groups[i].name, s->groups[i].id, i });
	out->vswitches = keys_lists(&vswitches, s->host_count);
	out->groups = keys_lists(&groups, s->vswitch_count);
	out->vswitch_at =
	    places_in(out->vswitches, s->host_count, s->vswitch_count, arena);
	out->group_at =
	    places_in(out->groups, s->vswitch_count, s->group_count, arena);
}

static void
sort_machines(struct sorted *out, struct arena *arena)
{
	const struct scene *s = out->scene;
	struct keys machines = keys_new(arena, s->machine_count);
	struct keys vnics = keys_new(arena, s->vnic_count);

	for (uint32_t i = 0; i < s->machine_count; i++)
		keys_add(
		    &machines, (struct key){ s->machines[i].host, 0,
				   s->machines[i].name, s->machines[i].id, i });
	for (uint32_t i = 0; i < s->vnic_count; i++)
		keys_add(&vnics, (struct key){ s->vnics[i].machine, 0,
				     s->vnics[i].name, s->vnics[i].id, i });
	out->machines = keys_lists(&machines, s->host_count);
	out->vnics = keys_lists(&vnics, s->machine_count);
	out->machine_at =
	    places_in(out->machines, s->host_count, s->machine_count, arena);
}

static void
sort_findings(struct sorted *out, struct arena *arena)
{
	const struct scene *s = out->scene;
	struct keys findings = keys_new(arena, s->finding_count);

	/* Quiet ones are last, whatever their severity. */
	for (uint32_t i = 0; i < s->finding_count; i++) {
		const struct scene_finding *f = &s->findings[i];
		uint32_t worst = f->severity < UINT32_MAX / 2
				     ? UINT32_MAX / 2 - f->severity
				     : 0;

		keys_add(&findings,
		    (struct key){ 0, worst + (f->quiet ? UINT32_MAX / 2 : 0),
			f->id, f->heading, i });
	}
	out->findings = keys_list(&findings);
}

void
sorted_init(struct sorted *out, const struct scene *scene, struct arena *arena)
{
	*out = (struct sorted){ .scene = scene };
	sort_physical(out, arena);
	sort_hosts(out, arena);
	sort_vswitches(out, arena);
	sort_machines(out, arena);
	sort_findings(out, arena);
}

uint32_t
sorted_switch_of(const struct scene *s, uint32_t nic)
{
	uint32_t port = s->nics[nic].port;

	if (port >= s->port_count || s->ports[port].device >= s->switch_count)
		return SCENE_NONE;
	return s->ports[port].device;
}
