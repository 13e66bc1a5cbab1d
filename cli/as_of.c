#include "cli/as_of.h"

#include <time.h>

#include "base/age.h"

enum { MOMENT_SIZE = 32 };

static void
write_moment(int64_t at, char out[static MOMENT_SIZE])
{
	time_t time = (time_t)at;
	struct tm parts = { 0 };

	(void)localtime_r(&time, &parts);
	(void)strftime(out, MOMENT_SIZE, "%Y-%m-%d %H:%M:%S", &parts);
}

void
as_of_show(struct buffer *out, const struct json_value *document)
{
	const struct json_value *down = json_get(document, "collector_down");
	int64_t now = json_get_number(document, "now", 0);
	int64_t asked = json_get_number(document, "asked_at", 0);
	char moment[MOMENT_SIZE], other[MOMENT_SIZE], age[AGE_SIZE];

	if (asked == 0)
		return;
	write_moment(now, moment);
	age_text(asked - now, age);
	buffer_printf(out, "As of %s, %s ago.\n", moment, age);
	if (!down)
		return;
	write_moment(json_get_number(down, "since", 0), moment);
	write_moment(json_get_number(down, "until", 0), other);
	buffer_printf(out,
	    "No collector ran from %s to %s; this is what was known before.\n",
	    moment, other);
}
