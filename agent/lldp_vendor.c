#include "agent/lldp_organization.h"
#include "report/facts.h"

/* ---- 802.1Qbg before it was a standard ----------------------------------- */

/* Draft 0; stations (lldpad) and the first VEPA switches speak it. */
static const struct lldp_rule qbg_rules[] = {
	[0] = { 9, FACT_EVB_DRAFT, 0, lldp_read_octets },
	[1] = { 4, FACT_EVB_CDCP, 0, lldp_read_octets },
	[2] = { 24, FACT_EVB_VDP, 0, lldp_read_octets },
};

const struct lldp_organization lldp_qbg = {
	.oui = 0x001b3f,
	.count = sizeof(qbg_rules) / sizeof(*qbg_rules),
	.rules = qbg_rules,
	.rest = FACT_NONE,
};

/* ---- Juniper, Dell, IANA ------------------------------------------------- */

static bool
read_serial(struct cursor *value, struct neighbor *n, unsigned fact)
{
	return lldp_read_identity(value, n, fact, &n->serial);
}

/* Seen from EX and QFX: the serial of the chassis, of a stack's master. */
static const struct lldp_rule juniper_rules[] = {
	[1] = { 1, FACT_JUNIPER_SERIAL, 0, read_serial },
};

const struct lldp_organization lldp_juniper = {
	.oui = 0x009069,
	.count = sizeof(juniper_rules) / sizeof(*juniper_rules),
	.rules = juniper_rules,
	.rest = FACT_JUNIPER_TLV,
};

/* OS10 user guide, "Custom TLVs".  Subtypes 2 to 12 mean one thing on a blade
 * server and another on Isilon storage, by the originator; they stay octets. */
static const struct lldp_rule dell_rules[] = {
	[1] = { 1, FACT_DELL_ORIGINATOR, 0, lldp_read_text },
	[21] = { 1, FACT_DELL_SERVICE_TAG, 0, read_serial },
	[22] = { 1, FACT_DELL_PRODUCT_BASE, 0, lldp_read_text },
	[23] = { 1, FACT_DELL_PRODUCT_SERIAL, 0, lldp_read_text },
	[24] = { 1, FACT_DELL_PRODUCT_PART, 0, lldp_read_text },
};

const struct lldp_organization lldp_dell = {
	.oui = 0xf8b156,
	.count = sizeof(dell_rules) / sizeof(*dell_rules),
	.rules = dell_rules,
	.rest = FACT_DELL_TLV,
};

/* RFC 8520, 11: where the device's usage description is. */
static const struct lldp_rule iana_rules[] = {
	[1] = { 1, FACT_IANA_MUD_URL, 0, lldp_read_text },
};

const struct lldp_organization lldp_iana = {
	.oui = 0x00005e,
	.count = sizeof(iana_rules) / sizeof(*iana_rules),
	.rules = iana_rules,
	.rest = FACT_NONE,
};

/* ---- PROFINET ------------------------------------------------------------ */

static bool
read_port_status(struct cursor *value, struct neighbor *n, unsigned fact)
{
	neighbor_add_number(n, fact, cursor_u16(value));
	neighbor_add_number(n, FACT_PROFINET_RT3_STATUS, cursor_u16(value) & 7);
	return true;
}

/* IEC 61158-6-10, 4.11. */
static const struct lldp_rule profinet_rules[] = {
	[1] = { 20, FACT_PROFINET_DELAY, 0, lldp_read_octets },
	[2] = { 4, FACT_PROFINET_RT2_STATUS, 0, read_port_status },
	[3] = { 1, FACT_PROFINET_ALIAS, 0, lldp_read_text },
	[5] = { MAC_SIZE, FACT_PROFINET_CHASSIS_MAC, 0, lldp_read_mac },
};

const struct lldp_organization lldp_profinet = {
	.oui = 0x000ecf,
	.count = sizeof(profinet_rules) / sizeof(*profinet_rules),
	.rules = profinet_rules,
	.rest = FACT_PROFINET_TLV,
};

/* ---- Extreme, once Avaya: Fabric Attach ---------------------------------- */

enum { DIGEST_SIZE = 32, SYSTEM_ID_SIZE = 10, ASSIGNMENT_SIZE = 5 };

/* A digest that only those who share a key can check; 6 bits of type, 6 of
 * state, 12 of VLAN; a reserved octet; who. */
static bool
read_element(struct cursor *value, struct neighbor *n, unsigned fact)
{
	struct cursor system_id;
	uint32_t element;

	cursor_skip(value, DIGEST_SIZE);
	element = cursor_u24(value);
	neighbor_add_number(n, fact, element >> 18);
	neighbor_add_number(n, FACT_EXTREME_ELEMENT_STATE, element >> 12 & 63);
	neighbor_add_number(
	    n, FACT_EXTREME_ELEMENT_MANAGEMENT_VLAN, element & 0xfff);
	cursor_skip(value, 1);
	system_id = cursor_take_most(value, SYSTEM_ID_SIZE);
	if (cursor_ok(&system_id) && system_id.left > 0)
		neighbor_add_fact(
		    n, FACT_EXTREME_ELEMENT_SYSTEM_ID, FACT_OCTETS, &system_id);
	return true;
}

static bool
read_assignments(struct cursor *value, struct neighbor *n, unsigned fact)
{
	cursor_skip(value, DIGEST_SIZE);
	while (value->left >= ASSIGNMENT_SIZE) {
		struct cursor pair = cursor_take(value, ASSIGNMENT_SIZE);

		neighbor_add_fact(n, fact, FACT_OCTETS, &pair);
	}
	return true;
}

/* draft-unbehagen-lldp-spb, 3. */
static const struct lldp_rule fabric_rules[] = {
	[11] = { DIGEST_SIZE + 3, FACT_EXTREME_ELEMENT_TYPE, 0, read_element },
	[12] = { DIGEST_SIZE + ASSIGNMENT_SIZE, FACT_EXTREME_ASSIGNMENT, 0,
	    read_assignments },
};

const struct lldp_organization lldp_fabric_attach = {
	.oui = 0x00040d,
	.count = sizeof(fabric_rules) / sizeof(*fabric_rules),
	.rules = fabric_rules,
	.rest = FACT_EXTREME_TLV,
};
