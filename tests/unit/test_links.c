#include "agent/links.h"

#include <check.h>
#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "tests/support/suite.h"

enum { SIZE = 4096 };

static _Alignas(struct nlmsghdr) char octets[SIZE];

static const uint8_t mac[MAC_SIZE] = { 0xb8, 0xce, 0xf6, 0, 0, 1 };
static const uint8_t burnt_in[MAC_SIZE] = { 0xb8, 0xce, 0xf6, 0, 0, 2 };

/* A message as the kernel makes it for a NIC that is up. */
static struct nlmsghdr *
message_of(uint32_t index, const char *name)
{
	struct nlmsghdr *message;
	struct ifinfomsg *head;

	memset(octets, 0, sizeof(octets));
	message = mnl_nlmsg_put_header(octets);
	message->nlmsg_type = RTM_NEWLINK;
	head = mnl_nlmsg_put_extra_header(message, sizeof(*head));
	head->ifi_index = (int)index;
	head->ifi_type = ARPHRD_ETHER;
	head->ifi_flags = IFF_UP | IFF_RUNNING | IFF_LOWER_UP;
	mnl_attr_put_strz(message, IFLA_IFNAME, name);
	mnl_attr_put_u32(message, IFLA_MTU, 9000);
	mnl_attr_put(message, IFLA_ADDRESS, MAC_SIZE, mac);
	return message;
}

static struct ifinfomsg *
head_of(struct nlmsghdr *message)
{
	return mnl_nlmsg_get_payload(message);
}

START_TEST(a_physical_nic_is_read_whole)
{
	struct nlmsghdr *m = message_of(3, "ens1f0");
	struct nlattr *list;
	struct link l;

	mnl_attr_put_strz(m, IFLA_PARENT_DEV_NAME, "0000:3b:00.0");
	mnl_attr_put(m, IFLA_PERM_ADDRESS, MAC_SIZE, burnt_in);
	mnl_attr_put_u32(m, IFLA_MASTER, 7);
	mnl_attr_put_u32(m, IFLA_CARRIER_CHANGES, 5);
	list = mnl_attr_nest_start(m, IFLA_PROP_LIST);
	mnl_attr_put_strz(m, IFLA_ALT_IFNAME, "enp59s0f0");
	mnl_attr_put_strz(m, IFLA_ALT_IFNAME, "uplink-a");
	mnl_attr_nest_end(m, list);
	ck_assert_int_eq(link_read(m, &l), STATUS_OK);
	ck_assert_uint_eq(l.index, 3);
	ck_assert_str_eq(l.name, "ens1f0");
	ck_assert(l.up && l.carrier && l.physical && link_is_nic(&l));
	ck_assert_uint_eq(l.mtu, 9000);
	ck_assert_uint_eq(l.master, 7);
	ck_assert_uint_eq(l.carrier_changes, 5);
	ck_assert(l.has_mac && memcmp(l.mac, mac, MAC_SIZE) == 0);
	ck_assert(l.has_permanent_mac);
	ck_assert_mem_eq(l.permanent_mac, burnt_in, MAC_SIZE);
	ck_assert_str_eq(l.bus, "0000:3b:00.0");
	ck_assert_uint_eq(l.alternative_count, 2);
	ck_assert_str_eq(l.alternatives, "enp59s0f0");
}
END_TEST

START_TEST(a_leg_of_a_bond_tells_its_own_address)
{
	struct nlmsghdr *m = message_of(3, "ens1f0");
	struct nlattr *info, *data;
	struct link l;

	info = mnl_attr_nest_start(m, IFLA_LINKINFO);
	mnl_attr_put_strz(m, IFLA_INFO_SLAVE_KIND, "bond");
	data = mnl_attr_nest_start(m, IFLA_INFO_SLAVE_DATA);
	mnl_attr_put_u8(m, IFLA_BOND_SLAVE_STATE, 1);
	mnl_attr_put(m, IFLA_BOND_SLAVE_PERM_HWADDR, MAC_SIZE, burnt_in);
	mnl_attr_put_u8(m, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE, 63);
	mnl_attr_put_u16(m, IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE, 59);
	mnl_attr_nest_end(m, data);
	mnl_attr_nest_end(m, info);
	ck_assert_int_eq(link_read(m, &l), STATUS_OK);
	ck_assert_str_eq(l.kind, "");
	ck_assert_str_eq(l.member_kind, "bond");
	ck_assert_int_eq(l.bond_leg, BOND_LEG_BACKUP);
	ck_assert_mem_eq(l.permanent_mac, burnt_in, MAC_SIZE);
	ck_assert(l.has_lacp);
	ck_assert_uint_eq(l.lacp_actor, 63);
	ck_assert_uint_eq(l.lacp_partner, 59);
	ck_assert(link_lacp_is_settled(&l));
	l.lacp_partner = 0;
	ck_assert(!link_lacp_is_settled(&l));
	l.has_lacp = false;
	ck_assert(link_lacp_is_settled(&l));
}
END_TEST

