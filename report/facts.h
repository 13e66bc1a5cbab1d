/*
 * facts.h - the facts that only some frames state, by group and name.
 *
 *	readers of TLVs -> neighbor.facts -> neighbor_json, show
 *
 * What nearly every neighbor says has a member of its own in struct neighbor.
 * The rest stands in groups: power, med, dcbx, evb, one per vendor.  A new
 * fact is a constant here, a row in facts.c and a neighbor_add_... call in its
 * reader.
 *
 * Memory:  constant tables.
 * Errors:  none; a name outside the enum is an assert.
 * Units:   the ending of a name says it: _mw, _us.
 */
#ifndef REPORT_FACTS_H
#define REPORT_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "base/cursor.h"

/* In the order in which documents show them. */
enum fact_group {
	GROUP_POWER,
	GROUP_MED,
	GROUP_IEEE_802_1,
	GROUP_IEEE_802_3,
	GROUP_DCBX,
	GROUP_EVB,
	GROUP_CISCO,
	GROUP_JUNIPER,
	GROUP_ARISTA,
	GROUP_DELL,
	GROUP_VMWARE,
	GROUP_EXTREME,
	GROUP_PROFINET,
	GROUP_BROCADE,
	GROUP_HPE,
	GROUP_AVAYA,
	GROUP_NORTEL,
	GROUP_IANA,
	GROUPS
};

enum fact_name {
	FACT_NONE,

	/* power: 802.3 power via MDI, Cisco's UPOE, CDP */
	FACT_POWER_PORT, /* number: 0 PD, 1 PSE */
	FACT_POWER_SUPPORTED,
	FACT_POWER_ENABLED,
	FACT_POWER_PAIR_CONTROL,
	FACT_POWER_PAIRS, /* number: 1 signal, 2 spare */
	FACT_POWER_CLASS, /* number: 0 to 4 */
	FACT_POWER_TYPE,  /* number: 0 to 3, as in 802.3at */
	FACT_POWER_SOURCE,
	FACT_POWER_PRIORITY,
	FACT_POWER_REQUESTED,
	FACT_POWER_ALLOCATED,
	FACT_POWER_AVAILABLE,
	FACT_POWER_CONSUMPTION,
	FACT_POWER_BT, /* octets: the 17 that 802.3bt added */
	FACT_POWER_FOUR_PAIR_SUPPORTED,
	FACT_POWER_SPARE_PAIR_INDEPENDENT,
	FACT_POWER_SPARE_PAIR_REQUESTED,
	FACT_POWER_SPARE_PAIR_ON,

	/* med: LLDP-MED */
	FACT_MED_CAPABILITIES, /* number: bits */
	FACT_MED_DEVICE_CLASS,
	FACT_MED_POLICY,   /* octets: 4 of ANSI/TIA-1057, 10.2.3 */
	FACT_MED_LOCATION, /* octets: format, data */
	FACT_MED_POWER_TYPE,
	FACT_MED_POWER_SOURCE,
	FACT_MED_POWER_PRIORITY,
	FACT_MED_POWER_MW,
	FACT_MED_HARDWARE,
	FACT_MED_FIRMWARE,
	FACT_MED_SOFTWARE,
	FACT_MED_SERIAL,
	FACT_MED_MANUFACTURER,
	FACT_MED_MODEL,
	FACT_MED_ASSET_ID,

	/* ieee_802_1: what has no member of its own */
	FACT_8021_PROTOCOL_VLAN,  /* octets: flags, VLAN */
	FACT_8021_PROTOCOL,       /* octets: the first of a protocol's PDU */
	FACT_8021_VID_DIGEST,     /* number */
	FACT_8021_CONGESTION,     /* octets: 2 */
	FACT_8021_PORT_EXTENSION, /* octets */
	FACT_8021_AGGREGATOR,     /* number: what kind of port transmits */
	FACT_8021_TLV,            /* octets: subtype, value */

	/* ieee_802_3 */
	FACT_8023_EEE,        /* octets: 5 of 2 each */
	FACT_8023_ADDITIONAL, /* number: bits */

	/* dcbx: IEEE 802.1Qaz, and what was before it: CIN, CEE */
	FACT_DCBX_ETS,                /* octets: 21 */
	FACT_DCBX_ETS_RECOMMENDATION, /* octets: 21 */
	FACT_DCBX_PFC,                /* octets: 2 */
	FACT_DCBX_APPLICATIONS,       /* octets: 3 each */
	FACT_DCBX_CIN, /* octets: header and value of a feature */
	FACT_DCBX_CEE, /* the same */

	/* evb: edge virtual bridging */
	FACT_EVB_BRIDGE, /* octets: the 5 of 802.1Qbg */
	FACT_EVB_DRAFT,  /* octets: the 9 of 802.1Qbg's draft 0 */
	FACT_EVB_CDCP,   /* octets */
	FACT_EVB_VDP,    /* octets */

