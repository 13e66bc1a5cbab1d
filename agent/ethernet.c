#include "agent/ethernet.h"

enum {
	/* TPIDs of tags */
	TYPE_CUSTOMER_TAG = 0x8100,
	TYPE_SERVICE_TAG = 0x88a8,
	TYPE_OLD_SERVICE_TAG = 0x9100, /* QinQ before 802.1ad */

	TYPE_LLDP = 0x88cc,
	LENGTH_MOST = 1500, /* more is an EtherType */

	LLC_SNAP = 0xaaaa03,
	HDLC_UNICAST = 0x0f,
	HDLC_BROADCAST = 0x8f,
	HDLC_CDP = 0x2000
};

/* What SNAP's organization and protocol mean. */
static const struct snap {
	uint32_t oui;
	uint16_t type;
	enum protocol protocol;
} snaps[] = {
	{ 0x00000c, 0x2000, PROTOCOL_CDP },
	{ 0x00e02b, 0x00bb, PROTOCOL_EDP },
	{ 0x00e052, 0x2000, PROTOCOL_FDP },
	{ 0x000081, 0x01a2, PROTOCOL_SONMP }, /* hello */
	{ 0x000081, 0x01a1, PROTOCOL_SONMP }, /* flat net */
	{ 0x000000, TYPE_LLDP, PROTOCOL_LLDP },
};

static const struct destination {
	uint8_t mac[MAC_SIZE];
	enum scope scope;
} destinations[] = {
	/* 802.1AB-2016, table 7-1 */
	{ { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x0e }, SCOPE_NEAREST_BRIDGE },
	{ { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x03 },
	    SCOPE_NEAREST_NON_TPMR_BRIDGE },
	{ { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x00 },
	    SCOPE_NEAREST_CUSTOMER_BRIDGE },
	/* Cisco's L2 protocol tunnel */
	{ { 0x01, 0x00, 0x0c, 0xcd, 0xcd, 0xd0 }, SCOPE_TUNNELLED },
};

static enum scope
scope_of(const uint8_t *destination)
{
	size_t count = sizeof(destinations) / sizeof(*destinations);

	for (size_t i = 0; i < count; i++)
		if (memcmp(destination, destinations[i].mac, MAC_SIZE) == 0)
			return destinations[i].scope;
	return SCOPE_NONE;
}

static bool
is_tag(uint16_t type)
{
	return type == TYPE_CUSTOMER_TAG || type == TYPE_SERVICE_TAG ||
	       type == TYPE_OLD_SERVICE_TAG;
}

/* Reads what stands between a tag's TPID and the next type. */
static void
read_tag(struct cursor *frame, uint16_t type, struct neighbor *out)
{
	uint16_t control = cursor_u16(frame);
	struct vlan_tag *tag = &out->vlan_tags[out->vlan_tag_count];

	if (out->vlan_tag_count == NEIGHBOR_TAGS_MOST) {
		out->lost_items++;
		return;
	}
	tag->id = control & 0xfff;
	tag->priority = (uint8_t)(control >> 13);
	tag->service = type != TYPE_CUSTOMER_TAG;
	out->vlan_tag_count++;
}

/* 'packet' begins at the LLC header. */
static enum status
read_snap(
    struct cursor packet, struct neighbor *out, struct cursor *out_payload)
{
	uint32_t llc = cursor_u24(&packet);
	uint32_t oui = cursor_u24(&packet);
	uint16_t type = cursor_u16(&packet);

	if (!cursor_ok(&packet))
		return STATUS_TRUNCATED;
	if (llc != LLC_SNAP)
		return STATUS_UNKNOWN;
	for (size_t i = 0; i < sizeof(snaps) / sizeof(*snaps); i++) {
		if (snaps[i].oui == oui && snaps[i].type == type) {
			out->protocol = snaps[i].protocol;
			*out_payload = packet;
			return STATUS_OK;
		}
	}
	return STATUS_UNKNOWN;
}

enum status
ethernet_read(
    struct cursor frame, struct neighbor *out, struct cursor *out_payload)
{
	uint16_t type;

	cursor_copy(&frame, out->destination_mac, MAC_SIZE);
	cursor_copy(&frame, out->source_mac, MAC_SIZE);
	out->scope = scope_of(out->destination_mac);
	/* Ends with the frame: a read beyond it gives type 0. */
	while (is_tag(type = cursor_u16(&frame)))
		read_tag(&frame, type, out);
	if (!cursor_ok(&frame))
		return STATUS_TRUNCATED;
	if (type == TYPE_LLDP) {
		out->protocol = PROTOCOL_LLDP;
		*out_payload = frame;
		return STATUS_OK;
	}
	if (type > LENGTH_MOST)
		return STATUS_UNKNOWN;
	if (type > frame.left)
		out->skipped_tlvs++; /* what the capture has cut off */
	return read_snap(cursor_take_most(&frame, type), out, out_payload);
}

enum status
hdlc_read(struct cursor frame, struct neighbor *out, struct cursor *out_payload)
{
	uint8_t address = cursor_u8(&frame);
	uint16_t type;

	cursor_skip(&frame, 1); /* control: always 0, never looked at */
	type = cursor_u16(&frame);
	if (!cursor_ok(&frame))
		return STATUS_TRUNCATED;
	if ((address != HDLC_UNICAST && address != HDLC_BROADCAST) ||
	    type != HDLC_CDP)
		return STATUS_UNKNOWN;
	out->protocol = PROTOCOL_CDP;
	*out_payload = frame;
	return STATUS_OK;
}
