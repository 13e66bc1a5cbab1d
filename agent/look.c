#include "agent/look.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "agent/agent.h"
#include "agent/inside.h"
#include "agent/look_parts.h"
#include "agent/reporter.h"

enum {
	/* Starting one machine makes some ten events. */
	SOON_MS = 200,
	BUSY_MS = 1000,
	/* Many machines at once are looked for once a second. */
	PROCESSES_LEAST_MS = 1000,
	/* Whoever opens a tap may come after it. */
	AGAIN_MS = 10 * 1000,
	REPEATS_MOST = 4 /* 10, 20, 40, 80 s */
};

/* ---- what is asked ----------------------------------------------------------
 */

static void
take_vlans(void *owner, const struct nlmsghdr *message)
{
	struct look *look = owner;
	struct port_vlans port;

	/* More ports than links cannot be; without memory they are unknown. */
	if (port_vlans_read(message, &port) == STATUS_OK)
		(void)!bridge_vlans_add(&look->vlans, &port);
}

static bool
has_filtering_bridge(const struct links *links)
{
	for (size_t i = 0; i < links->count; i++) {
		if (links->items[i].vlan_filtering)
			return true;
	}
	return false;
}

/* What changed each time that it was asked for is asked for once more. */
static void
ask_later(struct agent *agent)
{
	struct look *look = &agent->look;

	if (!look->soon.set)
		loop_timer_set(agent->loop, &look->soon,
		    instant_after(clock_now(), BUSY_MS));
}

static void
ask_vlans(struct agent *agent)
{
	struct look *look = &agent->look;
	enum status status;

	look->vlans_stale = false;
	bridge_vlans_clear(&look->vlans);
	if (!has_filtering_bridge(&agent->links))
		return;
	status = netlink_dump(NETLINK_BRIDGE_VLANS, take_vlans, look);
	look->vlans.whole = status == STATUS_OK;
	look->vlans_stale = status == STATUS_BUSY;
	if (look->vlans_stale)
		ask_later(agent);
	else if (status != STATUS_OK)
		log_warning("cannot ask the kernel for the VLANs of bridges: "
			    "%s",
		    strerror(errno));
	bridge_vlans_sort(&look->vlans);
}

/* Addresses that every interface gives itself tell nothing. */
static void
take_address(void *owner, const struct nlmsghdr *message)
{
	struct look *look = owner;
	const struct ifaddrmsg *head;

	if (message->nlmsg_type != RTM_NEWADDR ||
	    mnl_nlmsg_get_payload_len(message) < sizeof(*head))
		return;
	head = mnl_nlmsg_get_payload(message);
	if (head->ifa_scope == RT_SCOPE_LINK ||
	    look->addressed_count >= LOOK_ADDRESSED_MOST)
		return;
	look->addressed[look->addressed_count++] = head->ifa_index;
}

static void
ask_addresses(struct agent *agent)
{
	struct look *look = &agent->look;

	look->addresses_stale = false;
	look->addressed_count = 0;
	if (!look->addressed)
		look->addressed =
		    calloc(LOOK_ADDRESSED_MOST, sizeof(*look->addressed));
	if (!look->addressed ||
	    netlink_dump(NETLINK_ADDRESSES, take_address, look) != STATUS_BUSY)
		return;
	look->addresses_stale = true;
	ask_later(agent);
}

static bool
is_tap(const struct link *link)
{
	return strcmp(link->kind, "tun") == 0 ||
	       strcmp(link->kind, "macvtap") == 0;
}

/* A veth that we listen on leads to a switch, not to somebody. */
bool
look_is_somebodys(const struct agent *agent, const struct link *link)
{
	if (is_tap(link))
		return true;
	return link->lower_elsewhere && strcmp(link->kind, "veth") == 0 &&
	       nic_role_of(agent->options, link) == NIC_NONE;
}

/* Whoever opens a tap raises its carrier, and that is an event. */
static bool
is_open_to_nobody(const struct link *link)
{
	return strcmp(link->kind, "tun") == 0 && !link->carrier;
}

