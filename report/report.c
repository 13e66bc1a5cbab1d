#include "report/report.h"

#include <stdio.h>
#include <string.h>

#include "report/address.h"
#include "report/base64.h"
#include "report/neighbor_json.h"
#include "report/virtual_json.h"

/* FNV-1a, 64 bits: tells whether two documents say the same, no more. */
static uint64_t
hash(uint64_t digest, const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		digest = (digest ^ (uint8_t)text[i]) * 0x100000001b3u;
	return digest;
}

/* Takes what was written since the last call into the digest, or leaves it
 * out: that is what makes a member volatile. */
static void
count_in(struct report *r)
{
	const struct buffer *out = r->json.out;

	r->digest = hash(
	    r->digest, &buffer_string(out)[r->hashed], out->size - r->hashed);
	r->hashed = out->size;
}

static void
leave_out(struct report *r)
{
	r->hashed = r->json.out->size;
}

static void
add_known(struct json *j, const char *name, const char *text)
{
	if (text && text[0] != '\0')
		json_add_string(j, name, text);
}

static void
add_mac(struct json *j, const char *name, bool known, const uint8_t *mac)
{
	char text[MAC_TEXT_SIZE];

	if (known)
		json_add_string(j, name, mac_format(mac, text));
}

static void
add_volatile(struct report *r, const char *name, uint64_t number)
{
	count_in(r);
	json_add_number(&r->json, name, (int64_t)number);
	leave_out(r);
}

static void
begin(struct report *r, struct buffer *out)
{
	*r = (struct report){ .json = json_over(out),
		.digest = 0xcbf29ce484222325u };
}

static void
add_head(struct report *r, const struct report_head *head)
{
	struct json *j = &r->json;

	json_object_begin(j);
	json_add_number(j, "version", REPORT_VERSION);
	json_add_number(j, "number", head->number);
	json_add_number(j, "sent_at", head->sent_at);
}

static void
add_agent(struct json *j, const struct report_head *head)
{
	static const enum protocol sources[] = { PROTOCOL_LLDP, PROTOCOL_CDP,
		PROTOCOL_EDP, PROTOCOL_FDP, PROTOCOL_SONMP };

	json_name(j, "agent");
	json_object_begin(j);
	json_add_string(j, "version", head->agent_version);
	add_known(j, "program", head->program);
	add_known(j, "via", head->via);
	json_add_number(j, "started_at", head->started_at);
	json_name(j, "sources");
	json_array_begin(j);
	for (const char *const *s = head->sources; s && *s; s++)
		json_string(j, *s);
	for (size_t i = 0;
	     !head->sources && i < sizeof(sources) / sizeof(sources[0]); i++)
		json_string(j, protocol_name(sources[i]));
	json_array_end(j);
	json_object_end(j);
}

static void
add_texts(struct json *j, const char *name, const char *const *texts, size_t n)
{
	if (n == 0)
		return;
	json_name(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < n; i++)
		json_string(j, texts[i]);
	json_array_end(j);
}

static void
add_host(
    struct json *j, const struct report_head *head, const struct host *host)
{
	char text[ADDRESS_TEXT_SIZE];
	size_t missed = 0;

	json_name(j, "host");
	json_object_begin(j);
	json_add_string(j, "id", host->id);
	add_known(j, "name", host->name);
	add_known(j, "platform", host->platform);
	add_known(j, "connection", host->connection);
	add_known(j, "kernel", host->kernel);
	add_known(j, "os", host->os);
	add_known(j, "vendor", host->vendor);
	add_known(j, "model", host->model);
	add_known(j, "serial", host->serial);
	add_known(j, "chassis", host->chassis);
	add_known(j, "slot", host->slot);
	json_name(j, "addresses");
	json_array_begin(j);
	for (unsigned i = 0; i < host->address_count; i++)
		json_string(j, address_format(&host->addresses[i], text));
	json_array_end(j);
	if (host->addresses_lost > 0)
		json_add_number(j, "addresses_lost", host->addresses_lost);
	while (head->unanswered[missed])
		missed++;
	add_texts(j, "unanswered", head->unanswered, missed);
	json_object_end(j);
}

void
report_begin(struct report *r, struct buffer *out,
    const struct report_head *head, const struct host *host)
{
	begin(r, out);
	add_head(r, head);
	add_agent(&r->json, head);
	leave_out(r);
	add_host(&r->json, head, host);
	json_name(&r->json, "nics");
	json_array_begin(&r->json);
}

static void
add_alternatives(struct json *j, const struct link *l)
{
	const char *name = l->alternatives;

	json_name(j, "alternative_names");
	json_array_begin(j);
	for (unsigned i = 0; i < l->alternative_count; i++) {
		json_string(j, name);
		name += strlen(name) + 1;
	}
	json_array_end(j);
}

static void
add_lacp(struct json *j, const struct link *l)
{
	if (!l->has_lacp)
		return;
	json_name(j, "lacp");
	json_object_begin(j);
	json_add_number(j, "aggregator", l->aggregator);
	json_add_number(j, "actor", l->lacp_actor);
	json_add_number(j, "partner", l->lacp_partner);
	json_object_end(j);
}

