/*
 * problem.h - errors of the API: what was wrong and what would be right.
 *
 * Memory:  fills the body of the reply.
 * Errors:  those of its buffer.
 * Source:  RFC 9457.
 */
#ifndef COLLECTOR_PROBLEM_H
#define COLLECTOR_PROBLEM_H

#include "base/attributes.h"
#include "collector/exchange.h"

/* 'instance' is the path that was asked for; 'where' the path of a mistake in
 * the body, NULL or "" for none. */
struct problem {
	unsigned status;
	const char *instance;
	const char *where;
};

void problem_reply(struct reply *r, const struct problem *p, const char *detail,
    ...) PRINTF_LIKE(3, 4);

/* "Not Found", "Content Too Large". */
const char *problem_title(unsigned status);

#endif
