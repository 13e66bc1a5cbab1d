/*
 * libvirt.h - has demarc-libvirt follow libvirt, where libvirt runs.
 *
 *	[libvirt] starts demarc-libvirt; its lines -> domains -> inside
 *
 * Libvirt's client library stays in a process of its own: a host without
 * libvirt needs neither.  That process is started when libvirt's socket is
 * there, which is watched for; one that ends, or talks nonsense, is started
 * again, later and later.
 *
 * Memory:  libvirt_new/libvirt_free; the latter ends the process.  A line is
 *          lent for the call.
 * Errors:  logged when the state changes, once each.
 * Units:   milliseconds.
 * Source:  docs/decisions/0007-libvirt-in-a-process-of-its-own.md; the lines:
 *          agent/libvirt/session.h.
 */
#ifndef AGENT_LIBVIRT_H
#define AGENT_LIBVIRT_H

#include "base/json_read.h"
#include "base/loop.h"

struct libvirt;

/* What a line meant to who took it. */
enum libvirt_line {
	LIBVIRT_MORE,     /* one of many */
	LIBVIRT_COMPLETE, /* all machines are known */
	LIBVIRT_LOST,     /* the last one */
	LIBVIRT_NONSENSE
};

struct libvirt_settings {
	struct loop *loop;
	/* "auto", a URI, or the path of a socket; must outlive it. */
	const char *where;
	enum libvirt_line (*take)(void *owner, const struct json_value *line);
	/* What was told before holds no more. */
	void (*forget)(void *owner);
	void *owner;
};

/* Starts nothing before the loop runs: root is given up by then. */
MUST_USE enum status libvirt_new(
    const struct libvirt_settings *settings, struct libvirt **out_libvirt);
void libvirt_free(struct libvirt *libvirt);

/* Is it there, or was, and does not answer? */
bool libvirt_is_missed(const struct libvirt *libvirt);

/* After SIGCHLD; accepts NULL. */
void libvirt_child_ended(struct libvirt *libvirt);

#endif
