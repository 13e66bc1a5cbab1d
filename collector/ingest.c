#include "collector/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "collector/arena.h"
#include "collector/index.h"
#include "collector/vlans.h"

enum {
	/* A host's clock that is off by more than this is put right; what is
	 * less may be the way of the report. */
	CLOCK_OFF_MOST_S = 5,
	PREFIX_SIZE_MOST = 4096
};

/* A claim that the store holds. */
struct known {
	struct store_claim claim;
	uint32_t next_same; /* another neighbor of this prefix; INDEX_NONE */
	bool still_said;
};

struct work {
	struct store *store;
	const struct incoming *report;
	struct store_host host;
	struct arena arena;
	struct known *known;
	size_t known_count, known_capacity;
	struct index by_key;  /* "kind key" -> known */
	struct index by_line; /* NIC, protocol, source MAC -> known */
	bool failed;          /* out of memory */
	int64_t now;
	int64_t at;    /* when the host said so, by our clock */
	int64_t shift; /* from the host's clock to ours */
	bool shift_changed;
	struct ingest_result *result;
};

int64_t
ingest_host_id(const char *machine_id)
{
	char first[17] = "";

	(void)snprintf(first, sizeof(first), "%.16s", machine_id);
	return (int64_t)(strtoull(first, NULL, 16) >> 1);
}

static const char *
name_of(struct arena *arena, enum claim_kind kind, const char *key)
{
	const char *kind_name = claim_kind_name(kind);
	size_t size = strlen(kind_name) + strlen(key) + 2;
	char *name = arena_take(arena, size);

	if (name)
		(void)snprintf(name, size, "%s %s", kind_name, key);
	return name;
}

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
note_prefix(struct work *w, uint32_t at)
{
	struct known *k = &w->known[at];
	size_t size = prefix_size(k->claim.key);
	char *prefix = arena_take(&w->arena, size + 1);

	if (!prefix)
		return;
	memcpy(prefix, k->claim.key, size);
	k->next_same = index_find(&w->by_line, prefix);
	index_set(&w->by_line, prefix, at);
}

static bool
grow(struct work *w)
{
	size_t capacity = w->known_capacity ? w->known_capacity * 2 : 64;
	struct known *more;

	if (w->known_count < w->known_capacity)
		return true;
	more = realloc(w->known, capacity * sizeof(*more));
	if (!more)
		return false;
	w->known = more;
	w->known_capacity = capacity;
	return true;
}

static void
note_known(void *context, const struct store_claim *c)
{
	struct work *w = context;
	uint32_t at = (uint32_t)w->known_count;
	struct known *k;
	const char *name;

	if (!grow(w)) {
		w->failed = true;
		return;
	}
	k = &w->known[w->known_count++];
	*k = (struct known){ .claim = *c, .next_same = INDEX_NONE };
	k->claim.key = arena_text(&w->arena, c->key);
	k->claim.facts = arena_text(&w->arena, c->facts);
	name = name_of(&w->arena, c->kind, c->key);
	if (w->arena.failed)
		return;
	index_set(&w->by_key, name, at);
	if (c->kind == CLAIM_NEIGHBOR && !strstr(c->facts, "\"ended\":{"))
		note_prefix(w, at);
}

/* What is stored of this host, read within the transaction. */
static enum status
read_known(struct work *w)
{
	enum status status =
	    w->store->claim_visit(w->store, w->host.host_id, note_known, w);

	if (status == STATUS_OK && (w->failed || w->arena.failed ||
				       w->by_key.failed || w->by_line.failed))
		return STATUS_NO_MEMORY;
	return status;
}

static int64_t
shifted(const struct work *w, int64_t time)
{
	return time < 0 ? time : time + w->shift;
}

/* The volatile part by our clock; 'old' is of the same unbroken claim. */
static struct heard
heard_now(
    const struct work *w, const struct heard *heard, const struct heard *old)
{
	struct heard h = *heard;

	h.first_heard = shifted(w, h.first_heard);
	h.last_heard = shifted(w, h.last_heard);
	h.expires = shifted(w, h.expires);
	/* An agent that was restarted begins to count anew; we do not. */
	if (old && !w->shift_changed && old->first_heard >= 0 &&
	    old->first_heard < h.first_heard)
		h.first_heard = old->first_heard;
	return h;
}

static enum status
put_frame(struct work *w, int64_t n, const struct incoming_claim *claim)
{
	if (!claim->frame)
		return STATUS_OK;
	return w->store->frame_put(w->store, w->host.host_id, n, claim->frame);
}

