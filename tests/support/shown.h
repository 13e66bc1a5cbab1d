/*
 * shown.h - what a person sees of an answer of the API.
 *
 * Memory:  the text is lent until the next call; shown_done frees it.
 * Errors:  a document that is no JSON fails the test.
 * Units:   a terminal of 80 columns, at time 1000.
 */
#ifndef TESTS_SUPPORT_SHOWN_H
#define TESTS_SUPPORT_SHOWN_H

#include "cli/answer.h"

typedef bool shown_answer(struct page *page, const struct json_value *answer);

/* Shows 'json' with 'answer', which is expected to find something or not. */
const char *shown(shown_answer *answer, const char *json, bool expected);
/* The same, whatever it finds. */
const char *shown_any(shown_answer *answer, const char *json);
void shown_done(void);

/* Every line is at most as wide as the terminal. */
void shown_fits(const char *text);

/* Both stand in the text, the first before the second. */
void shown_in_order(const char *text, const char *first, const char *second);

#endif
