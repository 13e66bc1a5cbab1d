#include "agent/teams.h"

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/if_team.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { CAPACITY_AT_FIRST = 4 };

/* One option of the team or of a port of it. */
struct option {
	const char *name; /* lent, ends with a NUL */
	bool removed;
	uint32_t port; /* 0: of the team */
	const struct nlattr *data;
};

static uint32_t
number(const struct nlattr *attribute)
{
	return mnl_attr_get_payload_len(attribute) == sizeof(uint32_t)
		   ? mnl_attr_get_u32(attribute)
		   : 0;
}

static struct team_port *
port_of(struct team_device *team, uint32_t index)
{
	struct team_port *port;

	for (unsigned i = 0; i < team->port_count; i++) {
		if (team->ports[i].index == index)
			return &team->ports[i];
	}
	if (index == 0 || team->port_count == UPLINK_MEMBERS_MOST)
		return NULL;
	port = &team->ports[team->port_count++];
	*port = (struct team_port){ .index = index };
	return port;
}

static void
forget_port(struct team_device *team, uint32_t index)
{
	for (unsigned i = 0; i < team->port_count; i++) {
		if (team->ports[i].index == index) {
			team->ports[i] = team->ports[--team->port_count];
			return;
		}
	}
}

/* ---- options ---------------------------------------------------------------
 */

static void
take_mode(struct team_device *team, const struct option *option)
{
	size_t size;
	bool cut;

	if (!option->data)
		return;
	size = text_clean(team->mode, sizeof(team->mode) - 1,
	    mnl_attr_get_payload(option->data),
	    strnlen(mnl_attr_get_payload(option->data),
		mnl_attr_get_payload_len(option->data)),
	    &cut);
	team->mode[size] = '\0';
	/* The option of the mode before is not told to be gone. */
	team->has_active = false;
}

static void
take_active(struct team_device *team, const struct option *option)
{
	team->has_active = option->data && !option->removed;
	team->active = team->has_active ? number(option->data) : 0;
}

/* The driver sends a boolean as an attribute that is there or is not. */
static void
take_enabled(struct team_device *team, const struct option *option)
{
	struct team_port *port = port_of(team, option->port);

	if (!port)
		return;
	port->has_enabled = !option->removed;
	port->enabled = option->data != NULL;
}

static const struct option_rule {
	const char *name;
	void (*take)(struct team_device *team, const struct option *option);
} options[] = {
	{ "mode", take_mode },
	{ "activeport", take_active },
	{ "enabled", take_enabled },
};

static int
read_option_part(const struct nlattr *attribute, void *data)
{
	struct option *option = data;

	switch (mnl_attr_get_type(attribute)) {
	case TEAM_ATTR_OPTION_NAME:
		if (mnl_attr_validate(attribute, MNL_TYPE_NUL_STRING) == 0)
			option->name = mnl_attr_get_str(attribute);
		break;
	case TEAM_ATTR_OPTION_DATA:
		option->data = attribute;
		break;
	case TEAM_ATTR_OPTION_REMOVED:
		option->removed = true;
		break;
	case TEAM_ATTR_OPTION_PORT_IFINDEX:
		option->port = number(attribute);
		break;
	default:
		break;
	}
	return MNL_CB_OK;
}

static int
read_option(const struct nlattr *attribute, void *data)
{
	struct team_device *team = data;
	struct option option = { .name = "" };

	if (mnl_attr_get_type(attribute) != TEAM_ATTR_ITEM_OPTION)
		return MNL_CB_OK;
	(void)mnl_attr_parse_nested(attribute, read_option_part, &option);
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (strcmp(option.name, options[i].name) == 0)
			options[i].take(team, &option);
	}
	return MNL_CB_OK;
}

/* ---- ports ------------------------------------------------------------------
 */

struct port_parts {
	uint32_t index;
	bool link, removed;
};

static int
read_port_part(const struct nlattr *attribute, void *data)
{
	struct port_parts *parts = data;

	switch (mnl_attr_get_type(attribute)) {
	case TEAM_ATTR_PORT_IFINDEX:
		parts->index = number(attribute);
		break;
	case TEAM_ATTR_PORT_LINKUP:
		parts->link = true;
		break;
	case TEAM_ATTR_PORT_REMOVED:
		parts->removed = true;
		break;
	default:
		break;
	}
	return MNL_CB_OK;
}

