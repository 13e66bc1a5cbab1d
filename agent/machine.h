/*
 * machine.h - the command line of a QEMU process to a machine and its NICs.
 *
 *	processes -> [machine] -> inside
 *
 * Reads what libvirt, Proxmox and people write: comma lists and JSON.  Pure.
 *
 * Memory:  a plain value without pointers.
 * Errors:  STATUS_MALFORMED: no arguments; what is not understood is skipped.
 * Source:  qemu(1): -name, -uuid, -smbios, -netdev, -device, -nic.
 */
#ifndef AGENT_MACHINE_H
#define AGENT_MACHINE_H

#include <stddef.h>

#include "base/attributes.h"
#include "base/status.h"
#include "report/virtual.h"

enum {
	/* A PC has 32 PCI slots on its first bus. */
	MACHINE_NICS_MOST = 16,
	MACHINE_ID_SIZE = 32
};

struct machine_nic {
	char id[MACHINE_ID_SIZE]; /* of the netdev */
	char tap[LINK_NAME_SIZE]; /* "": QEMU got it as a descriptor */
	bool has_mac;
	uint8_t mac[MAC_SIZE]; /* that the guest sees */
};

struct machine {
	int pid;
	char name[WORKLOAD_NAME_SIZE];
	char uuid[UUID_TEXT_SIZE];
	uint8_t nic_count, tap_count;
	struct machine_nic nics[MACHINE_NICS_MOST];
	/* What its descriptors are, when we may look at them: names of taps,
	 * indices of macvtaps. */
	char taps[MACHINE_NICS_MOST][LINK_NAME_SIZE];
	uint32_t macvtaps[MACHINE_NICS_MOST];
	/* PCI devices of the host that it was given. */
	uint8_t macvtap_count, device_count;
	char devices[MACHINE_NICS_MOST][LINK_BUS_SIZE]; /* "0000:3b:02.1" */
};

/* 'octets' are /proc/PID/cmdline: each argument ended by a NUL. */
MUST_USE enum status machine_read(
    const char *octets, size_t size, struct machine *out);

/* Reads the tap's name out of /proc/PID/fdinfo/N; false: it is none. */
bool machine_read_tap(
    const char *text, size_t size, char out[static LINK_NAME_SIZE]);

/* Reads the index of a macvtap out of what /proc/PID/fd/N points to; 0: it is
 * none. */
uint32_t machine_read_macvtap(const char *target);

bool machine_has_device(const struct machine *machine, const char *bus);

/* Does the tap of this name and address belong to the machine?  libvirt gives
 * a tap the guest's address with 0xfe for its first octet; a macvtap has the
 * guest's own.  '*out_nic' is NULL
 * when it is not known which of its NICs it is. */
bool machine_has_tap(const struct machine *machine, const struct link *tap,
    const struct machine_nic **out_nic);

#endif
