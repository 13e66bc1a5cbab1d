/*
 * fix.h - what to type: an action, on a platform, with names filled in.
 *
 *	judgement -> [fix] -> text to paste
 *
 * A table of templates for each platform: "switchport access vlan {vlan}".
 * The names that go in come from the wire and from hypervisors.  What is pasted
 * must do what it shows and nothing else: a name with an unusual sign is quoted
 * where a shell or PowerShell reads it, and else left open: "<port>".
 *
 * Memory:  the arena of the judgements.
 * Errors:  "" when nothing is known to type, or the heap is exhausted.
 * Units:   MTU in octets of payload, as a host counts; VLAN ids; -1: not said.
 * Source:  command references of Cisco (IOS, NX-OS), Juniper (ELS), Arista,
 *          Dell (OS9, OS10), NVIDIA (NVUE), SONiC, H3C and HPE, Extreme,
 *          Ruckus, MikroTik, VMware (esxcli, PowerCLI); ip(8), bridge(8),
 *          ethtool(8), ovs-vsctl(8), virsh(1).
 */
#ifndef COLLECTOR_RULES_FIX_H
#define COLLECTOR_RULES_FIX_H

#include <stdbool.h>
#include <stdint.h>

#include "collector/arena.h"
#include "collector/rules/platform.h"

enum fix_action {
	/* On a switch. */
	FIX_SHOW_PORT,
	FIX_ALLOW_VLAN,   /* tagged */
	FIX_NATIVE_VLAN,  /* of untagged frames on a trunk */
	FIX_ACCESS_VLAN,  /* of a port without tags */
	FIX_JOIN_CHANNEL, /* by LACP */
	FIX_LEAVE_CHANNEL,
	FIX_PORT_MTU,
	FIX_PORT_NEGOTIATES, /* speed and duplex */
	FIX_SEND_LLDP,
	FIX_SEND_CDP,
	FIX_NAME_VLANS, /* by LLDP, so that what is carried is known */
	/* On a host. */
	FIX_SHOW_NIC,
	FIX_NIC_UP,
	FIX_NIC_NEGOTIATES,
	FIX_GROUP_VLAN,  /* of a port group, or of the vNIC's own port */
	FIX_UPLINK_VLAN, /* let through by the virtual switch */
	FIX_ADD_UPLINK,
	FIX_PREFER_UPLINK, /* make it the active one */
	FIX_BOND_LACP,
	FIX_BOND_PLAIN, /* active-backup: the switch need not know */
	FIX_MTU,
	FIX_CONNECT_VNIC,
	FIX_VF,            /* VLAN and trust of a virtual function */
	FIX_FIRMWARE_LLDP, /* off: it keeps the frames from the host */
	FIX_LISTEN,        /* the virtual switch hears CDP or LLDP */
	FIX_RESTART_AGENT,
	FIX_ACTIONS
};

/* What is filled in; NULL or "", and -1, leave it open. */
struct fix_words {
	const char *port; /* as the switch spells it in full */
	bool in_channel;  /* a port of a channel: that is to be changed */
	const char *nic, *bond, *vswitch, *group;
	const char *flag; /* of the NIC's driver: "disable-fw-lldp" */
	const char *machine, *vnic, *mac, *trust; /* trust: "on", "off" */
	int64_t channel, vlan, mtu, vf;
};

/* No numbers said, no names. */
struct fix_words fix_nothing(void);

const char *fix_command(struct arena *a, enum platform platform,
    enum fix_action action, const struct fix_words *words);

#endif