static int
read_port(const struct nlattr *attribute, void *data)
{
	struct team_device *team = data;
	struct port_parts parts = { .index = 0 };
	struct team_port *port;

	if (mnl_attr_get_type(attribute) != TEAM_ATTR_ITEM_PORT)
		return MNL_CB_OK;
	(void)mnl_attr_parse_nested(attribute, read_port_part, &parts);
	if (parts.removed) {
		forget_port(team, parts.index);
		return MNL_CB_OK;
	}
	port = port_of(team, parts.index);
	if (!port)
		return MNL_CB_OK;
	port->has_link = true;
	port->link = parts.link;
	return MNL_CB_OK;
}

/* ---- messages ---------------------------------------------------------------
 */

static struct team_device *
find(const struct teams *teams, uint32_t index)
{
	for (size_t i = 0; i < teams->count; i++) {
		if (teams->items[i].index == index)
			return &teams->items[i];
	}
	return NULL;
}

static struct team_device *
find_or_add(struct teams *teams, uint32_t index)
{
	size_t capacity =
	    teams->capacity ? teams->capacity * 2 : CAPACITY_AT_FIRST;
	struct team_device *team = find(teams, index);

	if (team || teams->count >= TEAM_DEVICES_MOST)
		return team;
	if (teams->count == teams->capacity) {
		team = realloc(teams->items, capacity * sizeof(*team));
		if (!team)
			return NULL;
		teams->items = team;
		teams->capacity = capacity;
	}
	team = &teams->items[teams->count++];
	memset(team, 0, sizeof(*team));
	team->index = index;
	return team;
}

struct lists {
	uint32_t index;
	const struct nlattr *options, *ports;
};

static int
read_attribute(const struct nlattr *attribute, void *data)
{
	struct lists *lists = data;

	switch (mnl_attr_get_type(attribute)) {
	case TEAM_ATTR_TEAM_IFINDEX:
		lists->index = number(attribute);
		break;
	case TEAM_ATTR_LIST_OPTION:
		lists->options = attribute;
		break;
	case TEAM_ATTR_LIST_PORT:
		lists->ports = attribute;
		break;
	default:
		break;
	}
	return MNL_CB_OK;
}

enum status
teams_take(
    struct teams *teams, const struct nlmsghdr *message, bool *out_changed)
{
	struct team_device *team, before;
	struct lists lists = { .index = 0 };

	if (mnl_nlmsg_get_payload_len(message) < sizeof(struct genlmsghdr) ||
	    mnl_attr_parse(message, sizeof(struct genlmsghdr), read_attribute,
		&lists) < 0 ||
	    lists.index == 0)
		return STATUS_MALFORMED;
	team = find_or_add(teams, lists.index);
	if (!team)
		return STATUS_TOO_LARGE;
	memcpy(&before, team, sizeof(before));
	if (lists.options)
		(void)mnl_attr_parse_nested(lists.options, read_option, team);
	if (lists.ports)
		(void)mnl_attr_parse_nested(lists.ports, read_port, team);
	/* Copied whole, gaps too; if one differed, a report would be written
	 * in vain. */
	/* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
	*out_changed = memcmp(&before, team, sizeof(before)) != 0;
	return STATUS_OK;
}

void
teams_forget(struct teams *teams, uint32_t index)
{
	struct team_device *team = find(teams, index);

	if (team)
		*team = teams->items[--teams->count];
}

void
teams_done(struct teams *teams)
{
	free(teams->items);
	*teams = (struct teams){ 0 };
}

const struct team_device *
teams_find(const struct teams *teams, uint32_t index)
{
	return find(teams, index);
}

enum member_state
team_member_state(const struct team_device *team, const struct link *member)
{
	const struct team_port *port = NULL;

	for (unsigned i = 0; team && i < team->port_count; i++) {
		if (team->ports[i].index == member->index)
			port = &team->ports[i];
	}
	if (!member->carrier || (port && port->has_link && !port->link))
		return MEMBER_DOWN;
	if (!port)
		return MEMBER_UNKNOWN;
	if (strcmp(team->mode, "activebackup") == 0) {
		if (!team->has_active)
			return MEMBER_UNKNOWN;
		return team->active == member->index ? MEMBER_ACTIVE
						     : MEMBER_STANDBY;
	}
	if (team->mode[0] == '\0' || !port->has_enabled)
		return MEMBER_UNKNOWN;
	return port->enabled ? MEMBER_ACTIVE : MEMBER_STANDBY;
}
