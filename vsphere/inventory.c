#include "vsphere/inventory.h"

#include <stdlib.h>
#include <string.h>

enum { BUCKETS_AT_FIRST = 256 };

static const uint64_t FNV_FIRST = 0xcbf29ce484222325u;

/* FNV-1a, 64 bits. */
static uint64_t
hash(uint64_t key, const char *text)
{
	for (; *text; text++)
		key = (key ^ (uint8_t)*text) * 0x100000001b3u;
	return key;
}

static struct list **
values_of(struct object *object, unsigned *out_count)
{
	switch (object->type) {
	case OBJECT_HOST:
		*out_count = HOST_PROPERTIES;
		return ((struct esxi *)object)->values;
	case OBJECT_VM:
		*out_count = VM_PROPERTIES;
		return ((struct vm *)object)->values;
	case OBJECT_SWITCH:
		*out_count = SWITCH_PROPERTIES;
		return ((struct dvs *)object)->values;
	case OBJECT_GROUP:
		*out_count = GROUP_PROPERTIES;
		return ((struct dvpg *)object)->values;
	case OBJECT_OTHER:
	case OBJECT_TYPES:
		break;
	}
	*out_count = 0;
	return NULL;
}

static size_t
size_of(enum object_type type)
{
	static const size_t sizes[OBJECT_TYPES] = { [OBJECT_HOST] =
							sizeof(struct esxi),
		[OBJECT_VM] = sizeof(struct vm),
		[OBJECT_SWITCH] = sizeof(struct dvs),
		[OBJECT_GROUP] = sizeof(struct dvpg) };

	return sizes[type];
}

/* ---- objects by reference
 * ---------------------------------------------------- */

static struct object **
bucket_of(const struct inventory *inventory, enum object_type type,
    const char *reference)
{
	uint64_t key = hash(FNV_FIRST + (uint64_t)type, reference);

	return &inventory->buckets[key & (inventory->bucket_count - 1)];
}

static struct object *
find(const struct inventory *inventory, enum object_type type,
    const char *reference)
{
	struct object *o;

	if (inventory->bucket_count == 0)
		return NULL;
	for (o = *bucket_of(inventory, type, reference); o;
	     o = o->next_in_bucket) {
		if (o->type == type && strcmp(o->reference, reference) == 0)
			return o;
	}
	return NULL;
}

static bool
grow(struct inventory *inventory)
{
	size_t count = inventory->bucket_count ? inventory->bucket_count * 2
					       : BUCKETS_AT_FIRST;
	struct object **before = inventory->buckets;
	size_t count_before = inventory->bucket_count;
	struct object **buckets = calloc(count, sizeof(*buckets));

	if (!buckets)
		return false;
	inventory->buckets = buckets;
	inventory->bucket_count = count;
	for (size_t i = 0; i < count_before; i++) {
		while (before[i]) {
			struct object *o = before[i];
			struct object **to =
			    bucket_of(inventory, o->type, o->reference);

			before[i] = o->next_in_bucket;
			o->next_in_bucket = *to;
			*to = o;
		}
	}
	free(before);
	return true;
}

static struct object *
add(struct inventory *inventory, enum object_type type, const char *reference)
{
	struct object **bucket, *o;

	if (inventory->count >= OBJECTS_MOST ||
	    (inventory->count >= inventory->bucket_count && !grow(inventory)))
		return NULL;
	o = calloc(1, size_of(type));
	if (!o)
		return NULL;
	o->type = type;
	o->reference = strdup(reference);
	if (!o->reference) {
		free(o);
		return NULL;
	}
	bucket = bucket_of(inventory, type, reference);
	o->next_in_bucket = *bucket;
	*bucket = o;
	o->link = inventory->last[type];
	*o->link = o;
	inventory->last[type] = &o->next;
	inventory->count++;
	return o;
}

static struct object *
find_or_add(
    struct inventory *inventory, enum object_type type, const char *reference)
{
	struct object *o = find(inventory, type, reference);

	return o ? o : add(inventory, type, reference);
}

