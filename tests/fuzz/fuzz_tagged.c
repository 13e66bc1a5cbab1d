#include "agent/tagged.h"
#include "report/vlans.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tagged t;

	if (tagged_read(cursor_over(data, size), &t) == STATUS_OK)
		fuzz_expect(t.vlan >= VLAN_LEAST && t.vlan <= VLAN_MOST &&
			    t.sender.family <= ADDRESS_IPV6);
	return 0;
}
