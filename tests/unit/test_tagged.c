#include "agent/tagged.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"

#define BROADCAST "\xff\xff\xff\xff\xff\xff"
#define SENDER "\x52\x54\x00\x12\x34\x56"
#define VLAN_140 "\x81\x00\x60\x8c" /* priority 3 */
#define ARP_HEAD "\x08\x06\x00\x01\x08\x00\x06\x04\x00\x01" SENDER
#define FROM_10_1_40_7 "\x0a\x01\x28\x07"

static const char arp[] =
    BROADCAST SENDER VLAN_140 ARP_HEAD FROM_10_1_40_7 "\0\0\0\0\0\0";

static enum status
read_frame(const char *octets, size_t size, struct tagged *out)
{
	/* As long as the frame, so that a read beyond it is noticed. */
	uint8_t *copy = malloc(size ? size : 1);
	enum status status;

	memcpy(copy, octets, size);
	status = tagged_read(cursor_over(copy, size), out);
	free(copy);
	return status;
}

#define READ(octets, out) read_frame(octets, sizeof(octets) - 1, out)

START_TEST(an_arp_request_tells_vlan_and_sender)
{
	struct tagged t;

	ck_assert_int_eq(READ(arp, &t), STATUS_OK);
	ck_assert_uint_eq(t.vlan, 140);
	ck_assert_mem_eq(t.source_mac, SENDER, MAC_SIZE);
	ck_assert_uint_eq(t.sender.family, ADDRESS_IPV4);
	ck_assert_mem_eq(t.sender.octets, FROM_10_1_40_7, 4);
}
END_TEST

START_TEST(an_ipv4_broadcast_tells_its_source)
{
	struct tagged t;

	ck_assert_int_eq(
	    READ(BROADCAST SENDER VLAN_140 "\x08\x00\x45\x00\x00\x4e\x00\x00"
					   "\x00\x00\x40\x11\x00\x00"
					   "\xc0\x00\x02\x09\xff\xff\xff\xff",
		&t),
	    STATUS_OK);
	ck_assert_uint_eq(t.sender.family, ADDRESS_IPV4);
	ck_assert_mem_eq(t.sender.octets, "\xc0\x00\x02\x09", 4);
}
END_TEST

#define IPV6_HEAD "\x86\xdd\x60\x00\x00\x00\x00\x20\x3a\xff"
#define ALL_NODES "\x33\x33\x00\x00\x00\x01"

START_TEST(an_ipv6_multicast_tells_a_global_source)
{
	static const char global[] = ALL_NODES SENDER VLAN_140 IPV6_HEAD
	    "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01";
	static const char local[] = ALL_NODES SENDER VLAN_140 IPV6_HEAD
	    "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\x01";
	struct tagged t;

	ck_assert_int_eq(READ(global, &t), STATUS_OK);
	ck_assert_uint_eq(t.sender.family, ADDRESS_IPV6);
	ck_assert_mem_eq(t.sender.octets, "\x20\x01\x0d\xb8", 4);
	ck_assert_int_eq(READ(local, &t), STATUS_OK);
	ck_assert_uint_eq(t.vlan, 140);
	ck_assert_uint_eq(t.sender.family, ADDRESS_NONE);
}
END_TEST

START_TEST(addresses_of_no_subnet_are_none)
{
	static const char *const senders[] = { "\0\0\0\0", "\x7f\0\0\1",
		"\xa9\xfe\x01\x02", "\xe0\0\0\1", "\xff\xff\xff\xff" };

	for (size_t i = 0; i < sizeof(senders) / sizeof(senders[0]); i++) {
		char frame[sizeof(arp)];
		struct tagged t;

		memcpy(frame, arp, sizeof(arp));
		memcpy(frame + 32, senders[i], 4);
		ck_assert_int_eq(READ(frame, &t), STATUS_OK);
		ck_assert_uint_eq(t.vlan, 140);
		ck_assert_uint_eq(t.sender.family, ADDRESS_NONE);
	}
}
END_TEST

START_TEST(the_outer_tag_is_the_vlan)
{
	struct tagged t;

	ck_assert_int_eq(
	    READ(BROADCAST SENDER
		"\x88\xa8\x00\x0a\x81\x00\x00\x14" ARP_HEAD FROM_10_1_40_7,
		&t),
	    STATUS_OK);
	ck_assert_uint_eq(t.vlan, 10);
	ck_assert_uint_eq(t.sender.family, ADDRESS_NONE);
	ck_assert_int_eq(
	    READ(BROADCAST SENDER "\x91\x00\x00\x0b\x08\x06", &t), STATUS_OK);
	ck_assert_uint_eq(t.vlan, 11);
}
END_TEST

static enum status
status_of(const char *destination, const char *behind)
{
	char frame[64] = "";
	struct tagged t;

	memcpy(frame, destination, 6);
	memcpy(frame + 6, SENDER, 6);
	memcpy(frame + 12, behind, 6);
	return read_frame(frame, sizeof(frame), &t);
}

START_TEST(frames_that_tell_of_no_vlan_are_left_out)
{
	static const char vlan1[] = "\x81\x00\x00\x01\x08\x06";

	ck_assert_int_eq(status_of(BROADCAST, vlan1), STATUS_OK);
	/* untagged; priority-tagged; VID 4095 */
	ck_assert_int_eq(
	    status_of(BROADCAST, "\x08\x06\0\1\x08\0"), STATUS_UNKNOWN);
	ck_assert_int_eq(
	    status_of(BROADCAST, "\x81\x00\xe0\x00\x08\x06"), STATUS_UNKNOWN);
	ck_assert_int_eq(
	    status_of(BROADCAST, "\x81\x00\x0f\xff\x08\x06"), STATUS_UNKNOWN);
	/* to one host */
	ck_assert_int_eq(status_of(SENDER, vlan1), STATUS_UNKNOWN);
	/* LLDP and CDP, which a switch sends whatever VLANs it carries */
	ck_assert_int_eq(
	    status_of("\x01\x80\xc2\x00\x00\x0e", vlan1), STATUS_UNKNOWN);
	ck_assert_int_eq(
	    status_of("\x01\x00\x0c\xcc\xcc\xcc", vlan1), STATUS_UNKNOWN);
	/* one of Cisco's spanning trees, which stands for its VLAN */
	ck_assert_int_eq(
	    status_of("\x01\x00\x0c\xcc\xcc\xcd", vlan1), STATUS_OK);
}
END_TEST

START_TEST(a_frame_cut_anywhere_is_refused_or_names_no_sender)
{
	struct tagged t;

	for (size_t size = 0; size < 36; size++) {
		enum status status = read_frame(arp, size, &t);

		if (size < 18) {
			ck_assert_int_eq(status, STATUS_TRUNCATED);
			continue;
		}
		ck_assert_int_eq(status, STATUS_OK);
		ck_assert_uint_eq(t.vlan, 140);
		ck_assert_uint_eq(t.sender.family, ADDRESS_NONE);
	}
}
END_TEST

SUITE("tagged", an_arp_request_tells_vlan_and_sender,
    an_ipv4_broadcast_tells_its_source, an_ipv6_multicast_tells_a_global_source,
    addresses_of_no_subnet_are_none, the_outer_tag_is_the_vlan,
    frames_that_tell_of_no_vlan_are_left_out,
    a_frame_cut_anywhere_is_refused_or_names_no_sender)
