#include "agent/wording.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report/address.h"

enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400 };

/* Letters first, then a digit somewhere, as Gi1/0/14, Ethernet1/3, xe-0/0/1,
 * p1; a MAC address in text or a plain number is none. */
static bool
looks_like_interface(const char *text)
{
	size_t length = strlen(text);

	return length > 1 && length < 64 && isalpha((unsigned char)text[0]) &&
	       strpbrk(text, "0123456789") != NULL &&
	       strchr(text, ' ') == NULL && strchr(text, ':') == NULL;
}

static void
find_port(const struct neighbor *said, struct words *out)
{
	const char *description = neighbor_text(said, said->port_description);

	neighbor_id_text(said, &said->port_id, out->port, sizeof(out->port));
	out->port_is_name =
	    said->port_id.type != ID_MAC && looks_like_interface(out->port);
	if (out->port_is_name || !description)
		return;
	/* Juniper says "526", others a MAC; the name is the description. */
	if (looks_like_interface(description)) {
		text_copy(out->port, sizeof(out->port), description);
		out->port_is_name = true;
	}
}

static void
find_vlan(const struct neighbor *said, struct words *out)
{
	if (said->has & HAS_NATIVE_VLAN)
		snprintf(out->vlan, sizeof(out->vlan), "VLAN %u native",
		    said->native_vlan);
	else if ((said->has & HAS_PVID) && said->pvid != 0)
		snprintf(out->vlan, sizeof(out->vlan), "VLAN %u untagged",
		    said->pvid);
}

static bool
can_forward(const struct neighbor *said)
{
	const uint32_t forwarding = CAPABILITY_BRIDGE | CAPABILITY_ROUTER |
				    CAPABILITY_SWITCH | CAPABILITY_REPEATER |
				    CAPABILITY_SOURCE_ROUTE_BRIDGE |
				    CAPABILITY_WLAN_ACCESS_POINT;

	if (!(said->has & HAS_CAPABILITIES))
		return true;
	return ((said->capabilities_supported | said->capabilities_enabled) &
		   forwarding) != 0;
}

static void
find_detail(const struct neighbor *said, struct words *out)
{
	const char *model = neighbor_text(said, said->platform);
	char address[ADDRESS_TEXT_SIZE] = "";

	if (said->address_count > 0)
		address_format(&said->management_addresses[0], address);
	snprintf(out->detail, sizeof(out->detail), "%.120s%s%s%s",
	    model ? model : "", model && address[0] ? ", " : "",
	    address[0] ? "management address " : "", address);
}

void
words_of(const struct neighbor *said, struct words *out)
{
	const char *name = neighbor_text(said, said->system_name);

	memset(out, 0, sizeof(*out));
	if (name)
		text_copy(out->device, sizeof(out->device), name);
	else
		neighbor_id_text(
		    said, &said->chassis_id, out->device, sizeof(out->device));
	find_port(said, out);
	find_vlan(said, out);
	find_detail(said, out);
	out->is_switch = can_forward(said);
	text_copy(out->protocols, sizeof(out->protocols),
	    words_protocol(said->protocol));
}

void
words_merge(struct words *words, const struct words *more)
{
	char both[2 * WORDS_PROTOCOLS_SIZE + 4];

	if (words->port[0] == '\0' ||
	    (!words->port_is_name && more->port_is_name)) {
		text_copy(words->port, sizeof(words->port), more->port);
		words->port_is_name = more->port_is_name;
	}
	if (words->device[0] == '\0')
		text_copy(words->device, sizeof(words->device), more->device);
	if (words->vlan[0] == '\0')
		text_copy(words->vlan, sizeof(words->vlan), more->vlan);
	words->is_switch = words->is_switch || more->is_switch;
	if (words->detail[0] == '\0')
		text_copy(words->detail, sizeof(words->detail), more->detail);
	if (strstr(words->protocols, more->protocols))
		return;
	snprintf(
	    both, sizeof(both), "%s + %s", words->protocols, more->protocols);
	text_copy(words->protocols, sizeof(words->protocols), both);
}

/* A short name is the beginning of a full one: leaf1, leaf1.example.net. */
static bool
same_device(const char *a, const char *b)
{
	size_t length = strcspn(a, ".(");

	return length > 0 && length == strcspn(b, ".(") &&
	       strncasecmp(a, b, length) == 0;
}

bool
words_agree(const struct words *a, const struct words *b)
{
	if (!same_device(a->device, b->device))
		return false;
	return !a->port_is_name || !b->port_is_name ||
	       text_same(a->port, b->port);
}

const char *
words_protocol(enum protocol protocol)
{
	static const char *const names[] = { [PROTOCOL_NONE] = "?",
		[PROTOCOL_LLDP] = "LLDP",
		[PROTOCOL_CDP] = "CDP",
		[PROTOCOL_EDP] = "EDP",
		[PROTOCOL_FDP] = "FDP",
		[PROTOCOL_SONMP] = "SONMP" };

	return names[protocol];
}

size_t
words_width(const char *text)
{
	size_t width = 0;

	for (; *text; text++)
		width += ((unsigned char)*text & 0xc0) != 0x80;
	return width;
}

void
words_age(char *out, size_t capacity, long long seconds)
{
	if (seconds < 0)
		seconds = 0;
	if (seconds < 2LL * MINUTE_S)
		snprintf(out, capacity, "%lld s", seconds);
	else if (seconds < 2LL * HOUR_S)
		snprintf(out, capacity, "%lld min", seconds / MINUTE_S);
	else if (seconds < 2LL * DAY_S)
		snprintf(out, capacity, "%lld h", seconds / HOUR_S);
	else
		snprintf(out, capacity, "%lld d", seconds / DAY_S);
}
