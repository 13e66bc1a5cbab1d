#include "report/facts_pieces.h"

#include "base/text.h"
#include "report/address.h"
#include "report/facts.h"
#include "report/facts_write.h"

enum { TLV_MOST = 512 };

static void
append_hex(struct buffer *out, struct cursor octets)
{
	static const char digits[] = "0123456789abcdef";

	while (octets.left > 0) {
		uint8_t octet = cursor_u8(&octets);

		buffer_char(out, digits[octet >> 4]);
		buffer_char(out, digits[octet & 15]);
	}
}

void
facts_write_hex(struct json *j, struct cursor octets)
{
	json_raw(j, "\"", 1);
	append_hex(j->out, octets);
	buffer_char(j->out, '"');
}

void
facts_add_hex(struct json *j, const char *name, struct cursor octets)
{
	json_name(j, name);
	facts_write_hex(j, octets);
}

void
facts_add_foreign_text(struct json *j, const char *name, struct cursor octets)
{
	char clean[3 * TLV_MOST];
	bool cut;
	size_t size =
	    text_clean(clean, sizeof(clean), octets.next, octets.left, &cut);

	json_add_text(j, name, clean, size);
}

void
facts_add_mac(struct json *j, const char *name, struct cursor *octets)
{
	uint8_t mac[MAC_SIZE];
	char text[MAC_TEXT_SIZE];

	cursor_copy(octets, mac, sizeof(mac));
	json_add_string(j, name, mac_format(mac, text));
}

void
facts_add_ipv4(struct json *j, const char *name, struct cursor *octets)
{
	struct address address = { .family = ADDRESS_IPV4 };
	char text[ADDRESS_TEXT_SIZE];

	cursor_copy(octets, address.octets, 4);
	json_add_string(j, name, address_format(&address, text));
}

void
facts_add_uuid(struct json *j, const char *name, struct cursor *octets)
{
	static const uint8_t groups[] = { 4, 2, 2, 2, 6 };
	struct buffer *out = j->out;

	json_name(j, name);
	json_raw(j, "\"", 1);
	for (size_t i = 0; i < sizeof(groups); i++) {
		if (i > 0)
			buffer_char(out, '-');
		append_hex(out, cursor_take(octets, groups[i]));
	}
	buffer_char(out, '"');
}

void
facts_add_bits(struct json *j, const char *name, unsigned bits)
{
	json_name(j, name);
	json_array_begin(j);
	for (unsigned i = 0; i < 8; i++)
		if (bits & 1U << i)
			json_number(j, i);
	json_array_end(j);
}

void
facts_add_octets(struct json *j, const char *name, struct cursor *octets)
{
	json_name(j, name);
	json_array_begin(j);
	for (unsigned i = 0; i < 8; i++)
		json_number(j, cursor_u8(octets));
	json_array_end(j);
}

void
facts_add_nibbles(struct json *j, const char *name, struct cursor *octets)
{
	uint32_t nibbles = cursor_u32(octets);

	json_name(j, name);
	json_array_begin(j);
	for (unsigned i = 0; i < 8; i++)
		json_number(j, nibbles >> (28 - 4 * i) & 15);
	json_array_end(j);
}

void
facts_add_word(
    struct json *j, const char *name, unsigned number, const char *const *words)
{
	const char *word = fact_word(words, number);

	if (word)
		json_add_string(j, name, word);
	else
		json_add_number(j, name, number);
}
