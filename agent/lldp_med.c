#include "agent/lldp_organization.h"
#include "report/facts.h"

enum {
	APPLICATION_VOICE = 1,
	POLICY_UNKNOWN = 0x800000,
	POLICY_TAGGED = 0x400000,
	VLAN_MOST = 4094,

	LOCATION_COORDINATES = 1,
	LOCATION_CIVIC = 2,
	COORDINATES_SIZE = 16
};

static bool
read_capabilities(struct cursor *value, struct neighbor *n, unsigned fact)
{
	neighbor_add_number(n, fact, cursor_u16(value));
	neighbor_add_number(n, FACT_MED_DEVICE_CLASS, cursor_u8(value));
	return true;
}

/* One policy each; that for voice names the voice VLAN. */
static bool
read_policy(struct cursor *value, struct neighbor *n, unsigned fact)
{
	struct cursor policy = cursor_take(value, 4);
	struct cursor fields = policy;
	uint8_t application = cursor_u8(&fields);
	uint32_t bits = cursor_u24(&fields);
	uint16_t vlan = bits >> 9 & 0xfff;

	neighbor_add_fact(n, fact, FACT_OCTETS, &policy);
	if (application == APPLICATION_VOICE && !(bits & POLICY_UNKNOWN) &&
	    (bits & POLICY_TAGGED) && vlan > 0 && vlan <= VLAN_MOST &&
	    !(n->has & HAS_VOICE_VLAN)) {
		n->voice_vlan = vlan;
		n->has |= HAS_VOICE_VLAN;
	}
	return true;
}

/* RFC 4776: the size of the rest, what it is the place of, a country of two
 * letters, then elements of type, size and text. */
static bool
civic_is_whole(struct cursor value)
{
	struct cursor list = cursor_take(&value, cursor_u8(&value));

	cursor_skip(&list, 1 + 2);
	while (list.left > 0) {
		cursor_skip(&list, 1);
		cursor_skip(&list, cursor_u8(&list));
	}
	return cursor_ok(&list);
}

static bool
read_location(struct cursor *value, struct neighbor *n, unsigned fact)
{
	struct cursor whole = *value;
	uint8_t format = cursor_u8(value);

	if (format == LOCATION_COORDINATES && value->left < COORDINATES_SIZE)
		return false;
	if (format == LOCATION_CIVIC && !civic_is_whole(*value))
		return false;
	neighbor_add_fact(n, fact, FACT_OCTETS, &whole);
	return true;
}

static bool
read_power(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint8_t power = cursor_u8(value);
	unsigned type = power >> 6, source = power >> 4 & 3;
	bool pd = type & 1;

	neighbor_add_number(n, FACT_MED_POWER_TYPE, type);
	neighbor_add_number(n, FACT_MED_POWER_SOURCE, pd ? 4 + source : source);
	neighbor_add_number(n, FACT_MED_POWER_PRIORITY, power & 15);
	neighbor_add_number(n, fact, cursor_u16(value) * 100U); /* 0.1 W */
	return true;
}

static bool
read_software(struct cursor *value, struct neighbor *n, unsigned fact)
{
	return lldp_read_identity(value, n, fact, &n->software);
}

static bool
read_serial(struct cursor *value, struct neighbor *n, unsigned fact)
{
	return lldp_read_identity(value, n, fact, &n->serial);
}

static bool
read_model(struct cursor *value, struct neighbor *n, unsigned fact)
{
	return lldp_read_identity(value, n, fact, &n->platform);
}

/* Clauses of ANSI/TIA-1057. */
static const struct lldp_rule rules[] = {
	[1] = { 3, FACT_MED_CAPABILITIES, 0, read_capabilities }, /* 10.2.2 */
	[2] = { 4, FACT_MED_POLICY, 0, read_policy },             /* 10.2.3 */
	[3] = { 2, FACT_MED_LOCATION, 0, read_location },         /* 10.2.4 */
	[4] = { 3, FACT_MED_POWER_MW, 0, read_power },            /* 10.2.5 */
	[5] = { 0, FACT_MED_HARDWARE, 0, lldp_read_text },        /* 10.2.6 */
	[6] = { 0, FACT_MED_FIRMWARE, 0, lldp_read_text },
	[7] = { 0, FACT_MED_SOFTWARE, 0, read_software },
	[8] = { 0, FACT_MED_SERIAL, 0, read_serial },
	[9] = { 0, FACT_MED_MANUFACTURER, 0, lldp_read_text },
	[10] = { 0, FACT_MED_MODEL, 0, read_model },
	[11] = { 0, FACT_MED_ASSET_ID, 0, lldp_read_text },
};

const struct lldp_organization lldp_med = {
	.oui = 0x0012bb,
	.count = sizeof(rules) / sizeof(*rules),
	.rules = rules,
	.rest = FACT_NONE,
};
