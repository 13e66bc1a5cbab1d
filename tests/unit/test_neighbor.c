#include "report/neighbor.h"

#include <check.h>
#include <string.h>

#include "report/facts.h"
#include "tests/support/suite.h"

static struct neighbor n;

static struct text
add(const void *octets, size_t size)
{
	struct cursor c = cursor_over(octets, size);

	return neighbor_add_text(&n, &c);
}

START_TEST(a_cleared_neighbor_says_nothing)
{
	memset(&n, 0xff, sizeof(n));
	neighbor_clear(&n);
	ck_assert_int_eq(n.protocol, PROTOCOL_NONE);
	ck_assert_uint_eq(n.has, 0);
	ck_assert_uint_eq(n.unknown_count, 0);
	ck_assert_uint_eq(n.fact_count, 0);
	ck_assert_uint_eq(n.skipped_tlvs, 0);
	ck_assert_ptr_null(neighbor_text(&n, n.system_name));
}
END_TEST

START_TEST(texts_are_cleaned_and_ended)
{
	struct text a, b;

	neighbor_clear(&n);
	a = add("leaf1a\0\0", 8);
	b = add("x\x01", 2);
	ck_assert_str_eq(neighbor_text(&n, a), "leaf1a");
	ck_assert_uint_eq(a.length, 6);
	ck_assert_str_eq(neighbor_text(&n, b), "x\xef\xbf\xbd");
}
END_TEST

START_TEST(an_empty_text_is_said_and_empty)
{
	struct text text;

	neighbor_clear(&n);
	text = add("  ", 2);
	ck_assert_uint_ne(text.at, 0);
	ck_assert_str_eq(neighbor_text(&n, text), "");
}
END_TEST

START_TEST(texts_beyond_the_room_are_cut_and_counted)
{
	static char much[NEIGHBOR_TEXTS_SIZE];
	struct text text;

	memset(much, 'a', sizeof(much));
	neighbor_clear(&n);
	text = add(much, sizeof(much));
	ck_assert_uint_eq(text.length, NEIGHBOR_TEXTS_SIZE - 2);
	ck_assert_uint_eq(strlen(neighbor_text(&n, text)), text.length);
	ck_assert_uint_eq(n.lost_items, 1);
	ck_assert_uint_eq(add("b", 1).at, 0);
	ck_assert_uint_eq(n.lost_items, 2);
}
END_TEST

START_TEST(octets_are_kept_whole_or_not_at_all)
{
	static const uint8_t much[NEIGHBOR_TEXTS_SIZE];
	struct cursor c = cursor_over(much, NEIGHBOR_TEXTS_SIZE - 3);
	struct text text;

	neighbor_clear(&n);
	text = neighbor_add_octets(&n, &c);
	ck_assert_uint_eq(text.length, NEIGHBOR_TEXTS_SIZE - 3);
	c = cursor_over("ab", 2);
	ck_assert_uint_eq(neighbor_add_octets(&n, &c).at, 0);
	ck_assert_uint_eq(n.lost_items, 1);
}
END_TEST

START_TEST(a_failed_cursor_gives_no_text)
{
	struct cursor c = cursor_over("a", 1);

	neighbor_clear(&n);
	cursor_skip(&c, 2);
	ck_assert_uint_eq(neighbor_add_text(&n, &c).at, 0);
	ck_assert_uint_eq(neighbor_add_octets(&n, &c).at, 0);
	ck_assert_uint_eq(n.lost_items, 0);
}
END_TEST

START_TEST(an_address_that_is_said_twice_stands_once)
{
	neighbor_clear(&n);
	for (uint8_t i = 0; i < 20; i++) {
		uint8_t octets[4] = { 10, 0, 0, i / 2 };

		neighbor_add_address(&n, ADDRESS_IPV4, octets);
	}
	ck_assert_uint_eq(n.address_count, NEIGHBOR_ADDRESSES_MOST);
	ck_assert_uint_eq(n.lost_items, 4);
}
END_TEST

START_TEST(items_beyond_a_limit_are_counted)
{
	struct text none = { 0 };

	neighbor_clear(&n);
	for (unsigned i = 0; i < NEIGHBOR_VLANS_MOST + 1; i++)
		neighbor_add_vlan(&n, (uint16_t)i, none);
	for (unsigned i = 0; i < NEIGHBOR_FACTS_MOST + 1; i++)
		neighbor_add_number(&n, FACT_POWER_REQUESTED, i);
	neighbor_add_boolean(&n, FACT_POWER_ENABLED, true);
	for (unsigned i = 0; i < NEIGHBOR_UNKNOWN_MOST + 1; i++)
		neighbor_add_unknown(&n, 0x001122, i, 4);
	ck_assert_uint_eq(n.vlan_count, NEIGHBOR_VLANS_MOST);
	ck_assert_uint_eq(n.fact_count, NEIGHBOR_FACTS_MOST);
	ck_assert_uint_eq(n.unknown_count, NEIGHBOR_UNKNOWN_MOST);
	ck_assert_uint_eq(n.lost_items, 4);
}
END_TEST

static const char *
id_text(enum id_type type, const char *octets, size_t size)
{
	static char text[64];
	struct cursor c = cursor_over(octets, size);
	struct identifier id = { .type = type };

	neighbor_clear(&n);
	if (octets)
		id.value = neighbor_add_octets(&n, &c);
	return neighbor_id_text(&n, &id, text, sizeof(text));
}

START_TEST(identifiers_are_written_as_people_read_them)
{
	ck_assert_str_eq(id_text(ID_MAC, "\x00\x11\x22\x33\x44\xff", 6),
	    "00:11:22:33:44:ff");
	ck_assert_str_eq(
	    id_text(ID_NETWORK_ADDRESS, "\x01\x0a\x00\x00\x01", 5), "10.0.0.1");
	ck_assert_str_eq(
	    id_text(ID_NETWORK_ADDRESS,
		"\x02\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1", 17),
	    "2001:db8::1");
	ck_assert_str_eq(
	    id_text(ID_NETWORK_ADDRESS, "\x02\x0a\x0b", 3), "02:0a:0b");
	ck_assert_str_eq(
	    id_text(ID_INTERFACE_NAME, "Ethernet1/3", 11), "Ethernet1/3");
	ck_assert_str_eq(id_text(ID_LOCAL, NULL, 0), "");
	ck_assert_str_eq(id_text(ID_NONE, NULL, 0), "");
}
END_TEST

START_TEST(an_identifier_is_cut_to_the_room)
{
	struct cursor c = cursor_over("\x00\x11\x22\x33\x44\xff", 6);
	struct identifier id = { .type = ID_MAC };
	char text[8];

	neighbor_clear(&n);
	id.value = neighbor_add_octets(&n, &c);
	ck_assert_str_eq(neighbor_id_text(&n, &id, text, 8), "00:11");
	ck_assert_str_eq(neighbor_id_text(&n, &id, text, 1), "");
}
END_TEST

SUITE("neighbor", a_cleared_neighbor_says_nothing, texts_are_cleaned_and_ended,
    an_empty_text_is_said_and_empty, texts_beyond_the_room_are_cut_and_counted,
    octets_are_kept_whole_or_not_at_all, a_failed_cursor_gives_no_text,
    an_address_that_is_said_twice_stands_once, items_beyond_a_limit_are_counted,
    identifiers_are_written_as_people_read_them,
    an_identifier_is_cut_to_the_room)
