#include "agent/ovs.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/address.h"

enum { CAPACITY_AT_FIRST = 16, VLAN_IDS = 4096 };

const char *const ovs_questions[OVS_QUESTIONS][2] = {
	{ "Bridge", "[\"name\",\"ports\",\"datapath_type\"]" },
	{ "Port", "[\"name\",\"interfaces\",\"tag\",\"trunks\",\"vlan_mode\","
		  "\"bond_mode\",\"lacp\",\"bond_active_slave\"]" },
	{ "Interface", "[\"name\",\"type\",\"options\",\"external_ids\","
		       "\"mac_in_use\",\"admin_state\",\"link_state\","
		       "\"lacp_current\"]" },
};

/* ---- values of columns --------------------------------------------------- */

/* What stands behind the tag: ["set",X], ["map",X], ["uuid",X]. */
static const struct json_value *
tagged(const struct json_value *value, const char *tag)
{
	const struct json_value *first = json_first(value);
	const char *said = json_is_array(value) ? json_string_of(first) : NULL;

	return said && strcmp(said, tag) == 0 ? json_next(first) : NULL;
}

/* A set of one is the bare atom: begins with the atom or with the first of
 * the set; '*out_set' tells whether others follow. */
static const struct json_value *
first_of_set(const struct json_value *value, bool *out_set)
{
	const struct json_value *items = tagged(value, "set");

	*out_set = items != NULL;
	return items ? json_first(items) : value;
}

static void
read_text(const struct json_value *value, char *out, size_t capacity)
{
	bool many, cut;
	const char *text = json_string_of(first_of_set(value, &many));
	size_t size;

	out[0] = '\0';
	if (!text)
		return;
	size = text_clean(out, capacity - 1, text, strlen(text), &cut);
	out[size] = '\0';
}

static enum ovs_truth
read_word(const struct json_value *value, const char *yes)
{
	char word[8];

	read_text(value, word, sizeof(word));
	if (word[0] == '\0')
		return OVS_UNKNOWN;
	return strcmp(word, yes) == 0 ? OVS_YES : OVS_NO;
}

