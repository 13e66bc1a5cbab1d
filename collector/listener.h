/*
 * listener.h - opens the sockets on which the collector listens.
 *
 * Where others than this machine come in, there must be TLS and tokens.
 *
 * Memory:  the descriptor is the caller's.
 * Errors:  -1, and 'error' says what is wrong and what would be right.
 */
#ifndef COLLECTOR_LISTENER_H
#define COLLECTOR_LISTENER_H

#include <stdbool.h>
#include <stddef.h>

enum { LISTENER_ERROR_SIZE = 256 };

/* What is there for those who are not on this machine. */
struct listener_trust {
	bool tls, tokens;
};

int listener_open(const char *address, const struct listener_trust *trust,
    char error[static LISTENER_ERROR_SIZE]);

/* The path of "unix:PATH"; NULL for others. */
const char *listener_unix_path(const char *address);

#endif
