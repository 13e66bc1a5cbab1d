#include "collector/incoming_rules.h"

#include <string.h>

#include "collector/vlans.h"

#define NUMBER_MOST                                                            \
	9007199254740992 /* 2^53: JSON of others goes no further               \
			  */
#define TEXT_MOST 4608   /* all texts of one frame, cleaned */
/* A frame has two octets for a VLAN, and what it says is not the fault of the
 * host that reports it. */
#define WIRE_VLAN_MOST 65535
#define NAME_MOST REPORT_NAME_MOST

#define TIME(name_, flags_)                                                    \
	{                                                                      \
		.name = name_, .kind = RULE_NUMBER, .flags = flags_,           \
		.most = REPORT_TIME_MOST                                       \
	}
#define NUMBER(name_, most_)                                                   \
	{                                                                      \
		.name = name_, .kind = RULE_NUMBER, .most = most_              \
	}
#define COUNTER(name_)                                                         \
	{                                                                      \
		.name = name_, .kind = RULE_NUMBER, .flags = RULE_APART,       \
		.most = NUMBER_MOST                                            \
	}
#define TEXT(name_, most_)                                                     \
	{                                                                      \
		.name = name_, .kind = RULE_TEXT, .most = most_                \
	}
#define NAME(name_, flags_)                                                    \
	{                                                                      \
		.name = name_, .kind = RULE_NAME, .flags = flags_,             \
		.most = NAME_MOST                                              \
	}
#define MAC(name_, flags_)                                                     \
	{                                                                      \
		.name = name_, .kind = RULE_MAC, .flags = flags_, .most = 17   \
	}
#define BOOLEAN(name_)                                                         \
	{                                                                      \
		.name = name_, .kind = RULE_BOOLEAN                            \
	}
#define WORD(name_, flags_, words_)                                            \
	{                                                                      \
		.name = name_, .kind = RULE_WORD, .flags = flags_,             \
		.words = words_                                                \
	}
#define OBJECT(name_, flags_, members_)                                        \
	{                                                                      \
		.name = name_, .kind = RULE_OBJECT, .flags = flags_,           \
		.members = members_                                            \
	}
#define GROUP(name_)                                                           \
	{                                                                      \
		.name = name_, .kind = RULE_GROUP                              \
	}
#define LIST(name_, kind_, most_, items_)                                      \
	{                                                                      \
		.name = name_, .kind = kind_, .flags = RULE_LIST,              \
		.most = most_, .items = items_                                 \
	}
#define OBJECTS(name_, members_, items_)                                       \
	{                                                                      \
		.name = name_, .kind = RULE_OBJECT, .flags = RULE_LIST,        \
		.members = members_, .items = items_                           \
	}
#define END                                                                    \
	{                                                                      \
		.name = NULL                                                   \
	}

static const char *const duplex_words[] = { "full", "half", NULL };
static const char *const leg_words[] = { "active", "backup", NULL };
static const char *const protocol_words[] = { "lldp", "cdp", "edp", "fdp",
	"sonmp", NULL };
static const char *const scope_words[] = { "nearest-bridge",
	"nearest-non-tpmr-bridge", "nearest-customer-bridge", "tunnelled",
	NULL };
static const char *const checksum_words[] = { "ok", "wrong", NULL };
static const char *const ended_words[] = { "expired", "goodbye", "link_down",
	"replaced", "nic_removed", NULL };

static const struct member_rule head_members[] = {
	{ .name = "version",
	    .kind = RULE_NUMBER,
	    .flags = RULE_REQUIRED,
	    .least = 1,
	    .most = 1 },
	{ .name = "number",
	    .kind = RULE_NUMBER,
	    .flags = RULE_REQUIRED,
	    .most = NUMBER_MOST },
	TIME("sent_at", RULE_REQUIRED),
	{ .name = "digest",
	    .kind = RULE_HEX,
	    .flags = RULE_REQUIRED,
	    .most = 16 },
	BOOLEAN("heartbeat"),
	END,
};
const struct member_rule incoming_head_rule = OBJECT(NULL, 0, head_members);

