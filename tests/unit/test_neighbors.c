#include "agent/neighbors.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/suite.h"

enum { NIC = 3, OTHER_NIC = 4, START_S = 1790000000 };

static struct neighbors all;
static struct instant now;

static void
begin(void)
{
	neighbors_init(&all);
	now = (struct instant){ 1000 };
}

static int64_t
unix_now(void)
{
	return START_S + now.ms / 1000;
}

static struct identifier
id_of(struct neighbor *n, enum id_type type, const char *text)
{
	struct cursor c = cursor_over(text, strlen(text));

	return (struct identifier){ type, neighbor_add_text(n, &c) };
}

/* What a frame of the port 'port' of 'device' says. */
static void
say(struct neighbor *n, const char *device, const char *port, uint16_t ttl_s)
{
	neighbor_clear(n);
	n->protocol = PROTOCOL_LLDP;
	n->scope = SCOPE_NEAREST_BRIDGE;
	n->has = HAS_TTL;
	n->ttl_s = ttl_s;
	n->source_mac[5] = 1;
	n->chassis_id = id_of(n, ID_LOCAL, device);
	n->port_id = id_of(n, ID_INTERFACE_NAME, port);
}

static struct hearing
hearing_of(const char *frame)
{
	return (struct hearing){ .nic = NIC,
		.frame = cursor_over(frame, strlen(frame)),
		.now = now,
		.unix_s = unix_now() };
}

static enum neighbors_change
hear(const char *frame, const char *device, const char *port, uint16_t ttl_s)
{
	struct hearing hearing = hearing_of(frame);
	struct neighbor said;

	say(&said, device, port, ttl_s);
	if (neighbors_refresh(&all, &hearing))
		return NEIGHBORS_SAME;
	return neighbors_take(&all, &hearing, &said);
}

static struct heard *
first(void)
{
	const struct neighbors_nic *nic = neighbors_find_nic(&all, NIC);

	return nic ? nic->first : NULL;
}

static unsigned
count(void)
{
	unsigned n = 0;

	for (struct heard *h = first(); h; h = h->next)
		n++;
	return n;
}

static void
pass_s(int64_t seconds)
{
	now = instant_after(now, seconds * 1000);
}

START_TEST(the_same_frame_again_only_refreshes)
{
	begin();
	ck_assert_int_eq(hear("a", "sw1", "p1", 120), NEIGHBORS_NEW);
	pass_s(30);
	ck_assert_int_eq(hear("a", "sw1", "p1", 120), NEIGHBORS_SAME);
	ck_assert_uint_eq(count(), 1);
	ck_assert_int_eq(first()->first_at, START_S + 1);
	ck_assert_int_eq(first()->last_at, START_S + 31);
	ck_assert_int_eq(first()->expires_at, START_S + 31 + 120);
	ck_assert_uint_eq(first()->frames, 2);
	neighbors_done(&all);
}
END_TEST

START_TEST(a_changed_frame_of_one_port_updates_it)
{
	begin();
	hear("a", "sw1", "p1", 120);
	pass_s(30);
	ck_assert_int_eq(hear("another", "sw1", "p1", 60), NEIGHBORS_UPDATED);
	ck_assert_uint_eq(count(), 1);
	ck_assert_uint_eq(first()->size, strlen("another"));
	ck_assert_mem_eq(first()->frame, "another", strlen("another"));
	ck_assert_int_eq(first()->first_at, START_S + 1);
	ck_assert_int_eq(first()->expires_at, START_S + 31 + 60);
	neighbors_done(&all);
}
END_TEST

START_TEST(a_neighbor_expires_with_its_ttl_and_not_before)
{
	struct instant at;

	begin();
	hear("a", "sw1", "p1", 120);
	ck_assert(neighbors_next(&all, &at));
	ck_assert_int_eq(at.ms, now.ms + 120000);
	pass_s(119);
	ck_assert_uint_eq(neighbors_expire(&all, now, unix_now()), 0);
	pass_s(1);
	ck_assert_uint_eq(neighbors_expire(&all, now, unix_now()), 1);
	ck_assert_int_eq(first()->ended, END_EXPIRED);
	ck_assert_int_eq(first()->ended_at, START_S + 121);
	neighbors_done(&all);
}
END_TEST

