#include "collector/scope_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "collector/heard_vlans.h"
#include "collector/named.h"
#include "collector/vlan_table.h"

enum { NAMED_MOST = 5, NAME_SIZE = 400 };

/* What may stand before a colon. */
static const struct {
	const char *name;
	unsigned kinds; /* of hits that are such a thing */
} kinds[] = {
	{ "host", 1U << FIND_HOST },
	{ "switch", 1U << FIND_SWITCH },
	{ "port", 1U << FIND_PORT },
	{ "nic", 1U << FIND_NIC },
	{ "vm", 1U << FIND_VM },
	{ "vnic", 1U << FIND_VNIC },
	{ "group", 1U << FIND_PORT_GROUP },
	{ "vswitch", 1U << FIND_VSWITCH },
	{ "vlan", 1U << FIND_VLAN },
	{ "kernel_port", 1U << FIND_KERNEL_PORT },
	{ "link", 1U << FIND_LINK | 1U << FIND_UPLINK },
	{ "chassis", 0 },
};

enum {
	KINDS = sizeof(kinds) / sizeof(kinds[0]),
	/* A name that is that of two of these is nobody's. */
	APART = 1U << FIND_HOST | 1U << FIND_VM | 1U << FIND_SWITCH |
		1U << FIND_VLAN
};

static unsigned
kinds_named(const char *name)
{
	for (size_t i = 0; i < KINDS; i++) {
		if (strcmp(kinds[i].name, name) == 0)
			return kinds[i].kinds;
	}
	return ~0U;
}

static const char *
name_of_kind(enum find_kind kind)
{
	for (size_t i = 0; i < KINDS; i++) {
		if (kinds[i].kinds & 1U << kind)
			return kinds[i].name;
	}
	return "";
}

/* ---- words ------------------------------------------------------------- */

/* Takes the kind off, if one is named: "a0:36:..." begins with none. */
static void
take_kind(char *text, struct scope_part *out)
{
	char *colon = strchr(text, ':');

	*out = (struct scope_part){ "", text };
	for (size_t i = 0; colon && i < KINDS; i++) {
		size_t length = strlen(kinds[i].name);

		if ((size_t)(colon - text) != length ||
		    strncmp(text, kinds[i].name, length) != 0)
			continue;
		*out = (struct scope_part){ kinds[i].name, colon + 1 };
		return;
	}
}

static char *
trim(char *text)
{
	size_t size;

	text += strspn(text, " ");
	size = strlen(text);
	while (size > 0 && text[size - 1] == ' ')
		text[--size] = '\0';
	return text;
}

static enum status
refuse_text(struct scope *s, enum status status, const char *why)
{
	text_copy(s->why, sizeof(s->why), why);
	return status;
}

enum status
scope_split(struct scope *s, const char *text,
    struct scope_part out[static SCOPE_PARTS_MOST], size_t *out_count)
{
	char *copy, *next;

	*out_count = 0;
	if (!text || strlen(text) >= SCOPE_SIZE_MOST ||
	    !text_is_utf8(text, strlen(text)))
		return refuse_text(s, STATUS_MALFORMED,
		    "the scope is missing, too long or no text; ask for "
		    "example ?scope=host:hv1 or ?scope=leaf1a,leaf1b");
	copy = arena_take(&s->arena, strlen(text) + 1);
	if (!copy)
		return STATUS_NO_MEMORY;
	memcpy(copy, text, strlen(text));
	for (; copy; copy = next) {
		next = strchr(copy, ',');
		if (next)
			*next++ = '\0';
		if (*out_count == SCOPE_PARTS_MOST)
			return refuse_text(s, STATUS_TOO_LARGE,
			    "a scope names at most 64 things; a switch or a "
			    "VLAN stands for all its hosts");
		take_kind(trim(copy), &out[*out_count]);
		out[*out_count].name += strspn(out[*out_count].name, " ");
		if (out[(*out_count)++].name[0] == '\0')
			return refuse_text(s, STATUS_NOT_FOUND,
			    "the scope has a part without a name; name things "
			    "with commas between, as in host:hv1,host:hv2");
	}
	return STATUS_OK;
}

/* ---- things ------------------------------------------------------------ */

bool
scope_hit_has_way(const struct hit *hit)
{
	switch (hit->kind) {
	case FIND_NIC:
	case FIND_VM:
	case FIND_VNIC:
	case FIND_KERNEL_PORT:
	case FIND_PORT_GROUP:
		return true;
	default:
		return false;
	}
}

bool
scope_uses_vlan(const struct model_host *h, int vlan)
{
	const struct inside *in;

	for (size_t i = 0; i < h->nic_count; i++) {
		if (heard_vlans_find(&h->nics[i], vlan))
			return true;
	}
	for (size_t i = 0; i < h->link_count; i++) {
		if (h->links[i].vlan == vlan)
			return true;
	}
	in = model_frame(h);
	for (size_t i = 0; i < in->group_count; i++) {
		if (vlan_table_needs(&in->groups[i], vlan))
			return true;
	}
	return false;
}

