#include "agent/machine.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/suite.h"

#define UUID "11111111-2222-3333-4444-555555555555"

/* As libvirt 9 starts it. */
static const char by_libvirt[] =
    "/usr/bin/qemu-system-x86_64\0-name\0guest=web,,01,debug-threads=on\0"
    "-uuid\0" UUID "\0-netdev\0{\"type\":\"tap\",\"fd\":\"30\",\"id\":"
    "\"hostnet0\"}\0-device\0{\"driver\":\"virtio-net-pci\",\"netdev\":"
    "\"hostnet0\",\"id\":\"net0\",\"mac\":\"52:54:00:01:00:01\"}\0"
    "-netdev\0tap,fd=31,id=hostnet1\0"
    "-device\0e1000e,netdev=hostnet1,id=net1,mac=52:54:00:01:00:02,bus=x\0"
    "-device\0virtio-blk,drive=a";

static const char by_proxmox[] =
    "/usr/bin/kvm\0-id\0"
    "101\0-name\0db01,debug-threads=on\0"
    "-smbios\0type=1,uuid=" UUID "\0-netdev\0type=tap,id=net0,"
    "ifname=tap101i0,script=/x,vhost=on\0"
    "-device\0virtio-net-pci,mac=BC:24:11:00:00:01,netdev=net0,id=net0";

static struct link
tap_of(const char *name, uint8_t first, uint8_t last)
{
	struct link l = { .has_mac = true,
		.mac = { first, 0x54, 0, 1, 0, last },
		.kind = "tun" };

	snprintf(l.name, sizeof(l.name), "%s", name);
	return l;
}

START_TEST(what_libvirt_starts_is_read)
{
	const struct machine_nic *nic;
	struct machine m;
	struct link tap = tap_of("vnet7", 0xfe, 2);

	ck_assert_int_eq(
	    machine_read(by_libvirt, sizeof(by_libvirt), &m), STATUS_OK);
	ck_assert_str_eq(m.name, "web,01");
	ck_assert_str_eq(m.uuid, UUID);
	ck_assert_uint_eq(m.nic_count, 2);
	ck_assert(machine_has_tap(&m, &tap, &nic));
	ck_assert_uint_eq(nic->mac[0], 0x52);
	ck_assert_uint_eq(nic->mac[5], 2);
	tap = tap_of("vnet7", 0xfe, 3);
	ck_assert(!machine_has_tap(&m, &tap, &nic));
	tap = tap_of("vnet7", 0xaa, 2);
	ck_assert(!machine_has_tap(&m, &tap, &nic));
}
END_TEST

START_TEST(what_proxmox_starts_is_read)
{
	const struct machine_nic *nic;
	struct machine m;
	struct link tap = tap_of("tap101i0", 0x12, 2);

	ck_assert_int_eq(
	    machine_read(by_proxmox, sizeof(by_proxmox), &m), STATUS_OK);
	ck_assert_str_eq(m.name, "db01");
	ck_assert_str_eq(m.uuid, UUID);
	ck_assert(machine_has_tap(&m, &tap, &nic));
	ck_assert_uint_eq(nic->mac[0], 0xbc);
}
END_TEST

START_TEST(an_open_descriptor_tells_the_tap)
{
	static const char text[] =
	    "pos:\t0\nflags:\t0104002\nmnt_id:\t27\nino:\t5\niff:\tvnet3\n";
	const struct machine_nic *nic;
	struct machine m = { .tap_count = 1 };
	struct link tap = tap_of("vnet3", 0x12, 2);

	ck_assert(machine_read_tap(text, sizeof(text) - 1, m.taps[0]));
	ck_assert_str_eq(m.taps[0], "vnet3");
	ck_assert(machine_has_tap(&m, &tap, &nic));
	ck_assert_ptr_null(nic);
	for (size_t size = 0; size < sizeof(text) - 1; size++) {
		char *cut = malloc(size ? size : 1);

		memcpy(cut, text, size);
		ck_assert(!machine_read_tap(cut, size, m.taps[0]));
		free(cut);
	}
}
END_TEST

START_TEST(hostile_names_are_cleaned)
{
	static const char line[] = "q\0-name\0guest=a\x1b[31m\xff\nb\0-uuid\0"
				   "11111111-2222-3333-4444-55555555555/\0"
				   "-netdev\0{\"id\":5,\"ifname\":[]}\0"
				   "-netdev\0{broken\0-device\0netdev=";
	struct machine m;

	ck_assert_int_eq(machine_read(line, sizeof(line), &m), STATUS_OK);
	ck_assert_ptr_null(strpbrk(m.name, "\x1b\n\xff"));
	ck_assert_str_eq(m.uuid, "");
	ck_assert_uint_eq(m.nic_count, 0);
}
END_TEST

START_TEST(more_nics_than_fit_are_left_out)
{
	char line[4096] = "q";
	size_t size = 2;
	struct machine m;

	for (int i = 0; i < 40; i++) {
		memcpy(&line[size], "-nic", 5);
		size += 5;
		size +=
		    1 + (size_t)snprintf(&line[size], 32, "tap,ifname=t%d", i);
	}
	ck_assert_int_eq(machine_read(line, size, &m), STATUS_OK);
	ck_assert_uint_eq(m.nic_count, MACHINE_NICS_MOST);
}
END_TEST

START_TEST(a_line_cut_anywhere_does_no_harm)
{
	for (size_t size = 0; size < sizeof(by_libvirt); size++) {
		char *cut = malloc(size ? size : 1);
		struct machine m;

		memcpy(cut, by_libvirt, size);
		if (machine_read(cut, size, &m) == STATUS_OK)
			ck_assert_uint_le(m.nic_count, 2);
		free(cut);
	}
}
END_TEST

SUITE("machine", what_libvirt_starts_is_read, what_proxmox_starts_is_read,
    an_open_descriptor_tells_the_tap, hostile_names_are_cleaned,
    more_nics_than_fit_are_left_out, a_line_cut_anywhere_does_no_harm)
