#include <stdlib.h>
#include <string.h>

#include "collector/hops.h"
#include "collector/index.h"
#include "collector/pieces.h"

struct place {
	const struct model_host *host;
	uint32_t at;
};

static const struct inside_vswitch *
vswitch_of(const struct place *p)
{
	return &model_inside(p->host)->vswitches[p->at];
}

static void
place_key(const void *item, struct listing_key *out)
{
	const struct place *p = item;

	out->parts[0] = p->host->name;
	out->parts[1] = p->host->machine_id;
	out->parts[2] = vswitch_of(p)->name;
}

static bool
is_wanted(const struct listing *l, const struct place *p)
{
	const struct inside_vswitch *s = vswitch_of(p);

	return (listing_is(l, LISTING_HOST, p->host->name) ||
		   listing_is(l, LISTING_HOST, p->host->machine_id)) &&
	       listing_is(l, LISTING_KIND, s->kind) &&
	       (listing_has(l, s->name) || listing_has(l, s->uuid));
}

static struct place *
list_places(const struct model *m, size_t *out_count)
{
	size_t count = 0;
	struct place *all;

	for (size_t i = 0; i < m->count; i++)
		count += model_inside(m->hosts[i])->vswitch_count;
	all = calloc(count + 1, sizeof(*all));
	count = 0;
	for (size_t i = 0; i < m->count && all; i++) {
		const struct model_host *h = m->hosts[i];

		for (uint32_t k = 0; k < model_inside(h)->vswitch_count; k++)
			all[count++] = (struct place){ h, k };
	}
	*out_count = count;
	return all;
}

/* Counts the hosts that have a part of each virtual switch with a uuid. */
static bool
count_hosts(const struct place *all, size_t count, struct index *by_uuid)
{
	for (size_t i = 0; i < count; i++) {
		const char *uuid = vswitch_of(&all[i])->uuid;
		uint32_t known = index_find(by_uuid, uuid);

		if (uuid[0] != '\0')
			index_set(
			    by_uuid, uuid, known == INDEX_NONE ? 1 : known + 1);
	}
	return !by_uuid->failed;
}

/* What is carried from row to row. */
struct rows {
	const struct view *view;
	struct index by_uuid;
	struct walk walk;
	bool cut;
};

static void
vswitch_row(void *context, struct json *j, const void *item)
{
	struct rows *r = context;
	const struct place *p = item;
	const struct inside_vswitch *s = vswitch_of(p);
	uint32_t hosts = index_find(&r->by_uuid, s->uuid);

	json_add_string(j, "host", p->host->name);
	json_add_string(j, "host_id", p->host->machine_id);
	json_add_boolean(
	    j, "silent", verdict_host_is_silent(p->host, r->view->now));
	if (p->host->connection[0] != '\0')
		json_add_string(j, "connection", p->host->connection);
	piece_last_report(j, p->host);
	if (hosts != INDEX_NONE)
		json_add_number(j, "hosts", hosts);
	/* name, kind, uplinks, patches: as the host reports them. */
	piece_members(j, s->facts);
	json_add_number(j, "port_groups", s->group_count);
	json_add_number(j, "vnics", s->vnic_count);
	walk_again(&r->walk);
	walk_from_vswitch(&r->walk, p->host, p->at);
	r->cut = r->walk.steps > WALK_STEPS_MOST;
	hops_ports(j, r->view, &r->walk);
}

void
answer_vswitches(struct json *j, const struct view *v, struct listing *l)
{
	static const char *const columns[] = { "host", "name", "kind", "uuid",
		"mtu", "host_id", "silent", "connection", "last_report",
		"hosts", "uplinks.name", "port_groups", "vnics", "switches",
		"stale_ports", NULL };
	struct rows rows = { .view = v };
	struct listing_source all = { .name = "vswitches",
		.size = sizeof(struct place),
		.key = place_key,
		.row = vswitch_row,
		.context = &rows,
		.columns = columns,
		.cut = &rows.cut };
	size_t count;
	struct place *places = list_places(v->model, &count);

	if (!places || !count_hosts(places, count, &rows.by_uuid)) {
		j->out->failed = true;
		free(places);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (is_wanted(l, &places[i]))
			places[all.count++] = places[i];
	}
	all.items = places;
	listing_write(l, j, v->now, &all);
	walk_done(&rows.walk);
	index_done(&rows.by_uuid);
	free(places);
}
