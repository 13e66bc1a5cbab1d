#include "collector/outline.h"

#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/facts.h"

static enum told
told_of(const struct json_value *v, const char *name)
{
	const struct json_value *member = json_get(v, name);

	if (!json_is_boolean(member))
		return TOLD_NOTHING;
	return json_boolean_of(member, false) ? TOLD_YES : TOLD_NO;
}

enum told
outline_told(enum said said)
{
	return said == SAID_NOTHING ? TOLD_NOTHING
	       : said == SAID_YES   ? TOLD_YES
				    : TOLD_NO;
}

static int
by_number(const void *a, const void *b)
{
	const struct known_vlan_name *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

/* Which VLANs the switch names on its port. */
static void
read_names(
    struct arena *a, const struct json_value *facts, struct known_neighbor *out)
{
	const struct json_value *list = json_get(facts, "vlans");
	struct known_vlan_name *names;
	struct known_vlans *named;

	if (json_count(list) == 0)
		return;
	names = arena_array(a, json_count(list), sizeof(*names));
	named = arena_take(a, sizeof(*named));
	if (!names || !named)
		return;
	for (list = json_first(list); list; list = json_next(list)) {
		int64_t id = json_get_number(list, "id", -1);

		/* EDP: 0 stands for untagged frames, and has a name. */
		if (id < 1 || id >= VLAN_IDS - 1)
			continue;
		names[out->name_count++] = (struct known_vlan_name){
			.id = (int)id,
			.name = facts_text(a, list, "name"),
		};
		known_vlans_add(named, id);
	}
	if (out->name_count == 0)
		return;
	qsort(names, out->name_count, sizeof(*names), by_number);
	out->names = names;
	out->named = named;
}

/* Whose TLVs the frame has, beside those of the standards. */
static const char *
vendor_of(const struct json_value *facts)
{
	static const char *const vendors[] = { "arista", "cisco", "juniper",
		"dell", "extreme", "hpe", "brocade", "avaya", "vmware" };

	for (size_t i = 0; i < sizeof(vendors) / sizeof(vendors[0]); i++) {
		if (json_get(facts, vendors[i]))
			return vendors[i];
	}
	return "";
}

static void
read_neighbor(
    struct arena *a, const struct model_neighbor *n, struct known_neighbor *out)
{
	struct json_value *v CLEANUP(json_cleanup) = json_parse_own(n->facts);
	const struct json_value *aggregation = json_get(v, "aggregation");

	*out = (struct known_neighbor){
		.protocol = n->protocol,
		.lldp = n->lldp,
		.by_vcenter = n->by_vcenter,
		.switch_class = n->switch_class,
		.port = KNOWN_NONE,
		.source_mac = n->source_mac,
		.system_name = n->system_name,
		.ended_at = n->ended_at,
		.ended_reason = n->ended_reason,
		.ttl_s = n->ttl_s,
		.port_description = n->port_description,
		.native_vlan = n->native_vlan,
		.pvid = n->pvid,
		.mtu = n->mtu,
		.max_frame = n->max_frame,
		.duplex = facts_text(a, v, "duplex"),
		.aggregated = told_of(aggregation, "enabled"),
		.aggregable = told_of(aggregation, "capable"),
		.aggregate = json_get_number(aggregation, "port", -1),
		.autonegotiates =
		    told_of(json_get(v, "autonegotiation"), "enabled"),
		.voice_vlan = json_get_number(v, "voice_vlan", -1),
		.management_vlan = json_get_number(v, "management_vlan", -1),
		.names_lost = json_get_number(v, "lost_items", 0),
		.vendor = vendor_of(v),
	};
	read_names(a, v, out);
}

static void
read_listening(const struct json_value *v, struct known_listening *out)
{
	*out = (struct known_listening){
		.told = v != NULL,
		.filtered = json_get_boolean(v, "filtered", false),
		.period_s = json_get_number(v, "period_s", -1),
		.window_s = json_get_number(v, "window_s", -1),
		.since = json_get_number(v, "since", -1),
		.losses = json_get_number(v, "frames_dropped", 0) +
			  json_get_number(v, "frames_lost", 0),
	};
}

static void
read_vfs(struct arena *a, const struct json_value *list, struct known_nic *out)
{
	out->vfs = arena_array(a, json_count(list), sizeof(*out->vfs));
	if (!out->vfs)
		return;
	for (list = json_first(list); list; list = json_next(list))
		out->vfs[out->vf_count++] = (struct known_vf){
			.index = json_get_number(list, "index", -1),
			.vlan = json_get_number(list, "vlan", 0),
			.mac = facts_text(a, list, "mac"),
			.trust = told_of(list, "trust"),
		};
}

/* What the driver and the kernel say of the NIC. */
static void
read_facts(struct arena *a, const struct model_nic *n, struct known_nic *out)
{
	struct json_value *v CLEANUP(json_cleanup) = json_parse_own(n->facts);
	const struct json_value *lacp = json_get(v, "lacp");

	out->driver = facts_text(a, v, "driver");
	out->firmware = facts_text(a, v, "firmware");
	out->bus = facts_text(a, v, "bus");
	out->slot = facts_text(a, v, "slot");
	out->listening_reason = facts_text(a, v, "listening_reason");
	out->firmware_lldp = told_of(v, "firmware_lldp");
	out->firmware_flag = facts_text(a, v, "firmware_flag");
	out->speed = json_get_number(v, "speed_mbps", -1);
	out->duplex = facts_text(a, v, "duplex");
	out->bond_state = facts_text(a, v, "bond_state");
	out->lacp_aggregator = json_get_number(lacp, "aggregator", -1);
	out->lacp_actor = json_get_number(lacp, "actor", -1);
	out->lacp_partner = json_get_number(lacp, "partner", -1);
	out->removed_at = json_get_number(v, "removed_at", -1);
	read_vfs(a, json_get(v, "vfs"), out);
	read_listening(json_get(v, "vlan_listening"), &out->listening_vlans);
}

static void
read_nic(struct arena *a, const struct model_nic *n, struct known_nic *out)
{
	*out = (struct known_nic){
		.name = n->name,
		.mac = n->mac,
		.permanent_mac = n->permanent_mac,
		.master = n->master,
		.bond = KNOWN_NONE,
		.up = outline_told(n->up),
		.carrier = outline_told(n->carrier),
		.listening = outline_told(n->listening),
		.carrier_changed_at = n->carrier_changed_at,
		.mtu = n->mtu,
		.flaps = -1,
		.vswitch = KNOWN_NONE,
		.uplink = KNOWN_NONE,
		.cable = KNOWN_CABLE_UNHEARD,
		.port = KNOWN_NONE,
		.former_port = KNOWN_NONE,
		.former_ended_at = -1,
		.former_last_heard = -1,
		.opposite = "",
	};
	read_facts(a, n, out);
	out->neighbors =
	    arena_array(a, n->neighbor_count, sizeof(*out->neighbors));
	for (size_t i = 0; i < n->neighbor_count && out->neighbors; i++)
		read_neighbor(a, &n->neighbors[i],
		    &out->neighbors[out->neighbor_count++]);
}

static void
read_link(struct arena *a, const struct model_link *l, struct known_link *out)
{
	struct json_value *v CLEANUP(json_cleanup) = json_parse_own(l->facts);

	*out = (struct known_link){
		.name = l->name,
		.kind = l->kind,
		.master = l->master,
		.lower = l->lower,
		.vlan = l->vlan,
		.mtu = json_get_number(v, "mtu", -1),
		.up = told_of(v, "up"),
		.carrier = told_of(v, "carrier"),
		.bond_mode = facts_text(a, v, "bond_mode"),
		.bond_active = facts_text(a, v, "bond_active"),
	};
}

bool
outline_read(struct outline *out, struct arena *a, const struct model_host *h)
{
	*out = (struct outline){ .nics = NULL };
	out->nics = arena_array(a, h->nic_count, sizeof(*out->nics));
	out->links = arena_array(a, h->link_count, sizeof(*out->links));
	for (size_t i = 0; i < h->nic_count && out->nics; i++)
		read_nic(a, &h->nics[i], &out->nics[out->nic_count++]);
	for (size_t i = 0; i < h->link_count && out->links; i++)
		read_link(a, &h->links[i], &out->links[out->link_count++]);
	return !a->failed;
}
