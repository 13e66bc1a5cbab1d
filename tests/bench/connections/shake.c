#include "tests/bench/connections/shake.h"

#include <gnutls/gnutls.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/fleet/talk.h"

enum { HELD_MOST = 4096, REPLY_SIZE = 1024 };

static const char request[] =
    "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

struct shaker {
	struct sockaddr_in to;
	const char *priorities;
	gnutls_certificate_credentials_t credentials;
	gnutls_datum_t ticket;
	int held[HELD_MOST];
	size_t count;
};

static void
fail(const char *what, int code)
{
	fprintf(stderr, "connections: %s: %s\n", what, gnutls_strerror(code));
	exit(1);
}

struct shaker *
shaker_new(const struct sockaddr_in *to, bool newest)
{
	struct shaker *s = calloc(1, sizeof(*s));

	if (!s || gnutls_certificate_allocate_credentials(&s->credentials) != 0)
		fail("no memory", 0);
	s->to = *to;
	s->priorities = newest ? "NORMAL:-VERS-ALL:+VERS-TLS1.3"
			       : "NORMAL:-VERS-ALL:+VERS-TLS1.2";
	return s;
}

void
shaker_free(struct shaker *s)
{
	for (size_t i = 0; i < s->count; i++)
		(void)close(s->held[i]);
	gnutls_free(s->ticket.data);
	gnutls_certificate_free_credentials(s->credentials);
	free(s);
}

static int
connect_to(const struct shaker *s)
{
	int fd = talk_connect(&s->to);

	if (fd < 0) {
		perror("connections");
		exit(1);
	}
	return fd;
}

static void
ask(gnutls_session_t session)
{
	char reply[REPLY_SIZE];
	ssize_t size;

	do {
		size =
		    gnutls_record_send(session, request, sizeof(request) - 1);
	} while (size == GNUTLS_E_AGAIN || size == GNUTLS_E_INTERRUPTED);
	do { /* tickets come first */
		size = gnutls_record_recv(session, reply, sizeof(reply));
	} while (size == GNUTLS_E_AGAIN || size == GNUTLS_E_INTERRUPTED);
	if (size < 12 || memcmp(reply + 9, "200", 3) != 0)
		fail("no answer", (int)size);
}

static gnutls_session_t
shake(const struct shaker *s, int fd, bool resume)
{
	gnutls_session_t session;
	int code = gnutls_init(&session, GNUTLS_CLIENT);

	if (code == 0)
		code = gnutls_priority_set_direct(session, s->priorities, NULL);
	if (code == 0)
		code = gnutls_credentials_set(
		    session, GNUTLS_CRD_CERTIFICATE, s->credentials);
	if (code == 0 && resume && s->ticket.data)
		code = gnutls_session_set_data(
		    session, s->ticket.data, s->ticket.size);
	if (code != 0)
		fail("TLS", code);
	gnutls_transport_set_int(session, fd);
	do {
		code = gnutls_handshake(session);
	} while (code < 0 && !gnutls_error_is_fatal(code));
	if (code != 0)
		fail("handshake", code);
	return session;
}

bool
shaker_connect(struct shaker *s, bool resume)
{
	int fd = connect_to(s);
	gnutls_session_t session = shake(s, fd, resume);
	bool resumed = gnutls_session_is_resumed(session) != 0;

	ask(session);
	gnutls_free(s->ticket.data);
	s->ticket.data = NULL;
	(void)gnutls_session_get_data2(session, &s->ticket);
	gnutls_deinit(session);
	(void)close(fd);
	return resumed;
}

void
shaker_hold(struct shaker *s, bool tls)
{
	int fd = connect_to(s);
	char reply[REPLY_SIZE];

	if (s->count == HELD_MOST)
		fail("too many are held", 0);
	s->held[s->count++] = fd;
	if (tls) {
		gnutls_session_t session = shake(s, fd, false);

		ask(session);
		gnutls_deinit(session); /* says nothing to the other side */
	} else if (send(fd, request, sizeof(request) - 1, MSG_NOSIGNAL) < 0 ||
		   recv(fd, reply, sizeof(reply), 0) < 12) {
		fail("no answer", 0);
	}
}
