#include "agent/lldp_organization.h"
#include "report/facts.h"

/* Spare-pair power of UPOE; CDP says the same in 0x001f. */
static bool
read_upoe(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint8_t bits = cursor_u8(value);

	(void)fact;
	neighbor_add_boolean(n, FACT_POWER_FOUR_PAIR_SUPPORTED, bits & 1);
	neighbor_add_boolean(n, FACT_POWER_SPARE_PAIR_INDEPENDENT, bits & 2);
	neighbor_add_boolean(n, FACT_POWER_SPARE_PAIR_REQUESTED, bits & 4);
	neighbor_add_boolean(n, FACT_POWER_SPARE_PAIR_ON, bits & 8);
	return true;
}

static bool
read_node_address(struct cursor *value, struct neighbor *n, unsigned fact)
{
	uint8_t octets[1 + 4] = { 1 }; /* IANA's number of IPv4 */
	struct cursor address;

	cursor_copy(value, octets + 1, 4);
	address = cursor_over(octets, sizeof(octets));
	neighbor_add_fact(n, fact, FACT_ADDRESS, &address);
	return true;
}

static bool
read_firmware(struct cursor *value, struct neighbor *n, unsigned fact)
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

/* Cisco publishes none of them; sizes and meanings are those of Wireshark,
 * which had them from the people who build ACI. */
static const struct lldp_rule rules[] = {
	[0x01] = { 1, 0, 0, read_upoe },
	[0xc9] = { 1, FACT_CISCO_ACI_PORT_STATE, 0, lldp_read_number8 },
	[0xca] = { 1, FACT_CISCO_ACI_NODE_ROLE, 0, lldp_read_number8 },
	[0xcb] = { 4, FACT_CISCO_ACI_NODE_ID, 0, lldp_read_number32 },
	[0xcc] = { 1, FACT_CISCO_ACI_SPINE_LEVEL, 0, lldp_read_number8 },
	[0xcd] = { 2, FACT_CISCO_ACI_POD_ID, 0, lldp_read_number16 },
	[0xce] = { 1, FACT_CISCO_ACI_FABRIC_NAME, 0, lldp_read_text },
	[0xcf] = { 41, FACT_CISCO_ACI_APPLIANCE_VECTOR, 0, lldp_read_octets },
	[0xd0] = { 4, FACT_CISCO_ACI_NODE_ADDRESS, 0, read_node_address },
	[0xd1] = { 1, FACT_CISCO_ACI_PORT_ROLE, 0, lldp_read_number8 },
	[0xd2] = { 1, FACT_CISCO_ACI_FIRMWARE, 0, read_firmware },
	[0xd3] = { 2, FACT_CISCO_ACI_INFRA_VLAN, 0, lldp_read_number16 },
	[0xd4] = { 1, FACT_CISCO_ACI_SERIAL, 0, read_serial },
	[0xd6] = { 1, FACT_CISCO_ACI_MODEL, 0, read_model },
	[0xd7] = { 1, FACT_CISCO_ACI_NODE_NAME, 0, lldp_read_text },
	[0xd8] = { 2, FACT_CISCO_ACI_PORT_MODE, 0, lldp_read_number16 },
	[0xd9] = { 1, FACT_CISCO_ACI_AUTH_COOKIE, 0, lldp_read_octets },
	[0xda] = { 1, FACT_CISCO_ACI_APIC_MODE, 0, lldp_read_number8 },
	[0xdb] = { 2, FACT_CISCO_ACI_FABRIC_ID, 0, lldp_read_number16 },
};

const struct lldp_organization lldp_cisco = {
	.oui = 0x000142,
	.count = sizeof(rules) / sizeof(*rules),
	.rules = rules,
	.rest = FACT_CISCO_TLV,
};
