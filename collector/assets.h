/*
 * assets.h - the files of the page: / and /a/...
 *
 * Embedded in the program, or read from a directory while it is developed.
 *
 * Memory:  the reply holds or borrows the octets.
 * Errors:  false: there is no such file.
 */
#ifndef COLLECTOR_ASSETS_H
#define COLLECTOR_ASSETS_H

#include "collector/exchange.h"

/* 'directory' NULL: the embedded files. */
bool assets_reply(
    struct reply *reply, const struct request *request, const char *directory);

#endif
