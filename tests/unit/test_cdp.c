#include "agent/cdp.h"

#include <check.h>

#include "agent/checksum.h"
#include "report/facts.h"
#include "tests/support/suite.h"

static struct neighbor n; /* too large for a stack */

static enum status
decode(const void *packet, size_t size)
{
	neighbor_clear(&n);
	return cdp_decode(cursor_over(packet, size), &n);
}

#define DECODE(packet) decode(packet, sizeof(packet) - 1)

/* Rows of one TLV each. */
#define HEADER "\x02\xb4\x00\x00"
#define NAME_SW1 "\x00\x01\x00\x07sw1"
#define PORT_E1                                                                \
	"\x00\x03\x00\x06"                                                     \
	"E1"

static const char *
name_of(struct text text)
{
	const char *string = neighbor_text(&n, text);

	return string ? string : "(absent)";
}

START_TEST(a_packet_says_who_and_where)
{
	ck_assert_int_eq(DECODE(HEADER NAME_SW1 PORT_E1), STATUS_OK);
	ck_assert_int_eq(n.protocol, PROTOCOL_CDP);
	ck_assert_int_eq(n.version, 2);
	ck_assert_int_eq(n.ttl_s, 180);
	ck_assert_int_eq(n.chassis_id.type, ID_DEVICE_ID);
	ck_assert_str_eq(name_of(n.chassis_id.value), "sw1");
	ck_assert_str_eq(name_of(n.port_id.value), "E1");
	ck_assert_uint_eq(n.system_name.at, 0);
	ck_assert_uint_eq(n.skipped_tlvs, 0);
}
END_TEST

START_TEST(a_packet_without_a_device_id_is_refused_but_shown)
{
	ck_assert_int_eq(DECODE(HEADER PORT_E1), STATUS_MALFORMED);
	ck_assert_str_eq(name_of(n.port_id.value), "E1");
	ck_assert_int_eq(DECODE(HEADER), STATUS_MALFORMED);
	ck_assert_int_eq(n.protocol, PROTOCOL_CDP);
}
END_TEST

START_TEST(a_packet_without_a_port_id_is_taken)
{
	ck_assert_int_eq(DECODE(HEADER NAME_SW1), STATUS_OK);
	ck_assert_int_eq(n.port_id.type, ID_NONE);
}
END_TEST

START_TEST(versions_are_1_and_2)
{
	ck_assert_int_eq(DECODE("\x01\xb4\x00\x00" NAME_SW1), STATUS_OK);
	ck_assert_int_eq(DECODE("\x00\xb4\x00\x00" NAME_SW1), STATUS_MALFORMED);
	ck_assert_int_eq(DECODE("\x03\xb4\x00\x00" NAME_SW1), STATUS_MALFORMED);
	ck_assert_str_eq(name_of(n.chassis_id.value), "sw1");
}
END_TEST

START_TEST(a_ttl_of_0_is_a_goodbye_not_a_fault)
{
	ck_assert_int_eq(DECODE("\x02\x00\x00\x00" NAME_SW1), STATUS_OK);
	ck_assert(n.has & HAS_TTL);
	ck_assert_int_eq(n.ttl_s, 0);
}
END_TEST

START_TEST(a_packet_cut_anywhere_between_its_tlvs_is_truncated)
{
	static const char whole[] = HEADER NAME_SW1 PORT_E1;

	for (size_t size = 0; size < sizeof(whole) - 1; size++) {
		enum status status = decode(whole, size);

		if (size == 4)
			ck_assert_int_eq(status, STATUS_MALFORMED);
		else if (size == 11)
			ck_assert_int_eq(status, STATUS_OK);
		else
			ck_assert_int_eq(status, STATUS_TRUNCATED);
	}
}
END_TEST

START_TEST(a_length_below_4_ends_the_list)
{
	ck_assert_int_eq(
	    DECODE(HEADER NAME_SW1 "\x00\x06\x00\x03" PORT_E1), STATUS_OK);
	ck_assert_int_eq(n.port_id.type, ID_NONE);
	ck_assert_uint_eq(n.skipped_tlvs, 1);
}
END_TEST

START_TEST(the_first_of_two_tlvs_counts)
{
	ck_assert_int_eq(
	    DECODE(HEADER NAME_SW1 "\x00\x01\x00\x07sw2"), STATUS_OK);
	ck_assert_str_eq(name_of(n.chassis_id.value), "sw1");
	ck_assert_uint_eq(n.skipped_tlvs, 1);
}
END_TEST

START_TEST(nx_os_names_itself_and_its_serial)
{
	ck_assert_int_eq(
	    DECODE(HEADER "\x00\x01\x00\x17leaf1a(FDO2116225P)"), STATUS_OK);
	ck_assert_str_eq(name_of(n.chassis_id.value), "leaf1a(FDO2116225P)");
	ck_assert_str_eq(name_of(n.system_name), "leaf1a");
	ck_assert_str_eq(name_of(n.serial), "FDO2116225P");
}
END_TEST

START_TEST(cat_os_puts_the_serial_first)
{
	ck_assert_int_eq(DECODE(HEADER "\x00\x01\x00\x13"
				       "069003103(core)"),
	    STATUS_OK);
	ck_assert_str_eq(name_of(n.system_name), "core");
	ck_assert_str_eq(name_of(n.serial), "069003103");
}
END_TEST

START_TEST(other_parentheses_stay_part_of_the_name)
{
	ck_assert_int_eq(DECODE(HEADER "\x00\x01\x00\x0c"
				       "a(spare)"),
	    STATUS_OK);
	ck_assert_uint_eq(n.serial.at, 0);
	ck_assert_uint_eq(n.system_name.at, 0);
	ck_assert_int_eq(DECODE(HEADER "\x00\x01\x00\x11"
				       "(FDO2116225P)"),
	    STATUS_OK);
	ck_assert_uint_eq(n.serial.at, 0);
}
END_TEST

