/*
 * form.h - what stays of a report when nothing changes: all but its numbers.
 *
 *	a report all of which was recalled -> [form] -> is the next one the
 *same?
 *
 * An agent that sends all it knows mostly tells what it told before, with other
 * times and counters.  The form knows where those stand, and the fingerprint of
 * the octets around them: a report that has these needs no cutting.
 *
 * Memory:  form_new gives it to a first holder.  It never changes, and holders
 *          may be of several threads.
 * Errors:  STATUS_NO_MEMORY.
 */
#ifndef COLLECTOR_FORM_H
#define COLLECTOR_FORM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"

enum { FORM_DIGEST_SIZE = 17 };

/* A number in the text. */
struct form_slot {
	uint32_t before; /* octets between it and the one before it */
	uint16_t claim;  /* place among those of the form, from 1 on */
	int16_t member;  /* what the number is, as the user calls it */
};

struct form {
	atomic_uint holders;
	uint64_t fingerprint; /* of all that stays */
	char digest[FORM_DIGEST_SIZE];
	const char *via;
	const int64_t *claims; /* those that have numbers, by theirs */
	size_t claim_count;
	const struct form_slot *slots; /* in the order of the text */
	size_t slot_count;
	size_t behind; /* octets after the last number */
};

/* A copy of 'draft', of which all is lent, with the fingerprint of 'text'. */
MUST_USE enum status form_new(
    const struct form *draft, const char *text, size_t size, struct form **out);

/* One more holder; both accept NULL. */
struct form *form_hold(struct form *f);
void form_release(struct form *f);

/* Is the text the same but for the numbers?  These are put into 'out_values',
 * one for each slot. */
bool form_fits(
    const struct form *f, const char *text, size_t size, int64_t *out_values);

#endif
