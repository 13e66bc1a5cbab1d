#include "agent/cdp_tlvs.h"

#include <stdio.h>

#include "agent/cdp.h"
#include "report/address.h"
#include "report/facts.h"

enum {
	/* Rows of the table: Cisco's types as they are, HP's behind them. */
	ROWS_OF_CISCO = 0x20,
	FIRST_TYPE_OF_HP = 0x1000,

	OUI_CISCO = 0x00000c,
	PROTOCOL_CLUSTER = 0x0112, /* of the TLV "protocol hello" */
	VLAN_MOST = 4094
};

/* ---- identity ------------------------------------------------------------ */

/* Keeps the value as one of the texts of 'n'. */
static bool
keep_text(struct cursor *value, struct neighbor *n, struct text *out)
{
	*out = neighbor_add_text(n, value);
	return out->at != 0;
}

static bool
read_device_id(struct cursor *value, struct neighbor *n, unsigned fact)
{
	struct text id;

	(void)fact;
	if (!keep_text(value, n, &id) || id.length == 0)
		return false;
	n->chassis_id = (struct identifier){ ID_DEVICE_ID, id };
	return true;
}

static bool
read_port_id(struct cursor *value, struct neighbor *n, unsigned fact)
{
	struct text id;

	(void)fact;
	if (!keep_text(value, n, &id) || id.length == 0)
		return false;
	n->port_id = (struct identifier){ ID_INTERFACE_NAME, id };
	return true;
}

static bool
read_system_name(struct cursor *value, struct neighbor *n, unsigned fact)
{
	(void)fact;
	return keep_text(value, n, &n->system_name);
}

static bool
read_software(struct cursor *value, struct neighbor *n, unsigned fact)
{
	(void)fact;
	return keep_text(value, n, &n->software);
}

static bool
read_platform(struct cursor *value, struct neighbor *n, unsigned fact)
{
	(void)fact;
	return keep_text(value, n, &n->platform);
}

static bool
read_serial(struct cursor *value, struct neighbor *n, unsigned fact)
{
	(void)fact;
	return keep_text(value, n, &n->serial);
}

/* Bit by bit what "show cdp neighbors" calls R T B S H I r P D C M. */
static bool
read_capabilities(struct cursor *value, struct neighbor *n, unsigned fact)
{
	static const uint32_t meaning[] = {
		CAPABILITY_ROUTER,
		CAPABILITY_BRIDGE,
		CAPABILITY_SOURCE_ROUTE_BRIDGE,
		CAPABILITY_SWITCH,
		CAPABILITY_HOST,
		CAPABILITY_IGMP,
		CAPABILITY_REPEATER,
		CAPABILITY_TELEPHONE,
		CAPABILITY_REMOTELY_MANAGED,
		CAPABILITY_CVTA,
		CAPABILITY_TWO_PORT_MAC_RELAY,
	};
	uint32_t bits = cursor_u32(value), set = 0;

	(void)fact;
	for (size_t i = 0; i < sizeof(meaning) / sizeof(meaning[0]); i++)
		if (bits >> i & 1)
			set |= meaning[i];
	n->has |= HAS_CAPABILITIES;
	n->capabilities_supported = set;
	n->capabilities_enabled = set; /* CDP knows only what is at work */
	return cursor_ok(value);
}

/* ---- addresses ----------------------------------------------------------- */

/* One address: type of protocol (1 NLPID, 2 802.2) and protocol, each with its
 * length, then the address with its own. */
