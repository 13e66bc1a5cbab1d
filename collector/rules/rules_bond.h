/*
 * rules_bond.h - bonds and teams: what both sides expect of each other, and
 * what is left when one part fails.
 *
 * Memory, Errors: as rule.h.
 */
#ifndef COLLECTOR_RULES_RULES_BOND_H
#define COLLECTOR_RULES_RULES_BOND_H

#include "collector/rules/known.h"
#include "collector/rules/rule.h"

void rule_lacp_one_sided(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_lacp_partners(
    const struct rule *rule, const struct known *k, struct judgements *out);

void rule_team_one_switch(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_team_one_card(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_team_one_leg(
    const struct rule *rule, const struct known *k, struct judgements *out);
void rule_team_on_standby(
    const struct rule *rule, const struct known *k, struct judgements *out);

#endif
