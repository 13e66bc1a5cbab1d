/*
 * asked.h - which one thing a question means, and what else it may mean; pure.
 *
 * Never one of several: who asks is told how many there are, and how to name
 * each of them.
 *
 * Memory:  'which' is lent; names that do not fit are left out.
 * Errors:  none.
 */
#ifndef COLLECTOR_ASKED_H
#define COLLECTOR_ASKED_H

#include <stdbool.h>
#include <stddef.h>

#include "collector/model.h"

enum { ASKED_NAMED_MOST = 5, ASKED_NAMES_SIZE = 640 };

struct asked {
	const char *which;
	size_t count; /* of what it means equally well, when several */
	char names[ASKED_NAMES_SIZE]; /* "hv1 web, hv2 web" */
};

/* Does it say "HOST NAME" of this? */
bool asked_is(
    const struct asked *a, const struct model_host *h, const char *name);

/* It may mean this, too. */
void asked_several(
    struct asked *a, const struct model_host *h, const char *name);

#endif
