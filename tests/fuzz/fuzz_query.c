#include "collector/find.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[QUERY_SIZE_MOST * 2] = "";
	struct query query;

	memcpy(text, data, size < sizeof(text) ? size : sizeof(text) - 1);
	if (query_read(text, &query) && query_fit_name(&query.whole, text))
		(void)query_fit_port(&query.words[0], query.whole.port.key);
	return 0;
}
