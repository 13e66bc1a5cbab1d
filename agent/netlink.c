#include "agent/netlink.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/filter.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>

enum {
	/* The kernel packs a dump into replies of up to 32 KB. */
	MESSAGE_SIZE = 32 * 1024,
	/* A link with 256 virtual functions, of 250 octets each. */
	FUNCTIONS_SIZE = 128 * 1024,
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
	size_t most; /* messages; 0: all of them */
	size_t count;
};

static int
hand_over(const struct nlmsghdr *message, void *data)
{
	struct receiver *to = data;

	if (to->most > 0 && to->count == to->most) {
		errno = EMSGSIZE;
		return MNL_CB_ERROR;
	}
	to->count++;
	to->take(to->owner, message);
	return MNL_CB_OK;
}

static enum status
join(struct mnl_socket *socket, int group)
{
	return mnl_socket_setsockopt(
		   socket, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)) < 0
		   ? STATUS_SYSTEM
		   : STATUS_OK;
}

static enum status
subscribe(struct netlink *netlink, enum netlink_events events)
{
	struct mnl_socket *socket = netlink->socket;
	int size = RECEIVE_SIZE;
	enum status status = STATUS_OK;

	(void)setsockopt(mnl_socket_get_fd(socket), SOL_SOCKET, SO_RCVBUF,
	    &size, sizeof(size));
	if (mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0)
		return STATUS_SYSTEM;
	if (events == NETLINK_OF_BRIDGES) {
		status = netlink_ignore_ports(netlink, NULL, 0);
		return status == STATUS_OK ? join(socket, RTNLGRP_NEIGH)
					   : status;
	}
	status = join(socket, RTNLGRP_LINK);
	if (status == STATUS_OK)
		status = join(socket, RTNLGRP_IPV4_IFADDR);
	if (status == STATUS_OK)
		status = join(socket, RTNLGRP_IPV6_IFADDR);
	return status;
}

enum status
netlink_new(enum netlink_events events, struct netlink **out_netlink)
{
	struct netlink *netlink = calloc(1, sizeof(*netlink));

	if (!netlink)
		return STATUS_NO_MEMORY;
	netlink->socket =
	    mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (!netlink->socket || subscribe(netlink, events) != STATUS_OK) {
		netlink_free(netlink);
		return STATUS_SYSTEM;
	}
	*out_netlink = netlink;
	return STATUS_OK;
}

/* The filter sees one message; the machine of filters loads words as they are
 * sent in networks, the kernel writes them as the host has them. */
enum status
netlink_ignore_ports(
    struct netlink *netlink, const uint32_t *ports, size_t count)
{
	enum {
		AT_FAMILY = NLMSG_HDRLEN,
		AT_PORT = NLMSG_HDRLEN + offsetof(struct ndmsg, ndm_ifindex),
		AROUND = 5
	};
	static const struct sock_filter drop = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_filter *code;
	struct sock_fprog program = { .len = 0 };
	int result;

	if (count > NETLINK_IGNORED_MOST)
		count = NETLINK_IGNORED_MOST;
	code = calloc(2 * count + AROUND, sizeof(*code));
	if (!code)
		return STATUS_NO_MEMORY;
	code[program.len++] =
	    (struct sock_filter)BPF_STMT(BPF_LD | BPF_B | BPF_ABS, AT_FAMILY);
	code[program.len++] = (struct sock_filter)BPF_JUMP(
	    BPF_JMP | BPF_JEQ | BPF_K, AF_BRIDGE, 1, 0);
	code[program.len++] = drop;
	code[program.len++] =
	    (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, AT_PORT);
	for (size_t i = 0; i < count; i++) {
		code[program.len++] = (struct sock_filter)BPF_JUMP(
		    BPF_JMP | BPF_JEQ | BPF_K, htonl(ports[i]), 0, 1);
		code[program.len++] = drop;
	}
	code[program.len++] =
	    (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, UINT32_MAX);
	program.filter = code;
	result = setsockopt(netlink_fd(netlink), SOL_SOCKET, SO_ATTACH_FILTER,
	    &program, sizeof(program));
	free(code);
	return result < 0 ? STATUS_SYSTEM : STATUS_OK;
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
	struct receiver to = { .take = take, .owner = owner };
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

/* ---- questions --------------------------------------------------------------
 */

static struct nlmsghdr *
begin_request(char *octets, uint16_t type, uint16_t flags)
{
	struct nlmsghdr *request = mnl_nlmsg_put_header(octets);

	request->nlmsg_type = type;
	request->nlmsg_flags = NLM_F_REQUEST | flags;
	request->nlmsg_seq = 1;
	return request;
}

static struct nlmsghdr *
request_of(char *octets, enum netlink_table table)
{
	struct nlmsghdr *request;
	struct ifinfomsg *link;
	struct ifaddrmsg *address;

	if (table == NETLINK_ADDRESSES) {
		request = begin_request(octets, RTM_GETADDR, NLM_F_DUMP);
		address = mnl_nlmsg_put_extra_header(request, sizeof(*address));
		address->ifa_family = AF_UNSPEC;
		return request;
	}
	request = begin_request(octets, RTM_GETLINK, NLM_F_DUMP);
	link = mnl_nlmsg_put_extra_header(request, sizeof(*link));
	link->ifi_family =
	    table == NETLINK_BRIDGE_VLANS ? AF_BRIDGE : AF_UNSPEC;
	mnl_attr_put_u32(request, IFLA_EXT_MASK,
	    table == NETLINK_BRIDGE_VLANS ? RTEXT_FILTER_BRVLAN_COMPRESSED
					  : RTEXT_FILTER_SKIP_STATS);
	return request;
}

/* The room for the question is that for the answers. */
struct question {
	struct nlmsghdr *request;
	char *octets;
	size_t size;
};

static enum status
receive(struct mnl_socket *socket, const struct question *question,
    struct receiver *to)
{
	int result = MNL_CB_OK;
	ssize_t size;

