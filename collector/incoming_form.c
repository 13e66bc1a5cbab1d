#include "collector/incoming_form.h"

#include <stdlib.h>
#include <string.h>

#include "collector/form.h"
#include "collector/incoming_rules.h"

enum {
	/* Programs write the host before what may be large. */
	BEGIN_SIZE = 1024,
	HOST_ID_SIZE = MACHINE_ID_SIZE - 1,
	/* More than a host with 64 NICs hears; what is larger is rare. */
	SLOTS_MOST = 4096
};

/* ---- reading by a form --------------------------------------------------- */

/* Whose report is it?  If what is called "id" first is not the host's, it has
 * the form of nothing that is known, and is cut. */
static bool
guess_host(const char *text, size_t size, char out[static MACHINE_ID_SIZE])
{
	static const char name[] = "\"id\":\"";
	size_t most = size < BEGIN_SIZE ? size : BEGIN_SIZE;
	const char *at = memmem(text, most, name, sizeof(name) - 1);

	if (!at || most - (size_t)(at - text) < sizeof(name) + HOST_ID_SIZE)
		return false;
	memcpy(out, at + sizeof(name) - 1, HOST_ID_SIZE);
	out[HOST_ID_SIZE] = '\0';
	return true;
}

static bool
take_head(struct incoming *r, int member, int64_t value)
{
	switch (member) {
	case NUMBER_VERSION:
		return value == 1;
	case NUMBER_NUMBER:
		r->number = value;
		return true;
	case NUMBER_SENT_AT:
		r->sent_at = value;
		return value <= REPORT_TIME_MOST;
	default:
		return true;
	}
}

static bool
take_heard(struct heard *h, int member, int64_t value)
{
	int64_t *const members[] = { &h->first_heard, &h->last_heard,
		&h->expires, &h->frames, &h->dropped, &h->malformed };

	if (member == NUMBER_NONE)
		return true;
	*members[member] = value;
	return member > NUMBER_EXPIRES || value <= REPORT_TIME_MOST;
}

static bool
take_values(struct incoming *r, const int64_t *values)
{
	const struct form *f = r->form;

	r->again = arena_array(&r->arena, f->claim_count, sizeof(*r->again));
	if (!r->again)
		return false;
	r->again_count = f->claim_count;
	for (size_t i = 0; i < f->claim_count; i++)
		r->again[i] = (struct incoming_again){ f->claims[i],
			{ -1, -1, -1, -1, -1, -1 } };
	for (size_t i = 0; i < f->slot_count; i++) {
		const struct form_slot *slot = &f->slots[i];

		if (slot->claim == 0
			? !take_head(r, slot->member, values[i])
			: !take_heard(&r->again[slot->claim - 1].heard,
			      slot->member, values[i]))
			return false;
	}
	return true;
}

static bool
take_all(struct incoming *r, const char *text, size_t size)
{
	const struct form *f = r->form;
	int64_t *values =
	    f ? arena_array(&r->arena, f->slot_count + 1, sizeof(*values))
	      : NULL;

	if (!values || !form_fits(f, text, size, values) ||
	    !take_values(r, values))
		return false;
	memcpy(r->digest, f->digest, DIGEST_SIZE);
	r->via = arena_text(&r->arena, f->via);
	r->by_form = true;
	return r->via != NULL;
}

bool
incoming_form(struct incoming *r, const char *text, size_t size,
    const struct incoming_memory *memory)
{
	if (!memory->form || !guess_host(text, size, r->machine_id))
		return false;
	r->form = memory->form(memory->context, r->machine_id);
	if (take_all(r, text, size))
		return true;
	incoming_done(r);
	return false;
}

/* ---- noting one ---------------------------------------------------------- */

/* What a form is made of. */
struct draft {
	struct form form;
	struct form_slot *slots;
	int64_t *claims;
	uint16_t *places; /* by part: its place among the claims, from 1 on */
};

/* The place of the claim of a part; 0: it is the document. */
static uint16_t
place_of(struct draft *d, uint32_t part, const struct incoming_recall *recalled)
{
	if (d->places[part] == 0 && part != 0) {
		d->claims[d->form.claim_count++] = recalled[part].n;
		d->places[part] = (uint16_t)d->form.claim_count;
	}
	return d->places[part];
}

static void
fill_slots(struct draft *d, size_t size, const struct json_parts *parts,
    const struct incoming_recall *recalled)
{
	size_t at = 0;

	for (size_t i = 0; i < parts->number_count; i++) {
		const struct json_number *number = &parts->numbers[i];

		d->slots[i] =
		    (struct form_slot){ (uint32_t)(number->span.begin - at),
			    place_of(d, number->part, recalled),
			    (int16_t)number->number };
		at = number->span.begin + number->span.size;
	}
	d->form.behind = size - at;
}

static bool
is_all_recalled(const struct incoming *r)
{
	for (size_t i = 0; i < r->claim_count; i++) {
		if (r->claims[i].n == 0)
			return false;
	}
	return true;
}

void
incoming_form_note(struct incoming *r, const char *text, size_t size,
    const struct json_parts *parts, const struct incoming_recall *recalled)
{
	size_t count = parts->number_count;
	struct draft d = { .form = { .via = r->via } };

	if (count > SLOTS_MOST || !is_all_recalled(r))
		return;
	d.slots = arena_array(&r->arena, count, sizeof(*d.slots));
	d.claims = arena_array(&r->arena, count, sizeof(*d.claims));
	d.places = arena_array(&r->arena, parts->count, sizeof(*d.places));
	if (!d.slots || !d.claims || !d.places)
		return;
	fill_slots(&d, size, parts, recalled);
	memcpy(d.form.digest, r->digest, DIGEST_SIZE);
	d.form.slots = d.slots;
	d.form.slot_count = count;
	d.form.claims = d.claims;
	(void)!form_new(&d.form, text, size, &r->form);
}
