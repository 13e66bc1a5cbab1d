#include "report/neighbor.h"

#include <assert.h>
#include <stdio.h>

#include "base/text.h"
#include "report/address.h"
#include "report/facts.h"

static const char *const protocol_names[] = {
	[PROTOCOL_NONE] = "none",
	[PROTOCOL_LLDP] = "lldp",
	[PROTOCOL_CDP] = "cdp",
	[PROTOCOL_EDP] = "edp",
	[PROTOCOL_FDP] = "fdp",
	[PROTOCOL_SONMP] = "sonmp",
};

static const char *const scope_names[] = {
	[SCOPE_NONE] = "none",
	[SCOPE_NEAREST_BRIDGE] = "nearest-bridge",
	[SCOPE_NEAREST_NON_TPMR_BRIDGE] = "nearest-non-tpmr-bridge",
	[SCOPE_NEAREST_CUSTOMER_BRIDGE] = "nearest-customer-bridge",
	[SCOPE_TUNNELLED] = "tunnelled",
};

static const char *const id_type_names[] = {
	[ID_NONE] = "none",
	[ID_CHASSIS_COMPONENT] = "chassis_component",
	[ID_INTERFACE_ALIAS] = "interface_alias",
	[ID_PORT_COMPONENT] = "port_component",
	[ID_MAC] = "mac",
	[ID_NETWORK_ADDRESS] = "network_address",
	[ID_INTERFACE_NAME] = "interface_name",
	[ID_AGENT_CIRCUIT] = "agent_circuit_id",
	[ID_LOCAL] = "local",
	[ID_DEVICE_ID] = "device_id",
	[ID_UNKNOWN] = "unknown",
};

static size_t
texts_left(const struct neighbor *n)
{
	return NEIGHBOR_TEXTS_SIZE - n->texts_used;
}

static void
count_lost(struct neighbor *n)
{
	if (n->lost_items < UINT16_MAX)
		n->lost_items++;
}

/* Notes that 'size' octets were put behind the texts, and ends them. */
static struct text
take_text(struct neighbor *n, size_t size)
{
	struct text text = { n->texts_used, (uint16_t)size };

	n->texts[n->texts_used + size] = '\0';
	n->texts_used = (uint16_t)(n->texts_used + size + 1);
	return text;
}

struct text
neighbor_add_text(struct neighbor *n, struct cursor *c)
{
	struct cursor rest = cursor_take_all(c);
	bool cut = false;
	size_t size;

	if (rest.failed)
		return (struct text){ 0 };
	if (texts_left(n) < 2) {
		count_lost(n);
		return (struct text){ 0 };
	}
	size = text_clean(&n->texts[n->texts_used], texts_left(n) - 1,
	    rest.next, rest.left, &cut);
	if (cut)
		count_lost(n);
	return take_text(n, size);
}

struct text
neighbor_add_octets(struct neighbor *n, struct cursor *c)
{
	struct cursor rest = cursor_take_all(c);

	if (rest.failed)
		return (struct text){ 0 };
	/* Half an address is worse than none: octets are never cut. */
	if (rest.left + 1 > texts_left(n)) {
		count_lost(n);
		return (struct text){ 0 };
	}
	if (rest.left > 0)
		memcpy(&n->texts[n->texts_used], rest.next, rest.left);
	return take_text(n, rest.left);
}

void
neighbor_add_address(
    struct neighbor *n, enum address_family family, const uint8_t *octets)
{
	static const uint8_t sizes[] = {
		[ADDRESS_IPV4] = 4,
		[ADDRESS_IPV6] = 16,
		[ADDRESS_MAC] = MAC_SIZE,
	};
	struct address address = { .family = (uint8_t)family };

	assert(family > ADDRESS_NONE && family <= ADDRESS_MAC);
	memcpy(address.octets, octets, sizes[family]);
	for (unsigned i = 0; i < n->address_count; i++)
		if (memcmp(&n->management_addresses[i], &address,
			sizeof(address)) == 0)
			return; /* said twice: CDP 0x0002 and 0x0016 */
	if (n->address_count == NEIGHBOR_ADDRESSES_MOST) {
		count_lost(n);
		return;
	}
	n->management_addresses[n->address_count++] = address;
}

void
neighbor_add_vlan(struct neighbor *n, uint16_t id, struct text name)
{
	if (n->vlan_count == NEIGHBOR_VLANS_MOST) {
		count_lost(n);
		return;
	}
	n->vlans[n->vlan_count++] = (struct vlan_name){ id, name };
}

