/*
 * shapes.c - which element goes where: the inventory's properties.
 */
#include "vsphere/values.h"

#include <string.h>

#define AT(struct_, member_) offsetof(struct struct_, member_)
#define END                                                                    \
	{                                                                      \
		.path = NULL                                                   \
	}

/* ---- one text
 * ---------------------------------------------------------------- */

static const struct field text_fields[] = {
	{ "", FIELD_ITEM, 0, NULL },
	{ "", FIELD_TEXT, 0, NULL },
	END,
};
static const struct shape text_shape = { sizeof(struct place), text_fields,
	NULL };

static const struct field reference_fields[] = {
	{ "returnval", FIELD_ITEM, 0, NULL },
	{ "returnval", FIELD_TEXT, 0, NULL },
	END,
};
const struct shape shape_reference = { sizeof(struct place), reference_fields,
	NULL };

static const struct field no_fields[] = { END };
const struct shape shape_nothing = { sizeof(struct place), no_fields, NULL };

/* ---- hosts
 * -------------------------------------------------------------------- */

/* OtherIdentifyingInfo tells a value, then what it identifies. */
static void
take_identifier(struct draft *draft, const struct xml_element *element)
{
	struct system_value *system = draft_item(draft);
	struct place *to = NULL;

	if (strcmp(element->text, "EnclosureSerialNumberTag") == 0)
		to = &system->chassis;
	else if (strcmp(element->text, "ServiceTag") == 0 ||
		 strcmp(element->text, "SerialNumberTag") == 0)
		to = &system->serial;
	if (to && !to->at)
		*to = draft_text(draft, draft->first, strlen(draft->first));
}

#define SYSTEM(path_, kind_, member_)                                          \
	{                                                                      \
		path_, kind_, AT(system_value, member_), NULL                  \
	}
static const struct field system_fields[] = {
	{ "", FIELD_ITEM, 0, NULL },
	SYSTEM("uuid", FIELD_TEXT, uuid),
	SYSTEM("vendor", FIELD_TEXT, vendor),
	SYSTEM("model", FIELD_TEXT, model),
	SYSTEM("serialNumber", FIELD_TEXT, serial),
	{ "otherIdentifyingInfo", FIELD_FORGET, 0, NULL },
	{ "otherIdentifyingInfo/identifierValue", FIELD_FIRST, 0, NULL },
	{ "otherIdentifyingInfo/identifierType/key", FIELD_CALL, 0,
	    take_identifier },
	END,
};
static const struct shape system_shape = { sizeof(struct system_value),
	system_fields, NULL };

static const struct field product_fields[] = {
	{ "", FIELD_ITEM, 0, NULL },
	{ "fullName", FIELD_TEXT, AT(product_value, full_name), NULL },
	{ "version", FIELD_TEXT, AT(product_value, version), NULL },
	END,
};
static const struct shape product_shape = { sizeof(struct product_value),
	product_fields, NULL };

#define PNIC(path_, kind_, member_)                                            \
	{                                                                      \
		"PhysicalNic/" path_, kind_, AT(pnic_value, member_), NULL     \
	}
static const struct field pnic_fields[] = {
	{ "PhysicalNic", FIELD_ITEM, 0, NULL },
	PNIC("key", FIELD_TEXT, key),
	PNIC("device", FIELD_TEXT, device),
	PNIC("pci", FIELD_TEXT, pci),
	PNIC("driver", FIELD_TEXT, driver),
	PNIC("mac", FIELD_MAC, mac),
	PNIC("linkSpeed", FIELD_SEEN, linked),
	PNIC("linkSpeed/speedMb", FIELD_NUMBER, speed_mbps),
	PNIC("linkSpeed/duplex", FIELD_FLAG, full_duplex),
	END,
};
static const struct shape pnic_shape = { sizeof(struct pnic_value), pnic_fields,
	NULL };

#define SWITCH(path_, kind_, member_)                                          \
	{                                                                      \
		"HostVirtualSwitch/" path_, kind_, AT(switch_value, member_),  \
		    NULL                                                       \
	}
