/*
 * backup.h - copies a database while a collector uses it, and checks one.
 *
 *	database -> [backup] -> FILE.partial -> FILE
 *
 * The copy is what the database was at one moment.  SQLite's log lets the
 * collector write on meanwhile; the log only grows until the copy is done.
 *
 * Memory:  none kept.
 * Errors:  STATUS_NOT_FOUND, STATUS_NOT_ALLOWED (FILE is there already),
 *          STATUS_MALFORMED (not sound), STATUS_NEWER, STATUS_SYSTEM; 'error'
 *          says it.
 * Source:  https://www.sqlite.org/backup.html
 */
#ifndef COLLECTOR_BACKUP_H
#define COLLECTOR_BACKUP_H

#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"

enum { BACKUP_ERROR_SIZE = 256 };

/* The file is on the disk when this succeeds; nothing stands in its place when
 * it does not. */
MUST_USE enum status backup_make(const char *database, const char *file,
    char error[static BACKUP_ERROR_SIZE]);

/* What a database holds. */
struct backup_counts {
	int64_t version; /* of its schema */
	int64_t hosts, claims, past;
	int64_t newest; /* when a host last spoke; 0: none did */
};

/* Reads all of it.  It must have a schema that this version can bring up to
 * date; of an older one only the hosts are counted. */
MUST_USE enum status backup_check(const char *file, struct backup_counts *out,
    char error[static BACKUP_ERROR_SIZE]);

#endif