static enum status
close_row(struct work *w, const struct known *k)
{
	int64_t until = w->at > k->claim.since ? w->at : k->claim.since;

	w->result->closed++;
	return w->store->claim_close(
	    w->store, w->host.host_id, k->claim.n, until);
}

static enum status
open_row(
    struct work *w, const struct incoming_claim *claim, const struct heard *old)
{
	struct store_claim row = {
		.n = w->host.next_n++,
		.kind = claim->kind,
		.key = claim->key,
		.facts = claim->facts,
		.since = w->at,
		.heard = heard_now(w, &claim->heard, old),
	};
	enum status status =
	    w->store->claim_open(w->store, w->host.host_id, &row);

	w->result->opened++;
	return status == STATUS_OK ? put_frame(w, row.n, claim) : status;
}

static enum status
renew_row(
    struct work *w, const struct incoming_claim *claim, const struct known *k)
{
	struct heard heard = heard_now(w, &claim->heard, &k->claim.heard);
	enum status status = STATUS_OK;

	if (memcmp(&heard, &k->claim.heard, sizeof(heard)) != 0) {
		w->result->heard++;
		status = w->store->heard_put(
		    w->store, w->host.host_id, k->claim.n, &heard);
	}
	return status == STATUS_OK ? put_frame(w, k->claim.n, claim) : status;
}

static enum status
write_claim(struct work *w, const struct incoming_claim *claim)
{
	const char *name = name_of(&w->arena, claim->kind, claim->key);
	uint32_t at = name ? index_find(&w->by_key, name) : INDEX_NONE;
	struct known *k = at != INDEX_NONE ? &w->known[at] : NULL;
	bool unbroken;
	enum status status;

	if (!name)
		return STATUS_NO_MEMORY;
	if (!k)
		return open_row(w, claim, NULL);
	k->still_said = true;
	if (strcmp(k->claim.facts, claim->facts) == 0)
		return renew_row(w, claim, k);
	unbroken = !strstr(k->claim.facts, "\"ended\":{");
	status = close_row(w, k);
	if (status != STATUS_OK)
		return status;
	return open_row(w, claim, unbroken ? &k->claim.heard : NULL);
}

static enum status
write_claims(struct work *w)
{
	const struct incoming *r = w->report;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < r->claim_count && status == STATUS_OK; i++)
		status = write_claim(w, &r->claims[i]);
	for (size_t i = 0; i < w->known_count && status == STATUS_OK; i++) {
		if (!w->known[i].still_said)
			status = close_row(w, &w->known[i]);
	}
	return status;
}

static enum status
write_line(struct work *w, const struct incoming_line *line)
{
	struct buffer prefix;
	struct json j = json_over(&prefix);
	enum status status = STATUS_OK;
	uint32_t at;

	buffer_init(&prefix, PREFIX_SIZE_MOST);
	json_array_begin(&j);
	json_string(&j, line->nic);
	json_string(&j, line->protocol);
	json_string(&j, line->source_mac);
	buffer_char(&prefix, ',');
	at = index_find(&w->by_line, buffer_string(&prefix));
	buffer_done(&prefix);
	for (; at != INDEX_NONE && status == STATUS_OK;
	     at = w->known[at].next_same) {
		struct heard heard = w->known[at].claim.heard;

		if (shifted(w, line->last_heard) < heard.last_heard)
			continue;
		heard.last_heard = shifted(w, line->last_heard);
		heard.expires = shifted(w, line->expires);
		w->result->heard++;
		status = w->store->heard_put(
		    w->store, w->host.host_id, w->known[at].claim.n, &heard);
	}
	return status;
}

/* One VLAN of a line; one that was never reported says nothing. */
static enum status
write_vlan(struct work *w, const struct incoming_vlans *line, int vlan)
{
	char name[PREFIX_SIZE_MOST];
	struct heard heard;
	uint32_t at;

	(void)snprintf(name, sizeof(name), "%s %s %d",
	    claim_kind_name(CLAIM_HEARD_VLAN), line->nic, vlan);
	at = index_find(&w->by_key, name);
	if (at == INDEX_NONE)
		return STATUS_OK;
	heard = w->known[at].claim.heard;
	if (shifted(w, line->last_heard) < heard.last_heard)
		return STATUS_OK;
	heard.last_heard = shifted(w, line->last_heard);
	heard.expires = shifted(w, line->expires);
	w->result->heard++;
	return w->store->heard_put(
	    w->store, w->host.host_id, w->known[at].claim.n, &heard);
}

