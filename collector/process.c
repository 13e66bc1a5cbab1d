#include "collector/process.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

void
process_usage(struct process_usage *out)
{
	struct rusage used;
	char line[128], *rest;
	long long page = sysconf(_SC_PAGESIZE);
	FILE *f = fopen("/proc/self/statm", "re");

	*out = (struct process_usage){ -1, -1, -1 };
	if (getrusage(RUSAGE_SELF, &used) == 0)
		out->cpu_s = seconds(used.ru_utime) + seconds(used.ru_stime);
	if (!f)
		return;
	if (fgets(line, sizeof(line), f)) {
		out->virtual_octets = strtoll(line, &rest, 10) * page;
		out->resident_octets = strtoll(rest, NULL, 10) * page;
	}
	(void)fclose(f);
}
