/*
 * inside_workloads.c - VMs and kernel ports of a host, and their vNICs.
 */
#include "vsphere/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "vsphere/names.h"

/* ---- virtual machines
 * --------------------------------------------------------- */

/* Of a host that is not reached nobody knows. */
static enum workload_state
state_of(const struct inside *in, const struct vm *vm)
{
	const char *power = list_only(vm->values[VM_POWER]);

	if (!in->alive)
		return STATE_UNKNOWN;
	if (strcmp(power, "poweredOn") == 0)
		return STATE_RUNNING;
	if (strcmp(power, "poweredOff") == 0)
		return STATE_OFF;
	if (strcmp(power, "suspended") == 0)
		return STATE_SUSPENDED;
	return STATE_UNKNOWN;
}

/* Where a card is, by its backing. */
static void
place_card(struct inside *in, const struct list *list,
    const struct card_value *card, struct vnic *n)
{
	const char *network = "";

	n->vswitch = n->port_group = VIRTUAL_NONE;
	if (card->switch_uuid.at) {
		const char *uuid = list_text(list, card->switch_uuid);

		n->vswitch = inside_find_proxy(in, uuid);
		n->port_group = inside_distributed_group(
		    in, uuid, list_text(list, card->group_key));
	} else if (card->opaque_network.at) {
		network = list_text(list, card->opaque_network);
		n->port_group = inside_opaque_group(in, network);
	} else if (card->network.at) {
		network = list_text(list, card->network);
		n->port_group = inside_standard_group(in, network);
	}
	name_copy(n->network, sizeof(n->network), network);
	if (n->port_group != VIRTUAL_NONE) {
		const struct port_group *g =
		    virtual_port_group(in->out, n->port_group);

		n->vswitch = g->vswitch;
		text_copy(n->network, sizeof(n->network), g->name);
	}
}

/* What is off is not connected, whatever its card says. */
static void
set_connected(const struct inside *in, const struct vm *vm,
    const struct card_value *card, struct vnic *n)
{
	enum workload_state state = state_of(in, vm);

	n->has_connected =
	    state != STATE_UNKNOWN &&
	    (state != STATE_RUNNING || card->connected != FLAG_ABSENT);
	n->connected = state == STATE_RUNNING && card->connected == FLAG_YES;
}

static void
add_card(struct inside *in, uint32_t workload, const struct vm *vm,
    const struct card_value *card)
{
	const struct list *list = vm->values[VM_DEVICES];
	struct vnic n = { .workload = workload, .has_mac = card->mac.known };

	name_copy(n.name, sizeof(n.name), list_text(list, card->label));
	if (n.name[0] == '\0')
		snprintf(n.name, sizeof(n.name), "device %u", card->key);
	memcpy(n.mac, card->mac.octets, MAC_SIZE);
	set_connected(in, vm, card, &n);
	name_copy_type(n.type, sizeof(n.type), list_text(list, card->type));
	if (card->function.at)
		inside_nic_of_pci(in, list_text(list, card->function), n.nic);
	place_card(in, list, card, &n);
	(void)virtual_add_vnic(in->out, &n);
}

static void
add_vm(struct inside *in, const struct vm *vm)
{
	const char *instance = list_only(vm->values[VM_INSTANCE_UUID]);
	const char *uuid = list_only(vm->values[VM_UUID]);
	const struct list *list = vm->values[VM_DEVICES];
	const struct card_value *card = list ? list_items(list) : NULL;
	struct workload w = { .kind = WORKLOAD_VM,
		.state = state_of(in, vm),
		.source = SOURCE_VSPHERE };
	uint32_t place;

	text_copy(
	    w.id, sizeof(w.id), instance[0] ? instance : vm->object.reference);
	name_copy(w.name, sizeof(w.name), list_only(vm->values[VM_NAME]));
	text_copy(w.uuid, sizeof(w.uuid), uuid[0] ? uuid : instance);
	place = virtual_add_workload(in->out, &w);
	for (uint32_t i = 0; list && place != VIRTUAL_NONE && i < list->count;
	     i++, card++)
		add_card(in, place, vm, card);
}

static int
compare_vms(const void *a, const void *b)
{
	const struct vm *const *x = a, *const *y = b;

	return strcmp((*x)->object.reference, (*y)->object.reference);
}

/* In the order of their references: the same host is told the same way,
 * however its VMs came to it. */
static void
add_vms(struct inside *in)
{
	const struct vm **vms, *vm;
	size_t count = 0;

	for (vm = in->host->vms; vm; vm = vm->next)
		count++;
	vms = count ? malloc(count * sizeof(*vms)) : NULL;
	if (!vms) {
		in->out->lost += (uint32_t)count;
		return;
	}
	count = 0;
	for (vm = in->host->vms; vm; vm = vm->next)
		vms[count++] = vm;
	qsort(vms, count, sizeof(vms[0]), compare_vms);
	for (size_t i = 0; i < count; i++)
		add_vm(in, vms[i]);
	free(vms);
}

/* ---- kernel ports
 * ---------------------------------------------------------------- */

static void
add_kernel_port(struct inside *in, const struct list *list,
    const struct kernel_port_value *k)
{
	struct workload w = { .kind = WORKLOAD_KERNEL_PORT,
		.state = in->alive ? STATE_RUNNING : STATE_UNKNOWN,
		.source = SOURCE_VSPHERE };
	struct vnic n = { .has_mac = k->mac.known,
		.has_connected = in->alive,
		.connected = true,
		.vswitch = VIRTUAL_NONE,
		.port_group = VIRTUAL_NONE };

	name_copy(w.id, sizeof(w.id), list_text(list, k->device));
	if (w.id[0] == '\0')
		return;
	text_copy(w.name, sizeof(w.name), w.id);
	n.workload = virtual_add_workload(in->out, &w);
	if (n.workload == VIRTUAL_NONE)
		return;
	text_copy(n.name, sizeof(n.name), w.id);
	text_copy(n.type, sizeof(n.type), "vmkernel");
	memcpy(n.mac, k->mac.octets, MAC_SIZE);
	if (k->switch_uuid.at) {
		const char *uuid = list_text(list, k->switch_uuid);

		n.vswitch = inside_find_proxy(in, uuid);
		n.port_group = inside_distributed_group(
		    in, uuid, list_text(list, k->group_key));
	} else if (k->opaque_network.at) {
		n.port_group =
		    inside_opaque_group(in, list_text(list, k->opaque_network));
	} else if (k->group.at) {
		n.port_group =
		    inside_standard_group(in, list_text(list, k->group));
	}
	if (n.port_group != VIRTUAL_NONE)
		n.vswitch = virtual_port_group(in->out, n.port_group)->vswitch;
	(void)virtual_add_vnic(in->out, &n);
}

void
inside_add_workloads(struct inside *in)
{
	const struct list *list = in->host->values[HOST_KERNEL_PORTS];
	const struct kernel_port_value *k = list ? list_items(list) : NULL;

	for (uint32_t i = 0; list && i < list->count; i++, k++)
		add_kernel_port(in, list, k);
	add_vms(in);
}
