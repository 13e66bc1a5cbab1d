#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "collector/ingest_work.h"
#include "collector/vlans.h"

enum { PREFIX_SIZE_MOST = 4096 };

/* The first three texts of a neighbor's key: ["ens1f0","lldp","00:11:...", */
static size_t
prefix_size(const char *key)
{
	int commas = 0;
	bool quoted = false;
	size_t i = 0;

	for (; key[i] && commas < 3; i++) {
		if (key[i] == '\\' && key[i + 1])
			i++;
		else if (key[i] == '"')
			quoted = !quoted;
		else if (key[i] == ',' && !quoted)
			commas++;
	}
	return i;
}

static void
note_line(struct ingest_work *w, uint32_t at)
{
	const char *key = w->claims[at].key;
	size_t size = prefix_size(key);
	char *prefix = arena_take(&w->result->arena, size + 1);

	if (!prefix)
		return;
	memcpy(prefix, key, size);
	w->next_same[at] = index_find(&w->by_line, prefix);
	index_set(&w->by_line, prefix, at);
}

/* Who may be heard again. */
static bool
note_lines(struct ingest_work *w)
{
	struct arena *arena = &w->result->arena;

	w->next_same =
	    arena_array(arena, w->known_count, sizeof(*w->next_same));
	for (uint32_t i = 0; w->next_same && i < w->known_count; i++) {
		if (w->claims[i].kind == CLAIM_NEIGHBOR &&
		    !ingest_has_ended(w->claims[i].facts))
			note_line(w, i);
	}
	return !arena->failed && !w->by_line.failed;
}

/* Later times of the host's; a heartbeat that was overtaken says nothing. */
static void
hear_again(
    struct ingest_work *w, uint32_t at, int64_t last_heard, int64_t expires)
{
	struct heard *heard = &w->claims[at].heard;

	if (ingest_shifted(w, last_heard) < heard->last_heard)
		return;
	heard->last_heard = ingest_shifted(w, last_heard);
	heard->expires = ingest_shifted(w, expires);
	w->result->heard++;
}

static void
write_line(struct ingest_work *w, const struct incoming_line *line)
{
	struct buffer prefix;
	struct json j = json_over(&prefix);
	uint32_t at;

	buffer_init(&prefix, PREFIX_SIZE_MOST);
	json_array_begin(&j);
	json_string(&j, line->nic);
	json_string(&j, line->protocol);
	json_string(&j, line->source_mac);
	buffer_char(&prefix, ',');
	at = index_find(&w->by_line, buffer_string(&prefix));
	buffer_done(&prefix);
	for (; at != INDEX_NONE; at = w->next_same[at])
		hear_again(w, at, line->last_heard, line->expires);
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

enum status
ingest_heartbeat(struct ingest_work *w)
{
	const struct incoming *r = w->report;

	if (r->line_count > 0 && !note_lines(w))
		return STATUS_NO_MEMORY;
	for (size_t i = 0; i < r->line_count; i++)
		write_line(w, &r->lines[i]);
	for (size_t i = 0; i < r->vlan_line_count; i++)
		write_vlan_line(w, &r->vlan_lines[i]);
	for (size_t i = 0; i < w->known_count; i++)
		w->fates[i] = FATE_KEPT;
	return STATUS_OK;
}
