#include <stdio.h>
#include <string.h>

#include "collector/hit_inside.h"
#include "collector/pieces.h"
#include "collector/verdict_text.h"
#include "collector/vlan_table.h"

enum {
	TEXT_SIZE = 512,
	NAMED_MOST = 4 /* things that one line of answer names */
};

static bool
lists_text(const char *list, const char *text)
{
	size_t length = strlen(text);

	for (const char *at = list; (at = strstr(at, text)); at += length) {
		if ((at == list || at[-1] == ' ') &&
		    (at[length] == ',' || at[length] == '\0'))
			return true;
	}
	return false;
}

/* Adds ", text" unless the list holds it. */
static void
list_text(char list[static TEXT_SIZE], unsigned *count, const char *text)
{
	size_t length = strlen(list);

	if (text[0] == '\0' || lists_text(list, text))
		return;
	if ((*count)++ >= NAMED_MOST)
		return;
	(void)snprintf(list + length, TEXT_SIZE - length, "%s%s",
	    length > 0 ? ", " : "", text);
}

static void
end_list(char list[static TEXT_SIZE], unsigned count)
{
	size_t length = strlen(list);

	if (count > NAMED_MOST)
		(void)snprintf(list + length, TEXT_SIZE - length,
		    " and %u more", count - NAMED_MOST);
}

