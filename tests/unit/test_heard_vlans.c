#include "agent/heard_vlans.h"

#include <check.h>
#include <string.h>

#include "tests/support/suite.h"

enum { HOUR_MS = 3600 * 1000, NIC = 3, UNIX = 1790000000 };

static const struct address nobody = { .family = ADDRESS_NONE };

static struct address
sender(uint8_t last)
{
	return (struct address){ .family = ADDRESS_IPV4,
		.octets = { 10, 1, 40, last } };
}

/* So many seconds after the beginning. */
static struct heard_when
at(int64_t s)
{
	return (struct heard_when){ .now = { s * 1000 }, .unix_s = UNIX + s };
}

static enum heard_news
hear(struct heard_vlans *set, uint32_t nic, uint16_t vlan, int64_t s)
{
	struct heard_vlans_nic *of = NULL;

	for (of = set->first; of && of->nic != nic; of = of->next)
		;
	if (!of)
		of = heard_vlans_begin(set, nic, at(s));
	return heard_vlans_take(set, of, vlan, &nobody, at(s));
}

START_TEST(a_vlan_is_told_once_and_counted)
{
	struct heard_vlans set;
	const struct heard_vlan *vlan;

	heard_vlans_init(&set, HOUR_MS);
	ck_assert_int_eq(hear(&set, NIC, 140, 1), HEARD_NEW);
	ck_assert_int_eq(hear(&set, NIC, 140, 5), HEARD_SAME);
	ck_assert_int_eq(hear(&set, NIC, 20, 6), HEARD_NEW);
	ck_assert_uint_eq(set.first->count, 2);
	ck_assert_uint_eq(set.first->items[0].id, 20);
	vlan = &set.first->items[1];
	ck_assert_uint_eq(vlan->id, 140);
	ck_assert_uint_eq(vlan->frames, 2);
	ck_assert_int_eq(vlan->first_at, UNIX + 1);
	ck_assert_int_eq(vlan->last_at, UNIX + 5);
	heard_vlans_done(&set);
}
END_TEST

START_TEST(it_is_forgotten_an_hour_after_its_last_frame)
{
	struct heard_vlans set;
	struct instant next;

	heard_vlans_init(&set, HOUR_MS);
	ck_assert(!heard_vlans_next(&set, &next));
	hear(&set, NIC, 140, 0);
	hear(&set, NIC, 20, 0);
	hear(&set, NIC, 20, 300);
	ck_assert(heard_vlans_next(&set, &next));
	ck_assert_int_eq(next.ms, HOUR_MS);
	ck_assert_uint_eq(heard_vlans_expire(&set, at(3599).now), 0);
	ck_assert_uint_eq(heard_vlans_expire(&set, at(3600).now), 1);
	ck_assert_uint_eq(set.first->count, 1);
	ck_assert_uint_eq(set.first->items[0].id, 20);
	ck_assert(heard_vlans_next(&set, &next));
	ck_assert_int_eq(next.ms, HOUR_MS + 300 * 1000);
	ck_assert_int_eq(hear(&set, NIC, 140, 3601), HEARD_NEW);
	heard_vlans_done(&set);
}
END_TEST

START_TEST(a_few_senders_are_kept_each_once)
{
	struct heard_vlans set;
	struct heard_vlans_nic *nic;
	struct address one;

	heard_vlans_init(&set, HOUR_MS);
	nic = heard_vlans_begin(&set, NIC, at(0));
	hear(&set, NIC, 140, 0);
	for (uint8_t i = 1; i <= 9; i++) {
		enum heard_news news =
		    i <= HEARD_ADDRESSES_MOST ? HEARD_ADDRESS : HEARD_SAME;

		one = sender(i);
		ck_assert_int_eq(
		    heard_vlans_take(&set, nic, 140, &one, at(i)), news);
		ck_assert_int_eq(
		    heard_vlans_take(&set, nic, 140, &one, at(i)), HEARD_SAME);
	}
	ck_assert_uint_eq(nic->items[0].address_count, HEARD_ADDRESSES_MOST);
	ck_assert_uint_eq(nic->items[0].addresses[0].octets[3], 1);
	ck_assert_uint_eq(set.addressed, 1);
	heard_vlans_done(&set);
}
END_TEST

