/*
 * secret.h - reads a password or token from its file; where it may be sent.
 *
 * Memory:  the caller's, who wipes it.
 * Errors:  STATUS_NOT_FOUND, STATUS_NOT_ALLOWED, STATUS_SYSTEM (errno);
 *          STATUS_TOO_LARGE; STATUS_TRUNCATED: the file is empty;
 *          STATUS_CONFLICT: everybody may read it.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>

#include "base/attributes.h"
#include "base/status.h"

enum { SECRET_SIZE = 512, SECRET_ERROR_SIZE = 256 };

/* The first line, without its end. */
MUST_USE enum status secret_read(
    const char *path, char out[static SECRET_SIZE]);

/* The same of a token: a file that everybody may read is refused, and 'error'
 * says in a clause what is wrong. */
MUST_USE enum status secret_read_token(const char *path,
    char out[static SECRET_SIZE], char error[static SECRET_ERROR_SIZE]);

/* https://, a unix socket, or this machine itself: nobody listens there. */
bool secret_may_go_to(const char *address);

#endif
