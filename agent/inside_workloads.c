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

/* Whose process has the tap open. */
static void
ask_processes(
    const struct inside *in, const struct inside_port *port, struct finding *f)
{
	const struct machine_nic *nic;
	const struct machine *machine;

	if (!port->link || strcmp(port->link->kind, "tun") != 0)
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

/* Somebody is there, and that is all that is known. */
static void
take_unknown(const struct inside_port *port, struct finding *f)
{
	const struct link *l = port->link;
	const struct ovs_interface *i = port->interface;
	bool is_tap = l && strcmp(l->kind, "tun") == 0;
	bool is_vhost = i && strncmp(i->type, "dpdkvhostuser", 13) == 0;
	bool moved = i && !l && strcmp(i->type, "internal") == 0;

	if (f->found || (!is_tap && !is_vhost && !moved))
		return;
	f->found = true;
	f->who.kind = moved ? WORKLOAD_NAMESPACE : WORKLOAD_VM;
	f->who.source = i ? SOURCE_OVS : SOURCE_KERNEL;
	snprintf(f->who.id, sizeof(f->who.id), "port:%.80s", port->name);
}

static bool
is_connected(const struct inside_port *port)
{
	if (port->link)
		return port->link->carrier;
	return port->interface && port->interface->link == OVS_YES;
}

static void
add(struct virtual *v, const struct inside_port *port, uint32_t group,
    const struct finding *f)
{
	struct vnic n = { .vswitch = port->vswitch,
		.port_group = group,
		.has_mac = f->has_mac,
		.connected = is_connected(port) };

	n.workload = virtual_add_workload(v, &f->who);
	if (n.workload == VIRTUAL_NONE)
		return;
	text_copy(n.name, sizeof(n.name), port->name);
	memcpy(n.mac, f->mac, MAC_SIZE);
	(void)virtual_add_vnic(v, &n);
}

static uint32_t
group_of(struct virtual *v, const struct inside_port *port)
{
	struct port_group group = { .vswitch = port->vswitch,
		.policy = port->policy };

	return virtual_add_port_group(v, &group);
}

void
inside_add_port(
    const struct inside *in, struct virtual *v, const struct inside_port *port)
{
	struct finding f = { .found = false };
	uint32_t group = group_of(v, port);

	ask_processes(in, port, &f);
	ask_ovs(in, port, &f);
	ask_namespaces(in, port, &f);
	take_unknown(port, &f);
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
	add(v, port, group_of(v, port), &f);
}
