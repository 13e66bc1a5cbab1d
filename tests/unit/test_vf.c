#include "agent/libvirt/vf.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/suite.h"

static char sys[] = "/tmp/demarc-vf-XXXXXX";

static void
directory(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", sys, name);
	ck_assert_int_eq(mkdir(path, 0755), 0);
}

static void
link_to(const char *name, const char *to)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", sys, name);
	ck_assert_int_eq(symlink(to, path), 0);
}

static int
take_away(const char *path, const struct stat *s, int kind, struct FTW *f)
{
	(void)s;
	(void)kind;
	(void)f;
	return remove(path);
}

static struct domain_nic
find(const char *pci)
{
	struct domain_nic nic = { .kind = DOMAIN_NIC_HOSTDEV };

	snprintf(nic.pci, sizeof(nic.pci), "%s", pci);
	vf_find(&nic, sys);
	return nic;
}

/* As the kernel makes it for a PF with two VFs. */
START_TEST(a_vf_is_found_by_its_place_on_the_bus)
{
	struct domain_nic nic;

	ck_assert_ptr_nonnull(mkdtemp(sys));
	directory("0000:3b:00.0");
	directory("0000:3b:00.0/net");
	directory("0000:3b:00.0/net/ens1f0");
	directory("0000:3b:02.0");
	directory("0000:3b:02.1");
	directory("0000:04:00.0");
	link_to("0000:3b:00.0/virtfn0", "../0000:3b:02.0");
	link_to("0000:3b:00.0/virtfn1", "../0000:3b:02.1");
	link_to("0000:3b:02.0/physfn", "../0000:3b:00.0");
	link_to("0000:3b:02.1/physfn", "../0000:3b:00.0");
	nic = find("0000:3b:02.1");
	ck_assert_str_eq(nic.nic, "ens1f0");
	ck_assert(nic.has_vf);
	ck_assert_uint_eq(nic.vf, 1);
	nic = find("0000:04:00.0"); /* a whole NIC */
	ck_assert(nic.nic[0] == '\0' && !nic.has_vf);
	nic = find("0000:05:00.0"); /* not of this machine */
	ck_assert(nic.nic[0] == '\0' && !nic.has_vf);
	nic = find("");
	ck_assert(nic.nic[0] == '\0' && !nic.has_vf);
	ck_assert_int_eq(nftw(sys, take_away, 8, FTW_DEPTH | FTW_PHYS), 0);
}
END_TEST

SUITE("vf", a_vf_is_found_by_its_place_on_the_bus)
