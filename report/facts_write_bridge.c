#include "report/facts_pieces.h"
#include "report/facts_write.h"

/* ---- 802.1 --------------------------------------------------------------- */

/* IEEE 802.1Q-2018, D.2.2. */
void
facts_write_protocol_vlan(struct json *j, struct cursor octets)
{
	uint8_t flags = cursor_u8(&octets);

	json_object_begin(j);
	json_add_number(j, "vlan", cursor_u16(&octets));
	json_add_boolean(j, "supported", flags & 2);
	json_add_boolean(j, "enabled", flags & 4);
	json_object_end(j);
}

/* IEEE 802.1Q-2018, D.2.4: the first octets of the protocol after the source
 * address, so its EtherType, or length and LLC. */
void
facts_write_protocol(struct json *j, struct cursor octets)
{
	static const struct {
		uint8_t at; /* octets before the mark */
		uint16_t mark;
		const char *name;
	} known[] = {
		{ 0, 0x8809, "slow" }, /* LACP, OAM */
		{ 0, 0x888e, "802.1x" },
		{ 0, 0x88cc, "lldp" },
		{ 2, 0x4242, "stp" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		struct cursor c = octets;

		cursor_skip(&c, known[i].at);
		if (cursor_u16(&c) == known[i].mark && cursor_ok(&c)) {
			json_string(j, known[i].name);
			return;
		}
	}
	/* Some leave the length out and begin with the LLC. */
	if (octets.left >= 2 && octets.next[0] == 0x42 &&
	    octets.next[1] == 0x42)
		json_string(j, "stp");
	else
		facts_write_hex(j, octets);
}

/* IEEE 802.1Qau: congestion notification. */
void
facts_write_congestion(struct json *j, struct cursor octets)
{
	json_object_begin(j);
	facts_add_bits(j, "priorities", cursor_u8(&octets));
	facts_add_bits(j, "ready", cursor_u8(&octets));
	json_object_end(j);
}

/* IEEE 802.1Qaz: configuration, and recommendation, where the first octet is
 * reserved. */
void
facts_write_ets(struct json *j, struct cursor octets)
{
	static const char *const algorithms[] = { "strict", "credit_based",
		"ets", NULL };
	uint8_t flags = cursor_u8(&octets);

	json_object_begin(j);
	json_add_boolean(j, "willing", flags & 0x80);
	json_add_boolean(j, "credit_based", flags & 0x40);
	json_add_number(j, "traffic_classes", flags & 7 ? flags & 7 : 8);
	facts_add_nibbles(j, "class_of_priority", &octets);
	facts_add_octets(j, "bandwidth_percent", &octets);
	json_name(j, "algorithms");
	json_array_begin(j);
	for (unsigned i = 0; i < 8; i++) {
		uint8_t algorithm = cursor_u8(&octets);

		if (algorithm < 3)
			json_string(j, algorithms[algorithm]);
		else
			json_number(j, algorithm);
	}
	json_array_end(j);
	json_object_end(j);
}

/* IEEE 802.1Qaz and 802.1Qbb: priority flow control. */
void
facts_write_pfc(struct json *j, struct cursor octets)
{
	uint8_t flags = cursor_u8(&octets);

	json_object_begin(j);
	json_add_boolean(j, "willing", flags & 0x80);
	json_add_boolean(j, "macsec_bypass", flags & 0x40);
	json_add_number(j, "traffic_classes", flags & 15);
	facts_add_bits(j, "enabled", cursor_u8(&octets));
	json_object_end(j);
}

static void
add_application(struct json *j, unsigned protocol)
{
	json_add_number(j, "protocol", protocol);
	if (protocol == 0x8906)
		json_add_string(j, "name", "fcoe");
	else if (protocol == 0x8914)
		json_add_string(j, "name", "fip");
	else if (protocol == 3260)
		json_add_string(j, "name", "iscsi");
}

static const char *const selectors[] = { "", "ethertype", "tcp", "udp", "port",
	"dscp", NULL };

/* IEEE 802.1Qaz: application priority. */
void
facts_write_applications(struct json *j, struct cursor octets)
{
	json_array_begin(j);
	while (octets.left >= 3) {
		uint8_t flags = cursor_u8(&octets);

		json_object_begin(j);
		json_add_number(j, "priority", flags >> 5);
		facts_add_word(j, "selector", flags & 7, selectors);
		add_application(j, cursor_u16(&octets));
		json_object_end(j);
	}
	json_array_end(j);
}

/* ---- DCBX before IEEE ---------------------------------------------------- */

static void
write_cee_applications(struct json *j, struct cursor octets)
{
	static const char *const cee_selectors[] = { "ethertype", "port",
		NULL };

	json_name(j, "applications");
	json_array_begin(j);
	while (octets.left >= 6) {
		uint16_t protocol = cursor_u16(&octets);
		uint32_t oui = cursor_u24(&octets);

		json_object_begin(j);
		add_application(j, protocol);
		facts_add_word(j, "selector", oui >> 16 & 3, cee_selectors);
		facts_add_bits(j, "priorities", cursor_u8(&octets));
		json_object_end(j);
	}
	json_array_end(j);
}

/* What follows the four octets that all features begin with. */
static void
write_cee_value(struct json *j, unsigned type, struct cursor octets)
{
	if (type == 2 && octets.left >= 13) {
		facts_add_nibbles(j, "group_of_priority", &octets);
		facts_add_octets(j, "bandwidth_percent", &octets);
		json_add_number(j, "traffic_classes", cursor_u8(&octets));
	} else if (type == 3 && octets.left >= 2) {
		facts_add_bits(j, "enabled_priorities", cursor_u8(&octets));
		json_add_number(j, "traffic_classes", cursor_u8(&octets));
	} else if (type == 4) {
		write_cee_applications(j, octets);
	} else if (octets.left > 0) {
		facts_add_hex(j, "octets", octets);
	}
}

/* The word of each feature's type in CEE; CIN shares only the first. */
static const char *const features[] = { "", "control", "priority_groups", "pfc",
	"applications", "", "logical_link_down", NULL };

static void
write_control(struct json *j, struct cursor octets)
{
	json_add_number(j, "sequence", cursor_u32(&octets));
	json_add_number(j, "acknowledged", cursor_u32(&octets));
}

/* The four octets that each feature begins with, and what follows them. */
static void
write_feature(struct json *j, bool cee, unsigned type, struct cursor octets)
{
	uint8_t flags = cursor_u8(&octets);

	json_add_boolean(j, "enabled", flags & 0x80);
	json_add_boolean(j, "willing", flags & 0x40);
	json_add_boolean(j, "error", flags & 0x20);
	json_add_number(j, "subtype", cursor_u8(&octets));
	if (cee)
		write_cee_value(j, type, octets);
	else if (octets.left > 0)
		facts_add_hex(j, "octets", octets);
}

/* DCB Capability Exchange Protocol Base Specification 1.01, 3: a header of 7
 * bits of type and 9 of size, two versions, then control or a feature. */
static void
write_dcbx(struct json *j, bool cee, struct cursor octets)
{
	unsigned type = cursor_u16(&octets) >> 9;

	json_object_begin(j);
	if (cee || type == 1)
		facts_add_word(j, "feature", type, features);
	else
		json_add_number(j, "feature", type);
	json_add_number(j, "version", cursor_u8(&octets));
	json_add_number(j, "version_most", cursor_u8(&octets));
	if (type == 1)
		write_control(j, octets);
	else
		write_feature(j, cee, type, octets);
	json_object_end(j);
}

void
facts_write_cin(struct json *j, struct cursor octets)
{
	write_dcbx(j, false, octets);
}

void
facts_write_cee(struct json *j, struct cursor octets)
{
	write_dcbx(j, true, octets);
}

/* ---- EVB ----------------------------------------------------------------- */

/* IEEE 802.1Qbg, as adopted. */
void
facts_write_evb_bridge(struct json *j, struct cursor octets)
{
	static const char *const modes[] = { "none", "bridge", "station",
		NULL };
	uint8_t bridge = cursor_u8(&octets);
	uint8_t station = cursor_u8(&octets);
	uint8_t retries = cursor_u8(&octets);
	uint8_t mode = cursor_u8(&octets);

	json_object_begin(j);
	facts_add_word(j, "mode", mode >> 6, modes);
	json_add_boolean(j, "reflective_relay_capable", bridge & 2);
	json_add_boolean(j, "reflective_relay_enabled", bridge & 1);
	json_add_boolean(j, "reflective_relay_requested", station & 4);
	json_add_number(j, "reflective_relay_status", station & 3);
	json_add_number(j, "retries_most", retries >> 5);
	json_add_number(j, "retransmission_exponent", retries & 31);
	json_add_number(j, "wait_delay_exponent", mode & 31);
	json_add_number(j, "keepalive_exponent", cursor_u8(&octets) & 31);
	json_object_end(j);
}

static void
add_draft_capabilities(struct json *j, const char *name, unsigned bits)
{
	static const struct {
		uint16_t bit;
		const char *name;
	} words[] = {
		{ 0x8000, "standard_bridging" },
		{ 0x4000, "reflective_relay" },
		{ 0x0004, "retransmission_exponent" },
		{ 0x0002, "ecp" },
		{ 0x0001, "vdp" },
	};

	json_name(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (bits & words[i].bit)
			json_string(j, words[i].name);
	json_array_end(j);
}

/* 802.1Qbg's draft 0, as lldpad and the first switches speak it. */
void
facts_write_evb_draft(struct json *j, struct cursor octets)
{
	json_object_begin(j);
	add_draft_capabilities(j, "supported", cursor_u16(&octets));
	add_draft_capabilities(j, "configured", cursor_u16(&octets));
	json_add_number(j, "stations_supported", cursor_u16(&octets));
	json_add_number(j, "stations_configured", cursor_u16(&octets));
	json_add_number(j, "retransmission_exponent", cursor_u8(&octets));
	json_object_end(j);
}

/* IEEE 802.1Qbg: the channels of CDCP. */
void
facts_write_cdcp(struct json *j, struct cursor octets)
{
	uint8_t role = cursor_u8(&octets);

	json_object_begin(j);
	json_add_string(j, "role", role & 0x80 ? "station" : "bridge");
	json_add_boolean(j, "s_component", role & 8);
	cursor_skip(&octets, 1);
	json_add_number(j, "channels_most", cursor_u16(&octets) & 0xfff);
	json_name(j, "channels");
	json_array_begin(j);
	while (octets.left >= 3) {
		uint32_t pair = cursor_u24(&octets);

		json_object_begin(j);
		json_add_number(j, "channel", pair >> 12);
		json_add_number(j, "vlan", pair & 0xfff);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

/* Filter format 1: a count, then pairs of MAC and VLAN. */
static void
write_vdp_filters(struct json *j, struct cursor octets)
{
	cursor_skip(&octets, 2);
	json_name(j, "filters");
	json_array_begin(j);
	while (octets.left >= 8) {
		json_object_begin(j);
		facts_add_mac(j, "mac", &octets);
		json_add_number(j, "vlan", cursor_u16(&octets) & 0xfff);
		json_object_end(j);
	}
	json_array_end(j);
}

/* 802.1Qbg's draft 0: which VM profile a station asks for. */
void
facts_write_vdp(struct json *j, struct cursor octets)
{
	static const char *const modes[] = { "preassociate",
		"preassociate_reserve", "associate", "deassociate", NULL };
	uint8_t format;

	json_object_begin(j);
	facts_add_word(j, "mode", cursor_u8(&octets), modes);
	json_add_number(j, "response", cursor_u8(&octets));
	json_add_number(j, "manager", cursor_u8(&octets));
	json_add_number(j, "type", cursor_u24(&octets));
	json_add_number(j, "type_version", cursor_u8(&octets));
	facts_add_uuid(j, "instance", &octets);
	format = cursor_u8(&octets);
	if (format == 1) {
		write_vdp_filters(j, octets);
	} else {
		json_add_number(j, "format", format);
		facts_add_hex(j, "octets", octets);
	}
	json_object_end(j);
}
