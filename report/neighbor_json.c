#include "report/neighbor_json.h"

#include "report/address.h"
#include "report/facts.h"
#include "report/facts_write.h"

enum { ID_TEXT_SIZE = 3 * 512 };

static void
add_text(struct json *j, const struct neighbor *n, const char *name,
    struct text text)
{
	/* What a frame says with no letters it does not say. */
	if (text.at && text.length > 0)
		json_add_text(j, name, &n->texts[text.at], text.length);
}

static void
add_number_if(struct json *j, bool has, const char *name, int64_t number)
{
	if (has)
		json_add_number(j, name, number);
}

static void
add_mac(struct json *j, const char *name, const uint8_t *mac)
{
	char text[MAC_TEXT_SIZE];

	json_add_word(j, name, mac_format(mac, text));
}

/* ---- members that nearly every neighbor has ------------------------------ */

static void
add_id(struct json *j, const struct neighbor *n, const char *name,
    const struct identifier *id)
{
	char text[ID_TEXT_SIZE];

	if (id->type == ID_NONE)
		return;
	json_name(j, name);
	json_object_begin(j);
	json_add_word(j, "type", id_type_name(id->type));
	if (id->type == ID_MAC || id->type == ID_NETWORK_ADDRESS)
		json_add_word(
		    j, "value", neighbor_id_text(n, id, text, sizeof(text)));
	else
		json_add_text(
		    j, "value", neighbor_text(n, id->value), id->value.length);
	json_object_end(j);
}

static void
add_vlan_tags(struct json *j, const struct neighbor *n)
{
	if (n->vlan_tag_count == 0)
		return;
	json_name(j, "vlan_tags");
	json_array_begin(j);
	for (unsigned i = 0; i < n->vlan_tag_count; i++) {
		json_object_begin(j);
		json_add_number(j, "id", n->vlan_tags[i].id);
		json_add_number(j, "priority", n->vlan_tags[i].priority);
		if (n->vlan_tags[i].service)
			json_add_boolean(j, "service", true);
		json_object_end(j);
	}
	json_array_end(j);
}

/* The word of each bit that is set, as an array. */
struct bit_word {
	uint32_t bit;
	const char *word;
};

static void
add_bit_words(struct json *j, const char *name, uint32_t bits,
    const struct bit_word *words)
{
	json_name(j, name);
	json_array_begin(j);
	for (; words->word; words++)
		if (bits & words->bit)
			json_word(j, words->word, strlen(words->word));
	json_array_end(j);
}

static void
add_capabilities(struct json *j, const struct neighbor *n)
{
	static const struct bit_word words[] = {
		{ CAPABILITY_OTHER, "other" },
		{ CAPABILITY_REPEATER, "repeater" },
		{ CAPABILITY_BRIDGE, "bridge" },
		{ CAPABILITY_WLAN_ACCESS_POINT, "wlan_access_point" },
		{ CAPABILITY_ROUTER, "router" },
		{ CAPABILITY_TELEPHONE, "telephone" },
		{ CAPABILITY_DOCSIS, "docsis_cable_device" },
		{ CAPABILITY_STATION, "station" },
		{ CAPABILITY_CVLAN, "cvlan" },
		{ CAPABILITY_SVLAN, "svlan" },
		{ CAPABILITY_TPMR, "tpmr" },
		{ CAPABILITY_SOURCE_ROUTE_BRIDGE, "source_route_bridge" },
		{ CAPABILITY_SWITCH, "switch" },
		{ CAPABILITY_HOST, "host" },
		{ CAPABILITY_IGMP, "igmp" },
		{ CAPABILITY_CVTA, "cvta" },
		{ CAPABILITY_TWO_PORT_MAC_RELAY, "two_port_mac_relay" },
		{ CAPABILITY_REMOTELY_MANAGED, "remotely_managed" },
		{ 0, NULL },
	};

	if (!(n->has & HAS_CAPABILITIES))
		return;
	json_name(j, "capabilities");
	json_object_begin(j);
	add_bit_words(j, "supported", n->capabilities_supported, words);
	add_bit_words(j, "enabled", n->capabilities_enabled, words);
	json_object_end(j);
}

