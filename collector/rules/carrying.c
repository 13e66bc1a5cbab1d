#include "collector/rules/carrying.h"

#include <string.h>

#include "collector/rules/platform.h"

enum {
	JUNOS_NAMES = 5,      /* of one frame, unless told otherwise */
	JUNOS_NAMES_MOST = 60 /* may have filled a frame of 1500 octets */
};

bool
carrying_speaks(const struct known_nic *nic, const struct known_neighbor *n)
{
	return nic->cable == KNOWN_CABLE_SURE && n->note == KNOWN_NEIGHBOR &&
	       n->source.current && n->port != KNOWN_NONE;
}

int64_t
carrying_untagged(
    const struct known_nic *nic, const struct known_neighbor **out_by)
{
	int64_t vlan = -1;

	for (size_t i = 0; i < nic->neighbor_count; i++) {
		const struct known_neighbor *n = &nic->neighbors[i];
		const int64_t said[] = { n->native_vlan, n->pvid };

		if (!carrying_speaks(nic, n))
			continue;
		for (size_t k = 0; k < 2; k++) {
			if (said[k] < 0 || said[k] == vlan)
				continue;
			if (vlan >= 0)
				return -2;
			vlan = said[k];
			*out_by = n;
		}
	}
	return vlan;
}

/* ---- which lists are full ------------------------------------------------ */

static enum platform
platform_of(const struct known *k, const struct known_neighbor *n)
{
	const struct known_switch *s = &k->switches[k->ports[n->port].on];

	return platform_of_switch(&(struct platform_said){
	    .model = s->model,
	    .software = s->software,
	    .description = s->description,
	    .vendors = s->vendor,
	});
}

/* Does the list name every VLAN of the port, by what its sender is? */
static bool
is_full(const struct known *k, const struct known_neighbor *n)
{
	if (n->names_lost > 0)
		return false;
	if (strcmp(n->protocol, "fdp") == 0)
		return true;
	return n->lldp && platform_of(k, n) == PLATFORM_JUNOS &&
	       n->name_count != JUNOS_NAMES && n->name_count < JUNOS_NAMES_MOST;
}

/* lldpd on any Linux names the VLAN devices above the port. */
static bool
names_alike_on_all_ports(const struct known *k, const struct known_neighbor *n)
{
	enum platform p = platform_of(k, n);

	if (p == PLATFORM_UNKNOWN)
		return strstr(k->switches[k->ports[n->port].on].description,
			   "Linux") != NULL;
	return p == PLATFORM_IOS || p == PLATFORM_NXOS || p == PLATFORM_EOS ||
	       p == PLATFORM_JUNOS || p == PLATFORM_CUMULUS ||
	       p == PLATFORM_SONIC;
}

/* Ports of one switch, or of two of the same system and version. */
static bool
are_alike(const struct known *k, const struct known_neighbor *a,
    const struct known_neighbor *b)
{
	const struct known_switch *s = &k->switches[k->ports[a->port].on];
	const struct known_switch *t = &k->switches[k->ports[b->port].on];

	if (!names_alike_on_all_ports(k, a))
		return false;
	return s == t || (s->description[0] != '\0' &&
			     strcmp(s->description, t->description) == 0);
}

/* The neighbor by which a NIC knows that its port carries the VLAN, and that
 * proves that 'n' would name it if its port did, too. */
static const struct known_neighbor *
proof_in(const struct known *k, const struct known_nic *nic,
    const struct known_neighbor *n, int vlan)
{
	for (size_t i = 0; i < nic->neighbor_count; i++) {
		const struct known_neighbor *other = &nic->neighbors[i];
		int highest = n->names[n->name_count - 1].id;

		if (!other->named || !other->lldp ||
		    !carrying_speaks(nic, other) ||
		    !known_vlans_have(other->named, vlan) ||
		    other->pvid == vlan || other->native_vlan == vlan)
			continue;
		if ((highest > vlan || n->name_count < other->name_count) &&
		    are_alike(k, n, other))
			return other;
	}
	return NULL;
}

static const struct known_neighbor *
proof_that_missing(const struct known *k, const struct known_nic *nic,
    const struct known_neighbor *n, int vlan)
{
	const struct known_neighbor *other;

	if (!n->lldp || n->names_lost > 0)
		return NULL;
	for (size_t i = 0; i < k->nic_count; i++) {
		other = &k->nics[i] == nic ? NULL
					   : proof_in(k, &k->nics[i], n, vlan);
		if (other)
			return other;
	}
	for (size_t i = 0; i < k->sibling_count; i++) {
		other = k->siblings[i].nic == nic
			    ? NULL
			    : proof_in(k, k->siblings[i].nic, n, vlan);
		if (other)
			return other;
	}
	return NULL;
}

/* ---- the verdict --------------------------------------------------------- */

