/*
 * store_lock.h - one collector for each database.
 *
 *	path of the database -> [store_lock] -> FILE.lock, held
 *
 * What a collector has in memory would be wrong for ever once somebody else
 * wrote.  The lock goes when the process does; its file stays, because who
 * removes it may remove that of another.
 *
 * Memory:  *out_lock is closed by the caller; -1 for ":memory:".
 * Errors:  STATUS_BUSY: another holds it; STATUS_NOT_ALLOWED,
 *          STATUS_TOO_LARGE (the path); 'error' says it in English.
 * Source:  flock(2).
 */
#ifndef COLLECTOR_STORE_LOCK_H
#define COLLECTOR_STORE_LOCK_H

#include "base/attributes.h"
#include "base/status.h"
#include "collector/engine.h"

MUST_USE enum status store_lock(
    const char *path, int *out_lock, char error[static ENGINE_ERROR_SIZE]);

#endif
