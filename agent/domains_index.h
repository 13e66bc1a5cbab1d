/*
 * domains_index.h - which NIC of a machine belongs to which port of this host.
 *
 *	domains -> [domains_index] -> inside
 *
 * Made for one picture, and thrown away.  A NIC that was found for a port is
 * marked, so that those that no port shows can be told besides.
 *
 * Memory:  domains_index_done frees; points into the domains it was made of.
 * Errors:  without memory nothing is found.
 */
#ifndef AGENT_DOMAINS_INDEX_H
#define AGENT_DOMAINS_INDEX_H

#include "agent/domains.h"

struct domains_nic {
	const struct domain *domain;
	const struct domain_nic *nic;
	uint32_t number; /* counted over all machines */
};

/* NICs of machines that run, ordered by what they are looked for. */
struct domains_list {
	struct domains_nic *items;
	size_t count;
};

struct domains_index {
	const struct domains *domains; /* NULL: nothing is known */
	struct domains_list by_target, by_interface, by_mac, by_function;
	bool *placed; /* by the number of the NIC */
	size_t nic_count;
};

void domains_index_make(struct domains_index *i, const struct domains *domains);
void domains_index_done(struct domains_index *i);

/* By its device here, by the id at Open vSwitch's port, by its address, by the
 * place of a device that was given away.  NULL: none, or several. */
const struct domains_nic *domains_index_target(
    const struct domains_index *i, const char *device);
const struct domains_nic *domains_index_interface(
    const struct domains_index *i, const char *interface_id);
const struct domains_nic *domains_index_mac(
    const struct domains_index *i, const uint8_t mac[static MAC_SIZE]);
const struct domains_nic *domains_index_function(
    const struct domains_index *i, const char *pci);

/* Notes that a port of it was found. */
void domains_index_place(
    const struct domains_index *i, const struct domains_nic *nic);

#endif
