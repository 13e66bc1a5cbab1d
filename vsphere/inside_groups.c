/*
 * inside_groups.c - port groups of a host: VLANs, and who may use what.
 */
#include "vsphere/inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "vsphere/inside_proxy.h"
#include "vsphere/names.h"

enum { VLAN_GUEST = 4095 }; /* of a standard switch: the guest tags */

/* ---- VLANs ------------------------------------------------------------------
 */

static struct vlan_policy
policy_of_id(uint32_t vlan)
{
	struct vlan_policy p = { .mode = VLAN_UNKNOWN };

	if (vlan == 0) {
		p.mode = VLAN_UNTAGGED;
	} else if (vlan >= VLAN_LEAST && vlan <= VLAN_MOST) {
		p.mode = VLAN_ACCESS;
		p.vlan = (uint16_t)vlan;
	} else if (vlan == VLAN_GUEST) {
		p.mode = VLAN_TRUNK;
		p.all = true;
	}
	return p;
}

static struct vlan_policy
policy_of_text(const char *id)
{
	char *end;
	unsigned long vlan = strtoul(id, &end, 10);
	bool number = end > id && *end == '\0' && vlan <= VLAN_GUEST;

	return policy_of_id(number ? (uint32_t)vlan : UINT32_MAX);
}

static struct vlan_policy
policy_of_ranges(const struct list *list, struct place ranges)
{
	struct vlan_policy p = { .mode = VLAN_TRUNK };
	const char *rest;

	for (const char *r = list_text(list, ranges); *r; r = list_next(r)) {
		uint32_t first = hearing_split(r, &rest);
		unsigned long last = strtoul(rest, NULL, 10);

		if (last > VLAN_MOST)
			last = VLAN_MOST;
		/* 0 is for frames without a tag. */
		vlans_add(&p.trunks, first > 0 ? first : 1, (uint32_t)last);
	}
	if (vlans_count(&p.trunks) == VLAN_MOST) {
		p.trunks = (struct vlans){ { 0 } };
		p.all = true;
	}
	return p;
}

/* The primary VLAN of a private one, by the map of the switch. */
static uint16_t
primary_of(const struct inside_proxy *proxy, uint32_t secondary)
{
	const char *rest;

	if (!proxy->config)
		return 0;
	for (const char *p =
		 list_text(proxy->config_list, proxy->config->pvlans);
	     *p; p = list_next(p)) {
		uint32_t primary = hearing_split(p, &rest);

		if (strtoul(rest, NULL, 10) == secondary &&
		    primary <= VLAN_MOST)
			return (uint16_t)primary;
	}
	return 0;
}

/* No spec, or one that we do not know, is no word of any VLAN. */
static void
set_vlan(struct port_group *g, const struct list *list,
    const struct vlan_value *vlan, const struct inside_proxy *proxy)
{
	const char *type = list_text(list, vlan->type);

	g->policy.mode = VLAN_UNKNOWN;
	if (strstr(type, "TrunkVlanSpec") && vlan->ranges.at) {
		g->policy = policy_of_ranges(list, vlan->ranges);
	} else if (strstr(type, "PvlanSpec") && vlan->pvlan > 0) {
		g->policy = policy_of_id(vlan->pvlan);
		g->pvlan_secondary = g->policy.vlan;
		g->pvlan_primary = primary_of(proxy, vlan->pvlan);
	} else if (strstr(type, "VlanIdSpec")) {
		g->policy = policy_of_text(list_text(list, vlan->id));
	}
}

/* ---- teams
 * ---------------------------------------------------------------------- */

static const char *
policy_text(struct teams teams)
{
	return teams.teaming ? list_text(teams.list, teams.teaming->policy)
			     : "";
}

static void
add_to_team(struct team *team, const char *name, enum member_state state)
{
	struct uplink_member *m;

	if (team->member_count == UPLINK_MEMBERS_MOST) {
		team->members_lost++;
		return;
	}
	m = &team->members[team->member_count++];
	text_copy(m->nic, sizeof(m->nic), name);
	m->state = state == MEMBER_UNKNOWN ? MEMBER_ACTIVE : state;
}

