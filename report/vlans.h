/*
 * vlans.h - a set of VLANs, and what a port does with them.
 *
 *	links, ovs -> [vlans] -> virtual -> report
 *
 * Memory:  plain values without pointers.
 * Errors:  numbers that are no VLAN are left out.
 * Source:  IEEE 802.1Q-2018, 9.6 (0 is no VLAN, 4095 is reserved).
 */
#ifndef REPORT_VLANS_H
#define REPORT_VLANS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	VLAN_LEAST = 1,
	VLAN_MOST = 4094,
	/* Every second VLAN: 2047 numbers and commas. */
	VLANS_TEXT_SIZE = 2047 * 5 + 1,
	VLAN_POLICY_NAME_SIZE = 160
};

struct vlans {
	uint64_t bits[64];
};

void vlans_add(struct vlans *set, uint32_t first, uint32_t last);
bool vlans_has(const struct vlans *set, uint32_t vlan);
unsigned vlans_count(const struct vlans *set);

/* Adds what a text of that form names, up to where it is of another form. */
void vlans_read(struct vlans *set, const char *text);

/* "10,20-30"; "" when the set is empty. */
const char *vlans_format(
    const struct vlans *set, char out[static VLANS_TEXT_SIZE]);

/* What a port of a vSwitch does with frames; ports of one vSwitch that do the
 * same are one port group. */
enum vlan_mode {
	VLAN_UNTAGGED, /* no VLANs are known here */
	VLAN_ACCESS,   /* untagged frames are of 'vlan', no others pass */
	VLAN_TRUNK,    /* tagged frames of 'trunks' */
	VLAN_NATIVE,   /* and untagged ones are of 'vlan' */
	VLAN_TUNNEL,   /* all frames get a second tag, 'vlan' */
	VLAN_CLOSED,   /* no frame passes */
	VLAN_UNKNOWN   /* nobody tells */
};
struct vlan_policy {
	enum vlan_mode mode;
	uint16_t vlan;
	bool all; /* every VLAN: 'trunks' is empty */
	struct vlans trunks;
};

bool vlan_policy_same(const struct vlan_policy *a, const struct vlan_policy *b);

/* "untagged", "tag 140", "trunk 10,20", "trunk all", "native 20, trunk 20,30",
 * "tunnel 30", "closed", "unknown VLAN".  A list that does not fit is cut, and
 * told from others by the number of its VLANs and a hash. */
const char *vlan_policy_name(
    const struct vlan_policy *policy, char out[static VLAN_POLICY_NAME_SIZE]);

#endif
