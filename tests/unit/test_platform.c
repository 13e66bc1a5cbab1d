#include "collector/rules/platform.h"

#include <check.h>
#include <stddef.h>

#include "tests/support/suite.h"

static enum platform
by_description(const char *text)
{
	return platform_of_switch(
	    &(struct platform_said){ .description = text });
}

static enum platform
by_cdp(const char *model, const char *software)
{
	return platform_of_switch(
	    &(struct platform_said){ .model = model, .software = software });
}

/* The texts are those that switches sent; see tests/frames. */
START_TEST(a_system_description_tells_the_platform)
{
	static const struct {
		enum platform platform;
		const char *text;
	} said[] = {
		{ PLATFORM_NXOS,
		    "Cisco Nexus Operating System (NX-OS) Software 9.3(10)" },
		{ PLATFORM_ACI, "topology/pod-1/node-101" },
		{ PLATFORM_IOS,
		    "Cisco IOS Software, C3560 Software "
		    "(C3560-ADVIPSERVICESK9-M), Version 12.2(44)SE, RELEASE "
		    "SOFTWARE (fc1)" },
		{ PLATFORM_IOS,
		    "Cisco IOS Software [Gibraltar], Catalyst L3 Switch "
		    "Software (CAT9K_IOSXE), Version 16.12.1, RELEASE SOFTWARE "
		    "(fc4)" },
		{ PLATFORM_JUNOS,
		    "Juniper Networks, Inc. qfx5100-48s-6q, version 18.4R3" },
		{ PLATFORM_JUNOS,
		    "Juniper Networks, Inc. ex4550-32f Ethernet Switch, kernel "
		    "JUNOS 15.1R7.9, Build date: 2018-09-11" },
		{ PLATFORM_EOS,
		    "Arista Networks EOS version 4.20.5F running on an Arista "
		    "Networks DCS-7050SX-64" },
		{ PLATFORM_OS9,
		    "Dell Real Time Operating System Software. Dell Operating "
		    "System Version: 2.0. Dell Application Software Version: "
		    "9.11(2.0)" },
		{ PLATFORM_OS10,
		    "Dell EMC Networking OS10 Enterprise. OS Version: "
		    "10.5.0.0." },
		{ PLATFORM_CUMULUS,
		    "Cumulus Linux version 4.3.0 running on Mellanox SN2700" },
		{ PLATFORM_SONIC,
		    "SONiC Software Version: SONiC.202205.0 - HwSku: "
		    "ACS-MSN2700" },
		{ PLATFORM_COMWARE,
		    "H3C Comware Platform Software, Software Version 5.20, "
		    "Release 1808P08" },
		{ PLATFORM_COMWARE,
		    "3Com Switch 4500G 48-Port Software Version 3Com OS "
		    "V5.02.00s168p20" },
		{ PLATFORM_PROVISION,
		    "ProCurve J4900A Switch 2626, revision H.10.74, ROM "
		    "H.08.02" },
		{ PLATFORM_PROVISION,
		    "Aruba JL253A 2930F-24G-4SFP+ Switch, revision "
		    "WC.16.02.0014, ROM WC.16.01.0006" },
		{ PLATFORM_AOS_CX, "Aruba JL635A  GL.10.08.0001" },
		{ PLATFORM_EXOS,
		    "ExtremeXOS (X670-48x) version 15.3.1.4 v1531b4" },
		{ PLATFORM_FASTIRON,
		    "Foundry Networks, Inc. Router, IronWare Version "
		    "07.6.05" },
		{ PLATFORM_FASTIRON,
		    "Ruckus Wireless, Inc. Stacking System ICX7450-48" },
		{ PLATFORM_ROUTEROS, "MikroTik RouterOS 6.48.6 CRS326" },
	};

	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		ck_assert_msg(by_description(said[i].text) == said[i].platform,
		    "%s", said[i].text);
}
END_TEST

START_TEST(cdp_tells_it_by_software_and_model)
{
	ck_assert_int_eq(by_cdp("N9K-C93180YC-FX",
			     "Cisco Nexus Operating System (NX-OS) Software, "
			     "Version 9.3(10)"),
	    PLATFORM_NXOS);
	ck_assert_int_eq(
	    by_cdp("N9K-C93180YC-EX", "n9000-14.2(7f)"), PLATFORM_ACI);
	ck_assert_int_eq(by_cdp("UCS-FI-6248UP",
			     "Cisco Nexus Operating System (NX-OS) Software, "
			     "Version 5.2(3)N2(2.28g)"),
	    PLATFORM_UCS);
	ck_assert_int_eq(
	    by_cdp("cisco 2500", "IOS (tm) 2500 Software"), PLATFORM_IOS);
	ck_assert_int_eq(by_cdp("cisco WS-C3750-48P", ""), PLATFORM_IOS);
	ck_assert_int_eq(by_cdp("N5K-C5548UP", NULL), PLATFORM_NXOS);
	ck_assert_int_eq(by_cdp("MikroTik", "6.21.1"), PLATFORM_ROUTEROS);
}
END_TEST

START_TEST(what_no_text_tells_is_not_guessed)
{
	static const char *const said[] = { "",
		"Debian GNU/Linux 12 (bookworm) Linux 6.1.0",
		"system description default",
		"Summit300-48 - Version 7.4e.1 (Build 5) by Release_Master",
		"Siemens, SIMATIC NET, SCALANCE X212-2",
		"Cisco IOS XR Software, Version 7.3.2[Default]", "cisco",
		"7.6.4.99", "Cisco IP Phone 8851" };

	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		ck_assert_msg(
		    by_description(said[i]) == PLATFORM_UNKNOWN, "%s", said[i]);
	ck_assert_int_eq(
	    by_cdp("WS-C6509", "WS-C6509 Software, Version NmpSW: 6.3(9)"),
	    PLATFORM_UNKNOWN);
	ck_assert_int_eq(
	    platform_of_switch(&(struct platform_said){ .model = NULL }),
	    PLATFORM_UNKNOWN);
}
END_TEST

START_TEST(tlvs_of_one_vendor_tell_it_if_nothing_else_does)
{
	ck_assert_int_eq(platform_of_switch(&(struct platform_said){
			     .description = "leaf one", .vendors = "arista" }),
	    PLATFORM_EOS);
	ck_assert_int_eq(
	    platform_of_switch(&(struct platform_said){ .vendors = "juniper" }),
	    PLATFORM_JUNOS);
	/* Cisco's TLVs are sent by several systems. */
	ck_assert_int_eq(
	    platform_of_switch(&(struct platform_said){ .vendors = "cisco" }),
	    PLATFORM_UNKNOWN);
}
END_TEST

START_TEST(every_platform_but_the_unknown_has_a_name)
{
	ck_assert_str_eq(platform_name(PLATFORM_UNKNOWN), "");
	for (int p = PLATFORM_UNKNOWN + 1; p < PLATFORMS; p++)
		ck_assert_str_ne(platform_name((enum platform)p), "");
	ck_assert(platform_is_typed_on(PLATFORM_NXOS));
	ck_assert(!platform_is_typed_on(PLATFORM_ACI));
	ck_assert(!platform_is_typed_on(PLATFORM_UNKNOWN));
}
END_TEST

SUITE("platform", a_system_description_tells_the_platform,
    cdp_tells_it_by_software_and_model, what_no_text_tells_is_not_guessed,
    tlvs_of_one_vendor_tell_it_if_nothing_else_does,
    every_platform_but_the_unknown_has_a_name)
