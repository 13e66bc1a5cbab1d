/*
 * netns.h - which number the kernel has given to another network namespace.
 *
 *	kernel -> [netns] -> processes
 *
 * A veth names its peer's namespace by such a number.  Asking needs no
 * privilege, and nobody enters the namespace.
 *
 * Memory:  netns_new/netns_free.
 * Errors:  NETNS_NONE: it has no number here, or is gone.
 * Source:  linux/net_namespace.h, RTM_GETNSID.
 */
#ifndef AGENT_NETNS_H
#define AGENT_NETNS_H

#include <stdint.h>

enum { NETNS_NONE = -1 };

struct netns;
struct netns *netns_new(void);
void netns_free(struct netns *netns);

int32_t netns_of_process(struct netns *netns, int pid);
/* 'fd' is open on a file such as /run/netns/NAME. */
int32_t netns_of_file(struct netns *netns, int fd);

#endif
