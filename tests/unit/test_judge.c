#include "agent/judge.h"

#include <check.h>
#include <string.h>

#include "tests/support/suite.h"

static struct link nic, bond, bridge;
static struct nic_evidence evidence;
static struct findings findings;

/* A NIC with which all is well. */
static void
begin(void)
{
	memset(&findings, 0, sizeof(findings));
	nic = (struct link){ .index = 3,
		.name = "ens1f0",
		.up = true,
		.carrier = true,
		.physical = true };
	bond = (struct link){ .index = 7,
		.name = "bond0",
		.kind = "bond",
		.has_bond_mode = true,
		.bond_mode = 4 };
	bridge = (struct link){ .index = 8, .name = "br0", .kind = "bridge" };
	evidence = (struct nic_evidence){ .link = &nic,
		.facts = { .speed_mbps = 10000,
		    .has_duplex = true,
		    .duplex = DUPLEX_FULL,
		    .driver = "ixgbe",
		    .bus = "0000:3b:00.0" },
		.firmware.set_off = "",
		.heard = { .known = true, .listening = true, .heard = 12 } };
}

static const struct finding *
find(const char *topic)
{
	judge_nic(&evidence, &findings);
	for (unsigned i = 0; i < findings.count; i++) {
		if (strcmp(findings.items[i].topic, topic) == 0)
			return &findings.items[i];
	}
	return NULL;
}

static void
expect(
    const char *topic, enum verdict verdict, const char *text, const char *fix)
{
	const struct finding *f = find(topic);

	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(f->verdict, verdict);
	ck_assert_msg(strstr(f->text, text) != NULL, "%s", f->text);
	ck_assert_msg(strstr(f->fix, fix) != NULL, "%s", f->fix);
}

START_TEST(a_nic_that_hears_is_well)
{
	begin();
	expect("link", VERDICT_OK, "10000 Mb/s, full duplex", "");
	expect("heard", VERDICT_OK, "12 frames", "");
	ck_assert_int_eq(judge_worst(&findings), VERDICT_OK);
	ck_assert_ptr_null(find("switch"));
}
END_TEST

START_TEST(a_nic_that_is_down_is_to_be_set_up)
{
	begin();
	nic.up = nic.carrier = false;
	expect("link", VERDICT_PROBLEM, "down", "ip link set ens1f0 up");
	ck_assert_str_eq(verdict_name(judge_worst(&findings)), "problem");
}
END_TEST

START_TEST(a_nic_without_carrier_needs_a_cable)
{
	begin();
	nic.carrier = false;
	evidence.heard.heard = 0;
	expect("link", VERDICT_PROBLEM, "no carrier", "ethtool ens1f0");
	/* Nobody wonders then why the switch is silent. */
	ck_assert_ptr_null(find("switch"));
}
END_TEST

START_TEST(a_firmware_agent_is_named_with_its_flag)
{
	begin();
	evidence.firmware = (struct firmware_agent){ FIRMWARE_LLDP_ON,
		"disable-fw-lldp", "on" };
	expect("firmware", VERDICT_PROBLEM, "LLDP agent is on",
	    "ethtool --set-priv-flags ens1f0 disable-fw-lldp on");
	evidence.firmware =
	    (struct firmware_agent){ FIRMWARE_LLDP_ON, "fw-lldp-agent", "off" };
	expect("firmware", VERDICT_PROBLEM, "LLDP agent is on",
	    "ethtool --set-priv-flags ens1f0 fw-lldp-agent off");
	evidence.firmware.state = FIRMWARE_LLDP_OFF;
	expect("firmware", VERDICT_OK, "is off", "");
	evidence.firmware.state = FIRMWARE_LLDP_UNKNOWN;
	expect(
	    "firmware", VERDICT_UNKNOWN, "does not tell", "--show-priv-flags");
}
END_TEST

START_TEST(a_silent_nic_that_filters_vlans_is_told_so)
{
	begin();
	evidence.filters_vlans = true;
	ck_assert_ptr_null(find("vlan")); /* it hears, so nobody asks */
	evidence.heard.heard = 0;
	expect("vlan", VERDICT_UNKNOWN, "tags its CDP or LLDP",
	    "ethtool -K ens1f0 rx-vlan-filter off");
}
END_TEST

START_TEST(membership_says_bond_mode_and_leg)
{
	begin();
	evidence.master = &bond;
	memcpy(nic.member_kind, "bond", 5);
	nic.bond_leg = BOND_LEG_BACKUP;
	expect("member", VERDICT_OK, "of bond bond0 (802.3ad), backup leg", "");
}
END_TEST

START_TEST(a_bridge_that_forwards_lldp_is_told)
{
	begin();
	evidence.master = &bridge;
	memcpy(nic.member_kind, "bridge", 7);
	ck_assert_ptr_null(find("bridge"));
	bridge.group_forward_mask = 0x4000;
	expect("bridge", VERDICT_OK, "0x4000", "");
}
END_TEST

START_TEST(silence_is_unknown_never_right)
{
	begin();
	evidence.heard.heard = 0;
	expect("switch", VERDICT_UNKNOWN, "neither LLDP nor CDP", "lldp run");
	ck_assert_int_eq(judge_worst(&findings), VERDICT_UNKNOWN);
	memcpy(evidence.facts.driver, "mlx5_core", 10);
	expect("firmware", VERDICT_UNKNOWN, "NVIDIA", "0000:3b:00.0");
	memcpy(evidence.facts.driver, "virtio_net", 11);
	expect("virtual", VERDICT_UNKNOWN, "hypervisor", "");
}
END_TEST

START_TEST(a_nic_that_hears_no_more_says_since_when)
{
	begin();
	ck_assert_ptr_null(find("silent"));
	evidence.heard.last_at = 1000;
	evidence.heard.asked_at = 1312;
	ck_assert_ptr_null(find("silent")); /* somebody is there */
	evidence.heard.ended_at = 1120;
	expect("silent", VERDICT_UNKNOWN,
	    "last frame 312 s ago, neighbor expired at 1970-01-01 00:18:40 "
	    "UTC",
	    "still on at the switch");
	/* After a restart nothing is counted, but it is remembered. */
	evidence.heard.heard = 0;
	expect(
	    "silent", VERDICT_UNKNOWN, "last frame 312 s ago", "show ens1f0");
	ck_assert_ptr_null(find("switch"));
	nic.carrier = false;
	ck_assert_ptr_null(find("silent")); /* no carrier says it all */
}
END_TEST

START_TEST(without_an_agent_the_counts_are_unknown)
{
	begin();
	evidence.heard = (struct nic_heard){ 0 };
	expect("heard", VERDICT_UNKNOWN, "no agent answers",
	    "demarc-agent listen ens1f0");
	evidence.heard.known = true;
	expect("heard", VERDICT_PROBLEM, "does not listen", "show ens1f0");
}
END_TEST

SUITE("judge", a_nic_that_hears_is_well, a_nic_that_is_down_is_to_be_set_up,
    a_nic_without_carrier_needs_a_cable,
    a_firmware_agent_is_named_with_its_flag,
    a_silent_nic_that_filters_vlans_is_told_so,
    membership_says_bond_mode_and_leg, a_bridge_that_forwards_lldp_is_told,
    silence_is_unknown_never_right, a_nic_that_hears_no_more_says_since_when,
    without_an_agent_the_counts_are_unknown)