static void
add_nic_link(struct json *j, const struct nic_view *nic)
{
	const struct link *l = nic->link;

	json_add_string(j, "name", l->name);
	if (l->index > 0)
		json_add_number(j, "ifindex", l->index);
	add_mac(j, "mac", l->has_mac, l->mac);
	add_mac(j, "permanent_mac", l->has_permanent_mac, l->permanent_mac);
	add_alternatives(j, l);
	add_known(j, "kind", l->kind);
	json_add_boolean(j, "up", l->up);
	json_add_boolean(j, "carrier", l->carrier);
	if (l->mtu > 0)
		json_add_number(j, "mtu", l->mtu);
	add_known(j, "master", nic->master);
	if (l->bond_leg != BOND_LEG_UNKNOWN)
		json_add_string(j, "bond_state",
		    l->bond_leg == BOND_LEG_ACTIVE ? "active" : "backup");
	add_lacp(j, l);
}

static void
add_vfs(struct json *j, const struct nic_view *nic)
{
	static const char *const links[] = { [VF_LINK_AUTO] = "auto",
		[VF_LINK_UP] = "up",
		[VF_LINK_DOWN] = "down" };

	if (!nic->vfs)
		return;
	json_name(j, "vfs");
	json_array_begin(j);
	for (const struct vf *vf = nic->vfs; vf < nic->vfs + nic->vf_count;
	     vf++) {
		json_object_begin(j);
		json_add_number(j, "index", vf->index);
		add_mac(j, "mac", vf->has_mac, vf->mac);
		if (vf->vlan > 0)
			json_add_number(j, "vlan", vf->vlan);
		if (vf->has_trust)
			json_add_boolean(j, "trust", vf->trust);
		if (vf->has_spoof_check)
			json_add_boolean(j, "spoof_check", vf->spoof_check);
		add_known(j, "link", links[vf->link]);
		json_object_end(j);
	}
	json_array_end(j);
}

static void
add_nic_facts(struct json *j, const struct nic_view *nic)
{
	const struct nic_facts *f = &nic->facts;
	bool named_by_driver = f->bus[0] != '\0';

	if (f->speed_mbps > 0)
		json_add_number(j, "speed_mbps", f->speed_mbps);
	if (f->has_duplex)
		json_add_string(
		    j, "duplex", f->duplex == DUPLEX_FULL ? "full" : "half");
	add_known(j, "driver", f->driver);
	add_known(j, "bus", named_by_driver ? f->bus : nic->link->bus);
	add_known(j, "firmware", f->firmware);
	if (f->firmware_flag[0] != '\0')
		json_add_boolean(j, "firmware_lldp", f->firmware_lldp);
	add_known(j, "firmware_flag", f->firmware_flag);
	add_known(j, "port_name", nic->port_name);
	add_known(j, "slot", nic->slot);
	add_vfs(j, nic);
	if (nic->carrier_changed_at > 0)
		json_add_number(
		    j, "carrier_changed_at", nic->carrier_changed_at);
	if (nic->removed_at > 0)
		json_add_number(j, "removed_at", nic->removed_at);
	json_add_boolean(j, "listening", nic->listening);
	if (!nic->listening)
		add_known(j, "listening_reason", nic->reason);
}

void
report_nic(struct report *r, const struct nic_view *nic)
{
	struct json *j = &r->json;

	json_object_begin(j);
	add_nic_link(j, nic);
	add_nic_facts(j, nic);
	add_volatile(r, "frames_heard", nic->counts.heard);
	add_volatile(r, "frames_dropped", nic->counts.dropped);
	add_volatile(r, "frames_malformed", nic->counts.malformed);
	if (nic->counts.too_large > 0)
		add_volatile(r, "frames_too_large", nic->counts.too_large);
	if (nic->counts.lost_neighbors > 0)
		add_volatile(r, "neighbors_lost", nic->counts.lost_neighbors);
	json_name(j, "neighbors");
	json_array_begin(j);
}

static void
add_frame(struct json *j, const struct report_neighbor *n)
{
	if (n->frame_size == 0)
		return;
	/* Base64 needs no escape. */
	json_name(j, "frame");
	buffer_char(j->out, '"');
	base64_append(j->out, n->frame, n->frame_size);
	buffer_char(j->out, '"');
	j->comma = true;
}

void
report_neighbor(struct report *r, const struct report_neighbor *n)
{
	struct json *j = &r->json;

	json_object_begin(j);
	neighbor_json_members(j, n->said);
	add_known(j, "source", n->source);
	json_add_number(j, "first_heard", n->first_heard);
	add_volatile(r, "last_heard", (uint64_t)n->last_heard);
	add_volatile(r, "expires", (uint64_t)n->expires);
	add_volatile(r, "frames", n->frames);
	if (n->own)
		json_add_boolean(j, "own", true);
	if (n->ended) {
		json_name(j, "ended");
		json_object_begin(j);
		json_add_string(j, "reason", n->ended);
		json_add_number(j, "at", n->ended_at);
		json_object_end(j);
	}
	add_frame(j, n);
	json_object_end(j);
}

