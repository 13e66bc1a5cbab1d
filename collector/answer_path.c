#include <string.h>

#include "collector/carries.h"
#include "collector/claims.h"
#include "collector/hit_inside.h"
#include "collector/hops.h"
#include "collector/pieces_findings.h"

static void
add_legs_of_host(struct walk *w, const struct model_host *h)
{
	for (uint32_t i = 0; i < h->nic_count; i++)
		walk_from_nic(w, h, i);
}

static void
add_leg_of(struct walk *w, const struct view *v, uint32_t at)
{
	const struct seen_nic *nic = &v->topology->nics[at];

	walk_from_nic(w, nic->host, (uint32_t)(nic->nic - nic->host->nics));
}

/* The NICs whose neighbor is this port. */
static void
add_legs_of_port(struct walk *w, const struct view *v, uint32_t port)
{
	const struct topology *t = v->topology;
	const struct port *p = &t->ports[port];

	for (uint32_t i = 0; i < p->claim_count; i++) {
		uint32_t at = t->claims[p->claims[i]].nic;
		const struct seen_nic *nic = verdict_nic(t, at);

		if (nic->claim != TOPOLOGY_NONE &&
		    t->claims[nic->claim].port == port)
			add_leg_of(w, v, at);
	}
}

static void
add_legs_of(struct walk *w, const struct view *v, const struct hit *hit)
{
	switch (hit->kind) {
	case FIND_NIC:
		add_leg_of(w, v, hit->at);
		break;
	case FIND_HOST:
		add_legs_of_host(w, hit->host);
		break;
	case FIND_PORT:
		add_legs_of_port(w, v, hit->at);
		break;
	case FIND_LINK:
		walk_from_link(w, hit->host, hit->link);
		break;
	case FIND_VM:
	case FIND_KERNEL_PORT:
	case FIND_VNIC:
	case FIND_PORT_GROUP:
	case FIND_VSWITCH:
	case FIND_UPLINK:
		hit_inside_walk(w, hit);
		break;
	case FIND_SWITCH:
	case FIND_VLAN:
		break;
	}
}

/* Nothing is guessed: Eth1/30 is no answer to who asks for Eth1/3.
 * Of the hits that fit best those of the first kind that has a path: a bond
 * and a bridge carry the MAC of one of their NICs, and the NIC is meant. */
static void
choose_legs(struct walk *w, const struct view *v, const struct found *found)
{
	enum fit best = found_fit(found);
	const struct hit *first = NULL;

	if (best < FIT_SHORT)
		return;
	for (size_t i = 0; i < found->count; i++) {
		const struct hit *hit = &found->hits[i];

		if (hit->fit < best || (first && hit->kind != first->kind))
			break;
		add_legs_of(w, v, hit);
		if (w->count > 0)
			first = hit;
	}
}

/* A leg that ends inside the host has no NIC, and says why. */
static void
add_cable(struct json *j, const struct view *v, const struct walk_leg *leg)
{
	const struct seen_nic *nic = hops_nic(v, leg);
	char why[WALK_TEXT_SIZE];

	json_name(j, "nic");
	json_object_begin(j);
	if (nic)
		piece_nic(j, v, nic);
	else
		json_add_string(j, "unknown", walk_gap_text(leg, why));
	json_object_end(j);
	if (nic) {
		claims_chain(j, nic);
		piece_neighbor(j, v, nic);
		claims_write(j, v, nic);
		carries_write(j, v, leg);
		piece_heard(j, v, nic);
		return;
	}
	json_name(j, "chain");
	json_raw(j, "[]", 2);
	json_name(j, "neighbor");
	json_null(j);
	json_name(j, "claims");
	json_raw(j, "[]", 2);
	json_name(j, "carries");
	json_raw(j, "[]", 2);
	json_name(j, "heard");
	json_raw(j, "[]", 2);
}

static void
add_leg(struct json *j, const struct view *v, const struct walk_leg *leg)
{
	json_object_begin(j);
	json_name(j, "host");
	json_object_begin(j);
	json_add_string(j, "id", leg->host->machine_id);
	json_add_string(j, "name", leg->host->name);
	piece_last_report(j, leg->host);
	piece_host_standing(j, leg->host);
	json_add_boolean(
	    j, "silent", verdict_host_is_silent(leg->host, v->now));
	json_object_end(j);
	hops_write(j, leg);
	add_cable(j, v, leg);
	piece_findings_of_leg(j, v, leg);
	json_object_end(j);
}

void
answer_legs(struct json *j, const struct view *v, const struct walk *w)
{
	json_name(j, "legs");
	json_array_begin(j);
	for (size_t i = 0; i < w->count; i++)
		add_leg(j, v, &w->legs[i]);
	json_array_end(j);
	if (w->cut)
		json_add_boolean(j, "truncated", true);
	if (w->failed)
		j->out->failed = true;
}

bool
answer_path(struct json *j, const struct view *v, const struct query *q,
    const struct found *found)
{
	struct walk w = { .count = 0 };
	bool any;

	choose_legs(&w, v, found);
	any = w.count > 0;
	if (any) {
		json_object_begin(j);
		when_write(j, v->now, &v->when);
		json_add_string(j, "of", q->whole.text);
		piece_read_as(j, q);
		answer_legs(j, v, &w);
		json_object_end(j);
	}
	walk_done(&w);
	return any;
}
