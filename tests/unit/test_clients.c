#include "collector/clients.h"

#include <check.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/suite.h"

static const struct clients_limits limits = { 10, 20, 100 };

static struct clients list;
static struct client *client;
static int ends[2];

static void
begin(int64_t now_ms)
{
	ck_assert(clients_init(&list));
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	client = clients_add(&list, ends[0], "192.0.2.7", now_ms);
}

static void
end(void)
{
	clients_done(&list);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

/* Is the other end of the socket still open at this time? */
static bool
stays(int64_t now_ms)
{
	char octet;

	clients_cut_off(&list, &limits, now_ms);
	return recv(ends[1], &octet, 1, MSG_DONTWAIT) != 0;
}

START_TEST(headers_that_last_too_long_are_cut_off)
{
	begin(1000);
	clients_set_busy(client, 1009); /* its first line is whole */
	ck_assert(stays(1010));
	ck_assert(!stays(1011));
	end();
}
END_TEST

START_TEST(a_request_that_lasts_too_long_is_cut_off)
{
	begin(1000);
	clients_set_busy(client, 1005);
	clients_set_headed(client);
	ck_assert(stays(1020));
	ck_assert(!stays(1021));
	end();
}
END_TEST

START_TEST(a_second_request_has_its_own_time)
{
	begin(1000);
	clients_set_idle(client, 1010);
	clients_set_busy(client, 1090);
	ck_assert(stays(1100));
	clients_set_headed(client);
	ck_assert(stays(1110));
	ck_assert(!stays(1111));
	end();
}
END_TEST

START_TEST(an_idle_connection_stays_for_its_time)
{
	begin(1000);
	clients_set_idle(client, 1010);
	ck_assert(stays(1110));
	ck_assert(!stays(1111));
	end();
}
END_TEST

START_TEST(who_waits_for_us_stays)
{
	begin(1000);
	clients_set_headed(client);
	clients_set_busy(client, 0);
	ck_assert(stays(900000));
	clients_set_busy(client, 900000); /* it is written to */
	ck_assert(stays(900020));
	ck_assert(!stays(900021));
	end();
}
END_TEST

START_TEST(clients_are_counted)
{
	begin(1000);
	ck_assert_uint_eq(clients_count(&list), 1);
	clients_remove(&list, clients_add(&list, ends[0], "", 1000));
	clients_remove(&list, NULL);
	ck_assert_uint_eq(clients_count(&list), 1);
	clients_remove(&list, client);
	ck_assert_uint_eq(clients_count(&list), 0);
	end();
}
END_TEST

START_TEST(who_was_idle_the_longest_makes_room)
{
	struct client *other;
	int others[2];
	char octet;

	begin(1000);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, others), 0);
	other = clients_add(&list, others[0], "", 1000);
	ck_assert(!clients_cut_idle(&list, 10, 2000)); /* both are busy */
	clients_set_idle(other, 3000);
	clients_set_idle(client, 3005);
	ck_assert(!clients_cut_idle(&list, 10, 3009));
	ck_assert(clients_cut_idle(&list, 10, 3012));
	ck_assert_int_eq(recv(others[1], &octet, 1, MSG_DONTWAIT), 0);
	ck_assert(stays(3012));
	ck_assert(!clients_cut_idle(&list, 10, 3014)); /* not twice */
	ck_assert(clients_cut_idle(&list, 10, 3015));
	ck_assert(!stays(3015));
	(void)close(others[0]);
	(void)close(others[1]);
	end();
}
END_TEST

SUITE("clients", headers_that_last_too_long_are_cut_off,
    a_request_that_lasts_too_long_is_cut_off, a_second_request_has_its_own_time,
    an_idle_connection_stays_for_its_time, who_waits_for_us_stays,
    clients_are_counted, who_was_idle_the_longest_makes_room)
