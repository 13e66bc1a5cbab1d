/*
 * rules_virtual.h - what is wrong inside the host, before any cable.
 *
 * Memory, Errors: as rule.h.
 */
#ifndef COLLECTOR_RULES_RULES_VIRTUAL_H
#define COLLECTOR_RULES_RULES_VIRTUAL_H

#include "collector/rules/known.h"
#include "collector/rules/rule.h"

void rule_vnic_disconnected(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_vnic_nowhere(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_mac_twice(
    const struct rule *rule, const struct known *k, struct judgements *out);

void rule_vswitch_no_uplink(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_group_drift(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_vf_differs(
    const struct rule *rule, const struct known *k, struct judgements *out);

#endif
