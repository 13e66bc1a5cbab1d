#include "agent/vfs.h"

#include <check.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "tests/support/suite.h"

enum { SIZE = 65536 };

static _Alignas(struct nlmsghdr) char octets[SIZE];
static struct vfs vfs;

/* A message as the kernel makes it for a NIC with virtual functions. */
static struct nlmsghdr *
begin(void)
{
	struct nlmsghdr *message;
	struct ifinfomsg *head;

	memset(octets, 0, sizeof(octets));
	message = mnl_nlmsg_put_header(octets);
	message->nlmsg_type = RTM_NEWLINK;
	head = mnl_nlmsg_put_extra_header(message, sizeof(*head));
	head->ifi_index = 3;
	mnl_attr_put_strz(message, IFLA_IFNAME, "ens1f0");
	return message;
}

/* All that the kernel tells of one, in its order. */
static void
put_function(struct nlmsghdr *m, uint32_t number, uint32_t vlan, uint32_t trust)
{
	struct ifla_vf_mac mac = { .vf = number,
		.mac = { 0x52, 0x54, 0, 0, 0, (uint8_t)number } };
	struct ifla_vf_vlan tag = { .vf = number, .vlan = vlan };
	struct ifla_vf_tx_rate rate = { .vf = number };
	struct ifla_vf_spoofchk spoof = { .vf = number, .setting = 1 };
	struct ifla_vf_link_state state = { .vf = number,
		.link_state = number % 3 };
	struct ifla_vf_trust trusted = { .vf = number, .setting = trust };
	struct nlattr *info = mnl_attr_nest_start(m, IFLA_VF_INFO);

	mnl_attr_put(m, IFLA_VF_MAC, sizeof(mac), &mac);
	mnl_attr_put(m, IFLA_VF_VLAN, sizeof(tag), &tag);
	mnl_attr_put(m, IFLA_VF_TX_RATE, sizeof(rate), &rate);
	mnl_attr_put(m, IFLA_VF_SPOOFCHK, sizeof(spoof), &spoof);
	mnl_attr_put(m, IFLA_VF_LINK_STATE, sizeof(state), &state);
	mnl_attr_put(m, IFLA_VF_TRUST, sizeof(trusted), &trusted);
	mnl_attr_nest_end(m, info);
}

START_TEST(each_function_tells_its_mac_vlan_trust_and_link)
{
	struct nlmsghdr *m = begin();
	struct nlattr *list = mnl_attr_nest_start(m, IFLA_VFINFO_LIST);

	put_function(m, 0, 0, 0);
	put_function(m, 1, 42, 1);
	put_function(m, 2, 4094, UINT32_MAX);
	mnl_attr_nest_end(m, list);
	ck_assert_int_eq(vfs_read(m, &vfs), STATUS_OK);
	ck_assert_uint_eq(vfs.link, 3);
	ck_assert_uint_eq(vfs.count, 3);
	ck_assert(vfs.items[0].has_mac && vfs.items[0].vlan == 0);
	ck_assert(vfs.items[0].has_trust && !vfs.items[0].trust);
	ck_assert(vfs.items[0].has_spoof_check && vfs.items[0].spoof_check);
	ck_assert_int_eq(vfs.items[0].link, VF_LINK_AUTO);
	ck_assert_uint_eq(vfs.items[1].vlan, 42);
	ck_assert_uint_eq(vfs.items[1].mac[5], 1);
	ck_assert(vfs.items[1].has_trust && vfs.items[1].trust);
	ck_assert_int_eq(vfs.items[1].link, VF_LINK_UP);
	ck_assert_uint_eq(vfs.items[2].vlan, 4094);
	/* A driver that knows no trust sends all ones. */
	ck_assert(!vfs.items[2].has_trust);
	ck_assert_int_eq(vfs.items[2].link, VF_LINK_DOWN);
	ck_assert_ptr_eq(vfs_find(&vfs, 2), &vfs.items[2]);
	ck_assert_ptr_null(vfs_find(&vfs, 3));
}
END_TEST

START_TEST(a_mac_of_zeros_is_none)
{
	struct ifla_vf_mac mac = { .vf = 4 };
	struct nlmsghdr *m = begin();
	struct nlattr *list = mnl_attr_nest_start(m, IFLA_VFINFO_LIST);
	struct nlattr *info = mnl_attr_nest_start(m, IFLA_VF_INFO);

	mnl_attr_put(m, IFLA_VF_MAC, sizeof(mac), &mac);
	mnl_attr_nest_end(m, info);
	mnl_attr_nest_end(m, list);
	ck_assert_int_eq(vfs_read(m, &vfs), STATUS_OK);
	ck_assert_uint_eq(vfs.items[0].index, 4);
	ck_assert(!vfs.items[0].has_mac);
}
END_TEST

START_TEST(a_nic_without_functions_is_told)
{
	ck_assert_int_eq(vfs_read(begin(), &vfs), STATUS_UNKNOWN);
}
END_TEST

START_TEST(functions_beyond_the_limit_are_counted)
{
	struct nlmsghdr *m = begin();
	struct nlattr *list = mnl_attr_nest_start(m, IFLA_VFINFO_LIST);

	for (uint32_t i = 0; i < VFS_MOST + 3; i++)
		put_function(m, i, 0, 0);
	mnl_attr_nest_end(m, list);
	ck_assert_int_eq(vfs_read(m, &vfs), STATUS_OK);
	ck_assert_uint_eq(vfs.count, VFS_MOST);
	ck_assert_uint_eq(vfs.lost, 3);
}
END_TEST

START_TEST(what_makes_no_sense_is_left_out)
{
	struct ifla_vf_mac mac = { .vf = 1, .mac = { 2 } };
	struct ifla_vf_vlan tag = { .vf = 2, .vlan = 7 };
	struct nlmsghdr *m = begin();
	struct nlattr *list = mnl_attr_nest_start(m, IFLA_VFINFO_LIST);
	struct nlattr *info = mnl_attr_nest_start(m, IFLA_VF_INFO);

	/* Facts of two functions in one. */
	mnl_attr_put(m, IFLA_VF_MAC, sizeof(mac), &mac);
	mnl_attr_put(m, IFLA_VF_VLAN, sizeof(tag), &tag);
	mnl_attr_nest_end(m, info);
	put_function(m, 5, 4096, 0); /* a VLAN that there is not */
	put_function(m, 5, 10, 0);   /* the same again */
	put_function(m, 70000, 10, 0);
	info = mnl_attr_nest_start(m, IFLA_VF_INFO);
	mnl_attr_put_u32(m, IFLA_VF_MAC, 6); /* cut */
	mnl_attr_nest_end(m, info);
	mnl_attr_nest_end(m, list);
	ck_assert_int_eq(vfs_read(m, &vfs), STATUS_OK);
	ck_assert_uint_eq(vfs.count, 1);
	ck_assert_uint_eq(vfs.items[0].index, 5);
	ck_assert_uint_eq(vfs.items[0].vlan, 0);
	m->nlmsg_len = sizeof(*m) + 4;
	ck_assert_int_eq(vfs_read(m, &vfs), STATUS_MALFORMED);
}
END_TEST

SUITE("vfs", each_function_tells_its_mac_vlan_trust_and_link,
    a_mac_of_zeros_is_none, a_nic_without_functions_is_told,
    functions_beyond_the_limit_are_counted, what_makes_no_sense_is_left_out)
