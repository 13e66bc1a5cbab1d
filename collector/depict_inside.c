#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/depict_making.h"
#include "collector/needs.h"
#include "collector/vlans.h"

/* ---- bonds ------------------------------------------------------------- */

static uint32_t
bond_named(const struct scene *s, uint32_t host, const char *name)
{
	for (size_t i = s->bond_count; i-- > 0 && s->bonds[i].host == host;) {
		if (strcmp(s->bonds[i].name, name) == 0)
			return (uint32_t)i;
	}
	return SCENE_NONE;
}

/* One and the same may be a link of the kernel and an uplink. */
static uint32_t
add_bond(struct making *m, uint32_t host, const char *name, const char *mode)
{
	uint32_t at = bond_named(m->s, host, name);
	struct scene *s = m->s;

	if (at != SCENE_NONE)
		return at;
	at = (uint32_t)s->bond_count++;
	s->bonds[at] = (struct scene_bond){
		.id = depict_text(
		    m, "bond:%s/%s", m->bases[host].host->machine_id, name),
		.name = depict_text(m, "%s", name),
		.mode = depict_text(m, "%s", mode),
		.host = host,
	};
	return at;
}

static void
add_link_bonds(struct making *m, uint32_t host)
{
	const struct model_host *h = m->bases[host].host;

	for (size_t i = 0; i < h->link_count; i++) {
		const struct model_link *l = &h->links[i];
		struct json_value *facts CLEANUP(json_cleanup) = NULL;
		const char *mode;

		if (strcmp(l->kind, "bond") != 0 &&
		    strcmp(l->kind, "team") != 0)
			continue;
		facts = json_parse_own(l->facts);
		mode = json_get_string(facts, "bond_mode");
		for (size_t k = 0; k < h->nic_count; k++) {
			if (strcmp(h->nics[k].master, l->name) == 0)
				m->s->nics[m->bases[host].nic + k].bond =
				    add_bond(
					m, host, l->name, mode ? mode : "");
		}
	}
}

/* ---- virtual switches -------------------------------------------------- */

static const char *
about_kind(struct making *m, const char *kind)
{
	static const char *const names[][2] = {
		{ "linux_bridge", "Linux bridge" },
		{ "openvswitch", "Open vSwitch" },
		{ "standard", "standard vSwitch" },
		{ "distributed", "distributed vSwitch" },
		{ "opaque", "NSX" },
		{ "sriov", "SR-IOV" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i][0], kind) == 0)
			return names[i][1];
	}
	return depict_text(m, "%.60s", kind);
}

/* Does a frame leave by this member now?  Of one alone nobody says so. */
static bool
is_used(const struct inside_uplink *u, const struct inside_member *member)
{
	return member->state == MEMBER_ACTIVE ||
	       (u->member_count == 1 && member->state == MEMBER_UNKNOWN);
}

static size_t
add_members(struct making *m, const struct depict_base *base, uint32_t host,
    const struct inside_uplink *u, uint32_t *out)
{
	size_t count = 0;

	for (size_t i = 0; i < u->member_count; i++) {
		const struct inside_member *member = &u->members[i];
		struct scene_nic *nic;

		if (member->nic == INSIDE_NONE)
			continue;
		nic = &m->s->nics[base->nic + member->nic];
		nic->used |= is_used(u, member) && nic->state != CABLE_DOWN;
		if (strcmp(u->kind, "bond") == 0)
			nic->bond = add_bond(m, host, u->name, u->mode);
		out[count++] = base->nic + member->nic;
	}
	return count;
}

static int
compare_places(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* The NICs of all its uplinks, each once. */
static void
add_uplinks(struct making *m, uint32_t host, const struct inside_vswitch *s,
    struct scene_vswitch *out)
{
	size_t room = 0, count = 0, kept = 0;
	uint32_t *nics;

	for (size_t i = 0; i < s->uplink_count; i++)
		room += s->uplinks[i].member_count;
	nics = arena_array(&m->s->arena, room + 1, sizeof(*nics));
	if (!nics)
		return;
	for (size_t i = 0; i < s->uplink_count; i++)
		count += add_members(
		    m, &m->bases[host], host, &s->uplinks[i], nics + count);
	qsort(nics, count, sizeof(*nics), compare_places);
	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || nics[kept - 1] != nics[i])
			nics[kept++] = nics[i];
	}
	out->nics = nics;
	out->nic_count = kept;
}

static void
add_patches(struct making *m, const struct depict_base *base,
    const struct inside_vswitch *s, struct scene_vswitch *out)
{
	uint32_t *patches =
	    arena_array(&m->s->arena, s->patch_count + 1, sizeof(*patches));

	for (size_t i = 0; patches && i < s->patch_count; i++) {
		if (s->patches[i].peer != INSIDE_NONE)
			patches[out->patch_count++] =
			    base->vswitch + s->patches[i].peer;
	}
	out->patches = patches;
}

static void
add_vswitches(struct making *m, uint32_t host, const struct inside *in)
{
	const char *machine_id = m->bases[host].host->machine_id;

	for (size_t i = 0; i < in->vswitch_count; i++) {
		const struct inside_vswitch *s = &in->vswitches[i];
		struct scene_vswitch *out =
		    &m->s->vswitches[m->s->vswitch_count++];

		*out = (struct scene_vswitch){
			.id = depict_text(
			    m, "vswitch:%s/%s", machine_id, s->name),
			.name = depict_text(m, "%s", s->name),
			.href = depict_href(m, "vswitch",
			    depict_text(m, "%s %s", machine_id, s->name)),
			.about = about_kind(m, s->kind),
			.host = host,
		};
		add_uplinks(m, host, s, out);
		add_patches(m, &m->bases[host], s, out);
	}
}