static const char *const platform_words[] = { "linux", "esxi", NULL };
static const char *const connection_words[] = { "connected", "disconnected",
	"not_responding", NULL };
static const struct member_rule host_members[] = {
	{ .name = "id", .kind = RULE_HEX, .flags = RULE_REQUIRED, .most = 32 },
	{ .name = "name",
	    .kind = RULE_NAME,
	    .flags = RULE_REQUIRED,
	    .most = 253 }, /* the longest name of DNS */
	TEXT("kernel", 256),
	TEXT("os", 256),
	TEXT("vendor", 256),
	TEXT("model", 256),
	TEXT("serial", 256),
	WORD("platform", 0, platform_words),
	WORD("connection", 0, connection_words),
	TEXT("chassis", 256),
	TEXT("slot", 256),
	LIST("addresses", RULE_IP, 45, 1024),
	NUMBER("addresses_lost", NUMBER_MOST),
	LIST("unanswered", RULE_TEXT, 32, 8),
	END,
};
const struct member_rule incoming_host_rule =
    OBJECT(NULL, RULE_REQUIRED | RULE_OPEN, host_members);

static const struct member_rule host_id_members[] = {
	{ .name = "id", .kind = RULE_HEX, .flags = RULE_REQUIRED, .most = 32 },
	END,
};
const struct member_rule incoming_host_id_rule =
    OBJECT(NULL, RULE_REQUIRED, host_id_members);

static const struct member_rule agent_members[] = {
	TEXT("version", 64),
	TEXT("program", 64),
	TEXT("via", 256),
	TIME("started_at", 0),
	LIST("sources", RULE_TEXT, 32, 32),
	END,
};
const struct member_rule incoming_agent_rule = OBJECT(NULL, 0, agent_members);

static const char *const vf_link_words[] = { "auto", "up", "down", NULL };
static const struct member_rule vf_members[] = {
	{ .name = "index",
	    .kind = RULE_NUMBER,
	    .flags = RULE_REQUIRED,
	    .most = 65535 },
	MAC("mac", 0),
	NUMBER("vlan", 4095),
	BOOLEAN("trust"),
	BOOLEAN("spoof_check"),
	WORD("link", 0, vf_link_words),
	END,
};
static const struct member_rule leg_lacp_members[] = {
	NUMBER("aggregator", 65535),
	NUMBER("actor", 255), /* states as IEEE 802.1AX sends them */
	NUMBER("partner", 255),
	END,
};
static const struct member_rule vlan_listening_members[] = {
	NUMBER("period_s", 86400),
	NUMBER("window_s", 86400),
	TIME("since", 0),
	BOOLEAN("filtered"),
	COUNTER("frames_dropped"),
	COUNTER("frames_lost"),
	END,
};
static const struct member_rule nic_members[] = {
	NAME("name", RULE_REQUIRED),
	NUMBER("ifindex", INT32_MAX),
	MAC("mac", 0),
	MAC("permanent_mac", 0),
	LIST("alternative_names", RULE_NAME, NAME_MOST, 64),
	TEXT("kind", 32), /* absent: hardware */
	BOOLEAN("up"),
	BOOLEAN("carrier"),
	NUMBER("speed_mbps", INT32_MAX),
	WORD("duplex", 0, duplex_words),
	NUMBER("mtu", INT32_MAX),
	TEXT("driver", 64),
	TEXT("bus", 64),
	TEXT("firmware", 128),
	BOOLEAN("firmware_lldp"),
	TEXT("firmware_flag", 32),
	NAME("master", 0),
	WORD("bond_state", 0, leg_words),
	OBJECT("lacp", 0, leg_lacp_members),
	BOOLEAN("listening"),
	TEXT("listening_reason", 512),
	COUNTER("frames_heard"),
	COUNTER("frames_dropped"),
	COUNTER("frames_malformed"),
	COUNTER("frames_too_large"),
	COUNTER("neighbors_lost"),
	TIME("carrier_changed_at", 0),
	TIME("removed_at", 0), /* kept for what was heard on it */
	TEXT("port_name", 32),
	TEXT("slot", 64),
	OBJECTS("vfs", vf_members, 256),
	OBJECT("vlan_listening", 0, vlan_listening_members),
	END,
};
const struct member_rule incoming_nic_rule =
    OBJECT(NULL, RULE_OPEN, nic_members);

