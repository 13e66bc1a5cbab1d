#include "collector/rules/fix.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/suite.h"

static struct arena arena;

static const char *
typed(enum platform p, enum fix_action action, const struct fix_words *words)
{
	return fix_command(&arena, p, action, words);
}

/* A command for a port, with all that the wire may say of it. */
static const char *
on_port(enum platform p, enum fix_action action, const char *port)
{
	struct fix_words w = fix_nothing();

	w.port = port;
	w.vlan = 120;
	w.mtu = 9000;
	w.channel = 7;
	return typed(p, action, &w);
}

static const char *
on_host(enum platform p, enum fix_action action, const char *name)
{
	struct fix_words w = fix_nothing();

	w.machine = w.vnic = w.mac = w.nic = w.vswitch = w.group = name;
	w.bond = name;
	w.vlan = 120;
	return typed(p, action, &w);
}

START_TEST(a_vlan_is_let_through_as_each_switch_wants_it_typed)
{
	static const struct {
		enum platform platform;
		const char *port, *command;
	} wanted[] = {
		{ PLATFORM_IOS, "GigabitEthernet1/0/7",
		    "configure terminal\ninterface GigabitEthernet1/0/7\n"
		    " switchport trunk allowed vlan add 120\nend" },
		{ PLATFORM_NXOS, "Ethernet1/9",
		    "configure terminal\ninterface Ethernet1/9\n"
		    " switchport trunk allowed vlan add 120\nend" },
		{ PLATFORM_EOS, "Ethernet7",
		    "configure terminal\ninterface Ethernet7\n"
		    " switchport trunk allowed vlan add 120\nend" },
		{ PLATFORM_JUNOS, "xe-0/0/7.0",
		    "configure\nset interfaces xe-0/0/7 unit 0 family "
		    "ethernet-switching vlan members 120\ncommit and-quit" },
		{ PLATFORM_OS9, "TenGigabitEthernet 1/8",
		    "configure\ninterface vlan 120\n"
		    " tagged TenGigabitEthernet 1/8\nend" },
		{ PLATFORM_OS10, "Ethernet1/1/7",
		    "configure terminal\ninterface ethernet1/1/7\n"
		    " switchport mode trunk\n"
		    " switchport trunk allowed vlan 120\nend" },
		{ PLATFORM_SONIC, "Ethernet0",
		    "sudo config vlan member add 120 Ethernet0\n"
		    "sudo config save -y" },
		{ PLATFORM_COMWARE, "Ten-GigabitEthernet1/0/7",
		    "system-view\ninterface Ten-GigabitEthernet1/0/7\n"
		    " port trunk permit vlan 120\nreturn" },
		{ PLATFORM_AOS_CX, "1/1/7",
		    "configure terminal\ninterface 1/1/7\n"
		    " vlan trunk allowed 120\nend" },
		{ PLATFORM_PROVISION, "A7", "configure\nvlan 120 tagged A7" },
		{ PLATFORM_EXOS, "1:7",
		    "configure vlan 120 add ports 1:7 tagged" },
		{ PLATFORM_FASTIRON, "GigabitEthernet1/1/7",
		    "configure terminal\nvlan 120\n"
		    " tagged ethernet 1/1/7\nend" },
		{ PLATFORM_ROUTEROS, "ether7",
		    "/interface bridge vlan add bridge=<bridge> "
		    "vlan-ids=120 tagged=ether7" },
		{ PLATFORM_UNKNOWN, "Eth1/9",
		    "let VLAN 120 through, tagged, on Eth1/9" },
		{ PLATFORM_ACI, "Ethernet1/9",
		    "let VLAN 120 through, tagged, on Ethernet1/9" },
	};

	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
		ck_assert_str_eq(
		    on_port(wanted[i].platform, FIX_ALLOW_VLAN, wanted[i].port),
		    wanted[i].command);
	ck_assert_ptr_nonnull(
	    strstr(on_port(PLATFORM_CUMULUS, FIX_ALLOW_VLAN, "swp7"),
		"nv set interface swp7 bridge domain br_default vlan 120\n"));
	ck_assert_ptr_nonnull(
	    strstr(on_port(PLATFORM_CUMULUS, FIX_ALLOW_VLAN, "swp7"),
		"bridge-vids of swp7 in /etc/network/interfaces"));
}
END_TEST

