#include "collector/hint.h"

#include <string.h>

#include "collector/ports.h"
#include "report/address.h"

static bool
is_said(const char *type)
{
	return type[0] != '\0' && strcmp(type, "unknown") != 0;
}

/* "0011.2233.4455" to "00:11:22:33:44:55"; false when it is no MAC. */
static bool
read_mac(struct arena *a, const char **id)
{
	uint8_t mac[MAC_SIZE];
	char text[MAC_TEXT_SIZE];
	const char *copy;

	if (!mac_parse(*id, mac))
		return false;
	copy = arena_text(a, mac_format(mac, text));
	if (copy)
		*id = copy;
	return true;
}

static void
read_chassis(struct arena *a, struct model_neighbor *n)
{
	struct address address;

	if (!n->lldp)
		n->chassis_type = "device_id";
	else if (read_mac(a, &n->chassis_id))
		n->chassis_type = "mac";
	else if (address_parse(n->chassis_id, &address))
		n->chassis_type = "network_address";
	else
		n->chassis_type = "local";
}

static void
read_port(struct arena *a, struct model_neighbor *n)
{
	struct port_name name;

	/* e411.2233.4455 could be Ethernet411, too. */
	if (read_mac(a, &n->port_id))
		n->port_type = "mac";
	else if (port_name_read(n->port_id, &name))
		n->port_type = "interface_name";
	else
		n->port_type = "local";
}

void
hint_read(struct arena *a, struct model_neighbor *n)
{
	n->by_vcenter = true;
	if (!is_said(n->chassis_type) && n->chassis_id[0] != '\0')
		read_chassis(a, n);
	if (!is_said(n->port_type) && n->port_id[0] != '\0')
		read_port(a, n);
}
