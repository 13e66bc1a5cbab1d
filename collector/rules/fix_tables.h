/*
 * fix_tables.h - what is typed on each platform: templates.
 *
 *	[fix_switches, fix_switches_more, fix_hosts] -> fix
 *
 * {port}, {number} (the port's numbers alone), {channel}, {vlan}, {mtu},
 * {mtu+18} (with headers, as some count), {nic}, {bond}, {vswitch}, {group},
 * {machine}, {vnic}, {mac}, {vf}, {trust}, {flag} (of the NIC's driver).
 *
 * Memory:  constant.
 * Errors:  NULL: there is no such command, or it is not known for certain.
 */
#ifndef COLLECTOR_RULES_FIX_TABLES_H
#define COLLECTOR_RULES_FIX_TABLES_H

#include "collector/rules/fix.h"

extern const char *const fixes_in_words[FIX_ACTIONS];
extern const char *const fixes_ios[FIX_ACTIONS];
extern const char *const fixes_nxos[FIX_ACTIONS];
extern const char *const fixes_eos[FIX_ACTIONS];
extern const char *const fixes_junos[FIX_ACTIONS];
extern const char *const fixes_os9[FIX_ACTIONS];
extern const char *const fixes_os10[FIX_ACTIONS];

extern const char *const fixes_cumulus[FIX_ACTIONS];
extern const char *const fixes_sonic[FIX_ACTIONS];
extern const char *const fixes_comware[FIX_ACTIONS];
extern const char *const fixes_aos_cx[FIX_ACTIONS];
extern const char *const fixes_provision[FIX_ACTIONS];
extern const char *const fixes_exos[FIX_ACTIONS];
extern const char *const fixes_fastiron[FIX_ACTIONS];
extern const char *const fixes_routeros[FIX_ACTIONS];

extern const char *const fixes_linux[FIX_ACTIONS];
extern const char *const fixes_openvswitch[FIX_ACTIONS];
extern const char *const fixes_libvirt[FIX_ACTIONS];
extern const char *const fixes_esxi[FIX_ACTIONS];
extern const char *const fixes_vcenter[FIX_ACTIONS];

#endif
