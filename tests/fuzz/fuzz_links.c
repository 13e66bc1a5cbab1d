#include <libmnl/libmnl.h>
#include <string.h>

#include "agent/bridge_vlans.h"
#include "agent/fdb.h"
#include "agent/links.h"
#include "agent/teams.h"
#include "agent/vfs.h"
#include "tests/fuzz/fuzz.h"

/* The kernel tells each of them by messages of other kinds; here all read the
 * same. */
static void
read_parts(const struct nlmsghdr *m)
{
	static struct vfs vfs;
	struct teams teams = { .count = 0 };
	struct port_vlans port;
	struct fdb_change change;
	bool changed;

	(void)!port_vlans_read(m, &port);
	fuzz_expect(vfs_read(m, &vfs) != STATUS_OK ||
		    (vfs.count > 0 && vfs.count <= VFS_MOST));
	fuzz_expect(fdb_read(m, &change) != STATUS_OK || change.port != 0);
	if (teams_take(&teams, m, &changed) == STATUS_OK)
		fuzz_expect(teams.items[0].port_count <= UPLINK_MEMBERS_MOST);
	teams_done(&teams);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *copy = calloc(1, NLMSG_ALIGN(size) + 1);
	const struct nlmsghdr *m = memcpy(copy, data, size);
	struct link l;

	/* libmnl takes a length of 2^31 for a negative one; the kernel sends
	 * none. */
	if (mnl_nlmsg_ok(m, (int)size) && m->nlmsg_len <= size) {
		read_parts(m);
		fuzz_expect(link_read(m, &l) != STATUS_OK || l.index != 0);
	}
	free(copy);
	return 0;
}