START_TEST(an_mtu_is_told_with_the_headers_that_a_switch_counts)
{
	ck_assert_ptr_nonnull(strstr(
	    on_port(PLATFORM_JUNOS, FIX_PORT_MTU, "xe-0/0/7"), "mtu 9018\n"));
	ck_assert_ptr_nonnull(strstr(
	    on_port(PLATFORM_OS9, FIX_PORT_MTU, "TenGigabitEthernet 1/8"),
	    " mtu 9022\n"));
	ck_assert_ptr_nonnull(
	    strstr(on_port(PLATFORM_NXOS, FIX_PORT_MTU, "Ethernet1/9"),
		" mtu 9000\n"));
}
END_TEST

START_TEST(what_a_channel_has_is_typed_on_the_channel)
{
	struct fix_words w = fix_nothing();

	w.port = "Ethernet1/9";
	w.vlan = 120;
	w.in_channel = true;
	ck_assert_int_eq(
	    strncmp(typed(PLATFORM_NXOS, FIX_ALLOW_VLAN, &w),
		"! Ethernet1/9 is in a channel: type it on the channel\n"
		"configure terminal\n",
		70),
	    0);
	ck_assert_ptr_null(
	    strstr(typed(PLATFORM_NXOS, FIX_LEAVE_CHANNEL, &w), "type it on"));
	ck_assert_int_eq(strncmp(typed(PLATFORM_JUNOS, FIX_ALLOW_VLAN, &w),
			     "# Ethernet1/9", 13),
	    0);
}
END_TEST

START_TEST(what_is_not_known_is_left_open)
{
	struct fix_words w = fix_nothing();

	ck_assert_str_eq(typed(PLATFORM_NXOS, FIX_JOIN_CHANNEL, &w),
	    "configure terminal\nfeature lacp\ninterface <port>\n"
	    " channel-group <channel> mode active\nend");
	ck_assert_str_eq(typed(PLATFORM_ESXI, FIX_NIC_UP, &w),
	    "esxcli network nic up -n "
	    "<nic>");
}
END_TEST

/* Each would do more than is shown if it were pasted as it is. */
START_TEST(a_hostile_port_name_is_never_part_of_a_command)
{
	static const char *const hostile[] = { "Ethernet1/9\nerase",
		"Ethernet1/9\r\nerase", "xe-0/0/7 disable", "1; erase",
		"ge-0/0/0 | save /tmp/x", "$(reboot)", "`reboot`", "1/1/7>x",
		("Ethernet1/9\xc2\xa0"
		 "erase"),
		"{vlan}", "", "-rf", "1 1 shutdown", "1 ", "Eth*", "?",
		"Gi1/0/1\"", "a\\", "!x", "# x" };

	for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
		for (int p = PLATFORM_UNKNOWN; p < PLATFORM_LINUX; p++) {
			const char *command = on_port(
			    (enum platform)p, FIX_ALLOW_VLAN, hostile[i]);

			ck_assert_msg(strstr(command, "<port>") ||
					  (p == PLATFORM_AOS_CX ||
					      p == PLATFORM_FASTIRON),
			    "%d: %s", p, command);
			ck_assert_msg(
			    !strstr(command, "erase"), "%d: %s", p, command);
			ck_assert_ptr_null(strstr(command, "reboot"));
			ck_assert_ptr_null(strstr(command, "disable"));
		}
	}
}
END_TEST

START_TEST(a_name_with_unusual_signs_is_quoted_for_who_reads_it)
{
	ck_assert_str_eq(on_host(PLATFORM_ESXI, FIX_GROUP_VLAN, "VM Network"),
	    "esxcli network vswitch standard portgroup set -p 'VM Network' "
	    "-v 120");
	ck_assert_str_eq(on_host(PLATFORM_ESXI, FIX_GROUP_VLAN, "Bob's $x"),
	    "esxcli network vswitch standard portgroup set -p "
	    "'Bob'\\''s $x' -v 120");
	ck_assert_str_eq(on_host(PLATFORM_VCENTER, FIX_GROUP_VLAN, "Bob's $x"),
	    "Get-VDPortgroup 'Bob''s $x' | Set-VDVlanConfiguration -VlanId "
	    "120");
	ck_assert_str_eq(
	    on_host(PLATFORM_VCENTER, FIX_GROUP_VLAN, "B\xc3\xbcro"),
	    "Get-VDPortgroup 'B\xc3\xbcro' | Set-VDVlanConfiguration -VlanId "
	    "120");
	ck_assert_str_eq(on_host(PLATFORM_LIBVIRT, FIX_CONNECT_VNIC, "web 01"),
	    "virsh domif-setlink 'web 01' 'web 01' up\n"
	    "virsh domif-setlink 'web 01' 'web 01' up --config");
}
END_TEST

