/*
 * inside.h - joins what the sources say of the inside of this host into one
 * picture: vSwitches, uplinks, port groups, workloads.
 *
 *	links, bridge_vlans, ovs, processes ... -> [inside] -> compose
 *
 * Pure: values in, values out.  The modules inside_X are its parts: ports of
 * Linux bridges and uplinks here, Open vSwitch's in inside_ovs, those in NICs
 * in inside_nics, who hangs on a port in inside_workloads, what only libvirt
 * knows in inside_domains.
 *
 * Memory:  fills a struct virtual that the caller ends.
 * Errors:  none: what is beyond a limit is counted there.
 */
#ifndef AGENT_INSIDE_H
#define AGENT_INSIDE_H

#include "agent/bridge_vlans.h"
#include "agent/domains_index.h"
#include "agent/fdb.h"
#include "agent/links.h"
#include "agent/nics.h"
#include "agent/ovs.h"
#include "agent/processes.h"
#include "agent/sriov.h"
#include "agent/teams.h"
#include "report/virtual.h"

/* Lent for the call. */
struct inside {
	const struct links *links;
	const struct nics *nics;
	const struct bridge_vlans *vlans;
	const struct ovs *ovs;
	const struct processes *processes;
	const struct sriov *sriov;
	const struct fdb *fdb;
	const struct teams *teams;
	const struct domains *domains; /* NULL: nobody tells them */
	/* Indices of links with an address of their own, in order. */
	const uint32_t *addressed;
	size_t addressed_count;
	/* Made of 'domains' by inside_describe for its parts. */
	struct domains_index machines;
};

void inside_describe(const struct inside *in, struct virtual *out);

/* ---- for the parts ------------------------------------------------------- */

/* One port of a vSwitch that is no uplink. */
struct inside_port {
	uint32_t vswitch;
	const char *name;
	const struct link *link;               /* NULL: not in our namespace */
	const struct ovs_interface *interface; /* NULL: of a Linux bridge */
	struct vlan_policy policy;
	bool untold; /* its VLANs are not known: it is in no port group */
	const struct link *lower; /* a macvtap's, a VF's NIC; NULL: neither */
	const struct vf *vf;      /* NULL: it is none */
	const char *function;     /* where it is: "0000:3b:02.1" */
};

bool inside_has_address(const struct inside *in, uint32_t index);

/* Does the link lead to a wire: a NIC, a bond, a VLAN of one? */
bool inside_is_uplink(const struct inside *in, const struct link *link);
void inside_fill_uplink(
    const struct inside *in, const struct link *link, struct uplink *out);

/* The vSwitch that the link is a port of, or is itself. */
uint32_t inside_vswitch_of(
    const struct inside *in, const struct virtual *v, const struct link *link);
/* The other end of a link that leads from vSwitch to vSwitch in this host: a
 * veth, or a VLAN device on a bridge; VIRTUAL_NONE: it does not. */
uint32_t inside_peer_of(
    const struct inside *in, const struct virtual *v, const struct link *link);

void inside_add_bridges_of_ovs(const struct inside *in, struct virtual *v);
void inside_add_ports_of_ovs(const struct inside *in, struct virtual *v);

/* The switches in NICs: of macvtap and macvlan devices, of SR-IOV. */
void inside_add_switches_of_nics(const struct inside *in, struct virtual *v);
void inside_add_ports_of_nics(const struct inside *in, struct virtual *v);
/* "macvtap on ens1f2"; false: the link is no such device, or stands on one
 * that is not here. */
bool inside_macvtap_switch(const struct inside *in, const struct link *link,
    char out[static PORT_NAME_SIZE]);

/* The port group, and who hangs there. */
void inside_add_port(
    const struct inside *in, struct virtual *v, const struct inside_port *port);
/* Libvirt's machines, with those NICs that no port showed. */
void inside_add_domains(const struct inside *in, struct virtual *v);

/* Who a machine of libvirt's is. */
struct workload inside_workload_of(const struct domain *domain);
/* What libvirt says of its NIC, where nobody else said it. */
void inside_fill_vnic(const struct domain_nic *nic, struct vnic *out);
/* Named as the network's people do, if no other goes by that name. */
uint32_t inside_port_group(struct virtual *v, uint32_t vswitch,
    const struct vlan_policy *policy, const struct domain_nic *nic);

/* The host itself, by an address of its own on a vSwitch. */
void inside_add_kernel_port(
    const struct inside *in, struct virtual *v, const struct inside_port *port);

#endif
