#include "collector/fleet_index.h"

#include <stdlib.h>
#include <string.h>

#include "collector/index.h"
#include "collector/numbers.h"

enum {
	MAC_TEXT = 17, /* "00:00:5e:00:53:01" */
	FLAPS_KEPT = 8,
	FLAPS_WITHIN_S = 3600
};

/* A MAC of one host; those of one MAC make a chain. */
struct holding {
	uint64_t mac;
	uint32_t host, next, before; /* places; UINT32_MAX: none */
};

struct flapping {
	uint64_t name; /* its hash */
	int64_t at[FLAPS_KEPT];
	unsigned count; /* of all; the last ones are kept */
};

struct fleet_host {
	int64_t host_id;
	uint32_t *holdings; /* places */
	size_t holding_count;
	struct flapping *flaps; /* one for each NIC, in no order */
	size_t flap_count;
	struct outline outline;
	struct arena arena; /* of the outline */
	bool outlined;
};

struct fleet_index {
	struct numbers by_host, by_mac;
	struct fleet_host **hosts; /* each stays where it is */
	size_t host_count, host_capacity;
	struct holding *holdings;
	size_t holding_count, holding_capacity;
	uint32_t free_holding;
};

enum status
fleet_index_new(struct fleet_index **out)
{
	struct fleet_index *x = calloc(1, sizeof(*x));

	if (!x)
		return STATUS_NO_MEMORY;
	x->free_holding = UINT32_MAX;
	*out = x;
	return STATUS_OK;
}

/* ---- MACs --------------------------------------------------------------- */

/* 0: it is none, or of a group. */
static uint64_t
mac_of(const char *text)
{
	static const char hex[] = "0123456789abcdef";
	uint64_t mac = 0;

	for (int i = 0; i < MAC_TEXT; i++) {
		const char *digit;

		if (i % 3 == 2) {
			if (text[i] != ':')
				return 0;
			continue;
		}
		digit = text[i] ? strchr(hex, text[i]) : NULL;
		if (!digit)
			return 0;
		mac = mac << 4 | (uint64_t)(digit - hex);
	}
	return mac >> 40 & 1 ? 0 : mac;
}

/* A free place in the holdings; UINT32_MAX: no memory. */
static uint32_t
take_holding(struct fleet_index *x)
{
	uint32_t at = x->free_holding;

	if (at != UINT32_MAX) {
		x->free_holding = x->holdings[at].next;
		return at;
	}
	if (x->holding_count == x->holding_capacity) {
		size_t capacity = x->holding_capacity * 2 + 64;
		struct holding *more =
		    realloc(x->holdings, capacity * sizeof(*more));

		if (!more || capacity > UINT32_MAX - 1) {
			x->holdings = more ? more : x->holdings;
			return UINT32_MAX;
		}
		x->holdings = more;
		x->holding_capacity = capacity;
	}
	return (uint32_t)x->holding_count++;
}

static void
give_holding(struct fleet_index *x, uint32_t at)
{
	struct holding *h = &x->holdings[at];

	if (h->next != UINT32_MAX)
		x->holdings[h->next].before = h->before;
	if (h->before != UINT32_MAX)
		x->holdings[h->before].next = h->next;
	else if (h->next != UINT32_MAX)
		/* The table has the key already, so it needs no memory. */
		(void)!numbers_set(&x->by_mac, h->mac, h->next);
	else
		numbers_remove(&x->by_mac, h->mac);
	h->next = x->free_holding;
	x->free_holding = at;
}

static void
hold(struct fleet_index *x, uint32_t host, uint64_t mac)
{
	struct fleet_host *f = x->hosts[host];
	uint32_t first = numbers_find(&x->by_mac, mac), at;
	uint32_t *more;

	for (at = first; at != UINT32_MAX; at = x->holdings[at].next) {
		if (x->holdings[at].host == host)
			return;
	}
	/* Room for one more at each power of two. */
	if ((f->holding_count & (f->holding_count - 1)) == 0) {
		size_t room = f->holding_count > 0 ? f->holding_count * 2 : 1;

		more = realloc(f->holdings, room * sizeof(*more));
		if (!more)
			return;
		f->holdings = more;
	}
	at = take_holding(x);
	if (at == UINT32_MAX)
		return;
	x->holdings[at] = (struct holding){ mac, host, first, UINT32_MAX };
	if (!numbers_set(&x->by_mac, mac, at)) {
		x->holdings[at].next = x->free_holding;
		x->free_holding = at;
		return;
	}
	if (first != UINT32_MAX)
		x->holdings[first].before = at;
	f->holdings[f->holding_count++] = at;
}

