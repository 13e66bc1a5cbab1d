/*
 * rules_rate.h - MTU, speed and duplex along the whole chain.
 *
 * Memory, Errors: as rule.h.
 * Units:   a host's MTU counts the payload of a frame; LLDP's maximum frame
 *          size counts 18 octets of header and checksum more, and 4 of a tag.
 */
#ifndef COLLECTOR_RULES_RULES_RATE_H
#define COLLECTOR_RULES_RULES_RATE_H

#include "collector/rules/known.h"
#include "collector/rules/rule.h"

void rule_mtu_inside(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_mtu_switch(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_mtu_alike(
    const struct rule *rule, const struct known *k, struct judgements *out);

void rule_slow_leg(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_duplex(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_negotiation(
    const struct rule *rule, const struct known *k, struct judgements *out);

#endif