START_TEST(a_name_that_no_quotes_make_safe_is_left_open)
{
	static const char *const hostile[] = { "a\nreboot", "a\x1b[2J", "-x",
		("a\xc2\xa0"
		 "reboot"),
		"a\xef\xbf\xbdreboot",
		/* U+2019 and U+2028: PowerShell's other quote, a line's end */
		"a\xe2\x80\x99; reboot", "a\xe2\x80\xa8reboot", "" };

	for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
		ck_assert_ptr_nonnull(strstr(
		    on_host(PLATFORM_VCENTER, FIX_GROUP_VLAN, hostile[i]),
		    "Get-VDPortgroup <group> |"));
		ck_assert_ptr_nonnull(strstr(
		    on_host(PLATFORM_LIBVIRT, FIX_CONNECT_VNIC, hostile[i]),
		    "domif-setlink <machine> <mac> up\n"));
		ck_assert_ptr_null(
		    strstr(on_host(PLATFORM_LINUX, FIX_BOND_LACP, hostile[i]),
			"reboot"));
	}
	/* It would mean every machine. */
	ck_assert_ptr_nonnull(
	    strstr(on_host(PLATFORM_VCENTER, FIX_CONNECT_VNIC, "*"),
		"Get-VM <machine>"));
}
END_TEST

START_TEST(a_name_of_any_length_makes_no_command_of_any_length)
{
	static char long_name[100000];

	memset(long_name, 'a', sizeof(long_name) - 1);
	ck_assert_ptr_nonnull(strstr(
	    on_port(PLATFORM_NXOS, FIX_ALLOW_VLAN, long_name), "<port>"));
	ck_assert_ptr_nonnull(
	    strstr(on_host(PLATFORM_ESXI, FIX_NIC_UP, long_name), "<nic>"));
}
END_TEST

START_TEST(the_firmware_of_each_driver_has_its_own_switch)
{
	struct fix_words w = fix_nothing();

	w.nic = "eno1";
	w.flag = "disable-fw-lldp";
	ck_assert_int_eq(
	    strncmp(typed(PLATFORM_LINUX, FIX_FIRMWARE_LLDP, &w),
		"ethtool --set-priv-flags eno1 disable-fw-lldp on\n", 49),
	    0);
	w.flag = "fw-lldp-agent";
	ck_assert_int_eq(
	    strncmp(typed(PLATFORM_LINUX, FIX_FIRMWARE_LLDP, &w),
		"ethtool --set-priv-flags eno1 fw-lldp-agent off\n", 48),
	    0);
	w.flag = "reboot; x";
	ck_assert_ptr_nonnull(strstr(
	    typed(PLATFORM_LINUX, FIX_FIRMWARE_LLDP, &w), "eno1 <flag>"));
}
END_TEST

START_TEST(what_a_platform_does_not_have_is_typed_below_it_or_said_in_words)
{
	struct fix_words w = fix_nothing();

	w.nic = "eno1";
	w.port = "ethernet 1/1/7";
	ck_assert_str_eq(typed(PLATFORM_OPENVSWITCH, FIX_SHOW_NIC, &w),
	    typed(PLATFORM_LINUX, FIX_SHOW_NIC, &w));
	ck_assert_str_eq(typed(PLATFORM_FASTIRON, FIX_JOIN_CHANNEL, &w),
	    "take ethernet 1/1/7 into an LACP channel, mode active");
	ck_assert_str_eq(typed(PLATFORM_IOS, FIX_NAME_VLANS, &w), "");
	ck_assert_str_eq(typed(PLATFORM_LINUX, FIX_ALLOW_VLAN, &w), "");
}
END_TEST

START_TEST(every_word_of_every_template_is_known)
{
	const struct fix_words w = fix_nothing();

	for (int p = PLATFORM_UNKNOWN; p < PLATFORMS; p++) {
		for (int i = 0; i < FIX_ACTIONS; i++) {
			const char *text =
			    typed((enum platform)p, (enum fix_action)i, &w);

			ck_assert_msg(!strstr(text, "{"), "%s", text);
		}
	}
}
END_TEST

SUITE("fix", a_vlan_is_let_through_as_each_switch_wants_it_typed,
    an_mtu_is_told_with_the_headers_that_a_switch_counts,
    what_a_channel_has_is_typed_on_the_channel, what_is_not_known_is_left_open,
    a_hostile_port_name_is_never_part_of_a_command,
    a_name_with_unusual_signs_is_quoted_for_who_reads_it,
    a_name_that_no_quotes_make_safe_is_left_open,
    a_name_of_any_length_makes_no_command_of_any_length,
    the_firmware_of_each_driver_has_its_own_switch,
    what_a_platform_does_not_have_is_typed_below_it_or_said_in_words,
    every_word_of_every_template_is_known)
