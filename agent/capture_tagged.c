#include "agent/capture_tagged.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agent/capture_tag.h"
#include "agent/capture_tagged_filter.h"

enum {
	/* Some hundred frames: the kernel counts what it holds of each. */
	RECEIVE_SIZE = 128 * 1024,
	FRAMES_AT_ONCE = 32,
	PAUSE_MS = 200,
	/* In one window: twice as many as there are VLANs. */
	FRAMES_MOST = 8192
};

/* Groups to which a tagged VLAN's switches, routers and hosts speak, and that
 * a NIC drops unless somebody joins them.  ARP comes as a broadcast. */
static const uint8_t groups[][6] = {
	{ 0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcd }, /* Cisco's spanning trees */
	{ 0x01, 0x00, 0x5e, 0x00, 0x00, 0x01 }, /* all hosts: IGMP queries */
	{ 0x01, 0x00, 0x5e, 0x00, 0x00, 0x02 }, /* all routers: HSRP */
	{ 0x01, 0x00, 0x5e, 0x00, 0x00, 0x12 }, /* VRRP */
	{ 0x33, 0x33, 0x00, 0x00, 0x00, 0x01 }, /* all nodes: advertisements */
};

struct listener {
	struct listener *next;
	struct tagged_captures *captures;
	uint32_t nic;
	uint32_t read;
	struct loop_watch watch;
	struct loop_timer pause;
	size_t muted_count;
	uint16_t muted[TAGGED_MUTED_MOST];
};

struct slot {
	struct iovec part;
	struct sockaddr_ll from;
	_Alignas(struct cmsghdr) char control[CAPTURE_CONTROL_SIZE];
	uint8_t octets[CAPTURE_TAG_SIZE + TAGGED_FRAME_SIZE];
};

struct tagged_captures {
	struct loop *loop;
	tagged_taker *take;
	void *owner;
	struct listener *first;
	struct slot slots[FRAMES_AT_ONCE];
};

/* ---- a socket ----------------------------------------------------------- */

static enum status
status_of_errno(void)
{
	if (errno == EPERM || errno == EACCES)
		return STATUS_NOT_ALLOWED;
	if (errno == ENODEV || errno == ENXIO)
		return STATUS_NOT_FOUND;
	return STATUS_SYSTEM;
}

static bool
set(int fd, int level, int option, int value)
{
	return setsockopt(fd, level, option, &value, sizeof(value)) == 0;
}

static bool
join_all(int fd, uint32_t nic)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		struct packet_mreq request = { .mr_ifindex = (int)nic,
			.mr_type = PACKET_MR_MULTICAST,
			.mr_alen = sizeof(groups[i]) };

		memcpy(request.mr_address, groups[i], sizeof(groups[i]));
		if (setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &request,
			sizeof(request)) < 0)
			return false;
	}
	return true;
}

static bool
attach(int fd, const uint16_t *muted, size_t count)
{
	struct tagged_filter filter;
	struct sock_fprog program = { .filter = filter.code };

	tagged_filter_make(&filter, muted, count);
	program.len = filter.size;
	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program,
		   sizeof(program)) == 0;
}

