#include "collector/depict_making.h"
#include "collector/draw/layout.h"

enum { CLAIMS_OF_NIC = 8 };

/* ---- outside ----------------------------------------------------------- */

bool
depict_room(struct making *m)
{
	size_t nics = 0, hosts = m->scope->host_count;
	struct scene *s = m->s;
	struct arena *a = &s->arena;

	for (size_t i = 0; i < hosts; i++)
		nics += m->scope->hosts[i]->nic_count;
	m->bases = arena_array(a, hosts + 1, sizeof(*m->bases));
	s->hosts = arena_array(a, hosts + 1, sizeof(*s->hosts));
	s->nics = arena_array(a, nics + 1, sizeof(*s->nics));
	s->ports = arena_array(a, nics + 1, sizeof(*s->ports));
	s->switches = arena_array(a, nics + 1, sizeof(*s->switches));
	s->claims =
	    arena_array(a, CLAIMS_OF_NIC * nics + 1, sizeof(*s->claims));
	return !a->failed;
}

/* ---- inside ------------------------------------------------------------ */

struct count {
	size_t vswitches, groups, machines, vnics, bonds;
};

static void
count_host(struct count *c, const struct model_host *h)
{
	const struct inside *in = model_inside(h);

	c->bonds += h->link_count;
	for (size_t k = 0; k < in->vswitch_count; k++)
		c->bonds += in->vswitches[k].uplink_count;
	c->vswitches += in->vswitch_count;
	c->groups += in->group_count;
	c->machines += in->workload_count;
	c->vnics += in->vnic_count;
}

/* Of the hosts whose inside is drawn; false: more than anybody reads. */
static bool
count_all(struct count *out, const struct making *m)
{
	*out = (struct count){ 0 };
	for (size_t i = 0; i < m->scope->host_count; i++) {
		if (m->bases[i].inside)
			count_host(out, m->scope->hosts[i]);
		if (out->vswitches + out->groups + out->machines + out->vnics >
		    DEPICT_THINGS_MOST)
			return false;
	}
	return true;
}

static void
choose_all(struct making *m)
{
	for (size_t i = 0; i < m->scope->host_count; i++)
		m->bases[i].inside = true;
}

static void
choose_page(struct making *m, unsigned page)
{
	size_t hosts = m->scope->host_count;
	bool *chosen = arena_array(&m->s->arena, hosts + 1, sizeof(*chosen));

	if (!chosen)
		return;
	if (!layout_page_hosts(m->s, page, chosen))
		m->s->arena.failed = true;
	for (size_t i = 0; i < hosts; i++)
		m->bases[i].inside = chosen[i];
}

enum status
depict_choose(struct making *m, unsigned page)
{
	struct count count = { 0 };
	struct scene *s = m->s;
	struct arena *a = &s->arena;

	if (s->host_count <= DEPICT_INSIDE_HOSTS_MOST)
		choose_all(m);
	if (s->host_count > DEPICT_INSIDE_HOSTS_MOST || !count_all(&count, m)) {
		if (layout_pages(s, LAYOUT_LADDER) == 1)
			return STATUS_TOO_LARGE;
		choose_page(m, page);
		if (!count_all(&count, m))
			return STATUS_TOO_LARGE;
	}
	s->bonds = arena_array(a, count.bonds + 1, sizeof(*s->bonds));
	s->vswitches =
	    arena_array(a, count.vswitches + 1, sizeof(*s->vswitches));
	s->groups = arena_array(a, count.groups + 1, sizeof(*s->groups));
	s->machines = arena_array(a, count.machines + 1, sizeof(*s->machines));
	s->vnics = arena_array(a, count.vnics + 1, sizeof(*s->vnics));
	return a->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
