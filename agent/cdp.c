#include "agent/cdp.h"

#include "agent/cdp_tlvs.h"
#include "agent/checksum.h"
#include "report/device_id.h"

static void
read_tlv(unsigned type, struct cursor value, uint64_t *seen, struct neighbor *n)
{
	unsigned row = cdp_row(type);
	const struct cdp_rule *rule = cdp_rule(row);

	if (!rule->read) {
		neighbor_add_unknown(n, 0, type, value.left);
		return;
	}
	if ((*seen >> row & 1) || value.left < rule->least ||
	    value.left > rule->most || !rule->read(&value, n, rule->fact))
		n->skipped_tlvs++;
	*seen |= (uint64_t)1 << row;
}

/* Type and length stand in front; the length counts these four octets. */
static enum status
read_tlvs(struct cursor *packet, struct neighbor *n)
{
	uint64_t seen = 0;

	while (packet->left > 0) {
		unsigned type = cursor_u16(packet);
		unsigned size = cursor_u16(packet);
		struct cursor value;

		if (cursor_ok(packet) && size < 4) {
			n->skipped_tlvs++; /* where the next one begins
					      is anybody's guess */
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
cdp_decode(struct cursor packet, struct neighbor *out)
{
	struct cursor whole = packet;
	enum status status;

	out->version = cursor_u8(&packet);
	out->ttl_s = cursor_u8(&packet);
	cursor_skip(&packet, 2); /* the checksum, see below */
	if (!cursor_ok(&packet))
		return STATUS_TRUNCATED;
	out->protocol = PROTOCOL_CDP;
	out->has |= HAS_VERSION | HAS_TTL | HAS_CHECKSUM;
	out->checksum_wrong =
	    !checksum_is_right_for_cisco(whole) &&
	    !checksum_is_right(whole); /* others than Cisco count right */
	status = read_tlvs(&packet, out);
	if (out->chassis_id.type != ID_NONE)
		device_id_split(out);
	if (status)
		return status;
	if (out->version < 1 || out->version > 2)
		return STATUS_MALFORMED;
	return out->chassis_id.type != ID_NONE ? STATUS_OK : STATUS_MALFORMED;
}
