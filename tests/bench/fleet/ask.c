#include "tests/bench/fleet/ask.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/bench/fleet/model.h"
#include "tests/bench/fleet/talk.h"

enum { PATH_SIZE = 160, TIMES_MOST = 1 << 18, STRIDE = 7919 };

const char *
ask_name(enum ask_kind kind)
{
	static const char *const names[] = { "find a MAC", "path of a VM",
		"find a part of a name", "one host", "100 VMs of all" };

	return names[kind];
}

static void
write_question(char out[static PATH_SIZE], const struct fleet_state *fleet,
    enum ask_kind kind, uint64_t turn)
{
	struct fleet_host h = { .host =
				    (uint32_t)(turn * STRIDE % fleet->hosts) };
	struct fleet_machine m;
	char id[FLEET_ID_SIZE];

	h.revision = fleet->revisions[h.host];
	fleet_machine(&h, (unsigned)(turn % FLEET_MACHINES), &m);
	fleet_id(h.host, id);
	switch (kind) {
	case ASK_MAC:
		(void)snprintf(out, PATH_SIZE, "/api/v1/find?q=%s", m.mac);
		break;
	case ASK_PATH:
		(void)snprintf(out, PATH_SIZE, "/api/v1/path?of=%s", m.name);
		break;
	case ASK_PART:
		(void)snprintf(out, PATH_SIZE, "/api/v1/find?q=%06u-%02u",
		    h.host, (unsigned)(turn % FLEET_MACHINES));
		break;
	case ASK_HOST:
		(void)snprintf(out, PATH_SIZE, "/api/v1/hosts/%s", id);
		break;
	case ASK_PAGE:
	case ASK_KINDS:
		(void)snprintf(out, PATH_SIZE, "/api/v1/vms?limit=100");
		break;
	}
}

bool
ask_known(const struct sockaddr_in *collector, const struct fleet_state *fleet)
{
	struct fleet_host h = { .host = 0, .revision = fleet->revisions[0] };
	char path[PATH_SIZE];
	struct fleet_machine m;
	struct talk talk;
	bool known;

	fleet_machine(&h, 0, &m);
	(void)snprintf(path, sizeof(path), "/api/v1/path?of=%s", m.mac);
	talk_init(&talk, collector);
	known = talk_get(&talk, path) == 200;
	talk_done(&talk);
	return known;
}

static int
compare(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

void
ask_run(const struct sockaddr_in *collector, const struct fleet_state *fleet,
    enum ask_kind kind, double seconds, struct ask_result *out)
{
	uint32_t *times = malloc(TIMES_MOST * sizeof(*times));
	double begun = talk_now_s(), now = begun;
	struct talk talk;
	size_t count = 0;

	*out = (struct ask_result){ .answered = 0 };
	talk_init(&talk, collector);
	while (times && count < TIMES_MOST &&
	       (count == 0 || now - begun < seconds)) {
		char path[PATH_SIZE];
		double asked = now;

		write_question(path, fleet, kind, count);
		out->wrong += talk_get(&talk, path) != 200;
		now = talk_now_s();
		times[count++] = (uint32_t)((now - asked) * 1e6);
	}
	out->answered = count;
	if (count > 0) {
		qsort(times, count, sizeof(*times), compare);
		out->p50_us = times[count / 2];
		out->p99_us = times[count * 99 / 100];
	}
	free(times);
	talk_done(&talk);
}
