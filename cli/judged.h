/*
 * judged.h - what findings and diagnoses tell in the same words: whose it is,
 * what both sides say, what to type.
 *
 *	JSON of the API -> answer -> [judged] -> page
 *
 * Memory:  writes to the page; keeps nothing.
 * Errors:  an absent or wrong member is an empty part.
 */
#ifndef CLI_JUDGED_H
#define CLI_JUDGED_H

#include "base/json_read.h"
#include "cli/page.h"

/* The member's text; "" without one. */
const char *judged_text(const struct json_value *v, const char *name);

/* "network team", in its colour. */
void judged_owner(struct page *page, const struct json_value *judged);

/* Claims, commands, what would make it known, when it closes, why. */
void judged_say(struct page *page, const struct json_value *judged);

#endif
