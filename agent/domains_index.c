#include "agent/domains_index.h"

#include <stdlib.h>
#include <string.h>

static int
compare_targets(const void *a, const void *b)
{
	const struct domains_nic *x = a, *y = b;

	return strcmp(x->nic->target, y->nic->target);
}

static int
compare_interfaces(const void *a, const void *b)
{
	const struct domains_nic *x = a, *y = b;

	return strcmp(x->nic->interface_id, y->nic->interface_id);
}

static int
compare_macs(const void *a, const void *b)
{
	const struct domains_nic *x = a, *y = b;

	return memcmp(x->nic->mac, y->nic->mac, MAC_SIZE);
}

static int
compare_functions(const void *a, const void *b)
{
	const struct domains_nic *x = a, *y = b;

	return strcmp(x->nic->pci, y->nic->pci);
}

static void
put(struct domains_list *list, const struct domains_nic *nic, bool wanted)
{
	if (wanted)
		list->items[list->count++] = *nic;
}

static void
fill(struct domains_index *i)
{
	struct domains_nic one = { .number = 0 };

	for (size_t k = 0; k < i->domains->count; k++) {
		one.domain = &i->domains->items[k];
		for (unsigned n = 0; n < one.domain->nic_count;
		     n++, one.number++) {
			bool active = domain_is_active(one.domain);

			one.nic = &one.domain->nics[n];
			put(&i->by_target, &one,
			    active && one.nic->target[0] != '\0');
			put(&i->by_interface, &one,
			    active && one.nic->interface_id[0] != '\0');
			put(&i->by_mac, &one, active && one.nic->has_mac);
			put(&i->by_function, &one,
			    active && one.nic->pci[0] != '\0');
		}
	}
}

static void
sort(struct domains_list *list, int (*compare)(const void *, const void *))
{
	if (list->count > 1)
		qsort(
		    list->items, list->count, sizeof(list->items[0]), compare);
}

void
domains_index_make(struct domains_index *i, const struct domains *domains)
{
	size_t count = 0;

	*i = (struct domains_index){ .domains = NULL };
	for (size_t k = 0; domains && k < domains->count; k++)
		count += domains->items[k].nic_count;
	if (!domains || !domains->complete || domains->count == 0)
		return;
	i->nic_count = count;
	/* One of each, so that nobody asks for no octets. */
	i->by_target.items = calloc(count + 1, sizeof(struct domains_nic));
	i->by_interface.items = calloc(count + 1, sizeof(struct domains_nic));
	i->by_mac.items = calloc(count + 1, sizeof(struct domains_nic));
	i->by_function.items = calloc(count + 1, sizeof(struct domains_nic));
	i->placed = calloc(count + 1, sizeof(*i->placed));
	if (!i->by_target.items || !i->by_interface.items || !i->by_mac.items ||
	    !i->by_function.items || !i->placed) {
		domains_index_done(i);
		return;
	}
	i->domains = domains;
	fill(i);
	sort(&i->by_target, compare_targets);
	sort(&i->by_interface, compare_interfaces);
	sort(&i->by_mac, compare_macs);
	sort(&i->by_function, compare_functions);
}

void
domains_index_done(struct domains_index *i)
{
	free(i->by_target.items);
	free(i->by_interface.items);
	free(i->by_mac.items);
	free(i->by_function.items);
	free(i->placed);
	*i = (struct domains_index){ .domains = NULL };
}

/* Two machines that both claim it: neither is believed. */
static const struct domains_nic *
find(const struct domains_list *list, const struct domain_nic *like,
    int (*compare)(const void *, const void *))
{
	const struct domains_nic key = { .nic = like };
	const struct domains_nic *found, *end = list->items + list->count;

	if (list->count == 0)
		return NULL;
	found = bsearch(&key, list->items, list->count, sizeof(key), compare);
	if (!found)
		return NULL;
	if (found > list->items && compare(&key, found - 1) == 0)
		return NULL;
	if (found + 1 < end && compare(&key, found + 1) == 0)
		return NULL;
	return found;
}

const struct domains_nic *
domains_index_target(const struct domains_index *i, const char *device)
{
	struct domain_nic like = { .has_mac = false };

	if (device[0] == '\0' || strlen(device) >= sizeof(like.target))
		return NULL;
	memcpy(like.target, device, strlen(device));
	return find(&i->by_target, &like, compare_targets);
}

const struct domains_nic *
domains_index_interface(const struct domains_index *i, const char *interface_id)
{
	struct domain_nic like = { .has_mac = false };

	if (interface_id[0] == '\0' ||
	    strlen(interface_id) >= sizeof(like.interface_id))
		return NULL;
	memcpy(like.interface_id, interface_id, strlen(interface_id));
	return find(&i->by_interface, &like, compare_interfaces);
}

const struct domains_nic *
domains_index_mac(
    const struct domains_index *i, const uint8_t mac[static MAC_SIZE])
{
	struct domain_nic like = { .has_mac = true };

	memcpy(like.mac, mac, MAC_SIZE);
	return find(&i->by_mac, &like, compare_macs);
}

const struct domains_nic *
domains_index_function(const struct domains_index *i, const char *pci)
{
	struct domain_nic like = { .has_mac = false };

	if (pci[0] == '\0' || strlen(pci) >= sizeof(like.pci))
		return NULL;
	memcpy(like.pci, pci, strlen(pci));
	return find(&i->by_function, &like, compare_functions);
}

void
domains_index_place(
    const struct domains_index *i, const struct domains_nic *nic)
{
	i->placed[nic->number] = true;
}
