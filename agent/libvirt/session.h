/*
 * session.h - one connection to libvirt: tells all machines, then what changes.
 *
 *	libvirt's events -> [session] -> domain_xml -> lines on a descriptor
 *
 * Each line is a JSON object with one member:
 *
 *	{"domain":{...}}    a machine that is new or has changed, whole
 *	{"gone":"UUID"}     it is no longer here
 *	{"complete":true}   all that are here were told
 *	{"lost":"why"}      the last one: what was told holds no more
 *
 * Read-only.  Nothing is asked without an event, but for what libvirt has no
 * event of (a cable pulled, a NIC moved to another bridge while the machine
 * runs): each machine is read anew once a minute, a sixth of them every ten
 * seconds.  Only what differs is told.
 *
 * A call that is not answered within 15 s ends in SIGALRM, which the program
 * takes: libvirt's calls cannot be ended otherwise.
 *
 * Memory:  session_run frees what it made.
 * Errors:  are the last line.
 * Units:   milliseconds.
 * Source:  libvirt-domain.h, libvirt-event.h of libvirt 9.0.
 */
#ifndef AGENT_LIBVIRT_SESSION_H
#define AGENT_LIBVIRT_SESSION_H

#include <stddef.h>

#include "base/attributes.h"
#include "base/status.h"

struct session_settings {
	/* Tried in this order. */
	const char *const *uris;
	size_t uri_count;
	int out; /* where the lines go */
};

/* Returns when the connection is lost, or nobody reads the lines any more. */
MUST_USE enum status session_run(const struct session_settings *settings);

#endif
