#include <stdlib.h>
#include <string.h>

#include "collector/claims.h"

enum { LEGS_MOST = 256 }; /* more than the uplinks of any host */

struct legs {
	uint32_t nics[LEGS_MOST];
	size_t count;
};

static void
add_leg_of(struct legs *l, uint32_t nic)
{
	for (size_t i = 0; i < l->count; i++) {
		if (l->nics[i] == nic)
			return;
	}
	if (l->count < LEGS_MOST)
		l->nics[l->count++] = nic;
}

static void
add_legs_of_host(
    struct legs *l, const struct view *v, const struct model_host *h)
{
	uint32_t count;
	const struct seen_nic *nics = piece_nics_of(v, h, &count);
	uint32_t first = (uint32_t)(nics - v->topology->nics);

	for (uint32_t i = 0; i < count; i++)
		add_leg_of(l, first + i);
}

/* The NICs whose neighbor is this port. */
static void
add_legs_of_port(struct legs *l, const struct view *v, uint32_t port)
{
	const struct topology *t = v->topology;
	const struct port *p = &t->ports[port];

	for (uint32_t i = 0; i < p->claim_count; i++) {
		uint32_t nic = t->claims[p->claims[i]].nic;

		if (t->nics[nic].claim != TOPOLOGY_NONE &&
		    t->claims[t->nics[nic].claim].port == port)
			add_leg_of(l, nic);
	}
}

/* A bond and a bridge carry the MAC of one of their NICs: the NIC is meant. */
static bool
names_a_nic(const struct found *found, enum fit best)
{
	for (size_t i = 0; i < found->count && found->hits[i].fit >= best; i++)
		if (found->hits[i].kind == FIND_NIC)
			return true;
	return false;
}

/* The hits that fit best decide; of a host, all its NICs are legs. */
static void
choose_legs(struct legs *l, const struct view *v, const struct found *found)
{
	enum fit best = found->count > 0 ? found->hits[0].fit : FIT_NONE;
	bool nic = names_a_nic(found, best);

	for (size_t i = 0; i < found->count; i++) {
		const struct hit *hit = &found->hits[i];

		if (hit->fit < best)
			break;
		if (hit->kind == FIND_NIC)
			add_leg_of(l, hit->at);
		else if (hit->kind == FIND_HOST ||
			 (hit->kind == FIND_LINK && !nic))
			add_legs_of_host(l, v, hit->host);
		else if (hit->kind == FIND_PORT)
			add_legs_of_port(l, v, hit->at);
	}
}

static void
add_leg(struct json *j, const struct view *v, uint32_t at)
{
	const struct seen_nic *nic = &v->topology->nics[at];

	json_object_begin(j);
	json_name(j, "host");
	json_object_begin(j);
	json_add_string(j, "id", nic->host->machine_id);
	json_add_string(j, "name", nic->host->name);
	json_add_number(j, "last_report", nic->host->seen_at);
	json_add_boolean(
	    j, "silent", verdict_host_is_silent(nic->host, v->now));
	json_object_end(j);
	json_name(j, "nic");
	json_object_begin(j);
	piece_nic(j, v, nic);
	json_object_end(j);
	claims_chain(j, nic);
	piece_neighbor(j, v, nic);
	claims_write(j, v, nic);
	piece_heard(j, v, nic);
	json_object_end(j);
}

bool
answer_path(struct json *j, const struct view *v, const struct query *q,
    const struct found *found)
{
	struct legs *l = calloc(1, sizeof(*l));
	bool any;

	if (!l)
		return false;
	choose_legs(l, v, found);
	any = l->count > 0;
	if (any) {
		json_object_begin(j);
		json_add_number(j, "now", v->now);
		json_add_string(j, "of", q->whole.text);
		piece_read_as(j, q);
		json_name(j, "legs");
		json_array_begin(j);
		for (size_t i = 0; i < l->count; i++)
			add_leg(j, v, l->nics[i]);
		json_array_end(j);
		json_object_end(j);
	}
	free(l);
	return any;
}
