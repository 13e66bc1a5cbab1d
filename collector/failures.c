#include "collector/failures.h"

#include <string.h>

#include "base/text.h"

static size_t
place_of(const char *peer)
{
	uint32_t hash = 2166136261u; /* FNV-1a */

	for (; *peer; peer++)
		hash = (hash ^ (unsigned char)*peer) * 16777619u;
	return hash % FAILURES_PLACES;
}

bool
failures_note(struct failures *f, const char *peer, int64_t now_ms)
{
	size_t i = place_of(peer);

	if (strcmp(f->places[i].peer, peer) != 0 ||
	    now_ms - f->places[i].since_ms >= FAILURES_WINDOW_MS) {
		text_copy(f->places[i].peer, PEER_SIZE, peer);
		f->places[i].since_ms = now_ms;
		f->places[i].count = 0;
	}
	if (f->places[i].count < UINT32_MAX)
		f->places[i].count++;
	return f->places[i].count > FAILURES_MOST;
}
