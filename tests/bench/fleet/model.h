/*
 * model.h - a fleet of hosts, made of numbers: what each host reports after
 * each of its changes.
 *
 *	seed, host, revision -> [model] -> report as JSON
 *
 * Nothing is kept: host and revision determine the report, so that a fleet of
 * any size costs no memory, and an answer can be checked long after.
 *
 * A host has 4 NICs with one neighbor each, 2 vSwitches, 10 port groups and 20
 * machines with one vNIC: 61 rows and 12 KB.  A revision replaces two of the
 * machines; every eighth moves the cable of one NIC.
 *
 * Memory:  the caller's buffer.
 * Units:   unix seconds.
 */
#ifndef TESTS_BENCH_FLEET_MODEL_H
#define TESTS_BENCH_FLEET_MODEL_H

#include <stdint.h>

#include "base/buffer.h"

enum {
	FLEET_NICS = 4,
	FLEET_GROUPS = 10,
	FLEET_MACHINES = 20,
	FLEET_ROWS = 1 + FLEET_NICS * 2 + 2 + FLEET_GROUPS + FLEET_MACHINES * 2,
	FLEET_ID_SIZE = 33,
	FLEET_NAME_SIZE = 64,
	FLEET_DIGEST_SIZE = 17
};

struct fleet_host {
	uint32_t host;
	uint32_t revision; /* how often it has changed */
	int64_t now;       /* when it is sent */
};

/* One machine as it is at a revision. */
struct fleet_machine {
	char name[FLEET_NAME_SIZE];
	char uuid[37];
	char mac[18];
	unsigned vlan;
};
void fleet_machine(
    const struct fleet_host *h, unsigned slot, struct fleet_machine *out);

/* Which port of which switch the NIC is plugged in at a revision. */
struct fleet_cable {
	char system[FLEET_NAME_SIZE];
	char port[FLEET_NAME_SIZE];
};
void fleet_cable(
    const struct fleet_host *h, unsigned nic, struct fleet_cable *out);

void fleet_id(uint32_t host, char out[static FLEET_ID_SIZE]);

/* 'number' must grow from document to document of a host. */
void fleet_report(
    struct buffer *out, const struct fleet_host *h, int64_t number);
void fleet_heartbeat(
    struct buffer *out, const struct fleet_host *h, int64_t number);

#endif
