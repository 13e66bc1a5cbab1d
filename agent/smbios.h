/*
 * smbios.h - the firmware's tables to what they say of where a host is.
 *
 *	host_facts -> [smbios] -> report
 *
 * Which enclosure a blade is in and in which bay, and which cards are in which
 * slots.  Makers write these in different places:
 *
 *	all   type 2 "location in chassis", type 3 serial and asset tag
 *	HPE   type 204 enclosure's name and serial, server bay
 *
 * Pure.  What makers write when they had nothing to write is no text.
 *
 * Memory:  a plain value without pointers.
 * Errors:  none: what is broken ends the reading, what was read stays.
 * Source:  DSP0134 (SMBIOS 3.7), 6.1 and 7; type 204 as dmidecode reads it.
 */
#ifndef AGENT_SMBIOS_H
#define AGENT_SMBIOS_H

#include <stdbool.h>

#include "base/cursor.h"
#include "report/host.h"

enum {
	/* A large machine has 20. */
	SMBIOS_SLOTS_MOST = 64,
	/* The tables of a machine with much memory: 20 KB. */
	SMBIOS_SIZE_MOST = 256 * 1024
};

struct smbios_slot {
	uint16_t segment;
	uint8_t bus, device, function;
	char name[NIC_SLOT_SIZE]; /* "PCIe Slot 3" */
};

struct smbios {
	char chassis_serial[HOST_TEXT_SIZE];
	char chassis_asset[HOST_TEXT_SIZE];
	char location[HOST_TEXT_SIZE]; /* of the board in the chassis */
	char enclosure_name[HOST_TEXT_SIZE];
	char enclosure_serial[HOST_TEXT_SIZE];
	char bay[HOST_TEXT_SIZE];
	uint8_t slot_count;
	struct smbios_slot slots[SMBIOS_SLOTS_MOST];
};

/* 'tables' are /sys/firmware/dmi/tables/DMI. */
void smbios_read(struct cursor tables, struct smbios *out);

/* The enclosure and the bay; "" each when nothing says.  'serial' is the
 * host's own: a chassis with the same is the host itself. */
const char *smbios_chassis(const struct smbios *s, const char *serial);
const char *smbios_bay(const struct smbios *s);

/* The slot of "0000:3b:00.0", or of another function of the same card; "" when
 * it is none or not known. */
const char *smbios_slot(const struct smbios *s, const char *bus);

/* Is this what makers write when they had nothing to write? */
bool smbios_says_nothing(const char *text);

#endif
