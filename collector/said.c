#include "collector/said.h"

#include <ctype.h>

#include <string.h>
#include <strings.h>

#include "base/text.h"

enum { SERIAL_LEAST = 5 };

bool
said_is_usable_mac(const char *mac)
{
	/* An odd first octet is that of a group. */
	return strlen(mac) == 17 && !strchr("13579bdf", mac[1]) &&
	       strcmp(mac, "00:00:00:00:00:00") != 0;
}

/* A CDP device id such as 8c1e80725126 is the chassis MAC without colons. */
bool
said_is_bare_mac(const char *text)
{
	size_t digits = strspn(text, "0123456789abcdefABCDEF");

	return digits == 12 && text[digits] == '\0';
}

const char *
said_chassis_mac(const struct model_neighbor *n, bool *out_real)
{
	*out_real = false;
	if (strcmp(n->chassis_type, "mac") != 0 ||
	    !said_is_usable_mac(n->chassis_id))
		return NULL;
	/* Whoever does not know the sender's MAC cannot tell. */
	*out_real = n->source_mac[0] != '\0' &&
		    strcmp(n->chassis_id, n->source_mac) != 0;
	return n->chassis_id;
}

static bool
is_usable_serial(const char *serial)
{
	size_t length = strlen(serial);
	bool digit = false;

	if (length < SERIAL_LEAST || length >= SAID_SERIAL_SIZE)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (!isgraph((unsigned char)serial[i]))
			return false;
		digit |= isdigit((unsigned char)serial[i]) != 0;
	}
	/* "unknown", "0000000", "------" identify nobody. */
	return digit && strspn(serial, "0") != length;
}

/* Where "(SERIAL)" of a device id name(SERIAL) begins; NULL: nowhere. */
static const char *
serial_part(const char *device_id)
{
	const char *open = strrchr(device_id, '(');
	size_t length = strlen(device_id);

	if (!open || open == device_id || device_id[length - 1] != ')')
		return NULL;
	return open;
}

void
said_serial(const struct model_neighbor *n, char out[static SAID_SERIAL_SIZE])
{
	const char *part = n->lldp ? NULL : serial_part(n->chassis_id);
	char text[SAID_SERIAL_SIZE];

	out[0] = '\0';
	if (is_usable_serial(n->serial)) {
		text_copy(out, SAID_SERIAL_SIZE, n->serial);
		return;
	}
	if (!part || strlen(part) >= sizeof(text))
		return;
	text_copy(text, sizeof(text), part + 1);
	text[strlen(text) - 1] = '\0';
	if (is_usable_serial(text))
		text_copy(out, SAID_SERIAL_SIZE, text);
}

void
said_name(const struct model_neighbor *n, char out[static SAID_NAME_SIZE])
{
	const char *part;

	out[0] = '\0';
	if (n->system_name[0] != '\0') {
		text_copy(out, SAID_NAME_SIZE, n->system_name);
		return;
	}
	if (strcmp(n->chassis_type, "mac") == 0 ||
	    strcmp(n->chassis_type, "network_address") == 0 ||
	    said_is_bare_mac(n->chassis_id))
		return;
	part = n->lldp ? NULL : serial_part(n->chassis_id);
	text_copy(out, SAID_NAME_SIZE, n->chassis_id);
	if (part && part - n->chassis_id < SAID_NAME_SIZE)
		out[part - n->chassis_id] = '\0';
}

bool
said_is_factory_name(const char *name)
{
	static const char *const names[] = { "switch", "localhost", "router",
		"cisco", "hp", "hpe", "aruba", "juniper", "amnesiac", "arista",
		"sonic", "cumulus", "dell", "dell emc", "os10", "console",
		"edgeswitch", "ubnt", "mikrotik", "openwrt", "procurve",
		"brocade", "foundry", "extreme", "summit", "hostname", "host",
		"system", "linux", "debian", "ubuntu", "none", "(none)",
		"unknown", "default", "not set", "n/a" };
	size_t length = strcspn(name, ".");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strlen(names[i]) == length &&
		    strncasecmp(names[i], name, length) == 0)
			return true;
	}
	return length == 0;
}
