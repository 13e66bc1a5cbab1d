#include "base/clock.h"

#include <time.h>

static int64_t
read_ms(clockid_t clock)
{
	struct timespec t = { 0 };

	clock_gettime(clock, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct instant
clock_now(void)
{
	return (struct instant){ read_ms(CLOCK_BOOTTIME) };
}

int64_t
clock_us(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t
clock_unix_s(void)
{
	return read_ms(CLOCK_REALTIME) / 1000;
}

int64_t
clock_unix_ms(void)
{
	return read_ms(CLOCK_REALTIME);
}
