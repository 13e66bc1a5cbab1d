#include "agent/domain.h"

#include <stdlib.h>
#include <string.h>

#include "report/address.h"

/* OTHER has no word of its own. */
static const char *const kinds[] = { [DOMAIN_NIC_OTHER] = "other",
	[DOMAIN_NIC_BRIDGE] = "bridge",
	[DOMAIN_NIC_NETWORK] = "network",
	[DOMAIN_NIC_DIRECT] = "direct",
	[DOMAIN_NIC_HOSTDEV] = "hostdev",
	[DOMAIN_NIC_VHOSTUSER] = "vhostuser",
	[DOMAIN_NIC_VDPA] = "vdpa",
	[DOMAIN_NIC_ETHERNET] = "ethernet",
	[DOMAIN_NIC_INTERNAL] = "internal",
	[DOMAIN_NIC_USER] = "user" };

void
domain_done(struct domain *domain)
{
	free(domain->nics);
	*domain = (struct domain){ .nics = NULL };
}

const char *
domain_nic_kind_name(enum domain_nic_kind kind)
{
	return kinds[kind];
}

enum domain_nic_kind
domain_nic_kind_of(const char *word)
{
	for (size_t i = 0; word && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i], word) == 0)
			return (enum domain_nic_kind)i;
	}
	return DOMAIN_NIC_OTHER;
}

static void
add_known(struct json *j, const char *name, const char *text)
{
	if (text[0] != '\0')
		json_add_string(j, name, text);
}

static void
write_vlans(struct json *j, const struct vlan_policy *p)
{
	char text[VLANS_TEXT_SIZE];

	if (p->vlan > 0)
		json_add_number(j, "vlan", p->vlan);
	if (p->mode != VLAN_ACCESS)
		json_add_string(j, "trunks", vlans_format(&p->trunks, text));
}

static void
write_nic(struct json *j, const struct domain_nic *n)
{
	char mac[MAC_TEXT_SIZE];

	json_object_begin(j);
	json_add_string(j, "type", kinds[n->kind]);
	if (n->has_mac)
		json_add_string(j, "mac", mac_format(n->mac, mac));
	add_known(j, "target", n->target);
	add_known(j, "source", n->source);
	add_known(j, "mode", n->mode);
	add_known(j, "network", n->network);
	add_known(j, "port_group", n->port_group);
	add_known(j, "interface_id", n->interface_id);
	add_known(j, "path", n->path);
	add_known(j, "pci", n->pci);
	add_known(j, "nic", n->nic);
	if (n->has_vf)
		json_add_number(j, "vf", n->vf);
	if (n->open_vswitch)
		json_add_boolean(j, "open_vswitch", true);
	if (n->link_down)
		json_add_boolean(j, "link_down", true);
	if (n->has_vlans)
		write_vlans(j, &n->vlans);
	json_object_end(j);
}

void
domain_write(struct json *j, const struct domain *domain)
{
	static const char *const states[] = { [STATE_UNKNOWN] = "unknown",
		[STATE_RUNNING] = "running",
		[STATE_PAUSED] = "paused",
		[STATE_SUSPENDED] = "suspended",
		[STATE_OFF] = "off" };

	json_object_begin(j);
	json_add_string(j, "uuid", domain->uuid);
	json_add_string(j, "name", domain->name);
	json_add_string(j, "state", states[domain->state]);
	if (domain->nics_lost > 0)
		json_add_number(j, "nics_lost", domain->nics_lost);
	json_name(j, "nics");
	json_array_begin(j);
	for (unsigned i = 0; i < domain->nic_count; i++)
		write_nic(j, &domain->nics[i]);
	json_array_end(j);
	json_object_end(j);
}
