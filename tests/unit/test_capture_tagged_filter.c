#include "agent/capture_tagged_filter.h"

#include <check.h>
#include <stdbool.h>
#include <string.h>

#include "tests/support/suite.h"

/* A frame of 18 octets or more, and the tag that the kernel took off. */
struct frame {
	const char *octets;
	bool tagged;
	uint16_t tag;
};

static uint32_t
load(const struct sock_filter *i, const struct frame *f)
{
	const uint8_t *o = (const uint8_t *)f->octets;

	if (i->k == (uint32_t)(SKF_AD_OFF + SKF_AD_VLAN_TAG_PRESENT))
		return f->tagged;
	if (i->k == (uint32_t)(SKF_AD_OFF + SKF_AD_VLAN_TAG))
		return f->tag;
	ck_assert_uint_lt(i->k, 17);
	if (BPF_SIZE(i->code) == BPF_B)
		return o[i->k];
	ck_assert_uint_eq(BPF_SIZE(i->code), BPF_H);
	return (uint32_t)(o[i->k] << 8 | o[i->k + 1]);
}

static bool
is_true(const struct sock_filter *i, uint32_t a)
{
	return BPF_OP(i->code) == BPF_JEQ ? a == i->k : (a & i->k) != 0;
}

/* Does what the kernel does with the few instructions that there are. */
static uint32_t
run(const struct tagged_filter *filter, const struct frame *f)
{
	uint32_t a = 0;

	for (size_t at = 0; at < filter->size; at++) {
		const struct sock_filter *i = &filter->code[at];

		switch (BPF_CLASS(i->code)) {
		case BPF_LD:
			a = load(i, f);
			break;
		case BPF_ALU:
			a &= i->k;
			break;
		case BPF_JMP:
			if (BPF_OP(i->code) == BPF_JA)
				at += i->k;
			else
				at += is_true(i, a) ? i->jt : i->jf;
			break;
		default:
			ck_assert_uint_eq(BPF_CLASS(i->code), BPF_RET);
			return i->k;
		}
	}
	ck_abort_msg("the program has no end");
}

#define BROADCAST "\xff\xff\xff\xff\xff\xff"
#define SENDER "\x52\x54\x00\x12\x34\x56"
#define ARP "\x08\x06\x00\x01\x08\x00"

static const uint16_t muted[TAGGED_MUTED_MOST] = { 20, 30, 40, [63] = 64 };

static bool
passes(size_t muted_count, const struct frame *f)
{
	struct tagged_filter filter;
	uint32_t size;

	tagged_filter_make(&filter, muted, muted_count);
	ck_assert_uint_le(filter.size, TAGGED_FILTER_MOST);
	size = run(&filter, f);
	ck_assert(size == 0 || size == TAGGED_FRAME_SIZE);
	return size > 0;
}

/* The kernel took this tag off. */
static bool
noted_passes(size_t muted_count, const char *octets, uint16_t tag)
{
	struct frame f = { octets, true, tag };

	return passes(muted_count, &f);
}

static bool
plain_passes(size_t muted_count, const char *octets)
{
	struct frame f = { octets, false, 0 };

	return passes(muted_count, &f);
}

START_TEST(tagged_groups_pass_whoever_took_the_tag_off)
{
	ck_assert(noted_passes(0, BROADCAST SENDER ARP, 140));
	ck_assert(noted_passes(0, "\x33\x33\0\0\0\1" SENDER ARP, 0xe001));
	ck_assert(plain_passes(0, BROADCAST SENDER "\x81\x00\x00\x8c" ARP));
	ck_assert(plain_passes(0, BROADCAST SENDER "\x88\xa8\x00\x8c" ARP));
	ck_assert(plain_passes(0, BROADCAST SENDER "\x91\x00\x00\x8c" ARP));
}
END_TEST

START_TEST(what_is_to_one_host_or_of_no_vlan_stays_out)
{
	ck_assert(!noted_passes(0, SENDER SENDER ARP, 140));
	ck_assert(!plain_passes(0, SENDER SENDER "\x81\x00\x00\x8c" ARP));
	ck_assert(!plain_passes(0, BROADCAST SENDER ARP));
	ck_assert(!noted_passes(0, BROADCAST SENDER ARP, 0xe000));
	ck_assert(!plain_passes(0, BROADCAST SENDER "\x81\x00\xe0\x00" ARP));
}
END_TEST

START_TEST(muted_vlans_stay_out_and_others_pass)
{
	static const char vlan_20[] = BROADCAST SENDER "\x81\x00\x00\x14" ARP;
	static const char group[] = BROADCAST SENDER ARP;

	for (size_t count = 0; count <= TAGGED_MUTED_MOST; count++) {
		ck_assert_int_eq(plain_passes(count, vlan_20), count < 1);
		ck_assert_int_eq(
		    noted_passes(count, group, 0x6000 | 30), count < 2);
		ck_assert_int_eq(
		    noted_passes(count, group, 64), count < TAGGED_MUTED_MOST);
		ck_assert(noted_passes(count, group, 140));
	}
}
END_TEST

SUITE("capture_tagged_filter", tagged_groups_pass_whoever_took_the_tag_off,
    what_is_to_one_host_or_of_no_vlan_stays_out,
    muted_vlans_stay_out_and_others_pass)
