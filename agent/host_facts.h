/*
 * host_facts.h - which machine this is.
 *
 *	/etc, DMI, the kernel -> [host_facts] -> report
 *
 * Memory:  the caller's.
 * Errors:  none: what cannot be read stays absent.
 * Source:  machine-id(5), os-release(5), /sys/class/dmi/id, getifaddrs(3).
 */
#ifndef AGENT_HOST_FACTS_H
#define AGENT_HOST_FACTS_H

#include <stdbool.h>

#include "agent/smbios.h"
#include "report/host.h"

/* Reads all, and the firmware's tables for those who ask where something is.
 * Some of it only root can read, so call it before privileges are given up. */
void host_facts_read(struct host *out, struct smbios *out_smbios);

/* Reads the name and the addresses anew; gives whether they changed. */
bool host_facts_refresh(struct host *host);

/* Is this 32 hexadecimal digits? */
bool host_facts_is_id(const char *text);

/* Stands a device behind the link?  For kernels before 5.14, which do not say
 * so by rtnetlink. */
bool host_facts_has_device(const char *link);

#endif
