/*
 * terminal.h - what the terminal can show.
 *
 * Memory:  none.
 * Errors:  none.
 * Units:   columns.
 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>

/* As wide as the terminal is, or COLUMNS says; 0: nobody says. */
int terminal_columns(void);

bool terminal_wants_colour(void);

/* Does the reader's locale have UTF-8? */
bool terminal_has_utf8(void);

#endif
