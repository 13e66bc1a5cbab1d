#include "base/gzip.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>

enum {
	GZIP_WINDOW_BITS = 16 + MAX_WBITS, /* 16: with gzip's header */
	MEMORY_LEVEL = 8                   /* the library's own default */
};

enum status
gzip_pack(const char *octets, size_t size, enum gzip_effort effort,
    struct buffer *out)
{
	z_stream z = { .avail_in = (uInt)size };
	enum status status = STATUS_OK;

	/* The library reads it only, but its type says otherwise. */
	memcpy(&z.next_in, &octets, sizeof(z.next_in));
	if (size > UINT32_MAX || !buffer_reserve(out, size))
		return out->failed ? STATUS_NO_MEMORY : STATUS_TOO_LARGE;
	if (deflateInit2(&z, (int)effort, Z_DEFLATED, GZIP_WINDOW_BITS,
		MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
		return STATUS_NO_MEMORY;
	/* Not a single octet more than it has now. */
	z.next_out = (Bytef *)out->octets + out->size;
	z.avail_out = (uInt)size;
	if (deflate(&z, Z_FINISH) == Z_STREAM_END) {
		out->size += size - z.avail_out;
		out->octets[out->size] = '\0';
	} else {
		status = STATUS_TOO_LARGE;
	}
	(void)deflateEnd(&z);
	return status;
}
