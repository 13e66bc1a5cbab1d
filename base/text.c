#include "base/text.h"

#include <stdint.h>
#include <string.h>

/* U+FFFD, what stands for an octet that cannot be shown. */
static const char replacement[] = { '\xef', '\xbf', '\xbd' };

/* U+00A0, what stands for the end of a line: looks like a blank and is none
 * that the sender wrote, so who has the room may break the line there. */
static const char line_end[] = { '\xc2', '\xa0' };

enum { WORD = sizeof(uint64_t) };

static const uint64_t each_octet = 0x0101010101010101;
static const uint64_t each_top_bit = 0x8080808080808080;

/* Are the 8 octets of 'word' all printable ASCII, 0x20 to 0x7e?  Octets of
 * 0x80 and more are found by their own top bit, so a borrow from one octet into
 * the next can only add a false alarm, never hide one. */
static bool
word_is_plain(uint64_t word)
{
	uint64_t below_blank = word - each_octet * 0x20;
	uint64_t above_tilde = word + each_octet * 0x01;

	return ((word | below_blank | above_tilde) & each_top_bit) == 0;
}

/* Copies one word from 'in' to 'out' if it is all printable ASCII. */
static bool
copy_plain_word(char *out, const uint8_t *in)
{
	uint64_t word;

	memcpy(&word, in, WORD);
	if (!word_is_plain(word))
		return false;
	memcpy(out, &word, WORD);
	return true;
}

/* Copies what is printable ASCII from the start of 'in' and gives its size. */
static size_t
copy_plain(char *out, const uint8_t *in, size_t size)
{
	size_t done = 0;

	while (size - done >= WORD && copy_plain_word(out + done, in + done))
		done += WORD;
	/* The last word overlaps the one before: no odd octets remain. */
	if (done > 0 && size - done < WORD &&
	    copy_plain_word(out + size - WORD, in + size - WORD))
		return size;
	while (done < size && in[done] >= 0x20 && in[done] < 0x7f) {
		out[done] = (char)in[done];
		done++;
	}
	return done;
}

/* The size of the well-formed UTF-8 character at 'in', 0 if there is none
 * (Unicode 15, table 3-7). */
static size_t
character_size(const uint8_t *in, size_t size)
{
	uint8_t least = 0x80, most = 0xbf;
	size_t length;

	if (in[0] < 0x80)
		return 1;
	if (in[0] < 0xc2 || in[0] > 0xf4)
		return 0;
	length = in[0] < 0xe0 ? 2 : in[0] < 0xf0 ? 3 : 4;
	if (length > size)
		return 0;
	if (in[0] == 0xe0)
		least = 0xa0; /* shorter forms exist */
	else if (in[0] == 0xed)
		most = 0x9f; /* surrogates */
	else if (in[0] == 0xf0)
		least = 0x90;
	else if (in[0] == 0xf4)
		most = 0x8f; /* beyond U+10FFFF */
	if (in[1] < least || in[1] > most)
		return 0;
	for (size_t i = 2; i < length; i++)
		if ((in[i] & 0xc0) != 0x80)
			return 0;
	return length;
}

/* Would this character of 2 or 3 octets change how what follows is shown? */
static bool
character_misleads(const uint8_t *in, size_t size)
{
	if (size == 2)
		return (in[0] == 0xc2 && in[1] < 0xa0) || /* C1 */
		       (in[0] == 0xd8 && in[1] == 0x9c);  /* U+061C */
	if (size != 3 || in[0] != 0xe2)
		return false;
	if (in[1] == 0x80) /* U+200E, U+200F, U+2028 to U+202E */
		return in[2] == 0x8e || in[2] == 0x8f ||
		       (in[2] >= 0xa8 && in[2] <= 0xae);
	return in[1] == 0x81 && in[2] >= 0xa6 && in[2] <= 0xa9; /* U+2066.. */
}

/* One character of 'in' as it may be shown. */
struct shown {
	const char *octets;
	size_t size;
	size_t taken; /* octets of the input it stands for */
};

static struct shown
show_character(const uint8_t *in, size_t size)
{
	size_t length = character_size(in, size);

	if (length == 1 && in[0] >= 0x20 && in[0] != 0x7f)
		return (struct shown){ (const char *)in, 1, 1 };
	if (length == 1 && in[0] == '\t')
		return (struct shown){ " ", 1, 1 };
	if (length == 1 && (in[0] == '\r' || in[0] == '\n'))
		return (struct shown){ line_end, sizeof(line_end),
			in[0] == '\r' && size > 1 && in[1] == '\n' ? 2 : 1 };
	if (length > 1 && !character_misleads(in, length))
		return (struct shown){ (const char *)in, length, length };
	return (struct shown){ replacement, sizeof(replacement),
		length ? length : 1 };
}

static size_t
trimmed_size(const uint8_t *in, size_t size)
{
	while (size > 0 && (in[size - 1] == 0 || in[size - 1] == ' ' ||
			       (in[size - 1] >= '\t' && in[size - 1] <= '\r')))
		size--;
	return size;
}

size_t
text_clean(
    char *out, size_t capacity, const void *in, size_t in_size, bool *out_cut)
{
	const uint8_t *octets = in;
	size_t size = in_size ? trimmed_size(octets, in_size) : 0;
	size_t read = 0, written = 0;

	*out_cut = false;
	while (read < size) {
		size_t room = capacity - written;
		size_t most = size - read < room ? size - read : room;
		size_t plain = copy_plain(out + written, octets + read, most);
		struct shown shown;

		read += plain;
		written += plain;
		if (read == size)
			break;
		shown = show_character(octets + read, size - read);
		if (shown.size > capacity - written) {
			*out_cut = true;
			break;
		}
		memcpy(out + written, shown.octets, shown.size);
		read += shown.taken;
		written += shown.size;
	}
	return written;
}

/* How many octets at the start of 'in' are surely ASCII, in whole words. */
static size_t
ascii_words(const uint8_t *in, size_t size)
{
	size_t done = 0;
	uint64_t word;

	for (; size - done >= WORD; done += WORD) {
		memcpy(&word, in + done, WORD);
		if (word & each_top_bit)
			break;
	}
	return done;
}

bool
text_is_utf8(const void *in, size_t size)
{
	const uint8_t *octets = in;
	size_t at = 0, length;

	while (at < size) {
		at += ascii_words(octets + at, size - at);
		if (at == size)
			break;
		length = character_size(octets + at, size - at);
		if (length == 0)
			return false;
		at += length;
	}
	return true;
}

void
text_copy(char *out, size_t capacity, const char *in)
{
	size_t size = strlen(in);

	if (capacity == 0)
		return;
	if (size >= capacity) {
		size = capacity - 1;
		/* not within a character */
		while (size > 0 && ((uint8_t)in[size] & 0xc0) == 0x80)
			size--;
	}
	memcpy(out, in, size);
	out[size] = '\0';
}

static int
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

bool
text_same(const char *a, const char *b)
{
	while (*a && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return lower(*a) == lower(*b);
}
