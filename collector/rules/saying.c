#include "collector/rules/saying.h"

#include <string.h>

#include "collector/rules/carrying.h"

const char *
saying_port(const struct known *k, const struct known_nic *nic)
{
	return nic->port != KNOWN_NONE ? k->ports[nic->port].text
				       : "the switch";
}

/* Two port groups may be in one VLAN: what is about the same is one judgement,
 * and what is said later adds to it. */
static struct judgement *
judged_before(const struct saying *s, enum ruling ruling, const char *about)
{
	for (size_t i = s->out->count; i > 0; i--) {
		struct judgement *j = &s->out->items[i - 1];

		if (j->rule != s->rule)
			return NULL;
		if (j->ruling == ruling && strcmp(j->about, about) == 0)
			return j;
	}
	return NULL;
}

struct judgement *
saying_of_nic(const struct saying *s, enum ruling ruling,
    const struct known_nic *nic, const char *about)
{
	const char *all = judgements_text(
	    s->out, "%s%s%s", nic->name, about[0] ? " " : "", about);
	struct judgement *j = judged_before(s, ruling, all);

	if (j) {
		/* They are counted anew. */
		j->touched = (struct judged_touched){ .count = 0 };
		j->fix_count = 0;
		return j;
	}
	j = judgements_add(s->out, s->rule, ruling);
	if (!j)
		return NULL;
	j->about = all;
	j->nic = nic->name;
	judgement_of_nic(s->out, j, nic->name);
	if (nic->port != KNOWN_NONE)
		judgement_of_port(s->out, j, s->k->ports[nic->port].text);
	if (nic->vswitch != KNOWN_NONE)
		judgement_of_vswitch(
		    s->out, j, s->k->vswitches[nic->vswitch].name);
	return j;
}

bool
saying_is_used(const struct known *k, const struct known_nic *nic)
{
	if (nic->use_count > 0 || nic->master[0] != '\0')
		return true;
	for (size_t i = 0; i < k->link_count; i++) {
		if (k->links[i].vlan > 0 &&
		    strcmp(k->links[i].lower, nic->name) == 0)
			return true;
	}
	return false;
}

void
saying_claim(const struct saying *s, struct judgement *j, enum rule_owner side,
    const struct known_source *source, const char *text)
{
	judgement_claims(s->out, j,
	    &(struct judged_claim){
		.side = side,
		.text = text,
		.source = source->text ? source->text : "",
		.last_heard = source->last_heard,
		.current = source->current,
	    });
}

/* ---- whom it touches ----------------------------------------------------- */

static bool
way_has(const struct known *k, const struct known_way *way, int vlan)
{
	struct known_vlans needs;
	bool untagged;

	if (vlan < 0)
		return true;
	carrying_needs(k, way, &needs, &untagged);
	return vlan == 0 ? untagged : known_vlans_have(&needs, vlan);
}

/* Marks the port groups that are touched; NULL: no memory. */
static bool *
groups_on(const struct saying *s, const struct known_nic *nic, int vlan)
{
	const struct known *k = s->k;
	bool *groups =
	    arena_array(&s->out->arena, k->group_count + 1, sizeof(*groups));

	for (size_t i = 0; groups && i < k->way_count; i++) {
		const struct known_way *way = &k->ways[i];

		if (way->group == KNOWN_NONE || way->nic == KNOWN_NONE ||
		    &k->nics[way->nic] != nic)
			continue;
		if (!groups[way->group] && way_has(k, way, vlan))
			groups[way->group] = true;
	}
	return groups;
}

static bool
hangs_on(
    const struct known *k, const struct known_machine *m, const bool *groups)
{
	for (uint32_t i = 0; i < m->vnic_count; i++) {
		uint32_t group = k->vnics[m->first_vnic + i].group;

		if (group < k->group_count && groups[group])
			return true;
	}
	return false;
}

static void
touch(const struct saying *s, struct judgement *j, const bool *groups)
{
	const struct known *k = s->k;

	for (size_t i = 0; i < k->machine_count; i++) {
		const struct known_machine *m = &k->machines[i];

		if (strcmp(m->kind, "kernel_port") != 0 &&
		    strcmp(m->state, "off") != 0 && hangs_on(k, m, groups))
			judgement_touches(j, m->name);
	}
}

void
saying_touch(const struct saying *s, struct judgement *j,
    const struct known_nic *nic, int vlan)
{
	bool *groups = groups_on(s, nic, vlan);

	if (groups)
		touch(s, j, groups);
}

void
saying_touch_group(const struct saying *s, struct judgement *j, uint32_t group)
{
	bool *groups =
	    arena_array(&s->out->arena, s->k->group_count + 1, sizeof(*groups));

	if (!groups)
		return;
	groups[group] = true;
	touch(s, j, groups);
}

/* ---- what to type -------------------------------------------------------- */

void
saying_fix_port(const struct saying *s, struct judgement *j,
    const struct known_nic *nic, enum fix_action action, struct fix_words words)
{
	const struct known_port *p;
	const struct known_switch *sw;
	enum platform platform;

	if (nic->port == KNOWN_NONE)
		return;
	p = &s->k->ports[nic->port];
	sw = &s->k->switches[p->on];
	platform = platform_of_switch(&(struct platform_said){
	    .model = sw->model,
	    .software = sw->software,
	    .description = sw->description,
	    .vendors = sw->vendor,
	});
	words.port = p->full;
	judgement_mends(s->out, j,
	    &(struct judged_fix){
		.side = OWNED_BY_NETWORK,
		.where = sw->name,
		.platform = platform_name(platform),
		.command =
		    fix_command(&s->out->arena, platform, action, &words),
	    });
}

void
saying_fix_host(const struct saying *s, struct judgement *j,
    const struct known_nic *nic, enum fix_action action, struct fix_words words)
{
	enum platform platform = PLATFORM_LINUX;
	const char *kind = "";

	if (nic->vswitch != KNOWN_NONE)
		kind = s->k->vswitches[nic->vswitch].kind;
	if (strcmp(s->k->platform, "esxi") == 0)
		platform = strcmp(kind, "distributed") == 0 ? PLATFORM_VCENTER
							    : PLATFORM_ESXI;
	else if (strcmp(kind, "openvswitch") == 0)
		platform = PLATFORM_OPENVSWITCH;
	words.nic = nic->name;
	judgement_mends(s->out, j,
	    &(struct judged_fix){
		.side = OWNED_BY_SYSTEMS,
		.where = s->k->name,
		.platform = platform_name(platform),
		.command =
		    fix_command(&s->out->arena, platform, action, &words),
	    });
}

/* ---- VLANs --------------------------------------------------------------- */

size_t
saying_count(const struct known_vlans *vlans)
{
	size_t count = 0;

	for (int id = 1; id < VLAN_IDS; id++)
		count += known_vlans_have(vlans, id);
	return count;
}

const char *
saying_vlans(const struct saying *s, const struct known_vlans *vlans)
{
	char text[VLANS_LIST_SIZE];
	bool set[VLAN_IDS];
	size_t count = saying_count(vlans);

	if (count == 0)
		return "";
	for (int id = 0; id < VLAN_IDS; id++)
		set[id] = known_vlans_have(vlans, id);
	vlans_list(set, text);
	return judgements_text(
	    s->out, "VLAN%s %s", count == 1 ? "" : "s", text);
}
