#include "collector/reading.h"

#include <stdio.h>
#include <string.h>

enum { CLAIMS_FEW = 32 };

bool
reading_no_memory(struct reading *g)
{
	return mistake_say(g->mistake, "", "there is no memory left");
}

/* The next free claim. */
static struct incoming_claim *
add_claim(struct reading *g)
{
	struct incoming *r = g->report;

	if (r->claim_count == g->capacity) {
		size_t capacity = g->capacity ? g->capacity * 2 : CLAIMS_FEW;
		struct incoming_claim *more =
		    arena_array(&r->arena, capacity, sizeof(*more));

		if (!more)
			return NULL;
		if (r->claim_count > 0)
			memcpy(more, r->claims, r->claim_count * sizeof(*more));
		r->claims = more;
		g->capacity = capacity;
	}
	return &r->claims[r->claim_count++];
}

/* Checks 'v' and gives its facts; NULL after a mistake. */
const char *
reading_facts(struct reading *g, const struct json_value *v,
    const struct member_rule *rule, const char *path)
{
	struct json j = json_over(&g->facts);
	const char *facts;

	buffer_clear(&g->facts);
	if (!rules_check(v, rule, path, &j, g->mistake))
		return NULL;
	facts = buffer_ok(&g->facts)
		    ? arena_text(&g->report->arena, buffer_string(&g->facts))
		    : NULL;
	if (!facts)
		reading_no_memory(g);
	return facts;
}

struct heard
reading_heard(const struct json_value *v, enum claim_kind kind)
{
	bool nic = kind == CLAIM_NIC;

	return (struct heard){
		.first_heard = json_get_number(v, "first_heard", -1),
		.last_heard = json_get_number(v, "last_heard", -1),
		.expires = json_get_number(v, "expires", -1),
		.frames =
		    json_get_number(v, nic ? "frames_heard" : "frames", -1),
		.dropped = json_get_number(v, "frames_dropped", -1),
		.malformed = json_get_number(v, "frames_malformed", -1),
	};
}

/* Is this of the past: a neighbor that ended, a NIC that was removed? */
static bool
is_past(const struct incoming_claim *claim)
{
	if (claim->kind == CLAIM_NEIGHBOR)
		return strstr(claim->facts, "\"ended\":{") != NULL;
	return claim->kind == CLAIM_NIC &&
	       strstr(claim->facts, "\"removed_at\":") != NULL;
}

/* Does the first say more of now than the second? */
static bool
is_newer(const struct incoming_claim *a, const struct incoming_claim *b)
{
	if (is_past(a) != is_past(b))
		return is_past(b);
	return a->heard.last_heard > b->heard.last_heard;
}

bool
reading_add(struct reading *g, const struct incoming_claim *claim)
{
	struct incoming_claim *place = add_claim(g);

	if (!place)
		return reading_no_memory(g);
	*place = *claim;
	return true;
}

/* Enters the claim.  A neighbor or NIC may stand twice, once in the past and
 * once again: the newer one stays. */
bool
reading_keep(
    struct reading *g, const struct incoming_claim *claim, const char *path)
{
	const char *kind = claim_kind_name(claim->kind);
	size_t size = strlen(kind) + 1 + strlen(claim->key) + 1;
	char *name = arena_take(&g->report->arena, size);
	struct incoming_claim *place;
	uint32_t at, next = (uint32_t)g->report->claim_count;

	if (!name)
		return reading_no_memory(g);
	(void)snprintf(name, size, "%s %s", kind, claim->key);
	at = index_add(&g->seen, name, next);
	if (at == INDEX_NONE)
		return reading_no_memory(g);
	if (at != next && claim->kind != CLAIM_NEIGHBOR &&
	    claim->kind != CLAIM_HEARD_VLAN && !is_past(claim) &&
	    !is_past(&g->report->claims[at]))
		return mistake_say(g->mistake, path,
		    "the name %s stands twice; names are unique in a host",
		    claim->key);
	if (at != next && !is_newer(claim, &g->report->claims[at]))
		return true;
	place = at != next ? &g->report->claims[at] : add_claim(g);
	if (!place)
		return reading_no_memory(g);
	*place = *claim;
	place->said = g->said;
	return true;
}
