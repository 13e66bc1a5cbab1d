#include "collector/coding.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum {
	PIECE_SIZE = 16 * 1024,
	GZIP_WINDOW_BITS = 16 + MAX_WBITS, /* 16: with gzip's header, only */
	/* A window of 4 MiB: no body is larger. */
	ZSTD_WINDOW_BITS = 22
};

const char coding_names[] = "gzip, zstd";

enum coding
coding_of(const char *said)
{
	if (!said || said[0] == '\0' || strcasecmp(said, "identity") == 0)
		return CODING_NONE;
	if (strcasecmp(said, "gzip") == 0 || strcasecmp(said, "x-gzip") == 0)
		return CODING_GZIP;
	if (strcasecmp(said, "zstd") == 0)
		return CODING_ZSTD;
	return CODING_UNKNOWN;
}

/* Room for a piece at least, or for what the limit leaves; 0: there is none.
 * What the buffer has got anyway is used: fewer, larger steps. */
static size_t
room_of(struct buffer *out)
{
	size_t left = out->limit - out->size;
	size_t want = left < PIECE_SIZE ? left : PIECE_SIZE;

	if (want == 0 || !buffer_reserve(out, want))
		return 0;
	return out->capacity - out->size - 1;
}

/* After each piece: may it go on? */
static enum status
judge(struct buffer *out, size_t written, size_t read)
{
	out->size += written;
	out->octets[out->size] = '\0';
	if (out->size > CODING_SMALL && out->size / CODING_RATIO_MOST > read)
		return STATUS_TOO_LARGE;
	return STATUS_OK;
}

static enum status
no_room(const struct buffer *out)
{
	return out->failed ? STATUS_NO_MEMORY : STATUS_TOO_LARGE;
}

/* One step of zlib; '*out_whole': a member has ended here. */
static enum status
step_gzip(z_stream *z, struct buffer *out, size_t size, bool *out_whole)
{
	size_t room = room_of(out);
	size_t before = z->avail_in;
	int result;

	if (room == 0)
		return no_room(out);
	z->next_out = (Bytef *)out->octets + out->size;
	z->avail_out = (uInt)room;
	result = inflate(z, Z_NO_FLUSH);
	*out_whole = result == Z_STREAM_END;
	if (result == Z_MEM_ERROR)
		return STATUS_NO_MEMORY;
	if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
		return STATUS_MALFORMED;
	if (z->avail_in == before && z->avail_out == room && !*out_whole)
		return STATUS_TRUNCATED;
	if (*out_whole && z->avail_in > 0 && inflateReset(z) != Z_OK)
		return STATUS_MALFORMED;
	return judge(out, room - z->avail_out, size - z->avail_in);
}

static enum status
unpack_gzip(const char *octets, size_t size, struct buffer *out)
{
	z_stream z = { .avail_in = (uInt)size };
	enum status status = STATUS_OK;
	bool whole = false;

	/* The library reads it only, but its type says otherwise. */
	memcpy(&z.next_in, &octets, sizeof(z.next_in));
	if (inflateInit2(&z, GZIP_WINDOW_BITS) != Z_OK)
		return STATUS_NO_MEMORY;
	while (status == STATUS_OK && !(whole && z.avail_in == 0))
		status = step_gzip(&z, out, size, &whole);
	(void)inflateEnd(&z);
	return status;
}

static enum status
status_of_zstd(size_t result)
{
	switch (ZSTD_getErrorCode(result)) {
	case ZSTD_error_memory_allocation:
		return STATUS_NO_MEMORY;
	case ZSTD_error_frameParameter_windowTooLarge:
		return STATUS_TOO_LARGE;
	default:
		return STATUS_MALFORMED;
	}
}

/* One step of zstd; '*out_whole': a frame has ended here. */
static enum status
step_zstd(
    ZSTD_DStream *z, ZSTD_inBuffer *in, struct buffer *out, bool *out_whole)
{
	size_t room = room_of(out);
	size_t before = in->pos;
	ZSTD_outBuffer to;
	size_t result;

	if (room == 0)
		return no_room(out);
	to = (ZSTD_outBuffer){ out->octets + out->size, room, 0 };
	result = ZSTD_decompressStream(z, &to, in);
	if (ZSTD_isError(result))
		return status_of_zstd(result);
	*out_whole = result == 0;
	if (in->pos == before && to.pos == 0 && !*out_whole)
		return STATUS_TRUNCATED;
	return judge(out, to.pos, in->pos);
}

static enum status
unpack_zstd(const char *octets, size_t size, struct buffer *out)
{
	ZSTD_DStream *z = ZSTD_createDStream();
	ZSTD_inBuffer in = { octets, size, 0 };
	enum status status = STATUS_OK;
	bool whole = false;

	if (!z)
		return STATUS_NO_MEMORY;
	(void)ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, ZSTD_WINDOW_BITS);
	while (status == STATUS_OK && !(whole && in.pos == in.size))
		status = step_zstd(z, &in, out, &whole);
	(void)ZSTD_freeDStream(z);
	return status;
}

enum status
coding_unpack(
    enum coding coding, const char *octets, size_t size, struct buffer *out)
{
	enum status status = STATUS_UNKNOWN;

	if (size == 0)
		return STATUS_TRUNCATED;
	if (coding == CODING_GZIP)
		status = unpack_gzip(octets, size, out);
	else if (coding == CODING_ZSTD)
		status = unpack_zstd(octets, size, out);
	/* A full buffer: there may be more. */
	if (status == STATUS_OK && out->size == out->limit)
		status = STATUS_TOO_LARGE;
	return status;
}
