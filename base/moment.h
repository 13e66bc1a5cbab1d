/*
 * moment.h - reads a moment as people and programs write it.
 *
 *	"2026-11-22T14:05:00Z", "1795356300", "-2h" -> [moment] -> unix seconds
 *
 * Programs say unix seconds or RFC 3339 with a zone.  People may also leave
 * out the zone (theirs is meant), the seconds, the time (the day's begin), or
 * the date (the last time that the clock showed it), or say how long ago.
 *
 * Memory:  none.
 * Errors:  false; what is no date of the calendar is refused.
 * Units:   unix seconds.
 * Source:  RFC 3339.
 */
#ifndef BASE_MOMENT_H
#define BASE_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

/* What moment_read_said takes, for an error message. */
extern const char moment_forms_said[];

bool moment_read(const char *text, int64_t *out);

/* What a person typed at 'now'. */
bool moment_read_said(const char *text, int64_t now, int64_t *out);

#endif
