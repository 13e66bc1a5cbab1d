#include <stdio.h>
#include <string.h>

#include "collector/vlan_table.h"

static void
vlan_key(const void *item, struct listing_key *out)
{
	(void)snprintf(
	    out->number, sizeof(out->number), "%d", *(const int *)item);
	out->parts[0] = out->number;
}

static void
vlan_row(void *context, struct json *j, const void *item)
{
	vlan_table_write(j, context, *(const int *)item);
}

void
answer_vlans(struct json *j, const struct view *v, struct listing *l)
{
	static const char *const columns[] = { "id", "names", "needed_by",
		"hosts", "told_on_ports", "heard_on_nics", "last_heard", NULL };
	struct vlan_table *t = vlan_table_new(v);
	int ids[VLAN_IDS];
	struct listing_source all = { .name = "vlans",
		.items = ids,
		.size = sizeof(int),
		.key = vlan_key,
		.row = vlan_row,
		.context = t,
		.columns = columns };

	if (!t) {
		j->out->failed = true;
		return;
	}
	for (int id = 1; id < VLAN_IDS; id++) {
		bool current = vlan_table_is_current(t, id);

		if (vlan_table_has(t, id) &&
		    listing_is(l, LISTING_STATE, current ? "current" : "past"))
			ids[all.count++] = id;
	}
	listing_write(l, j, v->now, &all);
	vlan_table_free(t);
}
