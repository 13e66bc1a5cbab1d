#include "collector/topology.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/portjoin.h"
#include "collector/summary.h"

/* Counts NICs and claims; false when there are more than we number. */
static bool
count_all(struct topology *t, const struct model *m)
{
	size_t nics = 0, claims = 0;

	for (size_t i = 0; i < m->count; i++) {
		nics += m->hosts[i]->nic_count;
		for (size_t k = 0; k < m->hosts[i]->nic_count; k++)
			claims += m->hosts[i]->nics[k].neighbor_count;
	}
	if (nics >= TOPOLOGY_NONE || claims >= TOPOLOGY_NONE)
		return false;
	t->nics = calloc(nics + 1, sizeof(*t->nics));
	t->claims = calloc(claims + 1, sizeof(*t->claims));
	t->claim_of_join = calloc(claims + 1, sizeof(*t->claim_of_join));
	return t->nics && t->claims && t->claim_of_join;
}

static void
add_nic(struct topology *t, const struct model_host *host,
    const struct model_nic *nic)
{
	t->nics[t->nic_count] = (struct seen_nic){
		.host = host,
		.nic = nic,
		.first_claim = t->claim_count,
		.claim_count = (uint32_t)nic->neighbor_count,
		.claim = TOPOLOGY_NONE,
	};
	for (size_t i = 0; i < nic->neighbor_count; i++)
		t->claims[t->claim_count++] = (struct seen_claim){
			.host = host,
			.nic = t->nic_count,
			.said = &nic->neighbors[i],
			.device = TOPOLOGY_NONE,
			.port = TOPOLOGY_NONE,
		};
	t->nic_count++;
}

/* Every claim but the hosts' own frames takes part. */
static enum status
join_devices(struct topology *t)
{
	struct identity_claim *claims =
	    calloc((size_t)t->claim_count + 1, sizeof(*claims));
	uint32_t count = 0;
	enum status status;

	if (!claims)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < t->claim_count; i++) {
		if (t->claims[i].said->own)
			continue;
		claims[count] = (struct identity_claim){
			.said = t->claims[i].said,
			.nic = t->claims[i].nic,
		};
		t->claim_of_join[count++] = i;
	}
	status = identity_join(&t->identity, claims, count);
	free(claims);
	if (status != STATUS_OK)
		return status;
	for (uint32_t i = 0; i < count; i++)
		t->claims[t->claim_of_join[i]].device =
		    t->identity.device_of[i];
	t->device_count = t->identity.device_count;
	return STATUS_OK;
}

/* Gives each device and each port the list of its claims. */
static enum status
list_claims(struct topology *t)
{
	for (uint32_t i = 0; i < t->claim_count; i++) {
		if (t->claims[i].device == TOPOLOGY_NONE)
			continue;
		t->devices[t->claims[i].device].claim_count++;
		t->ports[t->claims[i].port].claim_count++;
		t->ports[t->claims[i].port].device = t->claims[i].device;
	}
	for (uint32_t i = 0; i < t->device_count; i++) {
		struct device *d = &t->devices[i];

		d->claims =
		    arena_array(&t->arena, d->claim_count, sizeof(*d->claims));
		d->claim_count = 0;
	}
	for (uint32_t i = 0; i < t->port_count; i++) {
		struct port *p = &t->ports[i];

		p->claims =
		    arena_array(&t->arena, p->claim_count, sizeof(*p->claims));
		p->claim_count = 0;
		t->devices[p->device].port_count++;
	}
	if (t->arena.failed)
		return STATUS_NO_MEMORY;
	for (uint32_t i = 0; i < t->claim_count; i++) {
		if (t->claims[i].device != TOPOLOGY_NONE) {
			struct device *d = &t->devices[t->claims[i].device];
			struct port *p = &t->ports[t->claims[i].port];

			d->claims[d->claim_count++] = i;
			p->claims[p->claim_count++] = i;
		}
	}
	return STATUS_OK;
}

static enum status
list_joins(struct topology *t)
{
	const struct identity *id = &t->identity;

	for (size_t i = 0; i < id->join_count; i++)
		t->devices[id->device_of[id->joins[i].a]].join_count++;
	for (uint32_t i = 0; i < t->device_count; i++) {
		struct device *d = &t->devices[i];

		d->joins =
		    arena_array(&t->arena, d->join_count, sizeof(*d->joins));
		if (!d->joins)
			return STATUS_NO_MEMORY;
		d->join_count = 0;
	}
	for (uint32_t i = 0; i < id->join_count; i++) {
		struct device *d = &t->devices[id->device_of[id->joins[i].a]];

		d->joins[d->join_count++] = i;
	}
	return STATUS_OK;
}

static int
compare_ports(const void *a, const void *b)
{
	const struct port *p = a, *q = b;
	int order;

	if (p->device != q->device)
		return p->device < q->device ? -1 : 1;
	order = port_compare(p->key, q->key);
	if (order == 0)
		order = strcmp(p->key, q->key);
	/* Ports are made in the order of their first claims. */
	return order ? order : (p->claims[0] > q->claims[0] ? 1 : -1);
}

/* Sorts the ports device by device and tells the claims their new places. */
static void
order_ports(struct topology *t)
{
	uint32_t device = TOPOLOGY_NONE;

	qsort(t->ports, t->port_count, sizeof(*t->ports), compare_ports);
	for (uint32_t i = 0; i < t->port_count; i++) {
		const struct port *p = &t->ports[i];

		if (p->device != device)
			t->devices[p->device].first_port = i;
		device = p->device;
		for (uint32_t k = 0; k < p->claim_count; k++)
			t->claims[p->claims[k]].port = i;
	}
}

static enum status
make_devices(struct topology *t)
{
	enum status status = portjoin(t, &t->port_count);

	if (status != STATUS_OK)
		return status;
	t->devices = calloc((size_t)t->device_count + 1, sizeof(*t->devices));
	t->ports = calloc((size_t)t->port_count + 1, sizeof(*t->ports));
	if (!t->devices || !t->ports)
		return STATUS_NO_MEMORY;
	status = list_claims(t);
	if (status == STATUS_OK)
		status = list_joins(t);
	if (status != STATUS_OK)
		return status;
	summary_devices(t);
	summary_ports(t);
	if (t->arena.failed)
		return STATUS_NO_MEMORY;
	order_ports(t);
	return STATUS_OK;
}

enum status
topology_build(struct topology *out, const struct model *m)
{
	struct topology t = { 0 };
	enum status status = STATUS_NO_MEMORY;

	if (count_all(&t, m)) {
		for (size_t i = 0; i < m->count; i++) {
			for (size_t k = 0; k < m->hosts[i]->nic_count; k++)
				add_nic(&t, m->hosts[i], &m->hosts[i]->nics[k]);
		}
		status = join_devices(&t);
	}
	if (status == STATUS_OK)
		status = make_devices(&t);
	if (status != STATUS_OK)
		topology_done(&t);
	else
		*out = t;
	return status;
}

uint32_t
topology_first_nic(const struct topology *t, const struct model_host *h)
{
	uint32_t low = 0, high = t->nic_count;

	/* NICs stand host by host, in the order of host_id. */
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (t->nics[middle].host->host_id < h->host_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void
topology_done(struct topology *t)
{
	identity_done(&t->identity);
	free(t->nics);
	free(t->claims);
	free(t->claim_of_join);
	free(t->devices);
	free(t->ports);
	arena_done(&t->arena);
	*t = (struct topology){ 0 };
}
