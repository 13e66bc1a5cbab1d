#include <stdlib.h>
#include <string.h>

#include "collector/claims.h"
#include "collector/named.h"
#include "collector/pieces_findings.h"

enum { SWITCHES_NAMED_MOST = 64 }; /* of one host */

/* The switches that the host hangs on now, each once. */
static void
add_switches(struct json *j, const struct view *v, const struct seen_nic *nics,
    uint32_t count)
{
	const struct topology *t = v->topology;
	uint32_t seen[SWITCHES_NAMED_MOST];
	size_t seen_count = 0;

	json_name(j, "switches");
	json_array_begin(j);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t device;
		bool known = false;

		if (!nics[i].sure || nics[i].state != STATE_CURRENT)
			continue;
		device = t->claims[nics[i].claim].device;
		for (size_t k = 0; k < seen_count; k++)
			known |= seen[k] == device;
		if (known || seen_count == SWITCHES_NAMED_MOST)
			continue;
		seen[seen_count++] = device;
		json_string(j, t->devices[device].brief);
	}
	json_array_end(j);
}

static void
add_said(struct json *j, const char *name, const char *text)
{
	if (text[0] != '\0')
		json_add_string(j, name, text);
}

static void
add_host_line(struct json *j, const struct view *v, const struct model_host *h)
{
	uint32_t count, attached = 0;
	const struct seen_nic *nics = piece_nics_of(v, h, &count);

	for (uint32_t i = 0; i < count; i++)
		attached += nics[i].sure && nics[i].state == STATE_CURRENT;
	json_add_string(j, "id", h->machine_id);
	json_add_string(j, "name", h->name);
	json_add_string(j, "os", h->os);
	json_add_string(j, "model", h->model);
	piece_last_report(j, h);
	piece_host_standing(j, h);
	add_said(j, "platform", h->platform);
	add_said(j, "chassis", h->chassis);
	add_said(j, "slot", h->slot);
	json_add_boolean(j, "silent", verdict_host_is_silent(h, v->now));
	json_add_number(j, "nics", count);
	json_add_number(j, "nics_with_neighbor", attached);
	add_switches(j, v, nics, count);
}

static void
host_key(const void *item, struct listing_key *out)
{
	const struct model_host *h = *(const struct model_host *const *)item;

	out->parts[0] = h->name;
	out->parts[1] = h->machine_id;
}

static void
host_row(void *context, struct json *j, const void *item)
{
	add_host_line(j, context, *(const struct model_host *const *)item);
}

/* Does the host hang on the switch that is asked for? */
static bool
hangs_on(
    const struct listing *l, const struct view *v, const struct model_host *h)
{
	const struct topology *t = v->topology;
	uint32_t count;
	const struct seen_nic *nics = piece_nics_of(v, h, &count);

	if (!l->filters[LISTING_SWITCH])
		return true;
	for (uint32_t i = 0; i < count; i++) {
		const struct device *d;

		if (!nics[i].sure || nics[i].state != STATE_CURRENT)
			continue;
		d = &t->devices[t->claims[nics[i].claim].device];
		if (listing_is(l, LISTING_SWITCH, d->brief) ||
		    listing_is(l, LISTING_SWITCH, d->name) ||
		    listing_is(l, LISTING_SWITCH, d->id))
			return true;
	}
	return false;
}

static bool
is_wanted(
    const struct listing *l, const struct view *v, const struct model_host *h)
{
	bool silent = verdict_host_is_silent(h, v->now);

	return listing_is(l, LISTING_STATE, silent ? "silent" : "current") &&
	       listing_is(
		   l, LISTING_KIND, h->platform[0] ? h->platform : "linux") &&
	       (listing_has(l, h->name) || listing_has(l, h->machine_id)) &&
	       hangs_on(l, v, h);
}

