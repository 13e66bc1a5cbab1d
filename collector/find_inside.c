#include "collector/find_inside.h"

#include <string.h>

#include "collector/vlans.h"

/* What a hit is called in full; asked for that way, it fits exactly although
 * it has blanks: "hv1 br0 tag 140". */
struct title {
	struct plain_name plain;
};

/* One host while it is gone through. */
struct host_things {
	struct trying *g;
	const struct search_doc *doc;
	struct plain_name name;                       /* of the host */
	size_t name_cut;                              /* what is of a title */
	struct search_field workload, vswitch;        /* their names */
	struct search_field state;                    /* of the workload */
	uint32_t workloads, vnics, groups, vswitches; /* before this one */
};

/* The texts of one thing. */
struct texts_of {
	struct search_field thing, name, uuid, id, mac, network, vswitch;
	struct search_field link_name;
};

static void
append(struct title *t, const char *octets, size_t size)
{
	size_t room = sizeof(t->plain.text) - 1 - t->plain.size;

	if (size > room)
		size = room;
	memcpy(t->plain.text + t->plain.size, octets, size);
	t->plain.size += size;
}

static void
append_name(struct title *t, const struct plain_text *name, size_t cut)
{
	if (t->plain.brief == PLAIN_NO_BRIEF && name->brief <= cut)
		t->plain.brief = t->plain.size + name->brief;
	append(t, name->octets, cut);
}

static void
add(struct thing *x, enum field_kind kind, const struct search_field *f,
    const char *why)
{
	trying_add_plain(x, kind, true, &f->text, why);
}

/* What it belongs to. */
static void
add_around(struct thing *x, const struct plain_text *name)
{
	trying_add_plain(x, FIELD_NAME, false, name, "");
}

static struct plain_text
host_name(const struct host_things *h)
{
	return (struct plain_text){ h->name.text, h->name.size, h->name.brief };
}

static void
add_title(struct thing *x, struct title *t, const struct host_things *h,
    const struct search_field *middle, const struct search_field *name)
{
	struct plain_text host = host_name(h);

	t->plain.size = 0;
	t->plain.brief = PLAIN_NO_BRIEF;
	append_name(t, &host, h->name_cut);
	if (middle)
		append_name(t, &middle->text, middle->cut);
	append_name(t, &name->text, name->cut);
	trying_add_plain(x, FIELD_NAME, true,
	    &(struct plain_text){
		t->plain.text, t->plain.size, t->plain.brief },
	    "name");
}

static void
add_host(struct thing *x, const struct host_things *h)
{
	struct plain_text host = host_name(h);

	add_around(x, &host);
}

/* ---- things ------------------------------------------------------------ */

/* The MACs of a port of the kernel are its own. */
static void
add_macs(struct thing *x, const struct search_doc *d,
    const struct search_piece *piece)
{
	struct search_field f;
	size_t at = 0;

	while (search_doc_next(d, piece, &at, &f)) {
		if (f.tag == SEARCH_MAC)
			add(x, FIELD_MAC, &f, "MAC of the kernel's port");
	}
}

static void
find_workload(struct host_things *h, const struct texts_of *t,
    const struct search_piece *piece)
{
	bool machine = t->thing.machine;
	struct title title;
	struct thing x;

	x = trying_begin(h->g);
	add(&x, FIELD_NAME, &t->name, "name of the workload");
	add(&x, FIELD_ID, &t->uuid, "UUID of the workload");
	add(&x, FIELD_ID, &t->id, "id of the workload");
	add_title(&x, &title, h, NULL, &t->name);
	add_host(&x, h);
	if (!machine)
		add_macs(&x, h->doc, piece);
	(void)trying_try(h->g, &x,
	    (struct hit){ .kind = machine ? FIND_VM : FIND_KERNEL_PORT,
		.host = h->doc->host,
		.life = t->thing.life,
		.at = h->workloads });
	h->workload = t->name;
	h->state = t->thing;
	h->workloads++;
}

static void
find_vnic(struct host_things *h, const struct texts_of *t)
{
	struct hit hit = { .kind = FIND_VNIC,
		.host = h->doc->host,
		.life = h->state.life,
		.at = h->vnics++ };
	struct title title;
	struct thing x;

	if (!h->state.machine)
		return;
	x = trying_begin(h->g);
	add(&x, FIELD_MAC, &t->mac, "MAC of the vNIC");
	add(&x, FIELD_NAME, &t->name, "name of the vNIC");
	add_title(&x, &title, h, NULL, &t->name);
	add_around(&x, &h->workload.text);
	add_host(&x, h);
	if (trying_try(h->g, &x, hit))
		return;
	x = trying_begin(h->g);
	add(&x, FIELD_NAME, &t->network, "network of the vNIC");
	add_host(&x, h);
	hit.late = true;
	(void)trying_try(h->g, &x, hit);
}

static void
find_group(struct host_things *h, const struct texts_of *t)
{
	struct title title;
	struct thing x;

	x = trying_begin(h->g);
	add(&x, FIELD_NAME, &t->name, "name of the port group");
	add(&x, FIELD_ID, &t->id, "id of the port group");
	add_title(&x, &title, h, &t->vswitch, &t->name);
	add_around(&x, &t->vswitch.text);
	add_host(&x, h);
	(void)trying_try(h->g, &x,
	    (struct hit){ .kind = FIND_PORT_GROUP,
		.host = h->doc->host,
		.at = h->groups++ });
}

