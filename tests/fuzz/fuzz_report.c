#include "collector/incoming.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mistake mistake;
	struct incoming report;

	incoming_init(&report);
	(void)!incoming_read(&report, (const char *)data, size, &mistake);
	incoming_done(&report);
	return 0;
}
