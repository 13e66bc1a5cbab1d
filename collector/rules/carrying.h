/*
 * carrying.h - does a switch port carry a VLAN, by what is claimed of it?
 *
 *	known NIC, VLAN -> [carrying] -> rules of VLANs and siblings
 *
 * It holds that it does when the switch names the VLAN there and not as that of
 * untagged frames, or when its tagged frames arrive.
 *
 * That it does not is believed of a full claim only, since most switches name
 * some of their VLANs or none.  A list that lacks the VLAN is full:
 *
 *  - FDP's bitmap: it has a bit for each VLAN of the port (docs/PROTOCOLS.md).
 *  - Junos: names every VLAN of the port, but at most 5 unless it is told to
 *    fill the frame (transmit-max-vlan-name-tlv), when some 60 and more fit
 *    (Junos OS, "Configuring the Transmission of Maximum VLAN Name TLVs in
 *    LLDP").  So one of 5, or of 60 and more, is not.
 *  - IOS, NX-OS, EOS, Cumulus, SONiC, Linux, and Junos again: by comparison.
 *    Which VLANs such a switch names is one setting for all of its ports; so
 *    when another port of the same switch, or of one of the same system and
 *    version, names the VLAN, this one would, too.  It must name some itself,
 *    and must not have been cut: it names a higher VLAN, or fewer than the
 *    other port.
 *
 * Never full: EXOS, Comware, Dell OS9 and OS10, where people choose which VLANs
 * are named port by port (ExtremeXOS "configure lldp ports vlan-name", Comware
 * "lldp tlv-enable dot1-tlv vlan-name [vlan-id]", OS10 "lldp vlan-name-tlv");
 * systems that we do not know; lists of which the agent has lost items; and
 * frames that were not heard, however long was listened.
 *
 * Who contradicts himself, or the wire, is not believed: unknown.
 *
 * Memory:  what is lent is of the known.
 * Errors:  none.
 */
#ifndef COLLECTOR_RULES_CARRYING_H
#define COLLECTOR_RULES_CARRYING_H

#include "collector/rules/known.h"
#include "collector/rules/rule.h"

enum carrying_why {
	CARRIED_NAMED,        /* 'by' names it */
	CARRIED_HEARD,        /* 'heard' arrives */
	CARRIED_NOT_LISTED,   /* the list of 'by' is full without it */
	CARRIED_NOT_AS_THERE, /* 'other' names it, and 'by' does not */
	CARRIED_UNTAGGED,     /* 'by' has it for untagged frames */
	CARRIED_DISPUTED,     /* 'by' says no, and yet 'heard' or named */
	CARRIED_NOT_NAMED,    /* 'by' names others, which proves nothing */
	CARRIED_NAMES_NONE,   /* the switch is heard, and names no VLANs */
	CARRIED_NO_NEIGHBOR,  /* nobody is known who could tell */
	CARRIED_NO_LINK       /* the NIC has no carrier, or is off */
};

struct carrying {
	enum ruling ruling; /* BROKEN: it does not */
	enum carrying_why why;
	const struct known_neighbor *by, *other;
	const struct known_heard_vlan *heard;
};

void carrying_judge(struct carrying *out, const struct known *k,
    const struct known_nic *nic, int vlan);

/* Does the neighbor speak for the other end of the NIC's cable, now? */
bool carrying_speaks(
    const struct known_nic *nic, const struct known_neighbor *n);

/* Which VLAN the switch has for untagged frames: 0: none, -1: not said, -2: its
 * protocols disagree.  '*out_by' who says so. */
int64_t carrying_untagged(
    const struct known_nic *nic, const struct known_neighbor **out_by);

/* What a way needs of the switch port: '*out_untagged' also frames without a
 * tag.  What it needs may be unknown besides. */
void carrying_needs(const struct known *k, const struct known_way *way,
    struct known_vlans *out, bool *out_untagged);

/* Does anything of the host leave by the NIC without a tag? */
bool carrying_sends_untagged(
    const struct known *k, const struct known_nic *nic);

#endif
