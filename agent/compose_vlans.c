#include "agent/compose_vlans.h"

#include "report/address.h"

enum { MS_PER_S = 1000 };

static void
add_vlan(const struct heard_vlans *set, struct report *r,
    const struct heard_vlan *vlan)
{
	char texts[HEARD_ADDRESSES_MOST][ADDRESS_TEXT_SIZE];
	const char *addresses[HEARD_ADDRESSES_MOST];
	struct report_heard_vlan one = { .id = vlan->id,
		.address_count = vlan->address_count,
		.addresses = addresses,
		.first_heard = vlan->first_at,
		.last_heard = vlan->last_at,
		.expires = vlan->last_at + set->life_ms / MS_PER_S,
		.frames = vlan->frames };

	for (unsigned i = 0; i < vlan->address_count; i++)
		addresses[i] = address_format(&vlan->addresses[i], texts[i]);
	report_nic_heard_vlan(r, &one);
}

void
compose_nic_vlans(
    const struct agent *agent, struct report *r, const struct nic *nic)
{
	const struct vlan_listening *v = &agent->vlans;
	const struct heard_vlans_nic *heard =
	    heard_vlans_find(&v->heard, nic->link.index);
	struct report_vlan_listening how = {
		.period_s = (uint32_t)(v->plan.period_ms / MS_PER_S),
		.window_s = (uint32_t)(v->plan.window_ms / MS_PER_S),
		.filtered = nic->vlans_filtered,
		.frames_dropped = nic->vlans_dropped
	};

	if (!heard || !heard->complete)
		return;
	how.since = heard->since;
	how.frames_lost = heard->lost;
	report_nic_heard_vlans_begin(r, &how);
	for (size_t i = 0; i < heard->count; i++)
		add_vlan(&v->heard, r, &heard->items[i]);
}

/* They were heard within seconds of each other: one time, the oldest, will do
 * for all. */
void
compose_heartbeat_vlans(
    const struct agent *agent, struct report *r, const struct nic *nic)
{
	const struct heard_vlans *set = &agent->vlans.heard;
	const struct heard_vlans_nic *heard =
	    heard_vlans_find(set, nic->link.index);
	struct vlans again = { 0 };
	struct report_heard_vlans told = { .nic = nic->link.name,
		.vlans = &again };
	bool any = false;

	for (size_t i = 0; heard && heard->complete && i < heard->count; i++) {
		const struct heard_vlan *vlan = &heard->items[i];

		if (vlan->last.ms < heard->window_at.ms)
			continue;
		vlans_add(&again, vlan->id, vlan->id);
		if (!any || vlan->last_at < told.last_heard)
			told.last_heard = vlan->last_at;
		any = true;
	}
	if (!any)
		return;
	told.expires = told.last_heard + set->life_ms / MS_PER_S;
	report_heartbeat_heard_vlans(r, &told);
}