	while (result > MNL_CB_STOP) {
		size = mnl_socket_recvfrom(
		    socket, question->octets, question->size);
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			return STATUS_SYSTEM;
		result = mnl_cb_run(question->octets, (size_t)size, 1,
		    mnl_socket_get_portid(socket), hand_over, to);
	}
	if (result == MNL_CB_STOP)
		return STATUS_OK;
	if (to->most > 0 && errno == EMSGSIZE)
		return STATUS_TOO_LARGE;
	/* mnl_cb_run says EINTR when the table changed during the dump. */
	return errno == EINTR ? STATUS_BUSY : STATUS_SYSTEM;
}

/* On a socket of its own: no change is taken for a part of the dump, and what
 * is left of a dump that was broken off is not in the way of the next. */
static enum status
ask(const struct question *question, struct receiver *to)
{
	struct mnl_socket *socket =
	    mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	enum status status = STATUS_SYSTEM;
	int why;

	if (!socket)
		return STATUS_SYSTEM;
	if (mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) == 0 &&
	    mnl_socket_sendto(
		socket, question->request, question->request->nlmsg_len) >= 0)
		status = receive(socket, question, to);
	why = errno;
	(void)mnl_socket_close(socket);
	errno = why;
	return status;
}

enum status
netlink_dump(enum netlink_table table, netlink_taker *take, void *owner)
{
	struct receiver to = { .take = take, .owner = owner };
	struct question question = { .octets = malloc(MESSAGE_SIZE),
		.size = MESSAGE_SIZE };
	enum status status = STATUS_BUSY;

	if (!question.octets)
		return STATUS_NO_MEMORY;
	for (int i = 0; status == STATUS_BUSY && i < DUMP_TRIES; i++) {
		question.request = request_of(question.octets, table);
		status = ask(&question, &to);
	}
	free(question.octets);
	return status;
}

/* The acknowledgement ends the answer, which is one message or none. */
enum status
netlink_ask_functions(uint32_t link, netlink_taker *take, void *owner)
{
	struct receiver to = { .take = take, .owner = owner };
	struct question question = { .octets = malloc(FUNCTIONS_SIZE),
		.size = FUNCTIONS_SIZE };
	struct ifinfomsg *head;
	enum status status;

	if (!question.octets)
		return STATUS_NO_MEMORY;
	question.request =
	    begin_request(question.octets, RTM_GETLINK, NLM_F_ACK);
	head = mnl_nlmsg_put_extra_header(question.request, sizeof(*head));
	head->ifi_index = (int)link;
	mnl_attr_put_u32(question.request, IFLA_EXT_MASK,
	    RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS);
	status = ask(&question, &to);
	free(question.octets);
	return status;
}

/* A dump, but of one port: so the kernel asks for a link's header. */
enum status
netlink_ask_learned(
    uint32_t port, size_t most, netlink_taker *take, void *owner)
{
	struct receiver to = { .take = take, .owner = owner, .most = most };
	struct question question = { .octets = malloc(MESSAGE_SIZE),
		.size = MESSAGE_SIZE };
	struct ifinfomsg *head;
	enum status status;

	if (!question.octets)
		return STATUS_NO_MEMORY;
	question.request =
	    begin_request(question.octets, RTM_GETNEIGH, NLM_F_DUMP);
	head = mnl_nlmsg_put_extra_header(question.request, sizeof(*head));
	head->ifi_family = AF_BRIDGE;
	head->ifi_index = (int)port;
	status = ask(&question, &to);
	free(question.octets);
	return status;
}
