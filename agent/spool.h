/*
 * spool.h - documents on disk, from when they are made until the collector
 * has acknowledged them.
 *
 *	compose -> [spool] -> deliver
 *
 * A directory with one file for each document, named by its number, so that
 * the order of names is the order of documents.  A file appears whole or not
 * at all, also when power fails.  Two processes use it: the agent puts, the
 * deliverer takes; either may find that the other has removed a file.
 *
 * Memory:  spool_open/spool_close.
 * Errors:  STATUS_NOT_FOUND, STATUS_SYSTEM (errno), STATUS_NO_MEMORY.
 * Units:   octets.
 * Source:  rename(2), fsync(2).
 */
#ifndef AGENT_SPOOL_H
#define AGENT_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/status.h"

enum { SPOOL_NAME_SIZE = 40, SPOOL_FILES_MOST = 64, SPOOL_REFUSED_MOST = 16 };

enum spool_kind { SPOOL_REPORT, SPOOL_HEARTBEAT };

struct spool {
	int directory; /* -1: not open */
	unsigned files_most;
	uint64_t size_most; /* of all files together */
};

struct spool_entry {
	int64_t number;
	enum spool_kind kind;
	uint64_t size;
	char name[SPOOL_NAME_SIZE];
};

/* Opens the directory, made when it is not there. */
MUST_USE enum status spool_open(struct spool *spool, const char *path);
/* Removes what a crash left half written.  Only for the one that puts: to
 * another it may be a document that is just being written. */
void spool_clean(const struct spool *spool);
void spool_close(struct spool *spool);

/* Puts a document.  A heartbeat takes the place of one that waits and need
 * not survive a power cut.  Drops the oldest when a limit would be passed and
 * adds how many to '*out_dropped'. */
struct spool_document {
	int64_t number;
	enum spool_kind kind;
	const char *octets;
	size_t size;
};
MUST_USE enum status spool_put(struct spool *spool,
    const struct spool_document *document, unsigned *out_dropped);

/* The document with the smallest number of at least 'from';
 * STATUS_NOT_FOUND when there is none. */
MUST_USE enum status spool_next(
    const struct spool *spool, int64_t from, struct spool_entry *out);

/* How many documents wait, and the largest number among them (0: none). */
unsigned spool_count(const struct spool *spool, int64_t *out_largest);

/* Does a report wait? */
bool spool_has_report(const struct spool *spool);

/* The largest number ever kept here; it outlives the documents.  0: none. */
int64_t spool_number(const struct spool *spool);
void spool_keep_number(const struct spool *spool, int64_t number);

MUST_USE enum status spool_read(const struct spool *spool,
    const struct spool_entry *entry, struct buffer *out);
void spool_remove(const struct spool *spool, const struct spool_entry *entry);

/* Sets a document aside, in the directory 'refused', with the reply that
 * says why beside it; the oldest of these are dropped. */
MUST_USE enum status spool_refuse(const struct spool *spool,
    const struct spool_entry *entry, const char *reply);

#endif
