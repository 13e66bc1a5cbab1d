/*
 * opener.h - opens the socket of Open vSwitch for an agent without root.
 *
 *	agent -> [opener | its process] -> db.sock
 *
 * The socket is root's, and Open vSwitch makes it anew whenever it starts.
 * So a small process is split off before root is given up.  It does one thing:
 * asked by one octet, it connects to the path that it was given when it began,
 * and hands the connection over.  It keeps CAP_DAC_OVERRIDE and no other right,
 * can make no system call but those, and ends with the agent.
 *
 * Memory:  opener_new/opener_free.
 * Errors:  STATUS_NOT_ALLOWED: we have no right that it could keep, so it would
 *          be of no use; STATUS_SYSTEM, STATUS_NO_MEMORY.
 * Source:  unix(7), seccomp(2); docs/decisions/0006-opener.md.
 */
#ifndef AGENT_OPENER_H
#define AGENT_OPENER_H

#include "agent/privilege.h"
#include "base/loop.h"

struct opener;

/* Splits the process off.  Early: it keeps sharing the memory of this moment.
 * 'path' must outlive it. */
MUST_USE enum status opener_new(
    const char *path, const struct account *account, struct opener **out);
void opener_free(struct opener *opener);

/* Whom to tell: a descriptor that is now the owner's, or -1 and the errno that
 * says why not (EPIPE: the process has ended). */
struct opener_settings {
	struct loop *loop;
	void (*take)(void *owner, int taken_fd, int why);
	void *owner;
};
MUST_USE enum status opener_begin(
    struct opener *opener, const struct opener_settings *settings);

/* Asks for a connection; false: the process has ended. */
bool opener_ask(struct opener *opener);

/* The same without another process, with the rights that we have: gives the
 * descriptor, or -1 and errno. */
int opener_connect(const char *path);

#endif
