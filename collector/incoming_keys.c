#include "collector/incoming_keys.h"

#include "base/json.h"

static void
key_id(struct json *j, const struct json_value *neighbor, const char *name)
{
	const struct json_value *id = json_get(neighbor, name);
	const char *type = json_get_string(id, "type");
	const char *value = json_get_string(id, "value");

	json_string(j, type ? type : "");
	json_string(j, value ? value : "");
}

static const char *
keep(struct incoming *r, const struct buffer *room)
{
	if (!buffer_ok(room))
		return NULL;
	return arena_text(&r->arena, buffer_string(room));
}

const char *
key_of_neighbor(struct incoming *r, struct buffer *room,
    const struct json_value *v, const char *nic_name)
{
	static const char *const members[] = { "protocol", "source_mac",
		"scope" };
	struct json j = json_over(room);

	buffer_clear(room);
	json_array_begin(&j);
	json_string(&j, nic_name);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		const char *text = json_get_string(v, members[i]);

		json_string(&j, text ? text : "");
	}
	key_id(&j, v, "chassis_id");
	key_id(&j, v, "port_id");
	json_array_end(&j);
	return keep(r, room);
}

const char *
key_of_inside(struct incoming *r, struct buffer *room,
    const struct json_value *v, enum claim_kind kind)
{
	struct json j = json_over(room);

	if (kind != CLAIM_PORT_GROUP)
		return arena_text(&r->arena,
		    json_get_string(v, kind == CLAIM_WORKLOAD ? "id" : "name"));
	buffer_clear(room);
	json_array_begin(&j);
	json_string(&j, json_get_string(v, "vswitch"));
	json_string(&j, json_get_string(v, "name"));
	json_array_end(&j);
	return keep(r, room);
}
