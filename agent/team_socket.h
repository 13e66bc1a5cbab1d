/*
 * team_socket.h - asks the kernel for the state of team devices and follows
 * its changes.
 *
 *	kernel -> [team_socket] -> teams
 *
 * Only root may ask; everybody is told of changes.
 *
 * Memory:  team_socket_new/team_socket_free.  A message is lent for the call.
 * Errors:  STATUS_NOT_FOUND: the kernel has no team devices;
 *          STATUS_NOT_ALLOWED; STATUS_SYSTEM; STATUS_TOO_LARGE: changes came
 *          faster than they were read.
 * Source:  linux/if_team.h, linux/genetlink.h.
 */
#ifndef AGENT_TEAM_SOCKET_H
#define AGENT_TEAM_SOCKET_H

#include <linux/netlink.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"

struct team_socket;

typedef void team_taker(void *owner, const struct nlmsghdr *message);

/* Subscribes to changes.  Ask only when there is a team: the question loads
 * the kernel's module. */
MUST_USE enum status team_socket_new(struct team_socket **out_socket);
void team_socket_free(struct team_socket *socket);

/* Readable when there are changes. */
int team_socket_fd(const struct team_socket *socket);
MUST_USE enum status team_socket_read(
    struct team_socket *socket, team_taker *take, void *owner);

/* All options and ports of one team. */
MUST_USE enum status team_socket_ask(const struct team_socket *socket,
    uint32_t team, team_taker *take, void *owner);

#endif