static const struct model_host *
host_of(const struct view *v, const struct hit *hit)
{
	return hit->kind == FIND_NIC ? v->topology->nics[hit->at].host
				     : hit->host;
}

/* What it is called beside its host or switch. */
static const char *
own_name(const struct view *v, const struct hit *hit)
{
	const struct topology *t = v->topology;
	const struct inside *in = hit->host ? model_inside(hit->host) : NULL;
	const struct inside_vnic *vnic =
	    hit->kind == FIND_VNIC ? model_vnic(hit->host, hit->at) : NULL;

	switch (hit->kind) {
	case FIND_NIC:
		return t->nics[hit->at].nic->name;
	case FIND_SWITCH:
		return t->devices[hit->at].brief;
	case FIND_PORT:
		return t->ports[hit->at].brief;
	case FIND_VM:
	case FIND_KERNEL_PORT:
		return in->workloads[hit->at].name;
	case FIND_VNIC:
		return vnic ? vnic->name : "";
	case FIND_PORT_GROUP:
		return in->groups[hit->at].name;
	case FIND_VSWITCH:
		return in->vswitches[hit->at].name;
	case FIND_UPLINK:
		return in->vswitches[hit->at].uplinks[hit->uplink].name;
	case FIND_LINK:
		return hit->link->name;
	default:
		return "";
	}
}

/* What it belongs to: "hv1", "leaf1a". */
static const char *
owner_name(const struct view *v, const struct hit *hit)
{
	const struct topology *t = v->topology;

	if (hit->kind == FIND_PORT)
		return t->devices[t->ports[hit->at].device].brief;
	if (hit->kind == FIND_SWITCH || hit->kind == FIND_VLAN)
		return "";
	return host_of(v, hit)->name;
}

/* "hv1 ens1f0", "leaf1a", "VLAN 140", "hv1". */
static void
write_name(
    const struct view *v, const struct hit *hit, char out[static NAME_SIZE])
{
	const char *owner = owner_name(v, hit), *own = own_name(v, hit);

	if (hit->kind == FIND_VLAN)
		(void)snprintf(out, NAME_SIZE, "VLAN %u", hit->at);
	else
		(void)snprintf(out, NAME_SIZE, "%.150s%s%.200s", owner,
		    *owner && *own ? " " : "", own);
}

/* The hits of one part, best first. */
struct candidates {
	const struct scope_part *part;
	const struct hit **hits;
	size_t count;
};

/* A switch is told from another of its name by its id. */
static void
say_candidates(
    struct scope *s, const struct view *v, const struct candidates *c)
{
	size_t length = (size_t)snprintf(s->why, sizeof(s->why),
	    "\"%.80s\" means %zu alike; ask for one of them: ", c->part->name,
	    c->count);

	for (size_t i = 0; i < c->count && i < NAMED_MOST; i++) {
		char name[NAME_SIZE];

		write_name(v, c->hits[i], name);
		length += (size_t)snprintf(s->why + length,
		    sizeof(s->why) - length, "%s%s:%.100s", i > 0 ? ", " : "",
		    name_of_kind(c->hits[i]->kind),
		    c->hits[i]->kind == FIND_SWITCH
			? v->topology->devices[c->hits[i]->at].id
			: name);
	}
	if (c->count > NAMED_MOST)
		(void)snprintf(
		    s->why + length, sizeof(s->why) - length, " ...");
}

/* Is 'b' meant as much as 'a', which stands before it? */
static bool
is_rival(const struct hit *a, const struct hit *b)
{
	unsigned both = 1U << a->kind | 1U << b->kind;

	if (a->late != b->late || a->fit != b->fit)
		return false;
	if (a->kind == b->kind)
		return a->life == b->life;
	return (both & APART) == both && a->fit == FIT_EXACT;
}

static enum status
choose(struct scope *s, const struct view *v, const struct candidates *all,
    struct hit *out)
{
	const struct hit *first = all->count > 0 ? all->hits[0] : NULL;
	struct candidates alike = *all;

	if (!first || first->fit < FIT_SHORT) {
		(void)snprintf(s->why, sizeof(s->why),
		    "no %s is called \"%.80s\"; find shows what comes close",
		    all->part->kind[0] ? all->part->kind : "thing",
		    all->part->name);
		return STATUS_NOT_FOUND;
	}
	alike.count = 1;
	for (size_t i = 1; i < all->count; i++) {
		if (is_rival(first, all->hits[i]))
			alike.hits[alike.count++] = all->hits[i];
	}
	*out = *first;
	if (alike.count == 1)
		return STATUS_OK;
	say_candidates(s, v, &alike);
	return STATUS_CONFLICT;
}

/* One part while it is asked for. */
struct asking {
	struct scope *s;
	const struct view *v;
	const struct scope_part *part;
	const struct scope *within;
	struct query q;
};

/* A host by its own id, whatever else is called so; or, when a host is asked
 * for, by a name that it alone has. */
