/*
 * wording.h - what a neighbor says, in the few words that people want first.
 *
 *	neighbor -> [wording] -> listen, show
 *
 * Pure.
 *
 * Memory:  plain values.
 * Errors:  none: what was not said stays "".
 */
#ifndef AGENT_WORDING_H
#define AGENT_WORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "report/neighbor.h"

enum { WORDS_SIZE = 128, WORDS_PROTOCOLS_SIZE = 40, WORDS_VLAN_SIZE = 64 };

struct words {
	char device[WORDS_SIZE]; /* its name, else its chassis id */
	char port[WORDS_SIZE];
	bool port_is_name; /* an interface's name, not a number or a MAC */
	char protocols[WORDS_PROTOCOLS_SIZE]; /* "LLDP + CDP" */
	char vlan[WORDS_VLAN_SIZE];           /* "VLAN 10 native" */
	bool is_switch; /* it can forward, or does not say what it can */
	char detail[2 * WORDS_SIZE]; /* model and management address */
};

void words_of(const struct neighbor *said, struct words *out);

/* Adds what another protocol says of the same port. */
void words_merge(struct words *words, const struct words *more);

/* Do both name the same port of the same device? */
bool words_agree(const struct words *a, const struct words *b);

/* "lldp" as people write it. */
const char *words_protocol(enum protocol protocol);

/* Columns that a text takes: characters, not octets. */
size_t words_width(const char *text);

/* "3 s", "5 min", "2 h", "4 d". */
void words_age(char *out, size_t capacity, long long seconds);

#endif
