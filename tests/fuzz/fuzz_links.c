#include <libmnl/libmnl.h>
#include <string.h>

#include "agent/bridge_vlans.h"
#include "agent/links.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *copy = calloc(1, NLMSG_ALIGN(size) + 1);
	const struct nlmsghdr *m = memcpy(copy, data, size);
	struct port_vlans port;
	struct link l;

	/* libmnl takes a length of 2^31 for a negative one; the kernel sends
	 * none. */
	if (mnl_nlmsg_ok(m, (int)size) && m->nlmsg_len <= size) {
		(void)!port_vlans_read(m, &port);
		fuzz_expect(link_read(m, &l) != STATUS_OK || l.index != 0);
	}
	free(copy);
	return 0;
}
