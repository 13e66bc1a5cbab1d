/*
 * sheets.h - one of each thing that a sheet can hold, laid out by hand.
 *
 * Memory:  sheet_done frees all; 'name' is lent.
 * Errors:  'arena.failed'.
 */
#ifndef TESTS_SUPPORT_SHEETS_H
#define TESTS_SUPPORT_SHEETS_H

#include "collector/draw/sheet.h"

/* A switch with a port, a host with what is in it, a cable between them that a
 * finding is about; one more that leads nowhere.  'name' stands in every text
 * and in every id; NULL: plain ones. */
void sheets_each(struct sheet *s, const char *name);

/* So many machines beside each other, and a cable from each to the next. */
void sheets_many(struct sheet *s, unsigned count);

#endif
