/*
 * embedded.h - files that are part of the program.
 *
 *	web/, schema/ -> tools/embed when built -> [embedded]
 *
 * Memory:  constant.
 * Errors:  none.
 */
#ifndef COLLECTOR_EMBEDDED_H
#define COLLECTOR_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
	const char *name;            /* "index.html", "fonts/hand.woff2" */
	const char *mime_type;       /* "text/html; charset=utf-8" */
	const char *etag;            /* of the octets, with its quotes */
	const unsigned char *octets; /* 'size' of them and a NUL */
	size_t size;
};

/* All end with a NULL name; sorted by name. */
extern const struct embedded_file embedded_web[];
extern const struct embedded_file embedded_sql[]; /* of SQLite */
extern const struct embedded_file embedded_postgresql[];

#endif
