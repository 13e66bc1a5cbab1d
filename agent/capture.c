#include "agent/capture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agent/capture_filter.h"
#include "agent/capture_tag.h"

enum {
	/* Room in the kernel for what gathers between two wake-ups; it is
	 * memory only while frames wait. */
	RECEIVE_SIZE = 128 * 1024,
	FRAMES_AT_ONCE = 8,
	/* One NIC that floods must not keep the others waiting. */
	FRAMES_A_TURN = 256,
	PAUSE_MS = 200,
	/* Many frames came at once: the sockets would fill in a long pause. */
	BUSY_FRAMES = 24,
	BUSY_PAUSE_MS = 20,
	NICS_AT_ONCE = 32,
	/* So many NICs that hear without end must not keep timers waiting. */
	PASSES_MOST = 4
};

struct capture {
	struct capture *next;
	uint32_t nic;
	int fd;
};

/* Room for one frame of a batch; the front stays free for the tag. */
struct slot {
	struct iovec part;
	struct sockaddr_ll from;
	_Alignas(struct cmsghdr) char control[CAPTURE_CONTROL_SIZE];
	uint8_t octets[CAPTURE_TAG_SIZE + CAPTURE_FRAME_SIZE];
};

struct captures {
	struct captures_settings settings;
	struct capture_filter filter;
	struct capture *first;
	struct capture *draining; /* NULL when it was closed meanwhile */
	int epoll_fd;             /* all sockets; itself watched by the loop */
	struct loop_watch watch;
	struct loop_timer pause;
	struct slot slots[FRAMES_AT_ONCE];
};

static struct capture **
find(struct captures *captures, uint32_t nic)
{
	struct capture **at = &captures->first;

	while (*at && (*at)->nic != nic)
		at = &(*at)->next;
	return at;
}

static void
hand_over(struct captures *captures, uint32_t nic, struct mmsghdr *message,
    struct slot *slot)
{
	size_t size = message->msg_len, begin;
	size_t kept = size < CAPTURE_FRAME_SIZE ? size : CAPTURE_FRAME_SIZE;

	/* Kernels before 4.20 do not know PACKET_IGNORE_OUTGOING. */
	if (slot->from.sll_pkttype == PACKET_OUTGOING ||
	    size < CAPTURE_ADDRESSES_SIZE)
		return;
	begin = capture_tag_put_back(&message->msg_hdr, slot->octets);
	captures->settings.take(captures->settings.owner, nic,
	    cursor_over(slot->octets + begin, kept + CAPTURE_TAG_SIZE - begin),
	    size + CAPTURE_TAG_SIZE - begin);
}

static void
prepare(struct captures *captures, struct mmsghdr *messages)
{
	memset(messages, 0, FRAMES_AT_ONCE * sizeof(*messages));
	for (int i = 0; i < FRAMES_AT_ONCE; i++) {
		struct slot *slot = &captures->slots[i];
		struct msghdr *head = &messages[i].msg_hdr;

		slot->part.iov_base = slot->octets + CAPTURE_TAG_SIZE;
		slot->part.iov_len = CAPTURE_FRAME_SIZE;
		head->msg_iov = &slot->part;
		head->msg_iovlen = 1;
		head->msg_name = &slot->from;
		head->msg_namelen = sizeof(slot->from);
		head->msg_control = slot->control;
		head->msg_controllen = sizeof(slot->control);
	}
}

/* Reads what waits, up to a limit; gives the number of frames. */
static int
drain(struct captures *captures, struct capture *capture)
{
	struct mmsghdr messages[FRAMES_AT_ONCE];
	int total = 0, count = FRAMES_AT_ONCE;

	captures->draining = capture;
	while (count == FRAMES_AT_ONCE && total < FRAMES_A_TURN) {
		prepare(captures, messages);
		count = recvmmsg(capture->fd, messages, FRAMES_AT_ONCE,
		    MSG_DONTWAIT | MSG_TRUNC, NULL);
		/* ENETDOWN tells once that the NIC went down; the socket
		 * stays bound and hears again when it is up. */
		if (count < 0)
			break;
		total += count;
		for (int i = 0; i < count && captures->draining; i++)
			hand_over(captures, capture->nic, &messages[i],
			    &captures->slots[i]);
		if (!captures->draining)
			break;
	}
	captures->draining = NULL;
	return total;
}

static void
frames_wait(void *owner, uint32_t events, struct instant now)
{
	struct captures *captures = owner;
	struct epoll_event ready[NICS_AT_ONCE];
	int count, most = 0, pause_ms, passes = 0;

	(void)events;
	do {
		count = epoll_wait(captures->epoll_fd, ready, NICS_AT_ONCE, 0);
		for (int i = 0; i < count; i++) {
			struct capture *c = *find(captures, ready[i].data.u32);
			int frames = c ? drain(captures, c) : 0;

			most = frames > most ? frames : most;
		}
	} while (count == NICS_AT_ONCE && most < FRAMES_A_TURN &&
		 ++passes < PASSES_MOST);
	if (!captures->settings.batched)
		return;
	pause_ms = most > BUSY_FRAMES ? BUSY_PAUSE_MS : PAUSE_MS;
	if (loop_rewatch(captures->settings.loop, &captures->watch, 0) ==
	    STATUS_OK)
		loop_timer_set(captures->settings.loop, &captures->pause,
		    instant_after(now, pause_ms));
}

