#include "agent/fdb.h"

#include <libmnl/libmnl.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_AT_FIRST = 16, GROUP_BIT = 1 };

static int
read_attribute(const struct nlattr *attribute, void *data)
{
	struct fdb_change *change = data;
	uint16_t size = mnl_attr_get_payload_len(attribute);

	switch (mnl_attr_get_type(attribute)) {
	case NDA_LLADDR:
		if (size == MAC_SIZE)
			memcpy(change->mac, mnl_attr_get_payload(attribute),
			    MAC_SIZE);
		break;
	case NDA_VLAN:
		if (size == sizeof(change->vlan))
			change->vlan = mnl_attr_get_u16(attribute);
		break;
	default:
		break;
	}
	return MNL_CB_OK;
}

enum status
fdb_read(const struct nlmsghdr *message, struct fdb_change *out)
{
	static const uint8_t zeros[MAC_SIZE];
	struct fdb_change change = { .port = 0 };
	const struct ndmsg *head;

	if (message->nlmsg_type != RTM_NEWNEIGH &&
	    message->nlmsg_type != RTM_DELNEIGH)
		return STATUS_UNKNOWN;
	if (mnl_nlmsg_get_payload_len(message) < sizeof(*head))
		return STATUS_MALFORMED;
	head = mnl_nlmsg_get_payload(message);
	/* The bridge's own are permanent; 'self' are a device's filters. */
	if (head->ndm_family != AF_BRIDGE ||
	    (head->ndm_state & NUD_PERMANENT) != 0 ||
	    (head->ndm_flags & NTF_SELF) != 0)
		return STATUS_UNKNOWN;
	if (head->ndm_ifindex <= 0 ||
	    mnl_attr_parse(message, sizeof(*head), read_attribute, &change) < 0)
		return STATUS_MALFORMED;
	if (memcmp(change.mac, zeros, MAC_SIZE) == 0 ||
	    (change.mac[0] & GROUP_BIT) != 0)
		return STATUS_UNKNOWN;
	change.port = (uint32_t)head->ndm_ifindex;
	change.gone = message->nlmsg_type == RTM_DELNEIGH;
	*out = change;
	return STATUS_OK;
}

/* The place of 'port', or where it belongs. */
static size_t
place_of(const struct fdb *fdb, uint32_t port)
{
	size_t low = 0, high = fdb->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (fdb->items[middle].index < port)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct fdb_port *
find(const struct fdb *fdb, uint32_t port)
{
	size_t place = place_of(fdb, port);

	if (place == fdb->count || fdb->items[place].index != port)
		return NULL;
	return &fdb->items[place];
}

bool
fdb_want(struct fdb *fdb, uint32_t port)
{
	size_t capacity = fdb->capacity ? fdb->capacity * 2 : CAPACITY_AT_FIRST;
	size_t place = place_of(fdb, port);
	struct fdb_port *items;

	if (find(fdb, port) || fdb->count >= FDB_PORTS_MOST)
		return false;
	if (fdb->count == fdb->capacity) {
		items = realloc(fdb->items, capacity * sizeof(*items));
		if (!items)
			return false;
		fdb->items = items;
		fdb->capacity = capacity;
	}
	memmove(&fdb->items[place + 1], &fdb->items[place],
	    (fdb->count - place) * sizeof(*fdb->items));
	fdb->items[place] = (struct fdb_port){ .index = port };
	fdb->count++;
	return true;
}

void
fdb_drop(struct fdb *fdb, uint32_t port)
{
	struct fdb_port *gone = find(fdb, port);
	size_t place;

	if (!gone)
		return;
	place = (size_t)(gone - fdb->items);
	memmove(gone, gone + 1, (fdb->count - place - 1) * sizeof(*gone));
	fdb->count--;
}

void
fdb_done(struct fdb *fdb)
{
	free(fdb->items);
	*fdb = (struct fdb){ 0 };
}

static void
add_entry(struct fdb_port *port, const struct fdb_change *change)
{
	struct fdb_entry *e;

	for (unsigned i = 0; i < port->count; i++) {
		e = &port->entries[i];
		if (e->vlan == change->vlan &&
		    memcmp(e->mac, change->mac, MAC_SIZE) == 0)
			return;
	}
	if (port->count == FDB_ENTRIES_MOST) {
		port->many = true;
		return;
	}
	e = &port->entries[port->count++];
	e->vlan = change->vlan;
	memcpy(e->mac, change->mac, MAC_SIZE);
}

static void
remove_entry(struct fdb_port *port, const struct fdb_change *change)
{
	for (unsigned i = 0; i < port->count; i++) {
		const struct fdb_entry *e = &port->entries[i];

		if (e->vlan == change->vlan &&
		    memcmp(e->mac, change->mac, MAC_SIZE) == 0) {
			port->entries[i] = port->entries[--port->count];
			return;
		}
	}
}

/* One MAC in several VLANs is one. */
static void
judge(struct fdb_port *port)
{
	if (port->count == 0 && !port->many)
		return;
	port->has_mac = !port->many;
	for (unsigned i = 1; i < port->count; i++) {
		if (memcmp(port->entries[i].mac, port->entries[0].mac,
			MAC_SIZE) != 0)
			port->has_mac = false;
	}
	if (port->has_mac)
		memcpy(port->mac, port->entries[0].mac, MAC_SIZE);
}

enum fdb_news
fdb_take(struct fdb *fdb, const struct fdb_change *change)
{
	struct fdb_port *port = find(fdb, change->port);
	uint8_t mac[MAC_SIZE];
	bool had;

	if (!port || port->many)
		return FDB_SAME;
	had = port->has_mac;
	memcpy(mac, port->mac, MAC_SIZE);
	if (change->gone)
		remove_entry(port, change);
	else
		add_entry(port, change);
	judge(port);
	if (port->many)
		return FDB_OVERFLOW;
	if (had == port->has_mac &&
	    (!had || memcmp(mac, port->mac, MAC_SIZE) == 0))
		return FDB_SAME;
	return FDB_CHANGED;
}

void
fdb_recount(struct fdb *fdb, uint32_t port)
{
	struct fdb_port *p = find(fdb, port);

	if (!p)
		return;
	p->count = 0;
	p->asked = p->many = false;
}

uint32_t
fdb_next_unasked(struct fdb *fdb)
{
	for (size_t i = 0; i < fdb->count; i++) {
		if (fdb->items[i].asked)
			continue;
		fdb->items[i].asked = true;
		return fdb->items[i].index;
	}
	return 0;
}

const struct fdb_port *
fdb_find(const struct fdb *fdb, uint32_t port)
{
	return find(fdb, port);
}