static bool
read_address(struct cursor *list, struct neighbor *n)
{
	static const uint8_t snap_ipv6[] = { 0xaa, 0xaa, 0x03, 0, 0, 0, 0x86,
		0xdd };
	/* Cisco's own description has 0x0800 here; seen for both families. */
	static const uint8_t snap_ip[] = { 0xaa, 0xaa, 0x03, 0, 0, 0, 0x08, 0 };
	uint8_t kind = cursor_u8(list);
	struct cursor protocol = cursor_take(list, cursor_u8(list));
	struct cursor address = cursor_take(list, cursor_u16(list));
	bool is_nlpid, is_snap;

	if (!cursor_ok(list))
		return false;
	is_nlpid = kind == 1 && protocol.left == 1 && *protocol.next == 0xcc;
	is_snap = kind == 2 && protocol.left == sizeof(snap_ipv6) &&
		  (memcmp(protocol.next, snap_ipv6, sizeof(snap_ipv6)) == 0 ||
		      memcmp(protocol.next, snap_ip, sizeof(snap_ip)) == 0);
	if ((is_nlpid || is_snap) && address.left == 4)
		neighbor_add_address(n, ADDRESS_IPV4, address.next);
	else if (is_snap && address.left == 16)
		neighbor_add_address(n, ADDRESS_IPV6, address.next);
	else
		n->lost_items++; /* CLNP, IPX, AppleTalk ... */
	return true;
}

bool
cdp_read_addresses(struct cursor *value, struct neighbor *n)
{
	uint32_t count = cursor_u32(value);

	/* Ends with the octets, whatever the count says: it has 32 bits. */
	for (; count > 0 && value->left > 0; count--)
		if (!read_address(value, n))
			return false;
	return count == 0 && cursor_ok(value);
}

static bool
read_addresses(struct cursor *value, struct neighbor *n, unsigned fact)
{
	(void)fact;
	return cdp_read_addresses(value, n);
}

/* "198.51.100.0/24", from four octets and the length of the prefix. */
static void
add_prefix(struct neighbor *n, const uint8_t prefix[static 5])
{
	struct address address = { .family = ADDRESS_IPV4 };
	char text[ADDRESS_TEXT_SIZE + sizeof("/255")];
	size_t length;
	struct cursor c;

	memcpy(address.octets, prefix, 4);
	address_format(&address, text);
	length = strlen(text);
	length += (size_t)snprintf(text + length, 5, "/%u", prefix[4]);
	c = cursor_over(text, length);
	neighbor_add_fact(n, FACT_CISCO_ODR_PREFIX, FACT_TEXT, &c);
}

/* On-demand routing: a hub tells its address as the gateway, a stub each of
 * its networks. */
static bool
read_odr(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint8_t octets[5] = { 1 }; /* the family, IPv4 */
	struct cursor c = cursor_over(octets, sizeof(octets));

	(void)fact;
	if (value->left == 4) {
		cursor_copy(value, octets + 1, 4);
		neighbor_add_fact(n, FACT_CISCO_ODR_GATEWAY, FACT_ADDRESS, &c);
	}
	while (value->left > 0) {
		cursor_copy(value, octets, sizeof(octets));
		if (!cursor_ok(value))
			return false;
		add_prefix(n, octets);
	}
	return true;
}

/* ---- the link ------------------------------------------------------------ */

static bool
read_vtp_domain(struct cursor *value, struct neighbor *n, unsigned fact)
{
	(void)fact;
	return keep_text(value, n, &n->vtp_domain);
}

static bool
read_native_vlan(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint16_t vlan = cursor_u16(value);

	(void)fact;
	if (!cursor_ok(value) || vlan > VLAN_MOST)
		return false;
	n->native_vlan = vlan;
	n->has |= HAS_NATIVE_VLAN;
	return true;
}

static bool
read_duplex(struct cursor *value, struct neighbor *n, unsigned fact)
{
	(void)fact;
	n->duplex = cursor_u8(value) != 0 ? DUPLEX_FULL : DUPLEX_HALF;
	n->has |= HAS_DUPLEX;
	return true;
}

static bool
read_mtu(struct cursor *value, struct neighbor *n, unsigned fact)
{
	(void)fact;
	n->mtu = cursor_u32(value);
	n->has |= HAS_MTU;
	return true;
}

/* Reply of a switch, or query of a phone that names a VLAN: an application,
 * then the VLAN.  The switch's word counts more. */
static bool
read_voice_vlan(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint16_t vlan;

	cursor_skip(value, 1);
	vlan = cursor_u16(value);
	if (vlan > VLAN_MOST)
		return false;
	if (fact != FACT_NONE) {
		neighbor_add_number(n, fact, vlan);
		if (n->has & HAS_VOICE_VLAN)
			return true;
	}
	n->voice_vlan = vlan;
	n->has |= HAS_VOICE_VLAN;
	return true;
}

