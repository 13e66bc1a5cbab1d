/*
 * collector.h - a collector of the bench's own: started, killed, measured.
 *
 * Errors:  the program ends with a message.
 * Units:   microseconds of processor time of all its threads, octets.
 */
#ifndef TESTS_BENCH_FLEET_COLLECTOR_H
#define TESTS_BENCH_FLEET_COLLECTOR_H

#include <netinet/in.h>
#include <sys/types.h>

struct collector {
	const char *program, *directory;
	const char *database; /* NULL: a file in the directory */
	struct sockaddr_in address;
	pid_t pid; /* 0: it does not run */
};

/* One of loopback that is free. */
void collector_choose_port(struct collector *c);

/* Gives the seconds from its start to its first answer to 'question'. */
double collector_start(struct collector *c, const char *question);
void collector_kill(struct collector *c);
void collector_stop(struct collector *c);

double collector_cpu_us(const struct collector *c);
/* Both -1 when the kernel does not tell. */
double collector_written(const struct collector *c);
double collector_resident(const struct collector *c);
/* Of the database on the disk; its log is not counted. */
double collector_database_size(const struct collector *c);

#endif
