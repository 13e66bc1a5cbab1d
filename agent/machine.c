#include "agent/machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json_read.h"
#include "base/text.h"
#include "report/address.h"

enum { VALUE_SIZE = 160, TAP_PREFIX = 0xfe, ARGUMENT_MOST = 16384 };

/* One argument, "a,key=value,..." or JSON. */
struct argument {
	const char *text;
	struct json_value *json; /* NULL: a comma list */
};

/* In a list a comma that belongs to the value is written twice. */
static size_t
copy_listed(const char *from, char *out, size_t capacity)
{
	size_t size = 0;

	for (; *from && size < capacity; from++) {
		if (*from == ',' && *++from != ',')
			break;
		out[size++] = *from;
	}
	return size;
}

/* What follows "key=" in the list; NULL: there is none. */
static const char *
find_listed(const char *list, const char *key)
{
	size_t length = strlen(key);

	while (list) {
		if (strncmp(list, key, length) == 0 && list[length] == '=')
			return &list[length + 1];
		list = strchr(list, ',');
		while (list && list[0] == ',' && list[1] == ',')
			list = strchr(list + 2, ',');
		if (list)
			list++;
	}
	return NULL;
}

static bool
value_of(const struct argument *argument, const char *key, char *out,
    size_t capacity)
{
	char raw[VALUE_SIZE];
	const char *from = argument->json ? json_get_string(argument->json, key)
					  : find_listed(argument->text, key);
	size_t size;
	bool cut;

	out[0] = '\0';
	if (!from)
		return false;
	if (argument->json) {
		size = strlen(from);
	} else {
		size = copy_listed(from, raw, sizeof(raw));
		from = raw;
	}
	size = text_clean(out, capacity - 1, from, size, &cut);
	out[size] = '\0';
	return size > 0;
}

/* ---- options --------------------------------------------------------------
 */

static void
take_name(const struct argument *argument, struct machine *m)
{
	struct argument listed = { .text = argument->text };
	size_t size;
	bool cut;
	char raw[VALUE_SIZE];

	if (value_of(argument, "guest", m->name, sizeof(m->name)))
		return;
	size = copy_listed(listed.text, raw, sizeof(raw));
	size = text_clean(m->name, sizeof(m->name) - 1, raw, size, &cut);
	m->name[size] = '\0';
}

static bool
is_uuid(const char *text)
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	static const char digits[] = "0123456789abcdefABCDEF";

	for (size_t i = 0; i < sizeof(form) - 1; i++) {
		if (form[i] == '-' ? text[i] != '-'
				   : !text[i] || !strchr(digits, text[i]))
			return false;
	}
	return text[sizeof(form) - 1] == '\0';
}

static void
keep_uuid(const char *text, struct machine *m)
{
	if (m->uuid[0] == '\0' && is_uuid(text))
		text_copy(m->uuid, sizeof(m->uuid), text);
}

static void
take_uuid(const struct argument *argument, struct machine *m)
{
	keep_uuid(argument->text, m);
}

static void
take_smbios(const struct argument *argument, struct machine *m)
{
	char uuid[VALUE_SIZE];

	if (value_of(argument, "uuid", uuid, sizeof(uuid)))
		keep_uuid(uuid, m);
}

/* A netdev and the device that names it are one NIC, in either order. */
static struct machine_nic *
nic_of(struct machine *m, const char *id)
{
	struct machine_nic *nic;

	for (unsigned i = 0; id[0] && i < m->nic_count; i++) {
		if (strcmp(m->nics[i].id, id) == 0)
			return &m->nics[i];
	}
	if (m->nic_count == MACHINE_NICS_MOST)
		return NULL;
	nic = &m->nics[m->nic_count++];
	text_copy(nic->id, sizeof(nic->id), id);
	return nic;
}

static void
take_nic(const struct argument *argument, const char *id_key,
    const char *mac_key, struct machine *m)
{
	char id[MACHINE_ID_SIZE], mac[MAC_TEXT_SIZE], tap[LINK_NAME_SIZE];
	bool has_id = value_of(argument, id_key, id, sizeof(id));
	bool has_mac = value_of(argument, mac_key, mac, sizeof(mac));
	bool has_tap = value_of(argument, "ifname", tap, sizeof(tap));
	struct machine_nic *nic;

	if (!has_id && !has_mac && !has_tap)
		return;
	nic = nic_of(m, id);
	if (!nic)
		return;
	if (has_tap)
		text_copy(nic->tap, sizeof(nic->tap), tap);
	if (has_mac && mac_parse(mac, nic->mac))
		nic->has_mac = true;
}

static void
take_netdev(const struct argument *argument, struct machine *m)
{
	take_nic(argument, "id", "mac", m);
}

/* "3b:02.1" is in domain 0. */
static void
take_host_device(const struct argument *argument, struct machine *m)
{
	char host[LINK_BUS_SIZE - sizeof("0000:")];
	bool has_domain;

	if (m->device_count == MACHINE_NICS_MOST ||
	    !value_of(argument, "host", host, sizeof(host)) ||
	    !strchr(host, ':'))
		return;
	has_domain = strchr(host, ':') != strrchr(host, ':');
	snprintf(m->devices[m->device_count++], LINK_BUS_SIZE, "%s%s",
	    has_domain ? "" : "0000:", host);
}

