#include "agent/agent.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "agent/compose.h"
#include "agent/decode.h"
#include "agent/ethtool.h"
#include "agent/host_facts.h"
#include "agent/memory.h"
#include "agent/places.h"
#include "agent/reporter.h"
#include "agent/slots.h"
#include "base/text.h"

enum {
	MS_PER_S = 1000,
	/* How long ago a link may have flapped when the kernel tells: it
	 * gathers changes for up to a second. */
	FLAP_MS = 1500,
	LINKS_AGAIN_MS = 1000,
	ID_TEXT_SIZE = 256
};

static void
plan_expiry(struct agent *agent)
{
	struct instant at;

	if (neighbors_next(&agent->neighbors, &at))
		loop_timer_set(agent->loop, &agent->expiry, at);
}

/* ---- frames ------------------------------------------------------------ */

static void
tell_neighbor(const struct nic *nic, const struct neighbor *said)
{
	char device[ID_TEXT_SIZE], port[ID_TEXT_SIZE];
	const char *name = neighbor_text(said, said->system_name);

	neighbor_id_text(said, &said->chassis_id, device, sizeof(device));
	neighbor_id_text(said, &said->port_id, port, sizeof(port));
	log_debug("%s: heard %s, port %s, by %s", nic->link.name,
	    name ? name : device, port, protocol_name(said->protocol));
}

static void
tell_malformed(struct agent *agent, const struct nic *nic,
    const struct nic_counts *counts, const char *reason)
{
	uint32_t held;

	if (log_gate(&agent->malformed_gate, clock_now().ms, &held))
		log_warning("%s: frame malformed, dropped: %s (%llu so far)",
		    nic->link.name, reason,
		    (unsigned long long)counts->malformed);
}

static void
take_decoded(struct agent *agent, const struct nic *nic,
    struct hearing *hearing, const struct neighbor *said)
{
	hearing->own = nics_own_mac(&agent->nics, said->source_mac);
	switch (neighbors_take(&agent->neighbors, hearing, said)) {
	case NEIGHBORS_SAME:
	case NEIGHBORS_LOST:
		return;
	case NEIGHBORS_NEW:
		tell_neighbor(nic, said);
		break;
	case NEIGHBORS_UPDATED:
	case NEIGHBORS_ENDED:
		break;
	}
	plan_expiry(agent);
	reporter_note_change(agent, hearing->now);
}

static void
take_frame(void *owner, uint32_t index, struct cursor frame, size_t size)
{
	struct agent *agent = owner;
	struct nic *nic = nics_find(&agent->nics, index);
	struct neighbors_nic *known = neighbors_nic(&agent->neighbors, index);
	struct hearing hearing = { .nic = index,
		.frame = frame,
		.now = clock_now(),
		.unix_s = clock_unix_s() };
	struct neighbor said;
	const char *reason;

	if (!nic || !known)
		return;
	if (size > frame.left) {
		known->counts.too_large++;
		return;
	}
	if (neighbors_refresh(&agent->neighbors, &hearing))
		return;
	switch (decode_frame(LINK_ETHERNET, frame, &said, &reason)) {
	case DECODE_OK:
		take_decoded(agent, nic, &hearing, &said);
		break;
	case DECODE_MALFORMED:
		known->counts.malformed++;
		tell_malformed(agent, nic, &known->counts, reason);
		break;
	case DECODE_NOT_DISCOVERY:
		known->counts.other++;
		break;
	}
}

static void
expire(void *owner, struct instant now)
{
	struct agent *agent = owner;
	struct nic *gone;

	if (neighbors_expire(&agent->neighbors, now, clock_unix_s()) > 0)
		reporter_note_change(agent, now);
	while ((gone = nics_overdue(&agent->nics, now)) != NULL) {
		neighbors_forget_nic(&agent->neighbors, gone->link.index);
		nics_forget(&agent->nics, gone);
	}
	plan_expiry(agent);
}

/* ---- links ------------------------------------------------------------- */

static void
end_heard(struct agent *agent, struct nic *nic, enum end_reason reason,
    int64_t older_ms)
{
	struct instant now = clock_now();
	struct ending ending = { .nic = nic->link.index,
		.reason = reason,
		.now = now,
		.before = instant_after(now, 1 - older_ms),
		.unix_s = clock_unix_s() };

	vlan_listening_end(agent, nic);
	captures_drain(agent->captures, nic->link.index);
	if (neighbors_end_nic(&agent->neighbors, &ending) > 0)
		reporter_note_change(agent, now);
	plan_expiry(agent);
}

static void
stop_listening(struct agent *agent, struct nic *nic, const char *reason)
{
	if (nic->listening) {
		end_heard(agent, nic, END_NIC_REMOVED, 0);
		captures_close(agent->captures, nic->link.index);
	}
	nic->listening = false;
	text_copy(nic->reason, sizeof(nic->reason), reason);
}

