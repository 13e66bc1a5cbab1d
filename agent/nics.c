#include "agent/nics.h"

#include <linux/if_arp.h>
#include <stdlib.h>
#include <string.h>

enum nic_role
nic_role_of(const struct options *options, const struct link *link)
{
	bool named = options_match(&options->nics, link->name);

	if (link->hardware != ARPHRD_ETHER)
		return NIC_NONE;
	if (!named && !link_is_nic(link))
		return NIC_NONE;
	if (options_match(&options->ignored_nics, link->name))
		return NIC_SHOWN;
	return named || options->nics.count == 0 ? NIC_LISTEN : NIC_SHOWN;
}

struct nic *
nics_find(const struct nics *nics, uint32_t index)
{
	struct nic *at = nics->first;

	while (at && (at->link.index != index || at->removed_at != 0))
		at = at->next;
	return at;
}

struct nic *
nics_find_removed(const struct nics *nics, const char *name)
{
	struct nic *at = nics->first;

	while (at && (at->removed_at == 0 || strcmp(at->link.name, name) != 0))
		at = at->next;
	return at;
}

/* At the end, so that reports keep the kernel's order. */
struct nic *
nics_add(struct nics *nics, const struct link *link)
{
	struct nic **last = &nics->first;
	struct nic *nic = calloc(1, sizeof(*nic));

	if (!nic)
		return NULL;
	nic->link = *link;
	while (*last)
		last = &(*last)->next;
	*last = nic;
	return nic;
}

void
nics_forget(struct nics *nics, struct nic *nic)
{
	struct nic **at = &nics->first;

	while (*at && *at != nic)
		at = &(*at)->next;
	if (*at)
		*at = nic->next;
	free(nic);
}

void
nics_done(struct nics *nics)
{
	while (nics->first)
		nics_forget(nics, nics->first);
}

struct nic *
nics_overdue(const struct nics *nics, struct instant now)
{
	struct nic *oldest = NULL;
	unsigned count = 0;

	for (struct nic *nic = nics->first; nic; nic = nic->next) {
		if (nic->removed_at == 0)
			continue;
		count++;
		if (!oldest || nic->forget_at.ms < oldest->forget_at.ms)
			oldest = nic;
	}
	if (count > NICS_REMOVED_MOST)
		return oldest;
	return oldest && oldest->forget_at.ms <= now.ms ? oldest : NULL;
}

bool
nics_own_mac(const struct nics *nics, const uint8_t mac[static MAC_SIZE])
{
	for (const struct nic *nic = nics->first; nic; nic = nic->next) {
		const struct link *l = &nic->link;

		if (nic->removed_at != 0)
			continue;
		if (l->has_mac && memcmp(l->mac, mac, MAC_SIZE) == 0)
			return true;
		if (l->has_permanent_mac &&
		    memcmp(l->permanent_mac, mac, MAC_SIZE) == 0)
			return true;
	}
	return false;
}

enum nic_carrier
nic_carrier_change(const struct link *before, const struct link *now)
{
	if (before->carrier && !now->carrier)
		return NIC_CARRIER_LOST;
	if (!before->carrier && now->carrier)
		return NIC_CARRIER_CAME;
	/* Unsigned, so that a counter that wraps still differs rightly. */
	if (now->carrier && now->carrier_changes - before->carrier_changes >= 2)
		return NIC_CARRIER_FLAPPED;
	return NIC_CARRIER_SAME;
}

bool
nic_link_differs(const struct link *before, const struct link *now)
{
	struct link a = *before, b = *now;

	a.carrier_changes = b.carrier_changes = 0;
	/* link_read zeroes the gaps between members too; if one differed, a
	 * report would be written, found to say the same, and not sent. */
	/* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
	return memcmp(&a, &b, sizeof(a)) != 0;
}
