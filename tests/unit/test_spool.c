#include "agent/spool.h"

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/suite.h"

static char path[64];

static struct spool
open_spool(void)
{
	struct spool spool;

	snprintf(path, sizeof(path), "/tmp/demarc-spool-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(path));
	ck_assert_int_eq(spool_open(&spool, path), STATUS_OK);
	return spool;
}

static void
empty(int directory)
{
	int fd = dup(directory);
	DIR *stream = fdopendir(fd);
	const struct dirent *one;

	rewinddir(stream);
	while ((one = readdir(stream)) != NULL)
		unlinkat(directory, one->d_name, 0);
	closedir(stream);
}

static void
remove_spool(struct spool *spool)
{
	int refused =
	    openat(spool->directory, "refused", O_RDONLY | O_DIRECTORY);

	if (refused >= 0) {
		empty(refused);
		close(refused);
		unlinkat(spool->directory, "refused", AT_REMOVEDIR);
	}
	empty(spool->directory);
	spool_close(spool);
	ck_assert_int_eq(rmdir(path), 0);
}

static unsigned
put(struct spool *spool, int64_t number, enum spool_kind kind, const char *text)
{
	struct spool_document document = { .number = number,
		.kind = kind,
		.octets = text,
		.size = strlen(text) };
	unsigned dropped = 0;

	ck_assert_int_eq(spool_put(spool, &document, &dropped), STATUS_OK);
	return dropped;
}

static void
expect(
    const struct spool *spool, int64_t from, int64_t number, const char *text)
{
	struct spool_entry entry;
	struct buffer read;

	buffer_init(&read, 1 << 20);
	ck_assert_int_eq(spool_next(spool, from, &entry), STATUS_OK);
	ck_assert_int_eq(entry.number, number);
	ck_assert_int_eq(spool_read(spool, &entry, &read), STATUS_OK);
	ck_assert_str_eq(buffer_string(&read), text);
	buffer_done(&read);
}

START_TEST(documents_come_out_in_the_order_of_their_numbers)
{
	struct spool spool = open_spool();
	struct spool_entry entry;
	int64_t largest;

	put(&spool, 1790000000000, SPOOL_REPORT, "b");
	put(&spool, 9, SPOOL_REPORT, "a");
	put(&spool, 1790000000001, SPOOL_REPORT, "c");
	ck_assert_uint_eq(spool_count(&spool, &largest), 3);
	ck_assert_int_eq(largest, 1790000000001);
	expect(&spool, 0, 9, "a");
	expect(&spool, 10, 1790000000000, "b");
	ck_assert_int_eq(spool_next(&spool, 0, &entry), STATUS_OK);
	spool_remove(&spool, &entry);
	spool_remove(&spool, &entry);
	expect(&spool, 0, 1790000000000, "b");
	remove_spool(&spool);
}
END_TEST

START_TEST(an_empty_spool_has_nothing)
{
	struct spool spool = open_spool();
	struct spool_entry entry;
	int64_t largest;

	ck_assert_int_eq(spool_next(&spool, 0, &entry), STATUS_NOT_FOUND);
	ck_assert_uint_eq(spool_count(&spool, &largest), 0);
	ck_assert(!spool_has_report(&spool));
	remove_spool(&spool);
}
END_TEST

START_TEST(a_newer_heartbeat_takes_the_place_of_an_older)
{
	struct spool spool = open_spool();
	int64_t largest;

	put(&spool, 1, SPOOL_HEARTBEAT, "old");
	put(&spool, 2, SPOOL_HEARTBEAT, "new");
	ck_assert_uint_eq(spool_count(&spool, &largest), 1);
	ck_assert(!spool_has_report(&spool));
	expect(&spool, 0, 2, "new");
	put(&spool, 3, SPOOL_REPORT, "all");
	ck_assert_uint_eq(spool_count(&spool, &largest), 1);
	ck_assert(spool_has_report(&spool));
	remove_spool(&spool);
}
END_TEST

START_TEST(too_many_documents_drop_the_oldest)
{
	struct spool spool = open_spool();
	int64_t largest;

	spool.files_most = 4;
	for (int i = 1; i <= 4; i++)
		ck_assert_uint_eq(put(&spool, i, SPOOL_REPORT, "x"), 0);
	ck_assert_uint_eq(put(&spool, 5, SPOOL_REPORT, "x"), 1);
	ck_assert_uint_eq(spool_count(&spool, &largest), 4);
	expect(&spool, 0, 2, "x");
	remove_spool(&spool);
}
END_TEST

START_TEST(too_many_octets_drop_the_oldest)
{
	struct spool spool = open_spool();
	int64_t largest;

	spool.size_most = 10;
	put(&spool, 1, SPOOL_REPORT, "aaaa");
	put(&spool, 2, SPOOL_REPORT, "bbbb");
	ck_assert_uint_eq(put(&spool, 3, SPOOL_REPORT, "cccccccc"), 2);
	ck_assert_uint_eq(spool_count(&spool, &largest), 1);
	expect(&spool, 0, 3, "cccccccc");
	remove_spool(&spool);
}
END_TEST

START_TEST(what_a_crash_left_is_not_a_document)
{
	struct spool spool = open_spool();
	struct spool_entry entry;
	int fd =
	    openat(spool.directory, "unfinished", O_WRONLY | O_CREAT, 0600);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, "{\"version", 9), 9);
	close(fd);
	close(openat(spool.directory, "notes.report.json", O_CREAT, 0600));
	close(openat(spool.directory, "00000000000000000001.report.json~",
	    O_CREAT, 0600));
	ck_assert_int_eq(spool_next(&spool, 0, &entry), STATUS_NOT_FOUND);
	put(&spool, 1, SPOOL_REPORT, "whole");
	expect(&spool, 0, 1, "whole");
	remove_spool(&spool);
}
END_TEST

