/*
 * both_ways.h - is a report that recalls what was read before the same as one
 * that is read whole?
 *
 *	first report, second report -> [both_ways] -> "" or what differs
 *
 * Memory:  gives constant text.
 * Errors:  none.
 */
#ifndef TESTS_SUPPORT_BOTH_WAYS_H
#define TESTS_SUPPORT_BOTH_WAYS_H

#include <string.h>

#include "collector/form.h"
#include "collector/incoming.h"

/* What is known when the second report comes. */
struct both_ways {
	struct incoming first;
	struct incoming known; /* the first once more: all of it recalled */
};

/* The numbers of claims are their places in the first report, from 1 on. */
static inline void
both_ways_recall(void *context, const char *machine_id,
    struct incoming_recall *items, size_t count)
{
	const struct incoming *first = &((struct both_ways *)context)->first;

	if (strcmp(first->machine_id, machine_id) != 0)
		return;
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < first->claim_count; k++) {
			if (first->claims[k].said == items[i].said &&
			    first->claims[k].said != 0 &&
			    first->claims[k].kind == items[i].kind)
				items[i].n = (int64_t)k + 1;
		}
	}
}

static inline struct form *
both_ways_form(void *context, const char *machine_id)
{
	const struct incoming *known = &((struct both_ways *)context)->known;

	return strcmp(known->machine_id, machine_id) == 0
		   ? form_hold(known->form)
		   : NULL;
}

/* The claim with its key and facts, wherever they are from. */
static inline struct incoming_claim
both_ways_claim(
    const struct incoming *r, size_t at, const struct incoming *first)
{
	struct incoming_claim c = r->claims[at];

	if (c.n != 0) {
		c.key = first->claims[c.n - 1].key;
		c.facts = first->claims[c.n - 1].facts;
	}
	return c;
}

/* Is a claim there twice, of which one was recalled?  Then the report is read
 * whole when it is stored. */
static inline bool
both_ways_twice(const struct incoming *r, const struct incoming *first)
{
	for (size_t i = 0; i < r->claim_count; i++) {
		struct incoming_claim c = both_ways_claim(r, i, first);

		for (size_t k = 0; k < i; k++) {
			struct incoming_claim d = both_ways_claim(r, k, first);

			if ((c.n != 0 || d.n != 0) && c.kind == d.kind &&
			    strcmp(c.key, d.key) == 0)
				return true;
		}
	}
	return false;
}

static inline const char *
both_ways_claims(const struct incoming *r, const struct incoming *whole,
    const struct incoming *first)
{
	if (r->claim_count != whole->claim_count)
		return "the number of claims";
	for (size_t i = 0; i < r->claim_count; i++) {
		struct incoming_claim c = both_ways_claim(r, i, first);
		const struct incoming_claim *w = &whole->claims[i];

		if (c.kind != w->kind || strcmp(c.key, w->key) != 0)
			return "which thing a claim is of";
		if (strcmp(c.facts, w->facts) != 0)
			return "the facts of a claim";
		if (memcmp(&c.heard, &w->heard, sizeof(c.heard)) != 0)
			return "what is volatile in a claim";
		if (c.n == 0 &&
		    (!c.frame != !w->frame ||
			(c.frame && strcmp(c.frame, w->frame) != 0)))
			return "the frame of a claim";
	}
	return "";
}

