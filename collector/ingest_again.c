#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "collector/facts.h"
#include "collector/ingest_work.h"
#include "collector/model_claims.h"
#include "collector/vlans.h"

enum { PREFIX_SIZE_MOST = 4096 };

/* What the host will have heard of a claim of its own: as it is known, to be
 * changed.  NULL: there is no memory. */
static struct heard *
hear(struct ingest_work *w, const struct model_claim *claim)
{
	struct arena *arena = &w->result->arena;
	size_t at = (size_t)(claim - w->known->claims);

	if (!w->heard) {
		w->heard =
		    arena_array(arena, w->known_count, sizeof(*w->heard));
		w->heard_places = arena_array(
		    arena, w->known_count, sizeof(*w->heard_places));
	}
	if (!w->heard || !w->heard_places)
		return NULL;
	if (w->heard_places[at] == 0) {
		w->heard[w->heard_count++] =
		    (struct model_heard){ claim->n, facts_heard(claim), 0 };
		w->heard_places[at] = (uint32_t)w->heard_count;
	}
	return &w->heard[w->heard_places[at] - 1].heard;
}

/* ---- a heartbeat -------------------------------------------------------- */

/* Later times of the host's; a heartbeat that was overtaken says nothing. */
static void
hear_again(
    struct ingest_work *w, uint32_t at, int64_t last_heard, int64_t expires)
{
	struct heard *heard = hear(w, &w->known->claims[at]);

	if (!heard || ingest_shifted(w, last_heard) < heard->last_heard)
		return;
	heard->last_heard = ingest_shifted(w, last_heard);
	heard->expires = ingest_shifted(w, expires);
	w->result->heard++;
}

/* The first three texts of a neighbor's key: ["ens1f0","lldp","00:11:...", */
static void
write_prefix(struct buffer *out, const struct incoming_line *line)
{
	struct json j = json_over(out);

	json_array_begin(&j);
	json_string(&j, line->nic);
	json_string(&j, line->protocol);
	json_string(&j, line->source_mac);
	buffer_char(out, ',');
}

/* Whoever sent such frames may have said several things of itself. */
static void
write_line(struct ingest_work *w, const struct incoming_line *line)
{
	const struct model_host *h = w->known;
	struct buffer prefix;

	buffer_init(&prefix, PREFIX_SIZE_MOST);
	write_prefix(&prefix, line);
	for (size_t i =
		 model_seek_claim(h, CLAIM_NEIGHBOR, buffer_string(&prefix));
	     i < h->claim_count; i++) {
		const struct model_claim *c = &h->claims[h->by_key[i]];

		if (c->kind != CLAIM_NEIGHBOR ||
		    strncmp(c->key, buffer_string(&prefix), prefix.size) != 0)
			break;
		if (!ingest_has_ended(c->facts))
			hear_again(
			    w, h->by_key[i], line->last_heard, line->expires);
	}
	buffer_done(&prefix);
}

/* A VLAN that was never reported says nothing. */
static void
write_vlan_line(struct ingest_work *w, const struct incoming_vlans *line)
{
	bool vlans[VLAN_IDS] = { false };
	char key[PREFIX_SIZE_MOST];

	(void)vlans_read(line->vlans, vlans);
	for (int id = 1; id < VLAN_IDS; id++) {
		uint32_t at;

		if (!vlans[id])
			continue;
		(void)snprintf(key, sizeof(key), "%s %d", line->nic, id);
		at = model_find_claim(w->known, CLAIM_HEARD_VLAN, key);
		if (at != MODEL_NONE)
			hear_again(w, at, line->last_heard, line->expires);
	}
}

static enum status
hear_heartbeat(struct ingest_work *w)
{
	const struct incoming *r = w->report;

	for (size_t i = 0; i < r->line_count; i++)
		write_line(w, &r->lines[i]);
	for (size_t i = 0; i < r->vlan_line_count; i++)
		write_vlan_line(w, &r->vlan_lines[i]);
	return w->result->arena.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- a report by its form --------------------------------------------------
 */

static enum status
hear_form(struct ingest_work *w)
{
	const struct incoming *r = w->report;

	for (size_t i = 0; i < r->again_count; i++) {
		const struct incoming_again *again = &r->again[i];
		const struct model_claim *known =
		    claims_of_number(w->known, again->n);
		struct heard *heard = known ? hear(w, known) : NULL;
		struct heard now;

		if (!heard)
			return known ? STATUS_NO_MEMORY : STATUS_NOT_FOUND;
		now = ingest_heard_now(w, &again->heard, heard);
		if (memcmp(&now, heard, sizeof(now)) != 0)
			w->result->heard++;
		*heard = now;
	}
	return STATUS_OK;
}

enum status
ingest_again(struct ingest_work *w)
{
	w->result->change.same = true;
	return w->report->heartbeat ? hear_heartbeat(w) : hear_form(w);
}
