#include "collector/inflight.h"

#include <time.h>

enum { LOOK_EVERY_MS = 2 };

void
inflight_wait(struct inflight *f, unsigned most_ms)
{
	struct timespec pause = { .tv_nsec = LOOK_EVERY_MS * 1000000L };

	for (unsigned ms = 0; ms < most_ms && atomic_load(&f->count) > 0;
	     ms += LOOK_EVERY_MS)
		(void)nanosleep(&pause, NULL);
}
