#include "vsphere/hearing.h"

#include <stdlib.h>
#include <string.h>

#include "report/vlans.h"

enum { POLLS_MOST = 3, LATE_S = 30 };

void
hearing_done(struct hearing *hearing)
{
	free(hearing->hints);
	free(hearing->seen);
	*hearing = (struct hearing){ .hints = NULL };
}

int64_t
hearing_expires(const struct hearing *hearing, uint32_t ttl_s)
{
	int64_t period = hearing->period_s;
	int64_t holds = period + period / 2 + LATE_S;
	int64_t most = POLLS_MOST * period;

	if (ttl_s > holds)
		holds = ttl_s;
	if (holds > most)
		holds = most;
	return hearing->polled_at + holds;
}

uint32_t
hearing_split(const char *pair, const char **out_rest)
{
	const char *end = pair + strcspn(pair, "\n");
	/* An empty first is followed by its line's end, which is a blank to
	 * strtoul. */
	unsigned long number = end > pair ? strtoul(pair, NULL, 10) : 0;

	*out_rest = *end == '\n' ? end + 1 : end;
	return number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
}

/* FNV-1a, 64 bits; a text and its NUL. */
static uint64_t
hash(uint64_t key, const char *text)
{
	do
		key = (key ^ (uint8_t)*text) * 0x100000001b3u;
	while (*text++);
	return key;
}

static uint64_t
hash_number(uint64_t key, uint64_t number)
{
	return (key ^ number) * 0x100000001b3u;
}

static const uint64_t FIRST = 0xcbf29ce484222325u;

uint64_t
hearing_key_of_neighbor(const struct list *hints, const struct hint_value *hint,
    enum protocol protocol)
{
	bool cdp = protocol == PROTOCOL_CDP;
	uint64_t key = hash(FIRST, list_text(hints, hint->device));

	key = hash_number(key, (uint64_t)protocol);
	key = hash(
	    key, list_text(hints, cdp ? hint->cdp.device : hint->lldp.chassis));
	return hash(
	    key, list_text(hints, cdp ? hint->cdp.port : hint->lldp.port));
}

uint64_t
hearing_key_of_vlan(
    const struct list *hints, const struct hint_value *hint, uint32_t vlan)
{
	uint64_t key = hash(FIRST, list_text(hints, hint->device));

	return hash_number(hash_number(key, PROTOCOL_NONE), vlan);
}

static const struct seen *
find(const struct hearing *hearing, uint64_t key)
{
	for (size_t i = 0; i < hearing->seen_count; i++) {
		if (hearing->seen[i].key == key)
			return &hearing->seen[i];
	}
	return NULL;
}

struct seen
hearing_since(const struct hearing *hearing, uint64_t key)
{
	const struct seen *seen = find(hearing, key);

	return seen ? *seen : (struct seen){ key, hearing->polled_at, 1 };
}

/* What is seen now, in room for 'most'. */
struct gathering {
	const struct hearing *before;
	int64_t now;
	struct seen *seen;
	size_t count, most;
};

static void
note(struct gathering *g, uint64_t key)
{
	const struct seen *before = find(g->before, key);

	for (size_t i = 0; i < g->count; i++) {
		if (g->seen[i].key == key)
			return;
	}
	if (g->count == g->most)
		return;
	g->seen[g->count] = (struct seen){ key, g->now, 1 };
	if (before) {
		g->seen[g->count].first = before->first;
		g->seen[g->count].polls = before->polls + 1;
	}
	g->count++;
}

static void
note_pairs(struct gathering *g, const struct list *hints,
    const struct hint_value *hint, struct place pairs)
{
	const char *rest;

	for (const char *p = list_text(hints, pairs); *p; p = list_next(p)) {
		uint32_t vlan = hearing_split(p, &rest);

		if (vlan >= VLAN_LEAST && vlan <= VLAN_MOST)
			note(g, hearing_key_of_vlan(hints, hint, vlan));
	}
}

static size_t
count_pairs(const struct list *hints, struct place pairs)
{
	size_t count = 0;

	for (const char *p = list_text(hints, pairs); *p; p = list_next(p))
		count++;
	return count;
}

static void
gather(struct gathering *g, const struct list *hints)
{
	const struct hint_value *hint = list_items(hints);

	for (uint32_t i = 0; i < hints->count; i++, hint++) {
		if (hint->cdp.told)
			note(g,
			    hearing_key_of_neighbor(hints, hint, PROTOCOL_CDP));
		if (hint->lldp.told)
			note(g, hearing_key_of_neighbor(
				    hints, hint, PROTOCOL_LLDP));
		note_pairs(g, hints, hint, hint->subnets);
		note_pairs(g, hints, hint, hint->networks);
	}
}

static size_t
room_for(const struct list *hints)
{
	const struct hint_value *hint = list_items(hints);
	size_t room = 1;

	for (uint32_t i = 0; i < hints->count; i++, hint++)
		room += 2 + count_pairs(hints, hint->subnets) +
			count_pairs(hints, hint->networks);
	return room < SEEN_MOST ? room : SEEN_MOST;
}

/* Makes what counts from poll to poll the same. */
static void
even(struct list *hints)
{
	struct hint_value *hint = (struct hint_value *)(hints + 1);

	for (uint32_t i = 0; i < hints->count; i++, hint++) {
		hint->cdp.samples = hint->lldp.samples = 0;
		hint->cdp.ttl_s = hint->lldp.ttl_s = 0;
	}
}

/* Do they say the same, but for counters and times to live? */
static bool
say_the_same(const struct list *a, const struct list *b)
{
	struct list *x, *y;
	bool same = false;

	if (!a || a->size != b->size)
		return false;
	x = malloc(sizeof(*a) + a->size);
	y = malloc(sizeof(*b) + b->size);
	if (x && y) {
		memcpy(x, a, sizeof(*a) + a->size);
		memcpy(y, b, sizeof(*b) + b->size);
		even(x);
		even(y);
		same = list_same(x, y);
	}
	free(x);
	free(y);
	return same;
}

enum status
hearing_take(struct hearing *hearing, struct list *taken_hints, int64_t now,
    bool *out_changed)
{
	struct gathering g = {
		.before = hearing, .now = now, .most = room_for(taken_hints)
	};

	g.seen = malloc(g.most * sizeof(*g.seen));
	if (!g.seen) {
		free(taken_hints);
		return STATUS_NO_MEMORY;
	}
	gather(&g, taken_hints);
	*out_changed = !say_the_same(hearing->hints, taken_hints);
	free(hearing->seen);
	free(hearing->hints);
	hearing->seen = g.seen;
	hearing->seen_count = g.count;
	hearing->hints = taken_hints;
	hearing->polled_at = now;
	return STATUS_OK;
}
