/*
 * page.h - the text that a person will read: words with a tone.
 *
 *	answer -> [page] -> buffer -> terminal
 *
 * Our own words go in as they are; what others said (names, descriptions) is
 * cleaned here, once, so that no answer can move the reader's cursor.
 *
 * Memory:  the buffer is the caller's; page keeps nothing else.
 * Errors:  those of the buffer; ask buffer_ok at the end.
 * Units:   columns; unix seconds.
 */
#ifndef CLI_PAGE_H
#define CLI_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/json_read.h"

/* Longer text of others is cut: a name of 10 kB answers no question. */
enum { PAGE_TEXT_SIZE = 1024 };

enum tone {
	TONE_PLAIN,
	TONE_STRONG,  /* headings */
	TONE_QUIET,   /* less important */
	TONE_SYSTEMS, /* green: the systems team's side */
	TONE_NETWORK, /* blue: the network team's side */
	TONE_PROBLEM  /* red: the line, and what is wrong */
};

struct page {
	struct buffer *out;
	int columns; /* of the terminal */
	bool uncut;  /* no terminal: the cells of tables stay whole */
	bool colour;
	int64_t now; /* the collector's clock */
	/* what was asked beside; NULL: nothing */
	const struct json_value *more;
};

/* Our own words, in a tone. */
void page_say(struct page *page, enum tone tone, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Breaks what was written since page->out->size was 'from' at its blanks, so
 * that it fits the terminal; what follows a break stands 'indent' to the right.
 * Not where there is no terminal. */
void page_wrap(struct page *page, size_t from, int indent);

/* Text of others, cleaned; NULL adds nothing. */
void page_quote(struct page *page, enum tone tone, const char *text);

/* Adds text of others to 'out', cleaned and without a tone. */
void page_clean(struct buffer *out, const char *text);

/* The escape sequences around a tone; empty without colour. */
const char *page_tone_on(const struct page *page, enum tone tone);
const char *page_tone_off(const struct page *page, enum tone tone);

#endif
