#include "vsphere/names.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

void
name_copy(char *out, size_t capacity, const char *in)
{
	static const struct {
		const char *escape;
		char character;
	} escapes[] = { { "%2f", '/' }, { "%5c", '\\' }, { "%25", '%' } };
	char *to = out;

	text_copy(out, capacity, in);
	for (const char *from = out; *from; to++) {
		*to = *from;
		for (size_t i = 0; i < 3; i++) {
			if (strncasecmp(from, escapes[i].escape, 3) != 0)
				continue;
			*to = escapes[i].character;
			from += 2;
			break;
		}
		from++;
	}
	*to = '\0';
}

void
name_copy_plain(char *out, size_t capacity, const char *in)
{
	name_copy(out, capacity, in);
	for (; *out; out++) {
		if (*out == ' ' || *out == '/')
			*out = '_';
		/* U+00A0, which text_clean makes of the end of a line. */
		if ((uint8_t)out[0] == 0xc2 && (uint8_t)out[1] == 0xa0)
			out[0] = out[1] = '_';
	}
}

void
name_copy_type(char *out, size_t capacity, const char *in)
{
	static const char prefix[] = "Virtual";

	if (strncmp(in, prefix, sizeof(prefix) - 1) == 0)
		in += sizeof(prefix) - 1;
	text_copy(out, capacity, in);
	for (; *out; out++)
		*out = (char)tolower((unsigned char)*out);
}

void
name_copy_uuid(char *out, size_t capacity, const char *in)
{
	enum { DIGITS = 32, SIZE = 37 };
	char uuid[SIZE];
	size_t digits = 0, size = 0;

	for (const char *c = in; *c && digits <= DIGITS; c++) {
		if (*c == ' ' || *c == '-')
			continue;
		if (!isxdigit((unsigned char)*c))
			break;
		if (digits == 8 || digits == 12 || digits == 16 || digits == 20)
			uuid[size++] = '-';
		if (digits++ < DIGITS)
			uuid[size++] = (char)tolower((unsigned char)*c);
	}
	if (digits == DIGITS && capacity >= SIZE) {
		memcpy(out, uuid, size);
		out[size] = '\0';
	} else {
		text_copy(out, capacity, in);
	}
}

const struct pnic_value *
names_find_pnic(const struct list *pnics, const char *key)
{
	const struct pnic_value *pnic;

	if (!pnics)
		return NULL;
	pnic = list_items(pnics);
	for (uint32_t i = 0; i < pnics->count; i++, pnic++) {
		if (strcmp(list_text(pnics, pnic->key), key) == 0 ||
		    strcmp(list_text(pnics, pnic->device), key) == 0)
			return pnic;
	}
	return NULL;
}

bool
names_has(const struct list *list, struct place series, const char *text)
{
	for (const char *t = list_text(list, series); *t; t = list_next(t)) {
		if (strcmp(t, text) == 0)
			return true;
	}
	return false;
}

const char *
names_second(const char *pair, const char *first)
{
	size_t length = strlen(first);

	if (strncmp(pair, first, length) != 0 || pair[length] != '\n')
		return NULL;
	return pair + length + 1;
}
