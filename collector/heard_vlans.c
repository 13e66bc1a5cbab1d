#include "collector/heard_vlans.h"

#include <stdlib.h>
#include <string.h>

#include "collector/facts.h"
#include "collector/index.h"
#include "collector/incoming_rules.h"

/* Cleaning makes three octets of a bad one. */
enum { NIC_NAME_SIZE = REPORT_NAME_MOST * 3 + 1 };

/* Puts the name of the NIC into 'out': the key is "ens1f0 140". */
static bool
read_nic_name(const char *key, char out[static NIC_NAME_SIZE])
{
	const char *blank = strrchr(key, ' ');
	size_t size = blank ? (size_t)(blank - key) : 0;

	if (size == 0 || size >= NIC_NAME_SIZE)
		return false;
	memcpy(out, key, size);
	out[size] = '\0';
	return true;
}

static struct model_nic *
nic_of(
    struct model_host *h, const struct index *nics, const struct model_claim *c)
{
	char name[NIC_NAME_SIZE];
	uint32_t at = INDEX_NONE;

	if (c->kind == CLAIM_HEARD_VLAN && read_nic_name(c->key, name))
		at = index_find(nics, name);
	return at == INDEX_NONE ? NULL : &h->nics[at];
}

static void
read_one(struct arena *a, const struct model_claim *c, struct model_nic *nic)
{
	struct json_value *v CLEANUP(json_cleanup) = json_parse_own(c->facts);

	if (!v || !nic->heard_vlans)
		return;
	nic->heard_vlans[nic->heard_vlan_count++] = (struct model_heard_vlan){
		.n = c->n,
		.id = (int)json_get_number(v, "id", 0),
		.heard = facts_heard(c),
		.addresses = facts_texts(a, v, "addresses"),
		.subnets = facts_texts(a, v, "subnets"),
	};
}

static int
compare_vlans(const void *a, const void *b)
{
	const struct model_heard_vlan *m = a, *n = b;

	return m->id < n->id ? -1 : m->id > n->id;
}

void
heard_vlans_read(struct model_host *h)
{
	const struct model_claim *claims = h->claims;
	size_t count = h->claim_count;
	struct index nics = { 0 };

	for (size_t i = 0; i < h->nic_count; i++)
		index_add(&nics, h->nics[i].name, (uint32_t)i);
	for (size_t i = 0; i < count; i++) {
		struct model_nic *nic = nic_of(h, &nics, &claims[i]);

		if (nic)
			nic->heard_vlan_count++;
	}
	for (size_t i = 0; i < h->nic_count; i++) {
		struct model_nic *nic = &h->nics[i];

		if (nic->heard_vlan_count > 0)
			nic->heard_vlans = arena_array(&h->arena,
			    nic->heard_vlan_count, sizeof(*nic->heard_vlans));
		nic->heard_vlan_count = 0;
	}
	for (size_t i = 0; i < count; i++) {
		struct model_nic *nic = nic_of(h, &nics, &claims[i]);

		if (nic)
			read_one(&h->arena, &claims[i], nic);
	}
	for (size_t i = 0; i < h->nic_count; i++) {
		if (h->nics[i].heard_vlan_count > 1)
			qsort(h->nics[i].heard_vlans,
			    h->nics[i].heard_vlan_count,
			    sizeof(*h->nics[i].heard_vlans), compare_vlans);
	}
	if (nics.failed)
		h->arena.failed = true;
	index_done(&nics);
}

const struct model_heard_vlan *
heard_vlans_find(const struct model_nic *nic, int vlan)
{
	struct model_heard_vlan wanted = { .id = vlan };

	if (nic->heard_vlan_count == 0)
		return NULL;
	return bsearch(&wanted, nic->heard_vlans, nic->heard_vlan_count,
	    sizeof(wanted), compare_vlans);
}
