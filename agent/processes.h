/*
 * processes.h - looks through /proc for machines and containers.
 *
 *	/proc, /run/netns, RTM_GETNSID -> [processes] -> inside
 *
 * Works without a privilege, but for the descriptors of other users'
 * processes: then a tap is known by the command line of its machine only.
 *
 * Memory:  processes_done frees; what is found is lent until the next look.
 * Errors:  none: what cannot be read stays unknown.
 * Source:  proc(5), ip-netns(8).
 */
#ifndef AGENT_PROCESSES_H
#define AGENT_PROCESSES_H

#include "agent/machine.h"

enum {
	MACHINES_MOST = 4096,
	NAMESPACES_MOST = 4096 /* as many as links */
};

/* A namespace in which the peer of one of our links is. */
struct namespace
{
	int32_t number; /* the kernel's, as links name it */
	bool known;     /* 'who' was found */
	struct workload who;
};

struct processes {
	struct machine *machines;
	size_t machine_count, machine_capacity;
	struct namespace *namespaces; /* ordered by number */
	size_t namespace_count, namespace_capacity;
};

/* Names a namespace that the next look is to find. */
void processes_want(struct processes *p, int32_t number);

/* Looks; some milliseconds for each thousand processes. */
void processes_look(struct processes *p);

/* Begins anew: nothing is wanted, nothing is known. */
void processes_forget(struct processes *p);
void processes_done(struct processes *p);

const struct namespace *processes_namespace(
    const struct processes *p, int32_t number);
const struct machine *processes_machine_of_tap(const struct processes *p,
    const struct link *tap, const struct machine_nic **out_nic);
/* That was given the PCI device "0000:3b:02.1". */
const struct machine *processes_machine_of_device(
    const struct processes *p, const char *bus);
const struct machine *processes_machine_of_uuid(
    const struct processes *p, const char *uuid);

#endif
