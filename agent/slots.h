/*
 * slots.h - where in the machine a NIC's card is plugged.
 *
 *	/sys/bus/pci, smbios -> [slots] -> agent
 *
 * Memory:  the caller's.
 * Errors:  none: what nobody says stays "".
 * Source:  /sys/bus/pci/slots/X/address, SMBIOS type 9; for a NIC on the
 *          board the label that its firmware gives it (type 41).
 */
#ifndef AGENT_SLOTS_H
#define AGENT_SLOTS_H

#include "agent/smbios.h"

/* 'bus' is "0000:3b:00.0"; 'sys' is "/sys", but for tests. */
void slots_find(const struct smbios *smbios, const char *sys, const char *bus,
    char out[static NIC_SLOT_SIZE]);

#endif
