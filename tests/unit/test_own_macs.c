#include "agent/own_macs.h"

#include <check.h>

#include "tests/support/suite.h"

static const uint8_t *
mac(unsigned number)
{
	static uint8_t octets[MAC_SIZE];

	octets[0] = 0x52;
	octets[4] = (uint8_t)(number >> 8);
	octets[5] = (uint8_t)number;
	return octets;
}

START_TEST(those_that_were_added_are_found)
{
	struct own_macs macs = { 0 };

	ck_assert(!own_macs_have(&macs, mac(1)));
	for (unsigned i = 1000; i > 0; i--)
		own_macs_add(&macs, mac(i * 7));
	own_macs_sort(&macs);
	for (unsigned i = 1; i <= 7000; i++)
		ck_assert_int_eq(own_macs_have(&macs, mac(i)), i % 7 == 0);
	own_macs_done(&macs);
	ck_assert(!own_macs_have(&macs, mac(7)));
}
END_TEST

SUITE("own_macs", those_that_were_added_are_found)
