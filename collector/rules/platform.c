#include "collector/rules/platform.h"

#include <stddef.h>
#include <string.h>

/* A text that has both pieces is of that platform; the first that fits counts,
 * so what is special stands before what is general. */
static const struct sign {
	enum platform platform;
	const char *has, *also; /* NULL: nothing more */
} signs[] = {
	/* An ACI leaf's description is its place in the fabric, and its
	 * software that of its boot image: "n9000-14.2(7f)". */
	{ PLATFORM_ACI, "topology/pod-", "/node-" },
	{ PLATFORM_ACI, "n9000-1", "(" },
	{ PLATFORM_UCS, "UCS-FI-", NULL },
	{ PLATFORM_NXOS, "NX-OS", NULL },
	{ PLATFORM_NXOS, "Nexus Operating System", NULL },
	/* IOS XR is configured in another way: it stays unknown. */
	{ PLATFORM_UNKNOWN, "IOS XR", NULL },
	{ PLATFORM_IOS, "Cisco IOS", NULL },
	{ PLATFORM_IOS, "IOS (tm)", NULL },
	{ PLATFORM_IOS, "IOS-XE", NULL },
	{ PLATFORM_IOS, "Cisco Internetwork Operating System", NULL },
	{ PLATFORM_JUNOS, "Juniper Networks", NULL },
	{ PLATFORM_JUNOS, "JUNOS", NULL },
	{ PLATFORM_EOS, "Arista Networks EOS", NULL },
	{ PLATFORM_OS10, "OS10", NULL },
	{ PLATFORM_OS9, "Force10", NULL },
	{ PLATFORM_OS9, "Dell", "Real Time Operating System" },
	{ PLATFORM_OS9, "Dell", "Application Software Version: 9" },
	{ PLATFORM_OS9, "Dell", "Networking OS" },
	{ PLATFORM_CUMULUS, "Cumulus Linux", NULL },
	{ PLATFORM_SONIC, "SONiC", NULL },
	{ PLATFORM_COMWARE, "Comware", NULL },
	{ PLATFORM_COMWARE, "3Com OS", NULL },
	{ PLATFORM_AOS_CX, "AOS-CX", NULL },
	{ PLATFORM_AOS_CX, "ArubaOS-CX", NULL },
	{ PLATFORM_PROVISION, "ProCurve", "revision" },
	{ PLATFORM_PROVISION, "HP J", "revision" },
	{ PLATFORM_PROVISION, "HPE J", "revision" },
	{ PLATFORM_PROVISION, "Aruba J", "revision" },
	/* "Aruba JL635A 8325 GL.10.08.0001": the letters are the series. */
	{ PLATFORM_AOS_CX, "Aruba", "L.10." },
	{ PLATFORM_EXOS, "ExtremeXOS", NULL },
	{ PLATFORM_EXOS, "Extreme Networks Switch Engine", NULL },
	{ PLATFORM_FASTIRON, "IronWare", NULL },
	{ PLATFORM_FASTIRON, "Ruckus", "ICX" },
	{ PLATFORM_FASTIRON, "Brocade", "ICX" },
	{ PLATFORM_ROUTEROS, "RouterOS", NULL },
	{ PLATFORM_ROUTEROS, "MikroTik", NULL },
	/* A model alone tells less: it comes last.  CatOS says "WS-C6509",
	 * IOS says "cisco WS-C6509". */
	{ PLATFORM_NXOS, "N3K-", NULL },
	{ PLATFORM_NXOS, "N5K-", NULL },
	{ PLATFORM_NXOS, "N7K-", NULL },
	{ PLATFORM_NXOS, "N9K-", NULL },
	{ PLATFORM_IOS, "cisco WS-C", NULL },
	{ PLATFORM_IOS, "cisco C9", NULL },
};

/* TLVs that only one system of their vendor sends. */
static const struct sign vendors[] = {
	{ PLATFORM_EOS, "arista", NULL },
	{ PLATFORM_JUNOS, "juniper", NULL },
};

static bool
shows(const struct sign *sign, const char *text)
{
	return text && strstr(text, sign->has) &&
	       (!sign->also || strstr(text, sign->also));
}

enum platform
platform_of_switch(const struct platform_said *said)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		if (shows(&signs[i], said->description) ||
		    shows(&signs[i], said->software) ||
		    shows(&signs[i], said->model))
			return signs[i].platform;
	}
	for (size_t i = 0; i < sizeof(vendors) / sizeof(*vendors); i++) {
		if (shows(&vendors[i], said->vendors))
			return vendors[i].platform;
	}
	return PLATFORM_UNKNOWN;
}

const char *
platform_name(enum platform platform)
{
	static const char *const names[PLATFORMS] = {
		[PLATFORM_UNKNOWN] = "",
		[PLATFORM_IOS] = "Cisco IOS",
		[PLATFORM_NXOS] = "Cisco NX-OS",
		[PLATFORM_ACI] = "Cisco ACI",
		[PLATFORM_UCS] = "Cisco UCS Manager",
		[PLATFORM_JUNOS] = "Juniper Junos",
		[PLATFORM_EOS] = "Arista EOS",
		[PLATFORM_OS9] = "Dell OS9",
		[PLATFORM_OS10] = "Dell OS10",
		[PLATFORM_CUMULUS] = "Cumulus Linux",
		[PLATFORM_SONIC] = "SONiC",
		[PLATFORM_COMWARE] = "HPE Comware",
		[PLATFORM_AOS_CX] = "ArubaOS-CX",
		[PLATFORM_PROVISION] = "ArubaOS-Switch",
		[PLATFORM_EXOS] = "Extreme EXOS",
		[PLATFORM_FASTIRON] = "FastIron",
		[PLATFORM_ROUTEROS] = "MikroTik RouterOS",
		[PLATFORM_LINUX] = "Linux",
		[PLATFORM_OPENVSWITCH] = "Open vSwitch",
		[PLATFORM_LIBVIRT] = "libvirt",
		[PLATFORM_ESXI] = "ESXi",
		[PLATFORM_VCENTER] = "PowerCLI",
	};

	return names[platform];
}

bool
platform_is_typed_on(enum platform platform)
{
	return platform != PLATFORM_UNKNOWN && platform != PLATFORM_ACI &&
	       platform != PLATFORM_UCS;
}
