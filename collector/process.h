/*
 * process.h - what this process takes of the machine.
 *
 * Memory:  plain values.
 * Errors:  -1: the kernel does not tell.
 * Source:  proc(5): /proc/self/statm; getrusage(2).
 */
#ifndef COLLECTOR_PROCESS_H
#define COLLECTOR_PROCESS_H

#include <stdint.h>

struct process_usage {
	double cpu_s; /* user and system, all threads */
	int64_t resident_octets, virtual_octets;
};

void process_usage(struct process_usage *out);

#endif
