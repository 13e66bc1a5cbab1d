#include "agent/links.h"

#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { CAPACITY_AT_FIRST = 16 };

/* Each attribute of a message by type; those not there are NULL. */
struct attributes {
	const struct nlattr *by_type[IFLA_MAX + 1];
};

static int
keep_attribute(const struct nlattr *attribute, void *data)
{
	struct attributes *all = data;
	uint16_t type = mnl_attr_get_type(attribute);

	if (type <= IFLA_MAX)
		all->by_type[type] = attribute;
	return MNL_CB_OK;
}

static struct attributes
nested(const struct nlattr *attribute)
{
	struct attributes all = { { NULL } };

	if (attribute)
		(void)mnl_attr_parse_nested(attribute, keep_attribute, &all);
	return all;
}

static uint32_t
number(const struct nlattr *attribute)
{
	if (!attribute)
		return 0;
	switch (mnl_attr_get_payload_len(attribute)) {
	case sizeof(uint8_t):
		return mnl_attr_get_u8(attribute);
	case sizeof(uint16_t):
		return mnl_attr_get_u16(attribute);
	case sizeof(uint32_t):
		return mnl_attr_get_u32(attribute);
	default:
		return 0;
	}
}

static void
read_text(const struct nlattr *attribute, char *out, size_t capacity)
{
	bool cut;
	size_t size;

	out[0] = '\0';
	if (!attribute)
		return;
	size = text_clean(out, capacity - 1, mnl_attr_get_payload(attribute),
	    mnl_attr_get_payload_len(attribute), &cut);
	out[size] = '\0';
}

/* An address of zeros says nothing: a bond slave has it before it is up. */
static bool
read_mac(const struct nlattr *attribute, uint8_t out[static MAC_SIZE])
{
	static const uint8_t zeros[MAC_SIZE];

	if (!attribute || mnl_attr_get_payload_len(attribute) != MAC_SIZE)
		return false;
	memcpy(out, mnl_attr_get_payload(attribute), MAC_SIZE);
	return memcmp(out, zeros, MAC_SIZE) != 0;
}

/* Puts one more name behind those that 'l' has. */
static int
keep_alternative(const struct nlattr *attribute, void *data)
{
	struct link *l = data;
	char name[LINK_ALTERNATIVES_SIZE];
	size_t size, used = 0;

	if (mnl_attr_get_type(attribute) != IFLA_ALT_IFNAME)
		return MNL_CB_OK;
	read_text(attribute, name, sizeof(name));
	size = strlen(name) + 1;
	for (unsigned i = 0; i < l->alternative_count; i++)
		used += strlen(&l->alternatives[used]) + 1;
	if (used + size > sizeof(l->alternatives)) {
		l->alternatives_lost++;
		return MNL_CB_OK;
	}
	memcpy(&l->alternatives[used], name, size);
	l->alternative_count++;
	return MNL_CB_OK;
}

static void
read_bond_slave(const struct nlattr *data, struct link *l)
{
	struct attributes of = nested(data);
	const struct nlattr *state = of.by_type[IFLA_BOND_SLAVE_STATE];

	/* BOND_LINK_UP is 0; going up or down, failing and back are others. */
	l->member_down = number(of.by_type[IFLA_BOND_SLAVE_MII_STATUS]) != 0;
	l->aggregator =
	    (uint16_t)number(of.by_type[IFLA_BOND_SLAVE_AD_AGGREGATOR_ID]);
	l->has_lacp =
	    of.by_type[IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE] != NULL;
	l->lacp_actor = (uint8_t)number(
	    of.by_type[IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE]);
	l->lacp_partner = (uint8_t)number(
	    of.by_type[IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE]);
	if (state)
		l->bond_leg =
		    number(state) == 0 ? BOND_LEG_ACTIVE : BOND_LEG_BACKUP;
	/* All members show the bond's address as theirs; this is the NIC's. */
	if (read_mac(of.by_type[IFLA_BOND_SLAVE_PERM_HWADDR], l->permanent_mac))
		l->has_permanent_mac = true;
}

