#include "agent/control.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/text.h"

enum {
	CLIENTS_MOST = 8,
	/* Who asks and then does not read is sent away. */
	CLIENT_MS = 10000,
	ANSWER_SIZE_MOST = 8 << 20,
	ASK_TIMEOUT_S = 10,
	SOCKET_MODE = 0660
};

struct client {
	struct control *control;
	struct loop_watch watch; /* fd -1: the place is free */
	struct loop_timer timer;
	char question[CONTROL_QUESTION_SIZE];
	size_t question_size;
	struct buffer answer;
	size_t sent;
};

struct control {
	struct control_settings settings;
	char path[sizeof(((struct sockaddr_un *)0)->sun_path)];
	struct loop_watch watch;
	struct client clients[CLIENTS_MOST];
};

static bool
make_address(struct sockaddr_un *out, const char *path)
{
	*out = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof(out->sun_path))
		return false;
	text_copy(out->sun_path, sizeof(out->sun_path), path);
	return true;
}

static void
hang_up(struct client *client)
{
	int fd = client->watch.fd;

	loop_timer_stop(client->control->settings.loop, &client->timer);
	loop_unwatch(client->control->settings.loop, &client->watch);
	close(fd);
	buffer_done(&client->answer);
}

static void
time_is_up(void *owner, struct instant now)
{
	(void)now;
	hang_up(owner);
}

static void
send_answer(struct client *client)
{
	struct buffer *answer = &client->answer;

	while (client->sent < answer->size) {
		ssize_t sent = send(client->watch.fd,
		    &answer->octets[client->sent], answer->size - client->sent,
		    MSG_NOSIGNAL | MSG_DONTWAIT);

		if (sent < 0 && errno == EAGAIN)
			return;
		if (sent < 0)
			break;
		client->sent += (size_t)sent;
	}
	hang_up(client);
}

static void
answer_question(struct client *client)
{
	struct control *control = client->control;
	CLEANUP(buffer_done) struct buffer text = { 0 };
	bool ok;

	buffer_init(&text, ANSWER_SIZE_MOST);
	buffer_init(&client->answer, ANSWER_SIZE_MOST);
	ok = control->settings.answer(
	    control->settings.owner, client->question, &text);
	buffer_text(&client->answer, ok ? "ok\n" : "error\n");
	buffer_append(&client->answer, buffer_string(&text), text.size);
	if (!buffer_ok(&text) || !buffer_ok(&client->answer)) {
		buffer_clear(&client->answer);
		buffer_text(&client->answer, "error\nthe answer is too long");
	}
	if (loop_rewatch(control->settings.loop, &client->watch, EPOLLOUT) !=
	    STATUS_OK) {
		hang_up(client);
		return;
	}
	send_answer(client);
}

static void
read_question(struct client *client)
{
	size_t room = sizeof(client->question) - 1 - client->question_size;
	ssize_t got = recv(client->watch.fd,
	    &client->question[client->question_size], room, MSG_DONTWAIT);
	char *end;

	if (got < 0 && errno == EAGAIN)
		return;
	if (got <= 0) {
		hang_up(client);
		return;
	}
	client->question_size += (size_t)got;
	client->question[client->question_size] = '\0';
	end = strchr(client->question, '\n');
	if (end) {
		*end = '\0';
		answer_question(client);
	} else if (client->question_size == sizeof(client->question) - 1) {
		hang_up(client);
	}
}

static void
client_ready(void *owner, uint32_t events, struct instant now)
{
	struct client *client = owner;

	(void)now;
	if (client->answer.size > 0)
		send_answer(client);
	else if (events & (EPOLLIN | EPOLLHUP | EPOLLERR))
		read_question(client);
}

static struct client *
free_place(struct control *control)
{
	for (int i = 0; i < CLIENTS_MOST; i++) {
		if (control->clients[i].watch.fd < 0)
			return &control->clients[i];
	}
	return NULL;
}

