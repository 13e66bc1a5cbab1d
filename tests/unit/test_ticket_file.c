#include "collector/ticket_file.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/suite.h"

static char directory[] = "/tmp/test_ticket_file.XXXXXX";
static char path[64], error[TICKET_FILE_ERROR_SIZE];
static uint8_t key[TICKET_KEY_SIZE];

static void
begin(void)
{
	ck_assert_ptr_nonnull(mkdtemp(directory));
	(void)snprintf(path, sizeof(path), "%s/tickets", directory);
}

static void
end(void)
{
	(void)unlink(path);
	ck_assert_int_eq(rmdir(directory), 0); /* nothing was left behind */
}

START_TEST(a_key_is_made_once_and_is_its_owner_s_alone)
{
	uint8_t again[TICKET_KEY_SIZE], other[TICKET_KEY_SIZE];
	struct stat file;

	begin();
	ck_assert_int_eq(ticket_file_get(path, key, error), STATUS_OK);
	ck_assert_int_eq(stat(path, &file), 0);
	ck_assert_int_eq(file.st_mode & 07777, 0600);
	ck_assert_int_eq(ticket_file_get(path, again, error), STATUS_OK);
	ck_assert_mem_eq(key, again, sizeof(key));
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(ticket_file_get(path, other, error), STATUS_OK);
	ck_assert_mem_ne(key, other, sizeof(key));
	end();
}
END_TEST

START_TEST(a_key_that_others_read_or_of_another_size_is_refused)
{
	begin();
	ck_assert_int_eq(ticket_file_get(path, key, error), STATUS_OK);
	ck_assert_int_eq(chmod(path, 0640), 0);
	ck_assert_int_eq(ticket_file_get(path, key, error), STATUS_NOT_ALLOWED);
	ck_assert_ptr_nonnull(strstr(error, "chmod 600"));
	ck_assert_int_eq(chmod(path, 0600), 0);
	ck_assert_int_eq(truncate(path, TICKET_KEY_SIZE - 1), 0);
	ck_assert_int_eq(ticket_file_get(path, key, error), STATUS_NOT_ALLOWED);
	ck_assert_ptr_nonnull(strstr(error, "has not 64 octets"));
	ck_assert_int_eq(truncate(path, TICKET_KEY_SIZE + 1), 0);
	ck_assert_int_eq(ticket_file_get(path, key, error), STATUS_NOT_ALLOWED);
	end();
}
END_TEST

START_TEST(where_no_key_can_be_made_it_is_said)
{
	ck_assert_int_eq(ticket_file_get("/nowhere/tickets", key, error),
	    STATUS_NOT_ALLOWED);
	ck_assert_ptr_nonnull(strstr(error, "No such file"));
	ck_assert_int_eq(
	    ticket_file_get("/dev/null", key, error), STATUS_NOT_ALLOWED);
	ck_assert_ptr_nonnull(strstr(error, "this is no file"));
}
END_TEST

SUITE("ticket_file", a_key_is_made_once_and_is_its_owner_s_alone,
    a_key_that_others_read_or_of_another_size_is_refused,
    where_no_key_can_be_made_it_is_said)
