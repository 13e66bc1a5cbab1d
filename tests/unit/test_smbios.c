#include "agent/smbios.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"

#define TABLES(text) cursor_over((const uint8_t *)(text), sizeof(text) - 1)
#define END "\x7f\x04\xff\xfe\0\0"

/* Type 2, the string of its location is the third. */
#define BOARD(place)                                                           \
	"\x02\x0f\x02\x00\x01\x02\0\0\0\x09\x03\0\0\0\0"                       \
	"Dell Inc.\0"                                                          \
	"0ABC12\0" place "\0\0"
/* Type 3: kind, serial, asset tag. */
#define CHASSIS(kind, serial, asset)                                           \
	"\x03\x09\x03\x00\x01" kind "\0\x02\x03"                               \
	"Maker\0" serial "\0" asset "\0\0"

static struct smbios s;

START_TEST(a_dell_blade_tells_its_slot_and_chassis)
{
	smbios_read(
	    TABLES(CHASSIS("\x1c", "9XYZ123", "A-4711") BOARD("Slot 03") END),
	    &s);
	ck_assert_str_eq(smbios_bay(&s), "Slot 03");
	ck_assert_str_eq(smbios_chassis(&s, "7ABC123"), "9XYZ123");
}
END_TEST

START_TEST(an_hpe_blade_tells_its_enclosure_and_bay)
{
	smbios_read(
	    TABLES(CHASSIS("\x1c", "CZ3000BLADE", "None") BOARD(
		"Default string") "\xcc\x0b\x04\x00\x01\x02\x03\x04\x10\x0f\x05"
				  "Rack 7\0"
				  "enc-a\0"
				  "BladeSystem c7000\0"
				  " 11 \0"
				  "CZ3000ENCL\0\0" END),
	    &s);
	ck_assert_str_eq(smbios_chassis(&s, "CZ3000BLADE"), "CZ3000ENCL");
	ck_assert_str_eq(smbios_bay(&s), "11");
}
END_TEST

START_TEST(an_enclosure_of_its_own_type_names_the_chassis)
{
	smbios_read(TABLES(CHASSIS("\x1c", "BLADE1", "None")
			    CHASSIS("\x9d", "ENCLOSURE1", "None") END),
	    &s);
	ck_assert_str_eq(smbios_chassis(&s, "BLADE1"), "ENCLOSURE1");
}
END_TEST

/* The chassis of a rack server is the server. */
START_TEST(a_server_that_is_its_own_chassis_tells_its_asset_tag)
{
	smbios_read(TABLES(CHASSIS("\x17", "7ABC123", "A-4711") END), &s);
	ck_assert_str_eq(smbios_chassis(&s, "7ABC123"), "A-4711");
	ck_assert_str_eq(smbios_bay(&s), "");
	smbios_read(
	    TABLES(CHASSIS("\x17", "7ABC123", "To Be Filled By O.E.M.") END),
	    &s);
	ck_assert_str_eq(smbios_chassis(&s, "7ABC123"), "");
	smbios_read(TABLES(CHASSIS("\x17", "...", "00000000") END), &s);
	ck_assert_str_eq(smbios_chassis(&s, ""), "");
}
END_TEST

START_TEST(a_slot_is_found_by_the_address_of_its_card)
{
	/* 0000:3b:00.0, 0001:af:02.1, one that is empty, one too old to say */
	smbios_read(
	    TABLES("\x09\x11\x05\x00\x01\0\0\0\0\x03\0\0\0\0\0\x3b\x00"
		   "PCIe Slot 3\0\0"
		   "\x09\x11\x06\x00\x01\0\0\0\0\x04\0\0\0\x01\0\xaf\x11"
		   "Slot 4\0\0"
		   "\x09\x11\x07\x00\x01\0\0\0\0\x05\0\0\0\0\0\xff\xff"
		   "Slot 5\0\0"
		   "\x09\x0d\x08\x00\x01\0\0\0\0\x06\0\0\0"
		   "Slot 6\0\0" END),
	    &s);
	ck_assert_uint_eq(s.slot_count, 2);
	ck_assert_str_eq(smbios_slot(&s, "0000:3b:00.1"), "PCIe Slot 3");
	ck_assert_str_eq(smbios_slot(&s, "0001:AF:02.0"), "Slot 4");
	ck_assert_str_eq(smbios_slot(&s, "0000:af:02.0"), "");
	ck_assert_str_eq(smbios_slot(&s, ""), "");
}
END_TEST

/* Text from the firmware is not to be trusted more than any other. */
START_TEST(controls_in_texts_are_cleaned)
{
	smbios_read(TABLES(CHASSIS("\x17", "A\x1b[2JB", "None") END), &s);
	ck_assert_ptr_null(strchr(s.chassis_serial, '\x1b'));
	ck_assert_int_ne(s.chassis_serial[0], '\0');
}
END_TEST

START_TEST(tables_cut_anywhere_do_no_harm)
{
	static const char whole[] =
	    CHASSIS("\x1c", "SERIAL", "ASSET") BOARD("Slot 1") END;

	for (size_t size = 0; size < sizeof(whole); size++) {
		uint8_t *cut = malloc(size ? size : 1);

		ck_assert_ptr_nonnull(cut);
		memcpy(cut, whole, size);
		smbios_read(cursor_over(cut, size), &s);
		free(cut);
	}
	smbios_read(TABLES("\x03\x02\x00\x00zz"), &s);
	ck_assert_str_eq(s.chassis_serial, "");
	/* A string that is not there. */
	smbios_read(TABLES("\x03\x09\x03\x00\x01\x17\0\x09\x09"
			   "one\0\0" END),
	    &s);
	ck_assert_str_eq(s.chassis_serial, "");
}
END_TEST

SUITE("smbios", a_dell_blade_tells_its_slot_and_chassis,
    an_hpe_blade_tells_its_enclosure_and_bay,
    an_enclosure_of_its_own_type_names_the_chassis,
    a_server_that_is_its_own_chassis_tells_its_asset_tag,
    a_slot_is_found_by_the_address_of_its_card, controls_in_texts_are_cleaned,
    tables_cut_anywhere_do_no_harm)
