/*
 * vf.h - the place of a device on the PCI bus to the NIC whose VF it is.
 *
 *	/sys/bus/pci/devices -> [vf] -> domain
 *
 * Memory:  none.
 * Errors:  none: what is no VF, or not of this machine, stays as it is.
 * Source:  Documentation/ABI/testing/sysfs-bus-pci: physfn, virtfnN.
 */
#ifndef AGENT_LIBVIRT_VF_H
#define AGENT_LIBVIRT_VF_H

#include "agent/domain.h"

/* Fills 'nic' and 'vf' by 'pci'; 'devices' is the directory in /sys. */
void vf_find(struct domain_nic *nic, const char *devices);

#endif