static void
take_client(void *owner, uint32_t events, struct instant now)
{
	struct control *control = owner;
	struct client *client = free_place(control);
	int fd = accept4(
	    control->watch.fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	(void)events;
	if (fd < 0)
		return;
	if (!client || loop_watch(control->settings.loop, &client->watch, fd,
			   EPOLLIN) != STATUS_OK) {
		close(fd);
		return;
	}
	client->question_size = 0;
	client->sent = 0;
	loop_timer_set(control->settings.loop, &client->timer,
	    instant_after(now, CLIENT_MS));
}

/* Whether somebody answers there is known by asking; one whose queue is full
 * (EAGAIN) is there too. */
static enum status
ask_whether_stale(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	enum status status = STATUS_OK;

	if (fd < 0)
		return STATUS_SYSTEM;
	if (connect(fd, (const struct sockaddr *)address, sizeof(*address)) ==
		0 ||
	    errno == EAGAIN)
		status = STATUS_CONFLICT;
	else if (errno != ECONNREFUSED && errno != ENOENT)
		status = STATUS_SYSTEM;
	close(fd);
	return status;
}

/* A socket's file stays when its owner was killed.  What is no socket is
 * somebody's file, and stays his. */
static enum status
remove_stale(const struct sockaddr_un *address)
{
	struct stat about;
	enum status status;

	if (lstat(address->sun_path, &about) < 0)
		return errno == ENOENT ? STATUS_OK : STATUS_SYSTEM;
	if (!S_ISSOCK(about.st_mode)) {
		errno = EEXIST;
		return STATUS_SYSTEM;
	}
	status = ask_whether_stale(address);
	if (status != STATUS_OK)
		return status;
	if (unlink(address->sun_path) < 0 && errno != ENOENT)
		return STATUS_SYSTEM;
	return STATUS_OK;
}

/* The directory may be another's, who could put another file at the path
 * before a chmod: the mode is there from the beginning. */
static int
bind_with_mode(int fd, const struct sockaddr_un *address)
{
	mode_t before = umask(0777 & ~SOCKET_MODE);
	int result =
	    bind(fd, (const struct sockaddr *)address, sizeof(*address));

	(void)umask(before);
	return result;
}

static enum status
open_socket(struct control *control)
{
	struct sockaddr_un address;
	enum status status;
	int fd;

	if (!make_address(&address, control->path))
		return STATUS_TOO_LARGE;
	status = remove_stale(&address);
	if (status != STATUS_OK)
		return status;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return STATUS_SYSTEM;
	if (bind_with_mode(fd, &address) < 0 || listen(fd, CLIENTS_MOST) < 0 ||
	    loop_watch(control->settings.loop, &control->watch, fd, EPOLLIN) !=
		STATUS_OK) {
		close(fd);
		return STATUS_SYSTEM;
	}
	return STATUS_OK;
}

enum status
control_new(
    const struct control_settings *settings, struct control **out_control)
{
	struct control *control = calloc(1, sizeof(*control));
	enum status status;

	if (!control)
		return STATUS_NO_MEMORY;
	control->settings = *settings;
	control->watch = (struct loop_watch){
		.fd = -1, .ready = take_client, .owner = control
	};
	for (int i = 0; i < CLIENTS_MOST; i++) {
		struct client *c = &control->clients[i];

		c->control = control;
		c->watch = (struct loop_watch){
			.fd = -1, .ready = client_ready, .owner = c
		};
		c->timer =
		    (struct loop_timer){ .fire = time_is_up, .owner = c };
	}
	text_copy(control->path, sizeof(control->path), settings->path);
	status = strlen(settings->path) < sizeof(control->path)
		     ? open_socket(control)
		     : STATUS_TOO_LARGE;
	if (status != STATUS_OK) {
		free(control);
		return status;
	}
	*out_control = control;
	return STATUS_OK;
}

void
control_free(struct control *control)
{
	int fd;

	if (!control)
		return;
	for (int i = 0; i < CLIENTS_MOST; i++) {
		if (control->clients[i].watch.fd >= 0)
			hang_up(&control->clients[i]);
	}
	fd = control->watch.fd;
	loop_unwatch(control->settings.loop, &control->watch);
	close(fd);
	unlink(control->path);
	free(control);
}

static enum status
receive_all(int fd, struct buffer *answer)
{
	ssize_t got = 1;

	while (got > 0) {
		char part[4096];

		got = recv(fd, part, sizeof(part), 0);
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got > 0)
			buffer_append(answer, part, (size_t)got);
	}
	if (got < 0)
		return errno == EAGAIN ? STATUS_BUSY : STATUS_SYSTEM;
	return buffer_ok(answer) ? STATUS_OK : STATUS_TOO_LARGE;
}

/* Takes the first line off. */
static enum status
judge(struct buffer *answer, bool *out_ok)
{
	size_t head = strcspn(buffer_string(answer), "\n") + 1;
	bool ok = strncmp(buffer_string(answer), "ok\n", 3) == 0;

	if (answer->size < head)
		return STATUS_MALFORMED;
	memmove(answer->octets, &answer->octets[head], answer->size - head + 1);
	answer->size -= head;
	*out_ok = ok;
	return STATUS_OK;
}

static enum status
status_of_connect(void)
{
	if (errno == EACCES || errno == EPERM)
		return STATUS_NOT_ALLOWED;
	if (errno == ENOENT || errno == ECONNREFUSED)
		return STATUS_NOT_FOUND;
	return STATUS_SYSTEM;
}

enum status
control_ask(
    const char *path, const char *question, struct buffer *answer, bool *out_ok)
{
	const struct timeval timeout = { .tv_sec = ASK_TIMEOUT_S };
	struct sockaddr_un address;
	enum status status = STATUS_OK;
	int fd;

	if (!make_address(&address, path))
		return STATUS_TOO_LARGE;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return STATUS_SYSTEM;
	(void)setsockopt(
	    fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) < 0)
		status = status_of_connect();
	else if (send(fd, question, strlen(question), MSG_NOSIGNAL) < 0 ||
		 send(fd, "\n", 1, MSG_NOSIGNAL) < 0)
		status = STATUS_SYSTEM;
	if (status == STATUS_OK)
		status = receive_all(fd, answer);
	close(fd);
	return status == STATUS_OK ? judge(answer, out_ok) : status;
}
