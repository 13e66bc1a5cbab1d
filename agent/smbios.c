#include "agent/smbios.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

enum {
	TYPE_BOARD = 2,
	TYPE_CHASSIS = 3,
	TYPE_SLOT = 9,
	TYPE_END = 127,
	TYPE_HPE_LOCATOR = 204,

	HEADER_SIZE = 4, /* type, length, handle */
	CHASSIS_KIND_MASK = 0x7f,
	CHASSIS_ENCLOSURE = 29,
	NO_BUS = 0xff,
	/* More structures than this are made up. */
	STRUCTURES_MOST = 4096
};

/* One structure: what its fields are, and the strings behind them. */
struct structure {
	uint8_t type;
	struct cursor fields; /* behind the header */
	struct cursor strings;
};

bool
smbios_says_nothing(const char *text)
{
	static const char *const nothing[] = { "To Be Filled By O.E.M.",
		"Default string", "Not Specified", "Not Available", "N/A",
		"None", "Unknown", "0", "System Serial Number",
		"System Product Name", "System manufacturer",
		"Chassis Serial Number", "Chassis Asset Tag", "Asset Tag",
		"No Asset Tag", "No Asset Information", "Part Component",
		"Base Board Chassis Location", "Internal", "Not Provided" };

	for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++) {
		if (strcasecmp(text, nothing[i]) == 0)
			return true;
	}
	return text[strspn(text, " .-0x")] == '\0';
}

/* Strings are numbered from 1; each ends with a NUL, the last with two. */
static void
take_string(
    const struct structure *s, uint8_t number, char *out, size_t capacity)
{
	struct cursor strings = s->strings;
	size_t size;
	bool cut;

	out[0] = '\0';
	for (; number > 0 && strings.left > 0; number--) {
		size_t length =
		    strnlen((const char *)strings.next, strings.left);
		struct cursor one = cursor_take(&strings, length);

		cursor_skip(&strings, 1);
		if (number > 1)
			continue;
		while (one.left > 0 && *one.next == ' ')
			cursor_skip(&one, 1);
		size = text_clean(
		    out, capacity - 1, (const char *)one.next, one.left, &cut);
		out[size] = '\0';
		while (size > 0 && out[size - 1] == ' ')
			out[--size] = '\0';
	}
	if (smbios_says_nothing(out))
		out[0] = '\0';
}

/* The field at 'offset' of the structure, counted as the standard does. */
static uint8_t
octet_at(const struct structure *s, size_t offset)
{
	struct cursor fields = s->fields;

	cursor_skip(&fields, offset - HEADER_SIZE);
	return cursor_u8(&fields);
}

static void
take_field(const struct structure *s, size_t offset, char *out, size_t capacity)
{
	take_string(s, octet_at(s, offset), out, capacity);
}

/* The first that says something stays. */
static void
keep_field(const struct structure *s, size_t offset, char *out, size_t capacity)
{
	if (out[0] == '\0')
		take_field(s, offset, out, capacity);
}

/* ---- types ----------------------------------------------------------------
 */

static void
read_board(const struct structure *s, struct smbios *out)
{
	keep_field(s, 0x0a, out->location, sizeof(out->location));
}

/* A blade may have two: its own and that of its enclosure. */
static void
read_chassis(const struct structure *s, struct smbios *out)
{
	uint8_t kind = octet_at(s, 0x05) & CHASSIS_KIND_MASK;

	if (kind == CHASSIS_ENCLOSURE) {
		keep_field(s, 0x07, out->enclosure_serial,
		    sizeof(out->enclosure_serial));
		return;
	}
	keep_field(s, 0x07, out->chassis_serial, sizeof(out->chassis_serial));
	keep_field(s, 0x08, out->chassis_asset, sizeof(out->chassis_asset));
}

