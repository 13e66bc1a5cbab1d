/*
 * status.h - why a call failed, as one word and one English sentence.
 *
 * Memory:  status_text lends a constant string.
 * Errors:  none.
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status {
	STATUS_OK = 0,
	STATUS_TRUNCATED,   /* the input ended before the value did */
	STATUS_MALFORMED,   /* the input breaks the rules of its format */
	STATUS_UNKNOWN,     /* the input is of a kind that we do not read */
	STATUS_TOO_LARGE,   /* a named limit was reached */
	STATUS_NO_MEMORY,   /* the heap is exhausted */
	STATUS_NOT_FOUND,   /* what was asked for does not exist */
	STATUS_NOT_ALLOWED, /* the system refused: privileges */
	STATUS_BUSY,        /* try again later */
	STATUS_SYSTEM,      /* a system call failed: errno tells which way */
	STATUS_NEWER,       /* made by a newer version of demarc */
	STATUS_CONFLICT     /* contradicts what is already known */
};

/* One English clause without full stop: "the input is malformed". */
const char *status_text(enum status status);

#endif
