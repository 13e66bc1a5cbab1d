#include "agent/netlink.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>

enum {
	/* One message of a link with many virtual functions is 16 KB; the
	 * kernel packs a dump into replies of up to 32 KB. */
	MESSAGE_SIZE = 32 * 1024,
	/* Bringing up a host full of containers makes thousands of events. */
	RECEIVE_SIZE = 1024 * 1024,
	DUMP_TRIES = 5 /* a dump that changes meanwhile is asked for again */
};

struct netlink {
	struct mnl_socket *socket;
};

struct receiver {
	netlink_taker *take;
	void *owner;
};

static int
hand_over(const struct nlmsghdr *message, void *data)
{
	const struct receiver *to = data;

	to->take(to->owner, message);
	return MNL_CB_OK;
}

static enum status
subscribe(struct mnl_socket *socket)
{
	static const int groups[] = { RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR,
		RTNLGRP_IPV6_IFADDR };
	int size = RECEIVE_SIZE;

	(void)setsockopt(mnl_socket_get_fd(socket), SOL_SOCKET, SO_RCVBUF,
	    &size, sizeof(size));
	if (mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		int group = groups[i];

		if (mnl_socket_setsockopt(socket, NETLINK_ADD_MEMBERSHIP,
			&group, sizeof(group)) < 0)
			return STATUS_SYSTEM;
	}
	return STATUS_OK;
}

enum status
netlink_new(struct netlink **out_netlink)
{
	struct netlink *netlink = calloc(1, sizeof(*netlink));

	if (!netlink)
		return STATUS_NO_MEMORY;
	netlink->socket =
	    mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (!netlink->socket || subscribe(netlink->socket) != STATUS_OK) {
		netlink_free(netlink);
		return STATUS_SYSTEM;
	}
	*out_netlink = netlink;
	return STATUS_OK;
}

void
netlink_free(struct netlink *netlink)
{
	if (!netlink)
		return;
	if (netlink->socket)
		(void)mnl_socket_close(netlink->socket);
	free(netlink);
}

int
netlink_fd(const struct netlink *netlink)
{
	return mnl_socket_get_fd(netlink->socket);
}

enum status
netlink_read(struct netlink *netlink, netlink_taker *take, void *owner)
{
	struct receiver to = { take, owner };
	char *octets = malloc(MESSAGE_SIZE);
	enum status status = STATUS_OK;
	ssize_t size;

	if (!octets)
		return STATUS_NO_MEMORY;
	for (;;) {
		size =
		    mnl_socket_recvfrom(netlink->socket, octets, MESSAGE_SIZE);
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			break;
		(void)mnl_cb_run(octets, (size_t)size, 0, 0, hand_over, &to);
	}
	if (errno == ENOBUFS || errno == ENOSPC)
		status = STATUS_TOO_LARGE;
	else if (errno != EAGAIN)
		status = STATUS_SYSTEM;
	free(octets);
	return status;
}

static struct nlmsghdr *
request_of(char *octets, enum netlink_table table)
{
	struct nlmsghdr *request = mnl_nlmsg_put_header(octets);
	struct ifinfomsg *link;
	struct ifaddrmsg *address;

	request->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	request->nlmsg_seq = 1;
	if (table == NETLINK_ADDRESSES) {
		request->nlmsg_type = RTM_GETADDR;
		address = mnl_nlmsg_put_extra_header(request, sizeof(*address));
		address->ifa_family = AF_UNSPEC;
		return request;
	}
	request->nlmsg_type = RTM_GETLINK;
	link = mnl_nlmsg_put_extra_header(request, sizeof(*link));
	link->ifi_family =
	    table == NETLINK_BRIDGE_VLANS ? AF_BRIDGE : AF_UNSPEC;
	mnl_attr_put_u32(request, IFLA_EXT_MASK,
	    table == NETLINK_BRIDGE_VLANS ? RTEXT_FILTER_BRVLAN_COMPRESSED
					  : RTEXT_FILTER_SKIP_STATS);
	return request;
}

static enum status
receive_dump(struct mnl_socket *socket, char *octets, struct receiver *to)
{
	int result = MNL_CB_OK;
	ssize_t size;

	while (result > MNL_CB_STOP) {
		size = mnl_socket_recvfrom(socket, octets, MESSAGE_SIZE);
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			return STATUS_SYSTEM;
		result = mnl_cb_run(octets, (size_t)size, 1,
		    mnl_socket_get_portid(socket), hand_over, to);
	}
	if (result == MNL_CB_STOP)
		return STATUS_OK;
	/* mnl_cb_run says EINTR when the table changed during the dump. */
	return errno == EINTR ? STATUS_BUSY : STATUS_SYSTEM;
}

/* On a socket of its own: no change is taken for a part of the dump, and what
 * is left of a dump that was broken off is not in the way of the next. */
static enum status
dump_once(char *octets, enum netlink_table table, struct receiver *to)
{
	struct mnl_socket *socket =
	    mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	struct nlmsghdr *request = request_of(octets, table);
	enum status status = STATUS_SYSTEM;
	int why;

	if (!socket)
		return STATUS_SYSTEM;
	if (mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) == 0 &&
	    mnl_socket_sendto(socket, request, request->nlmsg_len) >= 0)
		status = receive_dump(socket, octets, to);
	why = errno;
	(void)mnl_socket_close(socket);
	errno = why;
	return status;
}

enum status
netlink_dump(enum netlink_table table, netlink_taker *take, void *owner)
{
	struct receiver to = { take, owner };
	char *octets = malloc(MESSAGE_SIZE);
	enum status status = STATUS_BUSY;

	if (!octets)
		return STATUS_NO_MEMORY;
	for (int i = 0; status == STATUS_BUSY && i < DUMP_TRIES; i++)
		status = dump_once(octets, table, &to);
	free(octets);
	return status;
}
