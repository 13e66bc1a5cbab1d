#include "agent/compose.h"

#include <string.h>

#include "agent/compose_vlans.h"
#include "agent/decode.h"
#include "base/clock.h"
#include "base/text.h"

static const char *
name_of(const struct agent *agent, uint32_t index)
{
	const struct link *link =
	    index ? links_find(&agent->links, index) : NULL;

	return link ? link->name : NULL;
}

static struct report_head
head_of(const struct agent *agent)
{
	struct report_head head = { .number = agent->number,
		.sent_at = clock_unix_s(),
		.started_at = agent->started_at,
		.agent_version = DEMARC_VERSION };
	unsigned missed = 0;

	if (ovsdb_is_missed(agent->look.ovsdb))
		head.unanswered[missed++] = "openvswitch";
	if (libvirt_is_missed(agent->look.libvirt))
		head.unanswered[missed++] = "libvirt";
	return head;
}

struct nic_view
compose_view(const struct agent *agent, const struct nic *nic)
{
	const struct neighbors_nic *heard =
	    neighbors_find_nic(&agent->neighbors, nic->link.index);
	struct nic_view view = { .link = &nic->link,
		.master = name_of(agent, nic->link.master),
		.facts = nic->facts,
		.listening = nic->listening,
		.carrier_changed_at = nic->carrier_changed_at,
		.removed_at = nic->removed_at };

	const struct pf *pf = sriov_find(&agent->look.sriov, nic->link.index);

	if (heard)
		view.counts = heard->counts;
	view.counts.dropped = nic->dropped;
	text_copy(view.reason, sizeof(view.reason), nic->reason);
	text_copy(view.port_name, sizeof(view.port_name), nic->link.port_name);
	text_copy(view.slot, sizeof(view.slot), nic->slot);
	view.vfs = pf ? pf->vfs.items : NULL;
	view.vf_count = pf ? pf->vfs.count : 0;
	return view;
}

/* The frame was decoded when it came, and is decoded again: that is cheaper
 * than to keep what it says. */
static void
add_neighbor(struct report *r, const struct heard *h)
{
	struct neighbor said;
	struct report_neighbor n = { .said = &said,
		.first_heard = h->first_at,
		.last_heard = h->last_at,
		.expires = h->expires_at,
		.frames = h->frames,
		.own = h->own,
		.ended_at = h->ended_at,
		.frame = h->frame,
		.frame_size = h->size };
	const char *reason;

	if (decode_frame(LINK_ETHERNET, cursor_over(h->frame, h->size), &said,
		&reason) != DECODE_OK)
		return;
	if (h->ended != END_NONE)
		n.ended = end_reason_name(h->ended);
	report_neighbor(r, &n);
}

static void
add_nic(const struct agent *agent, struct report *r, const struct nic *nic)
{
	const struct neighbors_nic *heard =
	    neighbors_find_nic(&agent->neighbors, nic->link.index);
	struct nic_view view = compose_view(agent, nic);

	report_nic(r, &view);
	for (const struct heard *h = heard ? heard->first : NULL; h;
	     h = h->next)
		add_neighbor(r, h);
	compose_nic_vlans(agent, r, nic);
	report_nic_end(r);
}

static bool
is_shown_as_nic(const struct agent *agent, const struct link *link)
{
	return nics_find(&agent->nics, link->index) != NULL;
}

static void
add_link(const struct agent *agent, struct report *r, const struct link *link)
{
	struct report_link_names names = { .master =
					       name_of(agent, link->master),
		.active = name_of(agent, link->bond_active),
		.bond_mode = link_bond_mode_name(link) };

	if (!link->lower_elsewhere && link->lower != link->index)
		names.lower = name_of(agent, link->lower);
	report_link(r, link, &names);
}

static void
add_inside(const struct agent *agent, struct report *r)
{
	struct virtual inside;

	virtual_init(&inside);
	look_describe(agent, &inside);
	report_virtual(r, &inside);
	virtual_done(&inside);
}

void
compose_refresh(struct agent *agent)
{
	for (struct nic *nic = agent->nics.first; nic; nic = nic->next) {
		if (nic->listening)
			nic->dropped += captures_take_drops(
			    agent->captures, nic->link.index);
	}
}

void
compose_begin(const struct agent *agent, struct report *r, struct buffer *out,
    const char *nic)
{
	struct report_head head = head_of(agent);

	report_begin(r, out, &head, &agent->host);
	for (const struct nic *one = agent->nics.first; one; one = one->next) {
		if (!nic || strcmp(one->link.name, nic) == 0)
			add_nic(agent, r, one);
	}
	report_links_begin(r);
	for (size_t i = 0; i < agent->links.count; i++) {
		const struct link *link = &agent->links.items[i];

		/* The loopback says nothing, and is on every host. */
		if (!is_shown_as_nic(agent, link) &&
		    strcmp(link->name, "lo") != 0)
			add_link(agent, r, link);
	}
	report_links_end(r);
	if (!nic)
		add_inside(agent, r);
}

void
compose_report(const struct agent *agent, struct buffer *out,
    char out_digest[static REPORT_DIGEST_SIZE])
{
	struct report r;

	compose_begin(agent, &r, out, NULL);
	report_end(&r, out_digest);
}

static void
add_heard(struct report *r, const struct nic *nic, const struct heard *h)
{
	const struct report_heard heard = { .nic = nic->link.name,
		.protocol = h->protocol,
		.source_mac = h->source_mac,
		.last_heard = h->last_at,
		.expires = h->expires_at };

	if (h->ended == END_NONE)
		report_heartbeat_heard(r, &heard);
}

void
compose_heartbeat(const struct agent *agent, struct buffer *out)
{
	struct report_head head = head_of(agent);
	struct report r;

	report_heartbeat_begin(&r, out, &head, agent->host.id);
	for (const struct nic *nic = agent->nics.first; nic; nic = nic->next) {
		const struct neighbors_nic *heard =
		    neighbors_find_nic(&agent->neighbors, nic->link.index);

		for (const struct heard *h = heard ? heard->first : NULL; h;
		     h = h->next)
			add_heard(&r, nic, h);
	}
	for (const struct nic *nic = agent->nics.first; nic; nic = nic->next)
		compose_heartbeat_vlans(agent, &r, nic);
	report_heartbeat_end(&r, agent->digest);
}
