#include "tests/fuzz/fuzz.h"
#include "tests/support/both_ways.h"

/* Stands between two reports of one host; it is in no JSON. */
enum { SEPARATOR = 0x1e };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = size > 0 ? memchr(data, SEPARATOR, size) : NULL;
	size_t first = end ? (size_t)(end - data) : size, recalled;
	const uint8_t *second = end ? end + 1 : data;
	size_t second_size = end ? size - first - 1 : size;

	fuzz_expect(
	    both_ways_differ((const char *)data, first, (const char *)second,
		second_size, &recalled)[0] == '\0');
	return 0;
}
