#include "cli/answer.h"

#include <string.h>

#include "cli/parts.h"

static const struct table_column vnic_columns[] = {
	{ "MACHINE", 12 },
	{ "STATE", 7 },
	{ "VNIC", 6 },
	{ "PORT GROUP", 10 },
	{ "HOST", 8 },
};

static const struct table_column cable_columns[] = {
	{ "HOST", 8 },
	{ "NIC", 6 },
	{ "SWITCH PORT", 16 },
};

static void
add_vnic(struct table *table, const struct json_value *n, int64_t now)
{
	const char *state = json_get_string(n, "state");

	(void)now;
	table_add(table, TONE_SYSTEMS, json_get_string(n, "name"));
	table_add(table,
	    state && strcmp(state, "running") != 0 ? TONE_QUIET : TONE_PLAIN,
	    state);
	table_add(table, TONE_PLAIN, json_get_string(n, "vnic"));
	table_add(table, TONE_PLAIN, json_get_string(n, "port_group"));
	table_add(table, TONE_SYSTEMS, json_get_string(n, "host"));
}

static void
add_cable(struct table *table, const struct json_value *c, int64_t now)
{
	const char *port = json_get_string(c, "port");
	const char *device = json_get_string(c, "switch");
	bool sure = json_get_boolean(c, "sure", false);
	struct buffer text;

	(void)now;
	table_add(table, TONE_SYSTEMS, json_get_string(c, "host"));
	table_add(table, TONE_SYSTEMS, json_get_string(c, "nic"));
	buffer_init(&text, PARTS_TEXT_SIZE);
	if (port && device) {
		page_clean(&text, port);
		buffer_printf(&text, " on ");
		page_clean(&text, device);
		if (!sure)
			buffer_printf(&text, " (not sure)");
	}
	parts_cell(table, TONE_NETWORK, &text, "unknown");
}

static const struct parts_list vnics = PARTS_LIST(vnic_columns, add_vnic);
static const struct parts_list cables = PARTS_LIST(cable_columns, add_cable);

/* "3 machines lose their network, 2 of them run:" */
static void
say_loss(struct page *page, const struct json_value *loss, enum tone tone,
    const char *what)
{
	int64_t count = json_get_number(loss, "count", 0);
	int64_t running = json_get_number(loss, "running", 0);

	if (count == 0)
		return;
	page_say(page, tone, "\n%lld vNIC%s %s", (long long)count,
	    count == 1 ? "" : "s", what);
	if (running < count)
		page_say(page, TONE_QUIET, ", %lld of machines that run",
		    (long long)running);
	page_say(page, TONE_PLAIN, "\n");
	(void)parts_table(page, json_get(loss, "vnics"), &vnics, 2);
	if (json_get_boolean(loss, "truncated", false))
		page_say(page, TONE_QUIET, "  and more that are not shown\n");
}

static bool
is_nobody(const struct json_value *answer)
{
	static const char *const losses[] = { "loses_all", "loses_redundancy",
		"unknown" };
	int64_t count = 0;

	for (size_t i = 0; i < sizeof(losses) / sizeof(losses[0]); i++)
		count +=
		    json_get_number(json_get(answer, losses[i]), "count", 0);
	return count == 0;
}

bool
answer_impact(struct page *page, const struct json_value *answer)
{
	const struct json_value *about = json_get(answer, "about");

	page_say(page, TONE_PLAIN, "without ");
	page_quote(page, TONE_STRONG, json_get_string(about, "name"));
	page_say(page, TONE_PLAIN, "\n");
	if (is_nobody(answer))
		page_say(page, TONE_PLAIN,
		    "no machine that is known would notice\n");
	say_loss(page, json_get(answer, "loses_all"), TONE_PROBLEM,
	    "would be cut off");
	say_loss(page, json_get(answer, "loses_redundancy"), TONE_STRONG,
	    "would keep a way, without redundancy");
	say_loss(page, json_get(answer, "unknown"), TONE_STRONG,
	    "may lose a way: not all that it takes is known now");
	page_say(page, TONE_QUIET, "\nits cables\n");
	if (!parts_table(page, json_get(answer, "cables"), &cables, 2))
		page_say(page, TONE_PLAIN, "  none is known\n");
	return true;
}
