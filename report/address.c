#include "report/address.h"

#include <arpa/inet.h>
#include <string.h>

static const char hex_digits[] = "0123456789abcdef";

const char *
mac_format(const uint8_t mac[static MAC_SIZE], char out[static MAC_TEXT_SIZE])
{
	char *at = out;

	for (unsigned i = 0; i < MAC_SIZE; i++) {
		*at++ = hex_digits[mac[i] >> 4];
		*at++ = hex_digits[mac[i] & 15];
		*at++ = ':';
	}
	at[-1] = '\0';
	return out;
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* How many hexadecimal digits stand between two separators: 2 (colons or
 * hyphens), 4 (Cisco's dots) or 12 (none).  0: this is no MAC address. */
static unsigned
digits_per_group(const char *text)
{
	size_t size = strlen(text);

	if (size == 12)
		return 12;
	if (size == 14 && text[4] == '.')
		return 4;
	if (size == 17 && (text[2] == ':' || text[2] == '-'))
		return 2;
	return 0;
}

bool
mac_parse(const char *text, uint8_t out_mac[static MAC_SIZE])
{
	unsigned group = digits_per_group(text);
	char separator = group == 4 ? '.' : text[0] && group ? text[2] : 0;
	uint8_t mac[MAC_SIZE] = { 0 };

	if (group == 0)
		return false;
	for (unsigned digit = 0; digit < 2 * MAC_SIZE; digit++) {
		int value;

		if (digit > 0 && digit % group == 0 && *text++ != separator)
			return false;
		value = hex_value(*text++);
		if (value < 0)
			return false;
		mac[digit / 2] = (uint8_t)(mac[digit / 2] << 4 | value);
	}
	memcpy(out_mac, mac, MAC_SIZE);
	return true;
}

static char *
format_octet(char *at, unsigned octet)
{
	if (octet >= 100)
		*at++ = (char)('0' + octet / 100);
	if (octet >= 10)
		*at++ = (char)('0' + octet / 10 % 10);
	*at++ = (char)('0' + octet % 10);
	return at;
}

/* By hand: inet_ntop takes longer than all the rest of a neighbor's JSON. */
static void
format_ipv4(const uint8_t *octets, char *out)
{
	for (unsigned i = 0; i < 4; i++) {
		out = format_octet(out, octets[i]);
		*out++ = '.';
	}
	out[-1] = '\0';
}

const char *
address_format(const struct address *a, char out[static ADDRESS_TEXT_SIZE])
{
	out[0] = '\0';
	if (a->family == ADDRESS_IPV4)
		format_ipv4(a->octets, out);
	else if (a->family == ADDRESS_IPV6)
		(void)inet_ntop(AF_INET6, a->octets, out, ADDRESS_TEXT_SIZE);
	else if (a->family == ADDRESS_MAC)
		(void)mac_format(a->octets, out);
	return out;
}

bool
address_parse(const char *text, struct address *out)
{
	struct address a = { .family = ADDRESS_NONE };

	if (inet_pton(AF_INET, text, a.octets) == 1)
		a.family = ADDRESS_IPV4;
	else if (inet_pton(AF_INET6, text, a.octets) == 1)
		a.family = ADDRESS_IPV6;
	else if (mac_parse(text, a.octets))
		a.family = ADDRESS_MAC;
	if (a.family == ADDRESS_NONE)
		return false;
	*out = a;
	return true;
}
