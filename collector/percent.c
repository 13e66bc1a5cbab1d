#include "collector/percent.h"

#include <string.h>

void
percent_add(struct buffer *out, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || strchr("-._~", c))
			buffer_char(out, *text);
		else
			buffer_printf(out, "%%%02X", c);
	}
}
