/*
 * listener.h - opens the sockets on which the collector listens.
 *
 * Loopback and unix sockets only: without TLS and tokens nobody else may be
 * let in.
 *
 * Memory:  the descriptor is the caller's.
 * Errors:  -1, and 'error' says what is wrong and what would be right.
 */
#ifndef COLLECTOR_LISTENER_H
#define COLLECTOR_LISTENER_H

#include <stdbool.h>
#include <stddef.h>

enum { LISTENER_ERROR_SIZE = 256 };

int listener_open(const char *address, char error[static LISTENER_ERROR_SIZE]);

/* The path of "unix:PATH"; NULL for others. */
const char *listener_unix_path(const char *address);

#endif