START_TEST(one_that_expired_comes_back_as_new)
{
	begin();
	hear("a", "sw1", "p1", 120);
	pass_s(500);
	neighbors_expire(&all, now, unix_now());
	ck_assert_int_eq(hear("a", "sw1", "p1", 120), NEIGHBORS_NEW);
	ck_assert_uint_eq(count(), 1);
	ck_assert_int_eq(first()->ended, END_NONE);
	ck_assert_int_eq(first()->first_at, START_S + 501);
	neighbors_done(&all);
}
END_TEST

START_TEST(a_ttl_of_zero_is_a_goodbye)
{
	begin();
	hear("a", "sw1", "p1", 120);
	ck_assert_int_eq(hear("bye", "sw1", "p1", 0), NEIGHBORS_ENDED);
	ck_assert_int_eq(first()->ended, END_GOODBYE);
	/* The last frame that said something stays the evidence. */
	ck_assert_mem_eq(first()->frame, "a", 1);
	ck_assert_int_eq(hear("bye", "sw1", "p1", 0), NEIGHBORS_SAME);
	neighbors_done(&all);
}
END_TEST

START_TEST(a_goodbye_of_a_stranger_is_nothing)
{
	begin();
	ck_assert_int_eq(hear("bye", "sw1", "p1", 0), NEIGHBORS_SAME);
	ck_assert_uint_eq(count(), 0);
	hear("a", "sw1", "p1", 120);
	ck_assert_int_eq(hear("bye2", "sw1", "p2", 0), NEIGHBORS_SAME);
	ck_assert_int_eq(first()->ended, END_NONE);
	neighbors_done(&all);
}
END_TEST

START_TEST(a_sender_that_takes_another_name_is_replaced)
{
	begin();
	hear("a", "sw1", "p1", 120);
	ck_assert_int_eq(hear("b", "sw2", "p9", 120), NEIGHBORS_NEW);
	ck_assert_uint_eq(count(), 2);
	ck_assert_int_eq(first()->ended, END_REPLACED);
	ck_assert_int_eq(first()->next->ended, END_NONE);
	neighbors_done(&all);
}
END_TEST

static enum neighbors_change
hear_from(uint8_t sender, enum protocol protocol, const char *device)
{
	struct hearing hearing = hearing_of(device);
	struct neighbor said;

	say(&said, device, "p1", 120);
	said.source_mac[5] = sender;
	said.protocol = protocol;
	if (neighbors_refresh(&all, &hearing))
		return NEIGHBORS_SAME;
	return neighbors_take(&all, &hearing, &said);
}

START_TEST(another_lldp_sender_means_that_the_cable_was_moved)
{
	begin();
	hear_from(1, PROTOCOL_LLDP, "sw1");
	ck_assert_int_eq(hear_from(2, PROTOCOL_LLDP, "sw2"), NEIGHBORS_NEW);
	ck_assert_int_eq(first()->ended, END_REPLACED);
	ck_assert_int_eq(first()->next->ended, END_NONE);
	neighbors_done(&all);
}
END_TEST

START_TEST(senders_that_take_turns_are_all_kept)
{
	begin();
	hear_from(1, PROTOCOL_LLDP, "sw1");
	hear_from(2, PROTOCOL_LLDP, "sw2");
	pass_s(30);
	ck_assert_int_eq(hear_from(1, PROTOCOL_LLDP, "sw1"), NEIGHBORS_NEW);
	for (int i = 0; i < 10; i++) {
		ck_assert_int_eq(
		    hear_from(2, PROTOCOL_LLDP, "sw2"), NEIGHBORS_SAME);
		ck_assert_int_eq(
		    hear_from(1, PROTOCOL_LLDP, "sw1"), NEIGHBORS_SAME);
		pass_s(30);
	}
	ck_assert_uint_eq(count(), 2);
	/* One of them falls silent: the next that comes is a move again. */
	hear_from(2, PROTOCOL_LLDP, "sw2");
	pass_s(100);
	hear_from(2, PROTOCOL_LLDP, "sw2");
	neighbors_expire(&all, now, unix_now());
	hear_from(3, PROTOCOL_LLDP, "sw3");
	for (struct heard *h = first(); h; h = h->next)
		ck_assert((h->ended == END_NONE) == (h->source_mac[5] == 3));
	neighbors_done(&all);
}
END_TEST

