/*
 * query.h - reads a question: what may this text be? pure.
 *
 *	"gi 1/0/14 sw1", "0050.569a.1c0e", "v120" -> [query] -> find
 *
 * A word may be several things at once: 00-11 is the end of a MAC and a name.
 * An IP address is tried before a MAC (10.1.120.11 has only hex digits).
 *
 * Memory:  a plain value.
 * Errors:  false when the text is empty or too long.
 */
#ifndef COLLECTOR_QUERY_H
#define COLLECTOR_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collector/ports.h"

enum {
	QUERY_SIZE_MOST = 256, /* octets of a question; a name of DNS fits */
	QUERY_WORDS_MOST = 8,
	QUERY_ADDRESS_SIZE = 46
};

struct query_word {
	char text[QUERY_SIZE_MOST]; /* as typed */
	char name[QUERY_SIZE_MOST]; /* lower case, without -_.: */
	char mac[13];               /* hex digits: all 12, or the end */
	bool mac_is_whole;
	char address[QUERY_ADDRESS_SIZE]; /* as inet_ntop writes it */
	struct port_name port;            /* key "": no interface name */
	int vlan;                         /* -1: none */
	bool vlan_only;                   /* "vlan 120" is nothing else */
};

struct query {
	struct query_word whole; /* the text as one word, blanks dropped */
	struct query_word words[QUERY_WORDS_MOST];
	size_t count;
	size_t apart; /* how many are not the whole: 'count' or 0 */
};

bool query_read(const char *text, struct query *out);

/* The IP address as inet_ntop writes it; "" when it is none. */
void query_read_address(const char *text, char out[static QUERY_ADDRESS_SIZE]);

/* Lower case, -_.: and blanks dropped: how names are compared. */
void query_plain_name(const char *text, char *out, size_t capacity);

/* A name as it is compared: lent, and in a room of its own. */
#define PLAIN_NO_BRIEF SIZE_MAX
struct plain_text {
	const char *octets; /* without a NUL behind */
	size_t size;
	size_t brief; /* how much of it is before the first dot */
};
struct plain_name {
	char text[QUERY_SIZE_MOST];
	size_t size, brief;
};
void query_plain(const char *text, size_t size, struct plain_name *out);

/* How well a name fits what was asked: a name up to its first dot fits, too. */
enum fit {
	FIT_NONE,
	FIT_PART,
	FIT_BEGINNING,
	FIT_SHORT, /* meant, in a shorter notation: 1/0/14, the end of a MAC */
	FIT_EXACT
};
enum fit query_fit_name(const struct query_word *word, const char *name);
enum fit query_fit_mac(const struct query_word *word, const char *mac);
enum fit query_fit_plain(
    const struct query_word *word, const struct plain_text *name);
enum fit query_fit_plain_mac(
    const struct query_word *word, const struct plain_text *mac);
enum fit query_fit_port(const struct query_word *word, const char *port_key);
enum fit query_fit_address(const struct query_word *word, const char *address);

#endif
