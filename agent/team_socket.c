#include "agent/team_socket.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/if_team.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { MESSAGE_SIZE = 32 * 1024 };

struct team_socket {
	struct mnl_socket *socket;
	uint16_t family;
	uint32_t group;
};

struct receiver {
	team_taker *take;
	void *owner;
	uint16_t family;
};

static int
hand_over(const struct nlmsghdr *message, void *data)
{
	const struct receiver *to = data;

	if (message->nlmsg_type == to->family)
		to->take(to->owner, message);
	return MNL_CB_OK;
}

static struct nlmsghdr *
begin(char *octets, uint16_t family, uint8_t command)
{
	struct nlmsghdr *request = mnl_nlmsg_put_header(octets);
	struct genlmsghdr *head;

	request->nlmsg_type = family;
	request->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	request->nlmsg_seq = 1;
	head = mnl_nlmsg_put_extra_header(request, sizeof(*head));
	head->cmd = command;
	head->version = 1;
	return request;
}

/* On a socket of its own, so that no change comes between.  An answer in
 * parts ends with a message that says so, a single one with its
 * acknowledgement. */
static enum status
ask(char *octets, const struct nlmsghdr *request, mnl_cb_t take, void *data)
{
	struct mnl_socket *socket =
	    mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);
	int result = MNL_CB_OK;
	ssize_t size;

	if (!socket)
		return STATUS_SYSTEM;
	if (mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0 ||
	    mnl_socket_sendto(socket, request, request->nlmsg_len) < 0)
		result = MNL_CB_ERROR;
	while (result > MNL_CB_STOP) {
		size = mnl_socket_recvfrom(socket, octets, MESSAGE_SIZE);
		if (size < 0 && errno == EINTR)
			continue;
		result = size < 0
			     ? MNL_CB_ERROR
			     : mnl_cb_run(octets, (size_t)size, 1,
				   mnl_socket_get_portid(socket), take, data);
	}
	(void)mnl_socket_close(socket);
	if (result == MNL_CB_STOP)
		return STATUS_OK;
	if (errno == ENOENT)
		return STATUS_NOT_FOUND;
	return errno == EPERM ? STATUS_NOT_ALLOWED : STATUS_SYSTEM;
}

/* ---- the number of the family and of its group -----------------------------
 */

struct group {
	const char *name;
	uint32_t id;
};

static int
read_group_part(const struct nlattr *attribute, void *data)
{
	struct group *group = data;
	uint16_t type = mnl_attr_get_type(attribute);

	if (type == CTRL_ATTR_MCAST_GRP_ID &&
	    mnl_attr_validate(attribute, MNL_TYPE_U32) == 0)
		group->id = mnl_attr_get_u32(attribute);
	else if (type == CTRL_ATTR_MCAST_GRP_NAME &&
		 mnl_attr_validate(attribute, MNL_TYPE_NUL_STRING) == 0)
		group->name = mnl_attr_get_str(attribute);
	return MNL_CB_OK;
}

static int
read_group(const struct nlattr *attribute, void *data)
{
	struct team_socket *out = data;
	struct group group = { .name = "" };

	(void)mnl_attr_parse_nested(attribute, read_group_part, &group);
	if (strcmp(group.name, TEAM_GENL_CHANGE_EVENT_MC_GRP_NAME) == 0)
		out->group = group.id;
	return MNL_CB_OK;
}

static int
read_family_part(const struct nlattr *attribute, void *data)
{
	struct team_socket *out = data;
	uint16_t type = mnl_attr_get_type(attribute);

	if (type == CTRL_ATTR_FAMILY_ID &&
	    mnl_attr_validate(attribute, MNL_TYPE_U16) == 0)
		out->family = mnl_attr_get_u16(attribute);
	else if (type == CTRL_ATTR_MCAST_GROUPS)
		(void)mnl_attr_parse_nested(attribute, read_group, out);
	return MNL_CB_OK;
}

static int
read_family(const struct nlmsghdr *message, void *data)
{
	(void)mnl_attr_parse(
	    message, sizeof(struct genlmsghdr), read_family_part, data);
	return MNL_CB_OK;
}

static enum status
find_family(struct team_socket *out)
{
	char *octets = malloc(MESSAGE_SIZE);
	struct nlmsghdr *request;
	enum status status;

	if (!octets)
		return STATUS_NO_MEMORY;
	request = begin(octets, GENL_ID_CTRL, CTRL_CMD_GETFAMILY);
	mnl_attr_put_strz(request, CTRL_ATTR_FAMILY_NAME, TEAM_GENL_NAME);
	status = ask(octets, request, read_family, out);
	free(octets);
	if (status == STATUS_OK && (out->family == 0 || out->group == 0))
		return STATUS_NOT_FOUND;
	return status;
}

/* ---- the socket of changes
 * --------------------------------------------------- */

static enum status
open_socket(struct team_socket *s)
{
	int group = (int)s->group;

	s->socket =
	    mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (!s->socket ||
	    mnl_socket_bind(s->socket, 0, MNL_SOCKET_AUTOPID) < 0 ||
	    mnl_socket_setsockopt(
		s->socket, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)) < 0)
		return STATUS_SYSTEM;
	return STATUS_OK;
}

enum status
team_socket_new(struct team_socket **out_socket)
{
	struct team_socket *s = calloc(1, sizeof(*s));
	enum status status;

	if (!s)
		return STATUS_NO_MEMORY;
	status = find_family(s);
	if (status == STATUS_OK)
		status = open_socket(s);
	if (status != STATUS_OK) {
		team_socket_free(s);
		return status;
	}
	*out_socket = s;
	return STATUS_OK;
}

void
team_socket_free(struct team_socket *socket)
{
	if (!socket)
		return;
	if (socket->socket)
		(void)mnl_socket_close(socket->socket);
	free(socket);
}

int
team_socket_fd(const struct team_socket *socket)
{
	return mnl_socket_get_fd(socket->socket);
}

enum status
team_socket_read(struct team_socket *socket, team_taker *take, void *owner)
{
	struct receiver to = { take, owner, socket->family };
	char *octets = malloc(MESSAGE_SIZE);
	enum status status = STATUS_SYSTEM;
	ssize_t size;

	if (!octets)
		return STATUS_NO_MEMORY;
	do {
		size =
		    mnl_socket_recvfrom(socket->socket, octets, MESSAGE_SIZE);
		if (size >= 0)
			(void)mnl_cb_run(
			    octets, (size_t)size, 0, 0, hand_over, &to);
	} while (size >= 0 || errno == EINTR);
	if (errno == EAGAIN)
		status = STATUS_OK;
	else if (errno == ENOBUFS || errno == ENOSPC)
		status = STATUS_TOO_LARGE;
	free(octets);
	return status;
}

enum status
team_socket_ask(const struct team_socket *socket, uint32_t team,
    team_taker *take, void *owner)
{
	static const uint8_t commands[] = { TEAM_CMD_OPTIONS_GET,
		TEAM_CMD_PORT_LIST_GET };
	struct receiver to = { take, owner, socket->family };
	char *octets = malloc(MESSAGE_SIZE);
	enum status status = octets ? STATUS_OK : STATUS_NO_MEMORY;

	for (size_t i = 0; status == STATUS_OK && i < sizeof(commands); i++) {
		struct nlmsghdr *request =
		    begin(octets, socket->family, commands[i]);

		mnl_attr_put_u32(request, TEAM_ATTR_TEAM_IFINDEX, team);
		status = ask(octets, request, hand_over, &to);
	}
	free(octets);
	return status;
}
