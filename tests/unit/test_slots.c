#include "agent/slots.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/suite.h"
#include "tests/support/tree.h"

static char sys[32], path[256];
static struct smbios smbios;

static const char *
in_sys(const char *name)
{
	snprintf(path, sizeof(path), "%s/%s", sys, name);
	return path;
}

static void
put_file(const char *name, const char *text)
{
	FILE *file = fopen(in_sys(name), "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
}

/* A card with two functions behind a bridge, and a NIC on the board. */
static void
begin(void)
{
	static const char *const directories[] = { "devices",
		"devices/pci0000:3a", "devices/pci0000:3a/0000:3a:00.0",
		"devices/pci0000:3a/0000:3a:00.0/0000:3b:00.1",
		"devices/pci0000:00", "devices/pci0000:00/0000:00:1f.6", "bus",
		"bus/pci", "bus/pci/devices", "bus/pci/slots",
		"bus/pci/slots/3" };

	snprintf(sys, sizeof(sys), "/tmp/demarc-sysXXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(sys));
	for (size_t i = 0; i < sizeof(directories) / sizeof(*directories); i++)
		ck_assert_int_eq(mkdir(in_sys(directories[i]), 0755), 0);
	ck_assert_int_eq(
	    symlink("../../../devices/pci0000:3a/0000:3a:00.0/0000:3b:00.1",
		in_sys("bus/pci/devices/0000:3b:00.1")),
	    0);
	ck_assert_int_eq(symlink("../../../devices/pci0000:00/0000:00:1f.6",
			     in_sys("bus/pci/devices/0000:00:1f.6")),
	    0);
	memset(&smbios, 0, sizeof(smbios));
}

static const char *
slot_of(const char *bus)
{
	static char slot[NIC_SLOT_SIZE];

	slots_find(&smbios, sys, bus, slot);
	return slot;
}

START_TEST(the_firmware_names_the_slot)
{
	begin();
	put_file("bus/pci/slots/3/address", "0000:3b:00\n");
	smbios.slots[smbios.slot_count++] =
	    (struct smbios_slot){ .bus = 0x3b, .name = "PCIe Slot 3" };
	ck_assert_str_eq(slot_of("0000:3b:00.1"), "PCIe Slot 3");
	tree_remove(sys);
}
END_TEST

START_TEST(the_kernel_names_the_slot_of_a_bridge_above)
{
	begin();
	put_file("bus/pci/slots/3/address", "0000:3a:00\n");
	ck_assert_str_eq(slot_of("0000:3b:00.1"), "3");
	tree_remove(sys);
}
END_TEST

START_TEST(a_nic_on_the_board_has_its_label)
{
	begin();
	put_file("bus/pci/slots/3/address", "0000:3b:00\n");
	ck_assert_str_eq(slot_of("0000:00:1f.6"), "");
	put_file("devices/pci0000:00/0000:00:1f.6/label", "Embedded NIC 1\n");
	ck_assert_str_eq(slot_of("0000:00:1f.6"), "Embedded NIC 1");
	ck_assert_str_eq(slot_of("0000:99:00.0"), "");
	ck_assert_str_eq(slot_of("../../slots/3"), "");
	ck_assert_str_eq(slot_of(""), "");
	tree_remove(sys);
}
END_TEST

SUITE("slots", the_firmware_names_the_slot,
    the_kernel_names_the_slot_of_a_bridge_above,
    a_nic_on_the_board_has_its_label)
