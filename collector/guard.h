/*
 * guard.h - lets in who shows a token that is good for what is asked.
 *
 *	request -> [guard] -> caller, or 401, 403, 429
 *
 * Without a token in its file everybody is let in: listener.h then keeps
 * others than this machine out.  Once there was one, none is let in without,
 * even if the file goes away.  The file is read again when it has changed, so
 * a token that is revoked is refused from then on.
 *
 * Memory:  guard_new/guard_free.
 * Errors:  those of token_file.h, with 'error'.
 * Source:  RFC 6750, RFC 9457.
 */
#ifndef COLLECTOR_GUARD_H
#define COLLECTOR_GUARD_H

#include "base/attributes.h"
#include "base/status.h"
#include "collector/exchange.h"
#include "collector/token_file.h"

struct guard;

MUST_USE enum status guard_new(const char *path, struct guard **out,
    char error[static TOKEN_FILE_ERROR_SIZE]);
void guard_free(struct guard *g);

/* Are tokens in use? */
bool guard_is_on(struct guard *g);

/* Before the body is taken, from any thread.  False: 'reply' says why not.
 * '*out_known': '*out_caller' is filled. */
bool guard_admit(struct guard *g, const struct request *request,
    struct caller *out_caller, bool *out_known, struct reply *reply);

/* Would a caller that was admitted be so still?  False: its token is revoked,
 * gone, or another by now; NULL, who was let in without: tokens are in use. */
bool guard_keeps(struct guard *g, const struct caller *caller);

#endif
