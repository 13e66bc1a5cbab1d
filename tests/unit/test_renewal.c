/*
 * A topology that is renewed after each change must be what one built from
 * nothing is.  A fleet of hosts changes at random: cables move, switches are
 * named anew, hosts come and go; many switches share names, addresses and
 * serials, or say nothing of themselves.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "collector/summary.h"
#include "tests/support/suite.h"
#include "tests/support/world.h"

enum {
	HOSTS = 24,
	NICS = 3,
	HEARD = 4,
	SWITCHES = 10,
	CHANGES_EACH = 200,
	CHANGES_MANY = 3000,
	TEXT_SIZE = 65536
};

/* What one host has, freed as a whole when it changes. */
struct outside {
	struct arena arena;
	struct model_nic nics[NICS];
	struct model_neighbor heard[NICS][HEARD];
};

struct fleet {
	struct model model;
	struct model_host *places[HOSTS];
	struct model_host hosts[HOSTS];
	struct outside *outsides[HOSTS]; /* NULL: the host is not there */
	uint32_t renamed[SWITCHES];
	int64_t next_n;
	uint32_t random;
	struct topology topology;
};

static uint32_t
draw(struct fleet *f, uint32_t below)
{
	f->random = f->random * 1664525 + 1013904223;
	return (f->random >> 8) % below;
}

static const char *
text(struct arena *a, const char *format, uint32_t i, uint32_t k)
{
	char out[96];

	(void)snprintf(out, sizeof(out), format, i, k);
	return arena_text(a, out);
}

/* Some have serials, some MACs, some share names, some are out of the box. */
static const char *
name_of(struct fleet *f, struct arena *a, uint32_t number)
{
	switch (number % 5) {
	case 0:
		return "Switch";
	case 1:
		return "leaf1.north";
	case 2:
		return text(a, "leaf%u.south", number / 3, 0);
	default:
		return text(
		    a, "sw%u.r%u.example.net", number, f->renamed[number]);
	}
}

static void
draw_neighbor(struct fleet *f, struct arena *a, struct model_neighbor *n)
{
	uint32_t number = draw(f, SWITCHES), port = draw(f, 4);
	const char *name = name_of(f, a, number);
	bool lldp = draw(f, 2) == 0;

	*n = lldp ? heard_lldp(number % 3 == 0
				   ? "00:00:5e:00:10:00"
				   : text(a, "00:00:5e:00:20:%02x", number, 0),
			name, text(a, "Ethernet1/%u", port, 0))
		  : heard_cdp(number % 2 ? text(a, "sw%u(FDO2100%u)", number,
					       number / 4)
					 : name,
			text(a, "Eth1/%u", port, 0));
	n->n = f->next_n++;
	n->source_mac = text(a, "00:00:5e:01:%02x:%02x", number, port);
	n->facts = "{}";
	n->platform = text(a, "model %u", number, 0);
	n->software = text(a, "version %u", number / 2, 0);
	n->description = "";
	if (draw(f, 6) == 0)
		n->port_description = text(a, "to rack %u", port, 0);
	if (draw(f, 3) == 0) {
		n->addresses.items = arena_array(a, 1, sizeof(char *));
		n->addresses.count = 1;
		n->addresses.items[0] = text(a, "10.0.0.%u", 1 + number / 4, 0);
	}
	n->own = draw(f, 20) == 0;
	n->switch_class = draw(f, 8) != 0;
	n->heard.first_heard = 800 + draw(f, 100);
	n->heard.last_heard = 900 + draw(f, 100);
	n->heard.expires = 950 + draw(f, 200);
	if (draw(f, 8) == 0) {
		n->ended_at = n->heard.last_heard;
		n->ended_reason = "goodbye";
	}
}

static void
fill_nic(struct fleet *f, struct outside *o, uint32_t at)
{
	struct model_nic *nic = &o->nics[at];

	*nic = (struct model_nic){
		.facts = "{}",
		.name = text(&o->arena, "eth%u", at, 0),
		.mac = "",
		.permanent_mac = "",
		.master = "",
		.up = SAID_YES,
		.carrier = draw(f, 9) ? SAID_YES : SAID_NO,
		.listening = SAID_YES,
		.carrier_changed_at = -1,
		.neighbors = o->heard[at],
		.neighbor_count = draw(f, HEARD + 1),
	};
	for (uint32_t i = 0; i < nic->neighbor_count; i++)
		draw_neighbor(f, &o->arena, &nic->neighbors[i]);
}