	/* cisco: CDP and 00-01-42 */
	FACT_CISCO_ACI_PORT_STATE,
	FACT_CISCO_ACI_NODE_ROLE,
	FACT_CISCO_ACI_NODE_ID,
	FACT_CISCO_ACI_SPINE_LEVEL,
	FACT_CISCO_ACI_POD_ID,
	FACT_CISCO_ACI_FABRIC_NAME,
	FACT_CISCO_ACI_APPLIANCE_VECTOR,
	FACT_CISCO_ACI_NODE_ADDRESS,
	FACT_CISCO_ACI_PORT_ROLE,
	FACT_CISCO_ACI_FIRMWARE,
	FACT_CISCO_ACI_INFRA_VLAN,
	FACT_CISCO_ACI_SERIAL,
	FACT_CISCO_ACI_MODEL,
	FACT_CISCO_ACI_NODE_NAME,
	FACT_CISCO_ACI_PORT_MODE,
	FACT_CISCO_ACI_AUTH_COOKIE,
	FACT_CISCO_ACI_APIC_MODE,
	FACT_CISCO_ACI_FABRIC_ID,
	FACT_CISCO_TLV, /* octets: subtype, value */
	FACT_CISCO_HELLO_PROTOCOL,
	FACT_CISCO_CLUSTER_COMMANDER,
	FACT_CISCO_CLUSTER_MEMBER,
	FACT_CISCO_ODR_GATEWAY,
	FACT_CISCO_ODR_PREFIX,
	FACT_CISCO_VOICE_APPLICATION,
	FACT_CISCO_VOICE_VLAN_QUERY,
	FACT_CISCO_TRUST_BITMAP,
	FACT_CISCO_UNTRUSTED_COS,
	FACT_CISCO_SYSTEM_OID,
	FACT_CISCO_LOCATION,
	FACT_CISCO_EXTERNAL_PORT,
	FACT_CISCO_UNIDIRECTIONAL,
	FACT_CISCO_ENERGYWISE_MODEL,

	/* juniper, arista, dell, vmware */
	FACT_JUNIPER_SERIAL,
	FACT_JUNIPER_TLV,
	FACT_ARISTA_TLV,
	FACT_DELL_ORIGINATOR,
	FACT_DELL_SERVICE_TAG,
	FACT_DELL_PRODUCT_BASE,
	FACT_DELL_PRODUCT_SERIAL,
	FACT_DELL_PRODUCT_PART,
	FACT_DELL_TLV,
	FACT_VMWARE_TLV,

	/* extreme: EDP, Fabric Attach and 00-E0-2B, D8-84-66 */
	FACT_EXTREME_SLOT,
	FACT_EXTREME_PORT,
	FACT_EXTREME_VIRTUAL_CHASSIS,
	FACT_EXTREME_CONNECTIONS,
	FACT_EXTREME_SEQUENCE,
	FACT_EXTREME_ELEMENT_TYPE,
	FACT_EXTREME_ELEMENT_STATE,
	FACT_EXTREME_ELEMENT_MANAGEMENT_VLAN,
	FACT_EXTREME_ELEMENT_SYSTEM_ID, /* octets */
	FACT_EXTREME_ASSIGNMENT,        /* octets: status and VLAN, I-SID */
	FACT_EXTREME_TLV,

	/* profinet: 00-0E-CF */
	FACT_PROFINET_CHASSIS_MAC,
	FACT_PROFINET_RT2_STATUS,
	FACT_PROFINET_RT3_STATUS,
	FACT_PROFINET_DELAY, /* octets: five of 4 */
	FACT_PROFINET_ALIAS,
	FACT_PROFINET_TLV,

	/* brocade: FDP and 00-05-1E; hpe: CDP's 0x1000.. and LLDP's OUIs */
	FACT_BROCADE_TAGGING,
	FACT_BROCADE_TLV,
	FACT_HP_BSSID,
	FACT_HP_SSID,
	FACT_HP_SNMP_PORT,
	FACT_HP_WEB_PORT,
	FACT_HP_SOURCE_MAC,
	FACT_HPE_TLV,

	/* avaya: 00-40-0D; nortel: SONMP; iana: 00-00-5E */
	FACT_AVAYA_TLV,
	FACT_NORTEL_SEGMENT,
	FACT_NORTEL_CHASSIS_TYPE,
	FACT_NORTEL_BACKPLANE,
	FACT_NORTEL_STATE,
	FACT_NORTEL_LINKS,
	FACT_IANA_MUD_URL,

	FACT_NAMES
};

/* How the value of a fact is shown, where its kind alone does not say it:
 * words for a number, a list of words for bits, an object for octets. */
struct fact_row {
	enum fact_group group;
	const char *name;
	bool repeats;             /* shown as an array, also when alone */
	const char *const *words; /* of a number; ends with NULL */
	bool bits;                /* the number's bits are words */
	/* Writes the value that stands in 'octets' as one JSON value. */
	void (*write)(struct json *j, struct cursor octets);
};

const struct fact_row *fact_row(unsigned name);

/* The word of a number in a list that ends with NULL; NULL when the list has
 * none, or "" in its place. */
const char *fact_word(const char *const *words, unsigned number);

const char *fact_group_name(enum fact_group group);

#endif