static const struct member_rule link_members[] = {
	NAME("name", RULE_REQUIRED),
	NUMBER("ifindex", INT32_MAX),
	TEXT("kind", 32),
	MAC("mac", 0),
	BOOLEAN("up"),
	BOOLEAN("carrier"),
	NUMBER("mtu", INT32_MAX),
	NAME("master", 0),
	NAME("lower", 0),
	NUMBER("vlan", 4095),
	TEXT("bond_mode", 32),
	NAME("bond_active", 0),
	END,
};
const struct member_rule incoming_link_rule =
    OBJECT(NULL, RULE_OPEN, link_members);

/* What people name themselves may have blanks and slashes: "VM Network". */
#define LABEL(name_, flags_, most_)                                            \
	{                                                                      \
		.name = name_, .kind = RULE_TEXT, .flags = flags_, .least = 1, \
		.most = most_                                                  \
	}
#define VLANS(name_)                                                           \
	{                                                                      \
		.name = name_, .kind = RULE_VLANS, .most = VLANS_TEXT_MOST     \
	}
#define VLAN(name_) NUMBER(name_, 4095)
#define LABEL_MOST 256
#define GROUP_NAME_MOST (VLANS_TEXT_MOST + 64) /* "native 20, trunk ..." */

static const char *const vswitch_words[] = { "linux_bridge", "openvswitch",
	"macvtap", "sriov", "standard", "distributed", "opaque", NULL };
static const char *const datapath_words[] = { "kernel", "userspace", NULL };
static const char *const uplink_words[] = { "nic", "bond", "vlan", "patch",
	"team", NULL };
static const char *const lacp_words[] = { "negotiated", "configured", "off",
	NULL };
static const char *const member_words[] = { "active", "standby", "down",
	"unused", NULL };
static const char *const workload_words[] = { "vm", "container", "namespace",
	"kernel_port", NULL };
static const char *const run_words[] = { "running", "paused", "suspended",
	"off", "unknown", NULL };

static const struct member_rule member_members[] = {
	LABEL("nic", RULE_REQUIRED, LABEL_MOST),
	WORD("state", 0, member_words),
	END,
};
static const struct member_rule uplink_members[] = {
	LABEL("name", RULE_REQUIRED, LABEL_MOST),
	WORD("kind", RULE_REQUIRED, uplink_words),
	VLAN("vlan"),
	TEXT("mode", 32),
	WORD("lacp", 0, lacp_words),
	MAC("partner_mac", 0),
	OBJECTS("members", member_members, 64),
	VLANS("carries"),
	VLAN("untagged"),
	END,
};
static const struct member_rule patch_members[] = {
	LABEL("name", RULE_REQUIRED, LABEL_MOST),
	LABEL("peer_vswitch", 0, LABEL_MOST),
	END,
};
static const char *const discovery_words[] = { "cdp", "lldp", NULL };
static const char *const operation_words[] = { "none", "listen", "advertise",
	"both", NULL };
static const struct member_rule discovery_members[] = {
	WORD("protocol", RULE_REQUIRED, discovery_words),
	WORD("operation", 0, operation_words),
	END,
};
static const struct member_rule vswitch_members[] = {
	LABEL("name", RULE_REQUIRED, LABEL_MOST),
	WORD("kind", RULE_REQUIRED, vswitch_words),
	WORD("datapath", 0, datapath_words),
	BOOLEAN("vlan_filtering"),
	TEXT("uuid", 64),
	NUMBER("mtu", INT32_MAX),
	OBJECT("discovery", 0, discovery_members),
	OBJECTS("uplinks", uplink_members, 512),
	OBJECTS("patches", patch_members, 512),
	END,
};
const struct member_rule incoming_vswitch_rule =
    OBJECT(NULL, RULE_OPEN, vswitch_members);

