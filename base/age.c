#include "base/age.h"

#include <inttypes.h>
#include <stdio.h>

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

/* A unit is used from one and a half of it on: "89 s", then "2 min". */
static const struct {
	int64_t below;
	int64_t unit;
	const char *name;
} units[] = {
	{ MINUTE + MINUTE / 2, 1, "s" },
	{ HOUR + HOUR / 2, MINUTE, "min" },
	{ DAY + DAY / 2, HOUR, "h" },
	{ INT64_MAX, DAY, "d" },
};

void
age_text(int64_t seconds, char out[static AGE_SIZE])
{
	size_t i = 0;

	if (seconds < 0)
		seconds = 0;
	while (seconds >= units[i].below && units[i].unit != DAY)
		i++;
	snprintf(out, AGE_SIZE, "%" PRId64 " %s",
	    seconds / units[i].unit +
		(seconds % units[i].unit * 2 >= units[i].unit &&
		    units[i].unit > 1),
	    units[i].name);
}
