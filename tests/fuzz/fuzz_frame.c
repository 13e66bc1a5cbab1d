/* A whole frame, under both link types, and its JSON. */
#include "agent/read.h"
#include "base/json_read.h"
#include "tests/fuzz/fuzz.h"

static struct neighbor n;

static void
write_and_parse(enum decode_result result, const char *reason)
{
	CLEANUP(buffer_done) struct buffer text;
	CLEANUP(json_cleanup) struct json_value *document = NULL;
	char error[JSON_ERROR_SIZE];
	struct json j = json_over(&text);

	buffer_init(&text, 1 << 20);
	read_write_frame(&j, NULL, 1, result, reason, &n);
	fuzz_expect(buffer_ok(&text));
	fuzz_expect(
	    !json_parse(buffer_string(&text), text.size, &document, error));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cursor frame = cursor_over(data, size);
	enum link_type link =
	    cursor_u8(&frame) & 1 ? LINK_CISCO_HDLC : LINK_ETHERNET;
	const char *reason;
	enum decode_result result = decode_frame(link, frame, &n, &reason);

	if (cursor_ok(&frame))
		write_and_parse(result, reason);
	return 0;
}