static const struct member_rule team_members[] = {
	TEXT("policy", 32),
	LIST("active", RULE_TEXT, LABEL_MOST, 64),
	LIST("standby", RULE_TEXT, LABEL_MOST, 64),
	LIST("unused", RULE_TEXT, LABEL_MOST, 64),
	END,
};
static const struct member_rule pvlan_members[] = {
	VLAN("primary"),
	VLAN("secondary"),
	END,
};
static const struct member_rule port_group_members[] = {
	LABEL("vswitch", RULE_REQUIRED, LABEL_MOST),
	LABEL("name", RULE_REQUIRED, GROUP_NAME_MOST),
	VLAN("vlan"),
	VLANS("trunks"),
	BOOLEAN("unknown_vlan"),
	TEXT("id", 128),
	OBJECT("team", 0, team_members),
	OBJECT("pvlan", 0, pvlan_members),
	END,
};
const struct member_rule incoming_port_group_rule =
    OBJECT(NULL, RULE_OPEN, port_group_members);

static const struct member_rule vnic_members[] = {
	LABEL("name", RULE_REQUIRED, LABEL_MOST),
	MAC("mac", 0),
	LABEL("vswitch", 0, LABEL_MOST),
	LABEL("port_group", 0, GROUP_NAME_MOST),
	BOOLEAN("connected"),
	TEXT("type", 32),
	TEXT("mode", 32),
	TEXT("network", LABEL_MOST),
	TEXT("nic", LABEL_MOST),
	NUMBER("vf", 65535),
	END,
};
static const struct member_rule workload_members[] = {
	LABEL("id", RULE_REQUIRED, LABEL_MOST),
	WORD("kind", RULE_REQUIRED, workload_words),
	TEXT("name", LABEL_MOST),
	TEXT("uuid", 64),
	WORD("state", 0, run_words),
	TEXT("source", 32),
	OBJECTS("vnics", vnic_members, REPORT_VNICS_MOST),
	END,
};
const struct member_rule incoming_workload_rule =
    OBJECT(NULL, RULE_OPEN, workload_members);

