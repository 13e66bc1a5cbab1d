#include "collector/scope.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "collector/scope_parts.h"

enum { TITLED_MOST = 3 }; /* things that a title names */

/* ---- hosts ------------------------------------------------------------- */

static bool
add_host(struct scope *s, const struct model_host *h)
{
	if (s->host_count == s->host_room) {
		size_t room = s->host_room ? 2 * s->host_room : 16;
		const struct model_host **grown =
		    realloc(s->hosts, room * sizeof(*grown));

		if (!grown) {
			s->arena.failed = true;
			return false;
		}
		s->hosts = grown;
		s->host_room = room;
	}
	s->hosts[s->host_count++] = h;
	return true;
}

bool
scope_has(const struct scope *s, const struct model_host *h)
{
	for (size_t i = 0; s && i < s->host_count; i++) {
		if (s->hosts[i] == h)
			return true;
	}
	return !s;
}

static int
compare_hosts(const void *a, const void *b)
{
	const struct model_host *m = *(const struct model_host *const *)a;
	const struct model_host *n = *(const struct model_host *const *)b;
	int order = port_compare(m->name, n->name);

	return order ? order : strcmp(m->machine_id, n->machine_id);
}

static void
sort_hosts(struct scope *s)
{
	size_t count = 0;

	if (s->host_count > 0)
		qsort(
		    s->hosts, s->host_count, sizeof(*s->hosts), compare_hosts);
	for (size_t i = 0; i < s->host_count; i++) {
		if (count == 0 || s->hosts[count - 1] != s->hosts[i])
			s->hosts[count++] = s->hosts[i];
	}
	s->host_count = count;
}

/* The hosts with a NIC whose neighbor is this device, and this port of it
 * unless that is TOPOLOGY_NONE.  '*out_nic': the last of the NICs. */
static size_t
add_behind(struct scope *s, const struct view *v, uint32_t device,
    uint32_t port, uint32_t *out_nic)
{
	const struct topology *t = v->topology;
	const struct device *d = &t->devices[device];
	uint32_t last = TOPOLOGY_NONE;
	size_t count = 0;

	for (uint32_t i = 0; i < d->claim_count; i++) {
		uint32_t at = t->claims[d->claims[i]].nic;
		const struct seen_nic *nic = verdict_nic(t, at);
		const struct seen_claim *c;

		if (nic->claim == TOPOLOGY_NONE || at == last)
			continue;
		c = &t->claims[nic->claim];
		if (c->device != device ||
		    (port != TOPOLOGY_NONE && c->port != port))
			continue;
		last = at;
		count++;
		if (!add_host(s, nic->host))
			return 0;
	}
	*out_nic = last;
	return count;
}

static void
add_vlan(struct scope *s, const struct view *v, int vlan)
{
	struct search_found f = { 0 };
	bool all = !v->search || v->search->failed ||
		   !search_vlan(v->search, vlan, &f);

	for (size_t i = 0; all && i < v->model->count; i++) {
		if (scope_uses_vlan(v->model->hosts[i], vlan))
			(void)add_host(s, v->model->hosts[i]);
	}
	for (size_t i = 0; !all && i < f.host_count; i++) {
		if (scope_uses_vlan(f.hosts[i]->host, vlan))
			(void)add_host(s, f.hosts[i]->host);
	}
	search_found_done(&f);
}

/* All that stand in one enclosure. */
static size_t
add_chassis(struct scope *s, const struct view *v, const char *name)
{
	size_t before = s->host_count;

	for (size_t i = 0; i < v->model->count; i++) {
		const struct model_host *h = v->model->hosts[i];

		if (h->chassis[0] != '\0' && text_same(h->chassis, name))
			(void)add_host(s, h);
	}
	return s->host_count - before;
}

/* ---- one part ---------------------------------------------------------- */

