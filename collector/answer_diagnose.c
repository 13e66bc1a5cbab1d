#include "collector/answer_diagnose.h"

#include <stdio.h>
#include <string.h>

#include "collector/finding.h"
#include "collector/knowing.h"
#include "collector/pieces.h"
#include "collector/rules/diagnosis.h"

enum { TEXT_SIZE = 640 };

/* What one answer is made of. */
struct diagnosing {
	struct json *j;
	const struct hit *hit;
	struct known known;
	struct judgements judged;
	struct diagnosis d;
	bool *used; /* judgements that some hop has */
};

/* ---- what is asked for ------------------------------------------------- */

static bool
has_way(enum find_kind kind)
{
	return kind == FIND_NIC || kind == FIND_HOST || kind == FIND_VM ||
	       kind == FIND_VNIC || kind == FIND_KERNEL_PORT;
}

static const char *
name_of(const struct view *v, const struct hit *hit)
{
	const struct inside_vnic *n;

	if (hit->kind == FIND_NIC)
		return v->topology->nics[hit->at].nic->name;
	if (hit->kind == FIND_HOST)
		return "";
	if (hit->kind != FIND_VNIC)
		return model_workload_name(hit->host, hit->at);
	n = model_vnic(hit->host, hit->at);
	return n ? n->name : "";
}

/* Of the hits that fit best the first kind that has a way; NULL: there is
 * none, or 'asked' counts several. */
static const struct hit *
choose(const struct view *v, const struct found *found, struct asked *asked)
{
	enum fit best = found_fit(found);
	const struct hit *first = NULL;

	if (best < FIT_SHORT)
		return NULL;
	for (size_t i = 0; i < found->count; i++) {
		const struct hit *hit = &found->hits[i];

		if (hit->fit < best)
			break;
		if (!has_way(hit->kind) || (first && hit->kind != first->kind))
			continue;
		if (first && asked->count == 0)
			asked_several(asked, first->host, name_of(v, first));
		if (first)
			asked_several(asked, hit->host, name_of(v, hit));
		else
			first = hit;
	}
	return asked->count > 0 ? NULL : first;
}

static uint32_t
place_of_machine(const struct known *k, const char *id)
{
	for (uint32_t i = 0; i < k->machine_count; i++) {
		if (strcmp(k->machines[i].id, id) == 0)
			return i;
	}
	return KNOWN_NONE;
}

static uint32_t
place_of_vnic(const struct known *k, uint32_t machine, const char *name)
{
	for (uint32_t i = 0; i < k->vnic_count; i++) {
		if (k->vnics[i].machine == machine &&
		    strcmp(k->vnics[i].name, name) == 0)
			return i;
	}
	return KNOWN_NONE;
}

static uint32_t
place_of_nic(const struct known *k, const char *name)
{
	for (uint32_t i = 0; i < k->nic_count; i++) {
		if (strcmp(k->nics[i].name, name) == 0)
			return i;
	}
	return KNOWN_NONE;
}

static uint32_t
place_of_workload(
    const struct known *k, const struct model_host *h, uint32_t at)
{
	const struct inside_workload *w =
	    at == INSIDE_NONE ? NULL : model_workload(h, at);

	return w ? place_of_machine(k, w->id) : KNOWN_NONE;
}

/* The places that rules have for what was found. */
static struct diagnosis_of
places_of(const struct view *v, const struct hit *hit, const struct known *k)
{
	struct diagnosis_of of = { KNOWN_NONE, KNOWN_NONE, KNOWN_NONE };

	if (hit->kind == FIND_NIC) {
		of.nic = place_of_nic(k, name_of(v, hit));
	} else if (hit->kind == FIND_VNIC) {
		const struct inside_vnic *n = model_vnic(hit->host, hit->at);

		if (n)
			of.vnic = place_of_vnic(k,
			    place_of_workload(k, hit->host, n->workload),
			    n->name);
	} else if (hit->kind != FIND_HOST) {
		of.machine = place_of_workload(k, hit->host, hit->at);
	}
	return of;
}

/* ---- legs and hops ----------------------------------------------------- */

static void
add_hop(struct diagnosing *g, const struct diagnosed_hop *h)
{
	struct json *j = g->j;

	json_object_begin(j);
	json_add_string(j, "hop", rule_hop_word(h->hop));
	if (h->name[0] != '\0')
		json_add_string(j, "name", h->name);
	json_add_string(j, "verdict", ruling_word(h->ruling));
	if (h->sentence[0] != '\0')
		json_add_string(j, "sentence", h->sentence);
	json_name(j, "judgements");
	json_array_begin(j);
	for (size_t i = 0; i < h->say_count; i++) {
		json_number(j, h->says[i]);
		g->used[h->says[i]] = true;
	}
	json_array_end(j);
	json_object_end(j);
}

static void
add_leg(struct diagnosing *g, const struct diagnosed_leg *leg)
{
	struct json *j = g->j;

	json_object_begin(j);
	if (leg->vnic != KNOWN_NONE)
		json_add_string(j, "vnic", g->known.vnics[leg->vnic].name);
	if (leg->nic != KNOWN_NONE)
		json_add_string(j, "nic", g->known.nics[leg->nic].name);
	json_add_string(j, "state", diagnosed_state_word(leg->state));
	if (leg->broken != KNOWN_NONE)
		json_add_number(j, "broken_hop", leg->broken);
	json_name(j, "hops");
	json_array_begin(j);
	for (size_t i = 0; i < leg->hop_count; i++)
		add_hop(g, &leg->hops[i]);
	json_array_end(j);
	json_object_end(j);
}

