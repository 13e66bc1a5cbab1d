#include "base/backoff.h"

/* The ceiling stops doubling here: 2^20 of any wait is longer than 'most'. */
enum { DOUBLINGS_MOST = 20 };

int64_t
backoff_fail(struct backoff *b, uint64_t dice)
{
	uint32_t doublings = b->failures;
	int64_t ceiling;

	if (doublings > DOUBLINGS_MOST)
		doublings = DOUBLINGS_MOST;
	ceiling = b->least_ms << doublings;
	if (ceiling > b->most_ms)
		ceiling = b->most_ms;
	if (b->failures < UINT32_MAX)
		b->failures++;
	if (ceiling <= b->least_ms)
		return b->least_ms;
	return b->least_ms +
	       (int64_t)(dice % (uint64_t)(ceiling - b->least_ms + 1));
}

void
backoff_succeed(struct backoff *b)
{
	b->failures = 0;
}
