#include "collector/search_sign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/index.h"
#include "collector/vlans.h"

enum {
	OVERLAP = 2,    /* runs of three reach over a border by two */
	VLANS_FEW = 64, /* more of a trunk, and it may have any */
	JOINT_SIZE = QUERY_SIZE_MOST + 2 * OVERLAP
};

struct signing {
	struct signature_bits *bits;
	/* Of the host's name, what stands before all names in titles. */
	char tail[OVERLAP];
	size_t tail_size;
};

/* All of it, and what stands before its first dot, is a name by itself. */
static void
sign_plain(const struct signing *g, const struct plain_text *text)
{
	signature_add(g->bits, text->octets, text->size);
	signature_add_whole(g->bits, text->octets, text->size);
	if (text->brief < text->size)
		signature_add_whole(g->bits, text->octets, text->brief);
}

static void
sign(const struct signing *g, const char *text)
{
	struct plain_name plain;

	if (!text || text[0] == '\0')
		return;
	query_plain(text, strlen(text), &plain);
	sign_plain(
	    g, &(struct plain_text){ plain.text, plain.size, plain.brief });
}

static void
sign_texts(const struct signing *g, const struct texts *texts)
{
	for (size_t i = 0; i < texts->count; i++)
		sign(g, texts->items[i]);
}

/* An address is asked for in its one way of writing. */
static void
sign_addresses(const struct signing *g, const struct texts *texts)
{
	for (size_t i = 0; i < texts->count; i++) {
		char address[QUERY_ADDRESS_SIZE];

		query_read_address(texts->items[i], address);
		sign(g, address);
	}
}

/* ---- what is outside --------------------------------------------------- */

bool
search_bay(const struct model_host *h, char out[static SEARCH_BAY_SIZE])
{
	bool bare;

	if (!h->chassis || h->chassis[0] == '\0')
		return false;
	bare = h->slot[0] >= '0' && h->slot[0] <= '9';
	(void)snprintf(out, SEARCH_BAY_SIZE, "chassis %.200s%s%s%.60s",
	    h->chassis, h->slot[0] ? " " : "", bare ? "bay " : "", h->slot);
	return true;
}

static void
sign_nic(const struct signing *g, const struct model_nic *nic)
{
	sign(g, nic->name);
	sign_texts(g, &nic->names);
	sign(g, nic->mac);
	sign(g, nic->permanent_mac);
	for (size_t i = 0; i < nic->vf_count; i++)
		sign(g, nic->vfs[i].mac);
	for (size_t i = 0; i < nic->heard_vlan_count; i++)
		signature_add_vlan(g->bits, nic->heard_vlans[i].id);
}

static void
sign_outside(const struct signing *g, const struct model_host *h)
{
	char bay[SEARCH_BAY_SIZE];

	sign(g, h->name);
	sign_addresses(g, &h->addresses);
	sign(g, h->serial);
	if (search_bay(h, bay)) {
		sign(g, bay);
		sign(g, h->chassis);
	}
	sign(g, h->model);
	sign(g, h->machine_id);
	for (size_t i = 0; i < h->nic_count; i++)
		sign_nic(g, &h->nics[i]);
	for (size_t i = 0; i < h->link_count; i++) {
		sign(g, h->links[i].name);
		sign(g, h->links[i].mac);
		if (h->links[i].vlan >= 0)
			signature_add_vlan(g->bits, (int)h->links[i].vlan);
	}
}

/* ---- what is inside ---------------------------------------------------- */

static void
sign_trunks(const struct signing *g, const struct plain_text *trunks)
{
	bool set[VLAN_IDS] = { false };
	char text[VLANS_TEXT_MOST + 1];
	size_t count = 0;

	if (trunks->size >= sizeof(text))
		return;
	memcpy(text, trunks->octets, trunks->size);
	text[trunks->size] = '\0';
	if (!vlans_read(text, set))
		return;
	for (int id = 0; id < VLAN_IDS; id++)
		count += set[id];
	if (count > VLANS_FEW)
		signature_add_vlans(g->bits);
	for (int id = 0; id < VLAN_IDS && count <= VLANS_FEW; id++) {
		if (set[id])
			signature_add_vlan(g->bits, id);
	}
}

static size_t
append(char *out, size_t length, const char *text, size_t size)
{
	if (size > JOINT_SIZE - length)
		size = JOINT_SIZE - length;
	memcpy(out + length, text, size);
	return length + size;
}

/* Where names meet in a title: host, switch or nothing, the thing itself. */
static void
sign_title(const struct signing *g, const struct search_field *middle,
    const struct search_field *name)
{
	size_t size = name->cut < OVERLAP ? name->cut : OVERLAP, length;
	char joint[JOINT_SIZE];

	length = append(joint, 0, g->tail, g->tail_size);
	if (middle)
		length =
		    append(joint, length, middle->text.octets, middle->cut);
	length = append(joint, length, name->text.octets, size);
	signature_add(g->bits, joint, length);
}

