/* What does not fit between the two sides, of the hosts of a scene. */
#include <string.h>

#include "collector/depict_making.h"
#include "collector/findings.h"

enum { FINDINGS_MOST = 256, LINES_MOST = 4 };

struct marking {
	struct making *m;
	const struct depict_base *base;
	uint32_t host; /* place in the scene */
	const struct json_value *said;
};

/* ---- what it is about ------------------------------------------------------
 */

/* Places of the things that the texts of a list name. */
struct places {
	uint32_t *items;
	size_t count;
};

static struct places
places_of(const struct marking *k, const struct json_value *list,
    uint32_t (*place)(const struct marking *k, const char *name))
{
	struct places p = { .items = arena_array(&k->m->s->arena,
				json_count(list), sizeof(uint32_t)) };

	for (const struct json_value *v = json_first(list); v && p.items;
	     v = json_next(v)) {
		const char *name = json_string_of(v);
		uint32_t at = name ? place(k, name) : SCENE_NONE;

		if (at != SCENE_NONE)
			p.items[p.count++] = at;
	}
	return p;
}

static uint32_t
nic_of(const struct marking *k, const char *name)
{
	const struct model_host *h = k->base->host;

	for (uint32_t i = 0; i < h->nic_count; i++) {
		if (strcmp(h->nics[i].name, name) == 0)
			return k->base->nic + i;
	}
	return SCENE_NONE;
}

/* "Eth1/9 on leaf1a": one that a NIC of the host is cabled to. */
static uint32_t
port_of(const struct marking *k, const char *name)
{
	const struct scene *s = k->m->s;
	size_t length = strcspn(name, " ");

	for (uint32_t i = 0; i < k->base->host->nic_count; i++) {
		uint32_t at = s->nics[k->base->nic + i].port;
		const struct scene_port *p;

		if (at == SCENE_NONE)
			continue;
		p = &s->ports[at];
		if (strlen(p->name) == length &&
		    strncmp(p->name, name, length) == 0 &&
		    strncmp(name + length, " on ", 4) == 0 &&
		    strcmp(name + length + 4, s->switches[p->device].name) == 0)
			return at;
	}
	return SCENE_NONE;
}

static uint32_t
machine_of(const struct marking *k, const char *name)
{
	const struct scene *s = k->m->s;

	for (size_t i = k->base->machine; i < s->machine_count; i++) {
		if (s->machines[i].host != k->host)
			break;
		if (strcmp(s->machines[i].name, name) == 0)
			return (uint32_t)i;
	}
	return SCENE_NONE;
}

/* ---- what is said of it ----------------------------------------------------
 */

static const char *
text_of(const struct marking *k, const struct json_value *v, const char *name)
{
	const char *text = json_get_string(v, name);

	return text ? depict_text(k->m, "%s", text) : "";
}

static void
add_lines(const struct marking *k, struct scene_finding *out)
{
	const struct json_value *claim =
	    json_first(json_get(k->said, "claims"));
	const char **lines =
	    arena_array(&k->m->s->arena, LINES_MOST, sizeof(const char *));

	for (; claim && lines && out->line_count < LINES_MOST;
	     claim = json_next(claim)) {
		const char *source = json_get_string(claim, "source");
		const char *text = json_get_string(claim, "text");

		lines[out->line_count++] = depict_text(k->m, "%s%s%s",
		    source ? source : "", source ? ": " : "", text ? text : "");
	}
	out->lines = lines;
}

static enum scene_owner
owner_of(enum rule_owner owner)
{
	return owner == OWNED_BY_NETWORK   ? OWNER_NETWORK
	       : owner == OWNED_BY_SYSTEMS ? OWNER_SYSTEMS
					   : OWNER_BOTH;
}

static void
mark(struct marking *k, const struct finding *f)
{
	const struct json_value *things = json_get(k->said, "things");
	struct scene *s = k->m->s;
	struct scene_finding *out = &s->findings[s->finding_count++];
	struct places nics = places_of(k, json_get(things, "nics"), nic_of);
	struct places ports = places_of(k, json_get(things, "ports"), port_of);
	struct places machines =
	    places_of(k, json_get(things, "machines"), machine_of);
	char id[FINDING_ID_SIZE];

	finding_id_text(f->id, id);
	*out = (struct scene_finding){
		.id = depict_text(k->m, "finding:%s", id),
		.heading = text_of(k, k->said, "sentence"),
		.command = text_of(
		    k, json_first(json_get(k->said, "fixes")), "command"),
		.owner = owner_of(f->owner),
		.severity = (unsigned)f->severity,
		.quiet = f->severity == SEVERITY_REMARK ||
			 finding_is_acknowledged(f, k->m->v->now),
		.nics = nics.items,
		.ports = ports.items,
		.machines = machines.items,
		.nic_count = nics.count,
		.port_count = ports.count,
		.machine_count = machines.count,
	};
	add_lines(k, out);
}

/* ---- which ------------------------------------------------------------------
 */

/* What is only unknown is said by what is drawn. */
static void
mark_host(struct making *m, uint32_t host, enum rule_severity severity)
{
	struct marking k = { m, &m->bases[host], host, NULL };
	const struct findings_host *all =
	    findings_of(m->v->findings, k.base->host->host_id);

	for (size_t i = 0; all && i < all->count; i++) {
		const struct finding *f = &all->items[i];
		struct json_value *said CLEANUP(json_cleanup) = NULL;

		if (!f->open || f->ruling != RULING_BROKEN ||
		    f->severity != severity ||
		    m->s->finding_count == FINDINGS_MOST)
			continue;
		said = json_parse_own(f->text);
		k.said = said;
		if (said)
			mark(&k, f);
	}
}

void
depict_findings(struct making *m)
{
	struct scene *s = m->s;

	if (!m->v->findings)
		return;
	s->findings =
	    arena_array(&s->arena, FINDINGS_MOST, sizeof(*s->findings));
	if (!s->findings)
		return;
	/* Where there are more than anybody reads, the worst. */
	for (int severity = SEVERITY_ERROR; severity >= SEVERITY_REMARK;
	     severity--) {
		for (uint32_t i = 0; i < m->scope->host_count; i++)
			mark_host(m, i, (enum rule_severity)severity);
	}
}
