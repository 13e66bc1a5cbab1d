#include "agent/opener.h"

#include <errno.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/opener_calls.h"
#include "base/text.h"

/* It is split off so early that none is open beyond. */
enum { DESCRIPTORS_MOST = 64 };

struct opener {
	const char *path;
	int fd;
	pid_t process; /* 0: ended */
	struct opener_settings to;
	struct loop_watch watch;
};

/* Room for one descriptor beside the errno. */
struct answer {
	int why;
	struct iovec part;
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))];
	struct msghdr head;
};

static void
prepare(struct answer *answer)
{
	memset(answer, 0, sizeof(*answer));
	answer->part.iov_base = &answer->why;
	answer->part.iov_len = sizeof(answer->why);
	answer->head.msg_iov = &answer->part;
	answer->head.msg_iovlen = 1;
	answer->head.msg_control = answer->control;
	answer->head.msg_controllen = sizeof(answer->control);
}

int
opener_connect(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd, why;

	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	text_copy(address.sun_path, sizeof(address.sun_path), path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)&address,
			   sizeof(address)) < 0) {
		why = errno;
		close(fd);
		errno = why;
		return -1;
	}
	return fd;
}

/* ---- its process ----------------------------------------------------------
 */

static bool
hand_over(int to, int fd, int why)
{
	struct answer answer;
	struct cmsghdr *c;

	prepare(&answer);
	answer.why = why;
	if (fd < 0) {
		answer.head.msg_control = NULL;
		answer.head.msg_controllen = 0;
	} else {
		c = CMSG_FIRSTHDR(&answer.head);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof(fd));
		memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	}
	return sendmsg(to, &answer.head, MSG_NOSIGNAL) >= 0;
}

static void
serve(int agent, const char *path)
{
	char octet;

	while (read(agent, &octet, sizeof(octet)) > 0) {
		int fd = opener_connect(path);
		bool ok = hand_over(agent, fd, fd < 0 ? errno : 0);

		if (fd >= 0)
			close(fd);
		if (!ok)
			return;
	}
}

/* Signals stay blocked as they were: it ends when the agent has. */
static _Noreturn void
become_opener(int agent, const char *path, const struct account *account)
{
	/* Its own end first, then nothing that it could hold open. */
	if (dup2(agent, STDIN_FILENO) < 0)
		_exit(1);
	for (int fd = STDIN_FILENO + 1; fd < DESCRIPTORS_MOST; fd++)
		close(fd);
	(void)prctl(PR_SET_NAME, "demarc-opener", 0, 0, 0);
	if (privilege_give_up(account, CAP_DAC_OVERRIDE) != STATUS_OK ||
	    opener_calls_limit() != STATUS_OK)
		_exit(1);
	serve(STDIN_FILENO, path);
	_exit(0);
}

/* ---- the agent's end ------------------------------------------------------
 */

enum status
opener_new(const char *path, const struct account *account, struct opener **out)
{
	struct opener *opener;
	int ends[2];

	if (!privilege_has(CAP_DAC_OVERRIDE))
		return STATUS_NOT_ALLOWED;
	opener = calloc(1, sizeof(*opener));
	if (!opener)
		return STATUS_NO_MEMORY;
	*opener = (struct opener){ .path = path, .watch = { .fd = -1 } };
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
		free(opener);
		return STATUS_SYSTEM;
	}
	opener->process = fork();
	if (opener->process == 0)
		become_opener(ends[1], path, account);
	close(ends[1]);
	opener->fd = ends[0];
	if (opener->process < 0) {
		opener->process = 0;
		opener_free(opener);
		return STATUS_SYSTEM;
	}
	*out = opener;
	return STATUS_OK;
}

/* It ends by itself when our end of the pair is closed; stopped, it would not.
 */
static void
end(struct opener *opener)
{
	if (opener->to.loop)
		loop_unwatch(opener->to.loop, &opener->watch);
	if (opener->fd >= 0)
		close(opener->fd);
	opener->fd = -1;
	if (opener->process > 0) {
		(void)kill(opener->process, SIGKILL);
		(void)waitpid(opener->process, NULL, 0);
	}
	opener->process = 0;
}

void
opener_free(struct opener *opener)
{
	if (!opener)
		return;
	end(opener);
	free(opener);
}

static int
descriptor_in(struct answer *answer)
{
	struct cmsghdr *c = CMSG_FIRSTHDR(&answer->head);
	int fd = -1;

	if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS &&
	    c->cmsg_len == CMSG_LEN(sizeof(fd)))
		memcpy(&fd, CMSG_DATA(c), sizeof(fd));
	return fd;
}

static void
answered(void *owner, uint32_t events, struct instant now)
{
	struct opener *opener = owner;
	struct answer answer;
	ssize_t size;
	int fd;

	(void)events;
	(void)now;
	prepare(&answer);
	size =
	    recvmsg(opener->fd, &answer.head, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	if (size < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (size != (ssize_t)sizeof(answer.why)) {
		end(opener);
		opener->to.take(opener->to.owner, -1, EPIPE);
		return;
	}
	fd = descriptor_in(&answer);
	opener->to.take(opener->to.owner, fd,
	    fd < 0 && answer.why == 0 ? EPROTO : answer.why);
}

enum status
opener_begin(struct opener *opener, const struct opener_settings *settings)
{
	opener->to = *settings;
	opener->watch =
	    (struct loop_watch){ .fd = -1, .ready = answered, .owner = opener };
	return loop_watch(opener->to.loop, &opener->watch, opener->fd, EPOLLIN);
}

bool
opener_ask(struct opener *opener)
{
	return opener->fd >= 0 &&
	       send(opener->fd, "o", 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
}