/* ---- VMs and their hosts
 * -------------------------------------------------------- */

static void
mark(struct inventory *inventory, struct esxi *host)
{
	if (!host)
		return;
	host->told.changed = true;
	inventory->changed = true;
}

void
inventory_mark_hosts(struct inventory *inventory)
{
	struct esxi *host;

	for (host = inventory_hosts(inventory); host;
	     host = inventory_next_host(host))
		mark(inventory, host);
}

static void
leave_host(struct vm *vm)
{
	if (!vm->host)
		return;
	*vm->link = vm->next;
	if (vm->next)
		vm->next->link = vm->link;
	vm->host = NULL;
	vm->next = NULL;
}

static void
join_host(struct vm *vm, struct esxi *host)
{
	vm->host = host;
	vm->next = host->vms;
	vm->link = &host->vms;
	if (vm->next)
		vm->next->link = &vm->next;
	host->vms = vm;
}

static enum status
move_vm(struct inventory *inventory, struct vm *vm)
{
	const char *reference = list_only(vm->values[VM_HOST]);
	struct esxi *host = NULL;

	if (reference[0] != '\0') {
		host = (struct esxi *)find_or_add(
		    inventory, OBJECT_HOST, reference);
		if (!host)
			return STATUS_NO_MEMORY;
	}
	if (host == vm->host)
		return STATUS_OK;
	mark(inventory, vm->host);
	leave_host(vm);
	if (host)
		join_host(vm, host);
	return STATUS_OK;
}

/* ---- removal
 * ---------------------------------------------------------------------- */

static void
release(struct object *o)
{
	unsigned count;
	struct list **values = values_of(o, &count);

	for (unsigned i = 0; i < count; i++)
		free(values[i]);
	if (o->type == OBJECT_HOST)
		hearing_done(&((struct esxi *)o)->hearing);
	free(o->reference);
	free(o);
}

static void
take_out(struct inventory *inventory, struct object *o)
{
	struct object **at = bucket_of(inventory, o->type, o->reference);

	while (*at != o)
		at = &(*at)->next_in_bucket;
	*at = o->next_in_bucket;
	*o->link = o->next;
	if (o->next)
		o->next->link = o->link;
	else
		inventory->last[o->type] = o->link;
	inventory->count--;
}

/* What depends on 'o' may differ now. */
static void
mark_by(struct inventory *inventory, struct object *o)
{
	if (o->type == OBJECT_HOST)
		mark(inventory, (struct esxi *)o);
	else if (o->type == OBJECT_VM)
		mark(inventory, ((struct vm *)o)->host);
	else
		inventory_mark_hosts(inventory);
}

static void
forget_values(struct object *o)
{
	unsigned count;
	struct list **values = values_of(o, &count);

	for (unsigned i = 0; i < count; i++) {
		free(values[i]);
		values[i] = NULL;
	}
	o->known = false;
}

/* A host on which VMs still hang, or of which a document is on its way, stays
 * as one that is only referred to. */
static void
remove_object(struct inventory *inventory, struct object *o)
{
	struct esxi *host = (struct esxi *)o;

	mark_by(inventory, o);
	if (o->type == OBJECT_VM)
		leave_host((struct vm *)o);
	if (o->type == OBJECT_HOST)
		inventory->ids_changed = true;
	if (o->type == OBJECT_HOST && (host->vms || host->told.sending)) {
		forget_values(o);
		hearing_done(&host->hearing);
		host->hinted = false;
		return;
	}
	take_out(inventory, o);
	release(o);
}

/* ---- updates
 * ----------------------------------------------------------------------- */

void
inventory_init(struct inventory *inventory)
{
	*inventory = (struct inventory){ .generation = 1 };
	for (unsigned t = 0; t < OBJECT_TYPES; t++)
		inventory->last[t] = &inventory->first[t];
}

void
inventory_done(struct inventory *inventory)
{
	for (unsigned t = 0; t < OBJECT_TYPES; t++) {
		while (inventory->first[t]) {
			struct object *o = inventory->first[t];

			inventory->first[t] = o->next;
			release(o);
		}
	}
	free(inventory->buckets);
	inventory_init(inventory);
	inventory->buckets = NULL;
}