static void
list_hosts(struct fleet *f)
{
	f->model.hosts = f->places;
	f->model.count = 0;
	for (size_t i = 0; i < HOSTS; i++) {
		if (f->outsides[i])
			f->places[f->model.count++] = &f->hosts[i];
	}
}

static void
free_outside(struct outside *o)
{
	if (o)
		arena_done(&o->arena);
	free(o);
}

/* The host says something else, or nothing of its neighbors does change. */
static void
change_host(struct fleet *f, uint32_t at, bool neighbors)
{
	struct outside *old = f->outsides[at];
	struct outside *o = calloc(1, sizeof(*o));
	struct model_host *h = &f->hosts[at];

	ck_assert_ptr_nonnull(o);
	if (!old || neighbors) {
		h->nic_count = 1 + draw(f, NICS);
		for (uint32_t i = 0; i < h->nic_count; i++)
			fill_nic(f, o, i);
	} else {
		/* The texts change hands, everything else moves. */
		memcpy(o, old, sizeof(*o));
		old->arena = (struct arena){ 0 };
		for (uint32_t i = 0; i < h->nic_count; i++)
			o->nics[i].neighbors = o->heard[i];
		o->nics[0].carrier = draw(f, 2) ? SAID_YES : SAID_NO;
	}
	free_outside(old);
	f->outsides[at] = o;
	h->host_id = 1 + at;
	h->seen_at = draw(f, 9) ? NOW : NOW - 1000;
	(void)snprintf(h->machine_id, sizeof(h->machine_id), "%032x", at);
	h->name = h->os = h->model = h->serial = h->facts = "";
	h->nics = o->nics;
}

static void
remove_host(struct fleet *f, uint32_t at)
{
	free_outside(f->outsides[at]);
	f->outsides[at] = NULL;
}

static void
change(struct fleet *f)
{
	uint32_t at = draw(f, HOSTS), what = draw(f, 8);

	if (what == 0)
		remove_host(f, at);
	else
		change_host(f, at, what > 2);
	if (draw(f, 10) == 0)
		f->renamed[draw(f, SWITCHES)]++;
	list_hosts(f);
	topology_note(&f->topology, 1 + at);
}

/* ---- what is known, as a text ------------------------------------------ */

struct telling {
	char *out;
	size_t length;
};

__attribute__((format(printf, 2, 3))) static void
tell(struct telling *x, const char *format, ...)
{
	va_list arguments;
	size_t room = TEXT_SIZE - x->length;

	va_start(arguments, format);
	x->length +=
	    (size_t)vsnprintf(x->out + x->length, room, format, arguments);
	va_end(arguments);
	ck_assert_uint_lt(x->length, TEXT_SIZE);
}

static void
tell_texts(struct telling *x, const struct texts *texts)
{
	for (size_t i = 0; i < texts->count; i++)
		tell(x, "%s'%s'", i ? "," : "", texts->items[i]);
	tell(x, "; ");
}

static void
tell_claim(struct telling *x, const struct topology *t, uint32_t at)
{
	const struct seen_claim *c = verdict_claim(t, at);
	const struct device *d;
	const struct port *p;

	tell(x, "  claim %d: state %d note %d ", (int)c->said->n,
	    (int)verdict_state(t, c), (int)c->note);
	if (c->device == TOPOLOGY_NONE) {
		tell(x, "own\n");
		return;
	}
	d = &t->devices[c->device];
	p = &t->ports[c->port];
	tell(x, "%s %s %s %s %s %u claims, %u joins, %u ports; ", d->id,
	    d->name, d->brief, d->model, d->software, d->claim_count,
	    d->join_count, d->port_count);
	tell_texts(x, &d->names);
	tell_texts(x, &d->serials);
	tell_texts(x, &d->chassis_ids);
	tell_texts(x, &d->addresses);
	for (uint32_t i = 0; i < d->join_count; i++)
		tell(x, "%d %s %d-%d; ", (int)d->joins[i].rule, d->joins[i].by,
		    (int)t->claims[d->joins[i].a].n,
		    (int)t->claims[d->joins[i].b].n);
	tell(x, "port %u of it: %s %s '%s' %u claims; ",
	    c->port - d->first_port, p->name, p->brief,
	    summary_description(t, p), p->claim_count);
	tell_texts(x, &p->names);
	tell(x, "\n");
}