/* A bridge somewhere floods it: it proves nothing. */
START_TEST(another_cdp_sender_replaces_nobody)
{
	begin();
	hear_from(1, PROTOCOL_CDP, "sw1");
	ck_assert_int_eq(hear_from(2, PROTOCOL_CDP, "sw2"), NEIGHBORS_NEW);
	ck_assert_int_eq(first()->ended, END_NONE);
	ck_assert_int_eq(first()->next->ended, END_NONE);
	neighbors_done(&all);
}
END_TEST

START_TEST(a_frame_without_ttl_holds_for_three_minutes)
{
	struct hearing hearing;
	struct neighbor said;

	begin();
	say(&said, "sw1", "p1", 0);
	said.has = 0;
	hearing = hearing_of("edp");
	ck_assert_int_eq(neighbors_take(&all, &hearing, &said), NEIGHBORS_NEW);
	ck_assert_int_eq(first()->expires_at, START_S + 1 + NEIGHBORS_TTL_S);
	neighbors_done(&all);
}
END_TEST

START_TEST(a_lost_link_ends_all_on_its_nic_and_none_elsewhere)
{
	struct hearing elsewhere;
	struct neighbor said;
	struct ending ending = { .nic = NIC, .reason = END_LINK_DOWN };

	begin();
	hear("a", "sw1", "p1", 120);
	say(&said, "sw2", "p2", 120);
	elsewhere = hearing_of("b");
	elsewhere.nic = OTHER_NIC;
	neighbors_take(&all, &elsewhere, &said);
	pass_s(1);
	ending.before = ending.now = now;
	ending.unix_s = unix_now();
	ck_assert_uint_eq(neighbors_end_nic(&all, &ending), 1);
	ck_assert_int_eq(first()->ended, END_LINK_DOWN);
	ck_assert_int_eq(
	    neighbors_find_nic(&all, OTHER_NIC)->first->ended, END_NONE);
	ck_assert_uint_eq(neighbors_end_nic(&all, &ending), 0);
	neighbors_done(&all);
}
END_TEST

START_TEST(what_was_heard_after_a_short_flap_stays)
{
	struct ending ending = { .nic = NIC, .reason = END_LINK_DOWN };

	begin();
	hear("a", "sw1", "p1", 120);
	pass_s(10);
	hear("b", "sw2", "p2", 120);
	ending.now = now;
	ending.before = instant_after(now, -1500);
	ck_assert_uint_eq(neighbors_end_nic(&all, &ending), 0);
	ck_assert_int_eq(first()->next->ended, END_NONE);
	neighbors_done(&all);
}
END_TEST

START_TEST(no_sender_fills_the_memory)
{
	struct hearing hearing;
	struct neighbor said;
	char frame[16];

	begin();
	for (int i = 0; i < 1000; i++) {
		snprintf(frame, sizeof(frame), "%d", i);
		say(&said, frame, "p1", 120);
		said.protocol = PROTOCOL_CDP;
		said.source_mac[4] = (uint8_t)(i >> 8);
		said.source_mac[5] = (uint8_t)i;
		hearing = hearing_of(frame);
		neighbors_take(&all, &hearing, &said);
	}
	ck_assert_uint_eq(count(), NEIGHBORS_PER_NIC_MOST);
	ck_assert_uint_eq(neighbors_find_nic(&all, NIC)->counts.lost_neighbors,
	    1000 - NEIGHBORS_PER_NIC_MOST);
	ck_assert_uint_eq(neighbors_find_nic(&all, NIC)->counts.heard, 1000);
	neighbors_done(&all);
}
END_TEST

