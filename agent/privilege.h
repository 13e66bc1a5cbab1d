/*
 * privilege.h - gives root up and keeps the one right that is needed.
 *
 *	main -> [privilege]
 *
 * NICs appear while the agent runs, so it keeps CAP_NET_RAW; everything else
 * goes, for it and for the programs that it starts: other user, no groups, no
 * way back (no_new_privs), nothing inheritable.
 *
 * Memory:  none kept.
 * Errors:  STATUS_NOT_FOUND: no such user; STATUS_SYSTEM (errno).
 * Source:  capabilities(7), prctl(2).
 */
#ifndef AGENT_PRIVILEGE_H
#define AGENT_PRIVILEGE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/attributes.h"
#include "base/status.h"

struct account {
	uid_t user;
	gid_t group;
	bool change; /* false: we are that user, or cannot become another */
};

/* Who to become: 'name', or when it is NULL demarc-agent, else nobody. */
MUST_USE enum status privilege_find(const char *name, struct account *out);

/* Makes the directory, and those above it, and gives it to the account; one
 * that is there already is left as it is. */
MUST_USE enum status privilege_make_directory(
    const char *path, const struct account *account);

/* Gives the directory to the account whoever made it. */
MUST_USE enum status privilege_own_directory(
    const char *path, const struct account *account);

/* Do we have this one of the first 32 capabilities? */
bool privilege_has(int capability);

/* Becomes the account and keeps this capability (one of the first 32), if we
 * have it. */
MUST_USE enum status privilege_give_up(
    const struct account *account, int capability);

#endif
