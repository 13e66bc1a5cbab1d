#include "agent/fdp.h"

#include "agent/cdp.h"
#include "agent/checksum.h"
#include "report/facts.h"

enum { VLAN_NONE = 0, VLAN_NONE_OF_MLX = 4095 };

static bool
keep_text(struct cursor *value, struct neighbor *n, struct text *out)
{
	*out = neighbor_add_text(n, value);
	return out->at != 0;
}

static bool
read_device_id(struct cursor *value, struct neighbor *n)
{
	struct text id;

	if (!keep_text(value, n, &id) || id.length == 0)
		return false;
	n->chassis_id = (struct identifier){ ID_DEVICE_ID, id };
	return true;
}

static bool
read_port_id(struct cursor *value, struct neighbor *n)
{
	struct text id;

	if (!keep_text(value, n, &id) || id.length == 0)
		return false;
	n->port_id = (struct identifier){ ID_INTERFACE_NAME, id };
	return true;
}

/* A word where CDP has bits. */
static bool
read_capabilities(struct cursor *value, struct neighbor *n)
{
	static const struct {
		char word[8];
		uint32_t meaning;
	} words[] = {
		{ "Switch", CAPABILITY_SWITCH },
		{ "Router", CAPABILITY_ROUTER },
		{ "Host", CAPABILITY_HOST },
		{ "Bridge", CAPABILITY_BRIDGE },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct cursor start = *value;
		size_t length = strlen(words[i].word);
		struct cursor word = cursor_take(&start, length);

		if (cursor_ok(&word) &&
		    memcmp(word.next, words[i].word, length) == 0) {
			n->capabilities_supported = words[i].meaning;
			n->capabilities_enabled = words[i].meaning;
			n->has |= HAS_CAPABILITIES;
			return true;
		}
	}
	return false;
}

static bool
read_software(struct cursor *value, struct neighbor *n)
{
	return keep_text(value, n, &n->software);
}

static bool
read_platform(struct cursor *value, struct neighbor *n)
{
	return keep_text(value, n, &n->platform);
}

/* VLAN 1 is the lowest bit of the first octet; ours begins with VLAN 0. */
static bool
read_vlans(struct cursor *value, struct neighbor *n)
{
	memset(n->vlan_bitmap, 0, sizeof(n->vlan_bitmap));
	for (unsigned vlan = 1; value->left > 0; vlan += 8) {
		unsigned octet = cursor_u8(value);
		unsigned at = vlan / 8;

		n->vlan_bitmap[at] |= (uint8_t)(octet << 1);
		if (at + 1 < sizeof(n->vlan_bitmap))
			n->vlan_bitmap[at + 1] |= (uint8_t)(octet >> 7);
	}
	n->has |= HAS_VLAN_BITMAP;
	return true;
}

/* The VLAN of untagged frames, if any, and the TPID of tagged ones. */
static bool
read_tagging(struct cursor *value, struct neighbor *n)
{
	uint16_t vlan = cursor_u16(value);

	neighbor_add_number(n, FACT_BROCADE_TAGGING, cursor_u16(value));
	if (vlan > VLAN_NONE_OF_MLX)
		return false;
	if (vlan != VLAN_NONE && vlan != VLAN_NONE_OF_MLX) {
		n->native_vlan = vlan;
		n->has |= HAS_NATIVE_VLAN;
	}
	return true;
}

static const struct rule {
	uint16_t type;
	uint16_t least, most; /* octets of the value */
	bool (*read)(struct cursor *value, struct neighbor *n);
} rules[] = {
	{ 0x0001, 1, 512, read_device_id },
	{ 0x0002, 4, 512, cdp_read_addresses },
	{ 0x0003, 1, 512, read_port_id },
	{ 0x0004, 1, 512, read_capabilities },
	{ 0x0005, 0, 1024, read_software },
	{ 0x0006, 0, 512, read_platform },
	{ 0x0101, 1, NEIGHBOR_VLAN_BITMAP_SIZE, read_vlans },
	{ 0x0102, 4, 64, read_tagging },
};

static void
read_tlv(unsigned type, struct cursor value, uint32_t *seen, struct neighbor *n)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const struct rule *rule = &rules[i];

		if (rule->type != type)
			continue;
		if ((*seen >> i & 1) || value.left < rule->least ||
		    value.left > rule->most || !rule->read(&value, n))
			n->skipped_tlvs++;
		*seen |= 1U << i;
		return;
	}
	neighbor_add_unknown(n, 0, type, value.left);
}

/* As in CDP, the length counts the four octets of type and length. */
static enum status
read_tlvs(struct cursor *packet, struct neighbor *n)
{
	uint32_t seen = 0;

	while (packet->left > 0) {
		unsigned type = cursor_u16(packet);
		unsigned size = cursor_u16(packet);
		struct cursor value;

		if (cursor_ok(packet) && size < 4) {
			n->skipped_tlvs++;
			break;
		}
		value = cursor_take_rest(packet, size, 4);
		if (!cursor_ok(packet))
			return STATUS_TRUNCATED;
		read_tlv(type, value, &seen, n);
	}
	return STATUS_OK;
}

enum status
fdp_decode(struct cursor packet, struct neighbor *out)
{
	struct cursor whole = packet;
	enum status status;

	out->version = cursor_u8(&packet);
	out->ttl_s = cursor_u8(&packet);
	cursor_skip(&packet, 2); /* the checksum, see below */
	if (!cursor_ok(&packet))
		return STATUS_TRUNCATED;
	out->protocol = PROTOCOL_FDP;
	out->has |= HAS_VERSION | HAS_TTL | HAS_CHECKSUM;
	out->checksum_wrong =
	    !checksum_is_right(whole) && !checksum_is_right_for_cisco(whole);
	status = read_tlvs(&packet, out);
	if (status)
		return status;
	if (out->version != 1)
		return STATUS_MALFORMED;
	return out->chassis_id.type != ID_NONE ? STATUS_OK : STATUS_MALFORMED;
}