static void
add_addresses(struct json *j, const struct neighbor *n)
{
	char text[ADDRESS_TEXT_SIZE];

	if (n->address_count == 0)
		return;
	json_name(j, "management_addresses");
	json_array_begin(j);
	for (unsigned i = 0; i < n->address_count; i++) {
		address_format(&n->management_addresses[i], text);
		json_word(j, text, strlen(text));
	}
	json_array_end(j);
}

/* FDP tells its VLANs as a bitmap: they have no names. */
static void
add_bitmap_vlans(struct json *j, const uint8_t *bitmap)
{
	for (unsigned id = 0; id < 8 * NEIGHBOR_VLAN_BITMAP_SIZE; id++) {
		if (!(bitmap[id / 8] & 1 << id % 8))
			continue;
		json_object_begin(j);
		json_add_number(j, "id", id);
		json_object_end(j);
	}
}

static void
add_vlans(struct json *j, const struct neighbor *n)
{
	bool bitmap = n->has & HAS_VLAN_BITMAP;

	if (n->vlan_count == 0 && !bitmap)
		return;
	json_name(j, "vlans");
	json_array_begin(j);
	for (unsigned i = 0; i < n->vlan_count; i++) {
		json_object_begin(j);
		json_add_number(j, "id", n->vlans[i].id);
		add_text(j, n, "name", n->vlans[i].name);
		json_object_end(j);
	}
	if (bitmap)
		add_bitmap_vlans(j, n->vlan_bitmap);
	json_array_end(j);
}

/* IEEE 802.3-2022, 79.3.1.2: the bits of IANA's ifMauAutoNegCapAdvertisedBits;
 * bit 0 there is the highest of the 16. */
static void
add_autonegotiation(struct json *j, const struct neighbor *n)
{
	static const struct bit_word words[] = {
		{ 0x8000, "other" },
		{ 0x4000, "10base-t" },
		{ 0x2000, "10base-t-full" },
		{ 0x1000, "100base-t4" },
		{ 0x0800, "100base-tx" },
		{ 0x0400, "100base-tx-full" },
		{ 0x0200, "100base-t2" },
		{ 0x0100, "100base-t2-full" },
		{ 0x0080, "pause" },
		{ 0x0040, "asymmetric-pause" },
		{ 0x0020, "symmetric-pause" },
		{ 0x0010, "both-pauses" },
		{ 0x0008, "1000base-x" },
		{ 0x0004, "1000base-x-full" },
		{ 0x0002, "1000base-t" },
		{ 0x0001, "1000base-t-full" },
		{ 0, NULL },
	};

	if (!(n->has & HAS_AUTONEGOTIATION))
		return;
	json_name(j, "autonegotiation");
	json_object_begin(j);
	json_add_boolean(j, "supported", n->autonegotiation.supported);
	json_add_boolean(j, "enabled", n->autonegotiation.enabled);
	add_bit_words(j, "advertised", n->autonegotiation.advertised, words);
	add_number_if(
	    j, n->has & HAS_MAU_TYPE, "mau_type", n->autonegotiation.mau_type);
	json_object_end(j);
}

static void
add_aggregation(struct json *j, const struct neighbor *n)
{
	if (!(n->has & HAS_AGGREGATION))
		return;
	json_name(j, "aggregation");
	json_object_begin(j);
	json_add_boolean(j, "capable", n->aggregation.capable);
	json_add_boolean(j, "enabled", n->aggregation.enabled);
	add_number_if(j, n->aggregation.port != 0, "port", n->aggregation.port);
	json_object_end(j);
}

/* ---- facts, in groups ---------------------------------------------------- */

static struct cursor
fact_octets(const struct neighbor *n, const struct fact *fact)
{
	if (!fact->text.at)
		return cursor_over("", 0);
	return cursor_over(&n->texts[fact->text.at], fact->text.length);
}

