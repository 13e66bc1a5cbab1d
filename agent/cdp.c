#include "agent/cdp.h"

#include "agent/cdp_tlvs.h"
#include "agent/checksum.h"

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

/* ---- the device ID ------------------------------------------------------- */

/* Serials of Cisco are upper case letters and digits, mostly digits, such as
 * FDO2116225P or 069003103. */
static bool
is_serial(struct cursor c)
{
	unsigned digits = 0;

	if (c.left < 8 || c.left > 20)
		return false;
	while (c.left > 0) {
		uint8_t octet = cursor_u8(&c);

		if (octet >= '0' && octet <= '9')
			digits++;
		else if (octet < 'A' || octet > 'Z')
			return false;
	}
	return digits >= 4;
}

/* NX-OS calls itself name(SERIAL), CatOS SERIAL(name). */
static void
split_device_id(struct neighbor *n)
{
	const char *id = neighbor_text(n, n->chassis_id.value);
	struct cursor c = cursor_over(id, n->chassis_id.value.length);
	struct cursor name = cursor_take(&c, strcspn(id, "("));
	struct cursor serial;

	cursor_skip(&c, 1);
	if (!cursor_ok(&c) || name.left == 0)
		return;
	serial = cursor_take(&c, strcspn((const char *)c.next, ")"));
	if (serial.left == 0 || c.left != 1)
		return;
	if (!is_serial(serial)) {
		struct cursor swap = name;

		name = serial;
		serial = swap;
	}
	if (!is_serial(serial))
		return;
	if (n->serial.at == 0)
		n->serial = neighbor_add_text(n, &serial);
	if (n->system_name.at == 0)
		n->system_name = neighbor_add_text(n, &name);
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
		split_device_id(out);
	if (status)
		return status;
	if (out->version < 1 || out->version > 2)
		return STATUS_MALFORMED;
	return out->chassis_id.type != ID_NONE ? STATUS_OK : STATUS_MALFORMED;
}
