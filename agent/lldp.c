#include "agent/lldp.h"

#include "agent/lldp_organization.h"
#include "report/facts.h"

enum {
	TLV_END,
	TLV_CHASSIS_ID,
	TLV_PORT_ID,
	TLV_TTL,
	TLV_PORT_DESCRIPTION,
	TLV_SYSTEM_NAME,
	TLV_SYSTEM_DESCRIPTION,
	TLV_SYSTEM_CAPABILITIES,
	TLV_MANAGEMENT_ADDRESS,
	TLV_ORGANIZATION = 127,
	TLV_TYPES = 128,

	MANDATORY_TLVS = 3, /* and their types are 1, 2, 3 */
	MANDATORY_MASK = 1 << TLV_CHASSIS_ID | 1 << TLV_PORT_ID | 1 << TLV_TTL
};

/* IANA address family numbers, as LLDP uses them */
enum { FAMILY_IPV4 = 1, FAMILY_IPV6 = 2, FAMILY_802 = 6 };

/* ---- who and which port -------------------------------------------------- */

/* A family octet of IANA, then its address; families that we do not know may
 * have any size (8.5.2.2 note). */
static bool
network_address_is_whole(struct cursor value)
{
	uint8_t family = cursor_u8(&value);

	if (family == FAMILY_IPV4)
		return value.left == 4;
	if (family == FAMILY_IPV6)
		return value.left == 16;
	return value.left > 0;
}

/* Reads what follows the subtype of an identifier.  One that is garbled is
 * kept all the same, to be shown. */
static bool
read_id(struct cursor *value, struct neighbor *n, enum id_type type,
    struct identifier *out)
{
	bool good = true;

	if (type == ID_MAC && value->left != MAC_SIZE) {
		type = ID_UNKNOWN;
		good = false;
	}
	if (type == ID_NETWORK_ADDRESS)
		good = network_address_is_whole(*value);
	if (type == ID_MAC || type == ID_NETWORK_ADDRESS)
		out->value = neighbor_add_octets(n, value);
	else
		out->value = neighbor_add_text(n, value);
	out->type = type;
	return good;
}

/* 8.5.2.2, table 8-2. */
static bool
read_chassis_id(struct cursor *value, struct neighbor *n)
{
	static const enum id_type types[] = {
		[0] = ID_UNKNOWN,
		[1] = ID_CHASSIS_COMPONENT,
		[2] = ID_INTERFACE_ALIAS,
		[3] = ID_PORT_COMPONENT,
		[4] = ID_MAC,
		[5] = ID_NETWORK_ADDRESS,
		[6] = ID_INTERFACE_NAME,
		[7] = ID_LOCAL,
	};
	uint8_t subtype = cursor_u8(value);

	return read_id(value, n, subtype < 8 ? types[subtype] : ID_UNKNOWN,
	    &n->chassis_id);
}

/* 8.5.3.2, table 8-3. */
static bool
read_port_id(struct cursor *value, struct neighbor *n)
{
	static const enum id_type types[] = {
		[0] = ID_UNKNOWN,
		[1] = ID_INTERFACE_ALIAS,
		[2] = ID_PORT_COMPONENT,
		[3] = ID_MAC,
		[4] = ID_NETWORK_ADDRESS,
		[5] = ID_INTERFACE_NAME,
		[6] = ID_AGENT_CIRCUIT,
		[7] = ID_LOCAL,
	};
	uint8_t subtype = cursor_u8(value);

	return read_id(
	    value, n, subtype < 8 ? types[subtype] : ID_UNKNOWN, &n->port_id);
}

static bool
read_ttl(struct cursor *value, struct neighbor *n)
{
	n->ttl_s = cursor_u16(value);
	n->has |= HAS_TTL;
	return true;
}

/* ---- what it says of itself ---------------------------------------------- */

static bool
read_port_description(struct cursor *value, struct neighbor *n)
{
	n->port_description = neighbor_add_text(n, value);
	return true;
}

static bool
read_system_name(struct cursor *value, struct neighbor *n)
{
	n->system_name = neighbor_add_text(n, value);
	return true;
}

static bool
read_system_description(struct cursor *value, struct neighbor *n)
{
	n->system_description = neighbor_add_text(n, value);
	return true;
}