static bool
is_link(const struct model_host *h, const struct plain_text *name)
{
	for (size_t i = 0; i < h->link_count; i++) {
		if (strlen(h->links[i].name) == name->size &&
		    memcmp(h->links[i].name, name->octets, name->size) == 0)
			return true;
	}
	return false;
}

/* A bond of the kernel is found as a link, one of Open vSwitch here. */
static void
find_bond(struct host_things *h, const struct texts_of *t)
{
	struct title title;
	struct thing x;

	if (is_link(h->doc->host, &t->link_name.text))
		return;
	x = trying_begin(h->g);
	add(&x, FIELD_NAME, &t->name, "name of the bond");
	add_title(&x, &title, h, &h->vswitch, &t->name);
	add_around(&x, &h->vswitch.text);
	add_host(&x, h);
	(void)trying_try(h->g, &x,
	    (struct hit){ .kind = FIND_UPLINK,
		.host = h->doc->host,
		.at = h->vswitches - 1,
		.uplink = t->thing.place });
}

static void
find_vswitch(struct host_things *h, const struct texts_of *t)
{
	struct title title;
	struct thing x;

	x = trying_begin(h->g);
	add(&x, FIELD_NAME, &t->name, "name of the virtual switch");
	add(&x, FIELD_ID, &t->uuid, "UUID of the virtual switch");
	add_title(&x, &title, h, NULL, &t->name);
	add_host(&x, h);
	(void)trying_try(h->g, &x,
	    (struct hit){ .kind = FIND_VSWITCH,
		.host = h->doc->host,
		.at = h->vswitches++ });
	h->vswitch = t->name;
}

/* ---- all of them ------------------------------------------------------- */

static void
find_thing(struct host_things *h, const struct texts_of *t,
    const struct search_piece *piece)
{
	if (t->thing.tag == SEARCH_WORKLOAD)
		find_workload(h, t, piece);
	else if (t->thing.tag == SEARCH_VNIC)
		find_vnic(h, t);
	else if (t->thing.tag == SEARCH_GROUP)
		find_group(h, t);
	else if (t->thing.tag == SEARCH_VSWITCH)
		find_vswitch(h, t);
	else
		find_bond(h, t);
}

static void
note_text(struct texts_of *t, const struct search_field *f)
{
	switch (f->tag) {
	case SEARCH_NAME:
		t->name = *f;
		break;
	case SEARCH_UUID:
		t->uuid = *f;
		break;
	case SEARCH_ID:
		t->id = *f;
		break;
	case SEARCH_MAC:
		t->mac = *f;
		break;
	case SEARCH_NETWORK:
		t->network = *f;
		break;
	case SEARCH_SWITCH_NAME:
		t->vswitch = *f;
		break;
	case SEARCH_LINK_NAME:
		t->link_name = *f;
		break;
	default:
		break;
	}
}

static void
find_in_piece(struct host_things *h, const struct search_piece *piece)
{
	struct texts_of texts = { 0 };
	struct search_field f;
	size_t at = 0;
	bool any = false;

	while (search_doc_next(h->doc, piece, &at, &f)) {
		if (f.tag >= SEARCH_NAME) {
			note_text(&texts, &f);
			continue;
		}
		if (any)
			find_thing(h, &texts, piece);
		texts = (struct texts_of){ .thing = f };
		any = true;
	}
	if (any)
		find_thing(h, &texts, piece);
}

void
find_inside(struct trying *g, const struct search_doc *d)
{
	struct host_things h = { .g = g, .doc = d };
	const char *name = d->host->name;
	struct plain_name cut;

	query_plain(name, strlen(name), &h.name);
	query_plain(name, strnlen(name, SEARCH_TITLE_MOST), &cut);
	h.name_cut = cut.size;
	for (size_t i = 0; i < d->count; i++)
		find_in_piece(&h, &d->pieces[i]);
}

static bool
has_trunk(const struct plain_text *trunks, int vlan)
{
	char text[VLANS_TEXT_MOST + 1];

	if (trunks->size >= sizeof(text))
		return false;
	memcpy(text, trunks->octets, trunks->size);
	text[trunks->size] = '\0';
	return vlans_have(text, vlan);
}

void
find_inside_vlan(struct trying *g, const struct search_doc *d, int vlan)
{
	uint32_t groups = 0;

	for (size_t i = 0; i < d->count; i++) {
		struct hit hit = { .kind = FIND_PORT_GROUP,
			.fit = FIT_EXACT,
			.why = "VLAN of the port group",
			.host = d->host };
		struct search_field f;
		size_t at = 0;
		bool uses = false;

		if (!search_doc_next(d, &d->pieces[i], &at, &f) ||
		    f.tag != SEARCH_GROUP)
			continue;
		hit.at = groups++;
		for (size_t k = 0; k < 3; k++)
			uses |= f.vlans[k] == vlan;
		while (!uses && search_doc_next(d, &d->pieces[i], &at, &f))
			uses =
			    f.tag == SEARCH_TRUNKS && has_trunk(&f.text, vlan);
		if (uses)
			trying_hit(g, &hit);
	}
}
