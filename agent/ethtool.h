/*
 * ethtool.h - what a NIC's driver says of it.
 *
 *	kernel -> [ethtool] -> agent, doctor
 *
 * Reads only; none of these requests needs a privilege.
 *
 * Memory:  the caller's.
 * Errors:  none: what a driver does not say stays absent.
 * Units:   speed in Mb/s.
 * Source:  linux/ethtool.h; drivers i40e (disable-fw-lldp) and ice
 *          (fw-lldp-agent) for the firmware's LLDP agent.
 */
#ifndef AGENT_ETHTOOL_H
#define AGENT_ETHTOOL_H

#include "report/host.h"

/* Speed, duplex, driver, firmware, bus address. */
void ethtool_read(const char *nic, struct nic_facts *out);

/* Does the NIC's firmware run an LLDP agent of its own, which takes the
 * frames away before the host sees them? */
enum firmware_lldp {
	FIRMWARE_LLDP_NONE, /* the driver has no such switch */
	FIRMWARE_LLDP_OFF,
	FIRMWARE_LLDP_ON,
	FIRMWARE_LLDP_UNKNOWN /* it may have one, but does not tell */
};
struct firmware_agent {
	enum firmware_lldp state;
	char flag[32];       /* the private flag's name */
	const char *set_off; /* "on" or "off": what turns the agent off */
};
void ethtool_firmware_lldp(const char *nic, struct firmware_agent *out);

/* The same into the facts of a NIC, if its driver tells. */
void ethtool_read_firmware(const char *nic, struct nic_facts *facts);

/* Does the NIC drop frames with a VLAN tag that the host has not asked for
 * (feature rx-vlan-filter)?  A switch that tags its CDP or LLDP is then not
 * heard: seen with virtio_net and vmxnet3, not with e1000e. */
bool ethtool_filters_vlans(const char *nic);

#endif
