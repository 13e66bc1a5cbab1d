#include "agent/tagged.h"

#include "report/vlans.h"

enum {
	TYPE_CUSTOMER_TAG = 0x8100,
	TYPE_SERVICE_TAG = 0x88a8,
	TYPE_OLD_SERVICE_TAG = 0x9100,
	TYPE_ARP = 0x0806,
	TYPE_IPV4 = 0x0800,
	TYPE_IPV6 = 0x86dd,

	ARP_ETHERNET = 1,
	ARP_SIZES = 6 << 8 | 4, /* of a MAC and of an IPv4 address */

	IPV4_SIZE = 4,
	IPV6_SIZE = 16,
	IPV4_GROUPS = 224 /* 224.0.0.0 and all above */
};

static bool
stays_with_the_neighbor(const uint8_t *destination)
{
	static const uint8_t bridges[] = { 0x01, 0x80, 0xc2, 0, 0 };
	static const uint8_t cisco[] = { 0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcc };

	return memcmp(destination, cisco, sizeof(cisco)) == 0 ||
	       (memcmp(destination, bridges, sizeof(bridges)) == 0 &&
		   destination[5] < 0x10);
}

static bool
is_tag(uint16_t type)
{
	return type == TYPE_CUSTOMER_TAG || type == TYPE_SERVICE_TAG ||
	       type == TYPE_OLD_SERVICE_TAG;
}

/* Nobody, the host itself, link-local, a group: none of a subnet. */
static bool
tells_ipv4(const uint8_t *a)
{
	return a[0] != 0 && a[0] != 127 && a[0] < IPV4_GROUPS &&
	       !(a[0] == 169 && a[1] == 254);
}

/* Global unicast and unique local (RFC 4291, RFC 4193). */
static bool
tells_ipv6(const uint8_t *a)
{
	return (a[0] & 0xe0) == 0x20 || (a[0] & 0xfe) == 0xfc;
}

static void
read_arp(struct cursor packet, struct address *out)
{
	uint16_t hardware = cursor_u16(&packet);
	uint16_t protocol = cursor_u16(&packet);
	uint16_t sizes = cursor_u16(&packet);
	uint8_t address[IPV4_SIZE];

	cursor_skip(&packet, 2 + MAC_SIZE); /* operation, sender's MAC */
	cursor_copy(&packet, address, sizeof(address));
	if (hardware != ARP_ETHERNET || protocol != TYPE_IPV4 ||
	    sizes != ARP_SIZES || !tells_ipv4(address))
		return;
	out->family = ADDRESS_IPV4;
	memcpy(out->octets, address, sizeof(address));
}

static void
read_ipv4(struct cursor packet, struct address *out)
{
	uint8_t version = cursor_u8(&packet) >> 4;
	uint8_t address[IPV4_SIZE];

	cursor_skip(&packet, 11);
	cursor_copy(&packet, address, sizeof(address));
	if (version != 4 || !tells_ipv4(address))
		return;
	out->family = ADDRESS_IPV4;
	memcpy(out->octets, address, sizeof(address));
}

static void
read_ipv6(struct cursor packet, struct address *out)
{
	uint8_t version = cursor_u8(&packet) >> 4;
	uint8_t address[IPV6_SIZE];

	cursor_skip(&packet, 7);
	cursor_copy(&packet, address, sizeof(address));
	if (version != 6 || !tells_ipv6(address))
		return;
	out->family = ADDRESS_IPV6;
	memcpy(out->octets, address, sizeof(address));
}

enum status
tagged_read(struct cursor frame, struct tagged *out)
{
	struct tagged t = { .sender = { .family = ADDRESS_NONE } };
	uint8_t destination[MAC_SIZE];
	uint16_t tag, type;

	cursor_copy(&frame, destination, MAC_SIZE);
	cursor_copy(&frame, t.source_mac, MAC_SIZE);
	tag = cursor_u16(&frame);
	t.vlan = cursor_u16(&frame) & 0xfff;
	type = cursor_u16(&frame);
	if (!cursor_ok(&frame))
		return STATUS_TRUNCATED;
	if (!(destination[0] & 1) || (t.source_mac[0] & 1) || !is_tag(tag) ||
	    t.vlan < VLAN_LEAST || t.vlan > VLAN_MOST ||
	    stays_with_the_neighbor(destination))
		return STATUS_UNKNOWN;
	if (type == TYPE_ARP)
		read_arp(frame, &t.sender);
	else if (type == TYPE_IPV4)
		read_ipv4(frame, &t.sender);
	else if (type == TYPE_IPV6)
		read_ipv6(frame, &t.sender);
	*out = t;
	return STATUS_OK;
}