static bool
read_u8_fact(struct cursor *value, struct neighbor *n, unsigned fact)
{
	neighbor_add_number(n, fact, cursor_u8(value));
	return true;
}

static bool
read_boolean_fact(struct cursor *value, struct neighbor *n, unsigned fact)
{
	neighbor_add_boolean(n, fact, cursor_u8(value) != 0);
	return true;
}

static bool
read_text_fact(struct cursor *value, struct neighbor *n, unsigned fact)
{
	neighbor_add_fact(n, fact, FACT_TEXT, value);
	return true;
}

/* ---- power --------------------------------------------------------------- */

static bool
read_consumption(struct cursor *value, struct neighbor *n, unsigned fact)
{
	neighbor_add_number(n, fact, cursor_u16(value));
	return true;
}

/* Request and management ID, then levels; the first is the one in force. */
static bool
read_power_levels(struct cursor *value, struct neighbor *n, unsigned fact)
{
	cursor_skip(value, 4);
	neighbor_add_number(n, fact, cursor_u32(value));
	return true;
}

static bool
read_spare_pair(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint8_t bits = cursor_u8(value);

	(void)fact;
	neighbor_add_boolean(n, FACT_POWER_FOUR_PAIR_SUPPORTED, bits & 1);
	neighbor_add_boolean(n, FACT_POWER_SPARE_PAIR_INDEPENDENT, bits & 2);
	neighbor_add_boolean(n, FACT_POWER_SPARE_PAIR_REQUESTED, bits & 4);
	neighbor_add_boolean(n, FACT_POWER_SPARE_PAIR_ON, bits & 8);
	return true;
}

/* ---- what else Cisco says ------------------------------------------------ */

static void
add_mac_unless_empty(struct neighbor *n, unsigned fact, struct cursor *value)
{
	static const uint8_t zero[MAC_SIZE];
	struct cursor mac = cursor_take(value, MAC_SIZE);

	if (cursor_ok(&mac) && memcmp(mac.next, zero, MAC_SIZE) != 0)
		neighbor_add_fact(n, fact, FACT_MAC, &mac);
}

/* "Protocol hello": organization and protocol that ride on CDP.  The one we
 * know keeps clusters and stacks of Catalysts together. */
static bool
read_hello(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint32_t oui = cursor_u24(value);
	uint16_t protocol = cursor_u16(value), vlan;

	neighbor_add_number(n, fact, protocol);
	if (oui != OUI_CISCO || protocol != PROTOCOL_CLUSTER)
		return true;
	cursor_skip(value, 12); /* commander's address, mask, versions, state */
	add_mac_unless_empty(n, FACT_CISCO_CLUSTER_COMMANDER, value);
	add_mac_unless_empty(n, FACT_CISCO_CLUSTER_MEMBER, value);
	cursor_skip(value, 1);
	vlan = cursor_u16(value);
	if (!cursor_ok(value))
		return false;
	if (vlan > 0 && vlan <= VLAN_MOST) {
		n->management_vlan = vlan;
		n->has |= HAS_MANAGEMENT_VLAN;
	}
	return true;
}

/* An object identifier in BER, with or without its own tag and length. */
static bool
read_system_oid(struct cursor *value, struct neighbor *n, unsigned fact)
{
	char text[160];
	struct cursor c;
	uint32_t part = 0;
	int used = 0;

	if (*value->next == 0x06) {
		cursor_skip(value, 1);
		*value = cursor_take(value, cursor_u8(value));
	}
	for (bool first = true; value->left > 0 && used < 128;) {
		uint8_t octet = cursor_u8(value);

		part = part << 7 | (octet & 0x7f);
		if (octet & 0x80)
			continue;
		used += snprintf(text + used, sizeof(text) - (size_t)used,
		    first ? "1.%u" : ".%u", first ? part % 40 : part);
		first = false;
		part = 0;
	}
	if (!cursor_ok(value) || used == 0)
		return false;
	c = cursor_over(text, (size_t)used);
	neighbor_add_fact(n, fact, FACT_TEXT, &c);
	return true;
}

