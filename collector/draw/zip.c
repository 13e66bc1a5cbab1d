#include "collector/draw/zip.h"

#include <zlib.h>

enum {
	PART_SIGNATURE = 0x04034b50,
	ENTRY_SIGNATURE = 0x02014b50,
	END_SIGNATURE = 0x06054b50,
	VERSION = 20,       /* that a reader has to know: 2.0 */
	FIRST_DAY = 0x0021, /* 1 January 1980 */
	PART_MOST = 1 << 30
};

static void
put_u16(struct buffer *out, uint32_t number)
{
	buffer_char(out, (char)(number & 0xff));
	buffer_char(out, (char)(number >> 8 & 0xff));
}

static void
put_u32(struct buffer *out, uint32_t number)
{
	put_u16(out, number & 0xffff);
	put_u16(out, number >> 16);
}

/* What the header of a part and its entry in the directory have in common. */
static void
put_facts(struct buffer *out, const struct zip_part *part)
{
	put_u16(out, VERSION);
	put_u16(out, 0); /* flags */
	put_u16(out, 0); /* stored */
	put_u16(out, 0); /* midnight */
	put_u16(out, FIRST_DAY);
	put_u32(out, part->crc);
	put_u32(out, (uint32_t)part->size);
	put_u32(out, (uint32_t)part->size);
	put_u16(out, (uint32_t)strlen(part->name));
	put_u16(out, 0); /* more facts */
}

struct zip
zip_over(struct buffer *out)
{
	return (struct zip){ .out = out, .start = out->size };
}

void
zip_add(struct zip *z, const char *name, const char *octets, size_t size)
{
	struct zip_part *part = &z->parts[z->count];

	if (z->count == ZIP_PARTS_MOST || size > PART_MOST ||
	    z->out->size - z->start > PART_MOST) {
		z->failed = true;
		return;
	}
	z->count++;
	part->name = name;
	part->at = z->out->size - z->start;
	part->size = size;
	part->crc =
	    (uint32_t)crc32(0, (const unsigned char *)octets, (uInt)size);
	put_u32(z->out, PART_SIGNATURE);
	put_facts(z->out, part);
	buffer_text(z->out, name);
	buffer_append(z->out, octets, size);
}

void
zip_end(struct zip *z)
{
	size_t directory = z->out->size - z->start, size;

	for (unsigned i = 0; i < z->count; i++) {
		put_u32(z->out, ENTRY_SIGNATURE);
		put_u16(z->out, VERSION); /* made by */
		put_facts(z->out, &z->parts[i]);
		put_u16(z->out, 0); /* comment */
		put_u16(z->out, 0); /* disk */
		put_u16(z->out, 0); /* attributes */
		put_u32(z->out, 0);
		put_u32(z->out, (uint32_t)z->parts[i].at);
		buffer_text(z->out, z->parts[i].name);
	}
	size = z->out->size - z->start - directory;
	put_u32(z->out, END_SIGNATURE);
	put_u16(z->out, 0); /* disks */
	put_u16(z->out, 0);
	put_u16(z->out, z->count);
	put_u16(z->out, z->count);
	put_u32(z->out, (uint32_t)size);
	put_u32(z->out, (uint32_t)directory);
	put_u16(z->out, 0); /* comment */
}
