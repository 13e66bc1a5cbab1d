#include "agent/sonmp.h"

#include <check.h>

#include "tests/support/suite.h"

static struct neighbor n; /* too large for a stack */

static const char hello[] = "\xac\x10\x65\xa8"  /* address */
			    "\x00\x02\x08"      /* slot 2, port 8 */
			    "\x38\x0c\x02\x01"; /* type, backplane, state,
						   links */

static enum status
decode(const void *packet, size_t size)
{
	neighbor_clear(&n);
	return sonmp_decode(cursor_over(packet, size), &n);
}

START_TEST(a_hello_names_address_slot_and_port)
{
	char text[64];

	ck_assert_int_eq(decode(hello, sizeof(hello) - 1), STATUS_OK);
	ck_assert_str_eq(
	    neighbor_id_text(&n, &n.chassis_id, text, sizeof(text)),
	    "172.16.101.168");
	ck_assert_str_eq(neighbor_text(&n, n.port_id.value), "2/8");
	ck_assert_str_eq(neighbor_text(&n, n.platform), "Passport 8610");
	ck_assert_uint_eq(n.address_count, 1);
	ck_assert(!(n.has & HAS_TTL));
}
END_TEST

START_TEST(a_hello_cut_anywhere_is_truncated)
{
	for (size_t size = 0; size < sizeof(hello) - 1; size++) {
		ck_assert_int_eq(decode(hello, size), STATUS_TRUNCATED);
		ck_assert_int_eq(n.chassis_id.type, ID_NONE);
	}
}
END_TEST

START_TEST(every_chassis_type_is_taken)
{
	uint8_t packet[sizeof(hello)];

	memcpy(packet, hello, sizeof(hello));
	for (unsigned type = 0; type < 256; type++) {
		packet[7] = (uint8_t)type;
		ck_assert_int_eq(decode(packet, sizeof(hello) - 1), STATUS_OK);
	}
}
END_TEST

SUITE("sonmp", a_hello_names_address_slot_and_port,
    a_hello_cut_anywhere_is_truncated, every_chassis_type_is_taken)
