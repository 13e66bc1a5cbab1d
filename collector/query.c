#include "collector/query.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

enum {
	MAC_DIGITS = 12,
	MAC_TAIL_LEAST = 4, /* fewer digits fit half of all MACs */
	SHORT_OCTETS_LEAST = 3,
	VLAN_MOST = 4094
};

/* What names are compared without. */
static const bool dropped[UINT8_MAX + 1] = {
	['-'] = true, ['_'] = true, ['.'] = true, [':'] = true, [' '] = true
};

void
query_plain(const char *text, size_t size, struct plain_name *out)
{
	size_t length = 0;

	out->brief = PLAIN_NO_BRIEF;
	for (size_t i = 0; i < size && length + 1 < sizeof(out->text); i++) {
		char c = text[i];

		if (c == '.' && out->brief == PLAIN_NO_BRIEF &&
		    i < sizeof(out->text))
			out->brief = length;
		if (dropped[(uint8_t)c])
			continue;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		out->text[length++] = c;
	}
	out->text[length] = '\0';
	out->size = length;
}

void
query_plain_name(const char *text, char *out, size_t capacity)
{
	struct plain_name plain;

	query_plain(text, strlen(text), &plain);
	text_copy(out, capacity, plain.text);
}

/* 0:c:29:1:2:3, or the end of such: octets without their leading zeros, as some
 * systems write them.  Two alone are rather a port: 1:3. */
