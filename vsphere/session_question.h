/*
 * session_question.h - what is asked in each state of a session.
 *
 *	session -> [session_question] by ask -> exchange
 *
 * Memory:  writes into the exchange's buffer.
 * Errors:  false: nothing can be asked; why is logged.
 */
#ifndef VSPHERE_SESSION_QUESTION_H
#define VSPHERE_SESSION_QUESTION_H

#include "vsphere/session.h"

/* What is to be asked next, by what we have. */
enum session_state session_next(const struct session *s);

bool session_question(struct session *s);

/* How the answer is to be read; NULL: objects. */
const struct shape *session_shape(enum session_state state);

/* How long changes are waited for: several answers come within the time after
 * which we would know nothing. */
long session_wait_s(const struct session *s);

#endif
