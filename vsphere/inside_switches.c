/*
 * inside_switches.c - vSwitches of a host, and their uplinks.
 */
#include "vsphere/inside.h"

#include <string.h>

#include "base/text.h"
#include "vsphere/inside_proxy.h"
#include "vsphere/names.h"

enum member_state
inside_state(struct teams teams, const char *name)
{
	const struct teaming_value *t = teams.teaming;

	if (!t || t->ordered != FLAG_YES || name[0] == '\0')
		return MEMBER_UNKNOWN;
	if (names_has(teams.list, t->active, name))
		return MEMBER_ACTIVE;
	if (names_has(teams.list, t->standby, name))
		return MEMBER_STANDBY;
	return MEMBER_UNUSED;
}

static uint32_t
add_vswitch(struct inside *in, struct vswitch *s, const char *name)
{
	name_copy(s->name, sizeof(s->name), name);
	if (s->name[0] == '\0')
		text_copy(s->name, sizeof(s->name), "?");
	return virtual_add_vswitch(in->out, s);
}

void
inside_add_member(
    struct uplink *u, const struct inside_wire *wire, enum member_state state)
{
	struct uplink_member *m;

	if (u->member_count == UPLINK_MEMBERS_MOST) {
		u->members_lost++;
		return;
	}
	m = &u->members[u->member_count++];
	text_copy(m->nic, sizeof(m->nic), wire->nic);
	m->state = state;
	/* What may not be used is so with or without a link. */
	if (!wire->linked && state != MEMBER_UNUSED)
		m->state = MEMBER_DOWN;
}

bool
inside_read_wire(
    const struct list *pnics, const char *key, struct inside_wire *out)
{
	const struct pnic_value *pnic = names_find_pnic(pnics, key);

	if (!pnic)
		return false;
	*out = (struct inside_wire){ .device = list_text(pnics, pnic->device),
		.linked = pnic->linked == FLAG_YES };
	name_copy_plain(out->nic, sizeof(out->nic), out->device);
	return out->nic[0] != '\0';
}

/* One uplink for all NICs of a switch. */
static void
add_standard_uplink(struct inside *in, uint32_t place, const struct list *list,
    const struct switch_value *s)
{
	struct uplink u = { .vswitch = place, .kind = UPLINK_TEAM };
	struct teams teams = { list, &s->teaming };
	struct inside_wire wire;

	text_copy(u.name, sizeof(u.name), "uplinks");
	text_copy(u.mode, sizeof(u.mode), list_text(list, s->teaming.policy));
	for (const char *key = list_text(list, s->pnics); *key;
	     key = list_next(key)) {
		if (!inside_read_wire(in->host->values[HOST_PNICS], key, &wire))
			continue;
		inside_add_member(&u, &wire, inside_state(teams, wire.device));
	}
	if (u.member_count == 1 && u.mode[0] == '\0')
		u.kind = UPLINK_NIC;
	if (u.member_count > 0)
		(void)virtual_add_uplink(in->out, &u);
}

static void
add_standard(struct inside *in)
{
	const struct list *list = in->host->values[HOST_SWITCHES];
	const struct switch_value *s = list ? list_items(list) : NULL;

	for (uint32_t i = 0; list && i < list->count; i++, s++) {
		struct vswitch v = { .kind = VSWITCH_STANDARD, .mtu = s->mtu };
		uint32_t place;

		text_copy(v.discovery, sizeof(v.discovery),
		    list_text(list, s->protocol));
		text_copy(v.operation, sizeof(v.operation),
		    list_text(list, s->operation));
		place = add_vswitch(in, &v, list_text(list, s->name));
		if (place == VIRTUAL_NONE)
			return;
		add_standard_uplink(in, place, list, s);
	}
}

static void
add_distributed(struct inside *in)
{
	const struct list *list = in->host->values[HOST_PROXIES];
	const struct proxy_value *p = list ? list_items(list) : NULL;

	in->first_proxy = in->out->vswitches.count;
	for (uint32_t i = 0; list && i < list->count; i++, p++) {
		struct inside_proxy proxy;
		struct vswitch v = { .kind = VSWITCH_DISTRIBUTED,
			.mtu = p->mtu };
		uint32_t place;

		inside_open_proxy(in, p, &proxy);
		name_copy_uuid(
		    v.uuid, sizeof(v.uuid), list_text(list, p->uuid));
		if (proxy.config) {
			text_copy(v.discovery, sizeof(v.discovery),
			    list_text(
				proxy.config_list, proxy.config->protocol));
			text_copy(v.operation, sizeof(v.operation),
			    list_text(
				proxy.config_list, proxy.config->operation));
		}
		place = add_vswitch(in, &v, inside_proxy_name(&proxy));
		if (place == VIRTUAL_NONE)
			return;
		inside_add_proxy_uplinks(in, place, &proxy);
	}
}

static void
add_opaque_uplink(struct inside *in, uint32_t place, const struct list *list,
    const struct opaque_switch_value *s)
{
	struct uplink u = { .vswitch = place, .kind = UPLINK_TEAM };
	struct inside_wire wire;

	text_copy(u.name, sizeof(u.name), "uplinks");
	for (const char *key = list_text(list, s->pnics); *key;
	     key = list_next(key)) {
		if (inside_read_wire(in->host->values[HOST_PNICS], key, &wire))
			inside_add_member(&u, &wire, MEMBER_UNKNOWN);
	}
	if (u.member_count == 1)
		u.kind = UPLINK_NIC;
	if (u.member_count > 0)
		(void)virtual_add_uplink(in->out, &u);
}

static void
add_opaque(struct inside *in)
{
	const struct list *list = in->host->values[HOST_OPAQUE_SWITCHES];
	const struct opaque_switch_value *s = list ? list_items(list) : NULL;

	in->first_opaque = in->out->vswitches.count;
	for (uint32_t i = 0; list && i < list->count; i++, s++) {
		struct vswitch v = { .kind = VSWITCH_OPAQUE };
		uint32_t place = add_vswitch(
		    in, &v, list_text(list, s->name.at ? s->name : s->key));

		if (place == VIRTUAL_NONE)
			return;
		add_opaque_uplink(in, place, list, s);
	}
}

void
inside_add_switches(struct inside *in)
{
	add_standard(in);
	add_distributed(in);
	add_opaque(in);
}

void
inside_nic_of_pci(
    const struct inside *in, const char *pci, char out[static LINK_NAME_SIZE])
{
	const struct list *list = in->host->values[HOST_PNICS];
	const struct pnic_value *pnic = list ? list_items(list) : NULL;

	out[0] = '\0';
	for (uint32_t i = 0; list && i < list->count; i++, pnic++) {
		if (strcmp(list_text(list, pnic->pci), pci) == 0) {
			name_copy_plain(
			    out, LINK_NAME_SIZE, list_text(list, pnic->device));
			return;
		}
	}
}

void
inside_describe(const struct inventory *inventory, const struct esxi *host,
    struct virtual *out)
{
	struct inside in = { .inventory = inventory,
		.host = host,
		.out = out,
		.alive = esxi_is_connected(host) };

	inside_add_switches(&in);
	inside_add_groups(&in);
	inside_add_workloads(&in);
}