void
answer_hosts(struct json *j, const struct view *v, struct listing *l)
{
	static const char *const columns[] = { "name", "id", "platform", "os",
		"model", "chassis", "slot", "via", "connection", "silent",
		"last_report", "nics", "nics_with_neighbor", "switches", NULL };
	struct view view = *v;
	struct listing_source all = { .name = "hosts",
		.size = sizeof(const struct model_host *),
		.key = host_key,
		.row = host_row,
		.context = &view,
		.columns = columns };
	const struct model_host **hosts =
	    calloc(v->model->count + 1, sizeof(const struct model_host *));

	if (!hosts) {
		j->out->failed = true;
		return;
	}
	for (size_t i = 0; i < v->model->count; i++) {
		if (is_wanted(l, v, v->model->hosts[i]))
			hosts[all.count++] = v->model->hosts[i];
	}
	all.items = hosts;
	listing_write(l, j, v->now, &all);
	free(hosts);
}

/* By id first; of hosts with one name the one that spoke last. */
static const struct model_host *
host_named(const struct view *v, const char *which)
{
	const struct model_host *best = NULL;
	struct named named;
	struct query q;
	bool read = query_read(which, &q);

	if (!named_find(&named, v, which))
		return NULL;
	for (size_t i = 0; i < named.host_count; i++) {
		const struct model_host *h = named.hosts[i];

		if (strcmp(h->machine_id, which) == 0) {
			best = h;
			break;
		}
		if (read && query_fit_name(&q.whole, h->name) == FIT_EXACT &&
		    (!best || h->seen_at > best->seen_at))
			best = h;
	}
	named_done(&named);
	return best;
}

static void
add_nic(struct json *j, const struct view *v, const struct seen_nic *nic)
{
	json_object_begin(j);
	piece_nic(j, v, nic);
	claims_chain(j, nic);
	piece_neighbor(j, v, nic);
	piece_heard(j, v, nic);
	json_object_end(j);
}

/* What the host reports of its inside, as it does. */
static void
add_inside(struct json *j, const struct inside *in)
{
	json_name(j, "vswitches");
	json_array_begin(j);
	for (size_t i = 0; i < in->vswitch_count; i++)
		json_raw(
		    j, in->vswitches[i].facts, strlen(in->vswitches[i].facts));
	json_array_end(j);
	json_name(j, "port_groups");
	json_array_begin(j);
	for (size_t i = 0; i < in->group_count; i++)
		json_raw(j, in->groups[i].facts, strlen(in->groups[i].facts));
	json_array_end(j);
	json_name(j, "workloads");
	json_array_begin(j);
	for (size_t i = 0; i < in->workload_count; i++)
		json_raw(
		    j, in->workloads[i].facts, strlen(in->workloads[i].facts));
	json_array_end(j);
}

bool
answer_host(struct json *j, const struct view *v, struct asked *asked)
{
	const struct model_host *h = host_named(v, asked->which);
	const struct seen_nic *nics;
	uint32_t count;

	if (!h)
		return false;
	nics = piece_nics_of(v, h, &count);
	json_object_begin(j);
	when_write(j, v->now, &v->when);
	/* The facts are {"host":{...},"agent":{...}}: open the first. */
	json_name(j, "host");
	json_object_begin(j);
	piece_host_members(j, h);
	piece_last_report(j, h);
	piece_host_trouble(j, h);
	piece_host_via(j, h);
	json_add_boolean(j, "silent", verdict_host_is_silent(h, v->now));
	add_switches(j, v, nics, count);
	json_object_end(j);
	json_name(j, "nics");
	json_array_begin(j);
	for (uint32_t i = 0; i < count; i++)
		add_nic(j, v, &nics[i]);
	json_array_end(j);
	json_name(j, "links");
	json_array_begin(j);
	for (size_t i = 0; i < h->link_count; i++)
		json_raw(j, h->links[i].facts, strlen(h->links[i].facts));
	json_array_end(j);
	add_inside(j, model_inside(h));
	piece_findings_of_host(j, v, h);
	json_object_end(j);
	return true;
}
