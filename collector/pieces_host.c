#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/pieces.h"

enum { TROUBLE_MOST = 1024 };

static void
add_member(struct json *j, const struct json_value *v)
{
	char *text = json_write_copy(v);

	if (text) {
		json_name(j, json_name_of(v));
		json_raw(j, text, strlen(text));
	}
	free(text);
}

void
piece_host_members(struct json *j, const struct model_host *h)
{
	struct json_value *facts CLEANUP(json_cleanup) =
	    json_parse_own(h->facts);
	const struct json_value *v;

	for (v = json_first(json_get(facts, "host")); v; v = json_next(v))
		add_member(j, v);
	if (json_get(facts, "agent"))
		add_member(j, json_get(facts, "agent"));
}

/* "Open vSwitch does not answer the agent; ..." */
static void
say_unanswered(struct buffer *out, const struct texts *missed)
{
	for (size_t i = 0; i < missed->count; i++) {
		bool ovs = strcmp(missed->items[i], "openvswitch") == 0;

		if (i > 0)
			buffer_text(out, " and ");
		buffer_text(out, ovs ? "Open vSwitch" : missed->items[i]);
	}
	if (missed->count > 0)
		buffer_printf(out,
		    " %s not answer the agent; what %s would tell is unknown",
		    missed->count > 1 ? "do" : "does",
		    missed->count > 1 ? "they" : "it");
}

void
piece_host_trouble(struct json *j, const struct model_host *h)
{
	struct buffer text;

	if (h->shift != 0)
		json_add_number(j, "clock_ahead_s", -h->shift);
	buffer_init(&text, TROUBLE_MOST);
	if (model_is_shared(h))
		buffer_text(&text,
		    "two hosts report with this machine id; what is shown is "
		    "of the one that spoke last");
	if (text.size > 0 && h->unanswered.count > 0)
		buffer_text(&text, "; ");
	say_unanswered(&text, &h->unanswered);
	if (text.size > 0 && buffer_ok(&text))
		json_add_string(j, "trouble", buffer_string(&text));
	buffer_done(&text);
}

void
piece_last_report(struct json *j, const struct model_host *h)
{
	if (h->seen_from != 0)
		json_add_number(j, "last_report_from", h->seen_from);
	else
		json_add_number(j, "last_report", h->seen_at);
}

void
piece_host_standing(struct json *j, const struct model_host *h)
{
	piece_host_trouble(j, h);
	if (h->connection[0] != '\0')
		json_add_string(j, "connection", h->connection);
	piece_host_via(j, h);
}

void
piece_host_via(struct json *j, const struct model_host *h)
{
	if (h->disconnected)
		json_add_number(j, "connection_since", h->connection_since);
	if (h->via[0] != '\0')
		json_add_string(j, "via", h->via);
}
