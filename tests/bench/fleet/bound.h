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

#endif
