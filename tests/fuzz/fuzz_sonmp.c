#include "agent/sonmp.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct neighbor n;

	neighbor_clear(&n);
	fuzz_expect(sonmp_decode(cursor_over(data, size), &n) != STATUS_OK ||
		    n.chassis_id.type != ID_NONE);
	return 0;
}
