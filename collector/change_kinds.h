/*
 * change_kinds.h - the words for what a change can be of.
 *
 * Memory:  constant.
 * Errors:  false: no such word.
 */
#ifndef COLLECTOR_CHANGE_KINDS_H
#define COLLECTOR_CHANGE_KINDS_H

#include <stdbool.h>

/* For a refusal. */
#define CHANGE_KINDS                                                           \
	"is one of: host, nic, link, neighbor, vswitch, port_group, "          \
	"workload, heard_vlan, silence"

bool change_kinds_have(const char *word);

/* The kind of the claims that it is read from; a silence is none, and those of
 * the host come along anyway. */
int change_kinds_claim(const char *word);

#endif