static void
write_number(struct json *j, const struct fact_row *row, uint32_t number)
{
	const char *word;

	if (row->bits) {
		json_array_begin(j);
		for (unsigned i = 0; row->words[i]; i++)
			if (number & UINT32_C(1) << i)
				json_string(j, row->words[i]);
		json_array_end(j);
		return;
	}
	word = row->words ? fact_word(row->words, number) : NULL;
	if (word)
		json_string(j, word);
	else
		json_number(j, number);
}

static void
write_address(struct json *j, const struct neighbor *n, const struct fact *fact)
{
	char text[ADDRESS_TEXT_SIZE];
	struct address address;

	if (neighbor_text_address(n, fact->text, &address))
		json_string(j, address_format(&address, text));
	else
		facts_write_hex(j, fact_octets(n, fact));
}

static void
write_mac(struct json *j, struct cursor octets)
{
	uint8_t mac[MAC_SIZE];
	char text[MAC_TEXT_SIZE];

	cursor_copy(&octets, mac, sizeof(mac));
	json_word(j, mac_format(mac, text), MAC_TEXT_SIZE - 1);
}

static void
write_list(struct json *j, struct cursor octets)
{
	json_array_begin(j);
	while (octets.left > 0)
		json_number(j, cursor_u8(&octets));
	json_array_end(j);
}

static void
write_fact(struct json *j, const struct neighbor *n, const struct fact *fact,
    const struct fact_row *row)
{
	struct cursor octets;

	if (fact->kind == FACT_NUMBER) {
		write_number(j, row, fact->number);
		return;
	}
	if (fact->kind == FACT_BOOLEAN) {
		json_boolean(j, fact->number);
		return;
	}
	octets = fact_octets(n, fact);
	if (row->write)
		row->write(j, octets);
	else if (fact->kind == FACT_TEXT)
		json_text(j, (const char *)octets.next, octets.left);
	else if (fact->kind == FACT_MAC)
		write_mac(j, octets);
	else if (fact->kind == FACT_ADDRESS)
		write_address(j, n, fact);
	else if (fact->kind == FACT_LIST)
		write_list(j, octets);
	else
		facts_write_hex(j, octets);
}

/* Writes fact 'first', and with it all of its name when it may repeat. */
static void
add_fact(struct json *j, const struct neighbor *n, unsigned first)
{
	unsigned name = n->facts[first].name;
	const struct fact_row *row = fact_row(name);

	json_name(j, row->name);
	if (!row->repeats) {
		write_fact(j, n, &n->facts[first], row);
		return;
	}
	json_array_begin(j);
	for (unsigned i = first; i < n->fact_count; i++)
		if (n->facts[i].name == name)
			write_fact(j, n, &n->facts[i], row);
	json_array_end(j);
}

static void
add_group(struct json *j, const struct neighbor *n, unsigned group)
{
	bool written[FACT_NAMES] = { false };

	json_name(j, fact_group_name(group));
	json_object_begin(j);
	for (unsigned i = 0; i < n->fact_count; i++) {
		unsigned name = n->facts[i].name;

		/* Of a fact that is told twice and may not, the first. */
		if (written[name] || fact_row(name)->group != group)
			continue;
		written[name] = true;
		add_fact(j, n, i);
	}
	json_object_end(j);
}

static void
add_facts(struct json *j, const struct neighbor *n)
{
	uint32_t groups = 0;

	for (unsigned i = 0; i < n->fact_count; i++)
		groups |= UINT32_C(1) << fact_row(n->facts[i].name)->group;
	for (unsigned group = 0; group < GROUPS; group++)
		if (groups & UINT32_C(1) << group)
			add_group(j, n, group);
}

/* ---- what was not read --------------------------------------------------- */

