#include "agent/domains.h"
#include "agent/domains_index.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(json_cleanup) struct json_value *v = NULL;
	CLEANUP(domains_done) struct domains d = { .complete = true };
	CLEANUP(domains_index_done) struct domains_index i = { .nic_count = 0 };
	char error[JSON_ERROR_SIZE];

	if (json_parse((const char *)data, size, &v, error) != STATUS_OK)
		return 0;
	(void)!domains_take(&d, v);
	domains_index_make(&i, &d);
	fuzz_expect(d.count <= 1 && i.by_target.count <= i.nic_count);
	return 0;
}
