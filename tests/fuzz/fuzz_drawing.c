#include <string.h>

#include "base/text.h"
#include "collector/draw/formats.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/sheets.h"

enum { NAME_MOST = 4096, SIZE_MOST = 16 << 20 };

/* The name of everything in a drawing, in every format. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char name[NAME_MOST] = "";
	const struct format *f;
	struct sheet s;

	memcpy(name, data, size < NAME_MOST ? size : NAME_MOST - 1);
	sheets_each(&s, name);
	for (size_t at = 0; (f = format_at(at)); at++) {
		struct buffer out;

		if (f->source != FORMAT_SHEET)
			continue;
		buffer_init(&out, SIZE_MOST);
		fuzz_expect(format_write(&out, f, &s, NULL) == STATUS_OK);
		fuzz_expect(strcmp(f->suffix, "vsdx") == 0 ||
			    text_is_utf8(out.octets, out.size));
		buffer_done(&out);
	}
	sheet_done(&s);
	return 0;
}