START_TEST(a_window_needs_a_few_frames_of_a_vlan)
{
	struct heard_vlans set;
	struct heard_vlans_nic *nic;

	heard_vlans_init(&set, HOUR_MS);
	nic = heard_vlans_begin(&set, NIC, at(0));
	ck_assert(!heard_vlans_enough(nic, 140));
	for (int i = 0; i < HEARD_FRAMES_ENOUGH; i++) {
		ck_assert(!heard_vlans_enough(nic, 140));
		hear(&set, NIC, 140, 1);
	}
	ck_assert(heard_vlans_enough(nic, 140));
	ck_assert_ptr_eq(heard_vlans_begin(&set, NIC, at(300)), nic);
	ck_assert(!heard_vlans_enough(nic, 140));
	ck_assert_int_eq(nic->since, UNIX);
	ck_assert_uint_eq(nic->count, 1);
	heard_vlans_done(&set);
}
END_TEST

START_TEST(what_was_heard_by_another_cable_is_forgotten)
{
	struct heard_vlans set;

	heard_vlans_init(&set, HOUR_MS);
	hear(&set, NIC, 140, 0);
	hear(&set, NIC + 1, 140, 0);
	ck_assert_uint_eq(heard_vlans_forget(&set, NIC), 1);
	ck_assert_uint_eq(heard_vlans_forget(&set, NIC), 0);
	ck_assert_ptr_null(heard_vlans_find(&set, NIC));
	ck_assert_ptr_nonnull(heard_vlans_find(&set, NIC + 1));
	ck_assert_uint_eq(set.total, 1);
	heard_vlans_done(&set);
}
END_TEST

static void
spray(struct heard_vlans *set, uint32_t nic)
{
	for (uint16_t vlan = 4094; vlan >= 1; vlan--) {
		struct address one = sender((uint8_t)vlan);

		hear(set, nic, vlan, 1);
		(void)heard_vlans_take(
		    set, set->first, vlan, &one, at(1)); /* any NIC will do */
	}
}

START_TEST(senders_that_invent_vlans_take_no_others_share)
{
	struct heard_vlans set;

	heard_vlans_init(&set, HOUR_MS);
	for (uint32_t nic = 1; nic <= 63; nic++)
		spray(&set, nic);
	ck_assert_uint_le(set.total, HEARD_VLANS_MOST + 63 * HEARD_VLANS_SHARE);
	ck_assert_uint_le(set.addressed, HEARD_ADDRESSED_MOST);
	/* Less than its share. */
	for (uint16_t vlan = 101; vlan <= 200; vlan++)
		ck_assert_int_eq(hear(&set, 64, vlan, 1), HEARD_NEW);
	heard_vlans_done(&set);
}
END_TEST

START_TEST(beyond_the_limits_frames_are_counted)
{
	struct heard_vlans set;
	uint64_t lost = 0;
	size_t count;

	heard_vlans_init(&set, HOUR_MS);
	for (uint32_t nic = 1; nic <= 4; nic++)
		spray(&set, nic);
	for (const struct heard_vlans_nic *n = set.first; n; n = n->next)
		lost += n->lost;
	ck_assert_uint_gt(lost, 0);
	count = set.total;
	ck_assert_uint_eq(heard_vlans_expire(&set, at(3601).now), count);
	ck_assert_uint_eq(set.total, 0);
	ck_assert_uint_eq(set.addressed, 0);
	heard_vlans_done(&set);
}
END_TEST

SUITE("heard_vlans", a_vlan_is_told_once_and_counted,
    it_is_forgotten_an_hour_after_its_last_frame,
    a_few_senders_are_kept_each_once, a_window_needs_a_few_frames_of_a_vlan,
    what_was_heard_by_another_cable_is_forgotten,
    senders_that_invent_vlans_take_no_others_share,
    beyond_the_limits_frames_are_counted)
