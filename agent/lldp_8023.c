#include "agent/lldp_organization.h"
#include "report/facts.h"

enum { BT_SIZE = 17, MILLIWATTS = 100 /* the unit is 0.1 W */ };

/* IANA's number of an operational MAU type, where it tells the duplex (10 Mb/s
 * to 1 Gb/s), and the bit by which autonegotiation advertises that type. */
static const struct mau {
	bool known, full;
	uint16_t advertised;
} maus[] = {
	[10] = { true, false, 0x4000 }, /* 10BASE-T */
	[11] = { true, true, 0x2000 },
	[15] = { true, false, 0x0800 }, /* 100BASE-TX */
	[16] = { true, true, 0x0400 },
	[17] = { true, false, 0 }, /* 100BASE-FX */
	[18] = { true, true, 0 },
	[19] = { true, false, 0x0200 }, /* 100BASE-T2 */
	[20] = { true, true, 0x0100 },
	[21] = { true, false, 0x0008 }, /* 1000BASE-X, then LX, SX, CX */
	[22] = { true, true, 0x0004 },
	[23] = { true, false, 0x0008 },
	[24] = { true, true, 0x0004 },
	[25] = { true, false, 0x0008 },
	[26] = { true, true, 0x0004 },
	[27] = { true, false, 0x0008 },
	[28] = { true, true, 0x0004 },
	[29] = { true, false, 0x0002 }, /* 1000BASE-T */
	[30] = { true, true, 0x0001 },
};

static uint16_t
reverse(uint16_t bits)
{
	uint16_t reversed = 0;

	for (unsigned i = 0; i < 16; i++)
		if (bits & 1U << i)
			reversed |= (uint16_t)(0x8000 >> i);
	return reversed;
}

/* IOS 12 and others send the bits in the opposite order.  It shows when the
 * type in use is advertised only if they are turned round.  One bit alone
 * proves nothing: Catalyst 9000s advertise "other", which turned round is
 * 1000BASE-T. */
static uint16_t
in_order(uint16_t advertised, const struct mau *in_use)
{
	bool one_bit = (advertised & (advertised - 1)) == 0;
	uint16_t reversed;

	if (one_bit || (advertised & in_use->advertised))
		return advertised;
	reversed = reverse(advertised);
	return reversed & in_use->advertised ? reversed : advertised;
}

static bool
read_mac_phy(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint8_t status = cursor_u8(value);
	uint16_t advertised = cursor_u16(value);
	uint16_t mau_type = cursor_u16(value);

	(void)fact;
	if (mau_type < sizeof(maus) / sizeof(*maus) && maus[mau_type].known) {
		n->duplex = maus[mau_type].full ? DUPLEX_FULL : DUPLEX_HALF;
		n->has |= HAS_DUPLEX;
		advertised = in_order(advertised, &maus[mau_type]);
	}
	n->autonegotiation.supported = status & 1;
	n->autonegotiation.enabled = status & 2;
	n->autonegotiation.advertised = advertised;
	n->autonegotiation.mau_type = mau_type;
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
