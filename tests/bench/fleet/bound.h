/*
 * bound.h - what the rows of a report cost SQLite at the least: inserted in
 * bulk, with all that is said of each, into tables with the indexes that
 * questions need, without a journal.
 *
 *	model -> rows in memory -> [bound] -> processor time of the inserts
 *
 * Errors:  the program ends with a message.
 * Units:   microseconds of processor time for one host.
 */
#ifndef TESTS_BENCH_FLEET_BOUND_H
#define TESTS_BENCH_FLEET_BOUND_H

#include <stdint.h>

double bound_bulk_insert_us(const char *path, uint32_t hosts);

/* Reports that change their host, some in one transaction. */
struct bound_changes {
	uint32_t reports, together;
};

/* Hosts as far apart as hosts are whose reports arrive together. */
static inline uint32_t
bound_changed_host(uint32_t hosts, uint32_t report)
{
	return (uint32_t)((uint64_t)report * 2654435761U % hosts);
}

/* Octets of the write-ahead log for a host whose rows are deleted and inserted
 * anew. */
double bound_replace_octets(
    const char *path, uint32_t hosts, const struct bound_changes *changes);

#endif