#define TEAMING "spec/policy/nicTeaming/"
static const struct field switch_fields[] = {
	{ "HostVirtualSwitch", FIELD_ITEM, 0, NULL },
	SWITCH("name", FIELD_TEXT, name),
	SWITCH("key", FIELD_TEXT, key),
	SWITCH("mtu", FIELD_NUMBER, mtu),
	SWITCH("pnic", FIELD_SERIES, pnics),
	SWITCH("spec/bridge/linkDiscoveryProtocolConfig/protocol", FIELD_TEXT,
	    protocol),
	SWITCH("spec/bridge/linkDiscoveryProtocolConfig/operation", FIELD_TEXT,
	    operation),
	SWITCH(TEAMING "policy", FIELD_TEXT, teaming.policy),
	SWITCH(TEAMING "nicOrder", FIELD_SEEN, teaming.ordered),
	SWITCH(TEAMING "nicOrder/activeNic", FIELD_SERIES, teaming.active),
	SWITCH(TEAMING "nicOrder/standbyNic", FIELD_SERIES, teaming.standby),
	END,
};
static const struct shape switch_shape = { sizeof(struct switch_value),
	switch_fields, NULL };

#define GROUP(path_, kind_, member_)                                           \
	{                                                                      \
		"HostPortGroup/" path_, kind_, AT(group_value, member_), NULL  \
	}
static const struct field group_fields[] = {
	{ "HostPortGroup", FIELD_ITEM, 0, NULL },
	GROUP("key", FIELD_TEXT, key),
	GROUP("spec/name", FIELD_TEXT, name),
	GROUP("spec/vlanId", FIELD_NUMBER, vlan),
	GROUP("spec/vswitchName", FIELD_TEXT, vswitch),
	GROUP(TEAMING "policy", FIELD_TEXT, teaming.policy),
	GROUP(TEAMING "nicOrder", FIELD_SEEN, teaming.ordered),
	GROUP(TEAMING "nicOrder/activeNic", FIELD_SERIES, teaming.active),
	GROUP(TEAMING "nicOrder/standbyNic", FIELD_SERIES, teaming.standby),
	END,
};
static const struct shape group_shape = { sizeof(struct group_value),
	group_fields, NULL };

#define PROXY(path_, kind_, member_)                                           \
	{                                                                      \
		"HostProxySwitch/" path_, kind_, AT(proxy_value, member_),     \
		    NULL                                                       \
	}
static const struct field proxy_fields[] = {
	{ "HostProxySwitch", FIELD_ITEM, 0, NULL },
	PROXY("dvsUuid", FIELD_TEXT, uuid),
	PROXY("dvsName", FIELD_TEXT, name),
	PROXY("key", FIELD_TEXT, key),
	PROXY("mtu", FIELD_NUMBER, mtu),
	PROXY("pnic", FIELD_SERIES, pnics),
	PROXY("uplinkPort/key", FIELD_FIRST, uuid),
	PROXY("uplinkPort/value", FIELD_PAIR, ports),
	PROXY("hostLag/lagName", FIELD_FIRST, uuid),
	PROXY("hostLag/uplinkPort/key", FIELD_PAIR, lag_ports),
	PROXY("spec/backing/pnicSpec/pnicDevice", FIELD_FIRST, uuid),
	PROXY("spec/backing/pnicSpec/uplinkPortKey", FIELD_PAIR, wired),
	END,
};
static const struct shape proxy_shape = { sizeof(struct proxy_value),
	proxy_fields, NULL };

#define KERNEL(path_, kind_, member_)                                          \
	{                                                                      \
		"HostVirtualNic/" path_, kind_,                                \
		    AT(kernel_port_value, member_), NULL                       \
	}
static const struct field kernel_fields[] = {
	{ "HostVirtualNic", FIELD_ITEM, 0, NULL },
	KERNEL("device", FIELD_TEXT, device),
	KERNEL("portgroup", FIELD_TEXT, group),
	KERNEL("spec/mac", FIELD_MAC, mac),
	KERNEL("spec/ip/ipAddress", FIELD_TEXT, address),
	KERNEL("spec/ip/ipV6Config/ipV6Address/ipAddress", FIELD_SERIES,
	    more_addresses),
	KERNEL(
	    "spec/distributedVirtualPort/switchUuid", FIELD_TEXT, switch_uuid),
	KERNEL(
	    "spec/distributedVirtualPort/portgroupKey", FIELD_TEXT, group_key),
	KERNEL("spec/opaqueNetwork/id", FIELD_TEXT, opaque_network),
	END,
};
static const struct shape kernel_shape = { sizeof(struct kernel_port_value),
	kernel_fields, NULL };

