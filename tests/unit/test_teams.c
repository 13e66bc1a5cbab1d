#include "agent/teams.h"

#include <check.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/if_team.h>
#include <string.h>

#include "tests/support/suite.h"

enum { SIZE = 2048, TEAM = 6, FAMILY = 30, NLA_STRING = 5, NLA_U32 = 3 };

static _Alignas(struct nlmsghdr) char octets[SIZE];
static struct teams teams;

static struct nlmsghdr *
begin(uint8_t command)
{
	struct nlmsghdr *m;
	struct genlmsghdr *head;

	memset(octets, 0, sizeof(octets));
	m = mnl_nlmsg_put_header(octets);
	m->nlmsg_type = FAMILY;
	head = mnl_nlmsg_put_extra_header(m, sizeof(*head));
	head->cmd = command;
	mnl_attr_put_u32(m, TEAM_ATTR_TEAM_IFINDEX, TEAM);
	return m;
}

static void
put_mode(struct nlmsghdr *m, const char *mode)
{
	struct nlattr *item = mnl_attr_nest_start(m, TEAM_ATTR_ITEM_OPTION);

	mnl_attr_put_strz(m, TEAM_ATTR_OPTION_NAME, "mode");
	mnl_attr_put_u8(m, TEAM_ATTR_OPTION_TYPE, NLA_STRING);
	mnl_attr_put_strz(m, TEAM_ATTR_OPTION_DATA, mode);
	mnl_attr_nest_end(m, item);
}

static void
put_active(struct nlmsghdr *m, uint32_t port)
{
	struct nlattr *item = mnl_attr_nest_start(m, TEAM_ATTR_ITEM_OPTION);

	mnl_attr_put_strz(m, TEAM_ATTR_OPTION_NAME, "activeport");
	mnl_attr_put_u8(m, TEAM_ATTR_OPTION_TYPE, NLA_U32);
	mnl_attr_put_u32(m, TEAM_ATTR_OPTION_DATA, port);
	mnl_attr_nest_end(m, item);
}

static void
put_enabled(struct nlmsghdr *m, uint32_t port, bool enabled)
{
	struct nlattr *item = mnl_attr_nest_start(m, TEAM_ATTR_ITEM_OPTION);

	mnl_attr_put_strz(m, TEAM_ATTR_OPTION_NAME, "enabled");
	mnl_attr_put_u32(m, TEAM_ATTR_OPTION_PORT_IFINDEX, port);
	if (enabled)
		mnl_attr_put(m, TEAM_ATTR_OPTION_DATA, 0, NULL);
	mnl_attr_nest_end(m, item);
}

static void
put_port(struct nlmsghdr *m, uint32_t port, bool link)
{
	struct nlattr *item = mnl_attr_nest_start(m, TEAM_ATTR_ITEM_PORT);

	mnl_attr_put_u32(m, TEAM_ATTR_PORT_IFINDEX, port);
	if (link)
		mnl_attr_put(m, TEAM_ATTR_PORT_LINKUP, 0, NULL);
	mnl_attr_nest_end(m, item);
}

/* Gives whether it was news. */
static bool
take(const struct nlmsghdr *m)
{
	bool changed = false;

	ck_assert_int_eq(teams_take(&teams, m, &changed), STATUS_OK);
	return changed;
}

static bool
take_ports(uint32_t up, uint32_t down)
{
	struct nlmsghdr *m = begin(TEAM_CMD_PORT_LIST_GET);
	struct nlattr *list = mnl_attr_nest_start(m, TEAM_ATTR_LIST_PORT);

	put_port(m, up, true);
	put_port(m, down, false);
	mnl_attr_nest_end(m, list);
	return take(m);
}

static enum member_state
state_of(uint32_t port)
{
	struct link leg = { .index = port, .carrier = true };

	return team_member_state(teams_find(&teams, TEAM), &leg);
}

START_TEST(the_active_port_of_a_team_is_its_active_leg)
{
	struct nlmsghdr *m = begin(TEAM_CMD_OPTIONS_GET);
	struct nlattr *list = mnl_attr_nest_start(m, TEAM_ATTR_LIST_OPTION);

	ck_assert_int_eq(state_of(7), MEMBER_UNKNOWN);
	put_mode(m, "activebackup");
	put_active(m, 8);
	put_enabled(m, 7, true);
	put_enabled(m, 8, true);
	put_enabled(m, 9, true);
	mnl_attr_nest_end(m, list);
	ck_assert(take(m));
	ck_assert(!take(m));
	ck_assert(take_ports(8, 9));
	ck_assert(!take_ports(8, 9));
	ck_assert_str_eq(teams_find(&teams, TEAM)->mode, "activebackup");
	ck_assert_int_eq(state_of(7), MEMBER_STANDBY);
	ck_assert_int_eq(state_of(8), MEMBER_ACTIVE);
	ck_assert_int_eq(state_of(9), MEMBER_DOWN);
	teams_done(&teams);
}
END_TEST

