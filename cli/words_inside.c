#include <string.h>

#include "base/age.h"
#include "cli/page.h"
#include "cli/parts.h"
#include "cli/words.h"

/* Adds ", text" to a list. */
static void
list(struct buffer *out, size_t start, const char *before, const char *text)
{
	if (!text || *text == '\0')
		return;
	buffer_text(out, out->size > start ? ", " : "");
	buffer_text(out, before);
	page_clean(out, text);
}

void
words_told(struct buffer *out, const struct json_value *host, int64_t now)
{
	const char *via = json_get_string(host, "via");

	if (!via)
		via = json_get_string(json_get(host, "agent"), "via");
	if (json_get_boolean(host, "silent", false))
		buffer_text(out, "silent: last ");
	buffer_text(out, via ? "told by vCenter " : "report ");
	page_clean(out, via);
	buffer_text(out, via ? " " : "");
	words_last_report(out, host, now);
}

void
words_last_report(
    struct buffer *out, const struct json_value *host, int64_t now)
{
	int64_t from = json_get_number(host, "last_report_from", 0);

	if (from != 0)
		buffer_text(out, "at most ");
	words_ago(out,
	    from != 0 ? from : json_get_number(host, "last_report", 0), now);
}

void
words_trouble(struct buffer *out, const struct json_value *host, int64_t now)
{
	const char *connection = json_get_string(host, "connection");
	int64_t since = json_get_number(host, "connection_since", 0);
	bool lost = connection && strcmp(connection, "connected") != 0;
	size_t start = out->size;
	char age[AGE_SIZE];

	if (lost && strcmp(connection, "not_responding") == 0)
		buffer_text(out, "does not respond to its vCenter");
	else if (lost)
		buffer_text(out, "disconnected from its vCenter");
	if (lost && since != 0) {
		age_text(now - since, age);
		buffer_printf(out, " for %s", age);
	}
	list(out, start, "", json_get_string(host, "trouble"));
}

void
words_vlans(struct buffer *out, const struct json_value *group)
{
	const struct json_value *private = json_get(group, "pvlan");
	int64_t vlan = json_get_number(group, "vlan", -1);
	size_t start = out->size;

	if (vlan >= 0)
		buffer_printf(out, "VLAN %lld", (long long)vlan);
	else if (json_get_boolean(group, "unknown_vlan", false))
		buffer_text(out, "VLAN unknown");
	list(out, start, "trunk ", json_get_string(group, "trunks"));
	if (json_is_object(private))
		buffer_printf(out, "%sprivate VLAN %lld,%lld",
		    out->size > start ? ", " : "",
		    (long long)json_get_number(private, "primary", 0),
		    (long long)json_get_number(private, "secondary", 0));
}

/* Of LACP that is configured, by the kind of the virtual switch. */
static const char *
lacp_words(const char *kind)
{
	bool answers = kind && (strcmp(kind, "linux_bridge") == 0 ||
				   strcmp(kind, "openvswitch") == 0);

	return answers ? "LACP not negotiated"
		       : "LACP configured, state not known";
}

void
words_uplink(
    struct buffer *out, const struct json_value *uplink, const char *kind)
{
	const char *partner = json_get_string(uplink, "partner_mac");
	int64_t vlan = json_get_number(uplink, "vlan", -1);
	size_t start = out->size;

	if (vlan >= 0)
		buffer_printf(out, "VLAN %lld", (long long)vlan);
	list(out, start, "", json_get_string(uplink, "mode"));
	if (words_match(uplink, "lacp", "configured"))
		list(out, start, "", lacp_words(kind));
	else if (words_match(uplink, "lacp", "negotiated"))
		list(out, start, partner ? "LACP with " : "",
		    partner ? partner : "LACP");
}

/* "standby vmnic1, vmnic3" */
static void
list_names(struct buffer *out, size_t start, const char *what,
    const struct json_value *names)
{
	if (json_count(names) == 0)
		return;
	buffer_printf(out, "%s%s ", out->size > start ? "; " : "", what);
	parts_texts(out, names, NULL);
}

void
words_team(struct buffer *out, const struct json_value *team, bool unused)
{
	const char *policy = json_get_string(team, "policy");
	size_t start = out->size;

	list_names(out, start, "active", json_get(team, "active"));
	list_names(out, start, "standby", json_get(team, "standby"));
	if (unused)
		list_names(out, start, "unused", json_get(team, "unused"));
	if (policy)
		buffer_text(out, out->size > start ? "; " : "");
	page_clean(out, policy);
}
