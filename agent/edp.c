#include "agent/edp.h"

#include <stdio.h>

#include "agent/checksum.h"
#include "report/facts.h"

enum {
	MARKER = 0x99,
	TLV_NULL = 0x00, /* ends the list */
	MACHINE_IS_MAC = 0,
	VLAN_MOST = 4094
};

static void
add_formatted(struct neighbor *n, struct text *out, const char *text)
{
	struct cursor c = cursor_over(text, strlen(text));

	*out = neighbor_add_text(n, &c);
}

static bool
read_display(struct cursor *value, struct neighbor *n)
{
	/* Some ExtremeWare pad a fixed field: the name ends at the NUL. */
	const void *end = memchr(value->next, '\0', value->left);
	struct cursor name = *value;

	if (end)
		name = cursor_take(value, strlen((const char *)value->next));
	n->system_name = neighbor_add_text(n, &name);
	return n->system_name.at != 0;
}

/* Slot and port count from 0 in the packet, from 1 on the chassis. */
static bool
read_info(struct cursor *value, struct neighbor *n)
{
	unsigned slot = cursor_u16(value) + 1U;
	unsigned port = cursor_u16(value) + 1U;
	unsigned virtual_chassis = cursor_u16(value);
	uint8_t version[4];
	char text[32];

	cursor_skip(value, 6);
	cursor_copy(value, version, sizeof(version));
	snprintf(text, sizeof(text), "%u:%u", slot, port);
	n->port_id.type = ID_INTERFACE_NAME;
	add_formatted(n, &n->port_id.value, text);
	snprintf(text, sizeof(text), "%u.%u.%u.%u", version[0], version[1],
	    version[2], version[3]);
	add_formatted(n, &n->software, text);
	neighbor_add_number(n, FACT_EXTREME_SLOT, slot);
	neighbor_add_number(n, FACT_EXTREME_PORT, port);
	neighbor_add_number(n, FACT_EXTREME_VIRTUAL_CHASSIS, virtual_chassis);
	return true;
}

static bool
read_vlan(struct cursor *value, struct neighbor *n)
{
	static const uint8_t none[4];
	struct cursor address;
	uint16_t id;

	cursor_skip(value, 2); /* flags, reserved */
	id = cursor_u16(value);
	cursor_skip(value, 4);
	address = cursor_take(value, 4);
	if (id > VLAN_MOST)
		return false;
	neighbor_add_vlan(n, id, neighbor_add_text(n, value));
	if (memcmp(address.next, none, sizeof(none)) != 0)
		neighbor_add_address(n, ADDRESS_IPV4, address.next);
	return true;
}

static const struct rule {
	uint16_t least, most; /* octets of the value */
	bool once;
	bool (*read)(struct cursor *value, struct neighbor *n);
} rules[] = {
	[0x01] = { 1, 512, true, read_display },
	[0x02] = { 16, 512, true, read_info },
	[0x05] = { 12, 512, false, read_vlan },
};

static void
read_tlv(unsigned type, struct cursor value, uint32_t *seen, struct neighbor *n)
{
	const struct rule *rule;

	if (type >= sizeof(rules) / sizeof(rules[0]) || !rules[type].read) {
		/* ESRP, EAPS, ELRP ...: protocols that ride on EDP */
		neighbor_add_unknown(n, 0, type, value.left);
		return;
	}
	rule = &rules[type];
	if ((rule->once && (*seen >> type & 1)) || value.left < rule->least ||
	    value.left > rule->most || !rule->read(&value, n))
		n->skipped_tlvs++;
	*seen |= 1U << type;
}

static enum status
read_tlvs(struct cursor *packet, struct neighbor *n)
{
	uint32_t seen = 0;

	while (packet->left > 0) {
		unsigned marker = cursor_u8(packet);
		unsigned type = cursor_u8(packet);
		unsigned size = cursor_u16(packet); /* counts these four */
		struct cursor value = cursor_take_rest(packet, size, 4);

		if (!cursor_ok(packet))
			return STATUS_TRUNCATED;
		if (marker != MARKER)
			return STATUS_MALFORMED;
		if (type == TLV_NULL)
			break; /* should be there; nobody misses it */
		read_tlv(type, value, &seen, n);
	}
	/* EAPS and the like travel round a ring: their sender may be far. */
	return seen == 0 && n->unknown_count > 0 ? STATUS_UNKNOWN : STATUS_OK;
}

static void
read_machine(struct cursor *packet, struct neighbor *n)
{
	uint16_t kind = cursor_u16(packet);
	struct cursor id = cursor_take(packet, MAC_SIZE);

	if (!cursor_ok(packet))
		return;
	n->chassis_id.type = kind == MACHINE_IS_MAC ? ID_MAC : ID_UNKNOWN;
	n->chassis_id.value = kind == MACHINE_IS_MAC
				  ? neighbor_add_octets(n, &id)
				  : neighbor_add_text(n, &id);
}

enum status
edp_decode(struct cursor packet, struct neighbor *out)
{
	struct cursor header = packet, all;
	uint16_t size;

	out->version = cursor_u8(&header);
	cursor_skip(&header, 1);
	size = cursor_u16(&header); /* counts from the version on */
	if (!cursor_ok(&header))
		return STATUS_TRUNCATED;
	out->protocol = PROTOCOL_EDP;
	out->has |= HAS_VERSION;
	if (out->version != 1)
		return STATUS_MALFORMED;
	all = cursor_take(&packet, size);
	if (!cursor_ok(&all))
		return STATUS_TRUNCATED;
	out->has |= HAS_CHECKSUM;
	out->checksum_wrong = !checksum_is_right(all);
	cursor_skip(&all, 6); /* version, reserved, size, checksum */
	neighbor_add_number(out, FACT_EXTREME_SEQUENCE, cursor_u16(&all));
	read_machine(&all, out);
	if (!cursor_ok(&all))
		return STATUS_TRUNCATED;
	return read_tlvs(&all, out);
}
