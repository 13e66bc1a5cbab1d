#include "collector/incoming_heartbeat.h"

#include <stdio.h>

#include "collector/incoming_rules.h"
#include "collector/incoming_vlans.h"

static bool
read_line(struct reading *g, const struct json_value *v, size_t i)
{
	struct incoming_line *line = &g->report->lines[i];
	char path[MISTAKE_PATH_SIZE];
	const char *mac;

	(void)snprintf(path, sizeof(path), "heard[%zu]", i);
	if (!reading_facts(g, v, &incoming_heard_rule, path))
		return false;
	line->nic = arena_text(&g->report->arena, json_get_string(v, "nic"));
	line->protocol =
	    arena_text(&g->report->arena, json_get_string(v, "protocol"));
	mac = json_get_string(v, "source_mac");
	line->source_mac = arena_text(&g->report->arena, mac ? mac : "");
	line->last_heard = json_get_number(v, "last_heard", -1);
	line->expires = json_get_number(v, "expires", -1);
	return !g->report->arena.failed || reading_no_memory(g);
}

bool
incoming_heartbeat(struct reading *g, const struct json_value *document)
{
	const struct json_value *host = json_get(document, "host");
	const struct json_value *list = json_get(document, "heard");
	size_t count = json_count(list), i = 0;

	if (!host)
		return mistake_say(g->mistake, "host", "it is missing");
	if (!reading_facts(g, host, &incoming_host_id_rule, "host"))
		return false;
	if (list && !json_is_array(list))
		return mistake_say(g->mistake, "heard", "this is no array");
	if (count > REPORT_HEARD_MOST)
		return mistake_say(g->mistake, "heard",
		    "the array has %zu items; at most %d are taken", count,
		    REPORT_HEARD_MOST);
	g->report->lines = arena_array(
	    &g->report->arena, count + 1, sizeof(*g->report->lines));
	if (!g->report->lines)
		return reading_no_memory(g);
	for (const struct json_value *v = json_first(list); v;
	     v = json_next(v)) {
		if (!read_line(g, v, i++))
			return false;
	}
	g->report->line_count = count;
	return incoming_vlan_lines(g, json_get(document, "heard_vlans"));
}
