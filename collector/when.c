#include "collector/when.h"

void
when_write(struct json *j, int64_t now, const struct when *w)
{
	json_add_number(j, "now", now);
	if (w->asked_at == 0)
		return;
	json_add_number(j, "asked_at", w->asked_at);
	if (w->down_until == 0)
		return;
	json_name(j, "collector_down");
	json_object_begin(j);
	json_add_number(j, "since", w->down_since);
	json_add_number(j, "until", w->down_until);
	json_object_end(j);
}
