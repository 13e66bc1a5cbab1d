#include "agent/neighbors.h"

#include <stdlib.h>
#include <string.h>

enum { MS_PER_S = 1000, REMOVAL_S = 2 };

/* FNV-1a, 64 bits.  Not for secrets: who forges an id forges the id itself. */
static uint64_t
fingerprint(uint64_t hash, const void *octets, size_t size)
{
	const uint8_t *octet = octets;

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ octet[i]) * 0x100000001b3u;
	return hash;
}

static uint64_t
fingerprint_id(
    uint64_t hash, const struct neighbor *said, const struct identifier *id)
{
	uint8_t type = (uint8_t)id->type;

	hash = fingerprint(hash, &type, sizeof(type));
	if (id->value.at == 0)
		return hash;
	return fingerprint(hash, &said->texts[id->value.at], id->value.length);
}

void
neighbors_init(struct neighbors *neighbors)
{
	neighbors->first = NULL;
}

void
neighbors_done(struct neighbors *neighbors)
{
	while (neighbors->first)
		neighbors_forget_nic(neighbors, neighbors->first->nic);
}

static struct neighbors_nic *
find_nic(const struct neighbors *neighbors, uint32_t nic)
{
	struct neighbors_nic *at = neighbors->first;

	while (at && at->nic != nic)
		at = at->next;
	return at;
}

struct neighbors_nic *
neighbors_nic(struct neighbors *neighbors, uint32_t nic)
{
	struct neighbors_nic *at = find_nic(neighbors, nic);

	if (at)
		return at;
	at = calloc(1, sizeof(*at));
	if (!at)
		return NULL;
	at->nic = nic;
	at->next = neighbors->first;
	neighbors->first = at;
	return at;
}

const struct neighbors_nic *
neighbors_find_nic(const struct neighbors *neighbors, uint32_t nic)
{
	return find_nic(neighbors, nic);
}

static void
forget(struct heard **at)
{
	struct heard *gone = *at;

	*at = gone->next;
	free(gone);
}

void
neighbors_forget_nic(struct neighbors *neighbors, uint32_t nic)
{
	struct neighbors_nic **at = &neighbors->first;
	struct neighbors_nic *gone;

	while (*at && (*at)->nic != nic)
		at = &(*at)->next;
	gone = *at;
	if (!gone)
		return;
	while (gone->first)
		forget(&gone->first);
	*at = gone->next;
	free(gone);
}

void
neighbors_move_nic(struct neighbors *neighbors, uint32_t from, uint32_t to)
{
	struct neighbors_nic *nic = find_nic(neighbors, from);

	if (!nic || from == to)
		return;
	neighbors_forget_nic(neighbors, to);
	nic->nic = to;
}

/* Sets the times of one more frame. */
static void
touch(struct heard *h, const struct hearing *hearing)
{
	h->frames++;
	h->last_at = hearing->unix_s;
	h->last = hearing->now;
	h->expires_at = hearing->unix_s + h->ttl_s;
	h->until = instant_after(hearing->now, (int64_t)h->ttl_s * MS_PER_S);
}

bool
neighbors_refresh(struct neighbors *neighbors, const struct hearing *hearing)
{
	struct neighbors_nic *nic = find_nic(neighbors, hearing->nic);
	const struct cursor *frame = &hearing->frame;

	for (struct heard *h = nic ? nic->first : NULL; h; h = h->next) {
		if (h->ended != END_NONE || h->size != frame->left ||
		    memcmp(h->frame, frame->next, frame->left) != 0)
			continue;
		touch(h, hearing);
		nic->counts.heard++;
		return true;
	}
	return false;
}

static void
end(struct heard *h, enum end_reason reason, struct instant now, int64_t unix_s)
{
	h->ended = reason;
	h->ended_at = unix_s;
	h->until =
	    instant_after(now, (int64_t)NEIGHBORS_ENDED_KEPT_S * MS_PER_S);
}

static unsigned
count_of(const struct neighbors_nic *nic, bool ended)
{
	unsigned count = 0;

	for (const struct heard *h = nic->first; h; h = h->next)
		count += (h->ended != END_NONE) == ended;
	return count;
}

/* Drops those that ended longest ago, until at most 'most' are left. */
static void
trim_ended(struct neighbors_nic *nic, unsigned most)
{
	for (unsigned count = count_of(nic, true); count > most; count--) {
		struct heard **oldest = NULL;

		for (struct heard **at = &nic->first; *at; at = &(*at)->next) {
			if ((*at)->ended == END_NONE)
				continue;
			if (!oldest || (*at)->until.ms < (*oldest)->until.ms)
				oldest = at;
		}
		if (oldest)
			forget(oldest);
	}
}

