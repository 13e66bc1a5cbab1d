#include "agent/heard_vlans.h"

#include <stdlib.h>
#include <string.h>

enum { CAPACITY_FIRST = 8 };

static struct heard_vlans_nic **
find(struct heard_vlans *set, uint32_t nic)
{
	struct heard_vlans_nic **at = &set->first;

	while (*at && (*at)->nic != nic)
		at = &(*at)->next;
	return at;
}

/* The first one whose id is not smaller. */
static size_t
place_of(const struct heard_vlans_nic *nic, uint16_t vlan)
{
	size_t low = 0, high = nic->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (nic->items[middle].id < vlan)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct heard_vlan *
find_vlan(const struct heard_vlans_nic *nic, uint16_t vlan)
{
	size_t at = place_of(nic, vlan);

	return at < nic->count && nic->items[at].id == vlan ? &nic->items[at]
							    : NULL;
}

static bool
may_grow(const struct heard_vlans *set, const struct heard_vlans_nic *nic)
{
	return set->total < HEARD_VLANS_MOST || nic->count < HEARD_VLANS_SHARE;
}

static struct heard_vlan *
add_vlan(struct heard_vlans *set, struct heard_vlans_nic *nic, uint16_t vlan)
{
	size_t at = place_of(nic, vlan);

	if (!may_grow(set, nic))
		return NULL;
	if (nic->count == nic->capacity) {
		size_t more =
		    nic->capacity ? 2 * nic->capacity : (size_t)CAPACITY_FIRST;
		void *items = realloc(nic->items, more * sizeof(nic->items[0]));

		if (!items)
			return NULL;
		nic->items = items;
		nic->capacity = more;
	}
	memmove(&nic->items[at + 1], &nic->items[at],
	    (nic->count - at) * sizeof(nic->items[0]));
	nic->items[at] = (struct heard_vlan){ .id = vlan };
	nic->count++;
	set->total++;
	return &nic->items[at];
}

static bool
same_address(const struct address *a, const struct address *b)
{
	return a->family == b->family &&
	       memcmp(a->octets, b->octets, sizeof(a->octets)) == 0;
}

/* True: it was not known. */
static bool
take_address(struct heard_vlans *set, struct heard_vlan *vlan,
    const struct address *sender)
{
	if (sender->family == ADDRESS_NONE ||
	    vlan->address_count == HEARD_ADDRESSES_MOST)
		return false;
	for (unsigned i = 0; i < vlan->address_count; i++) {
		if (same_address(&vlan->addresses[i], sender))
			return false;
	}
	if (vlan->address_count == 0) {
		if (set->addressed == HEARD_ADDRESSED_MOST)
			return false;
		set->addressed++;
	}
	vlan->addresses[vlan->address_count++] = *sender;
	return true;
}

enum heard_news
heard_vlans_take(struct heard_vlans *set, struct heard_vlans_nic *nic,
    uint16_t id, const struct address *sender, struct heard_when when)
{
	struct heard_vlan *vlan = find_vlan(nic, id);
	bool fresh = !vlan;

	if (fresh)
		vlan = add_vlan(set, nic, id);
	if (!vlan) {
		nic->lost++;
		return HEARD_LOST;
	}
	if (fresh)
		vlan->first_at = when.unix_s;
	vlan->last_at = when.unix_s;
	vlan->last = when.now;
	vlan->frames += vlan->frames < UINT32_MAX;
	vlan->window_frames++;
	if (take_address(set, vlan, sender) && !fresh)
		return HEARD_ADDRESS;
	return fresh ? HEARD_NEW : HEARD_SAME;
}

bool
heard_vlans_enough(const struct heard_vlans_nic *nic, uint16_t vlan)
{
	const struct heard_vlan *v = find_vlan(nic, vlan);

	return v && v->window_frames >= HEARD_FRAMES_ENOUGH;
}

struct heard_vlans_nic *
heard_vlans_begin(struct heard_vlans *set, uint32_t nic, struct heard_when when)
{
	struct heard_vlans_nic **at = find(set, nic);

	if (!*at) {
		*at = calloc(1, sizeof(**at));
		if (!*at)
			return NULL;
		(*at)->nic = nic;
		(*at)->since = when.unix_s;
	}
	(*at)->window_at = when.now;
	for (size_t i = 0; i < (*at)->count; i++)
		(*at)->items[i].window_frames = 0;
	return *at;
}

const struct heard_vlans_nic *
heard_vlans_find(const struct heard_vlans *set, uint32_t nic)
{
	const struct heard_vlans_nic *at = set->first;

	while (at && at->nic != nic)
		at = at->next;
	return at;
}

static unsigned
expire_nic(
    struct heard_vlans *set, struct heard_vlans_nic *nic, struct instant now)
{
	size_t kept = 0;
	unsigned gone;

	for (size_t i = 0; i < nic->count; i++) {
		const struct heard_vlan *v = &nic->items[i];

		if (instant_ms_between(v->last, now) < set->life_ms)
			nic->items[kept++] = *v;
		else
			set->addressed -= v->address_count > 0;
	}
	gone = (unsigned)(nic->count - kept);
	nic->count = kept;
	set->total -= gone;
	return gone;
}

unsigned
heard_vlans_expire(struct heard_vlans *set, struct instant now)
{
	unsigned gone = 0;

	for (struct heard_vlans_nic *n = set->first; n; n = n->next)
		gone += expire_nic(set, n, now);
	return gone;
}

bool
heard_vlans_next(const struct heard_vlans *set, struct instant *out)
{
	const struct heard_vlan *oldest = NULL;

	for (const struct heard_vlans_nic *n = set->first; n; n = n->next) {
		for (size_t i = 0; i < n->count; i++) {
			if (!oldest || n->items[i].last.ms < oldest->last.ms)
				oldest = &n->items[i];
		}
	}
	if (oldest)
		*out = instant_after(oldest->last, set->life_ms);
	return oldest != NULL;
}

size_t
heard_vlans_forget(struct heard_vlans *set, uint32_t nic)
{
	struct heard_vlans_nic **at = find(set, nic);
	struct heard_vlans_nic *gone = *at;
	size_t count;

	if (!gone)
		return 0;
	count = gone->count;
	for (size_t i = 0; i < gone->count; i++)
		set->addressed -= gone->items[i].address_count > 0;
	set->total -= gone->count;
	*at = gone->next;
	free(gone->items);
	free(gone);
	return count;
}

void
heard_vlans_init(struct heard_vlans *set, int64_t life_ms)
{
	*set = (struct heard_vlans){ .life_ms = life_ms };
}

void
heard_vlans_done(struct heard_vlans *set)
{
	while (set->first)
		(void)heard_vlans_forget(set, set->first->nic);
}
