#include "cli/hops.h"

#include <string.h>

#include "cli/page.h"
#include "cli/words.h"

bool
hops_subject(struct buffer *out, const struct json_value *leg)
{
	const char *name = json_get_string(json_get(leg, "workload"), "name");
	const char *group =
	    json_get_string(json_get(leg, "port_group"), "name");
	const char *vswitch =
	    json_get_string(json_first(json_get(leg, "vswitch")), "name");

	if (!name && !group)
		return false;
	if (!name && vswitch) {
		page_clean(out, vswitch);
		buffer_char(out, ' ');
	}
	page_clean(out, name ? name : group);
	return true;
}

const char *
hops_gap(const struct json_value *leg)
{
	return json_get_string(json_get(leg, "nic"), "unknown");
}

const char *
hops_member_state(const struct json_value *leg)
{
	const struct json_value *uplink = json_get(leg, "uplink");
	const char *state = json_get_string(uplink, "member_state");

	if (!state || strcmp(state, "unknown") == 0 ||
	    (words_match(uplink, "kind", "nic") &&
		strcmp(state, "active") == 0))
		return NULL;
	return state;
}

bool
hops_is_down(const struct json_value *leg)
{
	const struct json_value *nic = json_get(leg, "nic");

	return !json_get_boolean(nic, "up", true) ||
	       !json_get_boolean(nic, "carrier", true);
}

bool
hops_host_is_lost(const struct json_value *leg)
{
	const struct json_value *host = json_get(leg, "host");

	return json_get_boolean(host, "silent", false) ||
	       (json_get_string(host, "connection") &&
		   !words_match(host, "connection", "connected"));
}

bool
hops_is_barred(const struct json_value *leg)
{
	const struct json_value *c = json_first(json_get(leg, "carries"));

	if (!c)
		return false;
	while (c && words_match(c, "verdict", "no"))
		c = json_next(c);
	return !c;
}

unsigned
hops_rank(const struct json_value *leg)
{
	const char *state = hops_member_state(leg);

	if (hops_is_down(leg) || hops_is_barred(leg) ||
	    (state && strcmp(state, "down") == 0))
		return 2;
	return state && strcmp(state, "active") != 0;
}

bool
hops_same(const struct json_value *a, const struct json_value *b,
    const char *hop, const char *member)
{
	const char *x = json_get_string(json_get(a, hop), member);
	const char *y = json_get_string(json_get(b, hop), member);

	return x && y ? strcmp(x, y) == 0 : x == y;
}

bool
hops_are_of_one(const struct json_value *a, const struct json_value *b)
{
	return json_is_object(json_get(a, "vnic")) &&
	       hops_same(a, b, "host", "name") &&
	       hops_same(a, b, "workload", "id") &&
	       hops_same(a, b, "workload", "name") &&
	       hops_same(a, b, "vnic", "name");
}

const char *
hops_vswitch_kind(const struct json_value *leg)
{
	const struct json_value *s = json_first(json_get(leg, "vswitch"));
	const char *kind = NULL;

	for (; s; s = json_next(s))
		kind = json_get_string(s, "kind");
	return kind;
}

bool
hops_are_told(const struct json_value *leg)
{
	const struct json_value *vswitch = json_first(json_get(leg, "vswitch"));

	return json_is_object(json_get(leg, "workload")) ||
	       json_is_object(json_get(leg, "port_group")) ||
	       (vswitch && !json_get_string(vswitch, "unknown"));
}
