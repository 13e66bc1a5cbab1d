/*
 * secret.h - reads a password from its file.
 *
 * Memory:  the caller's, who wipes it.
 * Errors:  STATUS_NOT_FOUND, STATUS_NOT_ALLOWED, STATUS_SYSTEM (errno);
 *          STATUS_TOO_LARGE; STATUS_TRUNCATED: the file is empty.
 */
#ifndef VSPHERE_SECRET_H
#define VSPHERE_SECRET_H

#include "base/attributes.h"
#include "base/status.h"

enum { SECRET_SIZE = 512 };

/* The first line, without its end. */
MUST_USE enum status secret_read(
    const char *path, char out[static SECRET_SIZE]);

#endif
