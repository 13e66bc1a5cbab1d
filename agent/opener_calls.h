/*
 * opener_calls.h - the system calls that the opener's process may make.
 *
 *	opener -> [opener_calls] -> the kernel's filter
 *
 * read, sendmsg, close, exit; socket for AF_UNIX only, and connect.  Any other
 * one ends the process.
 *
 * Memory:  none kept.
 * Errors:  STATUS_SYSTEM.  On a machine that the list does not know, and in a
 *          kernel without seccomp, nothing is limited and nothing is wrong.
 * Source:  seccomp(2), linux/filter.h.
 */
#ifndef AGENT_OPENER_CALLS_H
#define AGENT_OPENER_CALLS_H

#include "base/attributes.h"
#include "base/status.h"

/* For this process, for good. */
MUST_USE enum status opener_calls_limit(void);

#endif
