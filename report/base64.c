#include "report/base64.h"

#include <stdint.h>

#include "base/cursor.h"

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void
base64_append(struct buffer *out, const void *octets, size_t size)
{
	struct cursor c = cursor_over(octets, size);

	while (c.left > 0) {
		struct cursor three = cursor_take_most(&c, 3);
		size_t given = three.left;
		uint8_t in[3] = { 0 };
		char four[4];

		memcpy(in, three.next, given);
		four[0] = digits[in[0] >> 2];
		four[1] = digits[(in[0] & 3) << 4 | in[1] >> 4];
		four[2] = digits[(in[1] & 15) << 2 | in[2] >> 6];
		four[3] = digits[in[2] & 63];
		if (given < 3)
			four[3] = '=';
		if (given < 2)
			four[2] = '=';
		buffer_append(out, four, sizeof(four));
	}
}

/* Four characters; gives how many octets they are, 0: they are none. */
static size_t
read_four(const char *four, char out[static 3])
{
	uint32_t value = 0;
	size_t given = 0;

	for (size_t i = 0; i < 4; i++) {
		const char *digit = strchr(digits, four[i]);

		if (digit && *digit && given == i) {
			value |= (uint32_t)(digit - digits) << (18 - 6 * i);
			given++;
		} else if (four[i] != '=' || i < 2) {
			return 0;
		}
	}
	out[0] = (char)(value >> 16);
	out[1] = (char)(value >> 8);
	out[2] = (char)value;
	return given - 1;
}

bool
base64_read(struct buffer *out, const char *text)
{
	size_t length = strlen(text);
	char three[3];

	if (length % 4 != 0)
		return false;
	for (size_t i = 0; i < length; i += 4) {
		size_t size = read_four(text + i, three);

		if (size == 0 || (size < 3 && i + 4 < length))
			return false;
		buffer_append(out, three, size);
	}
	return true;
}