static void
add_oui(struct json *j, uint32_t oui)
{
	static const char digits[] = "0123456789abcdef";
	char text[] = "00-00-00";

	if (oui == 0)
		return;
	for (unsigned i = 0; i < 6; i++)
		text[i + i / 2] = digits[oui >> (20 - 4 * i) & 15];
	json_add_word(j, "oui", text);
}

static void
add_unknown(struct json *j, const struct neighbor *n)
{
	if (n->unknown_count == 0)
		return;
	json_name(j, "unknown_tlvs");
	json_array_begin(j);
	for (unsigned i = 0; i < n->unknown_count; i++) {
		const struct unknown_tlv *tlv = &n->unknown_tlvs[i];

		json_object_begin(j);
		add_oui(j, tlv->oui);
		json_add_number(j, "type", tlv->type);
		json_add_number(j, "octets", tlv->size);
		json_object_end(j);
	}
	json_array_end(j);
}

/* ---- the whole ----------------------------------------------------------- */

static void
add_frame(struct json *j, const struct neighbor *n)
{
	static const uint8_t no_mac[MAC_SIZE]; /* Cisco HDLC has none */

	json_add_word(j, "protocol", protocol_name(n->protocol));
	add_number_if(j, n->has & HAS_VERSION, "version", n->version);
	if (memcmp(n->source_mac, no_mac, MAC_SIZE) != 0)
		add_mac(j, "source_mac", n->source_mac);
	if (memcmp(n->destination_mac, no_mac, MAC_SIZE) != 0)
		add_mac(j, "destination_mac", n->destination_mac);
	if (n->scope != SCOPE_NONE)
		json_add_word(j, "scope", scope_name(n->scope));
	add_vlan_tags(j, n);
	add_number_if(j, n->has & HAS_TTL, "ttl_s", n->ttl_s);
}

static void
add_device(struct json *j, const struct neighbor *n)
{
	add_id(j, n, "chassis_id", &n->chassis_id);
	add_id(j, n, "port_id", &n->port_id);
	add_text(j, n, "port_description", n->port_description);
	add_text(j, n, "system_name", n->system_name);
	add_text(j, n, "system_description", n->system_description);
	add_text(j, n, "platform", n->platform);
	add_text(j, n, "software", n->software);
	add_text(j, n, "serial", n->serial);
	add_capabilities(j, n);
	add_addresses(j, n);
}

static void
add_link(struct json *j, const struct neighbor *n)
{
	uint32_t has = n->has;

	add_number_if(j, has & HAS_NATIVE_VLAN, "native_vlan", n->native_vlan);
	add_number_if(j, has & HAS_PVID, "pvid", n->pvid);
	add_vlans(j, n);
	add_number_if(j, has & HAS_VOICE_VLAN, "voice_vlan", n->voice_vlan);
	add_number_if(j, has & HAS_MANAGEMENT_VLAN, "management_vlan",
	    n->management_vlan);
	add_text(j, n, "vtp_domain", n->vtp_domain);
	if (has & HAS_DUPLEX)
		json_add_string(
		    j, "duplex", n->duplex == DUPLEX_FULL ? "full" : "half");
	add_autonegotiation(j, n);
	add_number_if(j, has & HAS_MTU, "mtu", n->mtu);
	add_number_if(j, has & HAS_MAX_FRAME, "max_frame", n->max_frame);
	add_aggregation(j, n);
}

void
neighbor_json_members(struct json *j, const struct neighbor *n)
{
	add_frame(j, n);
	add_device(j, n);
	add_link(j, n);
	add_facts(j, n);
	if (n->has & HAS_CHECKSUM)
		json_add_word(
		    j, "checksum", n->checksum_wrong ? "wrong" : "ok");
	add_unknown(j, n);
	json_add_number(j, "skipped_tlvs", n->skipped_tlvs);
	add_number_if(j, n->lost_items > 0, "lost_items", n->lost_items);
}

void
neighbor_json(struct json *j, const struct neighbor *n)
{
	json_object_begin(j);
	neighbor_json_members(j, n);
	json_object_end(j);
}
