#include "collector/ports.h"

#include <check.h>
#include <string.h>

#include "base/text.h"
#include "tests/support/suite.h"

static const char *
key_of(const char *text)
{
	static struct port_name name;

	ck_assert_msg(port_name_read(text, &name), "%s", text);
	return name.key;
}

START_TEST(every_spelling_of_a_port_has_one_key)
{
	static const char *const groups[][7] = {
		{ "GigabitEthernet1/0/14", "Gi1/0/14", "gi 1/0/14", "gig1/0/14",
		    "g1/0/14", "GIGABITETHERNET 1/0/14" },
		{ "TenGigabitEthernet1/1/4", "Te1/1/4", "ten1/1/4",
		    "TenGigE1/1/4", "te 1/1/4" },
		{ "Ethernet1/1", "Eth1/1", "Et1/1", "e1/1", "eth 1/1",
		    "ethernet1/1" },
		{ "FastEthernet0/1", "Fa0/1", "fas 0/1" },
		{ "FortyGigabitEthernet1/1", "Fo1/1", "FortyGigE1/1" },
		{ "HundredGigE1/0/1", "Hu1/0/1",
		    "HundredGigabitEthernet1/0/1" },
		{ "TwentyFiveGigE1/0/1", "Twe1/0/1",
		    "TwentyFiveGigabitEthernet1/0/1" },
		{ "FiveGigabitEthernet1/0/1", "Fi1/0/1" },
		{ "port-channel10", "Po10", "Port-channel 10", "po10" },
		{ "xe-0/0/1", "xe-0/0/1.0", "XE-0/0/1" },
		{ "et-0/0/3:2", "et-0/0/3:2.0" },
		{ "Ten-GigabitEthernet1/0/1", "XGE1/0/1",
		    "XGigabitEthernet1/0/1" },
		{ "Ethernet1", "Et1" },
	};

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		char first[PORT_KEY_SIZE];

		text_copy(first, sizeof(first), key_of(groups[i][0]));
		for (size_t k = 1; k < 7 && groups[i][k]; k++)
			ck_assert_str_eq(key_of(groups[i][k]), first);
	}
}
END_TEST

START_TEST(different_ports_have_different_keys)
{
	static const char *const pairs[][2] = {
		{ "Eth1/1", "Eth1/1/1" },
		{ "Gi1/0/1", "Te1/0/1" },
		{ "xe-0/0/1", "ge-0/0/1" },
		{ "et-0/0/3:1", "et-0/0/3:2" },
		{ "Fi1/0/1", "Fif1/0/1" },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		char first[PORT_KEY_SIZE];

		text_copy(first, sizeof(first), key_of(pairs[i][0]));
		ck_assert_str_ne(key_of(pairs[i][1]), first);
	}
}
END_TEST

START_TEST(short_and_long_forms_are_what_engineers_write)
{
	static const char *const rows[][3] = {
		{ "gi 1/0/14", "Gi1/0/14", "GigabitEthernet1/0/14" },
		{ "Ethernet1/1", "Eth1/1", "Ethernet1/1" },
		{ "Eth1/1", "Eth1/1", "Ethernet1/1" },
		{ "TenGigE0/0/0/1", "Te0/0/0/1", "TenGigE0/0/0/1" },
		{ "xe-0/0/1.0", "xe-0/0/1", "xe-0/0/1" },
		{ "swp1s0", "swp1s0", "swp1s0" },
		{ "1/1/14", "1/1/14", "1/1/14" },
		{ "eth0", "eth0", "eth0" },
		{ "10GE1/0/1", "10GE1/0/1", "10GE1/0/1" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct port_name p;

		ck_assert(port_name_read(rows[i][0], &p));
		ck_assert_str_eq(p.brief, rows[i][1]);
		ck_assert_str_eq(p.full, rows[i][2]);
	}
}
END_TEST

START_TEST(what_is_no_interface_name_is_refused)
{
	static const char *const texts[] = { "", "526", "to hv1 uplink",
		"00:11:22:33:44:55", "0011.2233.4455", "10.1.2.3", "Ethernet",
		"Port 12 of the lobby", "gi1/0/x", "gi1//2", "gi/1", "-1/2",
		"supermicro AOC-S25G", "uplink 1", "Gi1/0/1 (down)" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct port_name p;

		ck_assert_msg(!port_name_read(texts[i], &p), "%s", texts[i]);
	}
}
END_TEST

START_TEST(a_fabric_extender_and_a_stack_member_are_told)
{
	struct port_name p;

	ck_assert(port_name_read("Ethernet110/1/13", &p));
	ck_assert_int_eq(p.fex, 110);
	ck_assert_int_eq(p.member, 0);
	ck_assert(port_name_read("Gi2/0/14", &p));
	ck_assert_int_eq(p.member, 2);
	ck_assert(port_name_read("Eth1/1/1", &p));
	ck_assert_int_eq(p.fex, 0);
	ck_assert_int_eq(p.member, 0);
}
END_TEST

START_TEST(ports_stand_in_natural_order)
{
	ck_assert_int_lt(port_compare("Eth1/2", "Eth1/10"), 0);
	ck_assert_int_lt(port_compare("Eth1/1", "Eth1/1/1"), 0);
	ck_assert_int_gt(port_compare("swp10", "swp9"), 0);
	ck_assert_int_eq(port_compare("gi1/0/1", "Gi1/0/1"), 0);
	ck_assert_int_lt(
	    port_compare("Eth1/99999999999999999999", "Eth2/1"), 0);
}
END_TEST

START_TEST(a_name_as_long_as_a_frame_is_refused_or_fits)
{
	char text[4096];
	struct port_name p;

	memset(text, '1', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	text[0] = 'e';
	ck_assert(!port_name_read(text, &p));
	memset(text, 'a', sizeof(text) - 1);
	ck_assert(!port_name_read(text, &p));
}
END_TEST

SUITE("ports", every_spelling_of_a_port_has_one_key,
    different_ports_have_different_keys,
    short_and_long_forms_are_what_engineers_write,
    what_is_no_interface_name_is_refused,
    a_fabric_extender_and_a_stack_member_are_told, ports_stand_in_natural_order,
    a_name_as_long_as_a_frame_is_refused_or_fits)
