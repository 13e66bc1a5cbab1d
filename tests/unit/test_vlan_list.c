#include "collector/vlans.h"

#include <check.h>
#include <string.h>

#include "tests/support/suite.h"

START_TEST(a_list_names_single_vlans_and_ranges)
{
	bool set[VLAN_IDS] = { false };

	ck_assert(vlans_read("10,20-22,4095", set));
	ck_assert(set[10] && set[20] && set[21] && set[22] && set[4095]);
	ck_assert(!set[11] && !set[23] && !set[0]);
	ck_assert(vlans_have("10,20-22", 21));
	ck_assert(!vlans_have("10,20-22", 23));
	ck_assert(!vlans_have("", 1));
}
END_TEST

START_TEST(what_is_no_list_is_refused)
{
	static const char *const wrong[] = { "", ",", "10,", "4096", "30-20",
		"10-", "-10", "10 20", "00010", "a", "10,,20", "1-2-3" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(!vlans_read(wrong[i], NULL), "%s", wrong[i]);
}
END_TEST

START_TEST(all_vlans_are_all_however_they_are_written)
{
	ck_assert(vlans_are_all("0-4095"));
	ck_assert(vlans_are_all("1-100,101-4094"));
	ck_assert(!vlans_are_all("2-4094"));
}
END_TEST

START_TEST(many_vlans_are_named_and_counted)
{
	bool set[VLAN_IDS] = { false };
	char text[VLANS_LIST_SIZE];

	vlans_list(set, text);
	ck_assert_str_eq(text, "");
	ck_assert(vlans_read("4000-4019", set));
	vlans_list(set, text);
	ck_assert_ptr_nonnull(strstr(text, "4000, 4001"));
	ck_assert_ptr_nonnull(strstr(text, "4015 and 4 more"));
}
END_TEST

START_TEST(a_set_is_gone_through_from_any_vlan_on)
{
	bool set[VLAN_IDS] = { false };

	ck_assert_int_eq(vlans_next(set, 0), VLAN_IDS);
	set[0] = set[20] = set[4095] = true;
	ck_assert_int_eq(vlans_next(set, 0), 0);
	ck_assert_int_eq(vlans_next(set, 1), 20);
	ck_assert_int_eq(vlans_next(set, 20), 20);
	ck_assert_int_eq(vlans_next(set, 21), 4095);
	ck_assert_int_eq(vlans_next(set, VLAN_IDS), VLAN_IDS);
}
END_TEST

START_TEST(a_set_is_written_as_it_is_read)
{
	static const char *const texts[] = { "", "1", "10,20,120-125", "1-4095",
		"1,3,5-6" };
	struct arena a = { 0 };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		bool set[VLAN_IDS] = { false };

		(void)vlans_read(texts[i], set);
		ck_assert_str_eq(vlans_ranges(&a, set), texts[i]);
	}
	arena_done(&a);
}
END_TEST

SUITE("vlan_list", a_list_names_single_vlans_and_ranges,
    what_is_no_list_is_refused, all_vlans_are_all_however_they_are_written,
    many_vlans_are_named_and_counted, a_set_is_gone_through_from_any_vlan_on,
    a_set_is_written_as_it_is_read)
