#include "agent/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cursor.h"

enum { NUMBER_DIGITS = 20, DIRECTORY_MODE = 0750, FILE_MODE = 0640 };

static const uint64_t SIZE_MOST = 16u << 20;
static const char TEMPORARY[] = "unfinished";
static const char REFUSED[] = "refused";
static const char NUMBER[] = "number";
static const char *const endings[] = {
	[SPOOL_REPORT] = ".report.json", [SPOOL_HEARTBEAT] = ".heartbeat.json"
};

/* Reads a name as spool_put makes them; others are not ours. */
static bool
parse_name(const char *name, struct spool_entry *out)
{
	char *end;
	size_t length = strlen(name);
	intmax_t number;

	if (length >= SPOOL_NAME_SIZE ||
	    strspn(name, "0123456789") != NUMBER_DIGITS)
		return false;
	errno = 0;
	number = strtoimax(name, &end, 10);
	if (errno != 0)
		return false;
	for (int kind = SPOOL_REPORT; kind <= SPOOL_HEARTBEAT; kind++) {
		if (strcmp(end, endings[kind]) != 0)
			continue;
		out->number = number;
		out->kind = (enum spool_kind)kind;
		memcpy(out->name, name, length + 1);
		return true;
	}
	return false;
}

static void
make_name(
    char out[static SPOOL_NAME_SIZE], int64_t number, enum spool_kind kind)
{
	snprintf(out, SPOOL_NAME_SIZE, "%0*" PRId64 "%s", NUMBER_DIGITS, number,
	    endings[kind]);
}

enum status
spool_open(struct spool *spool, const char *path)
{
	int fd;

	if (mkdir(path, DIRECTORY_MODE) < 0 && errno != EEXIST)
		return errno == ENOENT ? STATUS_NOT_FOUND : STATUS_SYSTEM;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return STATUS_SYSTEM;
	*spool = (struct spool){ .directory = fd,
		.files_most = SPOOL_FILES_MOST,
		.size_most = SIZE_MOST };
	return STATUS_OK;
}

void
spool_clean(const struct spool *spool)
{
	unlinkat(spool->directory, TEMPORARY, 0);
}

void
spool_close(struct spool *spool)
{
	if (spool->directory >= 0)
		close(spool->directory);
	spool->directory = -1;
}

/* Calls 'take' for each document in the directory. */
static enum status
each(int directory, void (*take)(void *owner, const struct spool_entry *entry),
    void *owner)
{
	int fd = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *stream = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *one;

	if (!stream) {
		if (fd >= 0)
			close(fd);
		return STATUS_SYSTEM;
	}
	while ((one = readdir(stream)) != NULL) {
		struct spool_entry entry;
		struct stat about;

		if (!parse_name(one->d_name, &entry) ||
		    fstatat(directory, one->d_name, &about, 0) < 0)
			continue;
		entry.size = (uint64_t)about.st_size;
		take(owner, &entry);
	}
	closedir(stream);
	return STATUS_OK;
}

struct search {
	int64_t from;
	bool found;
	struct spool_entry best;
};

static void
search_next(void *owner, const struct spool_entry *entry)
{
	struct search *s = owner;

	if (entry->number < s->from ||
	    (s->found && entry->number >= s->best.number))
		return;
	s->best = *entry;
	s->found = true;
}

enum status
spool_next(const struct spool *spool, int64_t from, struct spool_entry *out)
{
	struct search s = { .from = from };
	enum status status = each(spool->directory, search_next, &s);

	if (status != STATUS_OK)
		return status;
	if (!s.found)
		return STATUS_NOT_FOUND;
	*out = s.best;
	return STATUS_OK;
}

struct totals {
	unsigned count, reports;
	uint64_t size;
	int64_t largest;
	struct spool_entry heartbeat; /* name "": none */
};

static void
add_up(void *owner, const struct spool_entry *entry)
{
	struct totals *t = owner;

	t->count++;
	t->size += entry->size;
	if (entry->number > t->largest)
		t->largest = entry->number;
	if (entry->kind == SPOOL_REPORT)
		t->reports++;
	else
		t->heartbeat = *entry;
}

static struct totals
totals_of(const struct spool *spool)
{
	struct totals t = { 0 };

	if (each(spool->directory, add_up, &t) != STATUS_OK)
		return (struct totals){ 0 };
	return t;
}

unsigned
spool_count(const struct spool *spool, int64_t *out_largest)
{
	struct totals t = totals_of(spool);

	*out_largest = t.largest;
	return t.count;
}

bool
spool_has_report(const struct spool *spool)
{
	return totals_of(spool).reports > 0;
}

static enum status
write_all(int fd, const char *octets, size_t size)
{
	struct cursor rest = cursor_over(octets, size);

	while (rest.left > 0) {
		ssize_t written = write(fd, rest.next, rest.left);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return STATUS_SYSTEM;
		cursor_skip(&rest, (size_t)written);
	}
	return STATUS_OK;
}

