#include "report/facts_write.h"

#include <stdio.h>

#include "report/facts_pieces.h"

void
facts_write_vendor_tlv(struct json *j, struct cursor octets)
{
	json_object_begin(j);
	json_add_number(j, "type", cursor_u8(&octets));
	facts_add_hex(j, "octets", octets);
	json_object_end(j);
}

/* ---- 802.3, MED ---------------------------------------------------------- */

/* IEEE 802.3-2022, 79.3.2.7 to 79.3.2.16: what 802.3bt added. */
void
facts_write_power_bt(struct json *j, struct cursor octets)
{
	static const char *const powering[] = { "", "4_pair_single", "2_pair",
		"4_pair_dual", NULL };
	static const char *const powered[] = { "", "single_signature",
		"dual_signature_2_pair", "dual_signature", NULL };
	uint16_t status;
	uint32_t down;

	json_object_begin(j);
	json_add_number(j, "requested_a_mw", cursor_u16(&octets) * 100);
	json_add_number(j, "requested_b_mw", cursor_u16(&octets) * 100);
	json_add_number(j, "allocated_a_mw", cursor_u16(&octets) * 100);
	json_add_number(j, "allocated_b_mw", cursor_u16(&octets) * 100);
	status = cursor_u16(&octets);
	facts_add_word(j, "powering", status >> 14, powering);
	facts_add_word(j, "powered", status >> 12 & 3, powered);
	json_add_number(j, "pairs", status >> 10 & 3);
	json_add_number(j, "class_a", status >> 7 & 7);
	json_add_number(j, "class_b", status >> 4 & 7);
	json_add_number(j, "class", status & 15);
	json_add_number(j, "type", cursor_u8(&octets) >> 1 & 7);
	json_add_number(j, "available_mw", cursor_u16(&octets) * 100);
	json_add_number(j, "autoclass", cursor_u8(&octets) & 7);
	down = cursor_u24(&octets);
	if (down >> 18 == 0x1d) /* the only value that asks for it */
		json_add_number(j, "power_down_s", down & 0x3ffff);
	json_object_end(j);
}

/* ANSI/TIA-1057, 10.2.3. */
void
facts_write_med_policy(struct json *j, struct cursor octets)
{
	static const char *const applications[] = { "", "voice",
		"voice_signaling", "guest_voice", "guest_voice_signaling",
		"softphone_voice", "video_conferencing", "streaming_video",
		"video_signaling", NULL };
	unsigned application = cursor_u8(&octets);
	uint32_t policy = cursor_u24(&octets);

	json_object_begin(j);
	facts_add_word(j, "application", application, applications);
	json_add_boolean(j, "defined", !(policy & 0x800000));
	json_add_boolean(j, "tagged", policy & 0x400000);
	json_add_number(j, "vlan", policy >> 9 & 0xfff);
	json_add_number(j, "priority", policy >> 6 & 7);
	json_add_number(j, "dscp", policy & 0x3f);
	json_object_end(j);
}

static uint64_t
read_40_bits(struct cursor *octets)
{
	uint64_t high = cursor_u8(octets);

	return high << 32 | cursor_u32(octets);
}

/* A two's complement number of 'bits' bits, 'fraction' of them behind the
 * point (RFC 6225, 2.3). */
static void
add_fixed_point(struct json *j, const char *name, uint64_t raw, unsigned bits,
    unsigned fraction)
{
	uint64_t sign = UINT64_C(1) << (bits - 1);
	int64_t whole =
	    (int64_t)((raw & (2 * sign - 1)) ^ sign) - (int64_t)sign;
	char text[64];
	int size = snprintf(text, sizeof(text), "%.6f",
	    (double)whole / (double)(UINT64_C(1) << fraction));

	json_name(j, name);
	json_raw(j, text, (size_t)size);
}

