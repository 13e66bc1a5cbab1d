#include "vsphere/compose.h"

#include <string.h>

#include "base/text.h"
#include "report/address.h"
#include "vsphere/hints.h"
#include "vsphere/inside.h"
#include "vsphere/names.h"

enum {
	/* Schema: what a VLAN is told with. */
	SUBNETS_MOST = 16,
	NICS_MOST = 256,
	/* A collector takes twice as many, but with their subnets they would
	 * not fit into a report. */
	HEARD_MOST = 16384
};

static const char SOURCE[] = "vsphere";

/* ---- the host
 * ------------------------------------------------------------------ */

static void
add_address(struct host *out, const char *text)
{
	struct address a;

	if (!address_parse(text, &a))
		return;
	if (out->address_count == HOST_ADDRESSES_MOST)
		out->addresses_lost++;
	else
		out->addresses[out->address_count++] = a;
}

static void
read_addresses(const struct esxi *host, struct host *out)
{
	const struct list *list = host->values[HOST_KERNEL_PORTS];
	const struct kernel_port_value *k = list ? list_items(list) : NULL;

	for (uint32_t i = 0; list && i < list->count; i++, k++) {
		add_address(out, list_text(list, k->address));
		for (const char *t = list_text(list, k->more_addresses); *t;
		     t = list_next(t))
			add_address(out, t);
	}
}

static const char *
connection_of(const struct esxi *host)
{
	const char *state = list_only(host->values[HOST_CONNECTION]);

	if (strcmp(state, "connected") == 0)
		return "connected";
	if (strcmp(state, "disconnected") == 0)
		return "disconnected";
	return strcmp(state, "notResponding") == 0 ? "not_responding" : NULL;
}

static void
read_system(const struct list *list, struct host *out)
{
	const struct system_value *s;

	if (!list || list->count == 0)
		return;
	s = list_items(list);
	text_copy(out->vendor, HOST_TEXT_SIZE, list_text(list, s->vendor));
	text_copy(out->model, HOST_TEXT_SIZE, list_text(list, s->model));
	text_copy(out->serial, HOST_TEXT_SIZE, list_text(list, s->serial));
	text_copy(out->chassis, HOST_TEXT_SIZE, list_text(list, s->chassis));
}

static void
read_host(const struct esxi *host, struct host *out)
{
	const struct list *product = host->values[HOST_PRODUCT];

	*out = (struct host){ .platform = "esxi",
		.connection = connection_of(host) };
	text_copy(out->id, sizeof(out->id), host->id);
	name_copy_plain(
	    out->name, sizeof(out->name), list_only(host->values[HOST_NAME]));
	read_system(host->values[HOST_SYSTEM], out);
	if (product && product->count > 0) {
		const struct product_value *p = list_items(product);

		text_copy(
		    out->os, HOST_TEXT_SIZE, list_text(product, p->full_name));
	}
	read_addresses(host, out);
}

/* ---- what its NICs hear
 * ---------------------------------------------------------- */

static const struct hint_value *
hint_of(const struct esxi *host, const char *device)
{
	const struct list *hints = host->hearing.hints;
	const struct hint_value *h = hints ? list_items(hints) : NULL;

	for (uint32_t i = 0; hints && i < hints->count; i++, h++) {
		if (strcmp(list_text(hints, h->device), device) == 0)
			return h;
	}
	return NULL;
}

static uint32_t
ttl_of(const struct hint_value *hint, enum protocol protocol)
{
	return protocol == PROTOCOL_CDP ? hint->cdp.ttl_s : hint->lldp.ttl_s;
}

static void
add_neighbor(struct report *r, const struct esxi *host,
    const struct hint_value *hint, enum protocol protocol)
{
	const struct hearing *hearing = &host->hearing;
	struct seen since = hearing_since(
	    hearing, hearing_key_of_neighbor(hearing->hints, hint, protocol));
	uint32_t samples =
	    protocol == PROTOCOL_CDP ? hint->cdp.samples : hint->lldp.samples;
	struct neighbor said;
	struct report_neighbor n = { .said = &said,
		.first_heard = since.first,
		.last_heard = hearing->polled_at,
		.expires = hearing_expires(hearing, ttl_of(hint, protocol)),
		.frames = samples ? samples : since.polls,
		.source = SOURCE };

	if (hint_neighbor(hearing->hints, hint, protocol, &said))
		report_neighbor(r, &n);
}

/* The VLANs of a hint, one after the other: each with all its subnets. */
struct heard_vlans {
	const struct hearing *hearing;
	const struct hint_value *hint;
	struct vlans all;
};

static void
note_vlans(struct heard_vlans *v, struct place pairs)
{
	const struct list *hints = v->hearing->hints;
	const char *rest;

	for (const char *p = list_text(hints, pairs); *p; p = list_next(p)) {
		uint32_t vlan = hearing_split(p, &rest);

		vlans_add(&v->all, vlan, vlan);
	}
}

