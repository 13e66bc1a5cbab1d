/*
 * path_watch.h - tells when a path appears, or its rights change.
 *
 *	the kernel -> [path_watch] -> ovsdb
 *
 * Watches the path's directory; while that is not there, the nearest one above
 * it that is.  Costs nothing while nothing happens there.
 *
 * Memory:  part of the caller's struct; path_watch_stop ends it.
 * Errors:  path_watch_start says whether it can be watched.
 * Source:  inotify(7).
 */
#ifndef AGENT_PATH_WATCH_H
#define AGENT_PATH_WATCH_H

#include "base/loop.h"

struct path_watch {
	/* The caller's. */
	struct loop *loop;
	const char *path; /* absolute */
	void (*appeared)(void *owner);
	void *owner;
	/* Ours; all zero at first. */
	struct loop_watch watch;
	int fd, place; /* of inotify, and what it watches */
	bool on;
	const char *next; /* the part of 'path' that is waited for */
};

/* Begins, or goes on.  False: this path cannot be watched, so ask again. */
bool path_watch_start(struct path_watch *w);
void path_watch_stop(struct path_watch *w);

#endif
