#include "base/json_read.h"
#include "base/json_tape.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char error[JSON_ERROR_SIZE];
	struct json_value *document;

	/* A text that nobody checked. */
	if (json_tape((const char *)data, size, &document) == STATUS_OK)
		json_tape_free(document);
	if (json_parse((const char *)data, size, &document, error))
		return 0;
	free(json_write_copy(document));
	json_free(document);
	return 0;
}