/* A quote within a text has a backslash before it: what looks like a member is
 * one. */
static void
hold_workload(struct fleet_index *x, uint32_t host, const char *facts)
{
	static const char member[] = "\"mac\":\"";
	const char *at = facts;

	while ((at = strstr(at, member))) {
		uint64_t mac;

		at += sizeof(member) - 1;
		mac = mac_of(at);
		if (mac)
			hold(x, host, mac);
	}
}

static void
hold_all(struct fleet_index *x, uint32_t host, const struct model_host *h)
{
	for (size_t i = 0; i < h->nic_count; i++) {
		uint64_t mac = mac_of(h->nics[i].permanent_mac[0]
					  ? h->nics[i].permanent_mac
					  : h->nics[i].mac);

		if (mac)
			hold(x, host, mac);
	}
	for (size_t i = 0; i < h->claim_count; i++) {
		if (h->claims[i].kind == CLAIM_WORKLOAD)
			hold_workload(x, host, h->claims[i].facts);
	}
}

static void
hold_nothing(struct fleet_index *x, struct fleet_host *f)
{
	for (size_t i = 0; i < f->holding_count; i++)
		give_holding(x, f->holdings[i]);
	free(f->holdings);
	f->holdings = NULL;
	f->holding_count = 0;
}

/* ---- carriers ------------------------------------------------------------ */

static const struct flapping *
flapping_of(const struct fleet_host *f, uint64_t name)
{
	for (size_t i = 0; i < f->flap_count; i++) {
		if (f->flaps[i].name == name)
			return &f->flaps[i];
	}
	return NULL;
}

static void
note_carriers(struct fleet_host *f, const struct model_host *h)
{
	struct flapping *next = calloc(h->nic_count + 1, sizeof(*next));

	if (!next)
		return;
	for (size_t i = 0; i < h->nic_count; i++) {
		const struct model_nic *n = &h->nics[i];
		uint64_t name = index_hash(0, n->name, strlen(n->name));
		const struct flapping *old = flapping_of(f, name);
		unsigned last;

		next[i].name = name;
		if (old)
			next[i] = *old;
		last = (next[i].count + FLAPS_KEPT - 1) % FLAPS_KEPT;
		if (n->carrier_changed_at >= 0 &&
		    (next[i].count == 0 ||
			next[i].at[last] != n->carrier_changed_at))
			next[i].at[next[i].count++ % FLAPS_KEPT] =
			    n->carrier_changed_at;
	}
	free(f->flaps);
	f->flaps = next;
	f->flap_count = h->nic_count;
}

/* ---- hosts --------------------------------------------------------------- */

static struct fleet_host *
find_host(const struct fleet_index *x, int64_t host_id)
{
	uint32_t at = numbers_find(&x->by_host, (uint64_t)host_id);

	return at == NUMBERS_NONE ? NULL : x->hosts[at];
}

/* The place of the host, new or not; UINT32_MAX: no memory. */
static uint32_t
place_of(struct fleet_index *x, int64_t host_id)
{
	uint32_t at = numbers_find(&x->by_host, (uint64_t)host_id);
	struct fleet_host *f;

	if (at != NUMBERS_NONE)
		return at;
	if (x->host_count == x->host_capacity) {
		size_t capacity = x->host_capacity * 2 + 16;
		struct fleet_host **more =
		    realloc(x->hosts, capacity * sizeof(struct fleet_host *));

		if (!more)
			return UINT32_MAX;
		x->hosts = more;
		x->host_capacity = capacity;
	}
	f = calloc(1, sizeof(*f));
	at = (uint32_t)x->host_count;
	if (!f || !numbers_set(&x->by_host, (uint64_t)host_id, at)) {
		free(f);
		return UINT32_MAX;
	}
	f->host_id = host_id;
	x->hosts[x->host_count++] = f;
	return at;
}

