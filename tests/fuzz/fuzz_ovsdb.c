#include "agent/ovs.h"
#include "base/json_split.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char error[JSON_ERROR_SIZE];
	struct ovs ovs = { .lost = 0 };
	struct json_value *d;
	struct json_split s;
	size_t taken;

	json_split_init(&s, 4096, 4096);
	while (size > 0 &&
	       !json_split_take(&s, (const char *)data, size, &taken)) {
		fuzz_expect(taken > 0 && taken <= size);
		data += taken, size -= taken;
		if (!json_split_whole(&s) ||
		    json_parse(buffer_string(&s.text), s.text.size, &d, error))
			continue;
		(void)!ovs_take(&ovs, json_get(d, "result"));
		json_free(d);
	}
	ovs_done(&ovs);
	json_split_done(&s);
	return 0;
}
