#include "collector/search_doc.h"

#include <stdlib.h>
#include <string.h>

#include "collector/skim.h"

/*
 * A field is a head and its text:
 *	tag, length of the first part or NO_BRIEF, length in a title, length
 * Of what begins a thing the text is five octets: life, 'machine', place, or
 * the VLANs.  SEARCH_TRUNKS may be long: there the third octet counts 256s.
 */
enum {
	HEAD_SIZE = 4,
	NO_BRIEF = 255,
	THING_SIZE = 6,
	NAME_SIZE = 1024,    /* longer names are cut at 255 all the same */
	TRUNKS_SIZE = 12300, /* as long as they are accepted */
	FIRST_SIZE = 4096
};

struct writing {
	char *octets;
	size_t size, capacity;
	bool failed;
};

static char *
put(struct writing *w, enum search_tag tag, size_t size)
{
	size_t needed = w->size + HEAD_SIZE + size;
	char *head;

	if (needed > w->capacity) {
		size_t capacity = w->capacity * 2 + FIRST_SIZE + size;
		char *more = realloc(w->octets, capacity);

		if (!more) {
			w->failed = true;
			return NULL;
		}
		w->octets = more;
		w->capacity = capacity;
	}
	head = w->octets + w->size;
	head[0] = (char)tag;
	head[1] = (char)NO_BRIEF;
	head[2] = (char)(size >> 8);
	head[3] = (char)(size & 0xff);
	w->size = needed;
	return head;
}

static void
put_raw(struct writing *w, enum search_tag tag, const char *text, size_t size)
{
	char *head = size > 0 ? put(w, tag, size) : NULL;

	if (head)
		memcpy(head + HEAD_SIZE, text, size);
}

static void
put_name(struct writing *w, enum search_tag tag, const char *name, size_t size)
{
	struct plain_name plain, title;
	char *head;

	query_plain(name, size, &plain);
	head = plain.size > 0 ? put(w, tag, plain.size) : NULL;
	if (!head)
		return;
	memcpy(head + HEAD_SIZE, plain.text, plain.size);
	if (plain.brief < NO_BRIEF)
		head[1] = (char)plain.brief;
	title.size = plain.size;
	if (size > SEARCH_TITLE_MOST)
		query_plain(name, SEARCH_TITLE_MOST, &title);
	head[2] = (char)title.size;
}

static void
put_member(struct writing *w, enum search_tag tag, const struct skim_member *m)
{
	const char *plain;
	char text[NAME_SIZE];
	size_t size;

	if (!skim_plain_text(m, &plain, &size)) {
		size = skim_text(m, text, sizeof(text));
		plain = text;
	}
	if (size > 0)
		put_name(w, tag, plain, size);
}

static size_t
begin_thing(struct writing *w, enum search_tag tag)
{
	char *head = put(w, tag, THING_SIZE);

	if (!head)
		return 0;
	memset(head + HEAD_SIZE, 0, THING_SIZE);
	return (size_t)(head + HEAD_SIZE - w->octets);
}

/* ---- workloads --------------------------------------------------------- */

static unsigned
life_of(const char *state)
{
	static const char *const states[] = { "running", "paused", "unknown",
		"", "suspended", "off" };
	unsigned order = 0;

	while (order < SEARCH_LIVES - 1 && strcmp(states[order], state) != 0)
		order++;
	return order;
}

static void
write_vnic(struct writing *w, const char *text)
{
	struct skim members = skim_begin(text);
	struct skim_member m;
	char name[NAME_SIZE];

	(void)begin_thing(w, SEARCH_VNIC);
	while (skim_next(&members, &m)) {
		if (skim_is(&m, "name")) {
			put_member(w, SEARCH_NAME, &m);
			put_raw(w, SEARCH_LINK_NAME, name,
			    skim_text(&m, name, sizeof(name)));
		} else if (skim_is(&m, "mac")) {
			put_member(w, SEARCH_MAC, &m);
		} else if (skim_is(&m, "network")) {
			put_member(w, SEARCH_NETWORK, &m);
		}
	}
}