START_TEST(a_count_of_addresses_beyond_its_tlv_does_no_harm)
{
	ck_assert_int_eq(
	    DECODE(HEADER NAME_SW1 "\x00\x02\x00\x11"
				   "\xff\xff\xff\xff"
				   "\x01\x01\xcc\x00\x04\x0a\x00\x00\x01"),
	    STATUS_OK);
	ck_assert_uint_eq(n.address_count, 1);
	ck_assert_uint_eq(n.skipped_tlvs, 1);
}
END_TEST

START_TEST(the_voice_vlan_is_the_switchs_word_before_the_phones)
{
	ck_assert_int_eq(DECODE(HEADER NAME_SW1
			     "\x00\x0e\x00\x07\x01\x00\x78"   /* reply: 120 */
			     "\x00\x0f\x00\x07\x20\x02\x00"), /* query: 512 */
	    STATUS_OK);
	ck_assert(n.has & HAS_VOICE_VLAN);
	ck_assert_uint_eq(n.voice_vlan, 120);
}
END_TEST

START_TEST(a_vlan_out_of_range_costs_its_tlv)
{
	ck_assert_int_eq(
	    DECODE(HEADER NAME_SW1 "\x00\x0a\x00\x06\x13\x88"), STATUS_OK);
	ck_assert(!(n.has & HAS_NATIVE_VLAN));
	ck_assert_uint_eq(n.skipped_tlvs, 1);
}
END_TEST

START_TEST(a_tlv_that_nobody_knows_is_listed)
{
	ck_assert_int_eq(
	    DECODE(HEADER NAME_SW1 "\x00\x22\x00\x05x"), STATUS_OK);
	ck_assert_uint_eq(n.unknown_count, 1);
	ck_assert_uint_eq(n.unknown_tlvs[0].type, 0x22);
	ck_assert_uint_eq(n.unknown_tlvs[0].size, 1);
	ck_assert_uint_eq(n.skipped_tlvs, 0);
}
END_TEST

/* ---- the checksum ----------------------------------------------------------
 */

static bool
is_right(const void *octets, size_t size)
{
	return checksum_is_right(cursor_over(octets, size));
}

static bool
is_right_for_cisco(const void *octets, size_t size)
{
	return checksum_is_right_for_cisco(cursor_over(octets, size));
}

START_TEST(an_even_packet_has_one_checksum)
{
	/* 1 + 2 + ~3 */
	ck_assert(is_right("\x00\x01\x00\x02\xff\xfc", 6));
	ck_assert(is_right_for_cisco("\x00\x01\x00\x02\xff\xfc", 6));
	ck_assert(!is_right("\x00\x01\x00\x02\xff\xfd", 6));
	ck_assert(!is_right_for_cisco("\x00\x01\x00\x02\xff\xfd", 6));
}
END_TEST

START_TEST(an_odd_last_octet_stands_low_for_cisco)
{
	ck_assert(is_right("\xfe\xff\x01", 3));
	ck_assert(!is_right_for_cisco("\xfe\xff\x01", 3));
	ck_assert(is_right_for_cisco("\xff\xfe\x01", 3));
	ck_assert(!is_right("\xff\xfe\x01", 3));
}
END_TEST

START_TEST(an_odd_last_octet_from_0x80_on_is_negative_for_cisco)
{
	/* 0x9c counts as 0xff00 + 0x9b */
	ck_assert(is_right_for_cisco("\x00\x64\x9c", 3));
	ck_assert(!is_right_for_cisco("\xff\x63\x9c", 3));
}
END_TEST

START_TEST(a_sum_folds_its_carries)
{
	uint8_t octets[256];

	memset(octets, 0xff, sizeof(octets));
	ck_assert(is_right(octets, sizeof(octets)));
	octets[100] = 0xfe;
	ck_assert(!is_right(octets, sizeof(octets)));
	memset(octets, 0, sizeof(octets));
	ck_assert(!is_right(octets, sizeof(octets)));
	ck_assert(!is_right(octets, 0));
}
END_TEST

START_TEST(a_wrong_checksum_is_noted_and_the_packet_taken)
{
	ck_assert_int_eq(DECODE(HEADER NAME_SW1), STATUS_OK);
	ck_assert(n.has & HAS_CHECKSUM);
	ck_assert(n.checksum_wrong);
}
END_TEST

SUITE("cdp", a_packet_says_who_and_where,
    a_packet_without_a_device_id_is_refused_but_shown,
    a_packet_without_a_port_id_is_taken, versions_are_1_and_2,
    a_ttl_of_0_is_a_goodbye_not_a_fault,
    a_packet_cut_anywhere_between_its_tlvs_is_truncated,
    a_length_below_4_ends_the_list, the_first_of_two_tlvs_counts,
    nx_os_names_itself_and_its_serial, cat_os_puts_the_serial_first,
    other_parentheses_stay_part_of_the_name,
    a_count_of_addresses_beyond_its_tlv_does_no_harm,
    the_voice_vlan_is_the_switchs_word_before_the_phones,
    a_vlan_out_of_range_costs_its_tlv, a_tlv_that_nobody_knows_is_listed,
    an_even_packet_has_one_checksum, an_odd_last_octet_stands_low_for_cisco,
    an_odd_last_octet_from_0x80_on_is_negative_for_cisco,
    a_sum_folds_its_carries, a_wrong_checksum_is_noted_and_the_packet_taken)