static bool
is_vfio(const struct argument *argument)
{
	const char *driver = argument->json
				 ? json_get_string(argument->json, "driver")
				 : argument->text;

	return driver && strncmp(driver, "vfio-pci", 8) == 0;
}

static void
take_device(const struct argument *argument, struct machine *m)
{
	char netdev[MACHINE_ID_SIZE];

	if (is_vfio(argument))
		take_host_device(argument, m);

	if (value_of(argument, "netdev", netdev, sizeof(netdev)))
		take_nic(argument, "netdev", "mac", m);
}

static const struct option {
	const char *name;
	void (*take)(const struct argument *argument, struct machine *m);
} options[] = {
	{ "-name", take_name },
	{ "-uuid", take_uuid },
	{ "-smbios", take_smbios },
	{ "-netdev", take_netdev },
	{ "-device", take_device },
	{ "-nic", take_netdev },
};

static void
take_option(const char *name, const char *text, struct machine *m)
{
	struct argument argument = { .text = text };
	char error[JSON_ERROR_SIZE];
	CLEANUP(json_cleanup) struct json_value *json = NULL;

	if (name[0] == '-' && name[1] == '-')
		name++;
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (strcmp(name, options[i].name) != 0)
			continue;
		if (text[0] == '{' && strlen(text) < ARGUMENT_MOST &&
		    json_parse(text, strlen(text), &json, error) == STATUS_OK)
			argument.json = json;
		options[i].take(&argument, m);
		return;
	}
}

enum status
machine_read(const char *octets, size_t size, struct machine *out)
{
	const char *end = memchr(octets, '\0', size);
	struct machine m = { .pid = 0 };

	if (!end)
		return STATUS_MALFORMED;
	while (end) {
		const char *name = octets;

		size -= (size_t)(end + 1 - octets);
		octets = end + 1;
		end = memchr(octets, '\0', size);
		if (end && name[0] == '-')
			take_option(name, octets, &m);
	}
	*out = m;
	return STATUS_OK;
}

bool
machine_read_tap(const char *text, size_t size, char out[static LINK_NAME_SIZE])
{
	static const char key[] = "iff:\t";
	const char *at = memmem(text, size, key, sizeof(key) - 1);
	const char *end;
	bool cut;

	if (!at || (at > text && at[-1] != '\n'))
		return false;
	at += sizeof(key) - 1;
	end = memchr(at, '\n', size - (size_t)(at - text));
	if (!end)
		return false;
	size =
	    text_clean(out, LINK_NAME_SIZE - 1, at, (size_t)(end - at), &cut);
	out[size] = '\0';
	return size > 0;
}

uint32_t
machine_read_macvtap(const char *target)
{
	const char *name = strrchr(target, '/');
	unsigned long index;
	char *end;

	if (!name || strncmp(name, "/tap", 4) != 0 || name[4] < '0' ||
	    name[4] > '9')
		return 0;
	index = strtoul(name + 4, &end, 10);
	return *end == '\0' && index <= INT32_MAX ? (uint32_t)index : 0;
}

bool
machine_has_device(const struct machine *machine, const char *bus)
{
	for (unsigned i = 0; i < machine->device_count; i++) {
		if (strcasecmp(machine->devices[i], bus) == 0)
			return true;
	}
	return false;
}

static bool
has_macvtap(const struct machine *machine, const struct link *tap,
    const struct machine_nic **out_nic)
{
	*out_nic = NULL;
	for (unsigned i = 0; i < machine->nic_count && tap->has_mac; i++) {
		const struct machine_nic *nic = &machine->nics[i];

		if (nic->has_mac && memcmp(nic->mac, tap->mac, MAC_SIZE) == 0) {
			*out_nic = nic;
			return true;
		}
	}
	for (unsigned i = 0; i < machine->macvtap_count; i++) {
		if (machine->macvtaps[i] == tap->index)
			return true;
	}
	return false;
}

bool
machine_has_tap(const struct machine *machine, const struct link *tap,
    const struct machine_nic **out_nic)
{
	if (strcmp(tap->kind, "macvtap") == 0)
		return has_macvtap(machine, tap, out_nic);
	*out_nic = NULL;
	for (unsigned i = 0; i < machine->nic_count; i++) {
		const struct machine_nic *nic = &machine->nics[i];

		*out_nic = nic;
		if (strcmp(nic->tap, tap->name) == 0)
			return true;
		if (nic->has_mac && tap->has_mac && tap->mac[0] == TAP_PREFIX &&
		    memcmp(&nic->mac[1], &tap->mac[1], MAC_SIZE - 1) == 0)
			return true;
	}
	*out_nic = machine->nic_count == 1 ? &machine->nics[0] : NULL;
	for (unsigned i = 0; i < machine->tap_count; i++) {
		if (strcmp(machine->taps[i], tap->name) == 0)
			return true;
	}
	return false;
}