static void
write_workload(struct writing *w, const char *facts)
{
	struct skim members = skim_begin(facts);
	struct skim_member m, id = { 0 }, name = { 0 }, vnics = { 0 };
	struct skim_member kind = { 0 }, state = { 0 }, uuid = { 0 };
	size_t thing = begin_thing(w, SEARCH_WORKLOAD);
	char text[NAME_SIZE];

	while (skim_next(&members, &m)) {
		if (skim_is(&m, "id"))
			id = m;
		else if (skim_is(&m, "name"))
			name = m;
		else if (skim_is(&m, "uuid"))
			uuid = m;
		else if (skim_is(&m, "kind"))
			kind = m;
		else if (skim_is(&m, "state"))
			state = m;
		else if (skim_is(&m, "vnics"))
			vnics = m;
	}
	if (skim_text(&name, text, sizeof(text)) == 0)
		name = id;
	put_member(w, SEARCH_NAME, &name);
	put_member(w, SEARCH_UUID, &uuid);
	if (!skim_is_same(&id, &uuid))
		put_member(w, SEARCH_ID, &id);
	if (w->failed)
		return;
	(void)skim_text(&state, text, sizeof(text));
	w->octets[thing] = (char)life_of(text);
	(void)skim_text(&kind, text, sizeof(text));
	w->octets[thing + 1] = (char)(strcmp(text, "kernel_port") != 0);
	members = skim_begin(vnics.value ? vnics.value : "");
	while (skim_next(&members, &m))
		write_vnic(w, m.value);
}

/* ---- virtual switches -------------------------------------------------- */

static void
put_vlan(struct writing *w, size_t at, int64_t vlan)
{
	if (w->failed || vlan < 0 || vlan >= UINT16_MAX)
		return;
	/* Kept one higher: 0 is none. */
	w->octets[at] = (char)((vlan + 1) >> 8);
	w->octets[at + 1] = (char)((vlan + 1) & 0xff);
}

static void
write_private_vlans(struct writing *w, size_t thing, const char *text)
{
	struct skim members = skim_begin(text);
	struct skim_member m;

	while (skim_next(&members, &m)) {
		if (skim_is(&m, "primary"))
			put_vlan(w, thing + 2, skim_number(&m, -1));
		else if (skim_is(&m, "secondary"))
			put_vlan(w, thing + 4, skim_number(&m, -1));
	}
}

static void
write_group(struct writing *w, const char *facts)
{
	struct skim members = skim_begin(facts);
	size_t thing = begin_thing(w, SEARCH_GROUP);
	struct skim_member m;
	char trunks[TRUNKS_SIZE];

	while (skim_next(&members, &m)) {
		if (skim_is(&m, "name"))
			put_member(w, SEARCH_NAME, &m);
		else if (skim_is(&m, "id"))
			put_member(w, SEARCH_ID, &m);
		else if (skim_is(&m, "vswitch"))
			put_member(w, SEARCH_SWITCH_NAME, &m);
		else if (skim_is(&m, "trunks"))
			put_raw(w, SEARCH_TRUNKS, trunks,
			    skim_text(&m, trunks, sizeof(trunks)));
		else if (skim_is(&m, "vlan"))
			put_vlan(w, thing, skim_number(&m, -1));
		else if (skim_is(&m, "pvlan"))
			write_private_vlans(w, thing, m.value);
	}
}

/* Only a bond may be asked for. */
static void
write_uplink(struct writing *w, const char *text, uint32_t place)
{
	struct skim members = skim_begin(text);
	struct skim_member m, name = { 0 };
	char word[NAME_SIZE] = "";
	size_t thing;

	while (skim_next(&members, &m)) {
		if (skim_is(&m, "name"))
			name = m;
		else if (skim_is(&m, "kind"))
			(void)skim_text(&m, word, sizeof(word));
	}
	if (strcmp(word, "bond") != 0)
		return;
	thing = begin_thing(w, SEARCH_BOND);
	if (w->failed)
		return;
	memcpy(w->octets + thing, &place, sizeof(place));
	put_member(w, SEARCH_NAME, &name);
	put_raw(
	    w, SEARCH_LINK_NAME, word, skim_text(&name, word, sizeof(word)));
}

static void
write_vswitch(struct writing *w, const char *facts)
{
	struct skim members = skim_begin(facts);
	struct skim_member m, uplinks = { 0 };
	char name[NAME_SIZE];
	uint32_t place = 0;

	(void)begin_thing(w, SEARCH_VSWITCH);
	while (skim_next(&members, &m)) {
		if (skim_is(&m, "name")) {
			put_member(w, SEARCH_NAME, &m);
			put_raw(w, SEARCH_LINK_NAME, name,
			    skim_text(&m, name, sizeof(name)));
		} else if (skim_is(&m, "uuid")) {
			put_member(w, SEARCH_UUID, &m);
		} else if (skim_is(&m, "uplinks")) {
			uplinks = m;
		}
	}
	members = skim_begin(uplinks.value ? uplinks.value : "");
	while (skim_next(&members, &m))
		write_uplink(w, m.value, place++);
}

/* ---- all of it --------------------------------------------------------- */

static bool
is_inside(enum claim_kind kind)
{
	return kind == CLAIM_WORKLOAD || kind == CLAIM_PORT_GROUP ||
	       kind == CLAIM_VSWITCH;
}

