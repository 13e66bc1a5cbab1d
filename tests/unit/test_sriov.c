#include "agent/sriov.h"

#include <check.h>
#include <linux/if_arp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/suite.h"
#include "tests/support/tree.h"

static char sys[] = "/tmp/demarc-sysXXXXXX";
static char path[256];

static const char *
in_sys(const char *name)
{
	snprintf(path, sizeof(path), "%s/%s", sys, name);
	return path;
}

static void
make_directory(const char *name)
{
	ck_assert_int_eq(mkdir(in_sys(name), 0755), 0);
}

static void
make_link(const char *name, const char *to)
{
	ck_assert_int_eq(symlink(to, in_sys(name)), 0);
}

/* As the kernel has it for a NIC with two functions: the first is with a
 * driver of this host, the second is not. */
static void
make_sys(void)
{
	FILE *file;

	ck_assert_ptr_nonnull(mkdtemp(sys));
	make_directory("class");
	make_directory("class/net");
	make_directory("class/net/ens1f0");
	make_directory("class/net/ens1f0/device");
	make_link("class/net/ens1f0/device/virtfn0", "../0000:3b:02.0");
	make_link("class/net/ens1f0/device/virtfn1", "../0000:3b:02.1");
	make_directory("bus");
	make_directory("bus/pci");
	make_directory("bus/pci/devices");
	make_directory("bus/pci/devices/0000:3b:02.0");
	make_directory("bus/pci/devices/0000:3b:02.0/net");
	make_directory("bus/pci/devices/0000:3b:02.0/net/ens1f0v0");
	file = fopen(in_sys("class/net/ens1f0/device/sriov_numvfs"), "w");
	ck_assert_ptr_nonnull(file);
	fputs("2\n", file);
	ck_assert_int_eq(fclose(file), 0);
}

START_TEST(functions_are_found_where_the_kernel_shows_them)
{
	struct link l = { .index = 0x7ffffff0,
		.physical = true,
		.hardware = ARPHRD_ETHER,
		.name = "ens1f0" };
	struct sriov s = { .count = 0 };
	const struct pf *pf;
	struct links links;
	unsigned place;

	make_sys();
	links_init(&links);
	ck_assert_int_eq(links_take(&links, &l), STATUS_OK);
	l.index--;
	snprintf(l.name, sizeof(l.name), "eno1");
	ck_assert_int_eq(links_take(&links, &l), STATUS_OK);
	sriov_look(&s, &links, sys);
	ck_assert_uint_eq(s.count, 1);
	pf = sriov_find(&s, 0x7ffffff0);
	ck_assert_ptr_nonnull(pf);
	ck_assert_uint_eq(pf->vfs.count, 2);
	ck_assert_str_eq(pf->places[0].bus, "0000:3b:02.0");
	ck_assert_str_eq(pf->places[0].net, "ens1f0v0");
	ck_assert_str_eq(pf->places[1].bus, "0000:3b:02.1");
	ck_assert_str_eq(pf->places[1].net, "");
	ck_assert_ptr_eq(sriov_find_bus(&s, "0000:3B:02.1", &place), pf);
	ck_assert_uint_eq(place, 1);
	ck_assert_ptr_null(sriov_find_bus(&s, "0000:3b:02.2", &place));
	sriov_done(&s);
	links_done(&links);
	tree_remove(sys);
}
END_TEST

SUITE("sriov", functions_are_found_where_the_kernel_shows_them)
