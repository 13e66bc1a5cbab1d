/*
 * deliver.h - takes what the spool holds to the collector.
 *
 *	spool -> [deliver] -> collector, by HTTP
 *
 * Memory:  deliver_new/deliver_free.
 * Errors:  enum deliver_result, whose values are the exit status of
 *          demarc-deliver; 'why' then says it in one English clause.
 * Units:   milliseconds.
 * Source:  libcurl; demarc-deliver(8).
 */
#ifndef AGENT_DELIVER_H
#define AGENT_DELIVER_H

#include "agent/spool.h"
#include "base/attributes.h"
#include "base/config.h"

enum deliver_result {
	DELIVER_DONE = 0,
	DELIVER_MISCONFIGURED = 1,
	DELIVER_CONFLICT = 3, /* the collector wants the whole report */
	DELIVER_LATER = 75    /* EX_TEMPFAIL of sysexits.h */
};

enum { DELIVER_WHY_SIZE = 240 };

struct deliver_settings {
	struct config_list collectors; /* http://, https://, unix:/ */
	const char *ca;                /* file; NULL: the system's */
	const char *token_file;        /* NULL: none */
	long connect_ms, total_ms;
	long return_ms; /* how long another than the first is asked */
};

struct deliver;

/* Both are lent.  NULL: no memory. */
struct deliver *deliver_new(
    const struct deliver_settings *settings, const struct spool *spool);
/* Accepts NULL. */
void deliver_free(struct deliver *d);

/* Delivers until the spool is empty.  The first collector that answers takes
 * all, then and for a while, also of the deliveries to come, and the connection
 * to it stays open.  What a collector refuses for good is set aside, and the
 * rest goes on; 'why' then tells of it although the result is DELIVER_DONE. */
MUST_USE enum deliver_result deliver_all(
    struct deliver *d, char why[static DELIVER_WHY_SIZE]);

#endif