#define OPAQUE(path_, kind_, member_)                                          \
	{                                                                      \
		"HostOpaqueSwitch/" path_, kind_,                              \
		    AT(opaque_switch_value, member_), NULL                     \
	}
static const struct field opaque_fields[] = {
	{ "HostOpaqueSwitch", FIELD_ITEM, 0, NULL },
	OPAQUE("key", FIELD_TEXT, key),
	OPAQUE("name", FIELD_TEXT, name),
	OPAQUE("pnic", FIELD_SERIES, pnics),
	END,
};
static const struct shape opaque_shape = { sizeof(struct opaque_switch_value),
	opaque_fields, NULL };

static const struct field network_fields[] = {
	{ "HostOpaqueNetworkInfo", FIELD_ITEM, 0, NULL },
	{ "HostOpaqueNetworkInfo/opaqueNetworkId", FIELD_TEXT,
	    AT(opaque_network_value, id), NULL },
	{ "HostOpaqueNetworkInfo/opaqueNetworkName", FIELD_TEXT,
	    AT(opaque_network_value, name), NULL },
	END,
};
static const struct shape network_shape = { sizeof(struct opaque_network_value),
	network_fields, NULL };

static const struct property host_properties[] = {
	[HOST_NAME] = { "name", &text_shape },
	[HOST_CONNECTION] = { "runtime.connectionState", &text_shape },
	[HOST_SYSTEM] = { "hardware.systemInfo", &system_shape },
	[HOST_PRODUCT] = { "config.product", &product_shape },
	[HOST_NETWORK_SYSTEM] = { "configManager.networkSystem", &text_shape },
	[HOST_PNICS] = { "config.network.pnic", &pnic_shape },
	[HOST_SWITCHES] = { "config.network.vswitch", &switch_shape },
	[HOST_GROUPS] = { "config.network.portgroup", &group_shape },
	[HOST_PROXIES] = { "config.network.proxySwitch", &proxy_shape },
	[HOST_KERNEL_PORTS] = { "config.network.vnic", &kernel_shape },
	[HOST_OPAQUE_SWITCHES] = { "config.network.opaqueSwitch",
	    &opaque_shape },
	[HOST_OPAQUE_NETWORKS] = { "config.network.opaqueNetwork",
	    &network_shape },
	{ NULL, NULL },
};

/* ---- virtual machines
 * ------------------------------------------------------------ */

/* Of all devices of a VM those are cards that have a MAC, of whatever kind. */
static bool
is_card(const void *item)
{
	const struct card_value *card = item;

	return card->mac.known;
}

#define CARD(path_, kind_, member_)                                            \
	{                                                                      \
		"VirtualDevice/" path_, kind_, AT(card_value, member_), NULL   \
	}
static const struct field card_fields[] = {
	{ "VirtualDevice", FIELD_ITEM, 0, NULL },
	{ "VirtualDevice", FIELD_TYPE, AT(card_value, type), NULL },
	CARD("key", FIELD_NUMBER, key),
	CARD("deviceInfo/label", FIELD_TEXT, label),
	CARD("macAddress", FIELD_MAC, mac),
	CARD("backing", FIELD_TYPE, backing_type),
	CARD("backing/deviceName", FIELD_TEXT, network),
	CARD("backing/port/switchUuid", FIELD_TEXT, switch_uuid),
	CARD("backing/port/portgroupKey", FIELD_TEXT, group_key),
	CARD("backing/opaqueNetworkId", FIELD_TEXT, opaque_network),
	CARD("sriovBacking/physicalFunctionBacking/id", FIELD_TEXT, function),
	CARD("connectable/connected", FIELD_FLAG, connected),
	CARD("connectable/startConnected", FIELD_FLAG, starts_connected),
	END,
};
static const struct shape card_shape = { sizeof(struct card_value), card_fields,
	is_card };

static const struct property vm_properties[] = {
	[VM_NAME] = { "name", &text_shape },
	[VM_INSTANCE_UUID] = { "config.instanceUuid", &text_shape },
	[VM_UUID] = { "config.uuid", &text_shape },
	[VM_HOST] = { "runtime.host", &text_shape },
	[VM_POWER] = { "runtime.powerState", &text_shape },
	[VM_DEVICES] = { "config.hardware.device", &card_shape },
	{ NULL, NULL },
};

/* ---- distributed switches and their port groups
 * ------------------------------------- */