static enum status
write_file(int directory, const char *name, const char *octets, size_t size)
{
	int fd = openat(directory, name,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
	enum status status;

	if (fd < 0)
		return STATUS_SYSTEM;
	status = write_all(fd, octets, size);
	if (status == STATUS_OK && fsync(fd) < 0)
		status = STATUS_SYSTEM;
	if (close(fd) < 0)
		status = STATUS_SYSTEM;
	return status;
}

/* Makes room for one more document of 'size' octets. */
static void
make_room(const struct spool *spool, size_t size, unsigned *out_dropped)
{
	struct totals t = totals_of(spool);
	struct spool_entry oldest;

	while (t.count > 0 && (t.count + 1 > spool->files_most ||
				  t.size + size > spool->size_most)) {
		if (spool_next(spool, 0, &oldest) != STATUS_OK)
			return;
		spool_remove(spool, &oldest);
		t = totals_of(spool);
		(*out_dropped)++;
	}
}

enum status
spool_put(struct spool *spool, const struct spool_document *document,
    unsigned *out_dropped)
{
	struct totals t = totals_of(spool);
	char name[SPOOL_NAME_SIZE];
	enum status status;

	if (t.heartbeat.name[0] != '\0')
		spool_remove(spool, &t.heartbeat);
	make_room(spool, document->size, out_dropped);
	make_name(name, document->number, document->kind);
	status = write_file(
	    spool->directory, TEMPORARY, document->octets, document->size);
	if (status == STATUS_OK &&
	    renameat(spool->directory, TEMPORARY, spool->directory, name) < 0)
		status = STATUS_SYSTEM;
	if (status == STATUS_OK && document->kind == SPOOL_REPORT &&
	    fsync(spool->directory) < 0)
		status = STATUS_SYSTEM;
	if (status != STATUS_OK) {
		int why = errno;

		unlinkat(spool->directory, TEMPORARY, 0);
		errno = why;
	}
	return status;
}

int64_t
spool_number(const struct spool *spool)
{
	int fd = openat(spool->directory, NUMBER, O_RDONLY | O_CLOEXEC);
	char text[NUMBER_DIGITS + 1] = "";
	ssize_t size;

	if (fd < 0)
		return 0;
	size = read(fd, text, NUMBER_DIGITS);
	close(fd);
	if (size < NUMBER_DIGITS || strspn(text, "0123456789") < NUMBER_DIGITS)
		return 0;
	return strtoimax(text, NULL, 10);
}

/* Not made to survive a power cut: the clock is a second source. */
void
spool_keep_number(const struct spool *spool, int64_t number)
{
	int fd = openat(spool->directory, NUMBER,
	    O_WRONLY | O_CREAT | O_CLOEXEC, FILE_MODE);

	if (fd < 0)
		return;
	(void)!dprintf(fd, "%0*" PRId64 "\n", NUMBER_DIGITS, number);
	close(fd);
}

enum status
spool_read(const struct spool *spool, const struct spool_entry *entry,
    struct buffer *out)
{
	int fd = openat(
	    spool->directory, entry->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	enum status status = STATUS_OK;
	ssize_t got = 1;

	if (fd < 0)
		return errno == ENOENT ? STATUS_NOT_FOUND : STATUS_SYSTEM;
	while (got > 0) {
		char part[4096];

		got = read(fd, part, sizeof(part));
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got < 0)
			status = STATUS_SYSTEM;
		else
			buffer_append(out, part, (size_t)got);
	}
	close(fd);
	return status == STATUS_OK && !buffer_ok(out) ? STATUS_TOO_LARGE
						      : status;
}

void
spool_remove(const struct spool *spool, const struct spool_entry *entry)
{
	unlinkat(spool->directory, entry->name, 0);
}

/* The reply stands beside its document, with another ending. */
static void
reply_name(char out[static SPOOL_NAME_SIZE], int64_t number)
{
	snprintf(
	    out, SPOOL_NAME_SIZE, "%0*" PRId64 ".reply", NUMBER_DIGITS, number);
}

static void
trim_refused(const struct spool *refused)
{
	struct spool_entry oldest;
	char reply[SPOOL_NAME_SIZE];
	int64_t largest;

	while (spool_count(refused, &largest) > SPOOL_REFUSED_MOST) {
		if (spool_next(refused, 0, &oldest) != STATUS_OK)
			return;
		reply_name(reply, oldest.number);
		unlinkat(refused->directory, reply, 0);
		spool_remove(refused, &oldest);
	}
}

enum status
spool_refuse(const struct spool *spool, const struct spool_entry *entry,
    const char *reply)
{
	struct spool refused = { .directory = -1 };
	char name[SPOOL_NAME_SIZE];
	enum status status = STATUS_OK;

	if (mkdirat(spool->directory, REFUSED, DIRECTORY_MODE) < 0 &&
	    errno != EEXIST)
		return STATUS_SYSTEM;
	refused.directory = openat(
	    spool->directory, REFUSED, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (refused.directory < 0)
		return STATUS_SYSTEM;
	reply_name(name, entry->number);
	status = write_file(refused.directory, name, reply, strlen(reply));
	if (renameat(spool->directory, entry->name, refused.directory,
		entry->name) < 0)
		status = STATUS_SYSTEM;
	trim_refused(&refused);
	spool_close(&refused);
	return status;
}