/* Is there a port of which nobody is known, although somebody is there? */
static bool
somebody_is_unknown(const struct agent *agent)
{
	const struct processes *p = &agent->look.processes;
	const struct machine_nic *nic;

	for (size_t i = 0; i < agent->links.count; i++) {
		const struct link *l = &agent->links.items[i];

		if (!look_is_somebodys(agent, l) || is_open_to_nobody(l))
			continue;
		if (is_tap(l) ? !processes_machine_of_tap(p, l, &nic)
			      : !processes_namespace(p, l->lower_namespace))
			return true;
	}
	return false;
}

static void
look_at_processes(struct agent *agent, struct instant now)
{
	struct look *look = &agent->look;
	bool anybody = false;

	look->processes_stale = false;
	look->looked_at = now;
	processes_forget(&look->processes);
	for (size_t i = 0; i < agent->links.count; i++) {
		const struct link *l = &agent->links.items[i];

		anybody = anybody || look_is_somebodys(agent, l);
		if (look_is_somebodys(agent, l) && !is_tap(l))
			processes_want(&look->processes, l->lower_namespace);
	}
	if (!anybody && look->ovs.bridges.count == 0 && look->sriov.count == 0)
		return;
	processes_look(&look->processes);
	if (look->repeats < REPEATS_MOST && somebody_is_unknown(agent))
		loop_timer_set(agent->loop, &look->again,
		    instant_after(now, AGAIN_MS << look->repeats++));
}

/* A function may be with a machine: the machine is looked for too. */
static void
ask_functions(struct agent *agent)
{
	struct look *look = &agent->look;

	look->sriov_stale = false;
	sriov_look(&look->sriov, &agent->links, "/sys");
	if (look->sriov.count > 0)
		look->processes_stale = true;
}

/* ---- when ------------------------------------------------------------------
 */

static void
plan(struct agent *agent)
{
	struct look *look = &agent->look;
	struct instant now = clock_now();
	struct instant at = instant_after(now, SOON_MS);
	struct instant least;

	if (look->soon.set)
		return;
	least = instant_after(look->looked_at, PROCESSES_LEAST_MS);
	if (look->processes_stale && at.ms < least.ms)
		at = least;
	loop_timer_set(agent->loop, &look->soon, at);
}

static void
look_soon(void *owner, struct instant now)
{
	struct agent *agent = owner;
	struct look *look = &agent->look;

	if (look->vlans_stale)
		ask_vlans(agent);
	if (look->addresses_stale)
		ask_addresses(agent);
	if (look->sriov_stale)
		ask_functions(agent);
	if (look->processes_stale)
		look_at_processes(agent, now);
	look_learned_ask(agent);
	reporter_note_change(agent, now);
}

static void
look_again(void *owner, struct instant now)
{
	struct agent *agent = owner;

	look_at_processes(agent, now);
	reporter_note_change(agent, now);
}

void
look_note_message(struct agent *agent, const struct nlmsghdr *message)
{
	const struct ifinfomsg *head = mnl_nlmsg_get_payload(message);
	struct look *look = &agent->look;

	switch (message->nlmsg_type) {
	case RTM_NEWADDR:
	case RTM_DELADDR:
		look->addresses_stale = true;
		break;
	case RTM_NEWLINK:
	case RTM_DELLINK:
		if (mnl_nlmsg_get_payload_len(message) < sizeof(*head) ||
		    head->ifi_family != AF_BRIDGE ||
		    !has_filtering_bridge(&agent->links))
			return;
		look->vlans_stale = true;
		look->vlans.whole = false;
		break;
	default:
		return;
	}
	plan(agent);
}

void
look_note_link(
    struct agent *agent, const struct link *before, const struct link *link)
{
	struct look *look = &agent->look;
	bool changed = !before || nic_link_differs(before, link);

	if (!changed)
		return;
	if (look_is_somebodys(agent, link) ||
	    (before && look_is_somebodys(agent, before))) {
		look->processes_stale = true;
		look->repeats = 0;
	}
	if (link->vlan_filtering || (before && before->vlan_filtering)) {
		look->vlans_stale = true;
		look->vlans.whole = false;
	}
	if (link->physical)
		look->sriov_stale = true;
	look_teams_note(agent, before, link);
	if (strcmp(link->member_kind, "bond") == 0 && before)
		look_bonds_note(agent, before, link);
	if (look_learned_note(agent, link) || look->processes_stale ||
	    look->vlans_stale || look->sriov_stale)
		plan(agent);
}