/* The bits of enum capability are those of table 8-4. */
static bool
read_system_capabilities(struct cursor *value, struct neighbor *n)
{
	n->capabilities_supported = cursor_u16(value);
	n->capabilities_enabled = cursor_u16(value);
	n->has |= HAS_CAPABILITIES;
	return true;
}

/* 8.5.9: a string of family and address, the interface's number, an OID. */
static bool
read_management_address(struct cursor *value, struct neighbor *n)
{
	struct cursor string = cursor_take(value, cursor_u8(value));
	uint8_t family = cursor_u8(&string);
	struct cursor oid;

	cursor_skip(value, 1 + 4); /* kind of number, and number */
	oid = cursor_take(value, cursor_u8(value));
	if (!cursor_ok(&oid) || !cursor_ok(&string))
		return false;
	if (family == FAMILY_IPV4 && string.left == 4)
		neighbor_add_address(n, ADDRESS_IPV4, string.next);
	else if (family == FAMILY_IPV6 && string.left == 16)
		neighbor_add_address(n, ADDRESS_IPV6, string.next);
	else if (family == FAMILY_802 && string.left == MAC_SIZE)
		neighbor_add_address(n, ADDRESS_MAC, string.next);
	else
		return false;
	return true;
}

/* ---- organizations ------------------------------------------------------- */

/* Vendors of whose TLVs nothing is published: kept as octets. */
static const struct lldp_organization arista = { .oui = 0x001c73,
	.rest = FACT_ARISTA_TLV };
static const struct lldp_organization vmware = { .oui = 0x005056,
	.rest = FACT_VMWARE_TLV };
static const struct lldp_organization extreme = { .oui = 0x00e02b,
	.rest = FACT_EXTREME_TLV };
static const struct lldp_organization extreme_fabric = { .oui = 0xd88466,
	.rest = FACT_EXTREME_TLV };
static const struct lldp_organization brocade = { .oui = 0x00051e,
	.rest = FACT_BROCADE_TLV };
static const struct lldp_organization aruba = { .oui = 0x000b86,
	.rest = FACT_HPE_TLV };
static const struct lldp_organization hp = { .oui = 0x080009,
	.rest = FACT_HPE_TLV };
static const struct lldp_organization avaya = { .oui = 0x00400d,
	.rest = FACT_AVAYA_TLV };

/* Those met most often first. */
static const struct lldp_organization *const organizations[] = {
	&lldp_8021,
	&lldp_8023,
	&lldp_med,
	&lldp_cisco,
	&lldp_juniper,
	&lldp_dcbx,
	&lldp_qbg,
	&lldp_dell,
	&lldp_profinet,
	&lldp_fabric_attach,
	&lldp_iana,
	&arista,
	&vmware,
	&extreme,
	&extreme_fabric,
	&brocade,
	&aruba,
	&hp,
	&avaya,
};

static const struct lldp_organization *
find_organization(uint32_t oui)
{
	size_t count = sizeof(organizations) / sizeof(*organizations);

	for (size_t i = 0; i < count; i++)
		if (organizations[i]->oui == oui)
			return organizations[i];
	return NULL;
}

/* A subtype that no table knows; 'tlv' begins at it. */
static void
keep_unknown(struct cursor tlv, const struct lldp_organization *organization,
    uint32_t oui, struct neighbor *n)
{
	uint8_t subtype;

	if (organization && organization->rest != FACT_NONE) {
		neighbor_add_fact(n, organization->rest, FACT_OCTETS, &tlv);
		return;
	}
	subtype = cursor_u8(&tlv);
	neighbor_add_unknown(n, oui, subtype, tlv.left);
}

/* 8.6.1: OUI, subtype, value. */
static bool
read_organization(struct cursor *value, struct neighbor *n)
{
	uint32_t oui = cursor_u24(value);
	const struct lldp_organization *organization = find_organization(oui);
	struct cursor tlv = *value;
	uint8_t subtype = cursor_u8(value);
	const struct lldp_rule *rule;

	if (!cursor_ok(value))
		return false;
	if (!organization || subtype >= organization->count ||
	    !organization->rules[subtype].read) {
		keep_unknown(tlv, organization, oui, n);
		return true;
	}
	rule = &organization->rules[subtype];
	if (value->left < rule->least || (n->has & rule->has))
		return false;
	if (!rule->read(value, n, rule->fact))
		return false;
	n->has |= rule->has;
	return true;
}