/* What a frame says of who sent it. */
struct sender {
	uint64_t device, port;
	uint16_t ttl_s;
	bool goodbye;
	const struct neighbor *said;
};

static struct sender
sender_of(const struct neighbor *said)
{
	struct sender s = { .said = said, .ttl_s = NEIGHBORS_TTL_S };

	s.device = fingerprint_id(0xcbf29ce484222325u, said, &said->chassis_id);
	if (said->chassis_id.type == ID_NONE)
		s.device = fingerprint(s.device, said->source_mac, MAC_SIZE);
	s.port = fingerprint_id(s.device, said, &said->port_id);
	if (said->has & HAS_TTL) {
		s.ttl_s = said->ttl_s;
		s.goodbye = said->ttl_s == 0;
	}
	return s;
}

static bool
same_sort(const struct heard *h, const struct neighbor *said)
{
	return h->protocol == said->protocol && h->scope == said->scope;
}

static struct heard **
find_port(struct neighbors_nic *nic, const struct sender *s)
{
	struct heard **at = &nic->first;

	while (*at && !(same_sort(*at, s->said) && (*at)->port == s->port))
		at = &(*at)->next;
	return at;
}

static bool
same_sender(const struct heard *h, const struct neighbor *said)
{
	return memcmp(h->source_mac, said->source_mac, MAC_SIZE) == 0;
}

/* Is 'h' over because of this frame?  See neighbors_take. */
static bool
is_replaced(const struct neighbors_nic *nic, const struct heard *h,
    const struct sender *s, const struct hearing *hearing)
{
	if (h->ended != END_NONE || h->port == s->port ||
	    !same_sort(h, s->said))
		return false;
	if (same_sender(h, s->said))
		return true;
	return h->protocol == PROTOCOL_LLDP &&
	       h->scope == SCOPE_NEAREST_BRIDGE && !nic->shared && !h->own &&
	       !hearing->own;
}

static void
replace_others(struct neighbors_nic *nic, const struct sender *s,
    const struct hearing *hearing)
{
	for (struct heard *h = nic->first; h; h = h->next) {
		if (is_replaced(nic, h, s, hearing))
			end(h, END_REPLACED, hearing->now, hearing->unix_s);
	}
	trim_ended(nic, NEIGHBORS_ENDED_MOST);
}

/* Does one speak again that another sender has just replaced? */
static bool
takes_turns(const struct neighbors_nic *nic, const struct heard *h,
    const struct hearing *hearing)
{
	if (!h || h->ended != END_REPLACED ||
	    hearing->unix_s - h->ended_at > h->ttl_s)
		return false;
	for (const struct heard *o = nic->first; o; o = o->next) {
		if (o->ended == END_NONE && o->protocol == h->protocol &&
		    memcmp(o->source_mac, h->source_mac, MAC_SIZE) != 0)
			return true;
	}
	return false;
}

/* What ended of this device, by this protocol, is history: it is here. */
static void
forget_ended(struct neighbors_nic *nic, const struct sender *s)
{
	struct heard **at = &nic->first;

	while (*at) {
		if ((*at)->ended != END_NONE && (*at)->device == s->device &&
		    (*at)->protocol == s->said->protocol)
			forget(at);
		else
			at = &(*at)->next;
	}
}

static void
fill(struct heard *h, const struct sender *s, const struct hearing *hearing)
{
	h->protocol = s->said->protocol;
	h->scope = s->said->scope;
	h->own = hearing->own;
	memcpy(h->source_mac, s->said->source_mac, MAC_SIZE);
	h->device = s->device;
	h->port = s->port;
	h->ttl_s = s->ttl_s;
	h->size = (uint16_t)hearing->frame.left;
	memcpy(h->frame, hearing->frame.next, hearing->frame.left);
	touch(h, hearing);
}

/* The neighbor at '*at' says something new. */
static enum neighbors_change
update(struct heard **at, const struct sender *s, const struct hearing *hearing)
{
	struct heard *h = realloc(*at, sizeof(*h) + hearing->frame.left);

	if (!h)
		return NEIGHBORS_LOST;
	*at = h;
	fill(h, s, hearing);
	return NEIGHBORS_UPDATED;
}

static enum neighbors_change
add(struct neighbors_nic *nic, const struct sender *s,
    const struct hearing *hearing)
{
	unsigned current = count_of(nic, false);
	struct heard **last = &nic->first;
	struct heard *h;

	if (current >= NEIGHBORS_PER_NIC_MOST) {
		nic->counts.lost_neighbors++;
		return NEIGHBORS_LOST;
	}
	h = calloc(1, sizeof(*h) + hearing->frame.left);
	if (!h) {
		nic->counts.lost_neighbors++;
		return NEIGHBORS_LOST;
	}
	fill(h, s, hearing);
	h->first_at = hearing->unix_s;
	while (*last)
		last = &(*last)->next;
	*last = h;
	return NEIGHBORS_NEW;
}

