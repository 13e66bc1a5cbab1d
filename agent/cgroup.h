/*
 * cgroup.h - the control group of a process to the container it runs in.
 *
 *	processes -> [cgroup] -> inside
 *
 * Memory:  the caller's.
 * Errors:  false: the process is in no container that we know of.
 * Source:  cgroups(7), /proc/PID/cgroup.  Seen: docker-ID.scope, /docker/ID,
 *          cri-containerd-ID.scope, crio-ID.scope, libpod-ID.scope,
 *          kubepods-...-podUID.slice, lxc.payload.NAME, /lxc/NAME.
 */
#ifndef AGENT_CGROUP_H
#define AGENT_CGROUP_H

#include <stdbool.h>
#include <stddef.h>

#include "report/virtual.h"

/* Fills kind, id and, where it has one, the name. */
bool cgroup_container(const char *text, size_t size, struct workload *out);

#endif
