#include "report/virtual.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { CAPACITY_AT_FIRST = 8 };

/* What a list is made of. */
struct shape {
	size_t size;
	uint32_t most;
};
static const struct shape of_vswitches = { sizeof(struct vswitch),
	VSWITCHES_MOST };
static const struct shape of_uplinks = { sizeof(struct uplink), UPLINKS_MOST };
static const struct shape of_patches = { sizeof(struct patch), PATCHES_MOST };
static const struct shape of_port_groups = { sizeof(struct port_group),
	PORT_GROUPS_MOST };
static const struct shape of_teams = { sizeof(struct team), TEAMS_MOST };
static const struct shape of_workloads = { sizeof(struct workload),
	WORKLOADS_MOST };
static const struct shape of_vnics = { sizeof(struct vnic), VNICS_MOST };

void
virtual_init(struct virtual *v)
{
	*v = (struct virtual){ .lost = 0 };
}

void
virtual_done(struct virtual *v)
{
	free(v->vswitches.items);
	free(v->uplinks.items);
	free(v->patches.items);
	free(v->port_groups.items);
	free(v->teams.items);
	free(v->workloads.items);
	free(v->vnics.items);
	virtual_init(v);
}

static const void *
item(const struct virtual_list *list, const struct shape *of, uint32_t place)
{
	if (place >= list->count)
		return NULL;
	return (const char *)list->items + place * of->size;
}

static bool
grow(struct virtual_list *list, const struct shape *of)
{
	uint32_t capacity =
	    list->capacity ? list->capacity * 2 : CAPACITY_AT_FIRST;
	void *items = realloc(list->items, capacity * of->size);

	if (!items)
		return false;
	list->items = items;
	list->capacity = capacity;
	return true;
}

static uint32_t
add(struct virtual *v, struct virtual_list *list, const struct shape *of,
    const void *one)
{
	if (list->count >= of->most ||
	    (list->count == list->capacity && !grow(list, of))) {
		v->lost++;
		return VIRTUAL_NONE;
	}
	memcpy((char *)list->items + list->count * of->size, one, of->size);
	return list->count++;
}

uint32_t
virtual_add_vswitch(struct virtual *v, const struct vswitch *one)
{
	return add(v, &v->vswitches, &of_vswitches, one);
}

uint32_t
virtual_add_uplink(struct virtual *v, const struct uplink *one)
{
	return add(v, &v->uplinks, &of_uplinks, one);
}

uint32_t
virtual_add_patch(struct virtual *v, const struct patch *one)
{
	return add(v, &v->patches, &of_patches, one);
}

uint32_t
virtual_add_vnic(struct virtual *v, const struct vnic *one)
{
	return add(v, &v->vnics, &of_vnics, one);
}

uint32_t
virtual_add_team(struct virtual *v, const struct team *one)
{
	return add(v, &v->teams, &of_teams, one);
}

uint32_t
virtual_add_port_group(struct virtual *v, const struct port_group *one)
{
	const struct port_group *g = v->port_groups.items;

	for (uint32_t i = 0; i < v->port_groups.count; i++) {
		if (g[i].vswitch == one->vswitch &&
		    strcmp(g[i].name, one->name) == 0 &&
		    vlan_policy_same(&g[i].policy, &one->policy))
			return i;
	}
	return add(v, &v->port_groups, &of_port_groups, one);
}

uint32_t
virtual_add_workload(struct virtual *v, const struct workload *one)
{
	const struct workload *w = v->workloads.items;

	for (uint32_t i = 0; i < v->workloads.count; i++) {
		if (w[i].kind == one->kind && strcmp(w[i].id, one->id) == 0)
			return i;
	}
	return add(v, &v->workloads, &of_workloads, one);
}

const struct vswitch *
virtual_vswitch(const struct virtual *v, uint32_t place)
{
	return item(&v->vswitches, &of_vswitches, place);
}

const struct uplink *
virtual_uplink(const struct virtual *v, uint32_t place)
{
	return item(&v->uplinks, &of_uplinks, place);
}

const struct patch *
virtual_patch(const struct virtual *v, uint32_t place)
{
	return item(&v->patches, &of_patches, place);
}

const struct port_group *
virtual_port_group(const struct virtual *v, uint32_t place)
{
	return item(&v->port_groups, &of_port_groups, place);
}

const struct team *
virtual_team(const struct virtual *v, uint32_t place)
{
	return item(&v->teams, &of_teams, place);
}

const struct workload *
virtual_workload(const struct virtual *v, uint32_t place)
{
	return item(&v->workloads, &of_workloads, place);
}

const struct vnic *
virtual_vnic(const struct virtual *v, uint32_t place)
{
	return item(&v->vnics, &of_vnics, place);
}

uint32_t
virtual_find_vswitch(const struct virtual *v, const char *name)
{
	const struct vswitch *all = v->vswitches.items;

	for (uint32_t i = 0; i < v->vswitches.count; i++) {
		if (strcmp(all[i].name, name) == 0)
			return i;
	}
	return VIRTUAL_NONE;
}

const char *
virtual_port_group_name(
    const struct port_group *group, char out[static PORT_GROUP_NAME_SIZE])
{
	if (group->name[0] == '\0')
		return vlan_policy_name(&group->policy, out);
	text_copy(out, PORT_GROUP_NAME_SIZE, group->name);
	return out;
}

static int
compare_vnics(const void *a, const void *b)
{
	const struct vnic *x = a, *y = b;

	if (x->workload != y->workload)
		return x->workload < y->workload ? -1 : 1;
	return strcmp(x->name, y->name);
}

void
virtual_sort(struct virtual *v)
{
	if (v->vnics.count > 1)
		qsort(v->vnics.items, v->vnics.count, sizeof(struct vnic),
		    compare_vnics);
}