static struct heard_vlans
read_vlans(const struct esxi *host, const struct hint_value *hint)
{
	struct heard_vlans v = { .hearing = &host->hearing, .hint = hint };

	note_vlans(&v, hint->subnets);
	note_vlans(&v, hint->networks);
	return v;
}

/* VLANs of all NICs, as far as they are told. */
struct heard_count {
	unsigned told;
	uint32_t lost;
};

/* Keeps the first ones, as many as there is still room for. */
static void
limit_vlans(struct vlans *all, struct heard_count *count)
{
	struct vlans kept = { { 0 } };

	for (unsigned id = VLAN_LEAST; id <= VLAN_MOST; id++) {
		if (!vlans_has(all, id))
			continue;
		if (count->told == HEARD_MOST) {
			count->lost++;
			continue;
		}
		count->told++;
		vlans_add(&kept, id, id);
	}
	*all = kept;
}

static void
add_vlan(struct report *r, const struct heard_vlans *v, unsigned id)
{
	const struct list *hints = v->hearing->hints;
	const char *subnets[SUBNETS_MOST], *rest;
	struct seen since =
	    hearing_since(v->hearing, hearing_key_of_vlan(hints, v->hint, id));
	struct report_heard_vlan vlan = { .id = (uint16_t)id,
		.subnets = subnets,
		.first_heard = since.first,
		.last_heard = v->hearing->polled_at,
		.expires = hearing_expires(v->hearing, 0),
		.frames = since.polls };

	for (const char *p = list_text(hints, v->hint->subnets); *p;
	     p = list_next(p)) {
		if (hearing_split(p, &rest) == id && *rest &&
		    vlan.subnet_count < SUBNETS_MOST)
			subnets[vlan.subnet_count++] = rest;
	}
	report_nic_heard_vlan(r, &vlan);
}

static void
add_heard(struct report *r, const struct esxi *host, const char *device,
    struct heard_count *count)
{
	static const struct report_vlan_listening told = { .period_s = 0 };
	const struct hint_value *hint = hint_of(host, device);
	struct heard_vlans v;

	if (!hint)
		return;
	if (hint->cdp.told)
		add_neighbor(r, host, hint, PROTOCOL_CDP);
	if (hint->lldp.told)
		add_neighbor(r, host, hint, PROTOCOL_LLDP);
	v = read_vlans(host, hint);
	limit_vlans(&v.all, count);
	if (vlans_count(&v.all) == 0)
		return;
	report_nic_heard_vlans_begin(r, &told);
	for (unsigned id = VLAN_LEAST; id <= VLAN_MOST; id++) {
		if (vlans_has(&v.all, id))
			add_vlan(r, &v, id);
	}
}

/* ---- NICs
 * ----------------------------------------------------------------------------
 */

/* The vSwitch that has this NIC; NULL: none. */
static const struct vswitch *
switch_of(const struct virtual *inside, const char *nic)
{
	for (uint32_t i = 0; i < inside->uplinks.count; i++) {
		const struct uplink *u = virtual_uplink(inside, i);

		for (unsigned m = 0; m < u->member_count; m++) {
			if (strcmp(u->members[m].nic, nic) == 0)
				return virtual_vswitch(inside, u->vswitch);
		}
	}
	return NULL;
}

/* ESXi hears for us what the switch of the NIC is told to listen to. */
static void
set_listening(
    struct nic_view *view, const struct vswitch *s, const struct esxi *host)
{
	const char *why = "";

	if (!esxi_is_connected(host))
		why = "the vCenter does not reach the host";
	else if (host->mute)
		why = "the host does not tell what its NICs hear";
	else if (!s)
		why = "it is in no virtual switch";
	else if (strcmp(s->operation, "none") == 0 ||
		 strcmp(s->operation, "advertise") == 0)
		why = "discovery of its virtual switch does not listen";
	view->listening = why[0] == '\0';
	text_copy(view->reason, sizeof(view->reason), why);
}

static void
read_nic(const struct list *list, const struct pnic_value *p, struct link *link,
    struct nic_facts *facts)
{
	*link = (struct link){ .up = true,
		.carrier = p->linked == FLAG_YES,
		.physical = true,
		.has_mac = p->mac.known };
	name_copy_plain(
	    link->name, sizeof(link->name), list_text(list, p->device));
	memcpy(link->mac, p->mac.octets, MAC_SIZE);
	text_copy(link->bus, sizeof(link->bus), list_text(list, p->pci));
	*facts = (struct nic_facts){ .speed_mbps = p->speed_mbps,
		.has_duplex = p->full_duplex != FLAG_ABSENT,
		.duplex =
		    p->full_duplex == FLAG_YES ? DUPLEX_FULL : DUPLEX_HALF };
	text_copy(
	    facts->driver, sizeof(facts->driver), list_text(list, p->driver));
}

