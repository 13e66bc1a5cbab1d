/*
 * inside.h - reports of hosts with something inside, for tests.
 *
 * Memory:  heap text, free it.
 */
#ifndef TESTS_SUPPORT_INSIDE_H
#define TESTS_SUPPORT_INSIDE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/documents.h"

#define INSIDE_NICS                                                            \
	"\"nics\":[{\"name\":\"ens1f0\",\"mac\":\"b8:ce:f6:00:01:00\","        \
	"\"up\":true,\"carrier\":true},{\"name\":\"ens1f1\","                  \
	"\"mac\":\"b8:ce:f6:00:01:01\",\"up\":true,\"carrier\":true}]"

/* A bond of both NICs. */
#define INSIDE_BOND(more)                                                      \
	"{\"name\":\"bond0\",\"kind\":\"bond\",\"mode\":\"active-backup\","    \
	"\"members\":[{\"nic\":\"ens1f0\",\"state\":\"active\"},"              \
	"{\"nic\":\"ens1f1\",\"state\":\"standby\"}]" more "}"

/* A VM with these vNICs. */
#define INSIDE_VM(name, vnics)                                                 \
	"{\"id\":\"id-" name "\",\"kind\":\"vm\",\"name\":\"" name "\","       \
	"\"state\":\"running\",\"source\":\"libvirt\",\"vnics\":[" vnics "]}"

/* A report of hv1 with two NICs; 'inside' is the rest of its members. */
static inline char *
inside_report(int number, const char *nics, const char *inside)
{
	size_t size = strlen(nics) + strlen(inside) + 512;
	char *text = malloc(size);

	if (text)
		(void)snprintf(text, size,
		    "{\"version\":1,\"number\":%d,\"sent_at\":1000,"
		    "\"digest\":\"%016x\",\"host\":{\"id\":\"" HOST_ID
		    "\",\"name\":\"hv1\"},%s,\"links\":[],%s}",
		    number, (unsigned)number, nics, inside);
	return text;
}

#endif