static void
read_bond(const struct nlattr *data, struct link *l)
{
	struct attributes of = nested(data);
	struct attributes lacp = nested(of.by_type[IFLA_BOND_AD_INFO]);

	l->has_bond_mode = of.by_type[IFLA_BOND_MODE] != NULL;
	l->bond_mode = (uint8_t)number(of.by_type[IFLA_BOND_MODE]);
	l->bond_active = number(of.by_type[IFLA_BOND_ACTIVE_SLAVE]);
	l->aggregator =
	    (uint16_t)number(lacp.by_type[IFLA_BOND_AD_INFO_AGGREGATOR]);
	l->has_partner_mac = read_mac(
	    lacp.by_type[IFLA_BOND_AD_INFO_PARTNER_MAC], l->partner_mac);
}

static void
read_kind_data(const struct nlattr *data, struct link *l)
{
	struct attributes of = nested(data);

	if (strcmp(l->kind, "bond") == 0) {
		read_bond(data, l);
	} else if (strcmp(l->kind, "vlan") == 0) {
		l->vlan = (uint16_t)number(of.by_type[IFLA_VLAN_ID]);
	} else if (strcmp(l->kind, "bridge") == 0) {
		l->group_forward_mask =
		    (uint16_t)number(of.by_type[IFLA_BR_GROUP_FWD_MASK]);
		l->vlan_filtering =
		    number(of.by_type[IFLA_BR_VLAN_FILTERING]) != 0;
	} else if (link_is_macvlan(l)) {
		l->macvlan_mode =
		    (uint8_t)number(of.by_type[IFLA_MACVLAN_MODE]);
	}
}

static void
read_link_info(const struct nlattr *info, struct link *l)
{
	struct attributes of = nested(info);

	read_text(of.by_type[IFLA_INFO_KIND], l->kind, sizeof(l->kind));
	read_text(of.by_type[IFLA_INFO_SLAVE_KIND], l->member_kind,
	    sizeof(l->member_kind));
	read_kind_data(of.by_type[IFLA_INFO_DATA], l);
	if (strcmp(l->member_kind, "bond") == 0)
		read_bond_slave(of.by_type[IFLA_INFO_SLAVE_DATA], l);
	if (strcmp(l->member_kind, "bridge") == 0) {
		struct attributes port =
		    nested(of.by_type[IFLA_INFO_SLAVE_DATA]);

		l->group_forward_mask =
		    (uint16_t)number(port.by_type[IFLA_BRPORT_GROUP_FWD_MASK]);
	}
}

static void
read_attributes(const struct attributes *of, struct link *l)
{
	read_text(of->by_type[IFLA_IFNAME], l->name, sizeof(l->name));
	read_text(of->by_type[IFLA_PARENT_DEV_NAME], l->bus, sizeof(l->bus));
	read_text(of->by_type[IFLA_PHYS_PORT_NAME], l->port_name,
	    sizeof(l->port_name));
	l->mtu = number(of->by_type[IFLA_MTU]);
	l->master = number(of->by_type[IFLA_MASTER]);
	l->lower = number(of->by_type[IFLA_LINK]);
	l->lower_elsewhere = of->by_type[IFLA_LINK_NETNSID] != NULL;
	l->lower_namespace =
	    l->lower_elsewhere ? (int32_t)number(of->by_type[IFLA_LINK_NETNSID])
			       : -1;
	l->promiscuous = number(of->by_type[IFLA_PROMISCUITY]) > 0;
	l->carrier_changes = number(of->by_type[IFLA_CARRIER_CHANGES]);
	l->has_mac = read_mac(of->by_type[IFLA_ADDRESS], l->mac);
	l->has_permanent_mac =
	    read_mac(of->by_type[IFLA_PERM_ADDRESS], l->permanent_mac);
	if (of->by_type[IFLA_PROP_LIST])
		(void)mnl_attr_parse_nested(
		    of->by_type[IFLA_PROP_LIST], keep_alternative, l);
	read_link_info(of->by_type[IFLA_LINKINFO], l);
	l->physical = l->kind[0] == '\0' && l->bus[0] != '\0';
}

