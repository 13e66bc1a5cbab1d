/*
 * feed.h - those who listen to what changes, and what they have not heard yet.
 *
 *	changes -> [feed] -> streams -> http
 *
 * A listener is a place among the events, not a queue: who is slow finds that
 * what comes next is forgotten, is told to read anew ("reset"), and is let go.
 * Nobody is asked to sleep or woken but under the feed's lock, so that no
 * event falls between "there is nothing" and "wait".
 *
 * As long as nobody listens, and some minutes after, nothing is put into
 * words: a report costs what it would cost without all this.
 *
 * Memory:  feed_new/feed_free; a stream frees itself when it is done, and must
 *          be done before feed_free.
 * Errors:  NULL: too many listen, or the feed has ended.
 * Units:   milliseconds of the monotonic clock.  Threads: any.
 */
#ifndef COLLECTOR_FEED_H
#define COLLECTOR_FEED_H

#include "base/attributes.h"
#include "base/status.h"
#include "collector/change.h"
#include "collector/exchange.h"
#include "collector/findings.h"

enum {
	FEED_LISTENERS_MOST = 500, /* of 2000 connections */
	/* About ten thousand changes: minutes of a fleet of 10,000 hosts. */
	FEED_SIZE_MOST = 4 * 1024 * 1024,
	FEED_HOST_SIZE = 256,
	FEED_KIND_SIZE = 16,
	/* Proxies cut what is quiet for 60 s or less; and only who is written
	 * to is found to be gone. */
	FEED_COMMENT_MS = 10000,
	/* As long may a listener be away and go on where it was. */
	FEED_AWAY_MS = 10 * 60 * 1000
};

struct feed;

/* What a listener asks for; "": all, and not said. */
struct feed_wish {
	const char *host, *kind, *last_event_id;
};

/* 'start' is different in each life of the collector. */
MUST_USE enum status feed_new(int64_t start, struct feed **out);
void feed_free(struct feed *f);

/* Does anybody listen, or may come back?  If not, nothing needs to be told. */
bool feed_is_wanted(struct feed *f);

/* Tells what changed in a host at a moment, and wakes those who wait for it. */
struct feed_host {
	const char *name, *machine_id;
	int64_t at; /* unix seconds */
};
void feed_tell(struct feed *f, const struct feed_host *host,
    const struct change_list *changes);

/* The same of a finding. */
void feed_tell_finding(struct feed *f, const struct feed_host *host,
    const struct finding_news *news);

/* Something changed that nobody can tell: all are to read anew. */
void feed_lose(struct feed *f);

/* A new listener; the stream begins with what it has missed. */
struct stream *feed_listen(struct feed *f, const struct feed_wish *wish);

/* How many there are. */
size_t feed_count(struct feed *f);

/* Writes a comment to those who heard nothing for a while; call every few
 * seconds, and not less often. */
void feed_sweep(struct feed *f, int64_t now_ms);

/* Ends all streams; there are no new ones after it. */
void feed_stop(struct feed *f);

#endif