START_TEST(an_event_tells_only_what_has_changed)
{
	struct nlmsghdr *m = begin(TEAM_CMD_OPTIONS_GET);
	struct nlattr *list = mnl_attr_nest_start(m, TEAM_ATTR_LIST_OPTION);

	put_mode(m, "activebackup");
	put_active(m, 8);
	put_enabled(m, 7, true);
	mnl_attr_nest_end(m, list);
	ck_assert(take(m));
	m = begin(TEAM_CMD_OPTIONS_GET);
	list = mnl_attr_nest_start(m, TEAM_ATTR_LIST_OPTION);
	put_active(m, 7);
	mnl_attr_nest_end(m, list);
	ck_assert(take(m));
	ck_assert_int_eq(state_of(7), MEMBER_ACTIVE);
	ck_assert_str_eq(teams_find(&teams, TEAM)->mode, "activebackup");
	teams_forget(&teams, TEAM);
	ck_assert_ptr_null(teams_find(&teams, TEAM));
	teams_done(&teams);
}
END_TEST

START_TEST(a_runner_that_balances_enables_its_legs)
{
	struct nlmsghdr *m = begin(TEAM_CMD_OPTIONS_GET);
	struct nlattr *list = mnl_attr_nest_start(m, TEAM_ATTR_LIST_OPTION);

	put_mode(m, "loadbalance");
	put_enabled(m, 7, true);
	put_enabled(m, 8, false);
	mnl_attr_nest_end(m, list);
	ck_assert(take(m));
	ck_assert_int_eq(state_of(7), MEMBER_ACTIVE);
	ck_assert_int_eq(state_of(8), MEMBER_STANDBY);
	/* Of a port that nobody has told of. */
	ck_assert_int_eq(state_of(9), MEMBER_UNKNOWN);
	teams_done(&teams);
}
END_TEST

START_TEST(a_port_that_was_removed_is_forgotten)
{
	struct nlmsghdr *m;
	struct nlattr *list, *item;

	ck_assert(take_ports(7, 8));
	m = begin(TEAM_CMD_PORT_LIST_GET);
	list = mnl_attr_nest_start(m, TEAM_ATTR_LIST_PORT);
	item = mnl_attr_nest_start(m, TEAM_ATTR_ITEM_PORT);
	mnl_attr_put_u32(m, TEAM_ATTR_PORT_IFINDEX, 8);
	mnl_attr_put(m, TEAM_ATTR_PORT_REMOVED, 0, NULL);
	mnl_attr_nest_end(m, item);
	mnl_attr_nest_end(m, list);
	ck_assert(take(m));
	ck_assert_uint_eq(teams_find(&teams, TEAM)->port_count, 1);
	teams_done(&teams);
}
END_TEST

START_TEST(messages_without_sense_are_refused)
{
	struct nlmsghdr *m = begin(TEAM_CMD_NOOP);
	bool changed;

	m->nlmsg_len = sizeof(*m);
	ck_assert_int_eq(teams_take(&teams, m, &changed), STATUS_MALFORMED);
	m = begin(TEAM_CMD_NOOP);
	m->nlmsg_len = sizeof(*m) + sizeof(struct genlmsghdr);
	ck_assert_int_eq(teams_take(&teams, m, &changed), STATUS_MALFORMED);
	ck_assert_uint_eq(teams.count, 0);
}
END_TEST

START_TEST(legs_beyond_the_limit_stay_unknown)
{
	for (uint32_t port = 1; port < 2 * UPLINK_MEMBERS_MOST; port += 2)
		(void)take_ports(port, port + 1);
	ck_assert_uint_eq(
	    teams_find(&teams, TEAM)->port_count, UPLINK_MEMBERS_MOST);
	ck_assert_int_eq(state_of(2 * UPLINK_MEMBERS_MOST), MEMBER_UNKNOWN);
	teams_done(&teams);
}
END_TEST

SUITE("teams", the_active_port_of_a_team_is_its_active_leg,
    an_event_tells_only_what_has_changed,
    a_runner_that_balances_enables_its_legs,
    a_port_that_was_removed_is_forgotten, messages_without_sense_are_refused,
    legs_beyond_the_limit_stay_unknown)
