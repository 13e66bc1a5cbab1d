#include "collector/impact.h"

#include <stdlib.h>
#include <string.h>

enum { VNICS_FIRST = 64 };

void
impact_init(struct impact *out)
{
	*out = (struct impact){ .nics = NULL };
}

void
impact_done(struct impact *x)
{
	free(x->nics);
	free(x->vnics);
	impact_init(x);
}

/* ---- which NICs -------------------------------------------------------- */

void
impact_add_nic(struct impact *x, const struct seen_nic *nic)
{
	for (size_t i = 0; i < x->nic_count; i++) {
		if (x->nics[i]->nic == nic->nic)
			return;
	}
	if (x->nic_count == IMPACT_NICS_MOST) {
		x->cut = true;
		return;
	}
	if (!x->nics)
		x->nics = calloc(IMPACT_NICS_MOST, sizeof(struct seen_nic *));
	if (!x->nics) {
		x->failed = true;
		return;
	}
	x->nics[x->nic_count++] = nic;
}

/* Those that are cabled to it, and those that may be. */
void
impact_add_port(struct impact *x, const struct view *v, uint32_t port)
{
	const struct topology *t = v->topology;
	const struct port *p = &t->ports[port];

	x->by_switch = true;
	for (uint32_t i = 0; i < p->claim_count; i++) {
		const struct seen_nic *nic =
		    verdict_nic(t, t->claims[p->claims[i]].nic);

		if (nic->claim != TOPOLOGY_NONE &&
		    t->claims[nic->claim].port == port)
			impact_add_nic(x, nic);
	}
}

void
impact_add_switch(struct impact *x, const struct view *v, uint32_t device)
{
	const struct device *d = &v->topology->devices[device];

	for (uint32_t i = 0; i < d->port_count; i++)
		impact_add_port(x, v, d->first_port + i);
}

static int
by_host(const void *a, const void *b)
{
	const struct seen_nic *x = *(const struct seen_nic *const *)a;
	const struct seen_nic *y = *(const struct seen_nic *const *)b;

	if (x->host != y->host)
		return x->host->host_id < y->host->host_id ? -1 : 1;
	return x->nic < y->nic ? -1 : x->nic > y->nic;
}

/* ---- what that takes from one host ------------------------------------- */

struct taking {
	struct impact *x;
	const struct model_host *host;
	bool *gone;  /* one for each of its NICs */
	bool unsure; /* one of them may be cabled elsewhere by now */
	struct walk walk;
};

static bool
is_way(const struct model_host *h, const struct walk_leg *leg)
{
	return leg->member_state != MEMBER_DOWN &&
	       leg->member_state != MEMBER_UNUSED &&
	       h->nics[leg->nic].carrier != SAID_NO;
}

/* Of the legs of the walk. */
static enum loss
loss_of_walk(const struct taking *g)
{
	size_t ways = 0, gone = 0;
	bool untold = g->walk.cut;

	for (size_t i = 0; i < g->walk.count; i++) {
		const struct walk_leg *leg = &g->walk.legs[i];

		if (leg->nic == INSIDE_NONE) {
			untold |=
			    leg->gap != GAP_NO_UPLINK && leg->gap != GAP_UNUSED;
			continue;
		}
		if (!is_way(g->host, leg))
			continue;
		ways++;
		gone += g->gone[leg->nic];
	}
	if (gone == 0)
		return LOSS_NONE;
	if (gone < ways)
		return LOSS_REDUNDANCY;
	return untold ? LOSS_UNKNOWN : LOSS_ALL;
}

static bool
make_room(struct impact *x)
{
	size_t capacity =
	    x->vnic_capacity > 0 ? x->vnic_capacity * 2 : VNICS_FIRST;
	struct impact_vnic *vnics;

	if (x->vnic_count < x->vnic_capacity)
		return true;
	vnics = reallocarray(x->vnics, capacity, sizeof(*vnics));
	if (!vnics) {
		x->failed = true;
		return false;
	}
	x->vnics = vnics;
	x->vnic_capacity = capacity;
	return true;
}

static void
take(struct taking *g, const struct inside_workload *w,
    const struct impact_vnic *vnic)
{
	struct impact *x = g->x;
	struct impact_vnic lost = *vnic;

	if (lost.loss == LOSS_NONE)
		return;
	if (g->unsure)
		lost.loss = LOSS_UNKNOWN;
	x->running[lost.loss] += strcmp(w->state, "running") == 0;
	if (x->counts[lost.loss]++ < IMPACT_SHOWN_MOST && make_room(x))
		x->vnics[x->vnic_count++] = lost;
}

/* All vNICs of a port group have the same ways. */
static void
take_groups(struct taking *g, const struct inside *in, enum loss *of_group)
{
	for (uint32_t i = 0; i < in->group_count; i++) {
		walk_again(&g->walk);
		walk_from_group(&g->walk, g->host, i);
		of_group[i] = loss_of_walk(g);
	}
}

static enum loss
loss_of_vnic(struct taking *g, const struct inside_vnic *n, uint32_t place,
    const enum loss *of_group)
{
	if (n->group != INSIDE_NONE)
		return of_group[n->group];
	walk_again(&g->walk);
	walk_from_vnic(&g->walk, g->host, place);
	return loss_of_walk(g);
}

static void
take_vnics(struct taking *g, const struct inside *in, const enum loss *of_group)
{
	uint32_t place = 0;

	for (uint32_t i = 0; i < in->workload_count; i++) {
		const struct inside_workload *w = &in->workloads[i];

		for (uint32_t k = 0; k < w->vnic_count; k++, place++)
			take(g, w,
			    &(struct impact_vnic){ g->host, i, k,
				loss_of_vnic(
				    g, &w->vnics[k], place, of_group) });
	}
}

static void
take_host(struct taking *g)
{
	const struct inside *in = model_inside(g->host);
	enum loss *of_group = calloc(in->group_count + 1, sizeof(*of_group));

	if (of_group) {
		take_groups(g, in, of_group);
		take_vnics(g, in, of_group);
	}
	g->x->failed |= !of_group || g->walk.failed;
	free(of_group);
}

static bool
is_sure(const struct seen_nic *nic)
{
	return nic->sure && nic->state == STATE_CURRENT;
}

void
impact_judge(struct impact *x)
{
	struct taking g = { .x = x };
	size_t end;

	if (x->nic_count > 0)
		qsort(x->nics, x->nic_count, sizeof(*x->nics), by_host);
	for (size_t i = 0; i < x->nic_count && !x->failed; i = end) {
		g.host = x->nics[i]->host;
		g.gone = calloc(g.host->nic_count, sizeof(*g.gone));
		g.unsure = false;
		for (end = i; end < x->nic_count &&
			      x->nics[end]->host == g.host && g.gone;
		     end++) {
			g.gone[x->nics[end]->nic - g.host->nics] = true;
			g.unsure |= x->by_switch && !is_sure(x->nics[end]);
		}
		x->failed |= !g.gone;
		x->host_count++;
		if (g.gone)
			take_host(&g);
		free(g.gone);
	}
	walk_done(&g.walk);
}

const char *
loss_word(enum loss loss)
{
	static const char *const words[LOSSES] = {
		[LOSS_NONE] = "none",
		[LOSS_REDUNDANCY] = "redundancy",
		[LOSS_ALL] = "all",
		[LOSS_UNKNOWN] = "unknown",
	};

	return words[loss];
}
