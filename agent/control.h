/*
 * control.h - the socket at which a running agent answers questions.
 *
 *	show, doctor -> [control] -> answer
 *
 * A question is one line; the answer is a line "ok" or "error", then text
 * until the end.  The daemon never waits for who asks.
 *
 * Memory:  control_new/control_free.
 * Errors:  STATUS_CONFLICT: another agent answers there already;
 *          STATUS_NOT_FOUND: nobody answers; STATUS_NOT_ALLOWED;
 *          STATUS_SYSTEM (errno).
 * Source:  unix(7).
 */
#ifndef AGENT_CONTROL_H
#define AGENT_CONTROL_H

#include <stdbool.h>

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/loop.h"
#include "base/status.h"

enum { CONTROL_QUESTION_SIZE = 128 };

struct control;

/* Writes the answer; false: it says what was wrong with the question. */
typedef bool control_answerer(
    void *owner, const char *question, struct buffer *answer);

struct control_settings {
	struct loop *loop;
	const char *path;
	control_answerer *answer;
	void *owner;
};

MUST_USE enum status control_new(
    const struct control_settings *settings, struct control **out_control);
void control_free(struct control *control);

/* Asks the agent at 'path'; '*out_ok' tells which kind of answer it is. */
MUST_USE enum status control_ask(const char *path, const char *question,
    struct buffer *answer, bool *out_ok);

#endif