static const struct member_rule tag_members[] = {
	{ .name = "id",
	    .kind = RULE_NUMBER,
	    .flags = RULE_REQUIRED,
	    .most = 4095 },
	NUMBER("priority", 7),
	BOOLEAN("service"),
	END,
};
static const struct member_rule id_members[] = {
	{ .name = "type",
	    .kind = RULE_TEXT,
	    .flags = RULE_REQUIRED,
	    .most = 32 },
	{ .name = "value",
	    .kind = RULE_TEXT,
	    .flags = RULE_REQUIRED,
	    .most = TEXT_MOST },
	END,
};
static const struct member_rule capability_members[] = {
	LIST("supported", RULE_TEXT, 32, 32),
	LIST("enabled", RULE_TEXT, 32, 32),
	END,
};
static const struct member_rule vlan_members[] = {
	{ .name = "id",
	    .kind = RULE_NUMBER,
	    .flags = RULE_REQUIRED,
	    .most = WIRE_VLAN_MOST },
	TEXT("name", 256),
	END,
};
static const struct member_rule ended_members[] = {
	WORD("reason", RULE_REQUIRED, ended_words),
	TIME("at", RULE_REQUIRED),
	END,
};
static const char *const source_words[] = { "vsphere", NULL };
static const struct member_rule neighbor_members[] = {
	WORD("protocol", RULE_REQUIRED, protocol_words),
	NUMBER("version", 255),
	MAC("source_mac", 0), /* required of what was a frame */
	WORD("source", 0, source_words),
	MAC("destination_mac", 0),
	WORD("scope", 0, scope_words),
	OBJECTS("vlan_tags", tag_members, 8),
	NUMBER("ttl_s", 65535),
	OBJECT("chassis_id", 0, id_members),
	OBJECT("port_id", 0, id_members),
	TEXT("port_description", TEXT_MOST),
	TEXT("system_name", TEXT_MOST),
	TEXT("system_description", TEXT_MOST),
	TEXT("platform", TEXT_MOST),
	TEXT("software", TEXT_MOST),
	OBJECT("capabilities", 0, capability_members),
	LIST("management_addresses", RULE_TEXT, 256, 64),
	NUMBER("native_vlan", WIRE_VLAN_MOST),
	NUMBER("pvid", WIRE_VLAN_MOST),
	OBJECTS("vlans", vlan_members, 4096),
	NUMBER("voice_vlan", WIRE_VLAN_MOST),
	NUMBER("management_vlan", WIRE_VLAN_MOST),
	TEXT("vtp_domain", TEXT_MOST),
	WORD("duplex", 0, duplex_words),
	GROUP("autonegotiation"),
	NUMBER("mtu", UINT32_MAX),
	NUMBER("max_frame", 65535),
	GROUP("aggregation"),
	GROUP("power"),
	GROUP("med"),
	TEXT("serial", TEXT_MOST),
	WORD("checksum", 0, checksum_words),
	LIST("unknown_tlvs", RULE_GROUP, 0, 512),
	NUMBER("skipped_tlvs", 65535),
	BOOLEAN("own"),
	OBJECT("ended", 0, ended_members),
	TIME("first_heard", RULE_REQUIRED | RULE_APART),
	TIME("last_heard", RULE_REQUIRED | RULE_APART),
	TIME("expires", RULE_REQUIRED | RULE_APART),
	COUNTER("frames"),
	END,
};
const struct member_rule incoming_neighbor_rule =
    OBJECT(NULL, RULE_OPEN, neighbor_members);

/* A frame of 9216 octets, the largest in use, in base64. */
static const struct member_rule frame_members[] = {
	{ .name = "frame", .kind = RULE_BASE64, .most = 12288 },
	END,
};
const struct member_rule incoming_frame_rule = OBJECT(NULL, 0, frame_members);

static const struct member_rule heard_members[] = {
	NAME("nic", RULE_REQUIRED),
	WORD("protocol", RULE_REQUIRED, protocol_words),
	MAC("source_mac", 0),
	TIME("last_heard", RULE_REQUIRED),
	TIME("expires", RULE_REQUIRED),
	END,
};
const struct member_rule incoming_heard_rule = OBJECT(NULL, 0, heard_members);

static const struct member_rule heard_vlan_members[] = {
	{ .name = "id",
	    .kind = RULE_NUMBER,
	    .flags = RULE_REQUIRED,
	    .least = 1,
	    .most = 4094 },
	LIST("addresses", RULE_IP, 45, 4),
	LIST("subnets", RULE_TEXT, 64, 16),
	TIME("first_heard", RULE_REQUIRED | RULE_APART),
	TIME("last_heard", RULE_REQUIRED | RULE_APART),
	TIME("expires", RULE_REQUIRED | RULE_APART),
	COUNTER("frames"),
	END,
};
const struct member_rule incoming_heard_vlan_rule =
    OBJECT(NULL, 0, heard_vlan_members);

static const struct member_rule vlan_line_members[] = {
	NAME("nic", RULE_REQUIRED),
	{ .name = "vlans",
	    .kind = RULE_VLANS,
	    .flags = RULE_REQUIRED,
	    .most = VLANS_TEXT_MOST },
	TIME("last_heard", RULE_REQUIRED),
	TIME("expires", RULE_REQUIRED),
	END,
};
const struct member_rule incoming_vlan_line_rule =
    OBJECT(NULL, 0, vlan_line_members);

bool
incoming_is_protocol(const char *text)
{
	size_t i = 0;

	while (protocol_words[i] && strcmp(protocol_words[i], text) != 0)
		i++;
	return protocol_words[i] != NULL;
}