static void
write_claim(struct writing *w, const struct model_claim *c)
{
	if (c->kind == CLAIM_WORKLOAD)
		write_workload(w, c->facts);
	else if (c->kind == CLAIM_PORT_GROUP)
		write_group(w, c->facts);
	else
		write_vswitch(w, c->facts);
}

static void
copy_piece(struct writing *w, const struct search_doc *d,
    const struct search_piece *piece)
{
	/* As if it were one long field, whose head is overwritten. */
	char *head = piece->size > HEAD_SIZE
			 ? put(w, SEARCH_NAME, piece->size - HEAD_SIZE)
			 : NULL;

	if (head)
		memcpy(head, d->octets + piece->first, piece->size);
}

/* The piece of that claim, if there is one: both go up by n. */
static const struct search_piece *
find_piece(const struct search_doc *d, size_t *at, int64_t n)
{
	while (*at < d->count && d->pieces[*at].n < n)
		++*at;
	return *at < d->count && d->pieces[*at].n == n ? &d->pieces[*at] : NULL;
}

static size_t
count_pieces(const struct model_host *h)
{
	size_t count = 0;

	for (size_t i = 0; i < h->claim_count; i++)
		count += is_inside(h->claims[i].kind);
	return count;
}

bool
search_doc_renew(struct search_doc *d, const struct model_host *h)
{
	struct search_doc next = { .host = h, .name_hash = d->name_hash };
	struct writing w = { .size = 0 };
	size_t old = 0, kept = 0;
	char *octets;

	next.pieces = calloc(count_pieces(h) + 1, sizeof(*next.pieces));
	for (size_t i = 0; next.pieces && i < h->claim_count; i++) {
		const struct model_claim *c = &h->claims[i];
		struct search_piece *piece = &next.pieces[next.count];
		const struct search_piece *same;

		if (!is_inside(c->kind))
			continue;
		next.count++;
		same = find_piece(d, &old, c->n);
		kept += same != NULL;
		*piece = (struct search_piece){ c->n, (uint32_t)w.size, 0,
			same ? same->is_new : true };
		if (same)
			copy_piece(&w, d, same);
		else
			write_claim(&w, c);
		piece->size = (uint32_t)(w.size - piece->first);
	}
	octets = w.size > 0 ? realloc(w.octets, w.size) : NULL;
	next.octets = octets ? octets : w.octets;
	next.gone = d->gone + (d->count - kept);
	if (w.failed || !next.pieces) {
		search_doc_done(&next);
		return false;
	}
	search_doc_done(d);
	*d = next;
	return true;
}

static int
read_vlan(const char *at)
{
	return ((uint8_t)at[0] << 8 | (uint8_t)at[1]) - 1;
}

bool
search_doc_next(const struct search_doc *d, const struct search_piece *piece,
    size_t *at, struct search_field *out)
{
	const char *head = d->octets + piece->first + *at;
	size_t size;

	if (*at + HEAD_SIZE > piece->size)
		return false;
	*out = (struct search_field){ .tag = (enum search_tag)head[0] };
	size = (uint8_t)head[3];
	if (out->tag < SEARCH_NAME || out->tag >= SEARCH_LINK_NAME)
		size |= (size_t)(uint8_t)head[2] << 8;
	else
		out->cut = (uint8_t)head[2];
	out->text = (struct plain_text){ head + HEAD_SIZE, size,
		(uint8_t)head[1] == NO_BRIEF ? PLAIN_NO_BRIEF
					     : (uint8_t)head[1] };
	*at += HEAD_SIZE + size;
	if (out->tag == SEARCH_WORKLOAD) {
		out->life = (uint8_t)out->text.octets[0];
		out->machine = out->text.octets[1] != 0;
	} else if (out->tag == SEARCH_GROUP) {
		for (size_t i = 0; i < 3; i++)
			out->vlans[i] = read_vlan(out->text.octets + 2 * i);
	} else if (out->tag == SEARCH_BOND) {
		memcpy(&out->place, out->text.octets, sizeof(out->place));
	}
	return true;
}

bool
search_doc_names_link(const struct search_doc *d, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < d->count; i++) {
		struct search_field f;
		enum search_tag thing = SEARCH_BOND;
		size_t at = 0;

		while (search_doc_next(d, &d->pieces[i], &at, &f)) {
			if (f.tag < SEARCH_NAME)
				thing = f.tag;
			if (f.tag == SEARCH_LINK_NAME && thing != SEARCH_BOND &&
			    f.text.size == length &&
			    memcmp(f.text.octets, name, length) == 0)
				return true;
		}
	}
	return false;
}

void
search_doc_done(struct search_doc *d)
{
	free(d->pieces);
	free(d->octets);
	*d = (struct search_doc){ 0 };
}
