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
	return &p->host->inside.vswitches[p->at];
}

static int
compare_places(const void *a, const void *b)
{
	const struct place *p = a, *q = b;
	int order = port_compare(p->host->name, q->host->name);

	if (order == 0)
		order = strcmp(p->host->machine_id, q->host->machine_id);
	return order ? order
		     : port_compare(vswitch_of(p)->name, vswitch_of(q)->name);
}

static struct place *
list_places(const struct model *m, size_t *out_count)
{
	size_t count = 0;
	struct place *all;

	for (size_t i = 0; i < m->count; i++)
		count += m->hosts[i]->inside.vswitch_count;
	all = calloc(count + 1, sizeof(*all));
	count = 0;
	for (size_t i = 0; i < m->count && all; i++) {
		const struct model_host *h = m->hosts[i];

		for (uint32_t k = 0; k < h->inside.vswitch_count; k++)
			all[count++] = (struct place){ h, k };
	}
	if (all)
		qsort(all, count, sizeof(*all), compare_places);
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

static void
add_vswitch(struct json *j, const struct view *v, const struct place *p,
    const struct index *by_uuid, struct walk *w)
{
	const struct inside_vswitch *s = vswitch_of(p);
	uint32_t hosts = index_find(by_uuid, s->uuid);

	json_object_begin(j);
	json_add_string(j, "host", p->host->name);
	json_add_string(j, "host_id", p->host->machine_id);
	json_add_boolean(j, "silent", verdict_host_is_silent(p->host, v->now));
	if (p->host->connection[0] != '\0')
		json_add_string(j, "connection", p->host->connection);
	json_add_number(j, "last_report", p->host->seen_at);
	if (hosts != INDEX_NONE)
		json_add_number(j, "hosts", hosts);
	/* name, kind, uplinks, patches: as the host reports them. */
	piece_members(j, s->facts);
	json_add_number(j, "port_groups", s->group_count);
	json_add_number(j, "vnics", s->vnic_count);
	walk_again(w);
	walk_from_vswitch(w, p->host, p->at);
	hops_ports(j, "switches", v, w);
	json_object_end(j);
}

void
answer_vswitches(struct json *j, const struct view *v)
{
	struct walk w = { .count = 0 };
	struct index by_uuid = { 0 };
	size_t count;
	struct place *all = list_places(v->model, &count);

	if (!all || !count_hosts(all, count, &by_uuid)) {
		j->out->failed = true;
		free(all);
		return;
	}
	json_object_begin(j);
	json_add_number(j, "now", v->now);
	json_add_number(j, "count", (int64_t)count);
	json_name(j, "vswitches");
	json_array_begin(j);
	for (size_t i = 0; i < count; i++)
		add_vswitch(j, v, &all[i], &by_uuid, &w);
	json_array_end(j);
	if (w.steps > WALK_STEPS_MOST)
		json_add_boolean(j, "truncated", true);
	json_object_end(j);
	walk_done(&w);
	index_done(&by_uuid);
	free(all);
}