void
inventory_begin(struct inventory *inventory)
{
	inventory->generation++;
}

/* Keeps what differs; true when something did. */
static bool
keep_values(struct object *o, struct update *update)
{
	unsigned count;
	struct list **values = values_of(o, &count);
	bool changed = false;

	for (unsigned i = 0; i < count; i++) {
		struct update_value *v = &update->values[i];

		if (!v->told || list_same(values[i], v->list))
			continue;
		free(values[i]);
		values[i] = v->list;
		v->list = NULL;
		changed = true;
	}
	return changed;
}

/* What a NIC hears may be something else when it changed, or its switch, or
 * when its host is back. */
static void
note_wiring(struct esxi *host, const struct update *update)
{
	static const unsigned wiring[] = { HOST_CONNECTION, HOST_PNICS,
		HOST_SWITCHES, HOST_PROXIES };

	for (size_t i = 0; i < sizeof(wiring) / sizeof(wiring[0]); i++) {
		const struct update_value *v = &update->values[wiring[i]];

		if (v->told && !list_same(host->values[wiring[i]], v->list))
			host->rewired = true;
	}
}

enum status
inventory_take(struct inventory *inventory, struct update *update)
{
	struct object *o = find(inventory, update->type, update->reference);
	enum status status = STATUS_OK;

	if (update->kind == UPDATE_LEAVE) {
		if (o)
			remove_object(inventory, o);
		return STATUS_OK;
	}
	if (!o)
		o = add(inventory, update->type, update->reference);
	if (!o)
		return STATUS_NO_MEMORY;
	o->generation = inventory->generation;
	if (o->type == OBJECT_HOST)
		note_wiring((struct esxi *)o, update);
	if (!keep_values(o, update) && o->known)
		return STATUS_OK;
	o->known = true;
	inventory->ids_changed =
	    inventory->ids_changed || o->type == OBJECT_HOST;
	if (o->type == OBJECT_VM)
		status = move_vm(inventory, (struct vm *)o);
	mark_by(inventory, o);
	return status;
}

void
inventory_end(struct inventory *inventory)
{
	/* VMs before hosts, so that a host is without them when it goes. */
	static const enum object_type order[] = { OBJECT_VM, OBJECT_HOST,
		OBJECT_GROUP, OBJECT_SWITCH };

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		struct object *o = inventory->first[order[i]], *next;

		for (; o; o = next) {
			next = o->next;
			if (o->generation != inventory->generation)
				remove_object(inventory, o);
		}
	}
}

/* ---- questions
 * -------------------------------------------------------------------------- */

unsigned
inventory_count(const struct inventory *inventory, enum object_type type)
{
	unsigned count = 0;

	for (const struct object *o = inventory->first[type]; o; o = o->next)
		count += o->known;
	return count;
}

struct esxi *
inventory_find_host(const struct inventory *inventory, const char *reference)
{
	return (struct esxi *)find(inventory, OBJECT_HOST, reference);
}

const struct dvs *
inventory_find_switch(const struct inventory *inventory, const char *uuid)
{
	const struct object *o;

	for (o = inventory->first[OBJECT_SWITCH]; o; o = o->next) {
		const struct dvs *dvs = (const struct dvs *)o;

		if (strcmp(list_only(dvs->values[SWITCH_UUID]), uuid) == 0)
			return dvs;
	}
	return NULL;
}

const struct dvpg *
inventory_find_group(const struct inventory *inventory, const char *key)
{
	return (const struct dvpg *)find(inventory, OBJECT_GROUP, key);
}

bool
esxi_is_known(const struct esxi *host)
{
	return host->object.known && host->id[0] != '\0' &&
	       list_only(host->values[HOST_NAME])[0] != '\0';
}

bool
esxi_is_connected(const struct esxi *host)
{
	return strcmp(list_only(host->values[HOST_CONNECTION]), "connected") ==
	       0;
}