START_TEST(a_macvtap_tells_its_mode_and_a_port_its_name)
{
	struct nlmsghdr *m = message_of(9, "macvtap0");
	struct nlattr *info, *data;
	struct link l;

	mnl_attr_put_u32(m, IFLA_LINK, 3);
	mnl_attr_put_strz(m, IFLA_PHYS_PORT_NAME, "p0");
	info = mnl_attr_nest_start(m, IFLA_LINKINFO);
	mnl_attr_put_strz(m, IFLA_INFO_KIND, "macvtap");
	data = mnl_attr_nest_start(m, IFLA_INFO_DATA);
	mnl_attr_put_u32(m, IFLA_MACVLAN_MODE, MACVLAN_MODE_PASSTHRU);
	mnl_attr_nest_end(m, data);
	mnl_attr_nest_end(m, info);
	ck_assert_int_eq(link_read(m, &l), STATUS_OK);
	ck_assert(link_is_macvlan(&l));
	ck_assert_uint_eq(l.lower, 3);
	ck_assert_str_eq(link_macvlan_mode_name(&l), "passthrough");
	ck_assert_str_eq(l.port_name, "p0");
}
END_TEST

/* A bond of LACP and one of its legs. */
static void
read_aggregate(uint8_t mii, uint16_t aggregator, struct link *out_bond,
    struct link *out_leg)
{
	struct nlmsghdr *m = message_of(7, "bond0");
	struct nlattr *info = mnl_attr_nest_start(m, IFLA_LINKINFO), *data;
	struct nlattr *lacp;

	mnl_attr_put_strz(m, IFLA_INFO_KIND, "bond");
	data = mnl_attr_nest_start(m, IFLA_INFO_DATA);
	mnl_attr_put_u8(m, IFLA_BOND_MODE, 4);
	lacp = mnl_attr_nest_start(m, IFLA_BOND_AD_INFO);
	mnl_attr_put_u16(m, IFLA_BOND_AD_INFO_AGGREGATOR, 1);
	mnl_attr_put(m, IFLA_BOND_AD_INFO_PARTNER_MAC, MAC_SIZE, mac);
	mnl_attr_nest_end(m, lacp);
	mnl_attr_nest_end(m, data);
	mnl_attr_nest_end(m, info);
	ck_assert_int_eq(link_read(m, out_bond), STATUS_OK);

	m = message_of(3, "ens1f0");
	info = mnl_attr_nest_start(m, IFLA_LINKINFO);
	mnl_attr_put_strz(m, IFLA_INFO_SLAVE_KIND, "bond");
	data = mnl_attr_nest_start(m, IFLA_INFO_SLAVE_DATA);
	mnl_attr_put_u8(m, IFLA_BOND_SLAVE_STATE, 0);
	mnl_attr_put_u8(m, IFLA_BOND_SLAVE_MII_STATUS, mii);
	mnl_attr_put_u16(m, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID, aggregator);
	mnl_attr_nest_end(m, data);
	mnl_attr_nest_end(m, info);
	ck_assert_int_eq(link_read(m, out_leg), STATUS_OK);
}

START_TEST(a_leg_is_active_in_the_aggregate_that_is_used)
{
	struct link bond, leg;

	read_aggregate(0, 1, &bond, &leg);
	ck_assert_int_eq(link_lacp_state(&bond), LACP_NEGOTIATED);
	ck_assert_mem_eq(bond.partner_mac, mac, MAC_SIZE);
	ck_assert_int_eq(link_member_state(&bond, &leg), MEMBER_ACTIVE);
	read_aggregate(0, 2, &bond, &leg);
	ck_assert_int_eq(link_member_state(&bond, &leg), MEMBER_STANDBY);
	read_aggregate(2, 1, &bond, &leg);
	ck_assert_int_eq(link_member_state(&bond, &leg), MEMBER_DOWN);
	bond.has_partner_mac = false;
	ck_assert_int_eq(link_lacp_state(&bond), LACP_CONFIGURED);
	bond.bond_mode = 1;
	ck_assert_int_eq(link_lacp_state(&bond), LACP_OFF);
}
END_TEST

