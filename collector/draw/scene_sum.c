#include "collector/draw/scene_sum.h"

/* FNV-1a of one thing; those of all things are added up, so that their order
 * does not count. */
static const uint64_t first = 0xcbf29ce484222325, prime = 0x100000001b3;

enum { NO_OCTET = 0xff /* of UTF-8: ends a text */ };

struct sum {
	const struct scene *scene;
	uint64_t all, one;
};

static void
add_text(struct sum *s, const char *text)
{
	for (; *text; text++)
		s->one = (s->one ^ (unsigned char)*text) * prime;
	s->one = (s->one ^ NO_OCTET) * prime;
}

static void
add_texts(struct sum *s, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		add_text(s, texts[i]);
}

static void
add_number(struct sum *s, uint64_t number)
{
	for (int shift = 0; shift < 64; shift += 8)
		s->one = (s->one ^ (number >> shift & 0xff)) * prime;
}

/* Spread over all bits, so that no two differences make up for each other. */
static void
end_thing(struct sum *s)
{
	uint64_t z = s->one;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	s->all += z ^ z >> 31;
	s->one = first;
}

/* ---- what things say of each other, by ids ------------------------------- */

static const char *
switch_id(const struct scene *s, uint32_t at)
{
	return at < s->switch_count ? s->switches[at].id : "";
}

static const char *
port_id(const struct scene *s, uint32_t at)
{
	return at < s->port_count ? s->ports[at].id : "";
}

static const char *
host_id(const struct scene *s, uint32_t at)
{
	return at < s->host_count ? s->hosts[at].id : "";
}

static const char *
nic_id(const struct scene *s, uint32_t at)
{
	return at < s->nic_count ? s->nics[at].id : "";
}

static const char *
vswitch_id(const struct scene *s, uint32_t at)
{
	return at < s->vswitch_count ? s->vswitches[at].id : "";
}

static const char *
group_id(const struct scene *s, uint32_t at)
{
	return at < s->group_count ? s->groups[at].id : "";
}

static const char *
machine_id(const struct scene *s, uint32_t at)
{
	return at < s->machine_count ? s->machines[at].id : "";
}

/* ---- outside ------------------------------------------------------------- */

static void
add_switches(struct sum *sum)
{
	const struct scene *s = sum->scene;

	for (size_t i = 0; i < s->switch_count; i++) {
		const struct scene_switch *w = &s->switches[i];

		add_texts(sum, (const char *[]){ w->id, w->name, w->about }, 3);
		end_thing(sum);
	}
	for (size_t i = 0; i < s->port_count; i++) {
		const struct scene_port *p = &s->ports[i];

		add_texts(sum,
		    (const char *[]){
			p->id, p->name, p->aggregate, switch_id(s, p->device) },
		    4);
		add_number(sum, p->order);
		end_thing(sum);
	}
	for (size_t i = 0; i < s->trunk_count; i++) {
		const struct scene_trunk *t = &s->trunks[i];

		add_texts(sum,
		    (const char *[]){ t->id, t->name, t->ports, t->to,
			switch_id(s, t->a), switch_id(s, t->b) },
		    6);
		end_thing(sum);
	}
}

static void
add_hosts(struct sum *sum)
{
	const struct scene *s = sum->scene;

	for (size_t i = 0; i < s->host_count; i++) {
		const struct scene_host *h = &s->hosts[i];

		add_texts(sum, (const char *[]){ h->id, h->name, h->about }, 3);
		add_number(sum, h->silent);
		add_number(sum, h->silent ? (uint64_t)h->seen_at : 0);
		add_number(sum, h->inside_unread);
		end_thing(sum);
	}
}

/* What is told of a claim's time is told of one that is of then. */
static void
add_claims(struct sum *sum, const struct scene_nic *nic)
{
	for (uint32_t i = 0; i < nic->claim_count; i++) {
		const struct scene_claim *c =
		    &sum->scene->claims[nic->first_claim + i];

		add_texts(
		    sum, (const char *[]){ c->vlans, c->text, c->source }, 3);
		add_number(sum, c->side);
		add_number(sum, c->about);
		add_number(sum, (uint64_t)c->vlan);
		add_number(sum, c->stale);
		add_number(sum, c->stale ? (uint64_t)c->last_heard : 0);
		add_number(sum, c->matters);
	}
}

static void
add_nics(struct sum *sum)
{
	const struct scene *s = sum->scene;

	for (size_t i = 0; i < s->nic_count; i++) {
		const struct scene_nic *n = &s->nics[i];
		const char *bond =
		    n->bond < s->bond_count ? s->bonds[n->bond].id : "";

		add_texts(sum,
		    (const char *[]){ n->id, n->name, n->mac, n->state_text,
			n->speed, host_id(s, n->host), port_id(s, n->port),
			bond },
		    8);
		add_number(sum, n->order);
		add_number(sum, n->state);
		add_number(sum, n->used);
		add_claims(sum, n);
		end_thing(sum);
	}
	for (size_t i = 0; i < s->bond_count; i++) {
		const struct scene_bond *b = &s->bonds[i];

		add_texts(sum,
		    (const char *[]){
			b->id, b->name, b->mode, host_id(s, b->host) },
		    4);
		end_thing(sum);
	}
}