enum status
link_read(const struct nlmsghdr *message, struct link *out)
{
	struct attributes all = { { NULL } };
	const struct ifinfomsg *head;
	struct link l;

	if (message->nlmsg_type != RTM_NEWLINK &&
	    message->nlmsg_type != RTM_DELLINK)
		return STATUS_UNKNOWN;
	if (mnl_nlmsg_get_payload_len(message) < sizeof(*head))
		return STATUS_MALFORMED;
	head = mnl_nlmsg_get_payload(message);
	/* With AF_BRIDGE the message tells of the port, not of the link: its
	 * RTM_DELLINK means that the link has left the bridge. */
	if (head->ifi_family != AF_UNSPEC)
		return STATUS_UNKNOWN;
	if (mnl_attr_parse(message, sizeof(*head), keep_attribute, &all) < 0)
		return STATUS_MALFORMED;
	memset(&l, 0, sizeof(l));
	l.index = (uint32_t)head->ifi_index;
	l.hardware = head->ifi_type;
	l.up = (head->ifi_flags & IFF_UP) != 0;
	l.carrier = l.up && (head->ifi_flags & IFF_LOWER_UP) != 0;
	read_attributes(&all, &l);
	if (l.index == 0 || l.name[0] == '\0')
		return STATUS_MALFORMED;
	*out = l;
	return STATUS_OK;
}

void
links_init(struct links *links)
{
	*links = (struct links){ 0 };
}

void
links_done(struct links *links)
{
	free(links->items);
	free(links->seen);
	links_init(links);
}

