#include "collector/search.h"

#include <stdlib.h>
#include <string.h>

#include "collector/search_sign.h"

static struct search_doc *
doc_at(const struct search *s, uint32_t at)
{
	return &((struct search_doc *)(void *)s->docs.items)[at];
}

/* ---- hosts ------------------------------------------------------------- */

/* The place of the host's document, new if there is none. */
static uint32_t
place_of(struct search *s, int64_t host_id)
{
	uint32_t at = numbers_find(&s->by_host, (uint64_t)host_id);

	if (at != NUMBERS_NONE)
		return at;
	s->docs.item_size = sizeof(struct search_doc);
	at = slots_take(&s->docs, 1);
	if (at == SLOTS_NONE || !signature_room(&s->hosts, at) ||
	    !numbers_set(&s->by_host, (uint64_t)host_id, at))
		return SLOTS_NONE;
	return at;
}

void
search_take_host(struct search *s, const struct model_host *h, bool outside)
{
	uint32_t at = s->failed ? SLOTS_NONE : place_of(s, h->host_id);

	if (at == SLOTS_NONE || !search_doc_renew(doc_at(s, at), h)) {
		s->failed = true;
		return;
	}
	search_sign_host(&s->hosts, at, doc_at(s, at), outside);
}

void
search_drop_host(struct search *s, int64_t host_id)
{
	uint32_t at = numbers_find(&s->by_host, (uint64_t)host_id);

	if (at == NUMBERS_NONE)
		return;
	signature_clear(&s->hosts, at);
	search_doc_done(doc_at(s, at));
	slots_give(&s->docs, at, 1);
	numbers_remove(&s->by_host, (uint64_t)host_id);
}

const struct search_doc *
search_doc_of(const struct search *s, const struct model_host *h)
{
	uint32_t at = numbers_find(&s->by_host, (uint64_t)h->host_id);

	return at == NUMBERS_NONE ? NULL : doc_at(s, at);
}

/* ---- switches ---------------------------------------------------------- */

void
search_take_device(struct search *s, const struct topology *t, uint32_t device)
{
	if (s->failed || !signature_room(&s->devices, device)) {
		s->failed = true;
		return;
	}
	signature_clear(&s->devices, device);
	search_sign_device(&s->devices, device, t);
}

/* ---- questions --------------------------------------------------------- */

enum {
	PARTS_MOST = 4, /* a name, a MAC, an address, a port */
	/* The whole question, too. */
	WORDS_MOST = QUERY_WORDS_MOST + 1
};

/* A word may be one thing or another. */
struct word_parts {
	struct signature_part parts[PARTS_MOST];
	size_t count;
};

struct wanted {
	struct word_parts words[WORDS_MOST]; /* the whole question first */
	size_t count;
};

static bool
is_same(const struct signature_part *a, const struct signature_part *b)
{
	return a->count == b->count &&
	       memcmp(a->rows, b->rows, a->count * sizeof(*a->rows)) == 0;
}

/* Which rows a text must have. */
typedef struct signature_part part_fn(const char *plain);

static void
add_part(struct word_parts *w, const char *text, part_fn *rows_of)
{
	char plain[QUERY_SIZE_MOST];

	query_plain_name(text, plain, sizeof(plain));
	if (plain[0] == '\0')
		return;
	w->parts[w->count] = rows_of(plain);
	/* A MAC and an address may read as the name does. */
	if (w->count == 0 || !is_same(&w->parts[0], &w->parts[w->count]))
		w->count++;
}

static void
read_word(struct word_parts *out, const struct query_word *w, part_fn *rows_of)
{
	out->count = 0;
	add_part(out, w->name, rows_of);
	add_part(out, w->mac, rows_of);
	add_part(out, w->address, rows_of);
	add_part(out, w->port.key, rows_of);
}

static void
read_query(struct wanted *out, const struct query *q)
{
	read_word(&out->words[0], &q->whole, signature_part);
	for (size_t i = 0; i < q->apart; i++)
		read_word(&out->words[i + 1], &q->words[i], signature_part);
	out->count = q->apart + 1;
}