static enum status
set_up(int fd, uint32_t nic)
{
	struct sockaddr_ll address = { .sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = (int)nic };

	if (!attach(fd, NULL, 0) ||
	    !set(fd, SOL_SOCKET, SO_RCVBUF, RECEIVE_SIZE) ||
	    !set(fd, SOL_PACKET, PACKET_AUXDATA, 1) || !join_all(fd, nic))
		return status_of_errno();
	/* Older than 4.20: hand_over judges by the packet's type. */
	(void)set(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		return status_of_errno();
	return STATUS_OK;
}

/* ---- frames ------------------------------------------------------------- */

static void
hand_over(struct listener *listener, struct mmsghdr *message, struct slot *slot)
{
	struct tagged_captures *captures = listener->captures;
	size_t size = message->msg_len, begin;
	uint16_t enough;

	if (slot->from.sll_pkttype == PACKET_OUTGOING ||
	    size < CAPTURE_ADDRESSES_SIZE)
		return;
	begin = capture_tag_put_back(&message->msg_hdr, slot->octets);
	enough = captures->take(captures->owner, listener->nic,
	    cursor_over(slot->octets + begin, size + CAPTURE_TAG_SIZE - begin));
	for (size_t i = 0; i < listener->muted_count; i++) {
		if (listener->muted[i] == enough)
			return;
	}
	if (enough != 0 && listener->muted_count < TAGGED_MUTED_MOST)
		listener->muted[listener->muted_count++] = enough;
}

static void
prepare(struct tagged_captures *captures, struct mmsghdr *messages)
{
	memset(messages, 0, FRAMES_AT_ONCE * sizeof(*messages));
	for (int i = 0; i < FRAMES_AT_ONCE; i++) {
		struct slot *slot = &captures->slots[i];
		struct msghdr *head = &messages[i].msg_hdr;

		slot->part.iov_base = slot->octets + CAPTURE_TAG_SIZE;
		slot->part.iov_len = TAGGED_FRAME_SIZE;
		head->msg_iov = &slot->part;
		head->msg_iovlen = 1;
		head->msg_name = &slot->from;
		head->msg_namelen = sizeof(slot->from);
		head->msg_control = slot->control;
		head->msg_controllen = sizeof(slot->control);
	}
}

/* Takes what waits; what arrives meanwhile must not keep it here, so it ends
 * after as many frames as the socket may hold. */
static void
drain(struct listener *listener)
{
	struct mmsghdr messages[FRAMES_AT_ONCE];
	size_t muted = listener->muted_count;
	int count = FRAMES_AT_ONCE, total = 0;

	while (count == FRAMES_AT_ONCE && listener->read < FRAMES_MOST &&
	       total < RECEIVE_SIZE / 512) {
		prepare(listener->captures, messages);
		count = recvmmsg(listener->watch.fd, messages, FRAMES_AT_ONCE,
		    MSG_DONTWAIT, NULL);
		if (count < 0)
			break;
		total += count;
		listener->read += (uint32_t)count;
		for (int i = 0; i < count; i++)
			hand_over(listener, &messages[i],
			    &listener->captures->slots[i]);
	}
	/* Without memory for it the frames go on coming; that costs time, no
	 * more. */
	if (listener->muted_count > muted)
		(void)attach(
		    listener->watch.fd, listener->muted, listener->muted_count);
}

static void
frames_wait(void *owner, uint32_t events, struct instant now)
{
	struct listener *listener = owner;
	struct loop *loop = listener->captures->loop;

	(void)events;
	drain(listener);
	if (loop_rewatch(loop, &listener->watch, 0) == STATUS_OK)
		loop_timer_set(
		    loop, &listener->pause, instant_after(now, PAUSE_MS));
}

static void
pause_ends(void *owner, struct instant now)
{
	struct listener *listener = owner;
	struct loop *loop = listener->captures->loop;

	if (listener->read < FRAMES_MOST &&
	    loop_rewatch(loop, &listener->watch, EPOLLIN) != STATUS_OK)
		loop_timer_set(
		    loop, &listener->pause, instant_after(now, PAUSE_MS));
}

/* ---- beginning and end --------------------------------------------------- */

static struct listener **
find(struct tagged_captures *captures, uint32_t nic)
{
	struct listener **at = &captures->first;

	while (*at && (*at)->nic != nic)
		at = &(*at)->next;
	return at;
}

static enum status
keep(struct tagged_captures *captures, uint32_t nic, int fd)
{
	struct listener *listener = calloc(1, sizeof(*listener));

	if (!listener)
		return STATUS_NO_MEMORY;
	listener->captures = captures;
	listener->nic = nic;
	listener->watch = (struct loop_watch){
		.fd = -1, .ready = frames_wait, .owner = listener
	};
	listener->pause =
	    (struct loop_timer){ .fire = pause_ends, .owner = listener };
	if (loop_watch(captures->loop, &listener->watch, fd, EPOLLIN) !=
	    STATUS_OK) {
		free(listener);
		return STATUS_SYSTEM;
	}
	listener->next = captures->first;
	captures->first = listener;
	return STATUS_OK;
}

enum status
tagged_captures_open(struct tagged_captures *captures, uint32_t nic)
{
	enum status status;
	int fd;

	if (*find(captures, nic))
		return STATUS_OK;
	/* Protocol 0: nothing arrives before bind names one. */
	fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return status_of_errno();
	status = set_up(fd, nic);
	if (status == STATUS_OK)
		status = keep(captures, nic, fd);
	if (status != STATUS_OK)
		close(fd);
	return status;
}

static struct tagged_counts
count(const struct listener *listener)
{
	struct tagged_counts counts = { .read = listener->read };
	struct tpacket_stats stats;
	socklen_t size = sizeof(stats);

	if (getsockopt(listener->watch.fd, SOL_PACKET, PACKET_STATISTICS,
		&stats, &size) == 0)
		counts.dropped = stats.tp_drops;
	return counts;
}

struct tagged_counts
tagged_captures_close(struct tagged_captures *captures, uint32_t nic)
{
	struct listener **at = find(captures, nic), *gone = *at;
	struct tagged_counts counts = { 0 };
	int fd;

	if (!gone)
		return counts;
	drain(gone);
	counts = count(gone);
	*at = gone->next;
	fd = gone->watch.fd;
	loop_timer_stop(captures->loop, &gone->pause);
	loop_unwatch(captures->loop, &gone->watch);
	close(fd);
	free(gone);
	return counts;
}

enum status
tagged_captures_new(struct loop *loop, tagged_taker *take, void *owner,
    struct tagged_captures **out_captures)
{
	struct tagged_captures *captures = calloc(1, sizeof(*captures));

	if (!captures)
		return STATUS_NO_MEMORY;
	captures->loop = loop;
	captures->take = take;
	captures->owner = owner;
	*out_captures = captures;
	return STATUS_OK;
}

void
tagged_captures_free(struct tagged_captures *captures)
{
	if (!captures)
		return;
	while (captures->first)
		(void)tagged_captures_close(captures, captures->first->nic);
	free(captures);
}