static void
add_vlan_listening(struct report *r, const struct report_vlan_listening *how)
{
	struct json *j = &r->json;

	json_name(j, "vlan_listening");
	json_object_begin(j);
	json_add_number(j, "period_s", how->period_s);
	json_add_number(j, "window_s", how->window_s);
	json_add_number(j, "since", how->since);
	json_add_boolean(j, "filtered", how->filtered);
	add_volatile(r, "frames_dropped", how->frames_dropped);
	add_volatile(r, "frames_lost", how->frames_lost);
	json_object_end(j);
}

void
report_nic_heard_vlans_begin(
    struct report *r, const struct report_vlan_listening *how)
{
	struct json *j = &r->json;

	json_array_end(j);
	if (how->window_s > 0)
		add_vlan_listening(r, how);
	json_name(j, "heard_vlans");
	json_array_begin(j);
}

void
report_nic_heard_vlan(struct report *r, const struct report_heard_vlan *vlan)
{
	struct json *j = &r->json;

	json_object_begin(j);
	json_add_number(j, "id", vlan->id);
	add_texts(j, "addresses", vlan->addresses, vlan->address_count);
	add_texts(j, "subnets", vlan->subnets, vlan->subnet_count);
	json_add_number(j, "first_heard", vlan->first_heard);
	add_volatile(r, "last_heard", (uint64_t)vlan->last_heard);
	add_volatile(r, "expires", (uint64_t)vlan->expires);
	add_volatile(r, "frames", vlan->frames);
	json_object_end(j);
}

void
report_nic_end(struct report *r)
{
	json_array_end(&r->json);
	json_object_end(&r->json);
}

void
report_links_begin(struct report *r)
{
	json_array_end(&r->json);
	json_name(&r->json, "links");
	json_array_begin(&r->json);
}

void
report_link(struct report *r, const struct link *link,
    const struct report_link_names *names)
{
	struct json *j = &r->json;

	json_object_begin(j);
	json_add_string(j, "name", link->name);
	json_add_number(j, "ifindex", link->index);
	add_known(j, "kind", link->kind);
	add_mac(j, "mac", link->has_mac, link->mac);
	json_add_boolean(j, "up", link->up);
	json_add_boolean(j, "carrier", link->carrier);
	if (link->mtu > 0)
		json_add_number(j, "mtu", link->mtu);
	add_known(j, "master", names->master);
	add_known(j, "lower", names->lower);
	if (link->vlan > 0)
		json_add_number(j, "vlan", link->vlan);
	add_known(j, "bond_mode", names->bond_mode);
	add_known(j, "bond_active", names->active);
	json_object_end(j);
}

void
report_links_end(struct report *r)
{
	json_array_end(&r->json);
	count_in(r);
}

void
report_virtual(struct report *r, struct virtual *v)
{
	virtual_json_members(&r->json, v);
	count_in(r);
}

static void
write_digest(uint64_t digest, char out[static REPORT_DIGEST_SIZE])
{
	snprintf(
	    out, REPORT_DIGEST_SIZE, "%016llx", (unsigned long long)digest);
}

void
report_end(struct report *r, char out_digest[static REPORT_DIGEST_SIZE])
{
	write_digest(r->digest, out_digest);
	json_add_string(&r->json, "digest", out_digest);
	json_object_end(&r->json);
}

void
report_heartbeat_begin(struct report *r, struct buffer *out,
    const struct report_head *head, const char *host_id)
{
	struct json *j = &r->json;

	begin(r, out);
	add_head(r, head);
	json_add_boolean(j, "heartbeat", true);
	json_name(j, "host");
	json_object_begin(j);
	json_add_string(j, "id", host_id);
	json_object_end(j);
	json_name(j, "heard");
	json_array_begin(j);
}

void
report_heartbeat_heard(struct report *r, const struct report_heard *heard)
{
	struct json *j = &r->json;

	json_object_begin(j);
	json_add_string(j, "nic", heard->nic);
	json_add_string(j, "protocol", protocol_name(heard->protocol));
	add_mac(j, "source_mac", heard->source_mac, heard->source_mac);
	json_add_number(j, "last_heard", heard->last_heard);
	json_add_number(j, "expires", heard->expires);
	json_object_end(j);
}

void
report_heartbeat_heard_vlans(
    struct report *r, const struct report_heard_vlans *heard)
{
	struct json *j = &r->json;
	char text[VLANS_TEXT_SIZE];

	if (!r->in_heard_vlans) {
		json_array_end(j);
		json_name(j, "heard_vlans");
		json_array_begin(j);
		r->in_heard_vlans = true;
	}
	json_object_begin(j);
	json_add_string(j, "nic", heard->nic);
	json_add_string(j, "vlans", vlans_format(heard->vlans, text));
	json_add_number(j, "last_heard", heard->last_heard);
	json_add_number(j, "expires", heard->expires);
	json_object_end(j);
}

void
report_heartbeat_end(
    struct report *r, const char digest[static REPORT_DIGEST_SIZE])
{
	json_array_end(&r->json);
	json_add_string(&r->json, "digest", digest);
	json_object_end(&r->json);
}
