#include "collector/find_vlan.h"

#include <string.h>

#include "base/json_read.h"
#include "collector/find_inside.h"
#include "collector/heard_vlans.h"

static bool
lists_vlan(const struct model_neighbor *n, int vlan)
{
	struct json_value *facts CLEANUP(json_cleanup) = NULL;
	const struct json_value *v;

	if (!strstr(n->facts, "\"vlans\":["))
		return false;
	facts = json_parse_own(n->facts);
	for (v = json_first(json_get(facts, "vlans")); v; v = json_next(v)) {
		if (json_get_number(v, "id", -1) == vlan)
			return true;
	}
	return false;
}

static const char *
port_vlan(const struct topology *t, const struct port *p, int vlan)
{
	for (uint32_t i = 0; i < p->claim_count; i++) {
		const struct model_neighbor *n = t->claims[p->claims[i]].said;

		if (n->native_vlan == vlan || n->pvid == vlan)
			return "untagged VLAN of the switch port";
		if (lists_vlan(n, vlan))
			return "VLAN named by the switch port";
	}
	return NULL;
}

static void
find_vlan_links(struct trying *g, const struct model_host *h, int vlan)
{
	for (size_t i = 0; i < h->link_count; i++) {
		struct hit hit = { .kind = FIND_LINK,
			.fit = FIT_EXACT,
			.why = "VLAN of the link",
			.host = h,
			.link = &h->links[i] };

		if (h->links[i].vlan == vlan)
			trying_hit(g, &hit);
	}
}

/* Has it ever been heard on the wire?  Which NICs do, its page tells. */
static bool
is_heard(const struct model_host *h, int vlan)
{
	for (size_t k = 0; k < h->nic_count; k++) {
		if (heard_vlans_find(&h->nics[k], vlan))
			return true;
	}
	return false;
}

static void
find_vlan_ports(struct trying *g, uint32_t device, int vlan)
{
	const struct device *d = &g->t->devices[device];

	for (uint32_t i = 0; i < d->port_count; i++) {
		struct hit hit = { .kind = FIND_PORT,
			.fit = FIT_EXACT,
			.at = d->first_port + i };

		hit.why = port_vlan(g->t, &g->t->ports[hit.at], vlan);
		if (hit.why)
			trying_hit(g, &hit);
	}
}

void
find_vlan(struct trying *g, const struct search_found *where)
{
	int vlan = g->q->whole.vlan;
	struct hit itself = { .kind = FIND_VLAN,
		.fit = FIT_EXACT,
		.why = "number of the VLAN",
		.at = (uint32_t)vlan };
	size_t before = g->out->count;
	bool heard = false;

	for (size_t i = 0; i < where->device_count; i++)
		find_vlan_ports(g, where->devices[i], vlan);
	for (size_t i = 0; i < where->host_count; i++) {
		find_inside_vlan(g, where->hosts[i], vlan);
		find_vlan_links(g, where->hosts[i]->host, vlan);
		heard = heard || is_heard(where->hosts[i]->host, vlan);
	}
	if (g->out->count > before || heard)
		trying_hit(g, &itself);
}
