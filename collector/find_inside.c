#include "collector/find_inside.h"

#include <stdio.h>
#include <string.h>

#include "collector/vlans.h"

enum { TITLE_SIZE = QUERY_SIZE_MOST * 2 };

/* What a hit is called in full; asked for that way, it fits exactly although
 * it has blanks: "hv1 br0 tag 140". */
struct title {
	char text[TITLE_SIZE];
};

static void
add_title(struct thing *x, struct title *t, const char *host,
    const char *middle, const char *name)
{
	(void)snprintf(t->text, sizeof(t->text), "%.160s %.160s%s%.160s", host,
	    middle, *middle ? " " : "", name);
	finding_add(x, FIELD_NAME, true, t->text, "name");
}

static void
find_workload(struct finding *g, const struct model_host *h, uint32_t at)
{
	const struct inside_workload *w = &model_inside(h)->workloads[at];
	const struct inside_vnic *vnics =
	    &model_inside(h)->vnics[w->first_vnic];
	bool machine = inside_is_machine(w);
	struct title title;
	struct thing x;

	x = finding_begin(g);
	finding_add(&x, FIELD_NAME, true, w->name, "name of the workload");
	finding_add(&x, FIELD_ID, true, w->uuid, "UUID of the workload");
	finding_add(&x, FIELD_ID, true, w->id, "id of the workload");
	add_title(&x, &title, h->name, "", w->name);
	finding_add(&x, FIELD_NAME, false, h->name, "");
	for (uint32_t i = 0; !machine && i < w->vnic_count; i++)
		finding_add(&x, FIELD_MAC, true, vnics[i].mac,
		    "MAC of the kernel's port");
	(void)finding_try(g, &x,
	    (struct hit){ .kind = machine ? FIND_VM : FIND_KERNEL_PORT,
		.host = h,
		.at = at });
}

static void
find_vnic(struct finding *g, const struct model_host *h, uint32_t at)
{
	const struct inside_vnic *n = &model_inside(h)->vnics[at];
	const struct inside_workload *w =
	    &model_inside(h)->workloads[n->workload];
	struct title title;
	struct thing x;

	if (!inside_is_machine(w))
		return;
	x = finding_begin(g);
	finding_add(&x, FIELD_MAC, true, n->mac, "MAC of the vNIC");
	finding_add(&x, FIELD_NAME, true, n->name, "name of the vNIC");
	add_title(&x, &title, h->name, "", n->name);
	finding_add(&x, FIELD_NAME, false, w->name, "");
	finding_add(&x, FIELD_NAME, false, h->name, "");
	if (finding_try(
		g, &x, (struct hit){ .kind = FIND_VNIC, .host = h, .at = at }))
		return;
	x = finding_begin(g);
	finding_add(&x, FIELD_NAME, true, n->network, "network of the vNIC");
	finding_add(&x, FIELD_NAME, false, h->name, "");
	(void)finding_try(g, &x,
	    (struct hit){
		.kind = FIND_VNIC, .host = h, .at = at, .late = true });
}

static void
find_group(struct finding *g, const struct model_host *h, uint32_t at)
{
	const struct inside_group *group = &model_inside(h)->groups[at];
	struct title title;
	struct thing x;

	x = finding_begin(g);
	finding_add(
	    &x, FIELD_NAME, true, group->name, "name of the port group");
	finding_add(&x, FIELD_ID, true, group->id, "id of the port group");
	add_title(&x, &title, h->name, group->vswitch_name, group->name);
	finding_add(&x, FIELD_NAME, false, group->vswitch_name, "");
	finding_add(&x, FIELD_NAME, false, h->name, "");
	(void)finding_try(g, &x,
	    (struct hit){ .kind = FIND_PORT_GROUP, .host = h, .at = at });
}

/* A bond of the kernel is found as a link, one of Open vSwitch here. */
static void
find_bond(
    struct finding *g, const struct model_host *h, uint32_t at, uint32_t uplink)
{
	const struct inside_vswitch *s = &model_inside(h)->vswitches[at];
	const struct inside_uplink *u = &s->uplinks[uplink];
	struct title title;
	struct thing x;

	if (strcmp(u->kind, "bond") != 0 || u->is_link)
		return;
	x = finding_begin(g);
	finding_add(&x, FIELD_NAME, true, u->name, "name of the bond");
	add_title(&x, &title, h->name, s->name, u->name);
	finding_add(&x, FIELD_NAME, false, s->name, "");
	finding_add(&x, FIELD_NAME, false, h->name, "");
	(void)finding_try(g, &x,
	    (struct hit){
		.kind = FIND_UPLINK, .host = h, .at = at, .uplink = uplink });
}

static void
find_vswitch(struct finding *g, const struct model_host *h, uint32_t at)
{
	const struct inside_vswitch *s = &model_inside(h)->vswitches[at];
	struct title title;
	struct thing x;

	x = finding_begin(g);
	finding_add(
	    &x, FIELD_NAME, true, s->name, "name of the virtual switch");
	finding_add(&x, FIELD_ID, true, s->uuid, "UUID of the virtual switch");
	add_title(&x, &title, h->name, "", s->name);
	finding_add(&x, FIELD_NAME, false, h->name, "");
	(void)finding_try(
	    g, &x, (struct hit){ .kind = FIND_VSWITCH, .host = h, .at = at });
	for (uint32_t i = 0; i < s->uplink_count; i++)
		find_bond(g, h, at, i);
}

void
find_inside(struct finding *g, const struct model_host *h)
{
	for (uint32_t i = 0; i < model_inside(h)->workload_count; i++)
		find_workload(g, h, i);
	for (uint32_t i = 0; i < model_inside(h)->vnic_count; i++)
		find_vnic(g, h, i);
	for (uint32_t i = 0; i < model_inside(h)->group_count; i++)
		find_group(g, h, i);
	for (uint32_t i = 0; i < model_inside(h)->vswitch_count; i++)
		find_vswitch(g, h, i);
}

void
find_inside_vlan(struct finding *g, const struct model_host *h, int vlan)
{
	for (uint32_t i = 0; i < model_inside(h)->group_count; i++) {
		const struct inside_group *group = &model_inside(h)->groups[i];
		struct hit hit = { .kind = FIND_PORT_GROUP,
			.fit = FIT_EXACT,
			.why = "VLAN of the port group",
			.host = h,
			.at = i };

		if (group->vlan == vlan || group->pvlan_primary == vlan ||
		    group->pvlan_secondary == vlan ||
		    vlans_have(group->trunks, vlan))
			finding_hit(g, &hit);
	}
}
