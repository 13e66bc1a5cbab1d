#include "report/address.h"

#include <check.h>
#include <string.h>

#include "tests/support/suite.h"

static const uint8_t mac[MAC_SIZE] = { 0x00, 0x50, 0x56, 0x9a, 0x1c, 0x0e };

START_TEST(a_mac_is_written_in_lower_case_with_colons)
{
	char text[MAC_TEXT_SIZE];

	ck_assert_str_eq(mac_format(mac, text), "00:50:56:9a:1c:0e");
}
END_TEST

START_TEST(a_mac_is_read_in_all_four_notations)
{
	static const char *const notations[] = { "00:50:56:9a:1c:0e",
		"00-50-56-9A-1C-0E", "0050.569a.1c0e", "0050569a1c0e" };

	for (size_t i = 0; i < 4; i++) {
		uint8_t read[MAC_SIZE] = { 0 };

		ck_assert_msg(
		    mac_parse(notations[i], read), "%s", notations[i]);
		ck_assert_mem_eq(read, mac, MAC_SIZE);
	}
}
END_TEST

START_TEST(what_is_no_mac_is_refused_and_changes_nothing)
{
	static const char *const wrong[] = { "", "00", "00:50:56:9a:1c",
		"00:50:56:9a:1c:0g", "00:50:56:9a:1c:0e:", "00:50-56:9a:1c:0e",
		"0050.569a:1c0e", "005056.9a1c0e", "00 50 56 9a 1c 0e",
		"0050569a1c0", "0050569a1c0e0", "................." };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		uint8_t read[MAC_SIZE] = { 7, 7, 7, 7, 7, 7 };

		ck_assert_msg(!mac_parse(wrong[i], read), "%s", wrong[i]);
		ck_assert_uint_eq(read[0], 7);
		ck_assert_uint_eq(read[5], 7);
	}
}
END_TEST

START_TEST(addresses_are_written_as_they_are_read)
{
	static const char *const texts[] = { "0.0.0.0", "10.99.0.2",
		"255.100.10.1", "2001:db8::1", "::", "fe80::1:2:3",
		"00:50:56:9a:1c:0e" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		char text[ADDRESS_TEXT_SIZE];
		struct address a;

		ck_assert(address_parse(texts[i], &a));
		ck_assert_str_eq(address_format(&a, text), texts[i]);
	}
}
END_TEST

START_TEST(what_is_no_address_is_refused)
{
	static const char *const wrong[] = { "", "10.0.0", "10.0.0.256", "1:2",
		"leaf1a", "10.0.0.1/24" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct address a;

		ck_assert_msg(!address_parse(wrong[i], &a), "%s", wrong[i]);
	}
}
END_TEST

SUITE("address", a_mac_is_written_in_lower_case_with_colons,
    a_mac_is_read_in_all_four_notations,
    what_is_no_mac_is_refused_and_changes_nothing,
    addresses_are_written_as_they_are_read, what_is_no_address_is_refused)
