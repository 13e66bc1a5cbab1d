#include "agent/netns.h"

#include <libmnl/libmnl.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <sys/socket.h>

enum { MESSAGE_SIZE = 512 };

struct netns {
	struct mnl_socket *socket;
	uint32_t number;
};

struct netns *
netns_new(void)
{
	struct netns *netns = calloc(1, sizeof(*netns));

	if (!netns)
		return NULL;
	netns->socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	if (!netns->socket ||
	    mnl_socket_bind(netns->socket, 0, MNL_SOCKET_AUTOPID) < 0) {
		netns_free(netns);
		return NULL;
	}
	return netns;
}

void
netns_free(struct netns *netns)
{
	if (!netns)
		return;
	if (netns->socket)
		(void)mnl_socket_close(netns->socket);
	free(netns);
}

static int
take_attribute(const struct nlattr *attribute, void *data)
{
	int32_t *id = data;

	if (mnl_attr_get_type(attribute) == NETNSA_NSID &&
	    mnl_attr_get_payload_len(attribute) == sizeof(uint32_t))
		*id = (int32_t)mnl_attr_get_u32(attribute);
	return MNL_CB_OK;
}

static int
take_answer(const struct nlmsghdr *message, void *data)
{
	if (message->nlmsg_type == RTM_NEWNSID)
		(void)mnl_attr_parse(
		    message, sizeof(struct rtgenmsg), take_attribute, data);
	return MNL_CB_STOP;
}

static int32_t
ask(struct netns *netns, uint16_t attribute, uint32_t value)
{
	_Alignas(struct nlmsghdr) char octets[MESSAGE_SIZE];
	struct nlmsghdr *request = mnl_nlmsg_put_header(octets);
	struct rtgenmsg *head;
	int32_t id = NETNS_NONE;
	ssize_t size;

	request->nlmsg_type = RTM_GETNSID;
	request->nlmsg_flags = NLM_F_REQUEST;
	request->nlmsg_seq = ++netns->number;
	head = mnl_nlmsg_put_extra_header(request, sizeof(*head));
	head->rtgen_family = AF_UNSPEC;
	mnl_attr_put_u32(request, attribute, value);
	if (mnl_socket_sendto(netns->socket, request, request->nlmsg_len) < 0)
		return NETNS_NONE;
	size = mnl_socket_recvfrom(netns->socket, octets, sizeof(octets));
	if (size > 0)
		(void)mnl_cb_run(octets, (size_t)size, netns->number,
		    mnl_socket_get_portid(netns->socket), take_answer, &id);
	return id;
}

int32_t
netns_of_process(struct netns *netns, int pid)
{
	return ask(netns, NETNSA_PID, (uint32_t)pid);
}

int32_t
netns_of_file(struct netns *netns, int fd)
{
	return ask(netns, NETNSA_FD, (uint32_t)fd);
}
