/* The part of inside.h that knows who hangs on a port. */
#include <stdio.h>
#include <string.h>

#include "agent/inside.h"
#include "base/text.h"

/* Who it is, and what is known of its NIC. */
struct finding {
	struct workload who;
	bool found;
	bool has_mac;
	uint8_t mac[MAC_SIZE];
	const struct domain_nic *told; /* by libvirt; NULL: not */
};

static void
set_mac(struct finding *f, bool known, const uint8_t mac[static MAC_SIZE])
{
	if (!known || f->has_mac)
		return;
	f->has_mac = true;
	memcpy(f->mac, mac, MAC_SIZE);
}

static void
found_machine(struct finding *f, const struct machine *machine)
{
	struct workload *w = &f->who;

	f->found = true;
	w->kind = WORKLOAD_VM;
	w->source = SOURCE_PROC;
	text_copy(w->name, sizeof(w->name), machine->name);
	text_copy(w->uuid, sizeof(w->uuid), machine->uuid);
	if (w->uuid[0])
		text_copy(w->id, sizeof(w->id), w->uuid);
	else if (w->name[0])
		snprintf(w->id, sizeof(w->id), "vm:%.80s", w->name);
	else
		snprintf(w->id, sizeof(w->id), "pid:%d", machine->pid);
}

static bool
is_tap(const struct link *link)
{
	return strcmp(link->kind, "tun") == 0 ||
	       strcmp(link->kind, "macvtap") == 0;
}

static void
found_domain(struct finding *f, const struct domain *domain)
{
	f->found = true;
	f->who = inside_workload_of(domain);
}

/* What libvirt calls it, else what it wrote at the port. */
static void
ask_libvirt(
    const struct inside *in, const struct inside_port *port, struct finding *f)
{
	const struct domains_index *all = &in->machines;
	const struct domains_nic *nic = domains_index_target(all, port->name);

	if (!nic && port->interface)
		nic = domains_index_interface(all, port->interface->iface_id);
	if (!nic && port->interface && port->interface->has_attached_mac)
		nic = domains_index_mac(all, port->interface->attached_mac);
	if (!nic && port->function)
		nic = domains_index_function(all, port->function);
	if (!nic)
		return;
	domains_index_place(all, nic);
	found_domain(f, nic->domain);
	f->told = nic->nic;
	set_mac(f, nic->nic->has_mac, nic->nic->mac);
}

/* Has the machine another device for the NIC of that address? */
static bool
has_other_device(const struct domain *domain, const struct finding *f)
{
	for (unsigned i = 0; f->has_mac && i < domain->nic_count; i++) {
		const struct domain_nic *n = &domain->nics[i];

		if (n->has_mac && memcmp(n->mac, f->mac, MAC_SIZE) == 0)
			return n->target[0] != '\0';
	}
	return false;
}

/* Whoever found the machine: libvirt knows its name and state better, and that
 * a tap whose address looks like its own is not. */
static void
ask_libvirt_for_name(const struct inside *in, struct finding *f)
{
	const struct domain *domain;

	if (!in->machines.domains || f->told || f->who.uuid[0] == '\0')
		return;
	domain = domains_find(in->machines.domains, f->who.uuid);
	if (domain && f->who.source == SOURCE_PROC &&
	    has_other_device(domain, f))
		*f = (struct finding){ .found = false };
	else if (domain)
		found_domain(f, domain);
}

/* Whose process has the tap open. */
static void
ask_processes(
    const struct inside *in, const struct inside_port *port, struct finding *f)
{
	const struct machine_nic *nic;
	const struct machine *machine;

	if (f->found || !port->link || !is_tap(port->link))
		return;
	machine = processes_machine_of_tap(in->processes, port->link, &nic);
	if (!machine)
		return;
	found_machine(f, machine);
	if (nic)
		set_mac(f, nic->has_mac, nic->mac);
}

/* What libvirt or Nova wrote at the port. */
static void
ask_ovs(
    const struct inside *in, const struct inside_port *port, struct finding *f)
{
	const struct ovs_interface *i = port->interface;
	const struct machine *machine;

	if (!i)
		return;
	set_mac(f, i->has_attached_mac, i->attached_mac);
	if (f->found || i->vm_uuid[0] == '\0')
		return;
	machine = processes_machine_of_uuid(in->processes, i->vm_uuid);
	if (machine) {
		found_machine(f, machine);
		return;
	}
	f->found = true;
	f->who.kind = WORKLOAD_VM;
	f->who.source = SOURCE_OVS;
	text_copy(f->who.uuid, sizeof(f->who.uuid), i->vm_uuid);
	text_copy(f->who.id, sizeof(f->who.id), i->vm_uuid);
}

static void
ask_namespaces(
    const struct inside *in, const struct inside_port *port, struct finding *f)
{
	const struct link *l = port->link;
	const struct namespace *n;

	if (f->found || !l || !l->lower_elsewhere ||
	    strcmp(l->kind, "veth") != 0)
		return;
	f->found = true;
	n = processes_namespace(in->processes, l->lower_namespace);
	if (n) {
		f->who = n->who;
		return;
	}
	f->who.kind = WORKLOAD_NAMESPACE;
	f->who.source = SOURCE_KERNEL;
	snprintf(f->who.id, sizeof(f->who.id), "nsid:%d", l->lower_namespace);
}