START_TEST(a_veth_tells_where_its_peer_is)
{
	struct nlmsghdr *m = message_of(9, "veth1");
	struct link l;

	ck_assert_int_eq(link_read(m, &l), STATUS_OK);
	ck_assert_int_eq(l.lower_namespace, -1);
	mnl_attr_put_u32(m, IFLA_LINK, 2);
	mnl_attr_put_u32(m, IFLA_LINK_NETNSID, 3);
	ck_assert_int_eq(link_read(m, &l), STATUS_OK);
	ck_assert(l.lower_elsewhere);
	ck_assert_int_eq(l.lower_namespace, 3);
}
END_TEST

START_TEST(bonds_and_vlans_tell_what_they_stand_on)
{
	struct nlmsghdr *m = message_of(7, "bond0");
	struct nlattr *info = mnl_attr_nest_start(m, IFLA_LINKINFO), *data;
	struct link l;

	mnl_attr_put_strz(m, IFLA_INFO_KIND, "bond");
	data = mnl_attr_nest_start(m, IFLA_INFO_DATA);
	mnl_attr_put_u8(m, IFLA_BOND_MODE, 4);
	mnl_attr_put_u32(m, IFLA_BOND_ACTIVE_SLAVE, 3);
	mnl_attr_nest_end(m, data);
	mnl_attr_nest_end(m, info);
	ck_assert_int_eq(link_read(m, &l), STATUS_OK);
	ck_assert_str_eq(link_bond_mode_name(&l), "802.3ad");
	ck_assert_uint_eq(l.bond_active, 3);
	ck_assert(!link_is_nic(&l));

	m = message_of(9, "bond0.140");
	mnl_attr_put_u32(m, IFLA_LINK, 7);
	info = mnl_attr_nest_start(m, IFLA_LINKINFO);
	mnl_attr_put_strz(m, IFLA_INFO_KIND, "vlan");
	data = mnl_attr_nest_start(m, IFLA_INFO_DATA);
	mnl_attr_put_u16(m, IFLA_VLAN_ID, 140);
	mnl_attr_nest_end(m, data);
	mnl_attr_nest_end(m, info);
	ck_assert_int_eq(link_read(m, &l), STATUS_OK);
	ck_assert_uint_eq(l.vlan, 140);
	ck_assert_uint_eq(l.lower, 7);
}
END_TEST

START_TEST(a_bridge_forwards_what_its_mask_says)
{
	struct nlmsghdr *m = message_of(8, "br0");
	struct nlattr *info = mnl_attr_nest_start(m, IFLA_LINKINFO), *data;
	struct link l;

	mnl_attr_put_strz(m, IFLA_INFO_KIND, "bridge");
	data = mnl_attr_nest_start(m, IFLA_INFO_DATA);
	mnl_attr_put_u16(m, IFLA_BR_GROUP_FWD_MASK, 0x4000);
	mnl_attr_put_u8(m, IFLA_BR_VLAN_FILTERING, 1);
	mnl_attr_nest_end(m, data);
	mnl_attr_nest_end(m, info);
	ck_assert_int_eq(link_read(m, &l), STATUS_OK);
	ck_assert_uint_eq(l.group_forward_mask, 0x4000);
	ck_assert(l.vlan_filtering);
}
END_TEST

START_TEST(a_nic_that_is_down_has_no_carrier)
{
	struct nlmsghdr *m = message_of(3, "ens1f0");
	struct link l;

	head_of(m)->ifi_flags = IFF_LOWER_UP;
	ck_assert_int_eq(link_read(m, &l), STATUS_OK);
	ck_assert(!l.up && !l.carrier);
}
END_TEST

/* Its RTM_DELLINK would remove a NIC that is still there. */
START_TEST(what_a_bridge_says_of_its_port_is_no_link)
{
	struct nlmsghdr *m = message_of(3, "ens1f0");
	struct link l;

	m->nlmsg_type = RTM_DELLINK;
	head_of(m)->ifi_family = AF_BRIDGE;
	ck_assert_int_eq(link_read(m, &l), STATUS_UNKNOWN);
}
END_TEST