static enum neighbors_change
take_goodbye(struct heard *h, const struct hearing *hearing)
{
	if (!h || h->ended != END_NONE)
		return NEIGHBORS_SAME;
	end(h, END_GOODBYE, hearing->now, hearing->unix_s);
	return NEIGHBORS_ENDED;
}

enum neighbors_change
neighbors_take(struct neighbors *neighbors, const struct hearing *hearing,
    const struct neighbor *said)
{
	struct neighbors_nic *nic = neighbors_nic(neighbors, hearing->nic);
	struct sender s = sender_of(said);
	struct heard **at;
	enum neighbors_change change;

	if (!nic || hearing->frame.left > UINT16_MAX)
		return NEIGHBORS_LOST;
	nic->counts.heard++;
	at = find_port(nic, &s);
	if (s.goodbye) {
		change = take_goodbye(*at, hearing);
		trim_ended(nic, NEIGHBORS_ENDED_MOST);
		return change;
	}
	if (takes_turns(nic, *at, hearing))
		nic->shared = true;
	replace_others(nic, &s, hearing);
	at = find_port(nic, &s);
	if (*at && (*at)->ended == END_NONE)
		return update(at, &s, hearing);
	forget_ended(nic, &s);
	return add(nic, &s, hearing);
}

bool
neighbors_restore(struct neighbors *neighbors, const struct hearing *hearing,
    const struct neighbor *said, int64_t first_at, uint64_t frames)
{
	struct sender s = sender_of(said);
	struct heard *h;

	if (neighbors_take(neighbors, hearing, said) != NEIGHBORS_NEW)
		return false;
	h = *find_port(find_nic(neighbors, hearing->nic), &s);
	h->first_at = first_at;
	h->frames = frames;
	return true;
}

/* The kernel takes a NIC down before it removes it: that is the reason then,
 * not a lost link. */
static bool
was_taken_down(const struct heard *h, const struct ending *ending)
{
	return ending->reason == END_NIC_REMOVED && h->ended == END_LINK_DOWN &&
	       ending->unix_s - h->ended_at <= REMOVAL_S;
}

unsigned
neighbors_end_nic(struct neighbors *neighbors, const struct ending *ending)
{
	struct neighbors_nic *nic = find_nic(neighbors, ending->nic);
	unsigned count = 0;

	for (struct heard *h = nic ? nic->first : NULL; h; h = h->next) {
		if (was_taken_down(h, ending))
			h->ended = END_NIC_REMOVED;
		if (h->ended != END_NONE || h->last.ms >= ending->before.ms)
			continue;
		end(h, ending->reason, ending->now, ending->unix_s);
		count++;
	}
	if (!nic)
		return 0;
	nic->shared = false;
	trim_ended(nic, NEIGHBORS_ENDED_MOST);
	return count;
}

static unsigned
expire_nic(struct neighbors_nic *nic, struct instant now, int64_t unix_s)
{
	struct heard **at = &nic->first;
	unsigned count = 0;

	while (*at) {
		struct heard *h = *at;

		if (h->until.ms > now.ms) {
			at = &h->next;
			continue;
		}
		count++;
		if (h->ended != END_NONE) {
			forget(at);
			continue;
		}
		/* Those that take turns do not fall silent. */
		nic->shared = false;
		end(h, END_EXPIRED, now, unix_s);
		at = &h->next;
	}
	trim_ended(nic, NEIGHBORS_ENDED_MOST);
	return count;
}

unsigned
neighbors_expire(
    struct neighbors *neighbors, struct instant now, int64_t unix_s)
{
	unsigned count = 0;

	for (struct neighbors_nic *nic = neighbors->first; nic; nic = nic->next)
		count += expire_nic(nic, now, unix_s);
	return count;
}

bool
neighbors_next(const struct neighbors *neighbors, struct instant *out_at)
{
	bool any = false;

	for (const struct neighbors_nic *nic = neighbors->first; nic;
	     nic = nic->next) {
		for (const struct heard *h = nic->first; h; h = h->next) {
			if (any && h->until.ms >= out_at->ms)
				continue;
			*out_at = h->until;
			any = true;
		}
	}
	return any;
}

const char *
end_reason_name(enum end_reason reason)
{
	static const char *const names[] = { [END_NONE] = "",
		[END_EXPIRED] = "expired",
		[END_GOODBYE] = "goodbye",
		[END_LINK_DOWN] = "link_down",
		[END_REPLACED] = "replaced",
		[END_NIC_REMOVED] = "nic_removed" };

	return names[reason];
}