static void
forget_outline(struct fleet_host *f)
{
	arena_done(&f->arena);
	f->outlined = false;
}

void
fleet_index_take_host(
    struct fleet_index *x, const struct model_host *h, bool outside)
{
	uint32_t at = place_of(x, h->host_id);

	if (at == UINT32_MAX)
		return;
	if (outside) {
		forget_outline(x->hosts[at]);
		note_carriers(x->hosts[at], h);
	}
	hold_nothing(x, x->hosts[at]);
	hold_all(x, at, h);
}

/* Its place stays: hosts come back. */
void
fleet_index_drop_host(struct fleet_index *x, int64_t host_id)
{
	struct fleet_host *f = find_host(x, host_id);

	if (!f)
		return;
	forget_outline(f);
	hold_nothing(x, f);
	free(f->flaps);
	f->flaps = NULL;
	f->flap_count = 0;
}

void
fleet_index_free(struct fleet_index *x)
{
	if (!x)
		return;
	for (size_t i = 0; i < x->host_count; i++) {
		arena_done(&x->hosts[i]->arena);
		free(x->hosts[i]->holdings);
		free(x->hosts[i]->flaps);
		free(x->hosts[i]);
	}
	free(x->hosts);
	free(x->holdings);
	numbers_done(&x->by_host);
	numbers_done(&x->by_mac);
	free(x);
}

const struct outline *
fleet_index_outline(struct fleet_index *x, const struct model_host *h)
{
	uint32_t at = place_of(x, h->host_id);
	struct fleet_host *f = at != UINT32_MAX ? x->hosts[at] : NULL;

	if (f && !f->outlined) {
		f->outlined = outline_read(&f->outline, &f->arena, h);
		if (!f->outlined)
			forget_outline(f);
	}
	return f && f->outlined ? &f->outline : NULL;
}

int64_t
fleet_index_flaps(const struct fleet_index *x, const struct model_host *h,
    size_t nic, int64_t now)
{
	const struct fleet_host *f = find_host(x, h->host_id);
	const char *name = h->nics[nic].name;
	const struct flapping *flaps =
	    f ? flapping_of(f, index_hash(0, name, strlen(name))) : NULL;
	int64_t count = 0;

	if (!flaps)
		return -1;
	for (unsigned i = 0; i < FLAPS_KEPT && i < flaps->count; i++)
		count += flaps->at[i] > now - FLAPS_WITHIN_S;
	return count;
}

void
fleet_index_of_mac(const struct fleet_index *x, const char *mac,
    void (*visit)(void *context, int64_t host_id), void *context)
{
	uint64_t number = mac_of(mac);
	uint32_t at = number ? numbers_find(&x->by_mac, number) : UINT32_MAX;

	for (; at != UINT32_MAX; at = x->holdings[at].next)
		visit(context, x->hosts[x->holdings[at].host]->host_id);
}

static bool
is_everybodys(const struct fleet_index *x, uint32_t at)
{
	size_t holders = 0;

	for (; at != UINT32_MAX && holders <= FLEET_HOLDERS_MOST;
	     at = x->holdings[at].next)
		holders++;
	return holders > FLEET_HOLDERS_MOST;
}

void
fleet_index_relatives(const struct fleet_index *x, int64_t host_id,
    void (*visit)(void *context, int64_t host_id), void *context)
{
	const struct fleet_host *f = find_host(x, host_id);

	for (size_t i = 0; f && i < f->holding_count; i++) {
		uint64_t mac = x->holdings[f->holdings[i]].mac;
		uint32_t at = numbers_find(&x->by_mac, mac);

		if (is_everybodys(x, at))
			continue;
		for (; at != UINT32_MAX; at = x->holdings[at].next) {
			int64_t other = x->hosts[x->holdings[at].host]->host_id;

			if (other != host_id)
				visit(context, other);
		}
	}
}