static enum ovs_truth
read_truth(const struct json_value *value)
{
	bool many;
	const struct json_value *said = first_of_set(value, &many);

	if (!json_is_boolean(said))
		return OVS_UNKNOWN;
	return json_boolean_of(said, false) ? OVS_YES : OVS_NO;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool
read_uuid_text(const char *text, struct ovs_uuid *out)
{
	unsigned digits = 0;

	memset(out, 0, sizeof(*out));
	for (; text && *text && digits < 2 * OVS_UUID_SIZE; text++) {
		int digit = hex_digit(*text);

		if (*text == '-')
			continue;
		if (digit < 0)
			return false;
		out->octets[digits / 2] =
		    (uint8_t)(out->octets[digits / 2] << 4 | digit);
		digits++;
	}
	return text && *text == '\0' && digits == 2 * OVS_UUID_SIZE;
}

static bool
read_uuid(const struct json_value *value, struct ovs_uuid *out)
{
	return read_uuid_text(json_string_of(tagged(value, "uuid")), out);
}

static bool
read_mac(const struct json_value *value, uint8_t out[static MAC_SIZE])
{
	char text[MAC_TEXT_SIZE];

	read_text(value, text, sizeof(text));
	return mac_parse(text, out);
}

/* The value of 'key' in ["map",[[key,value],...]]. */
static const struct json_value *
in_map(const struct json_value *map, const char *key)
{
	const struct json_value *pair = json_first(tagged(map, "map"));

	for (; pair; pair = json_next(pair)) {
		const char *name = json_string_of(json_first(pair));

		if (name && json_is_array(pair) && strcmp(name, key) == 0)
			return json_next(json_first(pair));
	}
	return NULL;
}

/* ---- rows ---------------------------------------------------------------- */

static bool
read_bridge(const struct json_value *row, void *out)
{
	struct ovs_bridge *b = out;
	const struct json_value *ports = json_get(row, "ports");
	bool many;
	const struct json_value *at = first_of_set(ports, &many);
	size_t most = many ? json_count(tagged(ports, "set")) : 1;
	char datapath[OVS_TYPE_SIZE];

	read_text(json_get(row, "name"), b->name, sizeof(b->name));
	read_text(json_get(row, "datapath_type"), datapath, sizeof(datapath));
	b->userspace = strcmp(datapath, "netdev") == 0;
	if (b->name[0] == '\0' || most > OVS_ROWS_MOST)
		return false;
	b->ports = calloc(most ? most : 1, sizeof(*b->ports));
	if (!b->ports)
		return false;
	for (; at && b->port_count < most; at = many ? json_next(at) : NULL) {
		if (read_uuid(at, &b->ports[b->port_count]))
			b->port_count++;
	}
	return true;
}

/* A VLAN's number; 0: none that is one. */
static uint16_t
read_vlan(const struct json_value *value)
{
	int64_t vlan = json_number_of(value, 0);

	return vlan > 0 && vlan < VLAN_IDS ? (uint16_t)vlan : 0;
}

/* Gives false when no list is set: then all pass. */
static bool
read_trunks(const struct json_value *value, struct vlans *out)
{
	bool many, any = false;
	const struct json_value *at = first_of_set(value, &many);

	for (; at; at = many ? json_next(at) : NULL) {
		uint16_t vlan = read_vlan(at);

		any = any || json_is_number(at);
		if (vlan > 0)
			vlans_add(out, vlan, vlan);
	}
	return any;
}

/* Without a mode, a port with a tag is an access port. */
static void
read_policy(const struct json_value *row, struct vlan_policy *out)
{
	const struct json_value *tag;
	bool many, is_tagged;
	char mode[OVS_TYPE_SIZE];

	tag = first_of_set(json_get(row, "tag"), &many);
	is_tagged = json_is_number(tag);
	read_text(json_get(row, "vlan_mode"), mode, sizeof(mode));
	if (mode[0] == '\0')
		text_copy(mode, sizeof(mode), is_tagged ? "access" : "trunk");
	out->vlan = read_vlan(tag);
	if (strcmp(mode, "access") == 0) {
		out->mode = out->vlan ? VLAN_ACCESS : VLAN_UNTAGGED;
	} else if (strcmp(mode, "dot1q-tunnel") == 0) {
		out->mode = VLAN_TUNNEL;
	} else {
		out->mode = VLAN_TRUNK;
		if (strncmp(mode, "native", 6) == 0 && out->vlan > 0)
			out->mode = VLAN_NATIVE;
		else
			out->vlan = 0;
		out->all = !read_trunks(json_get(row, "trunks"), &out->trunks);
		/* The native VLAN passes even when the list omits it. */
		if (!out->all && out->mode == VLAN_NATIVE)
			vlans_add(&out->trunks, out->vlan, out->vlan);
	}
}

static bool
read_port(const struct json_value *row, void *out)
{
	struct ovs_port *p = out;
	bool many;
	const struct json_value *at =
	    first_of_set(json_get(row, "interfaces"), &many);
	char lacp[OVS_TYPE_SIZE];

	read_text(json_get(row, "name"), p->name, sizeof(p->name));
	read_text(
	    json_get(row, "bond_mode"), p->bond_mode, sizeof(p->bond_mode));
	read_text(json_get(row, "lacp"), lacp, sizeof(lacp));
	p->lacp = strcmp(lacp, "active") == 0 || strcmp(lacp, "passive") == 0;
	p->has_active =
	    read_mac(json_get(row, "bond_active_slave"), p->active_mac);
	read_policy(row, &p->policy);
	for (; at; at = many ? json_next(at) : NULL) {
		struct ovs_uuid uuid;

		if (!read_uuid(at, &uuid))
			continue;
		if (p->interface_count < OVS_MEMBERS_MOST)
			p->interfaces[p->interface_count++] = uuid;
		else
			p->interfaces_lost++;
	}
	return p->name[0] != '\0';
}

/* libvirt writes vm-id, Nova vm-uuid, XenServer xs-vm-uuid. */
static void
read_external_ids(const struct json_value *ids, struct ovs_interface *i)
{
	static const char *const vm[] = { "vm-id", "vm-uuid", "xs-vm-uuid" };
	struct ovs_uuid uuid;

	for (size_t k = 0; k < sizeof(vm) / sizeof(vm[0]); k++) {
		if (i->vm_uuid[0] == '\0' &&
		    read_uuid_text(json_string_of(in_map(ids, vm[k])), &uuid))
			read_text(
			    in_map(ids, vm[k]), i->vm_uuid, sizeof(i->vm_uuid));
	}
	read_text(in_map(ids, "iface-id"), i->iface_id, sizeof(i->iface_id));
	i->has_attached_mac =
	    read_mac(in_map(ids, "attached-mac"), i->attached_mac);
}

static bool
read_interface(const struct json_value *row, void *out)
{
	struct ovs_interface *i = out;

	read_text(json_get(row, "name"), i->name, sizeof(i->name));
	read_text(json_get(row, "type"), i->type, sizeof(i->type));
	if (strcmp(i->type, "system") == 0)
		i->type[0] = '\0';
	read_text(
	    in_map(json_get(row, "options"), "peer"), i->peer, sizeof(i->peer));
	i->up = read_word(json_get(row, "admin_state"), "up");
	i->link = read_word(json_get(row, "link_state"), "up");
	i->lacp_current = read_truth(json_get(row, "lacp_current"));
	i->has_mac = read_mac(json_get(row, "mac_in_use"), i->mac);
	read_external_ids(json_get(row, "external_ids"), i);
	return i->name[0] != '\0';
}

/* ---- tables -------------------------------------------------------------- */

/* Every row begins with its UUID. */
static size_t
place_of(
    const struct ovs_table *t, const struct ovs_uuid *uuid, bool *out_found)
{
	size_t low = 0, high = t->count;

	*out_found = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = memcmp(t->rows[middle], uuid, sizeof(*uuid));

		if (order == 0) {
			*out_found = true;
			return middle;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
free_bridge(void *row)
{
	free(((struct ovs_bridge *)row)->ports);
	free(row);
}

static void
forget(struct ovs_table *t, const struct ovs_uuid *uuid, void (*end)(void *))
{
	bool found;
	size_t place = place_of(t, uuid, &found);

	if (!found)
		return;
	end(t->rows[place]);
	t->count--;
	memmove(&t->rows[place], &t->rows[place + 1],
	    (t->count - place) * sizeof(*t->rows));
}

static bool
keep(struct ovs_table *t, void *row)
{
	size_t capacity = t->capacity ? t->capacity * 2 : CAPACITY_AT_FIRST;
	bool found;
	size_t place = place_of(t, row, &found);
	void **rows;

	if (t->count >= OVS_ROWS_MOST)
		return false;
	if (t->count == t->capacity) {
		rows = realloc(t->rows, capacity * sizeof(*rows));
		if (!rows)
			return false;
		t->rows = rows;
		t->capacity = capacity;
	}
	memmove(&t->rows[place + 1], &t->rows[place],
	    (t->count - place) * sizeof(*t->rows));
	t->rows[place] = row;
	t->count++;
	return true;
}

/* What a table is made of. */
struct table_kind {
	const char *name;
	size_t row_size;
	bool (*read)(const struct json_value *row, void *out);
	void (*end)(void *row);
};
static const struct table_kind kinds[OVS_QUESTIONS] = {
	{ "Bridge", sizeof(struct ovs_bridge), read_bridge, free_bridge },
	{ "Port", sizeof(struct ovs_port), read_port, free },
	{ "Interface", sizeof(struct ovs_interface), read_interface, free },
};

static struct ovs_table *
table_of(struct ovs *ovs, size_t kind)
{
	struct ovs_table *const all[OVS_QUESTIONS] = { &ovs->bridges,
		&ovs->ports, &ovs->interfaces };

	return all[kind];
}

/* 'change' is {"new":{...}}, {"new":..,"old":..} or, of a row that is gone,
 * {"old":{...}}; with monitor version 1 "new" holds every column. */
static void
take_row(struct ovs *ovs, size_t kind, const char *name,
    const struct json_value *change)
{
	const struct json_value *now = json_get(change, "new");
	struct ovs_table *t = table_of(ovs, kind);
	struct ovs_uuid uuid;
	void *row;

	if (!read_uuid_text(name, &uuid)) {
		ovs->lost++;
		return;
	}
	forget(t, &uuid, kinds[kind].end);
	if (!now)
		return;
	row = calloc(1, kinds[kind].row_size);
	if (row)
		memcpy(row, &uuid, sizeof(uuid));
	if (row && kinds[kind].read(now, row) && keep(t, row))
		return;
	ovs->lost++;
	if (row)
		kinds[kind].end(row);
}

enum status
ovs_take(struct ovs *ovs, const struct json_value *tables)
{
	if (!json_is_object(tables))
		return STATUS_MALFORMED;
	for (size_t k = 0; k < OVS_QUESTIONS; k++) {
		const struct json_value *row =
		    json_first(json_get(tables, kinds[k].name));

		for (; row; row = json_next(row)) {
			if (json_name_of(row))
				take_row(ovs, k, json_name_of(row), row);
		}
	}
	return STATUS_OK;
}

void
ovs_done(struct ovs *ovs)
{
	for (size_t k = 0; k < OVS_QUESTIONS; k++) {
		struct ovs_table *t = table_of(ovs, k);

		for (size_t i = 0; i < t->count; i++)
			kinds[k].end(t->rows[i]);
		free(t->rows);
	}
	*ovs = (struct ovs){ .lost = 0 };
}

const struct ovs_bridge *
ovs_bridge_at(const struct ovs *ovs, size_t place)
{
	return place < ovs->bridges.count ? ovs->bridges.rows[place] : NULL;
}

static const void *
find(const struct ovs_table *t, const struct ovs_uuid *uuid)
{
	bool found;
	size_t place = place_of(t, uuid, &found);

	return found ? t->rows[place] : NULL;
}

const struct ovs_port *
ovs_find_port(const struct ovs *ovs, const struct ovs_uuid *uuid)
{
	return find(&ovs->ports, uuid);
}

const struct ovs_interface *
ovs_find_interface(const struct ovs *ovs, const struct ovs_uuid *uuid)
{
	return find(&ovs->interfaces, uuid);
}