static void
ask_devices(
    const struct inside *in, const struct inside_port *port, struct finding *f)
{
	const struct machine *machine = NULL;

	if (!port->vf)
		return;
	set_mac(f, port->vf->has_mac, port->vf->mac);
	if (!f->found && port->function[0] != '\0')
		machine =
		    processes_machine_of_device(in->processes, port->function);
	if (machine)
		found_machine(f, machine);
}

/* What hangs there has spoken; or it has the macvtap's own MAC. */
static void
ask_links(
    const struct inside *in, const struct inside_port *port, struct finding *f)
{
	const struct fdb_port *learned;

	if (!port->link)
		return;
	if (link_is_macvlan(port->link))
		set_mac(f, port->link->has_mac, port->link->mac);
	learned = fdb_find(in->fdb, port->link->index);
	if (learned)
		set_mac(f, learned->has_mac, learned->mac);
}

static bool
is_vhostuser(const struct ovs_interface *i)
{
	return i && strncmp(i->type, "dpdkvhostuser", 13) == 0;
}

/* Somebody is there, and that is all that is known. */
static void
take_unknown(const struct inside_port *port, struct finding *f)
{
	const struct link *l = port->link;
	const struct ovs_interface *i = port->interface;
	bool is_vhost = is_vhostuser(i);
	bool moved = i && !l && strcmp(i->type, "internal") == 0;

	if (f->found || !((l && is_tap(l)) || is_vhost || moved))
		return;
	f->found = true;
	f->who.kind = moved ? WORKLOAD_NAMESPACE : WORKLOAD_VM;
	f->who.source = i ? SOURCE_OVS : SOURCE_KERNEL;
	snprintf(f->who.id, sizeof(f->who.id), "port:%.80s", port->name);
}

/* The link of a VF that nobody has set is that of its NIC. */
static bool
is_vf_connected(const struct inside_port *port)
{
	if (port->vf->link == VF_LINK_UP || port->vf->link == VF_LINK_DOWN)
		return port->vf->link == VF_LINK_UP;
	return port->lower->carrier;
}

static bool
is_connected(const struct inside_port *port)
{
	if (port->vf)
		return is_vf_connected(port);
	if (port->link)
		return port->link->carrier;
	return port->interface && port->interface->link == OVS_YES;
}

/* A bridge and a VLAN of one are the host's own, and no NIC. */
static const char *
type_of(const struct inside_port *port)
{
	const char *kind = port->link ? port->link->kind : "";

	if (port->vf)
		return "vf";
	if (is_vhostuser(port->interface))
		return "vhostuser";
	if (port->interface && strcmp(port->interface->type, "internal") == 0)
		return "internal";
	if (strcmp(kind, "tun") == 0)
		return "tap";
	return strcmp(kind, "bridge") == 0 || strcmp(kind, "vlan") == 0 ? ""
									: kind;
}

static void
describe_nic(const struct inside_port *port, struct vnic *out)
{
	text_copy(out->name, sizeof(out->name), port->name);
	text_copy(out->type, sizeof(out->type), type_of(port));
	if (port->link)
		text_copy(out->mode, sizeof(out->mode),
		    link_macvlan_mode_name(port->link));
	if (port->lower)
		text_copy(out->nic, sizeof(out->nic), port->lower->name);
	out->has_vf = port->vf != NULL;
	out->vf = port->vf ? port->vf->index : 0;
}

static void
add(struct virtual *v, const struct inside_port *port, uint32_t group,
    const struct finding *f)
{
	struct vnic n = { .vswitch = port->vswitch,
		.port_group = group,
		.has_mac = f->has_mac,
		.has_connected = true,
		.connected = is_connected(port) };

	n.workload = virtual_add_workload(v, &f->who);
	if (n.workload == VIRTUAL_NONE)
		return;
	describe_nic(port, &n);
	memcpy(n.mac, f->mac, MAC_SIZE);
	if (f->told)
		inside_fill_vnic(f->told, &n);
	(void)virtual_add_vnic(v, &n);
}

static uint32_t
port_group(
    struct virtual *v, const struct inside_port *port, const struct finding *f)
{
	if (port->untold)
		return VIRTUAL_NONE;
	return inside_port_group(v, port->vswitch, &port->policy, f->told);
}

void
inside_add_port(
    const struct inside *in, struct virtual *v, const struct inside_port *port)
{
	struct finding f = { .found = false };
	uint32_t group;

	ask_libvirt(in, port, &f);
	ask_processes(in, port, &f);
	ask_ovs(in, port, &f);
	ask_namespaces(in, port, &f);
	ask_devices(in, port, &f);
	ask_libvirt_for_name(in, &f);
	ask_links(in, port, &f);
	take_unknown(port, &f);
	group = port_group(v, port, &f);
	if (f.found)
		add(v, port, group, &f);
}

void
inside_add_kernel_port(
    const struct inside *in, struct virtual *v, const struct inside_port *port)
{
	struct finding f = { .found = true };

	(void)in;
	f.who.kind = WORKLOAD_KERNEL_PORT;
	f.who.source = SOURCE_KERNEL;
	f.who.state = port->link->up ? STATE_RUNNING : STATE_UNKNOWN;
	snprintf(f.who.id, sizeof(f.who.id), "kernel:%.80s", port->name);
	text_copy(f.who.name, sizeof(f.who.name), port->name);
	set_mac(&f, port->link->has_mac, port->link->mac);
	add(v, port, port_group(v, port, &f), &f);
}
