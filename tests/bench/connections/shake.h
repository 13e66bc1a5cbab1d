/*
 * shake.h - the client's side of a connection, with TLS or without.
 *
 * Memory:  shaker_new/shaker_free, which also closes what is held.
 * Errors:  the program ends with a message.
 * Source:  gnutls 3.7.
 */
#ifndef TESTS_BENCH_CONNECTIONS_SHAKE_H
#define TESTS_BENCH_CONNECTIONS_SHAKE_H

#include <netinet/in.h>
#include <stdbool.h>

struct shaker;

/* 'newest': TLS 1.3, else 1.2. */
struct shaker *shaker_new(const struct sockaddr_in *to, bool newest);
void shaker_free(struct shaker *s);

/* One connection with one request, closed again.  Shows the ticket of the one
 * before, if 'resume'; tells whether it was taken. */
bool shaker_connect(struct shaker *s, bool resume);

/* The same, and it stays. */
void shaker_hold(struct shaker *s, bool tls);

#endif