static struct fact *
add_fact(struct neighbor *n, unsigned name, enum fact_kind kind)
{
	struct fact *fact;

	assert(name > FACT_NONE && name < FACT_NAMES);
	if (n->fact_count == NEIGHBOR_FACTS_MOST) {
		count_lost(n);
		return NULL;
	}
	fact = &n->facts[n->fact_count++];
	fact->name = (uint16_t)name;
	fact->kind = (uint8_t)kind;
	return fact;
}

void
neighbor_add_number(struct neighbor *n, unsigned name, uint32_t number)
{
	struct fact *fact = add_fact(n, name, FACT_NUMBER);

	if (fact)
		fact->number = number;
}

void
neighbor_add_boolean(struct neighbor *n, unsigned name, bool value)
{
	struct fact *fact = add_fact(n, name, FACT_BOOLEAN);

	if (fact)
		fact->number = value;
}

void
neighbor_add_fact_text(
    struct neighbor *n, unsigned name, enum fact_kind kind, struct text text)
{
	struct fact *fact;

	/* Absent: its loss is counted already.  A text with no letters says
	 * nothing: phones send seven empty ones as their inventory. */
	if (!text.at || (kind == FACT_TEXT && text.length == 0))
		return;
	fact = add_fact(n, name, kind);
	if (fact)
		fact->text = text;
}

void
neighbor_add_fact(struct neighbor *n, unsigned name, enum fact_kind kind,
    struct cursor *value)
{
	struct text text = kind == FACT_TEXT ? neighbor_add_text(n, value)
					     : neighbor_add_octets(n, value);

	assert(kind != FACT_NUMBER && kind != FACT_BOOLEAN);
	neighbor_add_fact_text(n, name, kind, text);
}

void
neighbor_add_unknown(
    struct neighbor *n, uint32_t oui, unsigned type, size_t size)
{
	if (n->unknown_count == NEIGHBOR_UNKNOWN_MOST) {
		count_lost(n);
		return;
	}
	n->unknown_tlvs[n->unknown_count++] = (struct unknown_tlv){
		.oui = oui,
		.type = (uint16_t)type,
		.size = (uint16_t)size,
	};
}

/* Octets of an identifier that are no address we know, as 00:11:22. */
static void
format_octets(const uint8_t *octets, size_t size, char *out, size_t capacity)
{
	static const char digits[] = "0123456789abcdef";
	size_t at = 0;

	for (size_t i = 0; i < size && at + 4 <= capacity; i++) {
		if (i > 0)
			out[at++] = ':';
		out[at++] = digits[octets[i] >> 4];
		out[at++] = digits[octets[i] & 15];
	}
	out[at] = '\0';
}

bool
neighbor_text_address(
    const struct neighbor *n, struct text text, struct address *out)
{
	const uint8_t *raw = (const uint8_t *)neighbor_text(n, text);

	*out = (struct address){ ADDRESS_NONE, { 0 } };
	if (!raw)
		return false;
	if (text.length == 1 + 4 && raw[0] == 1)
		out->family = ADDRESS_IPV4;
	else if (text.length == 1 + 16 && raw[0] == 2)
		out->family = ADDRESS_IPV6;
	else
		return false;
	memcpy(out->octets, raw + 1, text.length - 1U);
	return true;
}

const char *
neighbor_id_text(const struct neighbor *n, const struct identifier *id,
    char *out, size_t capacity)
{
	const char *value = neighbor_text(n, id->value);
	char address_text[ADDRESS_TEXT_SIZE];
	struct address address;

	assert(capacity > 0);
	out[0] = '\0';
	if (id->type == ID_NONE || !value)
		return out;
	if (id->type == ID_NETWORK_ADDRESS &&
	    neighbor_text_address(n, id->value, &address))
		text_copy(
		    out, capacity, address_format(&address, address_text));
	else if (id->type == ID_MAC || id->type == ID_NETWORK_ADDRESS)
		format_octets(
		    (const uint8_t *)value, id->value.length, out, capacity);
	else
		text_copy(out, capacity, value);
	return out;
}

const char *
protocol_name(enum protocol protocol)
{
	return protocol_names[protocol];
}

const char *
scope_name(enum scope scope)
{
	return scope_names[scope];
}

const char *
id_type_name(enum id_type type)
{
	return id_type_names[type];
}