static enum status
write_vlan_line(struct work *w, const struct incoming_vlans *line)
{
	bool vlans[VLAN_IDS] = { false };
	enum status status = STATUS_OK;

	(void)vlans_read(line->vlans, vlans);
	for (int id = 1; id < VLAN_IDS && status == STATUS_OK; id++) {
		if (vlans[id])
			status = write_vlan(w, line, id);
	}
	return status;
}

static enum status
write_heartbeat(struct work *w)
{
	const struct incoming *r = w->report;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < r->line_count && status == STATUS_OK; i++)
		status = write_line(w, &r->lines[i]);
	for (size_t i = 0; i < r->vlan_line_count && status == STATUS_OK; i++)
		status = write_vlan_line(w, &r->vlan_lines[i]);
	return status;
}

/* Fills w->host; STATUS_OK also when there is nothing to do. */
static enum status
meet_host(struct work *w)
{
	const struct incoming *r = w->report;
	enum status status = w->store->host_get(
	    w->store, ingest_host_id(r->machine_id), &w->host);

	if (status == STATUS_NOT_FOUND && !r->heartbeat) {
		w->host = (struct store_host){
			.host_id = ingest_host_id(r->machine_id),
			.next_n = 1,
		};
		memcpy(w->host.machine_id, r->machine_id, MACHINE_ID_SIZE);
		return STATUS_OK;
	}
	if (status == STATUS_NOT_FOUND)
		return STATUS_CONFLICT;
	if (status != STATUS_OK)
		return status;
	if (strcmp(w->host.machine_id, r->machine_id) != 0)
		return STATUS_MALFORMED;
	w->result->ignored = r->number <= w->host.number;
	if (!w->result->ignored && r->heartbeat &&
	    strcmp(r->digest, w->host.digest) != 0)
		return STATUS_CONFLICT;
	return STATUS_OK;
}

static bool
differ(int64_t a, int64_t b)
{
	return a > b + CLOCK_OFF_MOST_S || b > a + CLOCK_OFF_MOST_S;
}

/* How far the host's clock is from ours.  A report may have waited in a spool
 * for hours, so only the moment of its delivery tells; of an agent that does
 * not say it, we can only know that no report comes from the future. */
static void
compare_clocks(struct work *w)
{
	const struct incoming *r = w->report;
	int64_t off = 0;

	if (r->posted_at >= 0)
		off = w->now - r->posted_at;
	else if (r->sent_at > w->now)
		off = w->now - r->sent_at;
	if (!differ(off, w->host.shift))
		off = w->host.shift;
	else if (!differ(off, 0))
		off = 0;
	w->shift = off;
	w->shift_changed = off != w->host.shift;
	w->at = r->sent_at + off < w->now ? r->sent_at + off : w->now;
}

static enum status
write_report(struct work *w)
{
	const struct incoming *r = w->report;
	enum status status = meet_host(w);

	if (status != STATUS_OK || w->result->ignored)
		return status;
	compare_clocks(w);
	/* A heartbeat does not tell every time anew; a whole report does. */
	if (w->shift_changed && r->heartbeat)
		return STATUS_CONFLICT;
	status = read_known(w);
	if (status == STATUS_OK)
		status = r->heartbeat ? write_heartbeat(w) : write_claims(w);
	if (status != STATUS_OK)
		return status;
	w->host.number = r->number;
	w->host.seen_at = w->now;
	w->host.shift = w->shift;
	memcpy(w->host.digest, r->digest, DIGEST_SIZE);
	return w->store->host_put(w->store, &w->host);
}

enum status
ingest_within(struct store *s, const struct incoming *r, int64_t now,
    struct ingest_result *out)
{
	struct ingest_result result = { 0 };
	struct work w = {
		.store = s,
		.report = r,
		.now = now,
		.result = &result,
	};
	enum status status = write_report(&w);

	result.host_id = ingest_host_id(r->machine_id);
	arena_done(&w.arena);
	index_done(&w.by_key);
	index_done(&w.by_line);
	free(w.known);
	if (status == STATUS_OK)
		*out = result;
	return status;
}

enum status
ingest(struct store *s, const struct incoming *r, int64_t now,
    struct ingest_result *out)
{
	struct ingest_result result;
	enum status status = s->begin(s);

	if (status == STATUS_OK)
		status = ingest_within(s, r, now, &result);
	if (status == STATUS_OK)
		status = s->commit(s);
	if (status != STATUS_OK)
		s->rollback(s);
	else
		*out = result;
	return status;
}
