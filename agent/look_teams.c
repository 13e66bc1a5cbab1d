/* The part of look.h that follows the legs of team devices. */
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

#include "agent/look_parts.h"
#include "agent/reporter.h"

static void
take(void *owner, const struct nlmsghdr *message)
{
	struct agent *agent = owner;
	bool news = false;

	if (teams_take(&agent->look.teams.teams, message, &news) == STATUS_OK &&
	    news)
		reporter_note_change(agent, clock_now());
}

static bool
is_team(const struct link *link)
{
	return strcmp(link->kind, "team") == 0;
}

/* Nothing is better than what may have changed since. */
static void
forget_all(struct agent *agent)
{
	struct look_teams *of = &agent->look.teams;

	while (of->teams.count > 0)
		teams_forget(&of->teams, of->teams.items[0].index);
	reporter_note_change(agent, clock_now());
}

static void
ask(struct agent *agent, const struct link *team)
{
	struct look_teams *of = &agent->look.teams;
	enum status status =
	    team_socket_ask(of->socket, team->index, take, agent);
	uint32_t held;

	if (status != STATUS_OK && log_gate(&of->gate, clock_now().ms, &held))
		log_info("%s: the state of a team's legs is told to root "
			 "only: known are those that change",
		    team->name);
}

static void
changed(void *owner, uint32_t events, struct instant now)
{
	struct agent *agent = owner;
	struct look_teams *of = &agent->look.teams;

	(void)events;
	(void)now;
	if (team_socket_read(of->socket, take, agent) != STATUS_TOO_LARGE)
		return;
	forget_all(agent);
	for (size_t i = 0; i < agent->links.count; i++) {
		if (is_team(&agent->links.items[i]))
			ask(agent, &agent->links.items[i]);
	}
}

static bool
follow(struct agent *agent)
{
	struct look_teams *of = &agent->look.teams;
	uint32_t held;

	if (of->socket)
		return true;
	if (team_socket_new(&of->socket) == STATUS_OK &&
	    loop_watch(agent->loop, &of->watch, team_socket_fd(of->socket),
		EPOLLIN) == STATUS_OK)
		return true;
	if (log_gate(&of->gate, clock_now().ms, &held))
		log_warning("cannot follow team devices: %s", strerror(errno));
	team_socket_free(of->socket);
	of->socket = NULL;
	return false;
}

void
look_teams_note(
    struct agent *agent, const struct link *before, const struct link *link)
{
	if (!is_team(link) || (before && is_team(before)))
		return;
	if (follow(agent))
		ask(agent, link);
}

void
look_teams_init(struct agent *agent)
{
	agent->look.teams.watch =
	    (struct loop_watch){ .fd = -1, .ready = changed, .owner = agent };
}

void
look_teams_done(struct agent *agent)
{
	struct look_teams *of = &agent->look.teams;

	loop_unwatch(agent->loop, &of->watch);
	team_socket_free(of->socket);
	of->socket = NULL;
	teams_done(&of->teams);
}
