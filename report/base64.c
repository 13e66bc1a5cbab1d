#include "report/base64.h"

#include <stdint.h>

#include "base/cursor.h"

void
base64_append(struct buffer *out, const void *octets, size_t size)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
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