void
look_note_gone(struct agent *agent, uint32_t index)
{
	fdb_drop(&agent->look.learned.fdb, index);
	teams_forget(&agent->look.teams.teams, index);
	if (sriov_find(&agent->look.sriov, index)) {
		agent->look.sriov_stale = true;
		plan(agent);
	}
}

/* ---- Open vSwitch
 * ------------------------------------------------------------ */

static bool
take_tables(void *owner, const struct json_value *tables)
{
	struct agent *agent = owner;

	if (ovs_take(&agent->look.ovs, tables) != STATUS_OK)
		return false;
	/* A port of vhost-user has no link that would tell of its machine. */
	if (json_get(tables, "Interface")) {
		agent->look.processes_stale = true;
		plan(agent);
	}
	reporter_note_change(agent, clock_now());
	return true;
}

static void
forget_tables(void *owner)
{
	struct agent *agent = owner;

	ovs_done(&agent->look.ovs);
	reporter_note_change(agent, clock_now());
}

static void
open_ovsdb(struct agent *agent)
{
	struct ovsdb_settings settings = { .loop = agent->loop,
		.path = agent->options->ovsdb,
		.opener = agent->look.opener,
		.questions = ovs_questions,
		.question_count = OVS_QUESTIONS,
		.take = take_tables,
		.forget = forget_tables,
		.owner = agent };

	if (strcmp(settings.path, "none") == 0)
		return;
	if (ovsdb_new(&settings, &agent->look.ovsdb) != STATUS_OK)
		log_error("no memory to follow Open vSwitch");
}

/* ---- beginning and end
 * -------------------------------------------------------- */

void
look_init(struct agent *agent)
{
	struct look *look = &agent->look;

	look->soon = (struct loop_timer){ .fire = look_soon, .owner = agent };
	look->again = (struct loop_timer){ .fire = look_again, .owner = agent };
	look_bonds_init(agent);
	look_learned_init(agent);
	look_teams_init(agent);
}

void
look_split_opener(struct agent *agent, const struct account *account)
{
	const char *path = agent->options->ovsdb;
	enum status status;

	if (strcmp(path, "none") == 0)
		return;
	status = opener_new(path, account, &agent->look.opener);
	if (status != STATUS_OK && status != STATUS_NOT_ALLOWED)
		log_warning("cannot split off what opens the socket of Open "
			    "vSwitch: %s",
		    strerror(errno));
}

void
look_open(struct agent *agent)
{
	open_ovsdb(agent);
	look_libvirt_open(agent);
	ask_vlans(agent);
	ask_addresses(agent);
	ask_functions(agent);
	look_at_processes(agent, clock_now());
	look_learned_ask(agent);
}

void
look_done(struct agent *agent)
{
	struct look *look = &agent->look;

	loop_timer_stop(agent->loop, &look->soon);
	loop_timer_stop(agent->loop, &look->again);
	loop_timer_stop(agent->loop, &look->bonds);
	ovsdb_free(look->ovsdb);
	look->ovsdb = NULL;
	opener_free(look->opener);
	look->opener = NULL;
	ovs_done(&look->ovs);
	look_libvirt_done(agent);
	bridge_vlans_done(&look->vlans);
	processes_done(&look->processes);
	sriov_done(&look->sriov);
	look_learned_done(agent);
	look_teams_done(agent);
	free(look->addressed);
	look->addressed = NULL;
}

void
look_describe(const struct agent *agent, struct virtual *out)
{
	const struct look *look = &agent->look;
	struct inside in = { .links = &agent->links,
		.nics = &agent->nics,
		.vlans = &look->vlans,
		.ovs = &look->ovs,
		.processes = &look->processes,
		.sriov = &look->sriov,
		.fdb = &look->learned.fdb,
		.teams = &look->teams.teams,
		.domains = &look->domains,
		.addressed = look->addressed,
		.addressed_count = look->addressed_count };

	inside_describe(&in, out);
}