static inline const char *
both_ways_reports(const struct incoming *r, const struct incoming *whole,
    const struct incoming *first)
{
	if (r->number != whole->number || r->sent_at != whole->sent_at ||
	    r->heartbeat != whole->heartbeat ||
	    strcmp(r->digest, whole->digest) != 0 ||
	    strcmp(r->machine_id, whole->machine_id) != 0 ||
	    strcmp(r->via, whole->via) != 0)
		return "the head";
	if (r->line_count != whole->line_count ||
	    r->vlan_line_count != whole->vlan_line_count)
		return "the lines of a heartbeat";
	for (size_t i = 0; i < r->line_count; i++) {
		const struct incoming_line *a = &r->lines[i];
		const struct incoming_line *b = &whole->lines[i];

		if (strcmp(a->nic, b->nic) != 0 ||
		    strcmp(a->protocol, b->protocol) != 0 ||
		    strcmp(a->source_mac, b->source_mac) != 0 ||
		    a->last_heard != b->last_heard || a->expires != b->expires)
			return "a line of a heartbeat";
	}
	for (size_t i = 0; i < r->vlan_line_count; i++) {
		const struct incoming_vlans *a = &r->vlan_lines[i];
		const struct incoming_vlans *b = &whole->vlan_lines[i];

		if (strcmp(a->nic, b->nic) != 0 ||
		    strcmp(a->vlans, b->vlans) != 0 ||
		    a->last_heard != b->last_heard || a->expires != b->expires)
			return "the VLANs of a heartbeat";
	}
	return both_ways_claims(r, whole, first);
}

/* A report by its form has no claims: gives it those of the first one, with
 * the numbers that it says. */
static inline void
both_ways_spell_out(struct incoming *r, const struct incoming *known)
{
	static const struct heard nothing = { -1, -1, -1, -1, -1, -1 };

	if (!r->by_form)
		return;
	r->claims = known->claims;
	r->claim_count = known->claim_count;
	for (size_t i = 0; i < r->claim_count; i++) {
		r->claims[i].heard = nothing;
		for (size_t k = 0; k < r->again_count; k++) {
			if (r->again[k].n == r->claims[i].n)
				r->claims[i].heard = r->again[k].heard;
		}
	}
}

/* Reads 'text' as one that follows on what 'b' knows, and as a whole. */
static inline const char *
both_ways_read(struct both_ways *b, const char *text, size_t size,
    const struct incoming_memory *memory, size_t *out_recalled)
{
	struct mistake mistake, whole_mistake;
	struct incoming r, whole;
	const char *differs = "";
	enum status status, whole_status;

	*out_recalled = 0;
	incoming_init(&r);
	incoming_init(&whole);
	status = incoming_read_known(&r, text, size, memory, &mistake);
	whole_status = incoming_read(&whole, text, size, &whole_mistake);
	both_ways_spell_out(&r, &b->known);
	if (status == STATUS_OK && both_ways_twice(&r, &b->first))
		differs = "";
	else if (status != whole_status)
		differs = "whether it is taken";
	else if (status == STATUS_OK)
		differs = both_ways_reports(&r, &whole, &b->first);
	else if (strcmp(mistake.path, whole_mistake.path) != 0 ||
		 strcmp(mistake.text, whole_mistake.text) != 0)
		differs = "the mistake";
	for (size_t i = 0; i < r.claim_count; i++)
		*out_recalled += r.claims[i].n != 0;
	incoming_done(&r);
	incoming_done(&whole);
	return differs;
}

/* How many claims were recalled is put into '*out_recalled'. */
static inline const char *
both_ways_differ(const char *first_text, size_t first_size, const char *text,
    size_t size, size_t *out_recalled)
{
	struct both_ways b;
	struct incoming_memory memory = { both_ways_recall, NULL, &b };
	struct mistake mistake;
	const char *differs;

	incoming_init(&b.first);
	incoming_init(&b.known);
	(void)!incoming_read_known(
	    &b.first, first_text, first_size, &memory, &mistake);
	(void)!incoming_read_known(
	    &b.known, first_text, first_size, &memory, &mistake);
	differs = both_ways_read(&b, text, size, &memory, out_recalled);
	memory.form = both_ways_form;
	if (differs[0] == '\0')
		differs = both_ways_read(&b, text, size, &memory, out_recalled);
	incoming_done(&b.first);
	incoming_done(&b.known);
	return differs;
}

#endif
