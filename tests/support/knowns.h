/*
 * knowns.h - what is known of a healthy host, for a test to break.
 *
 *	knowns_healthy -> a test changes it -> knowns_judge -> judgement
 *
 * Host esx07, Linux: bond0 (active-backup) of eno1, cabled to Eth1/1 of sw1,
 * and eno2, cabled to Eth1/1 of sw2, both Cisco NX-OS and heard by LLDP [0] and
 * CDP [1]; bridge br0 on bond0; port group Prod of VLAN 120; machines web-01,
 * web-02, web-03 with vNICs vnet0, vnet1, vnet2 in it.  All of it is of now.
 *
 * Memory:  known_done frees; arrays have room for KNOWNS_ROOM items.
 * Errors:  a test that finds no memory fails.
 */
#ifndef TESTS_SUPPORT_KNOWNS_H
#define TESTS_SUPPORT_KNOWNS_H

#include "collector/rules/known.h"
#include "collector/rules/rule.h"

enum { KNOWNS_ROOM = 16, KNOWNS_NOW = 1700000000 };

void knowns_healthy(struct known *out);

/* The same with LACP on both sides of bond0. */
void knowns_lacp(struct known *out);

/* Said by 'text', now. */
struct known_source knowns_source(const char *text);

/* With nothing said. */
struct known_nic knowns_nic(const char *name);
struct known_neighbor knowns_neighbor(const char *protocol, uint32_t port);
struct known_link knowns_link(const char *name, const char *kind);
struct known_group knowns_group(const char *name, uint32_t vswitch);

/* Appends, and gives the place. */
uint32_t knowns_add_port(struct known *k, uint32_t on, const char *name);
uint32_t knowns_add_switch(struct known *k, const char *name);
uint32_t knowns_add_nic(struct known *k, const char *name);
uint32_t knowns_add_link(struct known *k, const char *name, const char *kind);
uint32_t knowns_add_vswitch(
    struct known *k, const char *name, const char *kind);
uint32_t knowns_add_group(struct known *k, const char *name, uint32_t vswitch);
/* A machine that runs, with one vNIC in the group. */
uint32_t knowns_add_machine(
    struct known *k, const char *name, const char *vnic, uint32_t group);
/* A host that is alike, whose NIC stands for 'of': the same, but its name. */
struct known_nic *knowns_add_sibling(
    struct known *k, const char *host, uint32_t of);

/* Cables the NIC to the port, heard by LLDP and CDP. */
void knowns_cable(struct known *k, uint32_t nic, uint32_t port);

/* What the rule says, 'about' one thing (NULL: the first); NULL: nothing. 'out'
 * is made anew; judgements_done frees. */
const struct judgement *knowns_judge(const struct known *k, const char *rule,
    const char *about, struct judgements *out);

/* Does the rule call anything broken? */
bool knowns_is_broken(const struct known *k, const char *rule);

#endif
