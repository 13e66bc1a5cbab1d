/*
 * disk.h - what the disk takes to hold on to something.
 *
 * Units:   microseconds; -1 when the directory cannot be written.
 */
#ifndef TESTS_BENCH_FLEET_DISK_H
#define TESTS_BENCH_FLEET_DISK_H

/* The median of some fdatasync after 4 KB more in a file there. */
double disk_sync_us(const char *directory);

#endif