/* The place of 'index', or where it belongs. */
static size_t
place_of(const struct links *links, uint32_t index)
{
	size_t low = 0, high = links->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (links->items[middle].index < index)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
grow(struct links *links)
{
	size_t capacity =
	    links->capacity ? links->capacity * 2 : CAPACITY_AT_FIRST;
	struct link *items;
	bool *seen;

	items = realloc(links->items, capacity * sizeof(*items));
	if (!items)
		return false;
	links->items = items;
	seen = realloc(links->seen, capacity * sizeof(*seen));
	if (!seen)
		return false;
	links->seen = seen;
	links->capacity = capacity;
	return true;
}

enum status
links_take(struct links *links, const struct link *link)
{
	size_t place = place_of(links, link->index);
	size_t behind = links->count - place;

	if (behind > 0 && links->items[place].index == link->index) {
		links->items[place] = *link;
		links->seen[place] = true;
		return STATUS_OK;
	}
	if (links->count >= LINKS_MOST) {
		links->lost++;
		return STATUS_TOO_LARGE;
	}
	if (links->count == links->capacity && !grow(links))
		return STATUS_NO_MEMORY;
	memmove(&links->items[place + 1], &links->items[place],
	    behind * sizeof(*links->items));
	memmove(&links->seen[place + 1], &links->seen[place],
	    behind * sizeof(*links->seen));
	links->items[place] = *link;
	links->seen[place] = true;
	links->count++;
	return STATUS_OK;
}

void
links_remove(struct links *links, uint32_t index)
{
	size_t place = place_of(links, index);
	size_t behind;

	if (place == links->count || links->items[place].index != index)
		return;
	behind = links->count - place - 1;
	memmove(&links->items[place], &links->items[place + 1],
	    behind * sizeof(*links->items));
	memmove(&links->seen[place], &links->seen[place + 1],
	    behind * sizeof(*links->seen));
	links->count--;
}

void
links_begin_dump(struct links *links)
{
	if (links->count > 0)
		memset(links->seen, 0, links->count * sizeof(*links->seen));
	links->lost = 0;
}

uint32_t
links_next_unseen(const struct links *links)
{
	for (size_t i = 0; i < links->count; i++) {
		if (!links->seen[i])
			return links->items[i].index;
	}
	return 0;
}

const struct link *
links_find(const struct links *links, uint32_t index)
{
	size_t place = place_of(links, index);

	if (place == links->count || links->items[place].index != index)
		return NULL;
	return &links->items[place];
}

static bool
has_alternative(const struct link *l, const char *name)
{
	const char *one = l->alternatives;

	for (unsigned i = 0; i < l->alternative_count; i++) {
		if (strcmp(one, name) == 0)
			return true;
		one += strlen(one) + 1;
	}
	return false;
}

const struct link *
links_find_name(const struct links *links, const char *name)
{
	for (size_t i = 0; i < links->count; i++) {
		if (strcmp(links->items[i].name, name) == 0)
			return &links->items[i];
	}
	for (size_t i = 0; i < links->count; i++) {
		if (has_alternative(&links->items[i], name))
			return &links->items[i];
	}
	return NULL;
}

bool
link_is_nic(const struct link *link)
{
	return link->physical && link->hardware == ARPHRD_ETHER;
}

enum member_state
link_member_state(const struct link *bond, const struct link *member)
{
	if (!member->carrier || member->member_down)
		return MEMBER_DOWN;
	if (member->bond_leg == BOND_LEG_UNKNOWN)
		return MEMBER_UNKNOWN;
	if (member->bond_leg == BOND_LEG_BACKUP)
		return MEMBER_STANDBY;
	/* A leg alone with its LACP partner is ready, but is not used. */
	if (bond->bond_mode == BOND_MODE_8023AD && bond->aggregator != 0 &&
	    member->aggregator != bond->aggregator)
		return MEMBER_STANDBY;
	return MEMBER_ACTIVE;
}

enum lacp_state
link_lacp_state(const struct link *bond)
{
	if (!bond->has_bond_mode)
		return LACP_UNKNOWN;
	if (bond->bond_mode != BOND_MODE_8023AD)
		return LACP_OFF;
	return bond->has_partner_mac ? LACP_NEGOTIATED : LACP_CONFIGURED;
}

bool
link_lacp_is_settled(const struct link *member)
{
	enum { SYNCHRONIZED = 0x08, COLLECTING = 0x10, DISTRIBUTING = 0x20 };
	uint8_t wanted = SYNCHRONIZED | COLLECTING | DISTRIBUTING;

	return !member->has_lacp ||
	       (member->lacp_actor & member->lacp_partner & wanted) == wanted;
}

bool
link_leg_changed(const struct link *before, const struct link *member)
{
	return before->master != member->master ||
	       before->carrier != member->carrier ||
	       before->bond_leg != member->bond_leg ||
	       before->aggregator != member->aggregator ||
	       before->member_down != member->member_down;
}

bool
link_is_macvlan(const struct link *link)
{
	return strcmp(link->kind, "macvtap") == 0 ||
	       strcmp(link->kind, "macvlan") == 0;
}

const char *
link_macvlan_mode_name(const struct link *link)
{
	switch (link->macvlan_mode) {
	case MACVLAN_MODE_PRIVATE:
		return "private";
	case MACVLAN_MODE_VEPA:
		return "vepa";
	case MACVLAN_MODE_BRIDGE:
		return "bridge";
	case MACVLAN_MODE_PASSTHRU:
		return "passthrough";
	case MACVLAN_MODE_SOURCE:
		return "source";
	default:
		return "";
	}
}

const char *
link_bond_mode_name(const struct link *link)
{
	static const char *const names[] = { "balance-rr", "active-backup",
		"balance-xor", "broadcast", "802.3ad", "balance-tlb",
		"balance-alb" };

	if (!link->has_bond_mode ||
	    link->bond_mode >= sizeof(names) / sizeof(names[0]))
		return "";
	return names[link->bond_mode];
}