/* "heard": the protocols that speak for the verdict, and when. */
static void
add_heard_lines(
    struct json *j, const struct view *v, const struct seen_nic *nic)
{
	json_name(j, "heard");
	json_array_begin(j);
	for (uint32_t i = 0; nic && i < nic->claim_count; i++) {
		const struct seen_claim *c =
		    &v->topology->claims[nic->first_claim + i];

		if (!piece_is_evidence(c))
			continue;
		json_object_begin(j);
		json_add_string(j, "protocol", c->said->protocol);
		if (c->said->by_vcenter)
			json_add_string(j, "source", "vsphere");
		json_add_number(j, "last_heard", c->said->heard.last_heard);
		json_add_number(j, "expires", c->said->heard.expires);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
add_host(struct json *j, const struct model_host *h)
{
	json_add_string(j, "host", h->name);
	json_add_string(j, "host_id", h->machine_id);
	if (h->connection[0] != '\0')
		json_add_string(j, "connection", h->connection);
}

static void
add_switch_port(struct json *j, const struct device *d, const struct port *p)
{
	json_add_string(j, "switch_id", d->id);
	json_add_string(j, "switch", d->name);
	if (p)
		json_add_string(j, "port", p->name);
}

static void
add_pair(struct json *j, const char *name, const char *a, const char *b)
{
	char text[TEXT_SIZE * 2];

	(void)snprintf(text, sizeof(text), "%s %s", a, b);
	json_add_string(j, name, text);
}

static void
add_ended(
    struct json *j, enum claim_state state, const struct model_neighbor *n)
{
	if (state != STATE_ENDED)
		return;
	json_add_string(j, "ended_reason", n->ended_reason);
	json_add_number(j, "ended_at", n->ended_at);
}

static void
add_nic_hit(struct json *j, const struct view *v, const struct hit *hit)
{
	const struct topology *t = v->topology;
	const struct seen_nic *nic = verdict_nic(t, hit->at);
	char text[TEXT_SIZE], reason[VERDICT_TEXT_SIZE];

	add_pair(j, "title", nic->host->name, nic->nic->name);
	add_pair(j, "path", nic->host->name, nic->nic->name);
	add_host(j, nic->host);
	json_add_string(j, "nic", nic->nic->name);
	if (nic->claim != TOPOLOGY_NONE && nic->sure) {
		const struct seen_claim *c = &t->claims[nic->claim];
		const struct device *d = &t->devices[c->device];
		const struct port *p = &t->ports[c->port];

		(void)snprintf(
		    text, sizeof(text), "%s on %s", p->brief, d->brief);
		json_add_string(j, "answer", text);
		add_switch_port(j, d, p);
		add_ended(j, nic->state, c->said);
	}
	if (hit->vf > 0)
		json_add_number(j, "vf", hit->vf - 1);
	json_add_string(j, "state", verdict_nic_state(nic));
	json_add_string(j, "reason", verdict_reason_text(t, nic, reason));
	add_heard_lines(j, v, nic);
}

static void
add_host_hit(struct json *j, const struct view *v, const struct model_host *h)
{
	const struct topology *t = v->topology;
	uint32_t count;
	const struct seen_nic *nics = piece_nics_of(v, h, &count);
	char text[TEXT_SIZE] = "";
	unsigned named = 0;

	for (uint32_t i = 0; i < count; i++) {
		if (nics[i].sure && nics[i].state == STATE_CURRENT)
			list_text(text, &named,
			    t->devices[t->claims[nics[i].claim].device].brief);
	}
	end_list(text, named);
	json_add_string(j, "title", h->name);
	add_host(j, h);
	if (text[0] != '\0')
		json_add_string(j, "answer", text);
	json_add_string(j, "state",
	    verdict_host_is_current(h, v->now) ? "current" : "stale");
	add_heard_lines(j, v, NULL);
}

static void
add_switch_hit(struct json *j, const struct view *v, const struct device *d)
{
	enum claim_state best = STATE_ENDED;

	for (uint32_t i = 0; i < d->claim_count; i++) {
		const struct seen_claim *c = &v->topology->claims[d->claims[i]];
		enum claim_state state = verdict_state(v->topology, c);

		best = state < best ? state : best;
	}
	json_add_string(j, "title", d->name);
	add_switch_port(j, d, NULL);
	json_add_string(j, "state", verdict_state_name(best));
	add_heard_lines(j, v, NULL);
}

static void
add_port_hit(struct json *j, const struct view *v, const struct port *p)
{
	const struct topology *t = v->topology;
	const struct device *d = &t->devices[p->device];
	const struct seen_nic *best = NULL;
	char text[TEXT_SIZE] = "";
	unsigned named = 0;

	for (uint32_t i = 0; i < p->claim_count; i++) {
		const struct seen_nic *nic =
		    verdict_nic(t, t->claims[p->claims[i]].nic);
		char one[TEXT_SIZE];

		if (nic->claim == TOPOLOGY_NONE || !nic->sure ||
		    &t->ports[t->claims[nic->claim].port] != p)
			continue;
		if (!best || nic->state < best->state)
			best = nic;
		(void)snprintf(
		    one, sizeof(one), "%s %s", nic->host->name, nic->nic->name);
		if (nic->state == STATE_CURRENT)
			list_text(text, &named, one);
	}
	end_list(text, named);
	add_pair(j, "title", d->brief, p->brief);
	add_pair(j, "path", d->name, p->name);
	if (best && text[0] == '\0')
		(void)snprintf(text, sizeof(text), "%s %s", best->host->name,
		    best->nic->name);
	if (text[0] != '\0')
		json_add_string(j, "answer", text);
	if (best) {
		add_host(j, best->host);
		json_add_string(j, "nic", best->nic->name);
		add_ended(j, best->state, t->claims[best->claim].said);
	}
	add_switch_port(j, d, p);
	json_add_string(
	    j, "state", best ? verdict_state_name(best->state) : "unknown");
	add_heard_lines(j, v, best);
}

/* Is what speaks of the VLAN of now? */
static bool
is_vlan_current(const struct view *v, uint32_t vlan)
{
	struct vlan_table *t = vlan_table_new(v);
	bool current = t && vlan_table_is_current(t, (int)vlan);

	vlan_table_free(t);
	return current;
}

static void
add_vlan_hit(struct json *j, const struct view *v, const struct hit *hit)
{
	char title[16];

	(void)snprintf(title, sizeof(title), "VLAN %u", hit->at);
	json_add_string(j, "title", title);
	json_add_number(j, "vlan", hit->at);
	json_add_string(
	    j, "state", is_vlan_current(v, hit->at) ? "current" : "stale");
}

static void
add_hit(
    struct json *j, const struct view *v, const struct hit *hit, struct walk *w)
{
	json_object_begin(j);
	json_add_string(j, "kind", find_kind_name(hit->kind));
	switch (hit->kind) {
	case FIND_NIC:
		add_nic_hit(j, v, hit);
		break;
	case FIND_HOST:
		add_host_hit(j, v, hit->host);
		break;
	case FIND_SWITCH:
		add_switch_hit(j, v, &v->topology->devices[hit->at]);
		break;
	case FIND_PORT:
		add_port_hit(j, v, &v->topology->ports[hit->at]);
		break;
	case FIND_VM:
	case FIND_VNIC:
	case FIND_PORT_GROUP:
	case FIND_VSWITCH:
	case FIND_UPLINK:
	case FIND_KERNEL_PORT:
		add_heard_lines(j, v, hit_inside(j, v, hit, w));
		break;
	case FIND_VLAN:
		add_vlan_hit(j, v, hit);
		break;
	case FIND_LINK:
		add_pair(j, "title", hit->host->name, hit->link->name);
		add_pair(j, "path", hit->host->name, hit->link->name);
		add_host(j, hit->host);
		json_add_string(j, "link", hit->link->name);
		json_add_string(j, "link_kind", hit->link->kind);
		json_add_string(j, "state",
		    verdict_host_is_current(hit->host, v->now) ? "current"
							       : "stale");
		break;
	}
	json_add_string(j, "why", hit->why);
	json_add_boolean(j, "exact", hit->fit == FIT_EXACT);
	json_object_end(j);
}

void
answer_find(struct json *j, const struct view *v, const struct query *q,
    const struct found *found)
{
	struct walk w = { .count = 0 };
	size_t shown =
	    found->count < FIND_HITS_SHOWN ? found->count : FIND_HITS_SHOWN;

	json_object_begin(j);
	when_write(j, v->now, &v->when);
	json_add_string(j, "query", q->whole.text);
	piece_read_as(j, q);
	json_add_number(j, "count", (int64_t)found->count);
	json_add_boolean(j, "named", found_fit(found) >= FIT_SHORT);
	json_add_boolean(j, "truncated", found->cut || shown < found->count);
	json_name(j, "hits");
	json_array_begin(j);
	for (size_t i = 0; i < shown; i++)
		add_hit(j, v, &found->hits[i], &w);
	json_array_end(j);
	walk_done(&w);
	json_object_end(j);
}
