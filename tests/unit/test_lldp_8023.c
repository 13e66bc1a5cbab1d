#include "agent/lldp_organization.h"

#include "tests/support/lldp_frame.h"
#include "tests/support/suite.h"

#define IEEE 0x00, 0x12, 0x0f

START_TEST(autonegotiation_and_the_duplex_that_follows_are_read)
{
	EXPECT("\"duplex\":\"full\",\"autonegotiation\":{\"supported\":true,"
	       "\"enabled\":true,\"advertised\":[\"100base-tx-full\","
	       "\"1000base-t-full\"],\"mau_type\":30}",
	    0xfe, 9, IEEE, 1, 0x03, 0x04, 0x01, 0, 30);
	EXPECT("\"duplex\":\"half\"", 0xfe, 9, IEEE, 1, 0, 0, 0, 0, 15);
}
END_TEST

/* As Catalyst 3560 sends it with 12.2(44)SE, and 9300 with 16.12. */
START_TEST(advertised_bits_in_opposite_order_are_turned_round)
{
	EXPECT("\"advertised\":[\"10base-t\",\"10base-t-full\","
	       "\"100base-tx\",\"100base-tx-full\"],\"mau_type\":16",
	    0xfe, 9, IEEE, 1, 0x03, 0x00, 0x36, 0, 16);
	EXPECT("\"advertised\":[\"other\"],\"mau_type\":30", 0xfe, 9, IEEE, 1,
	    0x03, 0x80, 0x00, 0, 30);
	EXPECT("\"advertised\":[\"pause\",\"1000base-x\"],\"mau_type\":16",
	    0xfe, 9, IEEE, 1, 0x03, 0x00, 0x88, 0, 16);
}
END_TEST

START_TEST(where_there_is_no_choice_no_duplex_is_said)
{
	struct neighbor n;
	static const uint8_t tlv[] = { 0xfe, 9, IEEE, 1, 0, 0, 0, 0, 40 };

	ck_assert_int_eq(decode_with(tlv, sizeof(tlv), &n), STATUS_OK);
	ck_assert(!(n.has & HAS_DUPLEX));
	ck_assert_uint_eq(n.autonegotiation.mau_type, 40);
}
END_TEST

START_TEST(power_of_all_three_editions_is_read)
{
	EXPECT("\"power\":{\"port\":\"pse\",\"supported\":true,\"enabled\":"
	       "true,\"pair_control\":false,\"pairs\":\"signal\",\"class\":4}",
	    0xfe, 7, IEEE, 2, 0x07, 1, 5);
	EXPECT("\"class\":4,\"type\":\"type_2_pd\",\"source\":\"pse\","
	       "\"priority\":\"low\",\"requested_mw\":25500,\"allocated_mw\":"
	       "13000}",
	    0xfe, 12, IEEE, 2, 0x06, 1, 5, 0x53, 0, 255, 0, 130);
	EXPECT("\"bt\":{\"requested_a_mw\":100,\"requested_b_mw\":200,"
	       "\"allocated_a_mw\":300,\"allocated_b_mw\":400,\"powering\":"
	       "\"4_pair_dual\",\"powered\":\"single_signature\",\"pairs\":3,"
	       "\"class_a\":1,\"class_b\":2,\"class\":6,\"type\":3,"
	       "\"available_mw\":60000,\"autoclass\":4,\"power_down_s\":9}",
	    0xfe, 29, IEEE, 2, 0x07, 1, 5, 0x13, 0, 1, 0, 2, 0, 1, 0, 2, 0, 3,
	    0, 4,                         /* requested, allocated */
	    0xdc, 0xa6, 0x07, 0x02, 0x58, /* status, setup, most */
	    0x04, 0x74, 0x00, 0x09);      /* autoclass, power down */
}
END_TEST

START_TEST(aggregation_of_802_3_counts_when_802_1_is_silent)
{
	EXPECT("\"aggregation\":{\"capable\":true,\"enabled\":false}", 0xfe, 9,
	    IEEE, 3, 0x01, 0, 0, 0, 0);
	EXPECT("\"port\":5}", 0xfe, 9, 0, 0x80, 0xc2, 7, 3, 0, 0, 0, 5, /* Q */
	    0xfe, 9, IEEE, 3, 3, 0, 0, 0, 6);
}
END_TEST

START_TEST(frame_size_wake_times_and_preemption_are_read)
{
	EXPECT("\"max_frame\":9236,\"ieee_802_3\":{\"eee\":{\"transmit_us\":17,"
	       "\"receive_us\":18,\"fallback_us\":19,\"echo_transmit_us\":20,"
	       "\"echo_receive_us\":21},\"additional\":["
	       "\"preemption_supported\"]}",
	    0xfe, 6, IEEE, 4, 0x24, 0x14, 0xfe, 14, IEEE, 5, 0, 17, 0, 18, 0,
	    19, 0, 20, 0, 21, 0xfe, 6, IEEE, 7, 0, 1);
}
END_TEST

START_TEST(what_is_too_short_is_skipped_and_what_is_new_listed)
{
	EXPECT("\"unknown_tlvs\":[{\"oui\":\"00-12-0f\",\"type\":6,\"octets\":1"
	       "}],\"skipped_tlvs\":2",
	    0xfe, 5, IEEE, 4, 0x24,       /* max frame, one octet */
	    0xfe, 8, IEEE, 1, 3, 0, 0, 0, /* MAC/PHY, four */
	    0xfe, 5, IEEE, 6, 0);         /* subtype 6 */
}
END_TEST

SUITE("lldp_8023", autonegotiation_and_the_duplex_that_follows_are_read,
    advertised_bits_in_opposite_order_are_turned_round,
    where_there_is_no_choice_no_duplex_is_said,
    power_of_all_three_editions_is_read,
    aggregation_of_802_3_counts_when_802_1_is_silent,
    frame_size_wake_times_and_preemption_are_read,
    what_is_too_short_is_skipped_and_what_is_new_listed)