static void
read_slot(const struct structure *s, struct smbios *out)
{
	struct smbios_slot *slot = &out->slots[out->slot_count];
	uint8_t address;

	if (out->slot_count == SMBIOS_SLOTS_MOST)
		return;
	*slot = (struct smbios_slot){ .bus = octet_at(s, 0x0f) };
	slot->segment = (uint16_t)(octet_at(s, 0x0d) | octet_at(s, 0x0e) << 8);
	address = octet_at(s, 0x10);
	slot->device = address >> 3;
	slot->function = address & 7;
	take_field(s, 0x04, slot->name, sizeof(slot->name));
	/* Before version 2.6 it does not say where the slot is; an address of
	 * zeros is the root complex. */
	if (slot->name[0] == '\0' || s->fields.left < 0x11 - HEADER_SIZE ||
	    slot->bus == NO_BUS || (slot->bus == 0 && address == 0))
		return;
	out->slot_count++;
}

static void
read_hpe_locator(const struct structure *s, struct smbios *out)
{
	if (s->fields.left < 0x0b - HEADER_SIZE)
		return;
	take_field(s, 0x05, out->enclosure_name, sizeof(out->enclosure_name));
	take_field(s, 0x07, out->bay, sizeof(out->bay));
	take_field(
	    s, 0x0a, out->enclosure_serial, sizeof(out->enclosure_serial));
}

static const struct type_rule {
	uint8_t type;
	void (*read)(const struct structure *s, struct smbios *out);
} types[] = {
	{ TYPE_BOARD, read_board },
	{ TYPE_CHASSIS, read_chassis },
	{ TYPE_SLOT, read_slot },
	{ TYPE_HPE_LOCATOR, read_hpe_locator },
};

/* Cuts one structure off; false: that was the last. */
static bool
next_structure(struct cursor *tables, struct structure *out)
{
	uint8_t type = cursor_u8(tables), length = cursor_u8(tables);
	const char *end;

	cursor_skip(tables, 2);
	out->type = type;
	out->fields = cursor_take_rest(tables, length, HEADER_SIZE);
	if (!cursor_ok(tables) || type == TYPE_END)
		return false;
	end = tables->left > 0 ? memmem(tables->next, tables->left, "\0", 2)
			       : NULL;
	if (!end)
		return false;
	out->strings =
	    cursor_take(tables, (size_t)(end - (const char *)tables->next));
	cursor_skip(tables, 2);
	return true;
}

void
smbios_read(struct cursor tables, struct smbios *out)
{
	struct structure s;

	memset(out, 0, sizeof(*out));
	for (unsigned i = 0; i < STRUCTURES_MOST; i++) {
		if (!next_structure(&tables, &s))
			return;
		for (size_t t = 0; t < sizeof(types) / sizeof(types[0]); t++) {
			if (types[t].type == s.type)
				types[t].read(&s, out);
		}
	}
}

/* ---- what it means --------------------------------------------------------
 */

const char *
smbios_chassis(const struct smbios *s, const char *serial)
{
	if (s->enclosure_serial[0] != '\0')
		return s->enclosure_serial;
	if (s->enclosure_name[0] != '\0')
		return s->enclosure_name;
	if (s->chassis_serial[0] && strcmp(s->chassis_serial, serial) != 0)
		return s->chassis_serial;
	return s->chassis_asset;
}

const char *
smbios_bay(const struct smbios *s)
{
	if (s->bay[0] != '\0')
		return s->bay;
	return s->location;
}

const char *
smbios_slot(const struct smbios *s, const char *bus)
{
	char card[LINK_BUS_SIZE];

	for (unsigned i = 0; i < s->slot_count; i++) {
		const struct smbios_slot *slot = &s->slots[i];
		int size = snprintf(card, sizeof(card), "%04x:%02x:%02x.",
		    slot->segment, slot->bus, slot->device);

		if (strncasecmp(card, bus, (size_t)size) == 0)
			return slot->name;
	}
	return "";
}