/* A port group's team, where it differs from its switch's. */
struct choice {
	struct teams own, all; /* of the port group, of the switch */
	struct team team;
	bool differs;
};

/* 'shown' is what the report calls the NIC or LAG that is ordered by 'name';
 * 'reported' what it tells of it as an uplink of the switch. */
static void
choose(struct choice *c, const char *shown, const char *name,
    enum member_state reported)
{
	bool ordered = c->own.teaming && c->own.teaming->ordered == FLAG_YES;
	enum member_state now = inside_state(ordered ? c->own : c->all, name);

	add_to_team(&c->team, shown, now);
	/* Without an order all are in use. */
	if (reported == MEMBER_UNKNOWN)
		reported = MEMBER_ACTIVE;
	if (now == MEMBER_UNKNOWN)
		now = MEMBER_ACTIVE;
	c->differs = c->differs || now != reported;
}

static void
keep_team(struct inside *in, struct choice *c, struct port_group *g)
{
	const char *own = policy_text(c->own), *all = policy_text(c->all);

	if (own[0] && strcmp(own, all) != 0)
		c->differs = true;
	if (!c->differs || c->team.member_count == 0)
		return;
	text_copy(c->team.policy, sizeof(c->team.policy), own[0] ? own : all);
	g->team = virtual_add_team(in->out, &c->team);
	g->has_team = g->team != VIRTUAL_NONE;
}

/* ---- of standard switches
 * ----------------------------------------------------------- */

static const struct switch_value *
find_switch(const struct list *list, const char *name)
{
	const struct switch_value *s = list ? list_items(list) : NULL;

	for (uint32_t i = 0; list && i < list->count; i++, s++) {
		if (strcmp(list_text(list, s->name), name) == 0)
			return s;
	}
	return NULL;
}

static void
add_standard_group(
    struct inside *in, const struct list *list, const struct group_value *v)
{
	const struct list *switches = in->host->values[HOST_SWITCHES];
	const struct switch_value *s =
	    find_switch(switches, list_text(list, v->vswitch));
	struct port_group g = { .policy = policy_of_id(v->vlan) };
	struct choice c = { .own = { list, &v->teaming } };
	struct inside_wire wire;

	if (!s)
		return;
	g.vswitch =
	    (uint32_t)(s - (const struct switch_value *)list_items(switches));
	if (g.vswitch >= in->first_proxy)
		return; /* beyond the limit of vSwitches */
	c.all = (struct teams){ switches, &s->teaming };
	for (const char *key = list_text(switches, s->pnics); *key;
	     key = list_next(key)) {
		if (inside_read_wire(in->host->values[HOST_PNICS], key, &wire))
			choose(&c, wire.nic, wire.device,
			    inside_state(c.all, wire.device));
	}
	keep_team(in, &c, &g);
	name_copy(g.name, sizeof(g.name), list_text(list, v->name));
	(void)virtual_add_port_group(in->out, &g);
}

void
inside_add_groups(struct inside *in)
{
	const struct list *list = in->host->values[HOST_GROUPS];
	const struct group_value *g = list ? list_items(list) : NULL;

	for (uint32_t i = 0; list && i < list->count; i++, g++)
		add_standard_group(in, list, g);
}

/* Standard port groups are told first, and are of a host: by name. */
uint32_t
inside_standard_group(struct inside *in, const char *name)
{
	char plain[PORT_GROUP_NAME_SIZE];

	name_copy(plain, sizeof(plain), name);
	for (uint32_t i = 0; i < in->out->port_groups.count; i++) {
		const struct port_group *g = virtual_port_group(in->out, i);

		if (g->vswitch < in->first_proxy && strcmp(g->name, plain) == 0)
			return i;
	}
	return VIRTUAL_NONE;
}

/* ---- of distributed switches
 * ---------------------------------------------------------- */

uint32_t
inside_find_proxy(const struct inside *in, const char *uuid)
{
	const struct list *list = in->host->values[HOST_PROXIES];
	const struct proxy_value *p = list ? list_items(list) : NULL;

	for (uint32_t i = 0; list && i < list->count; i++, p++) {
		if (in->first_proxy + i < in->first_opaque &&
		    strcmp(list_text(list, p->uuid), uuid) == 0)
			return in->first_proxy + i;
	}
	return VIRTUAL_NONE;
}

