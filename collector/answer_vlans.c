#include "collector/vlan_table.h"

void
answer_vlans(struct json *j, const struct view *v)
{
	struct vlan_table *t = vlan_table_new(v);
	int64_t count = 0;

	if (!t) {
		j->out->failed = true;
		return;
	}
	for (int id = 1; id < VLAN_IDS; id++)
		count += vlan_table_has(t, id);
	json_object_begin(j);
	json_add_number(j, "now", v->now);
	json_add_number(j, "count", count);
	json_name(j, "vlans");
	json_array_begin(j);
	for (int id = 1; id < VLAN_IDS; id++) {
		if (!vlan_table_has(t, id))
			continue;
		json_object_begin(j);
		vlan_table_write(j, t, id);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
	vlan_table_free(t);
}
