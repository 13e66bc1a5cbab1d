#include "agent/memory.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "agent/decode.h"
#include "tests/support/suite.h"

static const char boot[] = "6794c5b9-480f-4175-95d0-f14a86031b2b";

/* LLDP of port p1, TTL 120 s. */
static const char frame[] = "\x01\x80\xc2\x00\x00\x0e\x00\xde\xfb\x00\x01\x01"
			    "\x88\xcc"
			    "\x02\x07\x04\x00\xde\xfb\x00\x01\x01"
			    "\x04\x03\x05p1"
			    "\x06\x02\x00\x78"
			    "\x00\x00";

static struct agent *
agent_with_nic(uint32_t carrier_changes)
{
	struct agent *agent = calloc(1, sizeof(*agent));
	struct link link = { .index = 3,
		.up = true,
		.carrier = true,
		.carrier_changes = carrier_changes,
		.name = "ens1" };

	ck_assert_ptr_nonnull(nics_add(&agent->nics, &link));
	agent->nics.first->listening = true;
	ck_assert_ptr_nonnull(neighbors_nic(&agent->neighbors, 3));
	return agent;
}

static void
free_agent(struct agent *agent)
{
	neighbors_done(&agent->neighbors);
	nics_done(&agent->nics);
	free(agent);
}

/* What an agent wrote that heard the frame 'age_s' ago. */
static struct buffer
written(int64_t age_s)
{
	struct agent *agent = agent_with_nic(2);
	struct buffer text = { .limit = 1 << 20 };
	struct hearing hearing = { .nic = 3,
		.frame = cursor_over(frame, sizeof(frame) - 1),
		.now = instant_after(clock_now(), -age_s * 1000),
		.unix_s = clock_unix_s() - age_s };
	struct neighbor said;
	const char *reason;

	ck_assert_int_eq(
	    decode_frame(LINK_ETHERNET, hearing.frame, &said, &reason),
	    DECODE_OK);
	ck_assert_int_eq(
	    neighbors_take(&agent->neighbors, &hearing, &said), NEIGHBORS_NEW);
	memory_write(agent, boot, &text);
	free_agent(agent);
	return text;
}

START_TEST(what_was_heard_is_known_after_a_restart)
{
	struct buffer text = written(50);
	struct agent *agent = agent_with_nic(2);
	const struct heard *h;

	ck_assert_uint_eq(memory_read(agent, boot, text.octets), 1);
	h = neighbors_find_nic(&agent->neighbors, 3)->first;
	ck_assert_mem_eq(h->frame, frame, sizeof(frame) - 1);
	ck_assert_uint_eq(h->frames, 1);
	ck_assert_int_le(h->expires_at, clock_unix_s() + 70);
	free_agent(agent);
	buffer_done(&text);
}
END_TEST

static unsigned
taken_back(
    int64_t age_s, uint32_t carrier_changes, const char *name, const char *in)
{
	struct buffer text = written(age_s);
	struct agent *agent = agent_with_nic(carrier_changes);
	unsigned count;

	memcpy(agent->nics.first->link.name, name, strlen(name) + 1);
	count = memory_read(agent, in, text.octets);
	free_agent(agent);
	buffer_done(&text);
	return count;
}

START_TEST(what_may_not_be_true_any_more_is_not_taken_back)
{
	ck_assert_uint_eq(taken_back(50, 2, "ens1", boot), 1);
	ck_assert_uint_eq(taken_back(121, 2, "ens1", boot), 0);
	ck_assert_uint_eq(taken_back(50, 4, "ens1", boot), 0);
	ck_assert_uint_eq(taken_back(50, 2, "ens2", boot), 0);
	ck_assert_uint_eq(taken_back(50, 2, "ens1", "another boot"), 0);
	ck_assert_uint_eq(taken_back(-1000, 2, "ens1", boot), 0);
}
END_TEST

START_TEST(a_damaged_file_does_no_harm)
{
	struct buffer text = written(0);

	for (size_t i = 0; i < text.size; i++) {
		struct agent *agent = agent_with_nic(2);
		char *copy = malloc(text.size + 1);

		memcpy(copy, text.octets, text.size + 1);
		copy[i] = i % 2 ? '\0' : ' ';
		ck_assert_uint_le(memory_read(agent, boot, copy), 1);
		free(copy);
		free_agent(agent);
	}
	buffer_done(&text);
}
END_TEST

SUITE("memory", what_was_heard_is_known_after_a_restart,
    what_may_not_be_true_any_more_is_not_taken_back,
    a_damaged_file_does_no_harm)
