/* The part of look.h that follows which MACs bridges learn. */
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

#include "agent/look_parts.h"
#include "agent/reporter.h"

enum {
	/* With 100,000 MACs in a bridge the kernel takes 6 ms for a question:
	 * it walks through all of them. */
	ASKING_MS = 50,
	ASK_ON_MS = 1000,
	LOST_MS = 10 * 1000,
	/* Of one port; it has more than fit if it has more than these. */
	ANSWER_MOST = 4 * FDB_ENTRIES_MOST
};

static bool
is_port(const struct link *link)
{
	return strcmp(link->member_kind, "bridge") == 0;
}

static bool
is_wanted(const struct agent *agent, const struct link *link)
{
	return is_port(link) && look_is_somebodys(agent, link);
}

/* The kernel need not wake us for the ports that lead to the wire, nor for
 * those with more MACs than can tell anything. */
static void
ignore_others(struct agent *agent)
{
	struct look_learned *learned = &agent->look.learned;
	uint32_t others[NETLINK_IGNORED_MOST];
	size_t count = 0;

	for (size_t i = 0; i < agent->links.count; i++) {
		const struct link *l = &agent->links.items[i];
		const struct fdb_port *port = fdb_find(&learned->fdb, l->index);

		if (is_port(l) && (!port || port->many) &&
		    count < NETLINK_IGNORED_MOST)
			others[count++] = l->index;
	}
	/* If not, we wake in vain. */
	(void)!netlink_ignore_ports(learned->netlink, others, count);
}

static void
take(void *owner, const struct nlmsghdr *message)
{
	struct agent *agent = owner;
	struct fdb_change change;

	if (fdb_read(message, &change) != STATUS_OK)
		return;
	switch (fdb_take(&agent->look.learned.fdb, &change)) {
	case FDB_SAME:
		return;
	case FDB_OVERFLOW:
		agent->look.learned.stale = true;
		break;
	case FDB_CHANGED:
		break;
	}
	reporter_note_change(agent, clock_now());
}

static void
recount(void *owner, struct instant now)
{
	struct agent *agent = owner;
	struct fdb *fdb = &agent->look.learned.fdb;

	(void)now;
	for (size_t i = 0; i < fdb->count; i++)
		fdb_recount(fdb, fdb->items[i].index);
	look_learned_ask(agent);
}

static void
changed(void *owner, uint32_t events, struct instant now)
{
	struct agent *agent = owner;
	struct look_learned *learned = &agent->look.learned;
	enum status status = netlink_read(learned->netlink, take, agent);

	(void)events;
	if (status == STATUS_TOO_LARGE && !learned->again.set) {
		learned->again.fire = recount;
		loop_timer_set(
		    agent->loop, &learned->again, instant_after(now, LOST_MS));
	}
	if (learned->stale)
		ignore_others(agent);
	learned->stale = false;
}

static bool
follow(struct agent *agent)
{
	struct look_learned *learned = &agent->look.learned;

	if (learned->netlink)
		return true;
	if (netlink_new(NETLINK_OF_BRIDGES, &learned->netlink) == STATUS_OK &&
	    loop_watch(agent->loop, &learned->watch,
		netlink_fd(learned->netlink), EPOLLIN) == STATUS_OK)
		return true;
	log_warning("cannot follow what bridges learn: %s", strerror(errno));
	netlink_free(learned->netlink);
	learned->netlink = NULL;
	return false;
}

static void
ask_on(void *owner, struct instant now)
{
	(void)now;
	look_learned_ask(owner);
}

void
look_learned_ask(struct agent *agent)
{
	struct look_learned *learned = &agent->look.learned;
	struct instant end = instant_after(clock_now(), ASKING_MS);
	uint32_t port;

	if (learned->fdb.count == 0 || !follow(agent))
		return;
	ignore_others(agent);
	while ((port = fdb_next_unasked(&learned->fdb)) != 0) {
		/* What is not told now is told when it changes. */
		(void)!netlink_ask_learned(port, ANSWER_MOST, take, agent);
		if (clock_now().ms < end.ms)
			continue;
		learned->again.fire = ask_on;
		loop_timer_set(agent->loop, &learned->again,
		    instant_after(clock_now(), ASK_ON_MS));
		return;
	}
}

bool
look_learned_note(struct agent *agent, const struct link *link)
{
	struct fdb *fdb = &agent->look.learned.fdb;

	if (is_wanted(agent, link))
		return fdb_want(fdb, link->index);
	fdb_drop(fdb, link->index);
	/* Another wire in a bridge is to be ignored too. */
	return is_port(link) && fdb->count > 0;
}

void
look_learned_init(struct agent *agent)
{
	struct look_learned *learned = &agent->look.learned;

	learned->watch =
	    (struct loop_watch){ .fd = -1, .ready = changed, .owner = agent };
	learned->again = (struct loop_timer){ .fire = ask_on, .owner = agent };
}

void
look_learned_done(struct agent *agent)
{
	struct look_learned *learned = &agent->look.learned;

	loop_timer_stop(agent->loop, &learned->again);
	loop_unwatch(agent->loop, &learned->watch);
	netlink_free(learned->netlink);
	learned->netlink = NULL;
	fdb_done(&learned->fdb);
}