/* RFC 6225, 2: resolution and value of latitude, longitude, altitude. */
static void
write_coordinates(struct json *j, struct cursor octets)
{
	static const char *const units[] = { "", "m", "floors", NULL };
	uint64_t altitude;

	json_add_string(j, "format", "coordinates");
	add_fixed_point(j, "latitude", read_40_bits(&octets), 34, 25);
	add_fixed_point(j, "longitude", read_40_bits(&octets), 34, 25);
	altitude = read_40_bits(&octets);
	add_fixed_point(j, "altitude", altitude, 30, 8);
	facts_add_word(
	    j, "altitude_unit", (unsigned)(altitude >> 36) & 15, units);
	json_add_number(j, "datum", cursor_u8(&octets) & 7);
}

/* RFC 4776, 3.1: country, then elements of type, size and text. */
static void
write_civic(struct json *j, struct cursor octets)
{
	struct cursor list = cursor_take(&octets, cursor_u8(&octets));

	json_add_string(j, "format", "civic");
	json_add_number(j, "what", cursor_u8(&list));
	facts_add_foreign_text(j, "country", cursor_take(&list, 2));
	json_name(j, "elements");
	json_array_begin(j);
	while (list.left > 0) {
		uint8_t type = cursor_u8(&list);
		struct cursor text = cursor_take(&list, cursor_u8(&list));

		if (!cursor_ok(&text))
			break;
		json_object_begin(j);
		json_add_number(j, "type", type);
		facts_add_foreign_text(j, "value", text);
		json_object_end(j);
	}
	json_array_end(j);
}

/* ANSI/TIA-1057, 10.2.4. */
void
facts_write_med_location(struct json *j, struct cursor octets)
{
	uint8_t format = cursor_u8(&octets);

	json_object_begin(j);
	if (format == 1) {
		write_coordinates(j, octets);
	} else if (format == 2) {
		write_civic(j, octets);
	} else if (format == 3) {
		json_add_string(j, "format", "elin");
		facts_add_foreign_text(j, "number", octets);
	} else {
		json_add_number(j, "format", format);
		facts_add_hex(j, "octets", octets);
	}
	json_object_end(j);
}

/* IEEE 802.3-2022, 79.3.5: wake times in microseconds. */
void
facts_write_eee(struct json *j, struct cursor octets)
{
	json_object_begin(j);
	json_add_number(j, "transmit_us", cursor_u16(&octets));
	json_add_number(j, "receive_us", cursor_u16(&octets));
	json_add_number(j, "fallback_us", cursor_u16(&octets));
	json_add_number(j, "echo_transmit_us", cursor_u16(&octets));
	json_add_number(j, "echo_receive_us", cursor_u16(&octets));
	json_object_end(j);
}

/* ---- vendors ------------------------------------------------------------- */

/* Cisco ACI: number, address and UUID (36 characters) of each controller. */
void
facts_write_aci_appliances(struct json *j, struct cursor octets)
{
	json_array_begin(j);
	while (octets.left >= 1 + 4 + 36) {
		json_object_begin(j);
		json_add_number(j, "id", cursor_u8(&octets));
		facts_add_ipv4(j, "address", &octets);
		facts_add_foreign_text(j, "uuid", cursor_take(&octets, 36));
		json_object_end(j);
	}
	json_array_end(j);
}

/* Fabric Attach: which VLAN stands for which service of the fabric. */
void
facts_write_fabric_assignment(struct json *j, struct cursor octets)
{
	uint16_t vlan = cursor_u16(&octets);

	json_object_begin(j);
	json_add_number(j, "vlan", vlan & 0xfff);
	json_add_number(j, "isid", cursor_u24(&octets));
	json_add_number(j, "status", vlan >> 12);
	json_object_end(j);
}

/* PROFINET, IEC 61158-6-10: in nanoseconds; 0: not measured. */
void
facts_write_profinet_delay(struct json *j, struct cursor octets)
{
	json_object_begin(j);
	json_add_number(j, "receive_local_ns", cursor_u32(&octets));
	json_add_number(j, "receive_remote_ns", cursor_u32(&octets));
	json_add_number(j, "transmit_local_ns", cursor_u32(&octets));
	json_add_number(j, "transmit_remote_ns", cursor_u32(&octets));
	json_add_number(j, "cable_ns", cursor_u32(&octets));
	json_object_end(j);
}