/* Those of one chunk that have the whole question, or all of its words. */
static void
match_query(const struct signature *s, size_t chunk, const void *context,
    uint64_t mask[static SIGNATURE_WORDS])
{
	const struct wanted *wanted = context;
	uint64_t all[SIGNATURE_WORDS], any = wanted->count > 1;

	memset(mask, 0, SIGNATURE_WORDS * sizeof(*mask));
	for (size_t k = 0; k < wanted->words[0].count; k++)
		signature_find(s, chunk, &wanted->words[0].parts[k], mask);
	memset(all, 0xff, sizeof(all));
	for (size_t i = 1; i < wanted->count && any; i++) {
		uint64_t word[SIGNATURE_WORDS] = { 0 };

		any = 0;
		for (size_t k = 0; k < wanted->words[i].count; k++)
			signature_find(
			    s, chunk, &wanted->words[i].parts[k], word);
		for (size_t k = 0; k < SIGNATURE_WORDS; k++) {
			all[k] &= word[k];
			any |= all[k];
		}
	}
	for (size_t k = 0; k < SIGNATURE_WORDS && any; k++)
		mask[k] |= all[k];
}

static void
match_vlan(const struct signature *s, size_t chunk, const void *context,
    uint64_t mask[static SIGNATURE_WORDS])
{
	const struct signature_part *parts = context;

	memset(mask, 0, SIGNATURE_WORDS * sizeof(*mask));
	signature_find(s, chunk, &parts[0], mask);
	signature_find(s, chunk, &parts[1], mask);
}

typedef void match_fn(const struct signature *s, size_t chunk,
    const void *context, uint64_t mask[static SIGNATURE_WORDS]);

struct matches {
	uint32_t *items;
	size_t count, capacity;
};

static bool
add_match(struct matches *m, uint32_t item)
{
	if (m->count == m->capacity) {
		size_t capacity = m->capacity * 2 + 64;
		uint32_t *more = realloc(m->items, capacity * sizeof(*more));

		if (!more)
			return false;
		m->items = more;
		m->capacity = capacity;
	}
	m->items[m->count++] = item;
	return true;
}

static bool
add_matches(struct matches *out, const uint64_t mask[static SIGNATURE_WORDS],
    size_t chunk)
{
	for (size_t i = 0; i < SIGNATURE_WORDS; i++) {
		for (uint64_t left = mask[i]; left; left &= left - 1) {
			size_t at = chunk * SIGNATURE_CHUNK + i * 64 +
				    (size_t)__builtin_ctzll(left);

			if (!add_match(out, (uint32_t)at))
				return false;
		}
	}
	return true;
}

static bool
gather(const struct signature *s, match_fn *match, const void *context,
    struct matches *out)
{
	for (size_t chunk = 0; chunk < s->count; chunk++) {
		uint64_t mask[SIGNATURE_WORDS];

		match(s, chunk, context, mask);
		if (!add_matches(out, mask, chunk))
			return false;
	}
	return true;
}

static bool
ask(const struct search *s, match_fn *match, const void *context,
    struct search_found *out)
{
	struct matches hosts = { 0 }, devices = { 0 };
	bool ok = gather(&s->hosts, match, context, &hosts) &&
		  gather(&s->devices, match, context, &devices);

	*out = (struct search_found){ .devices = devices.items,
		.device_count = devices.count };
	out->hosts = calloc(hosts.count + 1, sizeof(const struct search_doc *));
	ok = ok && out->hosts;
	for (size_t i = 0; i < hosts.count && ok; i++)
		out->hosts[out->host_count++] = doc_at(s, hosts.items[i]);
	free(hosts.items);
	if (!ok)
		search_found_done(out);
	return ok;
}

bool
search_query(
    const struct search *s, const struct query *q, struct search_found *out)
{
	struct wanted wanted;

	read_query(&wanted, q);
	return ask(s, match_query, &wanted, out);
}

bool
search_exact(
    const struct search *s, const struct query *q, struct search_found *out)
{
	struct wanted wanted = { .count = 1 };

	read_word(&wanted.words[0], &q->whole, signature_part_whole);
	return ask(s, match_query, &wanted, out);
}

bool
search_vlan(const struct search *s, int vlan, struct search_found *out)
{
	const struct signature_part parts[] = { signature_part_vlan(vlan),
		signature_part_vlans() };

	return ask(s, match_vlan, parts, out);
}

void
search_found_done(struct search_found *f)
{
	free(f->hosts);
	free(f->devices);
	*f = (struct search_found){ 0 };
}

void
search_done(struct search *s)
{
	for (uint32_t i = 0; i < s->docs.used; i++)
		search_doc_done(doc_at(s, i));
	slots_done(&s->docs);
	numbers_done(&s->by_host);
	signature_done(&s->hosts);
	signature_done(&s->devices);
	*s = (struct search){ 0 };
}