static void
tell_host(
    struct telling *x, const struct topology *t, const struct model_host *h)
{
	uint32_t first = topology_first_nic(t, h);

	tell(x, "host %d\n", (int)h->host_id);
	for (uint32_t i = 0; i < h->nic_count; i++) {
		const struct seen_nic *nic = verdict_nic(t, first + i);

		ck_assert_ptr_eq(nic->host, h);
		ck_assert_ptr_eq(nic->nic, &h->nics[i]);
		tell(x, " nic %u: claim %d sure %d state %d reason %d of %u\n",
		    i,
		    nic->claim == TOPOLOGY_NONE
			? -1
			: (int)(nic->claim - nic->first_claim),
		    nic->sure, (int)nic->state, (int)nic->reason, nic->rivals);
		for (uint32_t k = 0; k < nic->claim_count; k++)
			tell_claim(x, t, nic->first_claim + k);
	}
}

static uint32_t
count_devices(const struct topology *t)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < t->device_count; i++)
		count += t->devices[i].claim_count > 0;
	return count;
}

static uint32_t
count_ports(const struct topology *t)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < t->port_count; i++)
		count += t->ports[i].claim_count > 0;
	return count;
}

static void
compare(struct fleet *f, struct topology *built)
{
	static char renewed_text[TEXT_SIZE], built_text[TEXT_SIZE];
	size_t start = f->model.count ? draw(f, (uint32_t)f->model.count) : 0;

	ck_assert_uint_eq(count_devices(&f->topology), count_devices(built));
	ck_assert_uint_eq(count_ports(&f->topology), count_ports(built));
	/* Each is asked in another order, and judges as it is asked. */
	for (size_t i = 0; i < f->model.count; i++) {
		const struct model_host *h =
		    f->model.hosts[(start + i) % f->model.count];
		struct telling x = { renewed_text, 0 }, y = { built_text, 0 };

		tell_host(&x, &f->topology, h);
		tell_host(&y, built, h);
		ck_assert_str_eq(renewed_text, built_text);
	}
}

static void
fleet_done(struct fleet *f)
{
	for (size_t i = 0; i < HOSTS; i++)
		free_outside(f->outsides[i]);
	topology_done(&f->topology);
}

static void
run(uint32_t seed, int changes, uint32_t changes_between)
{
	static struct fleet f;
	uint32_t left = changes_between;

	memset(&f, 0, sizeof(f));
	f.random = seed;
	f.next_n = 1;
	list_hosts(&f);
	ck_assert_int_eq(topology_build(&f.topology, &f.model), STATUS_OK);
	for (int i = 0; i < changes; i++) {
		struct topology built = { 0 };

		change(&f);
		if (--left > 0)
			continue;
		left = 1 + draw(&f, changes_between);
		ck_assert_int_eq(
		    topology_renew(&f.topology, &f.model), STATUS_OK);
		ck_assert_int_eq(topology_build(&built, &f.model), STATUS_OK);
		verdict_at(&f.topology, NOW);
		verdict_all(&built, NOW);
		compare(&f, &built);
		topology_done(&built);
	}
	fleet_done(&f);
}

START_TEST(renewed_after_each_change_it_is_as_built_from_nothing)
{
	run(1, CHANGES_EACH, 1);
}
END_TEST

START_TEST(renewed_after_many_changes_it_is_as_built_from_nothing)
{
	run(2, CHANGES_MANY, 20);
}
END_TEST

SUITE("renewal", renewed_after_each_change_it_is_as_built_from_nothing,
    renewed_after_many_changes_it_is_as_built_from_nothing)