#define PORT "defaultPortConfig/"
#define PORT_FIELDS(struct_)                                                   \
	{ PORT "vlan", FIELD_TYPE, AT(struct_, vlan.type), NULL },             \
	    { PORT "vlan/vlanId", FIELD_TEXT, AT(struct_, vlan.id), NULL },    \
	    { PORT "vlan/vlanId/start", FIELD_FIRST, 0, NULL },                \
	    { PORT "vlan/vlanId/end", FIELD_PAIR, AT(struct_, vlan.ranges),    \
		    NULL },                                                    \
	    { PORT "vlan/pvlanId", FIELD_NUMBER, AT(struct_, vlan.pvlan),      \
		    NULL },                                                    \
	    { PORT "uplinkTeamingPolicy/policy/value", FIELD_TEXT,             \
		    AT(struct_, teaming.policy), NULL },                       \
	    { PORT "uplinkTeamingPolicy/uplinkPortOrder", FIELD_SEEN,          \
		    AT(struct_, teaming.ordered), NULL },                      \
	    { PORT "uplinkTeamingPolicy/uplinkPortOrder/activeUplinkPort",     \
		    FIELD_SERIES, AT(struct_, teaming.active), NULL },         \
	{                                                                      \
		PORT "uplinkTeamingPolicy/uplinkPortOrder/standbyUplinkPort",  \
		    FIELD_SERIES, AT(struct_, teaming.standby), NULL           \
	}

static const struct field dvs_fields[] = {
	{ "", FIELD_ITEM, 0, NULL },
	{ "uplinkPortPolicy/uplinkPortName", FIELD_SERIES,
	    AT(dvs_value, uplinks), NULL },
	{ "lacpGroupConfig/name", FIELD_FIRST, 0, NULL },
	{ "lacpGroupConfig/mode", FIELD_PAIR, AT(dvs_value, lags), NULL },
	{ "pvlanConfig/primaryVlanId", FIELD_FIRST, 0, NULL },
	{ "pvlanConfig/secondaryVlanId", FIELD_PAIR, AT(dvs_value, pvlans),
	    NULL },
	{ "linkDiscoveryProtocolConfig/protocol", FIELD_TEXT,
	    AT(dvs_value, protocol), NULL },
	{ "linkDiscoveryProtocolConfig/operation", FIELD_TEXT,
	    AT(dvs_value, operation), NULL },
	{ "maxMtu", FIELD_NUMBER, AT(dvs_value, mtu), NULL },
	PORT_FIELDS(dvs_value),
	END,
};
static const struct shape dvs_shape = { sizeof(struct dvs_value), dvs_fields,
	NULL };

static const struct property switch_properties[] = {
	[SWITCH_NAME] = { "name", &text_shape },
	[SWITCH_UUID] = { "uuid", &text_shape },
	[SWITCH_CONFIG] = { "config", &dvs_shape },
	{ NULL, NULL },
};

static const struct field dvpg_fields[] = {
	{ "", FIELD_ITEM, 0, NULL },
	{ "name", FIELD_TEXT, AT(dvpg_value, name), NULL },
	{ "key", FIELD_TEXT, AT(dvpg_value, key), NULL },
	{ "distributedVirtualSwitch", FIELD_TEXT, AT(dvpg_value, dvs), NULL },
	{ "uplink", FIELD_FLAG, AT(dvpg_value, uplink), NULL },
	PORT_FIELDS(dvpg_value),
	END,
};
static const struct shape dvpg_shape = { sizeof(struct dvpg_value), dvpg_fields,
	NULL };

static const struct property group_properties[] = {
	[GROUP_NAME] = { "name", &text_shape },
	[GROUP_KEY] = { "key", &text_shape },
	[GROUP_CONFIG] = { "config", &dvpg_shape },
	{ NULL, NULL },
};

/* ---- all of them
 * --------------------------------------------------------------------- */

static const struct {
	const char *name;
	const struct property *properties;
} types[OBJECT_TYPES] = {
	[OBJECT_OTHER] = { "", NULL },
	[OBJECT_HOST] = { "HostSystem", host_properties },
	[OBJECT_VM] = { "VirtualMachine", vm_properties },
	[OBJECT_SWITCH] = { "DistributedVirtualSwitch", switch_properties },
	[OBJECT_GROUP] = { "DistributedVirtualPortgroup", group_properties },
};

const struct property *
soap_properties(enum object_type type)
{
	return types[type].properties;
}

const char *
soap_type_name(enum object_type type)
{
	return types[type].name;
}
