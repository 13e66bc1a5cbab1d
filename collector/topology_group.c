/* Makes the devices and ports of one component. */
#include <stdlib.h>
#include <string.h>

#include "collector/portjoin.h"
#include "collector/summary.h"
#include "collector/topology_inner.h"

/* One component while it is joined. */
struct grouping {
	struct topology *t;
	struct component *c;
	struct identity_claim *said;
	struct port_claim *ports; /* with their devices */
	struct identity identity;
	uint32_t port_count;
};

static enum status
join(struct grouping *g)
{
	const struct component *c = g->c;
	enum status status;

	for (uint32_t i = 0; i < c->claim_count; i++) {
		const struct seen_claim *claim = &g->t->claims[c->claims[i]];

		g->said[i] = (struct identity_claim){ claim->said, claim->nic };
	}
	status = identity_join(&g->identity, g->said, c->claim_count);
	if (status != STATUS_OK)
		return status;
	for (uint32_t i = 0; i < c->claim_count; i++)
		g->ports[i] = (struct port_claim){
			.said = g->said[i].said,
			.nic = g->said[i].nic,
			.device = g->identity.device_of[i],
		};
	return portjoin(g->ports, c->claim_count, &g->port_count);
}

static enum status
take_room(struct grouping *g)
{
	struct topology_inner *inner = g->t->inner;
	struct component *c = g->c;

	c->device_count = g->identity.device_count;
	c->port_count = g->port_count;
	c->first_device = slots_take(&inner->devices, c->device_count);
	c->first_port = slots_take(&inner->ports, c->port_count);
	topology_point(g->t);
	if (c->first_device == SLOTS_NONE || c->first_port == SLOTS_NONE)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < c->device_count; i++) {
		if (!list_add(&inner->touched, c->first_device + i))
			return STATUS_NO_MEMORY;
	}
	return STATUS_OK;
}

/* Counts first; then each gets its list. */
static void
count_claims(const struct grouping *g)
{
	const struct component *c = g->c;

	for (uint32_t i = 0; i < c->claim_count; i++) {
		struct seen_claim *claim = &g->t->claims[c->claims[i]];

		claim->device = c->first_device + g->ports[i].device;
		claim->port = c->first_port + g->ports[i].port;
		g->t->devices[claim->device].claim_count++;
		g->t->ports[claim->port].claim_count++;
		g->t->ports[claim->port].device = claim->device;
	}
	for (size_t i = 0; i < g->identity.join_count; i++)
		g->t->devices[c->first_device +
			      g->identity.device_of[g->identity.joins[i].a]]
		    .join_count++;
}

static bool
take_lists(const struct grouping *g)
{
	struct component *c = g->c;

	for (uint32_t i = 0; i < c->device_count; i++) {
		struct device *d = &g->t->devices[c->first_device + i];

		d->claims =
		    arena_array(&c->arena, d->claim_count, sizeof(*d->claims));
		d->joins =
		    arena_array(&c->arena, d->join_count, sizeof(*d->joins));
		d->claim_count = d->join_count = 0;
	}
	for (uint32_t i = 0; i < c->port_count; i++) {
		struct port *p = &g->t->ports[c->first_port + i];

		p->claims =
		    arena_array(&c->arena, p->claim_count, sizeof(*p->claims));
		p->claim_count = 0;
		g->t->devices[p->device].port_count++;
	}
	return !c->arena.failed;
}

static void
fill_lists(const struct grouping *g)
{
	struct component *c = g->c;

	for (uint32_t i = 0; i < c->claim_count; i++) {
		uint32_t at = c->claims[i];
		struct device *d = &g->t->devices[g->t->claims[at].device];
		struct port *p = &g->t->ports[g->t->claims[at].port];

		d->claims[d->claim_count++] = at;
		p->claims[p->claim_count++] = at;
	}
	for (size_t i = 0; i < g->identity.join_count; i++) {
		const struct join *join = &g->identity.joins[i];
		struct device *d =
		    &g->t->devices[c->first_device +
				   g->identity.device_of[join->a]];

		d->joins[d->join_count++] = (struct join){
			.rule = join->rule,
			.a = c->claims[join->a],
			.b = c->claims[join->b],
			.by = arena_text(&c->arena, join->by),
		};
	}
}

static int
compare_ports(const void *a, const void *b, void *context)
{
	const struct port *p = a, *q = b;
	int order;

	if (p->device != q->device)
		return p->device < q->device ? -1 : 1;
	order = port_compare(p->key, q->key);
	if (order == 0)
		order = strcmp(p->key, q->key);
	/* Ports of one name stand in the order of their first claims. */
	return order ? order
		     : topology_compare_claims(
			   context, p->claims[0], q->claims[0]);
}

/* Sorts the ports device by device and tells the claims their new places. */
static void
order_ports(const struct grouping *g)
{
	struct topology *t = g->t;
	const struct component *c = g->c;
	uint32_t device = TOPOLOGY_NONE;

	qsort_r(&t->ports[c->first_port], c->port_count, sizeof(*t->ports),
	    compare_ports, t);
	for (uint32_t i = 0; i < c->port_count; i++) {
		const struct port *p = &t->ports[c->first_port + i];

		if (p->device != device)
			t->devices[p->device].first_port = c->first_port + i;
		device = p->device;
		for (uint32_t k = 0; k < p->claim_count; k++)
			t->claims[p->claims[k]].port = c->first_port + i;
	}
}

static enum status
make(struct grouping *g)
{
	struct topology *t = g->t;
	struct component *c = g->c;
	enum status status = take_room(g);

	if (status != STATUS_OK)
		return status;
	count_claims(g);
	if (!take_lists(g))
		return STATUS_NO_MEMORY;
	fill_lists(g);
	for (uint32_t i = 0; i < c->device_count; i++)
		summary_device(t, &c->arena, &t->devices[c->first_device + i]);
	for (uint32_t i = 0; i < c->port_count; i++)
		summary_port(t, &c->arena, &t->ports[c->first_port + i]);
	if (c->arena.failed)
		return STATUS_NO_MEMORY;
	order_ports(g);
	return STATUS_OK;
}

enum status
topology_group(struct topology *t, uint32_t at)
{
	struct grouping g = { .t = t, .c = component_at(t->inner, at) };
	enum status status = STATUS_NO_MEMORY;

	g.said = calloc((size_t)g.c->claim_count + 1, sizeof(*g.said));
	g.ports = calloc((size_t)g.c->claim_count + 1, sizeof(*g.ports));
	if (g.said && g.ports)
		status = join(&g);
	if (status == STATUS_OK)
		status = make(&g);
	identity_done(&g.identity);
	free(g.said);
	free(g.ports);
	return status;
}

void
topology_ungroup(struct topology *t, uint32_t at)
{
	struct topology_inner *inner = t->inner;
	struct component *c = component_at(inner, at);

	for (uint32_t i = 0; i < c->device_count; i++)
		topology_unname(t, c->first_device + i);
	slots_give(&inner->devices, c->first_device, c->device_count);
	slots_give(&inner->ports, c->first_port, c->port_count);
	arena_done(&c->arena);
	slots_give(&inner->components, at, 1);
}