static void
pause_ends(void *owner, struct instant now)
{
	struct captures *captures = owner;

	if (loop_rewatch(captures->settings.loop, &captures->watch, EPOLLIN) !=
	    STATUS_OK)
		loop_timer_set(captures->settings.loop, &captures->pause,
		    instant_after(now, PAUSE_MS));
}

enum status
captures_new(
    const struct captures_settings *settings, struct captures **out_captures)
{
	struct captures *captures = calloc(1, sizeof(*captures));
	enum status status;

	if (!captures)
		return STATUS_NO_MEMORY;
	captures->settings = *settings;
	captures->watch = (struct loop_watch){
		.fd = -1, .ready = frames_wait, .owner = captures
	};
	captures->pause =
	    (struct loop_timer){ .fire = pause_ends, .owner = captures };
	captures->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	status = capture_filter_compile(&captures->filter);
	if (status == STATUS_OK && captures->epoll_fd < 0)
		status = STATUS_SYSTEM;
	if (status == STATUS_OK)
		status = loop_watch(settings->loop, &captures->watch,
		    captures->epoll_fd, EPOLLIN);
	if (status != STATUS_OK) {
		captures_free(captures);
		return status;
	}
	*out_captures = captures;
	return STATUS_OK;
}

void
captures_free(struct captures *captures)
{
	if (!captures)
		return;
	while (captures->first)
		captures_close(captures, captures->first->nic);
	loop_timer_stop(captures->settings.loop, &captures->pause);
	loop_unwatch(captures->settings.loop, &captures->watch);
	if (captures->epoll_fd >= 0)
		close(captures->epoll_fd);
	free(captures);
}

static enum status
status_of_errno(void)
{
	if (errno == EPERM || errno == EACCES)
		return STATUS_NOT_ALLOWED;
	if (errno == ENODEV || errno == ENXIO)
		return STATUS_NOT_FOUND;
	return STATUS_SYSTEM;
}

static enum status
set(int fd, int level, int option, int value)
{
	if (setsockopt(fd, level, option, &value, sizeof(value)) < 0)
		return status_of_errno();
	return STATUS_OK;
}

static enum status
join_all(int fd, uint32_t nic)
{
	const struct capture_address *addresses;
	size_t count = capture_addresses(&addresses);

	for (size_t i = 0; i < count; i++) {
		struct packet_mreq request = { .mr_ifindex = (int)nic,
			.mr_type = PACKET_MR_MULTICAST,
			.mr_alen = sizeof(addresses[i].octets) };

		memcpy(request.mr_address, addresses[i].octets,
		    sizeof(addresses[i].octets));
		if (setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &request,
			sizeof(request)) < 0)
			return status_of_errno();
	}
	return STATUS_OK;
}

static enum status
set_up(int fd, const struct capture_filter *filter, uint32_t nic)
{
	struct sock_fprog program = { .len = filter->size };
	struct sockaddr_ll address = { .sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = (int)nic };
	struct sock_filter code[CAPTURE_FILTER_MOST];
	enum status status;

	memcpy(code, filter->code, sizeof(code));
	program.filter = code;
	if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program,
		sizeof(program)) < 0)
		return status_of_errno();
	status = set(fd, SOL_SOCKET, SO_LOCK_FILTER, 1);
	if (status == STATUS_OK)
		status = set(fd, SOL_SOCKET, SO_RCVBUF, RECEIVE_SIZE);
	if (status == STATUS_OK)
		status = set(fd, SOL_PACKET, PACKET_AUXDATA, 1);
	if (status == STATUS_OK)
		status = join_all(fd, nic);
	if (status != STATUS_OK)
		return status;
	/* Older than 4.20: hand_over judges by the packet's type. */
	(void)!set(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		return status_of_errno();
	return STATUS_OK;
}

static enum status
keep(struct captures *captures, uint32_t nic, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.u32 = nic };
	struct capture *capture = calloc(1, sizeof(*capture));

	if (!capture)
		return STATUS_NO_MEMORY;
	if (epoll_ctl(captures->epoll_fd, EPOLL_CTL_ADD, fd, &event) < 0) {
		free(capture);
		return STATUS_SYSTEM;
	}
	*capture = (struct capture){ captures->first, nic, fd };
	captures->first = capture;
	return STATUS_OK;
}

enum status
captures_open(struct captures *captures, uint32_t nic)
{
	enum status status;
	int fd;

	if (*find(captures, nic))
		return STATUS_OK;
	/* Protocol 0: nothing arrives before bind names one. */
	fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return status_of_errno();
	status = set_up(fd, &captures->filter, nic);
	if (status == STATUS_OK)
		status = keep(captures, nic, fd);
	if (status != STATUS_OK)
		close(fd);
	return status;
}

void
captures_close(struct captures *captures, uint32_t nic)
{
	struct capture **at = find(captures, nic);
	struct capture *gone = *at;

	if (!gone)
		return;
	if (captures->draining == gone)
		captures->draining = NULL;
	*at = gone->next;
	close(gone->fd);
	free(gone);
}

void
captures_drain(struct captures *captures, uint32_t nic)
{
	struct capture *capture = *find(captures, nic);

	if (capture && !captures->draining)
		(void)drain(captures, capture);
}

uint32_t
captures_take_drops(struct captures *captures, uint32_t nic)
{
	struct capture *capture = *find(captures, nic);
	struct tpacket_stats stats;
	socklen_t size = sizeof(stats);

	if (!capture || getsockopt(capture->fd, SOL_PACKET, PACKET_STATISTICS,
			    &stats, &size) < 0)
		return 0;
	return stats.tp_drops;
}
