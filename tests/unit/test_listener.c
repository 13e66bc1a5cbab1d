#include "collector/listener.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/suite.h"

static const struct listener_trust nothing, all = { true, true };

static const char *
error_with(const char *address, const struct listener_trust *trust)
{
	static char error[LISTENER_ERROR_SIZE];
	int fd;

	error[0] = '\0';
	fd = listener_open(address, trust, error);
	if (fd >= 0)
		(void)close(fd);
	return error;
}

static const char *
error_of(const char *address)
{
	return error_with(address, &nothing);
}

START_TEST(loopback_is_listened_on)
{
	ck_assert_str_eq(error_of("127.0.0.1:0"), "");
	ck_assert_str_eq(error_of("localhost:0"), "");
	ck_assert_str_eq(error_of("127.8.9.1:0"), "");
}
END_TEST

START_TEST(other_addresses_are_refused_with_the_reason)
{
	static const char *const addresses[] = { "0.0.0.0:7413", "[::]:7413",
		"192.0.2.1:7413", "[2001:db8::1]:7413" };

	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++)
		ck_assert_ptr_nonnull(strstr(error_of(addresses[i]),
		    "by TLS and with a token only; name tls_certificate and "
		    "tls_key, make a token by demarc-collector token add, or "
		    "use 127.0.0.1, [::1] or unix:PATH"));
}
END_TEST

START_TEST(what_is_missing_for_others_is_named)
{
	static const struct listener_trust tls = { .tls = true };
	static const struct listener_trust tokens = { .tokens = true };

	ck_assert_ptr_nonnull(strstr(
	    error_with("0.0.0.0:0", &tls), "with a token only, and there is"));
	ck_assert_ptr_nonnull(strstr(error_with("0.0.0.0:0", &tokens),
	    "by TLS only; name tls_certificate and tls_key"));
	ck_assert_str_eq(error_with("0.0.0.0:0", &all), "");
	ck_assert_str_eq(error_with("127.0.0.1:0", &tls), "");
}
END_TEST

START_TEST(what_is_no_address_is_told_how_to_write_one)
{
	static const char *const addresses[] = { "", "7413", "127.0.0.1",
		"127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", ":7413",
		"hv1:7413" };

	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++)
		ck_assert_msg(strstr(error_of(addresses[i]),
				  "write it as 127.0.0.1:7413, [::1]:7413 or "
				  "unix:PATH") != NULL,
		    "%s: %s", addresses[i], error_of(addresses[i]));
	ck_assert_str_eq(error_of("unix:"),
	    "cannot listen on unix:: the path is empty or longer than 107 "
	    "octets");
}
END_TEST

START_TEST(a_socket_left_behind_by_a_crash_is_replaced)
{
	char directory[] = "/tmp/demarc-test-XXXXXX", address[64];
	char error[LISTENER_ERROR_SIZE];
	int fd;

	ck_assert_ptr_nonnull(mkdtemp(directory));
	(void)snprintf(address, sizeof(address), "unix:%s/s", directory);
	fd = listener_open(address, &nothing, error);
	ck_assert_int_ge(fd, 0);
	ck_assert_ptr_nonnull(strstr(error_of(address), "it is in use"));
	(void)close(fd);
	fd = listener_open(address, &nothing, error);
	ck_assert_int_ge(fd, 0);
	(void)close(fd);
	ck_assert_int_eq(unlink(address + strlen("unix:")), 0);
	ck_assert_int_eq(rmdir(directory), 0);
}
END_TEST

SUITE("listener", loopback_is_listened_on,
    other_addresses_are_refused_with_the_reason,
    what_is_missing_for_others_is_named,
    what_is_no_address_is_told_how_to_write_one,
    a_socket_left_behind_by_a_crash_is_replaced)
