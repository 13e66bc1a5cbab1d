#include "base/failover.h"

size_t
failover_place(struct failover *f, int64_t now_ms)
{
	if (f->at > 0 && f->tried == 0 && now_ms >= f->back_at)
		f->at = 0;
	return f->at;
}

bool
failover_fail(struct failover *f, size_t place, int64_t now_ms, uint64_t dice)
{
	if (place != f->at)
		return false;
	/* From half to one and a half of it. */
	if (place == 0 && f->return_ms > 0)
		f->back_at = now_ms + f->return_ms / 2 +
			     (int64_t)(dice % (uint64_t)f->return_ms);
	f->at = (f->at + 1) % f->count;
	f->tried++;
	if (f->tried < f->count)
		return false;
	f->tried = 0;
	return true;
}

void
failover_succeed(struct failover *f, size_t place)
{
	if (place == f->at)
		f->tried = 0;
}
