#include "collector/carried.h"

#include <string.h>

#include "base/json_read.h"
#include "collector/carries.h"

static void
carry(struct carried *out, int vlan, bool current, int64_t last_heard)
{
	(current ? out->now : out->was)[vlan] = true;
	if (last_heard > out->last_heard)
		out->last_heard = last_heard;
}

static void
carry_named(struct carried *out, const struct seen_claim *claim, bool current)
{
	struct json_value *facts CLEANUP(json_cleanup) = NULL;
	const char *text = claim->said->facts;
	const struct json_value *v;

	current &= claim->state == STATE_CURRENT;
	if (!strstr(text, "\"vlans\":["))
		return;
	facts = json_parse_own(text);
	for (v = json_first(json_get(facts, "vlans")); v; v = json_next(v)) {
		int64_t id = json_get_number(v, "id", -1);

		if (id < 1 || id >= VLAN_IDS)
			continue;
		out->named = true;
		carry(out, (int)id, current, claim->said->heard.last_heard);
	}
}

static void
carry_heard(struct carried *out, const struct view *v,
    const struct seen_nic *nic, bool current)
{
	for (size_t i = 0; i < nic->nic->heard_vlan_count; i++) {
		const struct model_heard_vlan *h = &nic->nic->heard_vlans[i];

		if (h->id < 1 || h->id >= VLAN_IDS)
			continue;
		out->heard = true;
		carry(out, h->id,
		    current && verdict_is_current(
				   nic->host, nic->nic, &h->heard, v->now),
		    h->heard.last_heard);
	}
}

/* What is of untagged frames proves nothing of tagged ones. */
static void
forget_untagged(struct carried *out, int64_t vlan)
{
	if (vlan >= 0 && vlan < VLAN_IDS)
		out->now[vlan] = out->was[vlan] = false;
}

void
carried_read(
    struct carried *out, const struct view *v, const struct seen_nic *nic)
{
	const struct seen_claim *claims =
	    &v->topology->claims[nic->first_claim];
	bool current = nic->nic->carrier != SAID_NO &&
		       nic->nic->up != SAID_NO &&
		       verdict_host_is_current(nic->host, v->now);

	*out = (struct carried){ .last_heard = -1 };
	for (uint32_t i = 0; nic->sure && i < nic->claim_count; i++) {
		if (carries_may_tell(&claims[i]))
			carry_named(out, &claims[i], current);
	}
	for (uint32_t i = 0; nic->sure && i < nic->claim_count; i++) {
		if (!carries_may_tell(&claims[i]))
			continue;
		forget_untagged(out, claims[i].said->native_vlan);
		forget_untagged(out, claims[i].said->pvid);
	}
	carry_heard(out, v, nic, current);
	out->any_now = memchr(out->now, 1, sizeof(out->now)) != NULL;
	out->any_was = memchr(out->was, 1, sizeof(out->was)) != NULL;
}
