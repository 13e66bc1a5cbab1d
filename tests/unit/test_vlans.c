#include "report/vlans.h"

#include <check.h>
#include <string.h>

#include "tests/support/suite.h"

START_TEST(a_set_is_written_as_ranges)
{
	struct vlans set = { { 0 } };
	char text[VLANS_TEXT_SIZE];

	ck_assert_str_eq(vlans_format(&set, text), "");
	vlans_add(&set, 10, 10);
	vlans_add(&set, 20, 30);
	vlans_add(&set, 63, 65);
	ck_assert_str_eq(vlans_format(&set, text), "10,20-30,63-65");
	ck_assert_uint_eq(vlans_count(&set), 15);
	ck_assert(vlans_has(&set, 64) && !vlans_has(&set, 31));
}
END_TEST

START_TEST(numbers_that_are_no_vlan_are_left_out)
{
	struct vlans set = { { 0 } };
	char text[VLANS_TEXT_SIZE];

	vlans_add(&set, 0, 0);
	vlans_add(&set, 4095, UINT32_MAX);
	vlans_add(&set, 20, 10);
	ck_assert_uint_eq(vlans_count(&set), 0);
	vlans_add(&set, 0, UINT32_MAX);
	ck_assert_str_eq(vlans_format(&set, text), "1-4094");
	ck_assert(!vlans_has(&set, 0) && !vlans_has(&set, 4096));
}
END_TEST

START_TEST(a_text_is_read_up_to_where_it_makes_no_sense)
{
	static const char *const texts[][2] = {
		{ "10,20-30,63-65", "10,20-30,63-65" }, { "", "" },
		{ "0,4095,4094", "4094" }, { "30-20", "" }, { "5,x,7", "5" },
		{ "12345,7", "1234" }, { "7-", "" }, { "1-4094", "1-4094" }
	};
	char text[VLANS_TEXT_SIZE];

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct vlans set = { { 0 } };

		vlans_read(&set, texts[i][0]);
		ck_assert_str_eq(vlans_format(&set, text), texts[i][1]);
	}
}
END_TEST

START_TEST(the_longest_text_fits)
{
	struct vlans set = { { 0 } };
	char text[VLANS_TEXT_SIZE];

	for (uint32_t vlan = VLAN_LEAST; vlan <= VLAN_MOST; vlan += 2)
		vlans_add(&set, vlan, vlan);
	vlans_format(&set, text);
	ck_assert_str_eq(&text[strlen(text) - 5], ",4093");
}
END_TEST

START_TEST(port_groups_are_named_in_one_vocabulary)
{
	char name[VLAN_POLICY_NAME_SIZE];
	struct vlan_policy p = { .mode = VLAN_UNTAGGED };

	ck_assert_str_eq(vlan_policy_name(&p, name), "untagged");
	p = (struct vlan_policy){ .mode = VLAN_ACCESS, .vlan = 140 };
	ck_assert_str_eq(vlan_policy_name(&p, name), "tag 140");
	p = (struct vlan_policy){ .mode = VLAN_TRUNK, .all = true };
	ck_assert_str_eq(vlan_policy_name(&p, name), "trunk all");
	p = (struct vlan_policy){ .mode = VLAN_NATIVE, .vlan = 20 };
	vlans_add(&p.trunks, 20, 20);
	vlans_add(&p.trunks, 30, 30);
	ck_assert_str_eq(vlan_policy_name(&p, name), "native 20, trunk 20,30");
	p = (struct vlan_policy){ .mode = VLAN_TUNNEL, .vlan = 30 };
	ck_assert_str_eq(vlan_policy_name(&p, name), "tunnel 30");
	p = (struct vlan_policy){ .mode = VLAN_UNKNOWN };
	ck_assert_str_eq(vlan_policy_name(&p, name), "unknown VLAN");
	p = (struct vlan_policy){ .mode = VLAN_CLOSED };
	ck_assert_str_eq(vlan_policy_name(&p, name), "closed");
}
END_TEST

START_TEST(a_long_list_is_cut_and_still_tells_itself_from_others)
{
	struct vlan_policy a = { .mode = VLAN_NATIVE, .vlan = 4094 }, b;
	char one[VLAN_POLICY_NAME_SIZE], other[VLAN_POLICY_NAME_SIZE];

	for (uint32_t vlan = 2001; vlan < 4000; vlan += 2)
		vlans_add(&a.trunks, vlan, vlan);
	b = a;
	vlans_add(&b.trunks, 3998, 3998);
	vlan_policy_name(&a, one);
	vlan_policy_name(&b, other);
	ck_assert_str_ne(one, other);
	ck_assert_ptr_nonnull(strstr(one, ",... (1000 VLANs, "));
	ck_assert_int_eq(one[strlen(one) - 1], ')');
	ck_assert(!vlan_policy_same(&a, &b));
}
END_TEST

SUITE("vlans", a_set_is_written_as_ranges,
    numbers_that_are_no_vlan_are_left_out,
    a_text_is_read_up_to_where_it_makes_no_sense, the_longest_text_fits,
    port_groups_are_named_in_one_vocabulary,
    a_long_list_is_cut_and_still_tells_itself_from_others)
