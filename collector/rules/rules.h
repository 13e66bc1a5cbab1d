/*
 * rules.h - every rule, by the group that it is of; the table names them.
 *
 *	known -> [rules] -> judgements
 *
 * Memory, Errors: as rule.h.
 */
#ifndef COLLECTOR_RULES_RULES_H
#define COLLECTOR_RULES_RULES_H

#include "collector/rules/known.h"
#include "collector/rules/rule.h"

/* Attachment: the host, its NICs, and who is at the other end. */
void rule_host_silent(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_host_twice(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_host_clock(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_nic_link(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_nic_flaps(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_nic_firmware(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_nic_neighbor(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_frames_malformed(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_neighbor_silent(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_neighbor_goodbye(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_neighbors_several(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_neighbors_disagree(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_cable_moved(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_cable_to_host(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_port_claimed_twice(
    const struct rule *rule, const struct known *k, struct judgements *out);

/* VLANs. */
void rule_vlan_held_back(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_vlan_not_carried(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_vlan_untold(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_vlan_untagged(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_vlan_native(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_vlan_legs(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_vlan_unneeded(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_vlan_name(
    const struct rule *rule, const struct known *k, struct judgements *out);

/* Hosts that are alike. */
void rule_siblings_carry(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_siblings_native(
    const struct rule *rule, const struct known *k, struct judgements *out);

#endif
