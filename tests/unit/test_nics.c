#include "agent/nics.h"

#include <check.h>
#include <linux/if_arp.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/suite.h"

static struct link
link_named(const char *name, const char *kind)
{
	struct link l = { .index = 3,
		.hardware = ARPHRD_ETHER,
		.up = true,
		.carrier = true };

	snprintf(l.name, sizeof(l.name), "%s", name);
	snprintf(l.kind, sizeof(l.kind), "%s", kind);
	l.physical = kind[0] == '\0';
	return l;
}

static enum nic_role
role(const struct options *options, const char *name, const char *kind)
{
	struct link l = link_named(name, kind);

	return nic_role_of(options, &l);
}

START_TEST(without_a_word_all_physical_nics_are_listened_on)
{
	struct options none = { 0 };
	struct link l = link_named("ib0", "");

	ck_assert_int_eq(role(&none, "eno1", ""), NIC_LISTEN);
	ck_assert_int_eq(role(&none, "bond0", "bond"), NIC_NONE);
	ck_assert_int_eq(role(&none, "veth1", "veth"), NIC_NONE);
	l.hardware = ARPHRD_INFINIBAND;
	ck_assert_int_eq(nic_role_of(&none, &l), NIC_NONE);
}
END_TEST

START_TEST(patterns_admit_and_exclude)
{
	char *named[] = { "ens*", "veth1" }, *ignored[] = { "ens9" };
	struct options options = { .nics = { named, 2 },
		.ignored_nics = { ignored, 1 } };

	ck_assert_int_eq(role(&options, "ens1f0", ""), NIC_LISTEN);
	ck_assert_int_eq(role(&options, "veth1", "veth"), NIC_LISTEN);
	ck_assert_int_eq(role(&options, "eno1", ""), NIC_SHOWN);
	ck_assert_int_eq(role(&options, "ens9", ""), NIC_SHOWN);
	ck_assert_int_eq(role(&options, "veth2", "veth"), NIC_NONE);
}
END_TEST

START_TEST(a_flap_between_two_messages_is_noticed)
{
	struct link before = link_named("eno1", ""), now = before;

	ck_assert_int_eq(nic_carrier_change(&before, &now), NIC_CARRIER_SAME);
	now.carrier_changes = 2;
	ck_assert_int_eq(
	    nic_carrier_change(&before, &now), NIC_CARRIER_FLAPPED);
	before.carrier_changes = UINT32_MAX;
	now.carrier_changes = 1;
	ck_assert_int_eq(
	    nic_carrier_change(&before, &now), NIC_CARRIER_FLAPPED);
	now.carrier = false;
	ck_assert_int_eq(nic_carrier_change(&before, &now), NIC_CARRIER_LOST);
	ck_assert_int_eq(nic_carrier_change(&now, &before), NIC_CARRIER_CAME);
}
END_TEST

START_TEST(a_counter_alone_is_nothing_to_tell)
{
	struct link before = link_named("eno1", ""), now = before;

	now.carrier_changes = 7;
	ck_assert(!nic_link_differs(&before, &now));
	now.mtu = 9000;
	ck_assert(nic_link_differs(&before, &now));
}
END_TEST

START_TEST(addresses_of_a_nic_are_our_own)
{
	struct nics nics = { 0 };
	struct link l = link_named("eno1", "");
	uint8_t mac[MAC_SIZE] = { 2, 0, 0, 0, 0, 1 };
	struct nic *nic;

	memcpy(l.permanent_mac, mac, MAC_SIZE);
	ck_assert_ptr_nonnull(nics_add(&nics, &l));
	ck_assert(!nics_own_mac(&nics, mac));
	nic = nics_find(&nics, 3);
	nic->link.has_permanent_mac = true;
	ck_assert(nics_own_mac(&nics, mac));
	nic->removed_at = 1;
	ck_assert(!nics_own_mac(&nics, mac));
	nics_done(&nics);
}
END_TEST

START_TEST(removed_nics_are_few_and_kept_for_a_day)
{
	struct nics nics = { 0 };

	for (int i = 0; i <= NICS_REMOVED_MOST; i++) {
		struct link l = link_named("eno1", "");
		struct nic *nic;

		l.index = (uint32_t)i + 1;
		nic = nics_add(&nics, &l);
		nic->removed_at = 1;
		nic->forget_at = (struct instant){ 1000 + i };
	}
	ck_assert_ptr_null(nics_find(&nics, 1));
	ck_assert_uint_eq(
	    nics_overdue(&nics, (struct instant){ 0 })->link.index, 1);
	nics_forget(&nics, nics_overdue(&nics, (struct instant){ 0 }));
	ck_assert_ptr_null(nics_overdue(&nics, (struct instant){ 1000 }));
	ck_assert_uint_eq(
	    nics_overdue(&nics, (struct instant){ 1001 })->link.index, 2);
	ck_assert_ptr_nonnull(nics_find_removed(&nics, "eno1"));
	ck_assert_ptr_null(nics_find_removed(&nics, "eno2"));
	nics_done(&nics);
}
END_TEST

SUITE("nics", without_a_word_all_physical_nics_are_listened_on,
    patterns_admit_and_exclude, a_flap_between_two_messages_is_noticed,
    a_counter_alone_is_nothing_to_tell, addresses_of_a_nic_are_our_own,
    removed_nics_are_few_and_kept_for_a_day)