/* ---- inside -------------------------------------------------------------- */

static void
add_vswitches(struct sum *sum)
{
	const struct scene *s = sum->scene;

	for (size_t i = 0; i < s->vswitch_count; i++) {
		const struct scene_vswitch *v = &s->vswitches[i];

		add_texts(sum,
		    (const char *[]){
			v->id, v->name, v->about, host_id(s, v->host) },
		    4);
		for (size_t k = 0; k < v->nic_count; k++)
			add_text(sum, nic_id(s, v->nics[k]));
		for (size_t k = 0; k < v->patch_count; k++)
			add_text(sum, vswitch_id(s, v->patches[k]));
		end_thing(sum);
	}
	for (size_t i = 0; i < s->group_count; i++) {
		const struct scene_group *g = &s->groups[i];

		add_texts(sum,
		    (const char *[]){
			g->id, g->name, g->vlan, vswitch_id(s, g->vswitch) },
		    4);
		end_thing(sum);
	}
}

static void
add_machines(struct sum *sum)
{
	const struct scene *s = sum->scene;

	for (size_t i = 0; i < s->machine_count; i++) {
		const struct scene_machine *m = &s->machines[i];

		add_texts(sum,
		    (const char *[]){
			m->id, m->name, m->state, host_id(s, m->host) },
		    4);
		add_number(sum, m->kind);
		end_thing(sum);
	}
	for (size_t i = 0; i < s->vnic_count; i++) {
		const struct scene_vnic *v = &s->vnics[i];

		add_texts(sum,
		    (const char *[]){ v->id, v->name, v->mac,
			machine_id(s, v->machine), group_id(s, v->group),
			vswitch_id(s, v->vswitch) },
		    6);
		add_number(sum, v->disconnected);
		end_thing(sum);
	}
}

/* ---- what is said of all ------------------------------------------------- */

static void
add_findings(struct sum *sum)
{
	const struct scene *s = sum->scene;

	for (size_t i = 0; i < s->finding_count; i++) {
		const struct scene_finding *f = &s->findings[i];

		add_texts(
		    sum, (const char *[]){ f->id, f->heading, f->command }, 3);
		add_texts(sum, f->lines, f->line_count);
		add_number(sum, f->owner);
		add_number(sum, f->severity);
		add_number(sum, f->quiet);
		for (size_t k = 0; k < f->nic_count; k++)
			add_text(sum, nic_id(s, f->nics[k]));
		for (size_t k = 0; k < f->port_count; k++)
			add_text(sum, port_id(s, f->ports[k]));
		for (size_t k = 0; k < f->machine_count; k++)
			add_text(sum, machine_id(s, f->machines[k]));
		end_thing(sum);
	}
}

static void
add_rows(struct sum *sum, const struct scene_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		add_text(sum, rows[i].left);
		add_text(sum, rows[i].right ? rows[i].right : "");
		add_number(sum, rows[i].value);
	}
	add_number(sum, count);
}

static void
add_path(struct sum *sum, const struct scene_path *p)
{
	const struct scene *s = sum->scene;

	add_texts(sum,
	    (const char *[]){ p->question, p->remark, p->answer, p->evidence,
		p->gap, p->left_age, p->right_age, machine_id(s, p->machine),
		group_id(s, p->group), nic_id(s, p->nic), port_id(s, p->port),
		p->vnic < s->vnic_count ? s->vnics[p->vnic].id : "" },
	    12);
	add_number(sum, p->sure);
	for (size_t i = 0; i < p->vswitch_count; i++)
		add_text(sum, vswitch_id(s, p->vswitches[i]));
	add_rows(sum, p->sides, p->side_count);
	add_rows(sum, p->inside, p->inside_count);
	add_rows(sum, p->other, p->other_count);
	add_texts(sum, p->advice, p->advice_count);
	end_thing(sum);
}

uint64_t
scene_sum(const struct scene *s)
{
	struct sum sum = { .scene = s, .one = first };

	add_texts(&sum,
	    (const char *[]){ s->id, s->title, s->question, s->remark,
		machine_id(s, s->marked_machine), nic_id(s, s->marked_nic) },
	    6);
	end_thing(&sum);
	add_switches(&sum);
	add_hosts(&sum);
	add_nics(&sum);
	add_vswitches(&sum);
	add_machines(&sum);
	add_findings(&sum);
	if (s->path)
		add_path(&sum, s->path);
	return sum.all;
}