START_TEST(cleaning_removes_what_is_half_written_and_nothing_else)
{
	struct spool spool = open_spool();
	struct spool second;

	put(&spool, 1, SPOOL_REPORT, "whole");
	close(openat(spool.directory, "unfinished", O_CREAT, 0600));
	/* Who only delivers leaves a document that is just being written. */
	ck_assert_int_eq(spool_open(&second, path), STATUS_OK);
	spool_close(&second);
	ck_assert_int_eq(faccessat(spool.directory, "unfinished", F_OK, 0), 0);
	spool_clean(&spool);
	ck_assert_int_lt(faccessat(spool.directory, "unfinished", F_OK, 0), 0);
	expect(&spool, 0, 1, "whole");
	remove_spool(&spool);
}
END_TEST

START_TEST(refused_documents_are_set_aside_and_bounded)
{
	struct spool spool = open_spool();
	struct spool refused;
	struct spool_entry entry;
	char below[80];
	int64_t largest;

	for (int i = 1; i <= SPOOL_REFUSED_MOST + 5; i++) {
		put(&spool, i, SPOOL_REPORT, "wrong");
		ck_assert_int_eq(spool_next(&spool, 0, &entry), STATUS_OK);
		ck_assert_int_eq(
		    spool_refuse(&spool, &entry, "nics[0].mac: no MAC address"),
		    STATUS_OK);
	}
	ck_assert_uint_eq(spool_count(&spool, &largest), 0);
	snprintf(below, sizeof(below), "%s/refused", path);
	ck_assert_int_eq(spool_open(&refused, below), STATUS_OK);
	ck_assert_uint_eq(spool_count(&refused, &largest), SPOOL_REFUSED_MOST);
	ck_assert_int_eq(
	    faccessat(refused.directory, "00000000000000000021.reply", F_OK, 0),
	    0);
	ck_assert_int_ne(
	    faccessat(refused.directory, "00000000000000000001.reply", F_OK, 0),
	    0);
	spool_close(&refused);
	remove_spool(&spool);
}
END_TEST

START_TEST(a_disk_that_is_full_is_said_and_leaves_nothing_half)
{
	struct spool spool = open_spool();
	struct spool_document document = {
		.number = 1, .kind = SPOOL_REPORT, .octets = "x", .size = 1
	};
	struct spool full = { .files_most = 4, .size_most = 100 };
	unsigned dropped = 0;

	/* Where nothing can be made, as on a disk without room. */
	full.directory = open("/proc/self", O_RDONLY | O_DIRECTORY);
	ck_assert_int_eq(spool_put(&full, &document, &dropped), STATUS_SYSTEM);
	ck_assert_uint_eq(dropped, 0);
	close(full.directory);
	remove_spool(&spool);
}
END_TEST

START_TEST(the_number_outlives_the_documents)
{
	struct spool spool = open_spool();

	ck_assert_int_eq(spool_number(&spool), 0);
	spool_keep_number(&spool, 1790000000123);
	spool_keep_number(&spool, 1790000000124);
	ck_assert_int_eq(spool_number(&spool), 1790000000124);
	remove_spool(&spool);
}
END_TEST

SUITE("spool", documents_come_out_in_the_order_of_their_numbers,
    an_empty_spool_has_nothing, a_newer_heartbeat_takes_the_place_of_an_older,
    too_many_documents_drop_the_oldest, too_many_octets_drop_the_oldest,
    what_a_crash_left_is_not_a_document,
    cleaning_removes_what_is_half_written_and_nothing_else,
    refused_documents_are_set_aside_and_bounded,
    a_disk_that_is_full_is_said_and_leaves_nothing_half,
    the_number_outlives_the_documents)