static void
start_listening(struct agent *agent, struct nic *nic)
{
	enum status status;

	if (nic->listening)
		return;
	status = captures_open(agent->captures, nic->link.index);
	nic->listening = status == STATUS_OK;
	if (nic->listening) {
		nic->reason[0] = '\0';
		log_info("%s: listening", nic->link.name);
		return;
	}
	snprintf(nic->reason, sizeof(nic->reason), "%s%s",
	    status == STATUS_SYSTEM ? strerror(errno) : status_text(status),
	    status == STATUS_NOT_ALLOWED ? "; needs CAP_NET_RAW" : "");
	log_warning("%s: cannot listen: %s", nic->link.name, nic->reason);
}

/* A NIC that was here under another index keeps its history. */
static struct nic *
add_nic(struct agent *agent, const struct link *link)
{
	struct nic *before = nics_find_removed(&agent->nics, link->name);
	struct nic *nic = nics_add(&agent->nics, link);

	if (!nic || !neighbors_nic(&agent->neighbors, link->index))
		return nic;
	if (before) {
		neighbors_move_nic(
		    &agent->neighbors, before->link.index, link->index);
		nics_forget(&agent->nics, before);
	}
	return nic;
}

static void
remove_nic(struct agent *agent, struct nic *nic)
{
	const struct neighbors_nic *heard;

	stop_listening(agent, nic, "the NIC is gone from this host");
	log_info("%s: gone", nic->link.name);
	heard = neighbors_find_nic(&agent->neighbors, nic->link.index);
	if (!heard || !heard->first) {
		neighbors_forget_nic(&agent->neighbors, nic->link.index);
		nics_forget(&agent->nics, nic);
		return;
	}
	nic->removed_at = clock_unix_s();
	nic->forget_at =
	    instant_after(clock_now(), (int64_t)NIC_REMOVED_KEPT_S * MS_PER_S);
	nic->link.up = nic->link.carrier = false;
	nic->link.master = 0;
}

static void
follow_carrier(struct agent *agent, struct nic *nic, const struct link *link)
{
	switch (nic_carrier_change(&nic->link, link)) {
	case NIC_CARRIER_SAME:
		return;
	case NIC_CARRIER_CAME:
		break;
	case NIC_CARRIER_LOST:
		end_heard(agent, nic, END_LINK_DOWN, 0);
		break;
	case NIC_CARRIER_FLAPPED:
		end_heard(agent, nic, END_LINK_DOWN, FLAP_MS);
		break;
	}
	nic->carrier_changed_at = clock_unix_s();
	reporter_note_change(agent, clock_now());
}

static void
take_nic(struct agent *agent, const struct link *link, enum nic_role role)
{
	struct nic *nic = nics_find(&agent->nics, link->index);
	bool fresh = !nic;

	if (fresh)
		nic = add_nic(agent, link);
	if (!nic)
		return;
	follow_carrier(agent, nic, link);
	if (fresh || nic_link_differs(&nic->link, link)) {
		nic->link = *link;
		ethtool_read(link->name, &nic->facts);
		ethtool_read_firmware(link->name, &nic->facts);
	}
	if (fresh)
		slots_find(&agent->smbios, "/sys", nic->facts.bus, nic->slot);
	nic->link = *link;
	if (role == NIC_LISTEN)
		start_listening(agent, nic);
	else
		stop_listening(agent, nic, "the configuration says not to");
	vlan_listening_follow(agent, nic);
}

static void
take_link(struct agent *agent, struct link *link)
{
	const struct link *before = links_find(&agent->links, link->index);
	struct nic *nic = nics_find(&agent->nics, link->index);
	enum nic_role role;

	if (!link->physical && link->kind[0] == '\0')
		link->physical = host_facts_has_device(link->name);
	role = nic_role_of(agent->options, link);
	if (!before || nic_link_differs(before, link))
		reporter_note_change(agent, clock_now());
	look_note_link(agent, before, link);
	if (role != NIC_NONE)
		take_nic(agent, link, role);
	else if (nic)
		remove_nic(agent, nic);
	if (links_take(&agent->links, link) != STATUS_OK)
		log_warning(
		    "%s: too many links, this one is not reported", link->name);
}

static void
remove_link(struct agent *agent, uint32_t index)
{
	struct nic *nic = nics_find(&agent->nics, index);

	if (nic)
		remove_nic(agent, nic);
	links_remove(&agent->links, index);
	look_note_gone(agent, index);
	reporter_note_change(agent, clock_now());
}

static void
take_message(void *owner, const struct nlmsghdr *message)
{
	struct agent *agent = owner;
	struct link link;

	look_note_message(agent, message);
	if (message->nlmsg_type == RTM_NEWADDR ||
	    message->nlmsg_type == RTM_DELADDR) {
		agent->addresses_changed = true;
		reporter_note_change(agent, clock_now());
		return;
	}
	if (link_read(message, &link) != STATUS_OK)
		return;
	if (message->nlmsg_type == RTM_DELLINK)
		remove_link(agent, link.index);
	else
		take_link(agent, &link);
}

