#include "report/vlans.h"

#include <stdio.h>
#include <string.h>

enum { BITS = 64, NAME_LIST_MOST = 100 };

void
vlans_add(struct vlans *set, uint32_t first, uint32_t last)
{
	if (first < VLAN_LEAST)
		first = VLAN_LEAST;
	if (last > VLAN_MOST)
		last = VLAN_MOST;
	for (uint32_t vlan = first; vlan <= last; vlan++)
		set->bits[vlan / BITS] |= UINT64_C(1) << vlan % BITS;
}

bool
vlans_has(const struct vlans *set, uint32_t vlan)
{
	return vlan >= VLAN_LEAST && vlan <= VLAN_MOST &&
	       (set->bits[vlan / BITS] >> vlan % BITS & 1) != 0;
}

unsigned
vlans_count(const struct vlans *set)
{
	unsigned count = 0;

	for (unsigned i = 0; i < BITS; i++)
		count += (unsigned)__builtin_popcountll(set->bits[i]);
	return count;
}

/* Four digits at most: a fifth is left over, and ends the text. */
static uint32_t
take_number(const char **text)
{
	uint32_t number = 0;

	for (int i = 0; i < 4 && **text >= '0' && **text <= '9'; i++)
		number = number * 10 + (uint32_t)(*(*text)++ - '0');
	return number;
}

void
vlans_read(struct vlans *set, const char *text)
{
	uint32_t first, last;

	do {
		first = last = take_number(&text);
		if (*text == '-') {
			text++;
			last = take_number(&text);
		}
		if (first > 0)
			vlans_add(set, first, last);
	} while (*text++ == ',');
}

const char *
vlans_format(const struct vlans *set, char out[static VLANS_TEXT_SIZE])
{
	size_t used = 0;

	out[0] = '\0';
	for (uint32_t first = VLAN_LEAST; first <= VLAN_MOST; first++) {
		uint32_t last = first;

		if (!vlans_has(set, first))
			continue;
		while (vlans_has(set, last + 1))
			last++;
		used += (size_t)snprintf(&out[used], VLANS_TEXT_SIZE - used,
		    last > first ? "%s%u-%u" : "%s%u", used > 0 ? "," : "",
		    first, last);
		first = last;
	}
	return out;
}

bool
vlan_policy_same(const struct vlan_policy *a, const struct vlan_policy *b)
{
	return a->mode == b->mode && a->vlan == b->vlan && a->all == b->all &&
	       memcmp(&a->trunks, &b->trunks, sizeof(a->trunks)) == 0;
}

static uint32_t
hash(const char *text)
{
	uint32_t h = 0x811c9dc5u;

	for (; *text; text++)
		h = (h ^ (uint8_t)*text) * 0x01000193u;
	return h;
}

static void
write_trunks(const struct vlan_policy *policy, char *out, size_t capacity)
{
	char list[VLANS_TEXT_SIZE];
	int whole = NAME_LIST_MOST;

	if (policy->all) {
		snprintf(out, capacity, "trunk all");
		return;
	}
	vlans_format(&policy->trunks, list);
	if (strlen(list) <= NAME_LIST_MOST) {
		snprintf(out, capacity, "trunk %s", list);
		return;
	}
	while (list[whole] != ',')
		whole--;
	snprintf(out, capacity, "trunk %.*s,... (%u VLANs, %08x)", whole, list,
	    vlans_count(&policy->trunks), hash(list));
}

const char *
vlan_policy_name(
    const struct vlan_policy *policy, char out[static VLAN_POLICY_NAME_SIZE])
{
	const size_t size = VLAN_POLICY_NAME_SIZE;
	int used;

	switch (policy->mode) {
	case VLAN_UNTAGGED:
		snprintf(out, size, "untagged");
		break;
	case VLAN_ACCESS:
		snprintf(out, size, "tag %u", policy->vlan);
		break;
	case VLAN_TRUNK:
		write_trunks(policy, out, size);
		break;
	case VLAN_NATIVE:
		used = snprintf(out, size, "native %u, ", policy->vlan);
		write_trunks(policy, &out[used], size - (size_t)used);
		break;
	case VLAN_TUNNEL:
		snprintf(out, size, "tunnel %u", policy->vlan);
		break;
	case VLAN_CLOSED:
		snprintf(out, size, "closed");
		break;
	case VLAN_UNKNOWN:
		snprintf(out, size, "unknown VLAN");
		break;
	}
	return out;
}