/* ---- the table and the loop ---------------------------------------------- */

/* What we know of each TLV.  A type has 7 bits: rules[type] always exists. */
static const struct rule {
	uint16_t least, most; /* octets of the value */
	bool once;            /* a second one is bad */
	bool (*read)(struct cursor *value, struct neighbor *n);
} rules[TLV_TYPES] = {
	[TLV_CHASSIS_ID] = { 2, 256, true, read_chassis_id }, /* 8.5.2 */
	[TLV_PORT_ID] = { 2, 256, true, read_port_id },       /* 8.5.3 */
	[TLV_TTL] = { 2, 511, true, read_ttl },               /* 8.5.4 */
	[TLV_PORT_DESCRIPTION] = { 0, 255, true, read_port_description },
	[TLV_SYSTEM_NAME] = { 0, 255, true, read_system_name }, /* 8.5.6 */
	[TLV_SYSTEM_DESCRIPTION] = { 0, 255, true, read_system_description },
	[TLV_SYSTEM_CAPABILITIES] = { 4, 4, true, read_system_capabilities },
	[TLV_MANAGEMENT_ADDRESS] = { 9, 167, false, read_management_address },
	[TLV_ORGANIZATION] = { 4, 511, false, read_organization }, /* 8.6 */
};

/* What the loop has met so far. */
struct walk {
	unsigned tlvs;  /* all, whichever */
	uint32_t seen;  /* one bit a type, of those below 32 that are good */
	bool malformed; /* a mandatory TLV is bad, twice or out of order */
};

/* Reads one TLV into 'n'.  False: of wrong size, repeated, garbled. */
static bool
read_tlv(
    unsigned type, struct cursor value, struct walk *walk, struct neighbor *n)
{
	const struct rule *rule = &rules[type];
	uint32_t bit = UINT32_C(1) << (type & 31);

	if (!rule->read) {
		neighbor_add_unknown(n, 0, type, value.left);
		return true;
	}
	if (value.left < rule->least || value.left > rule->most)
		return false;
	if (rule->once && (walk->seen & bit))
		return false;
	if (!rule->read(&value, n))
		return false;
	walk->seen |= bit;
	return true;
}

static void
take_tlv(
    unsigned type, struct cursor value, struct walk *walk, struct neighbor *n)
{
	/* 9.2.7.7.1: chassis ID, port ID and TTL first, in this order. */
	if (walk->tlvs < MANDATORY_TLVS && type != walk->tlvs + 1)
		walk->malformed = true;
	walk->tlvs++;
	if (read_tlv(type, value, walk, n))
		return;
	if (type <= MANDATORY_TLVS)
		walk->malformed = true;
	else
		n->skipped_tlvs++;
}

static enum status
judge(const struct walk *walk, bool truncated, struct neighbor *n)
{
	bool complete = (walk->seen & MANDATORY_MASK) == MANDATORY_MASK;

	if (walk->seen == 0)
		n->protocol = PROTOCOL_NONE; /* nothing to show */
	if (truncated && !complete)
		return STATUS_TRUNCATED;
	if (walk->malformed || !complete)
		return STATUS_MALFORMED;
	n->skipped_tlvs = (uint16_t)(n->skipped_tlvs + truncated);
	return STATUS_OK;
}

enum status
lldp_decode(struct cursor pdu, struct neighbor *out)
{
	struct walk walk = { 0 };

	out->protocol = PROTOCOL_LLDP;
	while (pdu.left > 0) {
		/* A TLV header is 7 bits of type and 9 of length (8.4). */
		uint16_t header = cursor_u16(&pdu);
		struct cursor value = cursor_take(&pdu, header & 0x1ff);
		unsigned type = header >> 9;

		if (!cursor_ok(&pdu))
			break;
		if (type == TLV_END)
			break; /* what follows is padding, 8.5.1 */
		take_tlv(type, value, &walk, out);
	}
	return judge(&walk, !cursor_ok(&pdu), out);
}
