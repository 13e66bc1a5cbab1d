/*
 * text.h - makes text of others safe, once, at the border.
 *
 * What a neighbor, a hypervisor or a file says may hold any octets.  After
 * text_clean it is valid UTF-8 without control characters; every place that
 * shows it later escapes only what its own format needs.
 *
 * Memory:  the caller's.
 * Errors:  none; what does not fit is cut at a character, and said.
 * Units:   octets.
 * Source:  Unicode 15, chapter 3, table 3-7 (well-formed UTF-8).
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Cleans 'size' octets at 'in' into 'out' (room for 'capacity' octets) and
 * gives the size written; no NUL is added.  Trailing NULs and white space are
 * dropped.  TAB becomes a blank; CR, LF and CR LF become one U+00A0 each, which
 * looks like a blank and still tells where a line ended; other control
 * characters (C0, DEL, C1, U+2028, U+2029 and the bidirectional controls) and
 * octets that are not UTF-8 become U+FFFD.  '*out_cut' tells whether something
 * did not fit.  Nothing grows to more than three times its size. */
size_t text_clean(
    char *out, size_t capacity, const void *in, size_t size, bool *out_cut);

/* Are these octets valid UTF-8 (control characters allowed)? */
bool text_is_utf8(const void *in, size_t size);

/* Copies the string 'in' to 'out', cut at a character to fit with its NUL. */
void text_copy(char *out, size_t capacity, const char *in);

/* Are the two strings the same, ASCII letters compared without case? */
bool text_same(const char *a, const char *b);

#endif
