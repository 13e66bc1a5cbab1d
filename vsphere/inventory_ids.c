/*
 * inventory_ids.c - which host is which, for ever.
 */
#include "vsphere/inventory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const uint64_t FNV_FIRST = 0xcbf29ce484222325u;

/* FNV-1a, 64 bits. */
static uint64_t
hash(uint64_t key, const char *text)
{
	for (; *text; text++)
		key = (key ^ (uint8_t)*text) * 0x100000001b3u;
	return key;
}

/* Spreads each bit over all: the last octets of a text are hardly mixed. */
static uint64_t
spread(uint64_t key)
{
	key = (key ^ (key >> 33)) * 0xff51afd7ed558ccdu;
	key = (key ^ (key >> 33)) * 0xc4ceb9fe1a85ec53u;
	return key ^ (key >> 33);
}

/* The 32 hexadecimal digits of a UUID; false when it is none, or tells no
 * machine from another: zeros, or all ones. */
static bool
digits_of_uuid(const char *uuid, char out[static HOST_ID_SIZE])
{
	size_t size = 0;
	bool zeros = true, ones = true;

	for (; *uuid; uuid++) {
		char c = *uuid;

		if (c == '-')
			continue;
		if (c >= 'A' && c <= 'F')
			c = (char)(c - 'A' + 'a');
		if (size == HOST_ID_SIZE - 1 ||
		    !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
		zeros = zeros && c == '0';
		ones = ones && c == 'f';
		out[size++] = c;
	}
	out[size] = '\0';
	return size == HOST_ID_SIZE - 1 && !zeros && !ones;
}

/* 128 bits of a hash.  The collector tells hosts apart by the first half of
 * the id, and the UUIDs of one vendor's machines begin alike. */
static void
mix_id(const char *text, char out[static HOST_ID_SIZE])
{
	uint64_t high = hash(FNV_FIRST, text);
	uint64_t low = hash(high ^ 0x9e3779b97f4a7c15u, text);

	snprintf(out, HOST_ID_SIZE, "%016llx%016llx",
	    (unsigned long long)spread(high), (unsigned long long)spread(low));
}

static bool
machine_id(const struct esxi *host, char out[static HOST_ID_SIZE])
{
	const struct list *list = host->values[HOST_SYSTEM];
	const struct system_value *system;
	char digits[HOST_ID_SIZE];

	out[0] = '\0';
	if (!list || list->count == 0)
		return false;
	system = list_items(list);
	if (!digits_of_uuid(list_text(list, system->uuid), digits))
		return false;
	mix_id(digits, out);
	return true;
}

static void
derive_id(const struct inventory *inventory, struct esxi *host)
{
	char text[LIST_TEXT_MOST + REFERENCE_SIZE + 2];

	snprintf(text, sizeof(text), "%s/%s", inventory->instance,
	    host->object.reference);
	mix_id(text, host->id);
}

static int
compare_ids(const void *a, const void *b)
{
	const struct esxi *const *x = a, *const *y = b;

	return strcmp((*x)->id, (*y)->id);
}

/* All hosts of one id get others: which of them is the true one cannot be
 * known, and must not depend on the order in which they are told. */
static void
part_equals(struct inventory *inventory, struct esxi **hosts, size_t count)
{
	qsort(hosts, count, sizeof(hosts[0]), compare_ids);
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1;
		     end < count && strcmp(hosts[i]->id, hosts[end]->id) == 0;)
			end++;
		for (size_t h = i; end - i > 1 && h < end; h++)
			hosts[h]->id_derived = true;
	}
	for (size_t i = 0; i < count; i++) {
		if (hosts[i]->id_derived)
			derive_id(inventory, hosts[i]);
	}
}

/* The collector knows nothing of a host that has another id now. */
static void
note_id(struct inventory *inventory, struct esxi *host,
    const char before[static HOST_ID_SIZE])
{
	if (strcmp(before, host->id) == 0)
		return;
	host->told.digest[0] = '\0';
	host->told.changed = true;
	inventory->changed = true;
}

static void
identify(struct inventory *inventory, struct esxi **hosts, size_t count)
{
	char(*before)[HOST_ID_SIZE] = calloc(count, sizeof(*before));
	struct esxi *host = inventory_hosts(inventory);

	for (size_t i = 0; before && i < count; i++) {
		memcpy(before[i], host->id, HOST_ID_SIZE);
		host->id_derived = !machine_id(host, host->id);
		hosts[i] = host;
		host = inventory_next_host(host);
	}
	if (before)
		part_equals(inventory, hosts, count);
	host = inventory_hosts(inventory);
	for (size_t i = 0; before && i < count; i++) {
		note_id(inventory, host, before[i]);
		host = inventory_next_host(host);
	}
	free(before);
}

void
inventory_identify(struct inventory *inventory)
{
	struct esxi **hosts, *host;
	size_t count = 0;

	inventory->ids_changed = false;
	for (host = inventory_hosts(inventory); host;
	     host = inventory_next_host(host))
		count++;
	hosts = count ? malloc(count * sizeof(*hosts)) : NULL;
	if (!hosts)
		return;
	identify(inventory, hosts, count);
	free(hosts);
}
