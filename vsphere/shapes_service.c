/*
 * shapes_service.c - which element goes where: the service, and the hints.
 */
#include "vsphere/values.h"

#include <stdlib.h>
#include <string.h>

#define END                                                                    \
	{                                                                      \
		.path = NULL                                                   \
	}

/* ---- the service
 * ------------------------------------------------------------- */

#define SERVICE(path_, member_)                                                \
	{                                                                      \
		"returnval/" path_, FIELD_TEXT,                                \
		    offsetof(struct service_value, member_), NULL              \
	}
static const struct field service_fields[] = {
	{ "returnval", FIELD_ITEM, 0, NULL },
	SERVICE("rootFolder", root),
	SERVICE("propertyCollector", collector),
	SERVICE("viewManager", views),
	SERVICE("sessionManager", sessions),
	SERVICE("about/name", name),
	SERVICE("about/version", version),
	SERVICE("about/build", build),
	SERVICE("about/apiType", api_type),
	SERVICE("about/instanceUuid", instance_uuid),
	END,
};
const struct shape shape_service = { sizeof(struct service_value),
	service_fields, NULL };

/* ---- hints
 * --------------------------------------------------------------------- */

/* The text without blanks around it: switches fill theirs up. */
static struct place
trimmed(struct draft *draft, const char *text)
{
	text += strspn(text, " \t\r\n");
	return draft_text(draft, text, strlen(text));
}

static uint32_t
number_of(const char *text)
{
	unsigned long long number =
	    strtoull(text + strspn(text, " "), NULL, 10);

	return number > UINT32_MAX ? 0 : (uint32_t)number;
}

/* LLDP's TLVs come as keys with values of any type. */
static void
take_parameter(struct draft *draft, const struct xml_element *element)
{
	struct hint_value *hint = draft_item(draft);
	const struct {
		const char *key;
		struct place *text;
		uint32_t *number;
	} known[] = {
		{ "System Name", &hint->lldp.name, NULL },
		{ "System Description", &hint->lldp.description, NULL },
		{ "Port Description", &hint->lldp.port_description, NULL },
		{ "Management Address", &hint->lldp.management, NULL },
		{ "Vlan ID", NULL, &hint->lldp.vlan },
		{ "MTU", NULL, &hint->lldp.mtu },
		{ "Samples", NULL, &hint->lldp.samples },
		{ "TimeOut", NULL, &hint->lldp.timeout_s },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(known[i].key, draft->first) != 0)
			continue;
		if (known[i].text)
			*known[i].text = trimmed(draft, element->text);
		else
			*known[i].number = number_of(element->text);
	}
}

static uint8_t *
capability_of(struct capabilities_value *c, const char *name)
{
	const struct {
		const char *name;
		uint8_t *flag;
	} known[] = {
		{ "router", &c->router },
		{ "transparentBridge", &c->transparent_bridge },
		{ "sourceRouteBridge", &c->source_route_bridge },
		{ "networkSwitch", &c->network_switch },
		{ "host", &c->host },
		{ "igmpEnabled", &c->igmp },
		{ "repeater", &c->repeater },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(known[i].name, name) == 0)
			return known[i].flag;
	}
	return NULL;
}

/* Both protocols tell these as one struct of flags, LLDP as a parameter. */
static void
take_capability(struct draft *draft, const struct xml_element *element)
{
	struct hint_value *hint = draft_item(draft);
	struct capabilities_value *of = &hint->cdp.capabilities;
	const char *name = strrchr(element->path, '/');
	uint8_t *flag;

	if (strstr(element->path, "/lldpInfo/")) {
		if (strcmp(draft->first, "Enabled Capabilities") == 0)
			of = &hint->lldp.enabled;
		else if (strcmp(draft->first, "System Capabilities") == 0)
			of = &hint->lldp.supported;
		else
			return;
	}
	flag = name ? capability_of(of, name + 1) : NULL;
	if (flag)
		*flag = strcmp(element->text, "true") == 0 ? FLAG_YES : FLAG_NO;
}

static void
take_cdp_device(struct draft *draft, const struct xml_element *element)
{
	struct hint_value *hint = draft_item(draft);

	hint->cdp.device = trimmed(draft, element->text);
}

static void
take_cdp_port(struct draft *draft, const struct xml_element *element)
{
	struct hint_value *hint = draft_item(draft);

	hint->cdp.port = trimmed(draft, element->text);
}

#define HINT(path_, kind_, member_)                                            \
	{                                                                      \
		"returnval/" path_, kind_,                                     \
		    offsetof(struct hint_value, member_), NULL                 \
	}
#define CDP(path_, kind_, member_)                                             \
	HINT("connectedSwitchPort/" path_, kind_, cdp.member_)
#define CALL(path_, take_)                                                     \
	{                                                                      \
		"returnval/" path_, FIELD_CALL, 0, take_                       \
	}
#define CAPABILITIES(path_)                                                    \
	CALL(path_ "/router", take_capability),                                \
	    CALL(path_ "/transparentBridge", take_capability),                 \
	    CALL(path_ "/sourceRouteBridge", take_capability),                 \
	    CALL(path_ "/networkSwitch", take_capability),                     \
	    CALL(path_ "/host", take_capability),                              \
	    CALL(path_ "/igmpEnabled", take_capability),                       \
	    CALL(path_ "/repeater", take_capability)

static const struct field hint_fields[] = {
	{ "returnval", FIELD_ITEM, 0, NULL },
	HINT("device", FIELD_TEXT, device),
	HINT("subnet", FIELD_FORGET, device),
	HINT("subnet/vlanId", FIELD_FIRST, device),
	HINT("subnet/ipSubnet", FIELD_PAIR, subnets),
	HINT("network", FIELD_FORGET, device),
	HINT("network/vlanId", FIELD_FIRST, device),
	HINT("network/network", FIELD_PAIR, networks),
	HINT("connectedSwitchPort", FIELD_SEEN, cdp.told),
	CDP("cdpVersion", FIELD_NUMBER, version),
	CDP("timeout", FIELD_NUMBER, timeout_s),
	CDP("ttl", FIELD_NUMBER, ttl_s),
	CDP("samples", FIELD_NUMBER, samples),
	CALL("connectedSwitchPort/devId", take_cdp_device),
	CDP("address", FIELD_TEXT, address),
	CALL("connectedSwitchPort/portId", take_cdp_port),
	CDP("softwareVersion", FIELD_TEXT, software),
	CDP("hardwarePlatform", FIELD_TEXT, platform),
	CDP("vlan", FIELD_NUMBER, vlan),
	CDP("fullDuplex", FIELD_FLAG, full_duplex),
	CDP("mtu", FIELD_NUMBER, mtu),
	CDP("systemName", FIELD_TEXT, name),
	CDP("mgmtAddr", FIELD_TEXT, management),
	CDP("location", FIELD_TEXT, location),
	CAPABILITIES("connectedSwitchPort/deviceCapability"),
	HINT("lldpInfo", FIELD_SEEN, lldp.told),
	HINT("lldpInfo/chassisId", FIELD_TEXT, lldp.chassis),
	HINT("lldpInfo/portId", FIELD_TEXT, lldp.port),
	HINT("lldpInfo/timeToLive", FIELD_NUMBER, lldp.ttl_s),
	HINT("lldpInfo/parameter", FIELD_FORGET, device),
	HINT("lldpInfo/parameter/key", FIELD_FIRST, device),
	CALL("lldpInfo/parameter/value", take_parameter),
	CAPABILITIES("lldpInfo/parameter/value"),
	END,
};
const struct shape shape_hints = { sizeof(struct hint_value), hint_fields,
	NULL };