static bool
read_short_octets(const char *text, char out[static MAC_DIGITS + 1])
{
	size_t length = 0, octets = 0;
	bool is_short = false;

	for (;; text++) {
		size_t digits = strspn(text, "0123456789abcdefABCDEF");

		if (digits < 1 || digits > 2 || ++octets > MAC_DIGITS / 2)
			return false;
		is_short |= digits == 1;
		out[length++] = digits == 1 ? '0' : text[0];
		out[length++] = text[digits - 1];
		text += digits;
		if (*text == '\0')
			break;
		if (*text != ':')
			return false;
	}
	out[length] = '\0';
	for (char *c = out; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return is_short && octets >= SHORT_OCTETS_LEAST;
}

/* The hex digits of a MAC in any notation, or of its end. */
static void
read_mac(const char *text, char out[static MAC_DIGITS + 1])
{
	char digits[MAC_DIGITS + 1];
	size_t count = 0;
	bool separated = false;

	if (read_short_octets(text, out))
		return;
	out[0] = '\0';
	for (; *text; text++) {
		if (strchr(":.- ", *text)) {
			separated = true;
			continue;
		}
		if (!isxdigit((unsigned char)*text) || count == MAC_DIGITS)
			return;
		digits[count++] = (char)tolower((unsigned char)*text);
	}
	digits[count] = '\0';
	if (count == MAC_DIGITS || (separated && count >= MAC_TAIL_LEAST))
		memcpy(out, digits, count + 1);
}

void
query_read_address(const char *text, char out[static QUERY_ADDRESS_SIZE])
{
	uint8_t octets[16];

	out[0] = '\0';
	if (inet_pton(AF_INET, text, octets) == 1)
		inet_ntop(AF_INET, octets, out, QUERY_ADDRESS_SIZE);
	else if (inet_pton(AF_INET6, text, octets) == 1)
		inet_ntop(AF_INET6, octets, out, QUERY_ADDRESS_SIZE);
}

/* 120, v120, vlan120, vlan 120; 'vlan_only' for the last two. */
static void
read_vlan(struct query_word *w)
{
	const char *text = w->text;
	bool named = strncasecmp(text, "vlan", 4) == 0;
	char *end;
	long number;

	w->vlan = -1;
	if (named)
		text += 4;
	else if (*text == 'v' || *text == 'V')
		text++;
	while (*text == ' ' || *text == '-')
		text++;
	if (!isdigit((unsigned char)*text))
		return;
	number = strtol(text, &end, 10);
	if (*end != '\0' || number < 1 || number > VLAN_MOST)
		return;
	w->vlan = (int)number;
	w->vlan_only = named;
}

static void
read_word(const char *text, struct query_word *out)
{
	*out = (struct query_word){ .vlan = -1 };
	text_copy(out->text, sizeof(out->text), text);
	query_plain_name(text, out->name, sizeof(out->name));
	query_read_address(text, out->address);
	if (out->address[0] == '\0')
		read_mac(text, out->mac);
	out->mac_is_whole = strlen(out->mac) == MAC_DIGITS;
	if (!port_name_read(text, &out->port))
		out->port.key[0] = '\0';
	read_vlan(out);
}

static bool
is_letters(const char *text)
{
	return *text &&
	       text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ-")] == '\0';
}

/* "gi 1/0/14" and "vlan 120" are one word in two. */
static bool
belong_together(const char *first, const char *second)
{
	struct port_name port;
	char both[QUERY_SIZE_MOST];

	if (!is_letters(first) || !isdigit((unsigned char)*second))
		return false;
	if (strcasecmp(first, "vlan") == 0)
		return true;
	if (strlen(first) + strlen(second) >= sizeof(both) ||
	    !strchr(second, '/'))
		return false;
	text_copy(both, sizeof(both), first);
	text_copy(both + strlen(first), sizeof(both) - strlen(first), second);
	return port_name_read(both, &port);
}

static void
read_words(char *text, struct query *q)
{
	char *parts[QUERY_WORDS_MOST];
	size_t count = 0;
	char *rest = NULL;

	for (char *part = strtok_r(text, " \t\r\n,", &rest);
	     part && count < QUERY_WORDS_MOST;
	     part = strtok_r(NULL, " \t\r\n,", &rest))
		parts[count++] = part;
	for (size_t i = 0; i < count; i++) {
		char both[QUERY_SIZE_MOST * 2];
		size_t length = strlen(parts[i]);

		text_copy(both, sizeof(both), parts[i]);
		if (i + 1 < count && belong_together(parts[i], parts[i + 1]))
			text_copy(
			    both + length, sizeof(both) - length, parts[++i]);
		read_word(both, &q->words[q->count++]);
	}
}

bool
query_read(const char *text, struct query *out)
{
	char copy[QUERY_SIZE_MOST];
	size_t length;

	while (isspace((unsigned char)*text))
		text++;
	length = strlen(text);
	if (length == 0 || length >= sizeof(copy))
		return false;
	memset(out, 0, sizeof(*out));
	text_copy(copy, sizeof(copy), text);
	while (length > 0 && isspace((unsigned char)copy[length - 1]))
		copy[--length] = '\0';
	read_word(copy, &out->whole);
	read_words(copy, out);
	out->apart =
	    out->count == 1 && strcmp(out->words[0].text, out->whole.text) == 0
		? 0
		: out->count;
	/* Words of separators only ask for nothing. */
	return out->count > 0 && out->whole.name[0] != '\0';
}

enum fit
query_fit_plain(const struct query_word *word, const struct plain_text *name)
{
	size_t length = strlen(word->name);
	const char *at;

	if (length == 0 || name->size < length)
		return FIT_NONE;
	at = memmem(name->octets, name->size, word->name, length);
	if (!at)
		return FIT_NONE;
	if (at != name->octets)
		return FIT_PART;
	/* hv1 is all of hv1.example.net that people say. */
	return name->size == length || name->brief == length ? FIT_EXACT
							     : FIT_BEGINNING;
}

enum fit
query_fit_name(const struct query_word *word, const char *name)
{
	struct plain_name plain;

	query_plain(name, strlen(name), &plain);
	return query_fit_plain(
	    word, &(struct plain_text){ plain.text, plain.size, plain.brief });
}

enum fit
query_fit_plain_mac(const struct query_word *word, const struct plain_text *mac)
{
	size_t digits = strlen(word->mac);

	if (digits == 0 || mac->size != MAC_DIGITS ||
	    memcmp(mac->octets + MAC_DIGITS - digits, word->mac, digits) != 0)
		return FIT_NONE;
	return digits == MAC_DIGITS ? FIT_EXACT : FIT_SHORT;
}

enum fit
query_fit_mac(const struct query_word *word, const char *mac)
{
	struct plain_name plain;

	if (word->mac[0] == '\0')
		return FIT_NONE;
	query_plain(mac, strlen(mac), &plain);
	return query_fit_plain_mac(
	    word, &(struct plain_text){ plain.text, plain.size, plain.brief });
}

enum fit
query_fit_port(const struct query_word *word, const char *port_key)
{
	const char *key = word->port.key;
	size_t digits = strcspn(port_key, "0123456789");

	if (key[0] == '\0')
		return FIT_NONE;
	if (strcmp(key, port_key) == 0)
		return FIT_EXACT;
	/* 1/0/14 without its letters. */
	if (isdigit((unsigned char)key[0]) &&
	    strcmp(key, port_key + digits) == 0)
		return FIT_SHORT;
	return FIT_NONE;
}

enum fit
query_fit_address(const struct query_word *word, const char *address)
{
	char plain[QUERY_ADDRESS_SIZE];

	if (word->address[0] == '\0')
		return FIT_NONE;
	query_read_address(address, plain);
	return strcmp(plain, word->address) == 0 ? FIT_EXACT : FIT_NONE;
}
