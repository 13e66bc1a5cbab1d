#include "base/text.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bool cut;
	char *out = malloc(size + 1);
	size_t length = text_clean(out, size, data, size, &cut);

	fuzz_expect(length <= size && text_is_utf8(out, length));
	for (size_t i = 0; i < length; i++)
		fuzz_expect((unsigned char)out[i] >= ' ' && out[i] != 0x7f);
	free(out);
	return 0;
}
