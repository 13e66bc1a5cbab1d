#include "base/moment.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	DIGITS_MOST = 12, /* of seconds: beyond the year 9999 */
	MINUTE_S = 60,
	HOUR_S = 3600,
	DAY_S = 86400,
	WEEK_S = 7 * DAY_S,
	YEAR_FIRST = 1970,
	YEAR_LAST = 9999
};

const char moment_forms_said[] =
    "\"2026-11-22 14:05\", \"14:05\", \"-2h\" (s, m, h, d, w), "
    "\"2026-11-22T14:05:00Z\" or unix seconds";

/* Exactly 'digits' of them, at '*at', which goes on behind them. */
static bool
take_number(const char **at, int digits, int least, int most, int *out)
{
	int number = 0;

	for (int i = 0; i < digits; i++) {
		if ((*at)[i] < '0' || (*at)[i] > '9')
			return false;
		number = number * 10 + ((*at)[i] - '0');
	}
	*at += digits;
	*out = number;
	return number >= least && number <= most;
}

static bool
take_char(const char **at, const char *one_of)
{
	if (**at == '\0' || !strchr(one_of, **at))
		return false;
	(*at)++;
	return true;
}

static bool
take_date(const char **at, struct tm *out)
{
	if (!take_number(at, 4, YEAR_FIRST, YEAR_LAST, &out->tm_year) ||
	    !take_char(at, "-") || !take_number(at, 2, 1, 12, &out->tm_mon) ||
	    !take_char(at, "-") || !take_number(at, 2, 1, 31, &out->tm_mday))
		return false;
	out->tm_year -= 1900;
	out->tm_mon--;
	return true;
}

/* "14:05", "14:05:09" or "14:05:09.123". */
static bool
take_time(const char **at, struct tm *out)
{
	if (!take_number(at, 2, 0, 23, &out->tm_hour) || !take_char(at, ":") ||
	    !take_number(at, 2, 0, 59, &out->tm_min))
		return false;
	if (!take_char(at, ":"))
		return true;
	if (!take_number(at, 2, 0, 60, &out->tm_sec))
		return false;
	if (take_char(at, "."))
		*at += strspn(*at, "0123456789");
	return true;
}

/* How far local time is ahead, and nothing behind it.  A '+' that nobody
 * encoded in a URL has become a blank. */
static bool
take_zone(const char **at, int *out_ahead_s)
{
	int hours, minutes, sign = **at == '-' ? -1 : 1;

	*out_ahead_s = 0;
	if (take_char(at, "Zz"))
		return **at == '\0';
	if (!take_char(at, "+- ") || !take_number(at, 2, 0, 23, &hours) ||
	    !take_char(at, ":") || !take_number(at, 2, 0, 59, &minutes))
		return false;
	*out_ahead_s = sign * (hours * HOUR_S + minutes * MINUTE_S);
	return **at == '\0';
}

/* mktime and timegm turn the 31st of February into March. */
static bool
is_real(struct tm asked, time_t time, bool local)
{
	struct tm again = { 0 };

	if (local)
		(void)localtime_r(&time, &again);
	else
		(void)gmtime_r(&time, &again);
	return again.tm_mday == asked.tm_mday && again.tm_mon == asked.tm_mon;
}

static bool
read_seconds(const char *text, int64_t *out)
{
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > DIGITS_MOST || text[digits])
		return false;
	*out = strtoll(text, NULL, 10);
	return true;
}

bool
moment_read(const char *text, int64_t *out)
{
	struct tm said = { 0 }, asked;
	int ahead_s;
	time_t time;

	if (read_seconds(text, out))
		return true;
	if (!take_date(&text, &said) || !take_char(&text, "Tt ") ||
	    !take_time(&text, &said) || !take_zone(&text, &ahead_s))
		return false;
	asked = said;
	time = timegm(&said);
	if (!is_real(asked, time, false))
		return false;
	*out = (int64_t)time - ahead_s;
	return true;
}

/* "-2h", "-90m". */
static bool
read_ago(const char *text, int64_t now, int64_t *out)
{
	static const char units[] = "smhdw";
	static const int64_t seconds[] = { 1, MINUTE_S, HOUR_S, DAY_S, WEEK_S };
	const char *unit;
	size_t digits;

	if (text[0] != '-')
		return false;
	digits = strspn(text + 1, "0123456789");
	if (digits == 0 || digits > DIGITS_MOST || text[digits + 1] == '\0' ||
	    text[digits + 2])
		return false;
	unit = strchr(units, text[digits + 1]);
	if (!unit)
		return false;
	*out = now - strtoll(text + 1, NULL, 10) * seconds[unit - units];
	return *out >= 0;
}

/* "2026-11-22", perhaps with a time, by the clock on the wall. */
static bool
read_local(const char *text, int64_t *out)
{
	struct tm said = { .tm_isdst = -1 };
	struct tm asked;
	time_t time;

	if (!take_date(&text, &said))
		return false;
	if (*text && (!take_char(&text, "Tt ") || !take_time(&text, &said)))
		return false;
	asked = said;
	time = mktime(&said);
	*out = (int64_t)time;
	return *text == '\0' && is_real(asked, time, true);
}

/* "14:05" is today's, or yesterday's while today's is to come. */
static bool
read_clock(const char *text, int64_t now, int64_t *out)
{
	time_t today = (time_t)now;
	struct tm said;

	if (!localtime_r(&today, &said))
		return false;
	said.tm_sec = 0;
	if (!take_time(&text, &said) || *text)
		return false;
	said.tm_isdst = -1;
	*out = (int64_t)mktime(&said);
	if (*out > now) {
		said.tm_mday--;
		said.tm_isdst = -1;
		*out = (int64_t)mktime(&said);
	}
	return true;
}

bool
moment_read_said(const char *text, int64_t now, int64_t *out)
{
	return moment_read(text, out) || read_ago(text, now, out) ||
	       read_local(text, out) || read_clock(text, now, out);
}