static const struct known_heard_vlan *
heard_now(const struct known_nic *nic, int vlan)
{
	for (size_t i = 0; i < nic->heard_vlan_count; i++) {
		if (nic->heard_vlans[i].id == vlan &&
		    nic->heard_vlans[i].source.current)
			return &nic->heard_vlans[i];
	}
	return NULL;
}

static void
rule_out(struct carrying *out, enum ruling ruling, enum carrying_why why,
    const struct known_neighbor *by)
{
	out->ruling = ruling;
	out->why = why;
	out->by = by;
}

/* What the lists of the switch prove against it. */
static void
look_for_lack(struct carrying *out, const struct known *k,
    const struct known_nic *nic, int vlan)
{
	for (size_t i = 0; i < nic->neighbor_count; i++) {
		const struct known_neighbor *n = &nic->neighbors[i];

		if (!carrying_speaks(nic, n))
			continue;
		if (!n->named) {
			if (out->why == CARRIED_NO_NEIGHBOR)
				rule_out(
				    out, RULING_UNKNOWN, CARRIED_NAMES_NONE, n);
			continue;
		}
		if (out->ruling == RULING_BROKEN)
			continue;
		rule_out(out, RULING_UNKNOWN, CARRIED_NOT_NAMED, n);
		out->other = proof_that_missing(k, nic, n, vlan);
		if (is_full(k, n))
			rule_out(out, RULING_BROKEN, CARRIED_NOT_LISTED, n);
		else if (out->other)
			rule_out(out, RULING_BROKEN, CARRIED_NOT_AS_THERE, n);
	}
}

void
carrying_judge(struct carrying *out, const struct known *k,
    const struct known_nic *nic, int vlan)
{
	const struct known_neighbor *naming = NULL, *untagging = NULL;
	int64_t untagged = carrying_untagged(nic, &untagging);

	*out = (struct carrying){ .why = CARRIED_NO_NEIGHBOR };
	if (!nic->source.current)
		return;
	if (nic->carrier == TOLD_NO || nic->up == TOLD_NO) {
		out->why = CARRIED_NO_LINK;
		return;
	}
	out->heard = heard_now(nic, vlan);
	for (size_t i = 0; i < nic->neighbor_count && !naming; i++) {
		const struct known_neighbor *n = &nic->neighbors[i];

		if (carrying_speaks(nic, n) && n->named &&
		    known_vlans_have(n->named, vlan))
			naming = n;
	}
	if (untagged == vlan)
		rule_out(out, RULING_UNKNOWN,
		    out->heard ? CARRIED_DISPUTED : CARRIED_UNTAGGED,
		    untagging);
	else if (naming && untagged != -2)
		rule_out(out, RULING_HOLDS, CARRIED_NAMED, naming);
	else if (naming)
		rule_out(out, RULING_UNKNOWN, CARRIED_DISPUTED, naming);
	else
		look_for_lack(out, k, nic, vlan);
	if (!out->heard || untagged == vlan)
		return;
	if (out->ruling == RULING_BROKEN)
		rule_out(out, RULING_UNKNOWN, CARRIED_DISPUTED, out->by);
	else if (out->ruling == RULING_UNKNOWN)
		rule_out(out, RULING_HOLDS, CARRIED_HEARD, out->by);
}

void
carrying_needs(const struct known *k, const struct known_way *way,
    struct known_vlans *out, bool *out_untagged)
{
	const struct known_uplink *u = NULL;
	const struct known_group *g;

	*out = (struct known_vlans){ { 0 } };
	*out_untagged = false;
	if (way->vswitch != KNOWN_NONE && way->uplink != KNOWN_NONE)
		u = &k->vswitches[way->vswitch].uplinks[way->uplink];
	if (way->group == KNOWN_NONE) {
		known_vlans_add(out, k->links[way->link].vlan);
		return;
	}
	/* A VLAN device below the switch puts its tag on everything. */
	if (u && u->vlan > 0) {
		known_vlans_add(out, u->vlan);
		return;
	}
	g = &k->groups[way->group];
	*out = g->needs;
	*out_untagged = g->untagged;
	if (u && u->untagged > 0 && known_vlans_have(out, u->untagged)) {
		*out_untagged = true;
		out->bits[u->untagged / 64] &=
		    ~((uint64_t)1 << (u->untagged % 64));
	}
}

bool
carrying_sends_untagged(const struct known *k, const struct known_nic *nic)
{
	for (size_t i = 0; i < k->way_count; i++) {
		const struct known_way *way = &k->ways[i];
		struct known_vlans needs;
		bool untagged;

		if (way->nic == KNOWN_NONE || &k->nics[way->nic] != nic)
			continue;
		carrying_needs(k, way, &needs, &untagged);
		if (untagged)
			return true;
	}
	return false;
}
