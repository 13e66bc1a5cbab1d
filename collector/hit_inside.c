#include "collector/hit_inside.h"

#include <stdio.h>
#include <string.h>

#include "collector/hops.h"
#include "collector/verdict_text.h"

enum { NAMED_MOST = 4 }; /* switch ports that one line names */

void
hit_inside_walk(struct walk *w, const struct hit *hit)
{
	switch (hit->kind) {
	case FIND_VM:
	case FIND_KERNEL_PORT:
		walk_from_workload(w, hit->host, hit->at);
		break;
	case FIND_VNIC:
		walk_from_vnic(w, hit->host, hit->at);
		break;
	case FIND_PORT_GROUP:
		walk_from_group(w, hit->host, hit->at);
		break;
	case FIND_VSWITCH:
		walk_from_vswitch(w, hit->host, hit->at);
		break;
	default:
		walk_from_uplink(w, hit->host, hit->at, hit->uplink);
		break;
	}
}

static void
add_state(struct json *j, const struct inside_workload *w)
{
	if (w->state[0] != '\0')
		json_add_string(j, "workload_state", w->state);
}

/* What there is no memory for; inside_ran_out says so. */
static const struct inside_workload unread = {
	.name = "", .kind = "", .state = ""
};

static const struct inside_workload *
workload_at(const struct model_host *h, uint32_t place)
{
	const struct inside_workload *w = model_workload(h, place);

	return w ? w : &unread;
}

/* "hv1 br0 tag 140": what it is called, and what to ask path?of= for. */
static void
add_names(struct json *j, const struct hit *hit)
{
	const struct inside *in = model_frame(hit->host);
	const struct inside_workload *w = &unread;
	const char *name = "", *switch_name = "";
	char text[HIT_TEXT_SIZE];

	if (hit->kind == FIND_VM || hit->kind == FIND_KERNEL_PORT) {
		w = workload_at(hit->host, hit->at);
		name = model_workload_name(hit->host, hit->at);
		json_add_string(j, "workload_kind", w->kind);
		add_state(j, w);
	} else if (hit->kind == FIND_VNIC) {
		const struct inside_vnic *n = model_vnic(hit->host, hit->at);

		if (n)
			w = workload_at(hit->host, n->workload);
		name = n ? n->name : "";
		json_add_string(j, "workload", w->name);
		add_state(j, w);
	} else if (hit->kind == FIND_PORT_GROUP) {
		name = in->groups[hit->at].name;
		switch_name = in->groups[hit->at].vswitch_name;
	} else if (hit->kind == FIND_VSWITCH) {
		name = in->vswitches[hit->at].name;
	} else {
		switch_name = in->vswitches[hit->at].name;
		name = in->vswitches[hit->at].uplinks[hit->uplink].name;
		json_add_string(j, "link", name);
		json_add_string(j, "link_kind", "bond");
	}
	(void)snprintf(text, sizeof(text), "%.160s %.160s%s%.160s",
	    hit->host->name, switch_name, *switch_name ? " " : "", name);
	json_add_string(j, "title",
	    hit->kind == FIND_VM && inside_is_machine(w) ? w->name : text);
	json_add_string(j, "path", text);
	json_add_string(j, "host", hit->host->name);
	json_add_string(j, "host_id", hit->host->machine_id);
	if (hit->host->connection[0] != '\0')
		json_add_string(j, "connection", hit->host->connection);
}

/* The ports of the NICs in this state, each once; a NIC of them. */
static const struct seen_nic *
list_ports(const struct view *v, const struct walk *w, enum claim_state state,
    char out[static HIT_TEXT_SIZE])
{
	const struct topology *t = v->topology;
	const struct seen_nic *best = NULL;
	size_t length = 0;
	unsigned count = 0;

	out[0] = '\0';
	for (size_t i = 0; i < w->count; i++) {
		const struct seen_nic *nic = hops_nic(v, &w->legs[i]);
		const struct seen_claim *c;
		bool known = false;

		for (size_t k = 0; k < i; k++)
			known |= w->legs[k].nic == w->legs[i].nic;
		if (known || !nic || nic->claim == TOPOLOGY_NONE ||
		    !nic->sure || nic->state != state)
			continue;
		best = best ? best : nic;
		c = &t->claims[nic->claim];
		if (count++ < NAMED_MOST)
			length += (size_t)snprintf(out + length,
			    HIT_TEXT_SIZE - length, "%s%.50s on %.60s",
			    length > 0 ? ", " : "", t->ports[c->port].brief,
			    t->devices[c->device].brief);
	}
	if (count > NAMED_MOST)
		(void)snprintf(out + length, HIT_TEXT_SIZE - length,
		    " and %u more", count - NAMED_MOST);
	return best;
}

/* Why there is no answer: a hop is missing, or the NIC hears nothing. */
static void
add_reason(struct json *j, const struct view *v, const struct walk *w)
{
	char gap[WALK_TEXT_SIZE], reason[VERDICT_TEXT_SIZE];
	const struct seen_nic *nic;

	if (w->count == 0)
		return;
	nic = hops_nic(v, &w->legs[0]);
	if (nic)
		json_add_string(
		    j, "reason", verdict_reason_text(v->topology, nic, reason));
	else
		json_add_string(j, "reason", walk_gap_text(&w->legs[0], gap));
}

const struct seen_nic *
hit_inside(
    struct json *j, const struct view *v, const struct hit *hit, struct walk *w)
{
	const struct seen_nic *nic = NULL;
	char text[HIT_TEXT_SIZE] = "";

	add_names(j, hit);
	walk_again(w);
	hit_inside_walk(w, hit);
	for (int i = STATE_CURRENT; !nic && i <= STATE_ENDED; i++)
		nic = list_ports(v, w, (enum claim_state)i, text);
	if (nic)
		json_add_string(j, "answer", text);
	else
		add_reason(j, v, w);
	json_add_string(j, "state", nic ? verdict_nic_state(nic) : "unknown");
	return nic;
}
