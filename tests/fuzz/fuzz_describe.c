/* A frame as lines for people. */
#include "agent/decode.h"
#include "agent/describe.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(buffer_done) struct buffer text = { 0 };
	static struct neighbor n;
	const char *why;

	buffer_init(&text, 1 << 20);
	if (!decode_frame(LINK_ETHERNET, cursor_over(data, size), &n, &why))
		describe_neighbor(&text, &n);
	for (const char *c = buffer_string(&text); *c; c++)
		fuzz_expect(*c == '\n' || (unsigned char)*c >= ' ');
	return 0;
}