/* Those that no hop has are skipped, but keep their numbers. */
static void
add_judgements(struct diagnosing *g)
{
	struct json *j = g->j;

	json_name(j, "judgements");
	json_array_begin(j);
	for (size_t i = 0; i < g->judged.count; i++) {
		const struct judgement *one = &g->judged.items[i];

		if (!g->used[i])
			continue;
		json_object_begin(j);
		json_add_number(j, "number", (int64_t)i);
		json_add_string(j, "rule", one->rule->id);
		json_add_string(j, "hop", rule_hop_word(one->rule->hop));
		json_add_string(j, "about", one->about);
		finding_judgement_members(j, one);
		json_object_end(j);
	}
	json_array_end(j);
}

/* ---- the outcome ------------------------------------------------------- */

static const struct judgement *
judgement_of(const struct diagnosing *g, const struct diagnosed_hop *h)
{
	return h->sentence[0] == '\0' && h->say_count > 0
		   ? &g->judged.items[h->says[0]]
		   : NULL;
}

static void
add_first_broken(struct diagnosing *g)
{
	const struct diagnosed_leg *leg;
	const struct diagnosed_hop *h;
	const struct judgement *why;
	struct json *j = g->j;

	json_name(j, "first_broken");
	if (g->d.worst == KNOWN_NONE) {
		json_null(j);
		return;
	}
	leg = &g->d.legs[g->d.worst];
	h = &leg->hops[leg->broken];
	why = judgement_of(g, h);
	json_object_begin(j);
	json_add_number(j, "leg", g->d.worst);
	json_add_string(j, "hop", rule_hop_word(h->hop));
	if (h->name[0] != '\0')
		json_add_string(j, "name", h->name);
	json_add_string(
	    j, "owner", rule_owner_word(why ? why->owner : OWNED_BY_SYSTEMS));
	json_add_string(j, "sentence", why ? why->sentence : h->sentence);
	if (why) {
		json_add_string(j, "rule", why->rule->id);
		json_add_number(j, "judgement", h->says[0]);
	}
	json_object_end(j);
}

/* What would make more known: each once. */
static void
add_unknown(struct diagnosing *g)
{
	struct json *j = g->j;

	json_name(j, "unknown");
	json_array_begin(j);
	for (size_t i = 0; i < g->judged.count; i++) {
		const struct judgement *one = &g->judged.items[i];

		if (!g->used[i] || one->ruling != RULING_UNKNOWN ||
		    one->sentence[0] == '\0')
			continue;
		json_object_begin(j);
		json_add_string(j, "sentence", one->sentence);
		if (one->wanting[0] != '\0')
			json_add_string(j, "wanting", one->wanting);
		json_object_end(j);
	}
	json_array_end(j);
}

/* "web-01 on esx07" */
static void
say_about(struct diagnosing *g, const struct view *v)
{
	const struct hit *hit = g->hit;
	const char *name = name_of(v, hit);
	struct json *j = g->j;

	json_name(j, "about");
	json_object_begin(j);
	json_add_string(j, "kind", find_kind_name(hit->kind));
	if (name[0] != '\0')
		json_add_string(j, "name", name);
	json_add_string(j, "host", hit->host->name);
	json_add_string(j, "host_id", hit->host->machine_id);
	piece_last_report(j, hit->host);
	json_add_boolean(j, "silent", g->known.silent);
	json_object_end(j);
}

static void
write_diagnosis(
    struct diagnosing *g, const struct view *v, const struct query *q)
{
	struct json *j = g->j;

	json_object_begin(j);
	when_write(j, v->now, &v->when);
	json_add_string(j, "of", q->whole.text);
	piece_read_as(j, q);
	say_about(g, v);
	json_add_string(j, "verdict", ruling_word(g->d.ruling));
	json_add_string(j, "stops", extent_word(g->d.extent));
	add_first_broken(g);
	json_name(j, "legs");
	json_array_begin(j);
	for (size_t i = 0; i < g->d.leg_count; i++)
		add_leg(g, &g->d.legs[i]);
	json_array_end(j);
	if (g->d.cut)
		json_add_boolean(j, "truncated", true);
	add_judgements(g);
	add_unknown(g);
	json_object_end(j);
}

static enum diagnose_outcome
answer(struct diagnosing *g, const struct view *v, const struct rule *rules,
    const struct query *q)
{
	struct diagnosis_of of = places_of(v, g->hit, &g->known);

	for (const struct rule *r = rules; r->id; r++)
		r->judge(r, &g->known, &g->judged);
	diagnose(&g->d, &g->known, &g->judged, &of);
	g->used =
	    arena_array(&g->d.arena, g->judged.count + 1, sizeof(*g->used));
	if (g->known.arena.failed || g->judged.arena.failed ||
	    g->d.arena.failed)
		return DIAGNOSE_NO_MEMORY;
	write_diagnosis(g, v, q);
	return DIAGNOSE_DONE;
}

enum diagnose_outcome
answer_diagnose(struct json *j, const struct view *v,
    const struct diagnose_of *of, struct asked *asked)
{
	struct diagnosing g = { .j = j, .hit = choose(v, of->found, asked) };
	enum diagnose_outcome outcome;

	if (!g.hit)
		return asked->count > 0 ? DIAGNOSE_SEVERAL : DIAGNOSE_NONE;
	if (knowing_make(&g.known, v, of->fleet, g.hit->host) != STATUS_OK)
		return DIAGNOSE_NO_MEMORY;
	judgements_init(&g.judged);
	outcome = answer(&g, v, of->rules, of->query);
	diagnosis_done(&g.d);
	judgements_done(&g.judged);
	known_done(&g.known);
	return outcome;
}
