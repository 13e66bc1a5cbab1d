#include "vsphere/hints.h"

#include <string.h>

#include "report/address.h"
#include "report/device_id.h"

static struct text
keep(struct neighbor *n, const struct list *hints, struct place place)
{
	const char *text = list_text(hints, place);
	struct cursor c = cursor_over(text, strlen(text));

	return text[0] ? neighbor_add_text(n, &c) : (struct text){ 0, 0 };
}

static struct identifier
keep_id(struct neighbor *n, enum id_type type, const struct list *hints,
    struct place place)
{
	struct text text = keep(n, hints, place);

	return (struct identifier){ text.at ? type : ID_NONE, text };
}

/* ESXi writes an address that was not told as 0.0.0.0. */
static void
keep_address(struct neighbor *n, const struct list *hints, struct place place)
{
	struct address a;

	if (!address_parse(list_text(hints, place), &a) ||
	    strcmp(list_text(hints, place), "0.0.0.0") == 0)
		return;
	for (unsigned i = 0; i < n->address_count; i++) {
		if (memcmp(&n->management_addresses[i], &a, sizeof(a)) == 0)
			return;
	}
	neighbor_add_address(n, a.family, a.octets);
}

static uint32_t
bits_of(const struct capabilities_value *c)
{
	const struct {
		uint8_t flag;
		uint32_t bit;
	} known[] = {
		{ c->router, CAPABILITY_ROUTER },
		{ c->transparent_bridge, CAPABILITY_BRIDGE },
		{ c->source_route_bridge, CAPABILITY_SOURCE_ROUTE_BRIDGE },
		{ c->network_switch, CAPABILITY_SWITCH },
		{ c->host, CAPABILITY_HOST },
		{ c->igmp, CAPABILITY_IGMP },
		{ c->repeater, CAPABILITY_REPEATER },
	};
	uint32_t bits = 0;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (known[i].flag == FLAG_YES)
			bits |= known[i].bit;
	}
	return bits;
}

static void
set_capabilities(struct neighbor *n, uint32_t supported, uint32_t enabled)
{
	if (!(supported | enabled))
		return;
	n->has |= HAS_CAPABILITIES;
	n->capabilities_supported = supported | enabled;
	n->capabilities_enabled = enabled;
}

static void
set_mtu(struct neighbor *n, uint32_t mtu)
{
	if (mtu == 0)
		return;
	n->has |= HAS_MTU;
	n->mtu = mtu;
}

/* The time to live is left out: it runs down from poll to poll, and says no
 * more than when this ends, which is told. */
static void
take_cdp(
    struct neighbor *n, const struct list *hints, const struct hint_value *hint)
{
	uint32_t enabled = bits_of(&hint->cdp.capabilities);

	n->chassis_id = keep_id(n, ID_DEVICE_ID, hints, hint->cdp.device);
	n->port_id = keep_id(n, ID_INTERFACE_NAME, hints, hint->cdp.port);
	n->system_name = keep(n, hints, hint->cdp.name);
	n->software = keep(n, hints, hint->cdp.software);
	n->platform = keep(n, hints, hint->cdp.platform);
	if (n->chassis_id.type != ID_NONE)
		device_id_split(n);
	set_capabilities(n, enabled, enabled);
	set_mtu(n, hint->cdp.mtu);
	keep_address(n, hints, hint->cdp.address);
	keep_address(n, hints, hint->cdp.management);
	if (hint->cdp.version > 0 && hint->cdp.version <= UINT8_MAX) {
		n->has |= HAS_VERSION;
		n->version = (uint8_t)hint->cdp.version;
	}
	if (hint->cdp.vlan > 0 && hint->cdp.vlan <= UINT16_MAX) {
		n->has |= HAS_NATIVE_VLAN;
		n->native_vlan = (uint16_t)hint->cdp.vlan;
	}
	if (hint->cdp.full_duplex != FLAG_ABSENT) {
		n->has |= HAS_DUPLEX;
		n->duplex = hint->cdp.full_duplex == FLAG_YES ? DUPLEX_FULL
							      : DUPLEX_HALF;
	}
}

static void
take_lldp(
    struct neighbor *n, const struct list *hints, const struct hint_value *hint)
{
	n->chassis_id = keep_id(n, ID_UNKNOWN, hints, hint->lldp.chassis);
	n->port_id = keep_id(n, ID_UNKNOWN, hints, hint->lldp.port);
	n->system_name = keep(n, hints, hint->lldp.name);
	n->system_description = keep(n, hints, hint->lldp.description);
	n->port_description = keep(n, hints, hint->lldp.port_description);
	set_capabilities(
	    n, bits_of(&hint->lldp.supported), bits_of(&hint->lldp.enabled));
	set_mtu(n, hint->lldp.mtu);
	keep_address(n, hints, hint->lldp.management);
	if (hint->lldp.vlan > 0 && hint->lldp.vlan <= UINT16_MAX) {
		n->has |= HAS_PVID;
		n->pvid = (uint16_t)hint->lldp.vlan;
	}
}

bool
hint_neighbor(const struct list *hints, const struct hint_value *hint,
    enum protocol protocol, struct neighbor *out)
{
	neighbor_clear(out);
	out->protocol = protocol;
	if (protocol == PROTOCOL_CDP && hint->cdp.told)
		take_cdp(out, hints, hint);
	else if (protocol == PROTOCOL_LLDP && hint->lldp.told)
		take_lldp(out, hints, hint);
	/* A switch that says neither who it is nor where is none. */
	return out->chassis_id.type != ID_NONE || out->port_id.type != ID_NONE;
}