/* ---- port groups ------------------------------------------------------- */

static bool
is_named(const struct inside_group *g, const char *verb, int64_t vlan)
{
	char name[32];

	(void)snprintf(name, sizeof(name), "%s %" PRId64, verb, vlan);
	return strcmp(g->name, name) == 0;
}

static bool
says_trunk(const struct inside_group *g)
{
	if (strncmp(g->name, "trunk ", 6) != 0 || g->vlan >= 0)
		return false;
	return strcmp(g->name + 6, g->trunks) == 0 ||
	       (strcmp(g->name + 6, "all") == 0 && vlans_are_all(g->trunks));
}

bool
depict_says_vlan(const struct inside_group *g)
{
	if (g->unknown_vlan || g->pvlan_primary >= 0)
		return false;
	if (needs_is_untagged(g))
		return strcmp(g->name, "untagged") == 0;
	if (g->trunks[0] != '\0')
		return says_trunk(g);
	if (g->vlan < 0)
		return true; /* "trunk all" */
	return is_named(g, "tag", g->vlan) || is_named(g, "VLAN", g->vlan);
}

/* What its name does not say. */
static const char *
vlan_of(struct making *m, const struct inside_group *g)
{
	if (depict_says_vlan(g))
		return "";
	if (g->unknown_vlan)
		return "VLAN unknown";
	if (g->pvlan_primary >= 0)
		return depict_text(m, "PVLAN %lld, %lld",
		    (long long)g->pvlan_primary, (long long)g->pvlan_secondary);
	if (g->trunks[0] != '\0')
		return depict_text(m, "VLAN %s", g->trunks);
	if (g->vlan >= 0)
		return depict_text(m, "VLAN %lld", (long long)g->vlan);
	return "untagged";
}

/* Where the switch of a port group is not told, there is nothing to hang it on.
 */
static void
add_groups(struct making *m, uint32_t host, const struct inside *in)
{
	struct depict_base *base = &m->bases[host];
	const char *machine_id = base->host->machine_id;

	base->groups = arena_array(
	    &m->s->arena, in->group_count + 1, sizeof(*base->groups));
	for (size_t i = 0; base->groups && i < in->group_count; i++) {
		const struct inside_group *g = &in->groups[i];

		base->groups[i] = SCENE_NONE;
		if (g->vswitch == INSIDE_NONE)
			continue;
		base->groups[i] = (uint32_t)m->s->group_count;
		m->s->groups[m->s->group_count++] = (struct scene_group){
			.id = depict_text(m, "group:%s/%s/%s", machine_id,
			    g->vswitch_name, g->name),
			.name = depict_text(m, "%s", g->name),
			.href = depict_href(m, "path",
			    depict_text(m, "%s %s %s", base->host->name,
				g->vswitch_name, g->name)),
			.vlan = vlan_of(m, g),
			.vswitch = base->vswitch + g->vswitch,
		};
	}
}

/* ---- workloads --------------------------------------------------------- */

static void
add_vnic(struct making *m, const struct depict_base *base,
    const struct inside_workload *w, const struct inside_vnic *n)
{
	struct scene_vnic *out = &m->s->vnics[m->s->vnic_count++];

	*out = (struct scene_vnic){
		.id = depict_text(m, "vnic:%s/%s/%s/%s", base->host->machine_id,
		    w->id, n->name, n->mac),
		.name = depict_text(m, "%s", n->name),
		.mac = depict_text(m, "%s", n->mac),
		.machine = base->machine + n->workload,
		.group = SCENE_NONE,
		.vswitch = SCENE_NONE,
		.disconnected = n->connected == SAID_NO,
	};
	if (n->group != INSIDE_NONE && base->groups)
		out->group = base->groups[n->group];
	if (n->vswitch != INSIDE_NONE)
		out->vswitch = base->vswitch + n->vswitch;
}

const char *
depict_workload(struct making *m, const struct inside_workload *w)
{
	static const char port[] = "port:";
	bool vm = strcmp(w->kind, "vm") == 0;

	/* Short: the port is what tells it from others. */
	if (strcmp(w->name, w->id) != 0 ||
	    strncmp(w->id, port, strlen(port)) != 0)
		return depict_text(m, "%s", w->name);
	return depict_text(
	    m, "%s on %s", vm ? "machine" : "namespace", w->id + strlen(port));
}

static void
add_machines(struct making *m, uint32_t host, const struct inside *in)
{
	const struct depict_base *base = &m->bases[host];

	for (size_t i = 0; i < in->workload_count; i++) {
		const struct inside_workload *w = &in->workloads[i];
		bool vm = strcmp(w->kind, "vm") == 0;

		m->s->machines[m->s->machine_count++] = (struct scene_machine){
			.id = depict_text(
			    m, "machine:%s/%s", base->host->machine_id, w->id),
			.name = depict_workload(m, w),
			.href = depict_href(m, "path",
			    depict_text(m, "%s %s", base->host->name, w->name)),
			.kind = !inside_is_machine(w) ? MACHINE_KERNEL
				: vm                  ? MACHINE_VM
						      : MACHINE_CONTAINER,
			.state = depict_text(m, "%s", w->state),
			.host = host,
		};
	}
	for (size_t i = 0; i < in->workload_count; i++) {
		const struct inside_workload *w = &in->workloads[i];

		for (uint32_t k = 0; k < w->vnic_count; k++)
			add_vnic(m, base, w, &w->vnics[k]);
	}
}

void
depict_inside(struct making *m, uint32_t host)
{
	const struct inside *in = model_inside(m->bases[host].host);

	add_link_bonds(m, host);
	add_vswitches(m, host, in);
	add_groups(m, host, in);
	add_machines(m, host, in);
}
