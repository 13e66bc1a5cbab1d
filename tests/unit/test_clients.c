#include "collector/clients.h"

#include <check.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/suite.h"

/* Is the other end of this socket still open? */
static bool
is_open(int fd)
{
	char octet;

	return recv(fd, &octet, 1, MSG_DONTWAIT) != 0;
}

START_TEST(a_request_that_lasts_too_long_is_cut_off)
{
	struct clients list;
	struct client *client;
	int ends[2];

	ck_assert(clients_init(&list));
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	client = clients_add(&list, ends[0], 1000);
	clients_set_busy(&list, client, 2000); /* its first line is whole */
	clients_cut_off(&list, 1000);
	ck_assert(is_open(ends[1]));
	clients_cut_off(&list, 1001);
	ck_assert(!is_open(ends[1]));
	clients_done(&list);
	(void)close(ends[0]);
	(void)close(ends[1]);
}
END_TEST

START_TEST(an_idle_connection_stays)
{
	struct clients list;
	struct client *client;
	int ends[2];

	ck_assert(clients_init(&list));
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	client = clients_add(&list, ends[0], 1000);
	clients_set_busy(&list, client, 0);
	clients_cut_off(&list, 9000);
	ck_assert(is_open(ends[1]));
	clients_remove(&list, client);
	clients_remove(&list, NULL);
	clients_done(&list);
	(void)close(ends[0]);
	(void)close(ends[1]);
}
END_TEST

SUITE("clients", a_request_that_lasts_too_long_is_cut_off,
    an_idle_connection_stays)
