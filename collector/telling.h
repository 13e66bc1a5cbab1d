/*
 * telling.h - tells the other collectors on the same database what they must
 * know, as notices (sharing_text.h).
 *
 *	sharing -> [telling] -> store_notify
 *
 * Memory:  none kept.
 * Errors:  those of the store; what belongs to no transaction may be lost, and
 *          who did not hear it compares all hosts, some time.
 */
#ifndef COLLECTOR_TELLING_H
#define COLLECTOR_TELLING_H

#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/model.h"
#include "collector/store.h"

struct telling {
	struct store *store; /* lent */
	const char *self;    /* lent: who tells it */
};

/* A change, and the host as it was before; NULL: there was none. */
struct telling_change {
	const struct model_change *change;
	const struct model_host *known;
};

/* Within a transaction: the others hear it with its commit. */
MUST_USE enum status telling_changes(const struct telling *t,
    const struct telling_change *changes, size_t count);

/* At once: hosts as sharing_text_host has written them, one after the other. */
void telling_heard(const struct telling *t, const char *hosts, size_t size);
/* At once: a word that says it all. */
void telling_word(const struct telling *t, char word);

#endif