static uint32_t
find_group(const struct inside *in, const char *id)
{
	for (uint32_t i = 0; i < in->out->port_groups.count; i++) {
		if (strcmp(virtual_port_group(in->out, i)->id, id) == 0)
			return i;
	}
	return VIRTUAL_NONE;
}

/* A LAG is one uplink, however many NICs it has; so is it told. */
static void
choose_wires(struct choice *c, const struct inside_proxy *proxy)
{
	struct inside_wire wire;
	char name[PORT_NAME_SIZE];

	for (const char *key = list_text(proxy->list, proxy->value->pnics);
	     *key; key = list_next(key)) {
		bool told = false;

		if (!inside_read_proxy_wire(proxy, key, &wire))
			continue;
		if (wire.lag[0] == '\0') {
			choose(c, wire.nic, wire.uplink,
			    inside_state(c->all, wire.uplink));
			continue;
		}
		inside_copy_lag(name, wire.lag);
		for (unsigned i = 0; i < c->team.member_count; i++)
			told =
			    told || strcmp(c->team.members[i].nic, name) == 0;
		if (!told)
			choose(c, name, name, MEMBER_ACTIVE);
	}
}

static uint32_t
add_distributed_group(
    struct inside *in, uint32_t vswitch, const struct dvpg *dvpg)
{
	const struct list *proxies = in->host->values[HOST_PROXIES];
	const struct proxy_value *p = list_items(proxies);
	const struct list *list = dvpg->values[GROUP_CONFIG];
	const struct dvpg_value *v = list_items(list);
	struct port_group g = { .vswitch = vswitch };
	struct inside_proxy proxy;
	struct choice c = { .own = { list, &v->teaming } };

	inside_open_proxy(in, p + (vswitch - in->first_proxy), &proxy);
	c.all = inside_proxy_teams(&proxy);
	choose_wires(&c, &proxy);
	keep_team(in, &c, &g);
	if (v->vlan.type.at || !proxy.config)
		set_vlan(&g, list, &v->vlan, &proxy);
	else
		set_vlan(&g, proxy.config_list, &proxy.config->vlan, &proxy);
	text_copy(g.id, sizeof(g.id), dvpg->object.reference);
	name_copy(g.name, sizeof(g.name),
	    list_only(dvpg->values[GROUP_NAME])[0]
		? list_only(dvpg->values[GROUP_NAME])
		: list_text(list, v->name));
	return virtual_add_port_group(in->out, &g);
}

uint32_t
inside_distributed_group(
    struct inside *in, const char *switch_uuid, const char *key)
{
	uint32_t vswitch = inside_find_proxy(in, switch_uuid);
	uint32_t found = find_group(in, key);
	const struct dvpg *dvpg = inventory_find_group(in->inventory, key);

	if (found != VIRTUAL_NONE || vswitch == VIRTUAL_NONE || !dvpg)
		return found;
	if (!dvpg->values[GROUP_CONFIG] ||
	    dvpg->values[GROUP_CONFIG]->count == 0)
		return VIRTUAL_NONE;
	return add_distributed_group(in, vswitch, dvpg);
}

/* ---- of opaque switches
 * -------------------------------------------------------------------- */

uint32_t
inside_opaque_group(struct inside *in, const char *id)
{
	const struct list *list = in->host->values[HOST_OPAQUE_NETWORKS];
	const struct opaque_network_value *n = list ? list_items(list) : NULL;
	uint32_t found = find_group(in, id);
	struct port_group g = { .vswitch = in->first_opaque,
		.policy = { .mode = VLAN_UNKNOWN } };
	const char *name = id;

	if (found != VIRTUAL_NONE ||
	    in->first_opaque >= in->out->vswitches.count)
		return found;
	for (uint32_t i = 0; list && i < list->count; i++, n++) {
		if (strcmp(list_text(list, n->id), id) == 0 && n->name.at)
			name = list_text(list, n->name);
	}
	text_copy(g.id, sizeof(g.id), id);
	name_copy(g.name, sizeof(g.name), name);
	return virtual_add_port_group(in->out, &g);
}
