/* The half of domain.h that only the agent needs: its program reads JSON. */
#include <stdlib.h>
#include <string.h>

#include "agent/domain.h"
#include "base/text.h"
#include "report/address.h"

/* It was cleaned where it came from; whoever speaks for it may not have. */
static void
take_text(
    const struct json_value *v, const char *name, char *out, size_t capacity)
{
	const char *text = json_get_string(v, name);
	bool cut;

	out[0] = '\0';
	if (text)
		out[text_clean(out, capacity - 1, text, strlen(text), &cut)] =
		    '\0';
}

static enum workload_state
state_of(const char *word)
{
	static const struct {
		const char *word;
		enum workload_state state;
	} states[] = { { "running", STATE_RUNNING }, { "paused", STATE_PAUSED },
		{ "suspended", STATE_SUSPENDED }, { "off", STATE_OFF } };

	for (size_t i = 0; word && i < sizeof(states) / sizeof(states[0]);
	     i++) {
		if (strcmp(states[i].word, word) == 0)
			return states[i].state;
	}
	return STATE_UNKNOWN;
}

static void
read_vlans(const struct json_value *v, struct domain_nic *out)
{
	int64_t vlan = json_get_number(v, "vlan", 0);
	const char *trunks = json_get_string(v, "trunks");
	bool has_vlan = vlan >= VLAN_LEAST && vlan <= VLAN_MOST;
	struct vlan_policy *p = &out->vlans;

	out->has_vlans = has_vlan || trunks;
	if (has_vlan)
		p->vlan = (uint16_t)vlan;
	if (trunks)
		vlans_read(&p->trunks, trunks);
	p->mode = VLAN_ACCESS;
	if (trunks)
		p->mode = has_vlan ? VLAN_NATIVE : VLAN_TRUNK;
}

static void
read_nic(const struct json_value *v, struct domain_nic *out)
{
	const char *mac = json_get_string(v, "mac");
	int64_t vf = json_get_number(v, "vf", -1);

	*out = (struct domain_nic){ .kind = domain_nic_kind_of(
					json_get_string(v, "type")),
		.open_vswitch = json_get_boolean(v, "open_vswitch", false),
		.link_down = json_get_boolean(v, "link_down", false) };
	out->has_mac = mac && mac_parse(mac, out->mac);
	out->has_vf = vf >= 0 && vf <= UINT16_MAX;
	out->vf = out->has_vf ? (uint16_t)vf : 0;
	take_text(v, "target", out->target, sizeof(out->target));
	take_text(v, "source", out->source, sizeof(out->source));
	take_text(v, "mode", out->mode, sizeof(out->mode));
	take_text(v, "network", out->network, sizeof(out->network));
	take_text(v, "port_group", out->port_group, sizeof(out->port_group));
	take_text(
	    v, "interface_id", out->interface_id, sizeof(out->interface_id));
	take_text(v, "path", out->path, sizeof(out->path));
	take_text(v, "pci", out->pci, sizeof(out->pci));
	take_text(v, "nic", out->nic, sizeof(out->nic));
	read_vlans(v, out);
}

enum status
domain_read(const struct json_value *v, struct domain *out)
{
	const struct json_value *nics = json_get(v, "nics");
	int64_t lost = json_get_number(v, "nics_lost", 0);
	size_t count = json_count(nics);
	struct domain d = { .state = state_of(json_get_string(v, "state")) };

	take_text(v, "uuid", d.uuid, sizeof(d.uuid));
	take_text(v, "name", d.name, sizeof(d.name));
	if (d.uuid[0] == '\0' || !json_is_array(nics) ||
	    count > DOMAIN_NICS_MOST || lost < 0 || lost > UINT16_MAX)
		return STATUS_MALFORMED;
	d.nics_lost = (uint16_t)lost;
	if (count > 0)
		d.nics = calloc(count, sizeof(*d.nics));
	if (count > 0 && !d.nics)
		return STATUS_NO_MEMORY;
	for (nics = json_first(nics); nics; nics = json_next(nics))
		read_nic(nics, &d.nics[d.nic_count++]);
	*out = d;
	return STATUS_OK;
}
