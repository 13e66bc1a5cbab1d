/*
 * platform.h - which system a switch runs, to know what is typed on it.
 *
 *	what a neighbor says of itself -> [platform] -> fix
 *
 * Memory:  constant texts.
 * Errors:  none; what no text tells is PLATFORM_UNKNOWN, never guessed.
 * Source:  system descriptions, CDP's platform and software, as captures under
 *          tests/frames and vendors' documents have them.
 */
#ifndef COLLECTOR_RULES_PLATFORM_H
#define COLLECTOR_RULES_PLATFORM_H

#include <stdbool.h>

enum platform {
	PLATFORM_UNKNOWN,
	/* Switches. */
	PLATFORM_IOS, /* and IOS-XE */
	PLATFORM_NXOS,
	PLATFORM_ACI, /* a leaf that its controller configures */
	PLATFORM_UCS, /* a fabric interconnect: its manager does */
	PLATFORM_JUNOS,
	PLATFORM_EOS,
	PLATFORM_OS9, /* Dell, once Force10's FTOS */
	PLATFORM_OS10,
	PLATFORM_CUMULUS,
	PLATFORM_SONIC,
	PLATFORM_COMWARE,
	PLATFORM_AOS_CX,
	PLATFORM_PROVISION, /* ProCurve, ArubaOS-Switch */
	PLATFORM_EXOS,
	PLATFORM_FASTIRON, /* Foundry, Brocade, Ruckus ICX */
	PLATFORM_ROUTEROS,
	/* What a host has. */
	PLATFORM_LINUX,
	PLATFORM_OPENVSWITCH,
	PLATFORM_LIBVIRT,
	PLATFORM_ESXI,
	PLATFORM_VCENTER, /* distributed switches: PowerCLI */
	PLATFORMS
};

/* What a neighbor says, as said; NULL or "": nothing. */
struct platform_said {
	const char *model;       /* CDP's platform: "cisco WS-C3750-48P" */
	const char *software;    /* CDP's software version */
	const char *description; /* LLDP's system description */
	const char *vendors;     /* whose TLVs it sends: "arista" */
};

enum platform platform_of_switch(const struct platform_said *said);

/* "Cisco NX-OS"; "" for PLATFORM_UNKNOWN. */
const char *platform_name(enum platform platform);

/* Is it typed on the switch itself?  False: elsewhere, as ACI's, or unknown. */
bool platform_is_typed_on(enum platform platform);

#endif
