#include "agent/lldp_organization.h"
#include "report/facts.h"

enum { BT_SIZE = 17, MILLIWATTS = 100 /* the unit is 0.1 W */ };

/* What IANA's number of an operational MAU type says of the duplex, where
 * there is a choice: 10 Mb/s to 1 Gb/s. */
static void
note_duplex(struct neighbor *n, unsigned mau_type)
{
	static const char duplexes[] = {
		[10] = 'h',
		[11] = 'f', /* 10BASE-T */
		[12] = 'h',
		[13] = 'f', /* 10BASE-FL */
		[15] = 'h',
		[16] = 'f', /* 100BASE-TX */
		[17] = 'h',
		[18] = 'f', /* 100BASE-FX */
		[19] = 'h',
		[20] = 'f', /* 100BASE-T2 */
		[21] = 'h',
		[22] = 'f', /* 1000BASE-X */
		[23] = 'h',
		[24] = 'f', /* 1000BASE-LX */
		[25] = 'h',
		[26] = 'f', /* 1000BASE-SX */
		[27] = 'h',
		[28] = 'f', /* 1000BASE-CX */
		[29] = 'h',
		[30] = 'f', /* 1000BASE-T */
	};

	if (mau_type >= sizeof(duplexes) || !duplexes[mau_type])
		return;
	n->duplex = duplexes[mau_type] == 'f' ? DUPLEX_FULL : DUPLEX_HALF;
	n->has |= HAS_DUPLEX;
}

/* Some vendors send the advertised bits in the opposite order; nothing in the
 * frame tells, so they are kept as sent. */
static bool
read_mac_phy(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint8_t status = cursor_u8(value);

	(void)fact;
	n->autonegotiation.supported = status & 1;
	n->autonegotiation.enabled = status & 2;
	n->autonegotiation.advertised = cursor_u16(value);
	n->autonegotiation.mau_type = cursor_u16(value);
	note_duplex(n, n->autonegotiation.mau_type);
	return true;
}

/* 79.3.2.4 to 79.3.2.6: what 802.3at added. */
static void
read_power_at(struct cursor *value, struct neighbor *n)
{
	uint8_t power = cursor_u8(value);
	unsigned type = power >> 6, source = power >> 4 & 3;
	bool pd = type & 1;

	neighbor_add_number(n, FACT_POWER_TYPE, type);
	neighbor_add_number(n, FACT_POWER_SOURCE, pd ? 4 + source : source);
	neighbor_add_number(n, FACT_POWER_PRIORITY, power & 15);
	neighbor_add_number(
	    n, FACT_POWER_REQUESTED, cursor_u16(value) * MILLIWATTS);
	neighbor_add_number(
	    n, FACT_POWER_ALLOCATED, cursor_u16(value) * MILLIWATTS);
}

/* The size tells the edition: 3 octets 802.3af, 8 802.3at, 25 802.3bt. */
static bool
read_power(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint8_t support = cursor_u8(value);
	uint8_t pairs = cursor_u8(value);
	uint8_t class = cursor_u8(value);
	struct cursor bt;

	neighbor_add_number(n, FACT_POWER_PORT, support & 1);
	neighbor_add_boolean(n, FACT_POWER_SUPPORTED, support & 2);
	neighbor_add_boolean(n, FACT_POWER_ENABLED, support & 4);
	neighbor_add_boolean(n, FACT_POWER_PAIR_CONTROL, support & 8);
	neighbor_add_number(n, FACT_POWER_PAIRS, pairs);
	if (class >= 1 && class <= 5) /* RFC 3621 counts from 1 */
		neighbor_add_number(n, FACT_POWER_CLASS, class - 1U);
	if (value->left < 5)
		return true;
	read_power_at(value, n);
	bt = cursor_take(value, BT_SIZE);
	if (cursor_ok(&bt))
		neighbor_add_fact(n, fact, FACT_OCTETS, &bt);
	return true;
}

static bool
read_aggregation(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint8_t status = cursor_u8(value);
	uint32_t port = cursor_u32(value);

	(void)fact;
	if (n->has & HAS_AGGREGATION)
		return true; /* 802.1 has said it */
	n->aggregation.capable = status & 1;
	n->aggregation.enabled = status & 2;
	n->aggregation.port = port;
	n->has |= HAS_AGGREGATION;
	return true;
}

static bool
read_max_frame(struct cursor *value, struct neighbor *n, unsigned fact)
{
	(void)fact;
	n->max_frame = cursor_u16(value);
	return true;
}

/* Clauses of IEEE 802.3-2022. */
static const struct lldp_rule rules[] = {
	[1] = { 5, 0, HAS_AUTONEGOTIATION | HAS_MAU_TYPE,
	    read_mac_phy },                                       /* 79.3.1 */
	[2] = { 3, FACT_POWER_BT, 0, read_power },                /* 79.3.2 */
	[3] = { 5, 0, 0, read_aggregation },                      /* 79.3.3 */
	[4] = { 2, 0, HAS_MAX_FRAME, read_max_frame },            /* 79.3.4 */
	[5] = { 10, FACT_8023_EEE, 0, lldp_read_octets },         /* 79.3.5 */
	[7] = { 2, FACT_8023_ADDITIONAL, 0, lldp_read_number16 }, /* 79.3.7 */
};

const struct lldp_organization lldp_8023 = {
	.oui = 0x00120f,
	.count = sizeof(rules) / sizeof(*rules),
	.rules = rules,
	.rest = FACT_NONE,
};
