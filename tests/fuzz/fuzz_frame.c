/* A whole frame, under both link types, and its JSON. */
#include "agent/read.h"
#include "base/json_read.h"
#include "tests/fuzz/fuzz.h"

static struct neighbor n;

static void
write_and_parse(const struct read_frame *frame)
{
	CLEANUP(buffer_done) struct buffer text = { 0 };
	CLEANUP(json_cleanup) struct json_value *document = NULL;
	char error[JSON_ERROR_SIZE];
	struct json j = json_over(&text);

	buffer_init(&text, 1 << 20);
	read_write_frame(&j, frame);
	fuzz_expect(buffer_ok(&text));
	fuzz_expect(
	    !json_parse(buffer_string(&text), text.size, &document, error));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct read_frame frame = { .neighbor = &n };
	struct cursor octets = cursor_over(data, size);
	bool hdlc = cursor_u8(&octets) & 1;

	frame.result = decode_frame(
	    hdlc ? LINK_CISCO_HDLC : LINK_ETHERNET, octets, &n, &frame.reason);
	write_and_parse(&frame);
	return 0;
}
