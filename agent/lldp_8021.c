#include "agent/lldp_organization.h"
#include "report/facts.h"

enum { VLAN_MOST = 4094, VLAN_NAME_MOST = 32 };

static bool
read_pvid(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint16_t vlan = cursor_u16(value);

	(void)fact;
	if (vlan > VLAN_MOST)
		return false;
	n->pvid = vlan;
	return true;
}

/* The VLAN's number, then its name behind the name's size. */
static bool
read_vlan_name(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint16_t vlan = cursor_u16(value);
	struct cursor name = cursor_take(value, cursor_u8(value));

	(void)fact;
	if (!cursor_ok(&name) || name.left > VLAN_NAME_MOST || vlan > VLAN_MOST)
		return false;
	neighbor_add_vlan(n, vlan, neighbor_add_text(n, &name));
	return true;
}

static bool
read_protocol(struct cursor *value, struct neighbor *n, unsigned fact)
{
	struct cursor identity = cursor_take(value, cursor_u8(value));

	if (!cursor_ok(&identity))
		return false;
	/* Extreme's Summit sends an empty one: none. */
	if (identity.left > 0)
		neighbor_add_fact(n, fact, FACT_OCTETS, &identity);
	return true;
}

static bool
read_management_vlan(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint16_t vlan = cursor_u16(value);

	(void)fact;
	if (vlan > VLAN_MOST)
		return false;
	n->management_vlan = vlan;
	return true;
}

/* Moved here from 802.3 in 2008, with two bits more.  Some send both; the
 * first counts. */
static bool
read_aggregation(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint8_t status = cursor_u8(value);
	uint32_t port = cursor_u32(value);

	if (status >> 2 & 3)
		neighbor_add_number(n, fact, status >> 2 & 3);
	if (n->has & HAS_AGGREGATION)
		return true;
	n->aggregation.capable = status & 1;
	n->aggregation.enabled = status & 2;
	n->aggregation.port = port;
	n->has |= HAS_AGGREGATION;
	return true;
}

/* One reserved octet, then three for each application. */
static bool
read_applications(struct cursor *value, struct neighbor *n, unsigned fact)
{
	cursor_skip(value, 1);
	return lldp_read_octets(value, n, fact);
}

/* Clauses of IEEE 802.1Q-2018, annex D; amendments that are in it since. */
static const struct lldp_rule rules[] = {
	[1] = { 2, 0, HAS_PVID, read_pvid },                       /* D.2.1 */
	[2] = { 3, FACT_8021_PROTOCOL_VLAN, 0, lldp_read_octets }, /* D.2.2 */
	[3] = { 3, 0, 0, read_vlan_name },                         /* D.2.3 */
	[4] = { 1, FACT_8021_PROTOCOL, 0, read_protocol },         /* D.2.4 */
	[5] = { 4, FACT_8021_VID_DIGEST, 0, lldp_read_number32 },  /* D.2.5 */
	[6] = { 2, 0, HAS_MANAGEMENT_VLAN, read_management_vlan }, /* D.2.6 */
	[7] = { 5, FACT_8021_AGGREGATOR, 0, read_aggregation },    /* 802.1AX */
	[8] = { 2, FACT_8021_CONGESTION, 0, lldp_read_octets }, /* 802.1Qau */
	[9] = { 21, FACT_DCBX_ETS, 0, lldp_read_octets },       /* 802.1Qaz */
	[10] = { 21, FACT_DCBX_ETS_RECOMMENDATION, 0,
	    lldp_read_octets },                           /* 802.1Qaz */
	[11] = { 2, FACT_DCBX_PFC, 0, lldp_read_octets }, /* 802.1Qaz */
	[12] = { 1, FACT_DCBX_APPLICATIONS, 0,
	    read_applications },                            /* 802.1Qaz */
	[13] = { 5, FACT_EVB_BRIDGE, 0, lldp_read_octets }, /* 802.1Qbg */
	[14] = { 4, FACT_EVB_CDCP, 0, lldp_read_octets },   /* 802.1Qbg */
	[15] = { 1, FACT_8021_PORT_EXTENSION, 0,
	    lldp_read_octets }, /* 802.1BR */
};

const struct lldp_organization lldp_8021 = {
	.oui = 0x0080c2,
	.count = sizeof(rules) / sizeof(*rules),
	.rules = rules,
	.rest = FACT_8021_TLV,
};