static enum status
add_hit(struct scope *s, const struct view *v, const struct hit *hit)
{
	size_t before = s->host_count;
	uint32_t nic = TOPOLOGY_NONE;
	size_t nics = 0;

	s->way = *hit;
	s->has_way = scope_hit_has_way(hit);
	if (hit->kind == FIND_NIC) {
		(void)add_host(s, v->topology->nics[hit->at].host);
	} else if (hit->kind == FIND_SWITCH) {
		nics = add_behind(s, v, hit->at, TOPOLOGY_NONE, &nic);
	} else if (hit->kind == FIND_PORT) {
		nics = add_behind(
		    s, v, v->topology->ports[hit->at].device, hit->at, &nic);
		s->has_way = nics == 1;
		if (nics == 1)
			s->way = (struct hit){ .kind = FIND_NIC,
				.host = v->topology->nics[nic].host,
				.at = nic };
	} else if (hit->kind == FIND_VLAN) {
		add_vlan(s, v, (int)hit->at);
	} else {
		(void)add_host(s, hit->host);
	}
	return s->host_count > before ? STATUS_OK : STATUS_NOT_FOUND;
}

static enum status
add_part(struct scope *s, const struct view *v, const struct scope_part *part,
    const struct scope *within, struct scope_names *names)
{
	struct hit hit;
	enum status status;

	if (strcmp(part->kind, "chassis") == 0) {
		status = add_chassis(s, v, part->name) > 0 ? STATUS_OK
							   : STATUS_NOT_FOUND;
		if (status != STATUS_OK)
			(void)snprintf(s->why, sizeof(s->why),
			    "no host says that it stands in the chassis "
			    "\"%.80s\"",
			    part->name);
		scope_name_text(s, names, "chassis", part->name);
		return status;
	}
	status = scope_find(s, v, part, within, &hit);
	if (status != STATUS_OK)
		return status;
	scope_name_hit(s, v, names, &hit);
	status = add_hit(s, v, &hit);
	if (status == STATUS_NOT_FOUND)
		(void)snprintf(s->why, sizeof(s->why),
		    hit.kind == FIND_VLAN
			? "no host needs or hears the VLAN \"%.80s\""
			: "no host is known behind \"%.80s\"",
		    part->name);
	return status;
}

/* ---- the whole --------------------------------------------------------- */

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The same things in another order are the same drawing. */
static void
set_names(struct scope *s, struct scope_names *names)
{
	struct buffer id, title;

	buffer_init(&id, SCOPE_SIZE_MOST * SCOPE_PARTS_MOST);
	buffer_init(&title, SCOPE_SIZE_MOST);
	qsort(names->ids, names->count, sizeof(*names->ids), compare_texts);
	for (size_t i = 0; i < names->count; i++) {
		buffer_printf(&id, "%s%s", i > 0 ? "," : "", names->ids[i]);
		if (i < TITLED_MOST)
			buffer_printf(&title, "%s%.80s", i > 0 ? " + " : "",
			    names->titles[i]);
	}
	if (names->count > TITLED_MOST)
		buffer_printf(
		    &title, " and %zu more", names->count - TITLED_MOST);
	s->id = arena_text(&s->arena, buffer_string(&id));
	s->title = arena_text(&s->arena, buffer_string(&title));
	s->arena.failed |= !buffer_ok(&id) || !buffer_ok(&title);
	buffer_done(&id);
	buffer_done(&title);
}

enum status
scope_read(struct scope *out, const struct view *v, const char *text,
    const struct scope *within)
{
	struct scope_names names = { .count = 0 };
	struct scope_part parts[SCOPE_PARTS_MOST];
	enum status status = STATUS_OK;
	size_t count = 0;

	*out = (struct scope){ .id = "", .title = "" };
	status = scope_split(out, text, parts, &count);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		status = add_part(out, v, &parts[i], within, &names);
		if (out->arena.failed)
			status = STATUS_NO_MEMORY;
	}
	if (status != STATUS_OK)
		return status;
	sort_hosts(out);
	out->has_way &= count == 1;
	set_names(out, &names);
	if (out->host_count > SCOPE_HOSTS_MOST) {
		(void)snprintf(out->why, sizeof(out->why),
		    "%zu hosts are more than the %d that a drawing may have; "
		    "ask for less",
		    out->host_count, SCOPE_HOSTS_MOST);
		return STATUS_TOO_LARGE;
	}
	return out->arena.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

void
scope_done(struct scope *s)
{
	free(s->hosts);
	arena_done(&s->arena);
	*s = (struct scope){ .id = "", .title = "" };
}