START_TEST(messages_without_sense_are_refused)
{
	struct nlmsghdr *m = message_of(3, "ens1f0");
	struct link l;

	m->nlmsg_len = sizeof(*m) + 4;
	ck_assert_int_eq(link_read(m, &l), STATUS_MALFORMED);
	m = message_of(0, "ens1f0");
	ck_assert_int_eq(link_read(m, &l), STATUS_MALFORMED);
	m = message_of(3, "");
	ck_assert_int_eq(link_read(m, &l), STATUS_MALFORMED);
	m = message_of(3, "ens1f0");
	m->nlmsg_type = RTM_NEWROUTE;
	ck_assert_int_eq(link_read(m, &l), STATUS_UNKNOWN);
}
END_TEST

START_TEST(alternative_names_that_do_not_fit_are_counted)
{
	struct nlmsghdr *m = message_of(3, "ens1f0");
	struct nlattr *list = mnl_attr_nest_start(m, IFLA_PROP_LIST);
	char name[60];
	struct link l;

	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	mnl_attr_put_strz(m, IFLA_ALT_IFNAME, name);
	mnl_attr_put_strz(m, IFLA_ALT_IFNAME, name);
	mnl_attr_put_strz(m, IFLA_ALT_IFNAME, "short");
	mnl_attr_nest_end(m, list);
	ck_assert_int_eq(link_read(m, &l), STATUS_OK);
	ck_assert_uint_eq(l.alternative_count, 2);
	ck_assert_uint_eq(l.alternatives_lost, 1);
}
END_TEST

static void
take(struct links *links, uint32_t index, const char *name)
{
	struct link l;

	ck_assert_int_eq(link_read(message_of(index, name), &l), STATUS_OK);
	ck_assert_int_eq(links_take(links, &l), STATUS_OK);
}

START_TEST(links_are_found_by_index_and_by_name)
{
	struct links links;

	links_init(&links);
	for (uint32_t i = 200; i > 0; i--) {
		char name[LINK_NAME_SIZE] = "e";

		name[1] = (char)('a' + i / 26);
		name[2] = (char)('a' + i % 26);
		take(&links, i * 7 % 211, name);
	}
	take(&links, 3, "ens9");
	ck_assert_str_eq(links_find(&links, 3)->name, "ens9");
	ck_assert_uint_eq(links_find_name(&links, "ens9")->index, 3);
	links_remove(&links, 3);
	links_remove(&links, 3);
	ck_assert_ptr_null(links_find(&links, 3));
	for (size_t i = 1; i < links.count; i++)
		ck_assert_uint_lt(
		    links.items[i - 1].index, links.items[i].index);
	links_done(&links);
}
END_TEST

START_TEST(a_dump_shows_what_has_gone_unnoticed)
{
	struct links links;

	links_init(&links);
	take(&links, 1, "lo");
	take(&links, 2, "eno1");
	take(&links, 3, "eno2");
	links_begin_dump(&links);
	take(&links, 1, "lo");
	take(&links, 3, "eno2");
	ck_assert_uint_eq(links_next_unseen(&links), 2);
	links_remove(&links, 2);
	ck_assert_uint_eq(links_next_unseen(&links), 0);
	links_done(&links);
}
END_TEST

START_TEST(a_host_of_containers_has_a_limit)
{
	struct links links;
	struct link l;

	links_init(&links);
	ck_assert_int_eq(link_read(message_of(1, "e"), &l), STATUS_OK);
	for (uint32_t i = 1; i <= LINKS_MOST; i++) {
		l.index = i;
		ck_assert_int_eq(links_take(&links, &l), STATUS_OK);
	}
	l.index = LINKS_MOST + 1;
	ck_assert_int_eq(links_take(&links, &l), STATUS_TOO_LARGE);
	ck_assert_uint_eq(links.lost, 1);
	l.index = 5;
	ck_assert_int_eq(links_take(&links, &l), STATUS_OK);
	links_done(&links);
}
END_TEST

SUITE("links", a_physical_nic_is_read_whole,
    a_leg_of_a_bond_tells_its_own_address,
    a_macvtap_tells_its_mode_and_a_port_its_name,
    a_leg_is_active_in_the_aggregate_that_is_used,
    a_veth_tells_where_its_peer_is, bonds_and_vlans_tell_what_they_stand_on,
    a_bridge_forwards_what_its_mask_says, a_nic_that_is_down_has_no_carrier,
    what_a_bridge_says_of_its_port_is_no_link,
    messages_without_sense_are_refused,
    alternative_names_that_do_not_fit_are_counted,
    links_are_found_by_index_and_by_name, a_dump_shows_what_has_gone_unnoticed,
    a_host_of_containers_has_a_limit)
