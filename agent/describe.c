#include "agent/describe.h"

#include <string.h>

#include "base/json.h"
#include "report/address.h"
#include "report/neighbor_json.h"

enum {
	/* As wide as the longest name in front of a value. */
	NAME_WIDTH = 20,
	NAME_MOST = 64,
	JSON_LIMIT = 256 * 1024,
	ID_TEXT_SIZE = 1024
};

static void
line(struct buffer *out, const char *name, const char *value)
{
	if (value && *value)
		buffer_printf(out, "  %-*s %s\n", NAME_WIDTH, name, value);
}

static void
describe_id(struct buffer *out, const char *name, const struct neighbor *n,
    const struct identifier *id)
{
	char text[ID_TEXT_SIZE];

	if (id->type == ID_NONE)
		return;
	neighbor_id_text(n, id, text, sizeof(text));
	buffer_printf(out, "  %-*s %s (%s)\n", NAME_WIDTH, name, text,
	    id_type_name(id->type));
}

static void
describe_tags(struct buffer *out, const struct neighbor *n)
{
	for (unsigned i = 0; i < n->vlan_tag_count; i++)
		buffer_printf(out, ", tagged VLAN %u priority %u",
		    n->vlan_tags[i].id, n->vlan_tags[i].priority);
}

static void
describe_frame(struct buffer *out, const struct neighbor *n)
{
	char from[MAC_TEXT_SIZE], to[MAC_TEXT_SIZE];

	buffer_printf(out, "  %-*s %s", NAME_WIDTH, "protocol",
	    protocol_name(n->protocol));
	if (n->has & HAS_VERSION)
		buffer_printf(out, " version %u", n->version);
	if (n->has & HAS_TTL)
		buffer_printf(out,
		    n->ttl_s ? ", holds for %u s" : ", says goodbye (TTL %u)",
		    n->ttl_s);
	buffer_printf(out, "\n  %-*s %s to %s", NAME_WIDTH, "from",
	    mac_format(n->source_mac, from),
	    mac_format(n->destination_mac, to));
	if (n->scope != SCOPE_NONE)
		buffer_printf(out, " (%s)", scope_name(n->scope));
	describe_tags(out, n);
	buffer_char(out, '\n');
}

static void
describe_addresses(struct buffer *out, const struct neighbor *n)
{
	char text[ADDRESS_TEXT_SIZE];

	for (unsigned i = 0; i < n->address_count; i++)
		line(out, i == 0 ? "address" : "",
		    address_format(&n->management_addresses[i], text));
}

/* ---- everything else, by way of the JSON ----------------------------------
 */

/* Is it shown in words already, or nothing to show? */
static bool
is_said(const struct neighbor *n, const char *name)
{
	static const char *const said[] = { "protocol", "version", "source_mac",
		"destination_mac", "scope", "vlan_tags", "ttl_s", "chassis_id",
		"port_id", "port_description", "system_name",
		"management_addresses" };

	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		if (strcmp(name, said[i]) == 0)
			return true;
	return strcmp(name, "skipped_tlvs") == 0 && n->skipped_tlvs == 0;
}

/* Reads the rest of a string whose quote is gone; NULL 'out' drops it. */
static void
copy_string(struct cursor *json, struct buffer *out)
{
	while (json->left > 0) {
		char c = (char)cursor_u8(json);

		if (c == '"')
			return;
		if (c == '\\')
			c = (char)cursor_u8(json);
		if (out)
			buffer_char(out, c);
	}
}

/* Reads a value up to the comma or brace that ends it, and writes it without
 * quotes, brackets and braces; lists in lists are parted by semicolons. */
static void
copy_value(struct cursor *json, struct buffer *out)
{
	int depth = 0;
	char before = ',';

	while (json->left > 0) {
		char c = (char)cursor_u8(json);

		if (depth == 0 && (c == ',' || c == '}'))
			return;
		depth += c == '{' || c == '[';
		depth -= c == '}' || c == ']';
		if (c == '"')
			copy_string(json, out);
		else if (out && c == ',')
			buffer_text(out, strchr("}]", before) ? "; " : ", ");
		else if (out && c == ':')
			buffer_char(out, ' ');
		else if (out && !strchr("{}[]", c))
			buffer_char(out, c);
		before = c;
	}
}

/* Reads `"name":`; longer names than ours do not occur. */
static void
read_name(struct cursor *json, char out[static NAME_MOST])
{
	size_t length = 0;

	cursor_skip(json, 1);
	while (json->left > 0 && *json->next != '"' && length + 1 < NAME_MOST)
		out[length++] = (char)cursor_u8(json);
	out[length] = '\0';
	cursor_skip(json, 2);
}

static void
describe_rest(struct buffer *out, const struct neighbor *n)
{
	char name[NAME_MOST];
	struct buffer text;
	struct json j = json_over(&text);
	struct cursor json;

	buffer_init(&text, JSON_LIMIT);
	neighbor_json(&j, n);
	json = cursor_over(buffer_string(&text), text.size);
	cursor_skip(&json, 1);
	while (buffer_ok(&text) && json.left > 1) {
		bool said;

		read_name(&json, name);
		said = is_said(n, name);
		for (char *c = name; *c; c++)
			if (*c == '_')
				*c = ' ';
		if (!said)
			buffer_printf(out, "  %-*s ", NAME_WIDTH, name);
		copy_value(&json, said ? NULL : out);
		if (!said)
			buffer_char(out, '\n');
	}
	buffer_done(&text);
}

void
describe_neighbor(struct buffer *out, const struct neighbor *n)
{
	if (n->protocol == PROTOCOL_NONE)
		return;
	describe_frame(out, n);
	describe_id(out, "device", n, &n->chassis_id);
	line(out, "name", neighbor_text(n, n->system_name));
	describe_id(out, "port", n, &n->port_id);
	line(out, "port description", neighbor_text(n, n->port_description));
	describe_addresses(out, n);
	describe_rest(out, n);
}
