#include "collector/change_rules.h"

#include <stddef.h>

#define VALUE(name_, words_)                                                   \
	{                                                                      \
		.name = name_, .words = words_                                 \
	}
#define QUIET(name_)                                                           \
	{                                                                      \
		.name = name_, .form = CHANGE_FORM_QUIET                       \
	}
#define YES_NO(name_, words_, yes_, no_)                                       \
	{                                                                      \
		.name = name_, .form = CHANGE_FORM_YES_NO, .words = words_,    \
		.yes = yes_, .no = no_                                         \
	}
#define PARTS(name_, form_, words_, key_, rules_)                              \
	{                                                                      \
		.name = name_, .form = form_, .words = words_, .key = key_,    \
		.rules = rules_                                                \
	}
#define END                                                                    \
	{                                                                      \
		.name = NULL                                                   \
	}

const struct change_rule change_host_rules[] = {
	QUIET("id"),
	QUIET("started_at"), /* an agent that was started again */
	QUIET("addresses_lost"),
	VALUE("os", "operating system"),
	VALUE("serial", "serial number"),
	VALUE("unanswered", "what does not answer the agent"),
	VALUE("connection", "connection to the vCenter"),
	VALUE("version", "version of the agent"),
	VALUE("program", "agent"),
	VALUE("via", "vCenter"),
	VALUE("sources", "sources of the agent"),
	END,
};

static const struct change_rule vf_rules[] = {
	QUIET("index"),
	VALUE("mac", "MAC"),
	VALUE("vlan", "VLAN"),
	END,
};
const struct change_rule change_nic_rules[] = {
	QUIET("name"),
	QUIET("ifindex"),
	QUIET("carrier_changed_at"),
	QUIET("removed_at"), /* told as a NIC that is gone */
	QUIET("since"),      /* of vlan_listening */
	VALUE("mac", "MAC"),
	VALUE("permanent_mac", "permanent MAC"),
	VALUE("speed_mbps", "speed in Mbit/s"),
	VALUE("mtu", "MTU"),
	VALUE("bus", "bus address"),
	VALUE("bond_state", "role in the bond"),
	VALUE("lacp", "LACP"),
	{ .name = "vlan_listening",
	    .form = CHANGE_FORM_THERE,
	    .words = "listening for VLANs:",
	    .yes = "listens for the VLANs that arrive",
	    .no = "no longer listens for VLANs" },
	VALUE("period_s", "seconds from one time to the next"),
	VALUE("window_s", "seconds each time"),
	VALUE("listening_reason", "reason for not listening"),
	YES_NO("firmware_lldp", "LLDP agent of the firmware",
	    "keeps LLDP in its firmware", "leaves LLDP to the host"),
	VALUE("firmware_flag", "flag of the firmware's LLDP agent"),
	YES_NO("up", "state", "was set up", "was set down"),
	YES_NO("carrier", "link", "has link", "lost its link"),
	YES_NO("listening", "listening", "listens for neighbors",
	    "does not listen for neighbors"),
	{ .name = "master", .form = CHANGE_FORM_JOINED },
	PARTS("vfs", CHANGE_FORM_PARTS, "VF", "index", vf_rules),
	END,
};

const struct change_rule change_link_rules[] = {
	QUIET("name"),
	QUIET("ifindex"),
	VALUE("mac", "MAC"),
	VALUE("mtu", "MTU"),
	VALUE("vlan", "VLAN"),
	VALUE("lower", "lower link"),
	VALUE("bond_mode", "mode"),
	VALUE("bond_active", "active NIC"),
	YES_NO("up", "state", "was set up", "was set down"),
	YES_NO("carrier", "link", "has link", "lost its link"),
	{ .name = "master", .form = CHANGE_FORM_JOINED },
	END,
};

const struct change_rule change_neighbor_rules[] = {
	QUIET("ttl_s"),
	QUIET("ended"), /* told of the NIC that heard it */
	QUIET("destination_mac"),
	QUIET("vlan_tags"),
	QUIET("unknown_tlvs"),
	QUIET("skipped_tlvs"),
	QUIET("checksum"),
	QUIET("own"),
	QUIET("power"), /* is measured anew with each frame */
	VALUE("pvid", "native VLAN"),
	VALUE("native_vlan", "native VLAN"),
	VALUE("voice_vlan", "voice VLAN"),
	VALUE("management_vlan", "management VLAN"),
	VALUE("vtp_domain", "VTP domain"),
	VALUE("mtu", "MTU"),
	VALUE("max_frame", "largest frame"),
	VALUE("port_description", "description"),
	VALUE("platform", "model"),
	VALUE("aggregation", "link aggregation"),
	{ .name = "vlans", .form = CHANGE_FORM_IDS, .words = "VLANs" },
	END,
};

static const struct change_rule member_rules[] = {
	QUIET("nic"),
	VALUE("state", "role"),
	END,
};
static const struct change_rule uplink_rules[] = {
	QUIET("name"),
	VALUE("lacp", "LACP"),
	VALUE("partner_mac", "LACP partner"),
	VALUE("vlan", "VLAN"),
	VALUE("carries", "VLANs"),
	VALUE("untagged", "VLAN without a tag"),
	PARTS("members", CHANGE_FORM_PARTS, "NIC", "nic", member_rules),
	END,
};
static const struct change_rule patch_rules[] = {
	QUIET("name"),
	VALUE("peer_vswitch", "other end"),
	END,
};
const struct change_rule change_vswitch_rules[] = {
	QUIET("name"),
	VALUE("uuid", "UUID"),
	VALUE("mtu", "MTU"),
	YES_NO("vlan_filtering", "VLAN filtering", "filters VLANs",
	    "does not filter VLANs"),
	PARTS("uplinks", CHANGE_FORM_PARTS, "uplink", "name", uplink_rules),
	PARTS("patches", CHANGE_FORM_PARTS, "patch port", "name", patch_rules),
	END,
};

const struct change_rule change_port_group_rules[] = {
	QUIET("vswitch"),
	QUIET("name"),
	QUIET("unknown_vlan"),
	VALUE("id", "id"),
	VALUE("vlan", "VLAN"),
	VALUE("trunks", "VLANs"),
	VALUE("team", "teaming"),
	VALUE("pvlan", "private VLAN"),
	END,
};

static const struct change_rule vnic_rules[] = {
	QUIET("name"),
	/* Where it hangs; told as a move. */
	QUIET("vswitch"),
	QUIET("port_group"),
	QUIET("network"),
	QUIET("nic"),
	QUIET("vf"),
	VALUE("mac", "MAC"),
	YES_NO("connected", "plug", "was plugged in", "was unplugged"),
	END,
};
const struct change_rule change_workload_rules[] = {
	QUIET("id"),
	VALUE("uuid", "UUID"),
	QUIET("state"), /* told in words of its own */
	QUIET("source"),
	PARTS("vnics", CHANGE_FORM_VNICS, "vNIC", "name", vnic_rules),
	END,
};
