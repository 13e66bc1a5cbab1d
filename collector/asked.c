#include "collector/asked.h"

#include <stdio.h>
#include <string.h>

static bool
begins_with(const char *which, const char *host, const char *name)
{
	size_t size = strlen(host);

	return size > 0 && name[0] != '\0' && strncmp(which, host, size) == 0 &&
	       which[size] == ' ' && strcmp(which + size + 1, name) == 0;
}

bool
asked_is(const struct asked *a, const struct model_host *h, const char *name)
{
	return begins_with(a->which, h->name, name) ||
	       begins_with(a->which, h->machine_id, name);
}

void
asked_several(struct asked *a, const struct model_host *h, const char *name)
{
	size_t size = strlen(a->names);

	if (a->count++ < ASKED_NAMED_MOST)
		(void)snprintf(a->names + size, sizeof(a->names) - size,
		    "%s\"%.60s %.60s\"", size > 0 ? ", " : "", h->name, name);
}
