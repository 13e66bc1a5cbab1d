/*
 * inside.h - the inside of one ESXi host: switches, port groups, VMs.
 *
 *	inventory -> [inside] -> virtual -> report
 *
 * What a port group does not say itself its switch says; what a switch says of
 * its order in other names than those of NICs is put into those.  Of a
 * distributed switch only those port groups are told that something on this
 * host is in: the others are on other hosts.
 *
 * Memory:  none kept.
 * Errors:  what is beyond a limit is counted in virtual.lost.
 */
#ifndef VSPHERE_INSIDE_H
#define VSPHERE_INSIDE_H

#include "report/virtual.h"
#include "vsphere/inventory.h"

/* One host at one moment, for the modules of this picture. */
struct inside {
	const struct inventory *inventory;
	const struct esxi *host;
	struct virtual *out;
	/* The vSwitches stand in this order: standard, distributed, opaque. */
	uint32_t first_proxy, first_opaque;
	bool alive; /* the vCenter reaches the host */
};

void inside_describe(const struct inventory *inventory, const struct esxi *host,
    struct virtual *out);

/* ---- inside_switches: vSwitches, uplinks, and their port groups -------------
 */

void inside_add_switches(struct inside *in);
void inside_add_groups(struct inside *in);

/* The port group where something is; VIRTUAL_NONE: not known.  Those of
 * distributed and opaque switches are added when they are asked for. */
uint32_t inside_standard_group(struct inside *in, const char *name);
uint32_t inside_distributed_group(
    struct inside *in, const char *switch_uuid, const char *key);
uint32_t inside_opaque_group(struct inside *in, const char *id);

/* The distributed switch of that uuid on this host; VIRTUAL_NONE: none. */
uint32_t inside_find_proxy(const struct inside *in, const char *uuid);

/* The NIC that a PCI address names; "" : none. */
void inside_nic_of_pci(
    const struct inside *in, const char *pci, char out[static LINK_NAME_SIZE]);

/* ---- inside_workloads: VMs and kernel ports ---------------------------------
 */

void inside_add_workloads(struct inside *in);

/* ---- inside_teams: who may use what
 * ------------------------------------------ */

/* The teaming of a switch and of one of its port groups, in one place. */
struct teams {
	const struct list *list; /* that the texts of 'teaming' are in */
	const struct teaming_value *teaming;
};

/* The state of a NIC or uplink by the order of 'teams'; unknown when no order
 * is told. */
enum member_state inside_state(struct teams teams, const char *name);

#endif