START_TEST(of_those_that_ended_the_last_eight_are_kept_for_a_day)
{
	char name[16];

	begin();
	for (int i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "sw%d", i);
		hear(name, name, "p1", 10);
		pass_s(1);
	}
	ck_assert_uint_eq(count(), NEIGHBORS_ENDED_MOST + 1);
	ck_assert_mem_eq(first()->frame, "sw11", 4);
	pass_s(60);
	neighbors_expire(&all, now, unix_now());
	ck_assert_uint_eq(count(), NEIGHBORS_ENDED_MOST);
	pass_s(NEIGHBORS_ENDED_KEPT_S);
	neighbors_expire(&all, now, unix_now());
	ck_assert_uint_eq(count(), 0);
	neighbors_done(&all);
}
END_TEST

START_TEST(a_day_of_frames_passes_in_a_moment)
{
	begin();
	for (int i = 0; i < 24 * 120; i++) {
		enum neighbors_change change = hear("a", "sw1", "p1", 120);

		ck_assert_int_eq(
		    change, i == 0 ? NEIGHBORS_NEW : NEIGHBORS_SAME);
		pass_s(30);
		ck_assert_uint_eq(neighbors_expire(&all, now, unix_now()), 0);
	}
	ck_assert_int_eq(first()->last_at - first()->first_at, 86400 - 30);
	neighbors_done(&all);
}
END_TEST

START_TEST(a_nic_that_comes_back_keeps_its_history)
{
	struct ending ending = { .nic = NIC, .reason = END_NIC_REMOVED };

	begin();
	hear("a", "sw1", "p1", 120);
	pass_s(1);
	ending.before = ending.now = now;
	neighbors_end_nic(&all, &ending);
	neighbors_move_nic(&all, NIC, OTHER_NIC);
	ck_assert_ptr_null(neighbors_find_nic(&all, NIC));
	ck_assert_int_eq(
	    neighbors_find_nic(&all, OTHER_NIC)->first->ended, END_NIC_REMOVED);
	neighbors_done(&all);
}
END_TEST

/* Seen with `ip link del`: the link goes down first. */
START_TEST(a_nic_taken_down_to_be_removed_was_removed)
{
	struct ending ending = { .nic = NIC, .reason = END_LINK_DOWN };

	begin();
	hear("a", "sw1", "p1", 120);
	pass_s(1);
	ending.before = ending.now = now;
	ending.unix_s = unix_now();
	neighbors_end_nic(&all, &ending);
	ending.reason = END_NIC_REMOVED;
	neighbors_end_nic(&all, &ending);
	ck_assert_int_eq(first()->ended, END_NIC_REMOVED);
	neighbors_done(&all);
}
END_TEST

START_TEST(what_is_restored_keeps_its_age)
{
	struct hearing hearing;
	struct neighbor said;

	begin();
	pass_s(100);
	say(&said, "sw1", "p1", 120);
	hearing = hearing_of("a");
	hearing.now = instant_after(now, -50000);
	hearing.unix_s = unix_now() - 50;
	ck_assert(neighbors_restore(&all, &hearing, &said, START_S, 7));
	ck_assert_int_eq(first()->first_at, START_S);
	ck_assert_uint_eq(first()->frames, 7);
	pass_s(69);
	ck_assert_uint_eq(neighbors_expire(&all, now, unix_now()), 0);
	pass_s(1);
	ck_assert_uint_eq(neighbors_expire(&all, now, unix_now()), 1);
	neighbors_done(&all);
}
END_TEST

SUITE("neighbors", the_same_frame_again_only_refreshes,
    a_changed_frame_of_one_port_updates_it,
    a_neighbor_expires_with_its_ttl_and_not_before,
    one_that_expired_comes_back_as_new, a_ttl_of_zero_is_a_goodbye,
    a_goodbye_of_a_stranger_is_nothing,
    a_sender_that_takes_another_name_is_replaced,
    another_lldp_sender_means_that_the_cable_was_moved,
    senders_that_take_turns_are_all_kept, another_cdp_sender_replaces_nobody,
    a_frame_without_ttl_holds_for_three_minutes,
    a_lost_link_ends_all_on_its_nic_and_none_elsewhere,
    what_was_heard_after_a_short_flap_stays, no_sender_fills_the_memory,
    of_those_that_ended_the_last_eight_are_kept_for_a_day,
    a_day_of_frames_passes_in_a_moment, a_nic_that_comes_back_keeps_its_history,
    a_nic_taken_down_to_be_removed_was_removed, what_is_restored_keeps_its_age)
