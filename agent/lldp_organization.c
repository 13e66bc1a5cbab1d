#include "agent/lldp_organization.h"

bool
lldp_read_number8(struct cursor *value, struct neighbor *n, unsigned fact)
{
	neighbor_add_number(n, fact, cursor_u8(value));
	return true;
}

bool
lldp_read_number16(struct cursor *value, struct neighbor *n, unsigned fact)
{
	neighbor_add_number(n, fact, cursor_u16(value));
	return true;
}

bool
lldp_read_number32(struct cursor *value, struct neighbor *n, unsigned fact)
{
	neighbor_add_number(n, fact, cursor_u32(value));
	return true;
}

bool
lldp_read_text(struct cursor *value, struct neighbor *n, unsigned fact)
{
	neighbor_add_fact(n, fact, FACT_TEXT, value);
	return true;
}

bool
lldp_read_octets(struct cursor *value, struct neighbor *n, unsigned fact)
{
	neighbor_add_fact(n, fact, FACT_OCTETS, value);
	return true;
}

bool
lldp_read_mac(struct cursor *value, struct neighbor *n, unsigned fact)
{
	struct cursor mac = cursor_take(value, MAC_SIZE);

	if (!cursor_ok(&mac))
		return false;
	neighbor_add_fact(n, fact, FACT_MAC, &mac);
	return true;
}

bool
lldp_read_identity(struct cursor *value, struct neighbor *n, unsigned fact,
    struct text *member)
{
	struct text text = neighbor_add_text(n, value);

	neighbor_add_fact_text(n, fact, FACT_TEXT, text);
	if (text.length > 0 && member->length == 0)
		*member = text;
	return true;
}
