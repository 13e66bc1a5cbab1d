#include "agent/cgroup.h"
#include "agent/machine.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	char tap[LINK_NAME_SIZE];
	struct workload w;
	struct machine m;

	(void)!machine_read_tap(text, size, tap);
	(void)!cgroup_container(text, size, &w);
	if (machine_read(text, size, &m) == STATUS_OK)
		fuzz_expect(m.nic_count <= MACHINE_NICS_MOST);
	return 0;
}
