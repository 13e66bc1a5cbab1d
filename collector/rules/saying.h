/*
 * saying.h - what rules about cables and VLANs say in the same words.
 *
 *	known -> [saying] -> judgement: claims, whom it touches, what to type
 *
 * Memory, Errors: as judging.h.
 */
#ifndef COLLECTOR_RULES_SAYING_H
#define COLLECTOR_RULES_SAYING_H

#include "collector/rules/fix.h"
#include "collector/rules/judging.h"
#include "collector/rules/known.h"

/* What a rule has in hand while it judges. */
struct saying {
	const struct rule *rule;
	const struct known *k;
	struct judgements *out;
};

/* A judgement about one NIC and its port, if that is known; 'about' comes
 * behind the NIC's name, "" for nothing.  NULL: no memory. */
struct judgement *saying_of_nic(const struct saying *s, enum ruling ruling,
    const struct known_nic *nic, const char *about);

/* "Eth1/9 on leaf1a"; "the switch" while it is not known. */
const char *saying_port(const struct known *k, const struct known_nic *nic);

/* Is something of the host behind the NIC: a vSwitch, a bond, a VLAN? */
bool saying_is_used(const struct known *k, const struct known_nic *nic);

/* What one side says, and how. */
void saying_claim(const struct saying *s, struct judgement *j,
    enum rule_owner side, const struct known_source *source, const char *text);

/* The machines that are on: those with a way out by this NIC; of the port
 * groups with this VLAN only, unless it is negative. */
void saying_touch(const struct saying *s, struct judgement *j,
    const struct known_nic *nic, int vlan);

/* The machines on in one port group. */
void saying_touch_group(
    const struct saying *s, struct judgement *j, uint32_t group);

/* What to type on the switch at the other end of the NIC's cable; 'words' but
 * for the port. */
void saying_fix_port(const struct saying *s, struct judgement *j,
    const struct known_nic *nic, enum fix_action action,
    struct fix_words words);

/* The same on the host; 'words' but for the NIC. */
void saying_fix_host(const struct saying *s, struct judgement *j,
    const struct known_nic *nic, enum fix_action action,
    struct fix_words words);

/* "VLAN 10", "VLANs 10, 20 and 3 more"; "" of none. */
const char *saying_vlans(
    const struct saying *s, const struct known_vlans *vlans);

size_t saying_count(const struct known_vlans *vlans);

#endif