void
agent_ask_links(struct agent *agent)
{
	struct instant now = clock_now();
	enum status status;
	uint32_t gone, held;

	links_begin_dump(&agent->links);
	status = netlink_dump(NETLINK_LINKS, take_message, agent);
	if (status != STATUS_OK) {
		/* Whoever was not seen may still be there. */
		if (log_gate(&agent->links_gate, now.ms, &held))
			log_warning("the kernel did not tell all its links, "
				    "asking again: %s",
			    status == STATUS_SYSTEM ? strerror(errno)
						    : status_text(status));
		loop_timer_set(agent->loop, &agent->links_again,
		    instant_after(now, LINKS_AGAIN_MS));
		return;
	}
	loop_timer_stop(agent->loop, &agent->links_again);
	while ((gone = links_next_unseen(&agent->links)) != 0)
		remove_link(agent, gone);
}

static void
ask_links_again(void *owner, struct instant now)
{
	(void)now;
	agent_ask_links(owner);
}

static void
links_change(void *owner, uint32_t events, struct instant now)
{
	struct agent *agent = owner;
	enum status status = netlink_read(agent->netlink, take_message, agent);

	(void)events;
	(void)now;
	if (status == STATUS_TOO_LARGE) {
		log_info("links changed faster than could be read; asking "
			 "for all of them");
		agent_ask_links(agent);
	}
}

/* ---- beginning and end -------------------------------------------------- */

static enum status
open_kernel(struct agent *agent)
{
	struct captures_settings settings = { .loop = agent->loop,
		.batched = true,
		.take = take_frame,
		.owner = agent };
	enum status status = captures_new(&settings, &agent->captures);

	if (status == STATUS_OK)
		status = netlink_new(NETLINK_OF_LINKS, &agent->netlink);
	if (status == STATUS_OK)
		status = loop_watch(agent->loop, &agent->netlink_watch,
		    netlink_fd(agent->netlink), EPOLLIN);
	if (status != STATUS_OK) {
		log_error("cannot ask the kernel: %s", strerror(errno));
		return status;
	}
	agent_ask_links(agent);
	look_open(agent);
	return STATUS_OK;
}

static enum status
open_all(struct agent *agent)
{
	struct account account;
	enum status status = places_find_account(agent->options, &account);

	if (status != STATUS_OK)
		return status;
	look_split_opener(agent, &account);
	status = places_open_control(agent, &account);
	if (status == STATUS_OK)
		status = places_open_spool(agent, &account);
	if (status == STATUS_OK)
		status = open_kernel(agent);
	if (status == STATUS_OK)
		status = places_give_up(agent, &account);
	return status;
}

static void
read_host(struct agent *agent)
{
	const struct options *o = agent->options;

	host_facts_read(&agent->host, &agent->smbios);
	if (o->host_name)
		text_copy(
		    agent->host.name, sizeof(agent->host.name), o->host_name);
	if (o->host_id)
		text_copy(agent->host.id, sizeof(agent->host.id), o->host_id);
}

enum status
agent_new(
    const struct options *options, struct loop *loop, struct agent **out_agent)
{
	struct agent *agent = calloc(1, sizeof(*agent));
	enum status status;

	if (!agent)
		return STATUS_NO_MEMORY;
	agent->options = options;
	agent->loop = loop;
	agent->spool.directory = -1;
	agent->started_at = clock_unix_s();
	agent->netlink_watch = (struct loop_watch){
		.fd = -1, .ready = links_change, .owner = agent
	};
	agent->expiry = (struct loop_timer){ .fire = expire, .owner = agent };
	agent->links_again =
	    (struct loop_timer){ .fire = ask_links_again, .owner = agent };
	reporter_init(agent);
	look_init(agent);
	read_host(agent);
	status = vlan_listening_init(agent);
	if (status == STATUS_OK)
		status = open_all(agent);
	if (status != STATUS_OK) {
		agent_free(agent);
		return status;
	}
	if (memory_load(agent) > 0)
		plan_expiry(agent);
	reporter_start(agent);
	*out_agent = agent;
	return STATUS_OK;
}

void
agent_free(struct agent *agent)
{
	if (!agent)
		return;
	memory_save(agent);
	delivery_done(&agent->delivery);
	control_free(agent->control);
	captures_free(agent->captures);
	vlan_listening_done(agent);
	look_done(agent);
	loop_unwatch(agent->loop, &agent->netlink_watch);
	netlink_free(agent->netlink);
	loop_timer_stop(agent->loop, &agent->expiry);
	loop_timer_stop(agent->loop, &agent->links_again);
	reporter_stop(agent);
	spool_close(&agent->spool);
	neighbors_done(&agent->neighbors);
	nics_done(&agent->nics);
	links_done(&agent->links);
	free(agent);
}

void
agent_child_ended(struct agent *agent)
{
	libvirt_child_ended(agent->look.libvirt);
	delivery_child_ended(&agent->delivery, clock_now());
}
