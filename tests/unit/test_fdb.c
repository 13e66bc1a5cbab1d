#include "agent/fdb.h"

#include <check.h>
#include <libmnl/libmnl.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "tests/support/suite.h"

enum { SIZE = 256, PORT = 7 };

static _Alignas(struct nlmsghdr) char octets[SIZE];
static struct fdb fdb;

static struct nlmsghdr *
message_of(uint16_t type, uint16_t state, uint8_t flags, uint8_t first)
{
	uint8_t mac[MAC_SIZE] = { first, 0x42, 0, 0, 0, 1 };
	struct nlmsghdr *m;
	struct ndmsg *head;

	memset(octets, 0, sizeof(octets));
	m = mnl_nlmsg_put_header(octets);
	m->nlmsg_type = type;
	head = mnl_nlmsg_put_extra_header(m, sizeof(*head));
	head->ndm_family = AF_BRIDGE;
	head->ndm_ifindex = PORT;
	head->ndm_state = state;
	head->ndm_flags = flags;
	mnl_attr_put(m, NDA_LLADDR, MAC_SIZE, mac);
	mnl_attr_put_u16(m, NDA_VLAN, 140);
	return m;
}

START_TEST(a_learned_mac_is_read)
{
	struct fdb_change c;

	ck_assert_int_eq(
	    fdb_read(message_of(RTM_NEWNEIGH, NUD_REACHABLE, 0, 2), &c),
	    STATUS_OK);
	ck_assert_uint_eq(c.port, PORT);
	ck_assert_uint_eq(c.vlan, 140);
	ck_assert(!c.gone && c.mac[0] == 2 && c.mac[5] == 1);
	ck_assert_int_eq(
	    fdb_read(message_of(RTM_DELNEIGH, NUD_STALE, NTF_MASTER, 2), &c),
	    STATUS_OK);
	ck_assert(c.gone);
}
END_TEST

START_TEST(what_was_not_learned_is_of_no_concern)
{
	struct fdb_change c;
	struct nlmsghdr *m;
	struct ndmsg *head;

	ck_assert_int_eq(
	    fdb_read(message_of(RTM_NEWNEIGH, NUD_PERMANENT, 0, 2), &c),
	    STATUS_UNKNOWN);
	ck_assert_int_eq(
	    fdb_read(message_of(RTM_NEWNEIGH, NUD_REACHABLE, NTF_SELF, 2), &c),
	    STATUS_UNKNOWN);
	ck_assert_int_eq(
	    fdb_read(message_of(RTM_NEWNEIGH, NUD_REACHABLE, 0, 1), &c),
	    STATUS_UNKNOWN);
	m = message_of(RTM_NEWNEIGH, NUD_REACHABLE, 0, 2);
	head = mnl_nlmsg_get_payload(m);
	head->ndm_family = AF_INET;
	ck_assert_int_eq(fdb_read(m, &c), STATUS_UNKNOWN);
	m = message_of(RTM_NEWNEIGH, NUD_REACHABLE, 0, 2);
	m->nlmsg_len = sizeof(*m) + 4;
	ck_assert_int_eq(fdb_read(m, &c), STATUS_MALFORMED);
}
END_TEST

static enum fdb_news
take(uint32_t port, uint8_t last, uint16_t vlan, bool gone)
{
	struct fdb_change c = { .port = port,
		.vlan = vlan,
		.gone = gone,
		.mac = { 2, 0x42, 0, 0, 0, last } };

	return fdb_take(&fdb, &c);
}

START_TEST(the_only_mac_of_a_port_is_told)
{
	ck_assert(fdb_want(&fdb, PORT));
	ck_assert(!fdb_want(&fdb, PORT));
	ck_assert(!fdb_find(&fdb, PORT)->has_mac);
	ck_assert_int_eq(take(PORT, 1, 10, false), FDB_CHANGED);
	ck_assert_int_eq(take(PORT, 1, 20, false), FDB_SAME);
	ck_assert(fdb_find(&fdb, PORT)->has_mac);
	ck_assert_uint_eq(fdb_find(&fdb, PORT)->mac[5], 1);
	/* A second one: a bridge or a router. */
	ck_assert_int_eq(take(PORT, 2, 10, false), FDB_CHANGED);
	ck_assert(!fdb_find(&fdb, PORT)->has_mac);
	ck_assert_int_eq(take(PORT, 1, 10, true), FDB_SAME);
	ck_assert_int_eq(take(PORT, 1, 20, true), FDB_CHANGED);
	ck_assert_uint_eq(fdb_find(&fdb, PORT)->mac[5], 2);
	fdb_done(&fdb);
}
END_TEST

START_TEST(who_was_silent_for_long_is_still_there)
{
	ck_assert(fdb_want(&fdb, PORT));
	ck_assert_int_eq(take(PORT, 1, 0, false), FDB_CHANGED);
	ck_assert_int_eq(take(PORT, 1, 0, true), FDB_SAME);
	ck_assert(fdb_find(&fdb, PORT)->has_mac);
	ck_assert_int_eq(take(PORT, 3, 0, false), FDB_CHANGED);
	ck_assert_uint_eq(fdb_find(&fdb, PORT)->mac[5], 3);
	fdb_done(&fdb);
}
END_TEST

START_TEST(a_flood_of_macs_costs_nothing)
{
	ck_assert(fdb_want(&fdb, PORT));
	for (uint8_t i = 0; i < FDB_ENTRIES_MOST; i++)
		(void)take(PORT, i, 0, false);
	ck_assert_int_eq(take(PORT, FDB_ENTRIES_MOST, 0, false), FDB_OVERFLOW);
	ck_assert_int_eq(take(PORT, 200, 0, false), FDB_SAME);
	ck_assert(!fdb_find(&fdb, PORT)->has_mac);
	fdb_recount(&fdb, PORT);
	ck_assert_uint_eq(fdb_next_unasked(&fdb), PORT);
	ck_assert_uint_eq(fdb_next_unasked(&fdb), 0);
	ck_assert_int_eq(take(PORT, 9, 0, false), FDB_CHANGED);
	ck_assert_uint_eq(fdb_find(&fdb, PORT)->mac[5], 9);
	fdb_done(&fdb);
}
END_TEST

START_TEST(only_wanted_ports_are_counted)
{
	ck_assert_int_eq(take(PORT, 1, 0, false), FDB_SAME);
	ck_assert_ptr_null(fdb_find(&fdb, PORT));
	for (uint32_t port = FDB_PORTS_MOST; port > 0; port--)
		ck_assert(fdb_want(&fdb, port));
	ck_assert(!fdb_want(&fdb, FDB_PORTS_MOST + 1));
	for (uint32_t port = 1; port < FDB_PORTS_MOST; port += 2)
		fdb_drop(&fdb, port);
	fdb_drop(&fdb, 1);
	ck_assert_uint_eq(fdb.count, FDB_PORTS_MOST / 2);
	ck_assert_ptr_null(fdb_find(&fdb, PORT));
	ck_assert_uint_eq(fdb_find(&fdb, 8)->index, 8);
	fdb_done(&fdb);
}
END_TEST

SUITE("fdb", a_learned_mac_is_read, what_was_not_learned_is_of_no_concern,
    the_only_mac_of_a_port_is_told, who_was_silent_for_long_is_still_there,
    a_flood_of_macs_costs_nothing, only_wanted_ports_are_counted)
