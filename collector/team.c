#include "collector/team.h"

#include <string.h>

#include "collector/facts.h"

static const struct {
	const char *name;
	enum member_state state;
} lists[] = {
	{ "active", MEMBER_ACTIVE },
	{ "standby", MEMBER_STANDBY },
	{ "unused", MEMBER_UNUSED },
};
enum { LISTS = sizeof(lists) / sizeof(lists[0]) };

void
team_read(
    struct arena *a, const struct json_value *team, struct inside_group *out)
{
	size_t count = 0;

	for (size_t i = 0; i < LISTS; i++)
		count += json_count(json_get(team, lists[i].name));
	if (count == 0)
		return;
	out->choices = arena_array(a, count, sizeof(*out->choices));
	for (size_t i = 0; i < LISTS && out->choices; i++) {
		const struct json_value *v =
		    json_first(json_get(team, lists[i].name));

		for (; v; v = json_next(v)) {
			const char *name = arena_text(a, json_string_of(v));

			out->choices[out->choice_count++] =
			    (struct inside_choice){ name ? name : "",
				    lists[i].state };
		}
	}
}

static enum member_state
chosen(const struct inside_group *g, const char *name)
{
	for (size_t i = 0; i < g->choice_count; i++) {
		if (strcmp(g->choices[i].name, name) == 0)
			return g->choices[i].state;
	}
	return MEMBER_UNKNOWN;
}

bool
team_state(const struct inside_group *group, const struct inside_vswitch *s,
    const struct inside_uplink *uplink, const struct inside_member *member,
    enum member_state *out)
{
	enum member_state state;

	*out = member->state;
	if (!group || group->choice_count == 0 ||
	    strcmp(group->vswitch_name, s->name) != 0)
		return false;
	state = chosen(group, uplink->name);
	/* An active LAG: each leg is what LACP made of it. */
	if (state == MEMBER_ACTIVE)
		return false;
	if (state == MEMBER_UNKNOWN)
		state = chosen(group, member->name);
	if (state == MEMBER_UNUSED || member->state != MEMBER_DOWN)
		*out = state;
	return true;
}
