#include "agent/bridge_vlans.h"

#include <check.h>
#include <libmnl/libmnl.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"

static _Alignas(struct nlmsghdr) char octets[1024];
static struct nlattr *spec;

static struct nlmsghdr *
message_begin(int index)
{
	struct nlmsghdr *m;
	struct ifinfomsg *head;

	memset(octets, 0, sizeof(octets));
	m = mnl_nlmsg_put_header(octets);
	m->nlmsg_type = RTM_NEWLINK;
	head = mnl_nlmsg_put_extra_header(m, sizeof(*head));
	head->ifi_family = AF_BRIDGE;
	head->ifi_index = index;
	spec = mnl_attr_nest_start(m, IFLA_AF_SPEC);
	return m;
}

static void
put(struct nlmsghdr *m, uint16_t vid, uint16_t flags)
{
	struct bridge_vlan_info info = { .vid = vid, .flags = flags };

	mnl_attr_put(m, IFLA_BRIDGE_VLAN_INFO, sizeof(info), &info);
}

static enum status
end(struct nlmsghdr *m, struct port_vlans *out)
{
	mnl_attr_nest_end(m, spec);
	return port_vlans_read(m, out);
}

/* The name of the port group that such a port is in. */
static const char *
name_of(const struct port_vlans *port)
{
	static char name[VLAN_POLICY_NAME_SIZE];
	struct vlan_policy policy = port_vlans_policy(port);

	return vlan_policy_name(&policy, name);
}

START_TEST(a_pvid_alone_is_an_access_port)
{
	struct nlmsghdr *m = message_begin(5);
	struct port_vlans port;

	put(m, 140, BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED);
	ck_assert_int_eq(end(m, &port), STATUS_OK);
	ck_assert_uint_eq(port.index, 5);
	ck_assert_uint_eq(port.pvid, 140);
	ck_assert_str_eq(name_of(&port), "tag 140");
}
END_TEST

START_TEST(ranges_come_as_two_entries)
{
	struct nlmsghdr *m = message_begin(5);
	struct port_vlans port;

	put(m, 20, BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED);
	put(m, 100, BRIDGE_VLAN_INFO_RANGE_BEGIN);
	put(m, 200, BRIDGE_VLAN_INFO_RANGE_END);
	ck_assert_int_eq(end(m, &port), STATUS_OK);
	ck_assert_str_eq(name_of(&port), "native 20, trunk 20,100-200");
}
END_TEST

START_TEST(without_a_pvid_only_tags_pass)
{
	struct nlmsghdr *m = message_begin(5);
	struct port_vlans port;

	put(m, 2, BRIDGE_VLAN_INFO_RANGE_BEGIN);
	put(m, 4094, BRIDGE_VLAN_INFO_RANGE_END);
	ck_assert_int_eq(end(m, &port), STATUS_OK);
	ck_assert_str_eq(name_of(&port), "trunk 2-4094");
	m = message_begin(5);
	put(m, 1, BRIDGE_VLAN_INFO_RANGE_BEGIN);
	put(m, 4094, BRIDGE_VLAN_INFO_RANGE_END);
	ck_assert_int_eq(end(m, &port), STATUS_OK);
	ck_assert_str_eq(name_of(&port), "trunk all");
}
END_TEST

START_TEST(nonsense_is_refused)
{
	struct nlmsghdr *m = message_begin(5);
	struct port_vlans port;

	ck_assert_int_eq(end(m, &port), STATUS_UNKNOWN);
	m = message_begin(5);
	put(m, 100, BRIDGE_VLAN_INFO_RANGE_END);
	ck_assert_int_eq(end(m, &port), STATUS_MALFORMED);
	m = message_begin(5);
	put(m, 200, BRIDGE_VLAN_INFO_RANGE_BEGIN);
	put(m, 100, BRIDGE_VLAN_INFO_RANGE_END);
	ck_assert_int_eq(end(m, &port), STATUS_MALFORMED);
	m = message_begin(0);
	put(m, 100, 0);
	ck_assert_int_eq(end(m, &port), STATUS_MALFORMED);
	m = message_begin(5);
	mnl_attr_put_u8(m, IFLA_BRIDGE_VLAN_INFO, 1);
	ck_assert_int_eq(end(m, &port), STATUS_MALFORMED);
	m = message_begin(5);
	m->nlmsg_len = sizeof(*m) + 3;
	ck_assert_int_eq(port_vlans_read(m, &port), STATUS_MALFORMED);
}
END_TEST

/* libmnl reads to the end of the last word: the kernel sends whole ones. */
START_TEST(a_message_cut_anywhere_does_no_harm)
{
	struct nlmsghdr *m = message_begin(5);
	struct port_vlans port;
	uint32_t whole;

	put(m, 20, BRIDGE_VLAN_INFO_PVID);
	put(m, 30, 0);
	ck_assert_int_eq(end(m, &port), STATUS_OK);
	whole = m->nlmsg_len;
	for (uint32_t size = sizeof(*m); size < whole; size++) {
		struct nlmsghdr *cut = calloc(1, NLMSG_ALIGN((size_t)size));

		memcpy(cut, m, size);
		cut->nlmsg_len = size;
		(void)!port_vlans_read(cut, &port);
		free(cut);
	}
}
END_TEST

START_TEST(ports_are_found_by_index)
{
	struct bridge_vlans all = { 0 };
	struct port_vlans port = { .pvid = 1 };

	for (uint32_t i = 100; i > 0; i--) {
		port.index = i;
		ck_assert_int_eq(bridge_vlans_add(&all, &port), STATUS_OK);
	}
	bridge_vlans_sort(&all);
	ck_assert_uint_eq(bridge_vlans_find(&all, 42)->index, 42);
	ck_assert_ptr_null(bridge_vlans_find(&all, 101));
	bridge_vlans_clear(&all);
	ck_assert_ptr_null(bridge_vlans_find(&all, 42));
	bridge_vlans_done(&all);
}
END_TEST

SUITE("bridge_vlans", a_pvid_alone_is_an_access_port,
    ranges_come_as_two_entries, without_a_pvid_only_tags_pass,
    nonsense_is_refused, a_message_cut_anywhere_does_no_harm,
    ports_are_found_by_index)