static const struct model_host *
host_of_part(const struct asking *a, const struct named *named)
{
	bool by_name = kinds_named(a->part->kind) == 1U << FIND_HOST;
	const struct model_host *found = NULL;
	size_t count = 0;

	for (size_t i = 0; i < named->host_count; i++) {
		const struct model_host *h = named->hosts[i];

		if (strcmp(h->machine_id, a->part->name) == 0)
			return h;
		if (!by_name || strcmp(h->name, a->part->name) != 0)
			continue;
		found = h;
		count++;
	}
	return count == 1 && scope_has(a->within, found) ? found : NULL;
}

static enum status
find_host(const struct asking *a, struct hit *out)
{
	struct named named;

	*out = (struct hit){ .kind = FIND_HOST, .fit = FIT_EXACT };
	if ((kinds_named(a->part->kind) & 1U << FIND_HOST) == 0)
		return STATUS_NOT_FOUND;
	if (!named_find(&named, a->v, a->part->name))
		return STATUS_NO_MEMORY;
	out->host = host_of_part(a, &named);
	named_done(&named);
	return out->host ? STATUS_OK : STATUS_NOT_FOUND;
}

/* "vlan 140" is the VLAN, not one of the port groups with it. */
static bool
is_meant(
    const struct scope_part *part, const struct query *q, const struct hit *hit)
{
	if (q->whole.vlan_only && part->kind[0] == '\0')
		return hit->kind == FIND_VLAN;
	return (kinds_named(part->kind) & 1U << hit->kind) != 0;
}

typedef enum status find_fn(
    const struct find_in *in, const struct query *q, struct found *out);

static enum status
find_meant(const struct asking *a, find_fn *look, struct hit *out)
{
	struct find_in in = { a->v->topology, a->v->model, a->v->search };
	struct candidates all = { .part = a->part };
	struct found found;
	enum status status = look(&in, &a->q, &found);

	if (status != STATUS_OK)
		return status;
	all.hits =
	    arena_array(&a->s->arena, found.count + 1, sizeof(*all.hits));
	for (size_t i = 0; all.hits && i < found.count; i++) {
		const struct hit *hit = &found.hits[i];
		const struct model_host *h = host_of(a->v, hit);

		if (is_meant(a->part, &a->q, hit) &&
		    (!h || scope_has(a->within, h)))
			all.hits[all.count++] = hit;
	}
	status = all.hits ? choose(a->s, a->v, &all, out) : STATUS_NO_MEMORY;
	find_done(&found);
	return status;
}

/* What is called exactly so is meant before all that comes close, and is found
 * without them. */
enum status
scope_find(struct scope *s, const struct view *v, const struct scope_part *part,
    const struct scope *within, struct hit *out)
{
	struct asking a = { s, v, part, within, { .count = 0 } };
	enum status status = find_host(&a, out);

	if (status != STATUS_NOT_FOUND)
		return status;
	if (strlen(part->name) >= QUERY_SIZE_MOST ||
	    !query_read(part->name, &a.q))
		return refuse_text(s, STATUS_NOT_FOUND,
		    "a part of the scope is no name: it is longer than 255 "
		    "octets, or has nothing but separators");
	status = find_meant(&a, find_exactly, out);
	return status == STATUS_NOT_FOUND ? find_meant(&a, find, out) : status;
}

/* ---- names ------------------------------------------------------------- */

static void
add_names(struct scope *s, struct scope_names *names, const char *id,
    const char *title)
{
	const char *own_id = arena_text(&s->arena, id);
	const char *own_title = arena_text(&s->arena, title);

	if (!own_id || !own_title)
		return;
	names->ids[names->count] = own_id;
	names->titles[names->count++] = own_title;
}

void
scope_name_text(struct scope *s, struct scope_names *names, const char *kind,
    const char *name)
{
	char id[NAME_SIZE], title[NAME_SIZE];

	(void)snprintf(id, sizeof(id), "%s:%.300s", kind, name);
	(void)snprintf(title, sizeof(title), "%s %.300s", kind, name);
	title[0] = (char)toupper((unsigned char)title[0]);
	add_names(s, names, id, title);
}

/* The id stays when the thing is renamed, or the host has another name. */
void
scope_name_hit(struct scope *s, const struct view *v, struct scope_names *names,
    const struct hit *hit)
{
	const struct model_host *h = host_of(v, hit);
	const char *owner = h ? h->machine_id : "";
	const char *own = own_name(v, hit);
	char id[NAME_SIZE], title[NAME_SIZE];

	if (hit->kind == FIND_SWITCH) {
		owner = v->topology->devices[hit->at].id;
		own = "";
	} else if (hit->kind == FIND_PORT) {
		owner =
		    v->topology->devices[v->topology->ports[hit->at].device].id;
		own = v->topology->ports[hit->at].key;
	}
	write_name(v, hit, title);
	(void)snprintf(id, sizeof(id), "%s:%.60s%s%.300s",
	    name_of_kind(hit->kind), owner, *owner && *own ? "/" : "", own);
	if (hit->kind == FIND_VLAN)
		(void)snprintf(id, sizeof(id), "vlan:%u", hit->at);
	add_names(s, names, id, title);
}
