#include "collector/incoming_vlans.h"

#include <stdio.h>
#include <string.h>

#include "collector/incoming_rules.h"
#include "collector/vlans.h"

enum { ID_SIZE = 12 };

static const char *
key_of(struct reading *g, const struct json_value *v, const char *nic_name)
{
	size_t size = strlen(nic_name) + ID_SIZE;
	char *key = arena_take(&g->report->arena, size);

	if (key)
		(void)snprintf(key, size, "%s %d", nic_name,
		    (int)json_get_number(v, "id", 0));
	return key;
}

static bool
check_list(struct reading *g, const struct json_value *list, size_t most,
    const char *path)
{
	if (list && !json_is_array(list))
		return mistake_say(g->mistake, path, "this is no array");
	if (json_count(list) > most)
		return mistake_say(g->mistake, path,
		    "the array has %zu items; at most %zu are taken",
		    json_count(list), most);
	return true;
}

/* Each costs a look into what is known: all of them together have a limit. */
static bool
count_heard(struct reading *g, unsigned more, const char *path)
{
	g->heard_vlans += more;
	return g->heard_vlans <= REPORT_HEARD_VLANS_ALL ||
	       mistake_say(g->mistake, path,
		   "more than %d VLANs heard by all NICs",
		   REPORT_HEARD_VLANS_ALL);
}

bool
claim_heard_vlan(struct reading *g, const struct json_value *v,
    const char *nic_name, const char *path)
{
	struct incoming_claim claim = { .kind = CLAIM_HEARD_VLAN };

	claim.facts = reading_facts(g, v, &incoming_heard_vlan_rule, path);
	if (!claim.facts)
		return false;
	claim.heard = reading_heard(v, CLAIM_HEARD_VLAN);
	claim.key = key_of(g, v, nic_name);
	if (!claim.key)
		return reading_no_memory(g);
	return reading_keep(g, &claim, path);
}

bool
incoming_nic_vlans(struct reading *g, const struct json_value *nic,
    size_t nic_number, const char *nic_name)
{
	const struct json_value *list = json_get(nic, "heard_vlans");
	char path[MISTAKE_PATH_SIZE];
	size_t i = 0;

	(void)snprintf(path, sizeof(path), "nics[%zu].heard_vlans", nic_number);
	if (!check_list(g, list, REPORT_HEARD_VLANS_MOST, path))
		return false;
	for (list = json_first(list); list; list = json_next(list)) {
		(void)snprintf(path, sizeof(path), "nics[%zu].heard_vlans[%zu]",
		    nic_number, i++);
		if (!count_heard(g, 1, path) ||
		    !claim_heard_vlan(g, list, nic_name, path))
			return false;
	}
	return true;
}

unsigned
incoming_vlans_listed(const char *list)
{
	bool vlans[VLAN_IDS] = { false };
	unsigned count = 0;

	(void)vlans_read(list, vlans);
	for (int id = 1; id < VLAN_IDS; id++)
		count += vlans[id];
	return count;
}

static bool
read_line(struct reading *g, const struct json_value *v, size_t i)
{
	struct incoming_vlans *line = &g->report->vlan_lines[i];
	struct arena *a = &g->report->arena;
	char path[MISTAKE_PATH_SIZE];

	(void)snprintf(path, sizeof(path), "heard_vlans[%zu]", i);
	if (!reading_facts(g, v, &incoming_vlan_line_rule, path))
		return false;
	line->nic = arena_text(a, json_get_string(v, "nic"));
	line->vlans = arena_text(a, json_get_string(v, "vlans"));
	line->last_heard = json_get_number(v, "last_heard", -1);
	line->expires = json_get_number(v, "expires", -1);
	if (a->failed)
		return reading_no_memory(g);
	return count_heard(g, incoming_vlans_listed(line->vlans), path);
}

bool
incoming_vlan_lines(struct reading *g, const struct json_value *list)
{
	struct incoming *r = g->report;
	size_t count = json_count(list), i = 0;

	if (!check_list(g, list, REPORT_NICS_MOST, "heard_vlans"))
		return false;
	r->vlan_lines =
	    arena_array(&r->arena, count + 1, sizeof(*r->vlan_lines));
	if (!r->vlan_lines)
		return reading_no_memory(g);
	for (list = json_first(list); list; list = json_next(list)) {
		if (!read_line(g, list, i++))
			return false;
	}
	r->vlan_line_count = count;
	return true;
}