static void
add_nic(struct report *r, const struct esxi *host, const struct virtual *inside,
    const struct pnic_value *p, struct heard_count *count)
{
	const struct list *list = host->values[HOST_PNICS];
	struct link link;
	struct nic_view view = { .link = &link };
	const struct vswitch *s;

	read_nic(list, p, &link, &view.facts);
	s = switch_of(inside, link.name);
	link.mtu = s ? s->mtu : 0;
	set_listening(&view, s, host);
	report_nic(r, &view);
	/* A NIC without a link hears nothing, whatever was heard before. */
	if (link.carrier)
		add_heard(r, host, list_text(list, p->device), count);
	report_nic_end(r);
}

/* Names of NICs are told once. */
static bool
is_first(const struct list *list, const struct pnic_value *p)
{
	const struct pnic_value *other = list_items(list);
	char name[LINK_NAME_SIZE], before[LINK_NAME_SIZE];

	name_copy_plain(name, sizeof(name), list_text(list, p->device));
	for (; other < p; other++) {
		name_copy_plain(
		    before, sizeof(before), list_text(list, other->device));
		if (strcmp(name, before) == 0)
			return false;
	}
	return name[0] != '\0';
}

/* Gives how many VLANs that they hear are not told. */
static uint32_t
add_nics(
    struct report *r, const struct esxi *host, const struct virtual *inside)
{
	struct heard_count count = { .told = 0 };
	const struct list *list = host->values[HOST_PNICS];
	const struct pnic_value *p = list ? list_items(list) : NULL;

	for (uint32_t i = 0; list && i < list->count && i < NICS_MOST;
	     i++, p++) {
		if (is_first(list, p))
			add_nic(r, host, inside, p, &count);
	}
	return count.lost;
}

uint32_t
compose_report(const struct inventory *inventory, const struct esxi *host,
    const struct report_head *head, struct buffer *out,
    char out_digest[static REPORT_DIGEST_SIZE])
{
	struct virtual inside;
	struct report r;
	struct host told;
	uint32_t lost;

	virtual_init(&inside);
	inside_describe(inventory, host, &inside);
	read_host(host, &told);
	report_begin(&r, out, head, &told);
	lost = add_nics(&r, host, &inside);
	report_links_begin(&r);
	report_links_end(&r);
	report_virtual(&r, &inside);
	report_end(&r, out_digest);
	virtual_done(&inside);
	return lost;
}

/* ---- heartbeats
 * -------------------------------------------------------------------------- */

static void
beat_neighbor(struct report *r, const struct esxi *host,
    const struct hint_value *hint, enum protocol protocol)
{
	const struct hearing *hearing = &host->hearing;
	char nic[LINK_NAME_SIZE];
	struct neighbor said;
	const struct report_heard heard = { .nic = nic,
		.protocol = protocol,
		.last_heard = hearing->polled_at,
		.expires = hearing_expires(hearing, ttl_of(hint, protocol)) };

	name_copy_plain(
	    nic, sizeof(nic), list_text(hearing->hints, hint->device));
	if (hint_neighbor(hearing->hints, hint, protocol, &said))
		report_heartbeat_heard(r, &heard);
}

static void
beat_vlans(struct report *r, const struct esxi *host,
    const struct hint_value *hint, struct heard_count *count)
{
	struct heard_vlans v = read_vlans(host, hint);
	char nic[LINK_NAME_SIZE];
	const struct report_heard_vlans heard = { .nic = nic,
		.vlans = &v.all,
		.last_heard = host->hearing.polled_at,
		.expires = hearing_expires(&host->hearing, 0) };

	name_copy_plain(
	    nic, sizeof(nic), list_text(host->hearing.hints, hint->device));
	limit_vlans(&v.all, count);
	if (vlans_count(&v.all) > 0)
		report_heartbeat_heard_vlans(r, &heard);
}

void
compose_heartbeat(const struct esxi *host, const struct report_head *head,
    const char digest[static REPORT_DIGEST_SIZE], struct buffer *out)
{
	const struct list *hints = host->hearing.hints;
	bool tells = hints && esxi_is_connected(host);
	const struct hint_value *h = hints ? list_items(hints) : NULL;
	struct heard_count count = { .told = 0 };
	struct report r;

	report_heartbeat_begin(&r, out, head, host->id);
	for (uint32_t i = 0; tells && i < hints->count; i++) {
		beat_neighbor(&r, host, &h[i], PROTOCOL_CDP);
		beat_neighbor(&r, host, &h[i], PROTOCOL_LLDP);
	}
	for (uint32_t i = 0; tells && i < hints->count; i++)
		beat_vlans(&r, host, &h[i], &count);
	report_heartbeat_end(&r, digest);
}