/* A character set that nobody documents, then the text. */
static bool
read_location(struct cursor *value, struct neighbor *n, unsigned fact)
{
	cursor_skip(value, 1);
	neighbor_add_fact(n, fact, FACT_TEXT, value);
	return true;
}

/* EnergyWise: most of it is encrypted; model and serial stand in the clear. */
static bool
read_energywise(struct cursor *value, struct neighbor *n, unsigned fact)
{
	struct cursor part;

	cursor_skip(value, 28);
	part = cursor_take(value, 16);
	neighbor_add_fact(n, fact, FACT_TEXT, &part);
	cursor_skip(value, 5);
	part = cursor_take(value, 11);
	if (n->serial.at == 0)
		n->serial = neighbor_add_text(n, &part);
	return true;
}

/* ---- the table ----------------------------------------------------------- */

static const struct cdp_rule rules[CDP_ROWS] = {
	[0x01] = { 1, 512, 0, read_device_id },
	[0x02] = { 4, 1500, 0, read_addresses },
	[0x03] = { 1, 512, 0, read_port_id },
	[0x04] = { 4, 4, 0, read_capabilities },
	[0x05] = { 0, 1500, 0, read_software },
	[0x06] = { 0, 512, 0, read_platform },
	[0x07] = { 4, 1500, 0, read_odr },
	[0x08] = { 5, 512, FACT_CISCO_HELLO_PROTOCOL, read_hello },
	[0x09] = { 0, 512, 0, read_vtp_domain },
	[0x0a] = { 2, 2, 0, read_native_vlan },
	[0x0b] = { 1, 1, 0, read_duplex },
	[0x0e] = { 3, 64, 0, read_voice_vlan },
	[0x0f] = { 3, 64, FACT_CISCO_VOICE_VLAN_QUERY, read_voice_vlan },
	[0x10] = { 2, 64, FACT_POWER_CONSUMPTION, read_consumption },
	[0x11] = { 4, 4, 0, read_mtu },
	[0x12] = { 1, 1, FACT_CISCO_TRUST_BITMAP, read_u8_fact },
	[0x13] = { 1, 1, FACT_CISCO_UNTRUSTED_COS, read_u8_fact },
	[0x14] = { 1, 512, 0, read_system_name },
	[0x15] = { 2, 64, FACT_CISCO_SYSTEM_OID, read_system_oid },
	[0x16] = { 4, 1500, 0, read_addresses },
	[0x17] = { 1, 512, FACT_CISCO_LOCATION, read_location },
	[0x18] = { 1, 512, FACT_CISCO_EXTERNAL_PORT, read_text_fact },
	[0x19] = { 8, 64, FACT_POWER_REQUESTED, read_power_levels },
	[0x1a] = { 8, 64, FACT_POWER_AVAILABLE, read_power_levels },
	[0x1b] = { 1, 4, FACT_CISCO_UNIDIRECTIONAL, read_boolean_fact },
	[0x1d] = { 60, 512, FACT_CISCO_ENERGYWISE_MODEL, read_energywise },
	[0x1f] = { 1, 4, 0, read_spare_pair },

	/* HP's access points: texts, from 0x1000 on. */
	[0x20] = { 0, 64, FACT_HP_BSSID, read_text_fact },
	[0x21] = { 1, 64, 0, read_serial },
	[0x22] = { 0, 64, FACT_HP_SSID, read_text_fact },
	[0x26] = { 1, 64, FACT_HP_SNMP_PORT, read_text_fact },
	[0x27] = { 1, 64, FACT_HP_WEB_PORT, read_text_fact },
	[0x28] = { 1, 64, FACT_HP_SOURCE_MAC, read_text_fact },
};

/* Row 0 is empty. */
unsigned
cdp_row(unsigned type)
{
	if (type < ROWS_OF_CISCO)
		return type;
	if (type >> 4 == FIRST_TYPE_OF_HP >> 4)
		return ROWS_OF_CISCO | (type & 0xf);
	return 0;
}

const struct cdp_rule *
cdp_rule(unsigned row)
{
	return &rules[row];
}