static void
sign_thing(const struct signing *g, const struct search_field *f)
{
	for (size_t i = 0; f->tag == SEARCH_GROUP && i < 3; i++) {
		if (f->vlans[i] >= 0)
			signature_add_vlan(g->bits, f->vlans[i]);
	}
}

static void
sign_piece(const struct signing *g, const struct search_doc *d,
    const struct search_piece *piece)
{
	struct search_field f, name = { 0 }, around = { 0 };
	size_t at = 0;
	bool more = true;

	while (more) {
		more = search_doc_next(d, piece, &at, &f);
		if ((!more || f.tag < SEARCH_NAME) && name.text.size > 0) {
			/* The switch of a bond is what stands before it. */
			sign_title(g, around.text.size ? &around : NULL, &name);
			if (more && f.tag == SEARCH_BOND &&
			    around.text.size == 0)
				around = name;
			name = (struct search_field){ 0 };
		}
		if (!more)
			break;
		if (f.tag < SEARCH_NAME)
			sign_thing(g, &f);
		else if (f.tag == SEARCH_TRUNKS)
			sign_trunks(g, &f.text);
		else if (f.tag != SEARCH_LINK_NAME)
			sign_plain(g, &f.text);
		if (f.tag == SEARCH_NAME)
			name = f;
		if (f.tag == SEARCH_SWITCH_NAME)
			around = f;
	}
}

static void
set_tail(struct signing *g, const struct model_host *h)
{
	struct plain_name plain;

	query_plain(h->name, strnlen(h->name, SEARCH_TITLE_MOST), &plain);
	g->tail_size = plain.size < OVERLAP ? plain.size : OVERLAP;
	memcpy(g->tail, plain.text + plain.size - g->tail_size, g->tail_size);
}

void
search_sign_host(
    struct signature *s, uint32_t at, struct search_doc *d, bool outside)
{
	struct signature_bits bits = { 0 };
	struct signing g = { .bits = &bits };
	uint64_t name_hash =
	    index_hash(0, d->host->name, strlen(d->host->name));
	bool all = d->gone > d->count || name_hash != d->name_hash;

	set_tail(&g, d->host);
	if (all) {
		/* A document that is new has no rows yet, and to look at each
		 * costs more than all else. */
		if (d->name_hash != 0)
			signature_clear(s, at);
		d->gone = 0;
		d->name_hash = name_hash;
	}
	if (all || outside)
		sign_outside(&g, d->host);
	for (size_t i = 0; i < d->count; i++) {
		if (all || d->pieces[i].is_new)
			sign_piece(&g, d, &d->pieces[i]);
		d->pieces[i].is_new = false;
	}
	d->gone += outside && !all;
	signature_enter(s, at, &bits);
}

/* ---- switches ---------------------------------------------------------- */

/* VLANs that the switch names: {"vlans":[{"id":10,...}]}, as we write it. */
static void
sign_named_vlans(const struct signing *g, const char *facts)
{
	static const char list[] = "\"vlans\":[", id[] = "\"id\":";
	const char *at = strstr(facts, list);

	at = at ? strstr(at, id) : NULL;
	while (at) {
		at += strlen(id);
		signature_add_vlan(g->bits, (int)strtol(at, NULL, 10));
		at = strstr(at, id);
	}
}

static void
sign_port(
    const struct signing *g, const struct topology *t, const struct port *p)
{
	sign(g, p->key);
	sign_texts(g, &p->names);
	for (uint32_t i = 0; i < p->claim_count; i++) {
		const struct model_neighbor *n = t->claims[p->claims[i]].said;

		sign(g, n->source_mac);
		sign(g, n->port_description);
		if (n->native_vlan >= 0)
			signature_add_vlan(g->bits, (int)n->native_vlan);
		if (n->pvid >= 0)
			signature_add_vlan(g->bits, (int)n->pvid);
		sign_named_vlans(g, n->facts);
	}
}

void
search_sign_device(struct signature *s, uint32_t at, const struct topology *t)
{
	struct signature_bits bits = { 0 };
	struct signing g = { .bits = &bits };
	const struct device *d = &t->devices[at];

	sign_texts(&g, &d->names);
	sign_texts(&g, &d->chassis_ids);
	sign_addresses(&g, &d->addresses);
	sign_texts(&g, &d->serials);
	sign(&g, d->model);
	sign(&g, d->id);
	for (uint32_t i = 0; i < d->port_count; i++)
		sign_port(&g, t, &t->ports[d->first_port + i]);
	signature_enter(s, at, &bits);
}
