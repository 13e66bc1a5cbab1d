/*
 * rules.h - checks a JSON value against a table and writes it anew, clean.
 *
 *	JSON of an agent -> [rules] -> JSON that we vouch for
 *
 * A table names the members that an object may have; what it does not name is
 * left out.  What is written has the table's order, so that equal facts are
 * equal texts.  Text passes through text_clean here and nowhere else.
 *
 * Memory:  writes to the buffer of 'out'; the mistake is a plain value.
 * Errors:  false, with the path of the first mistake and what would be right.
 * Source:  schema/report.json says the same to others; tests hold both alike.
 */
#ifndef COLLECTOR_RULES_H
#define COLLECTOR_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "base/json_read.h"

enum {
	MISTAKE_PATH_SIZE = 160, /* nics[999].neighbors[99].unknown_tlvs[..] */
	MISTAKE_TEXT_SIZE = 240
};

struct mistake {
	char path[MISTAKE_PATH_SIZE]; /* "nics[2].mac"; "" is the document */
	char text[MISTAKE_TEXT_SIZE]; /* what is wrong and what is right */
};

enum rule_kind {
	RULE_TEXT,   /* 'least' to 'most' octets */
	RULE_NAME,   /* as RULE_TEXT, not empty, no blank and no slash */
	RULE_MAC,    /* 00:11:22:aa:bb:cc */
	RULE_IP,     /* an IPv4 or IPv6 address */
	RULE_NUMBER, /* whole, 'least' to 'most' */
	RULE_VLANS,  /* 10,20-30 */
	RULE_BOOLEAN,
	RULE_WORD,   /* one of 'words' */
	RULE_HEX,    /* exactly 'most' lower-case hexadecimal digits */
	RULE_BASE64, /* 'most' characters */
	RULE_OBJECT, /* of 'members' */
	RULE_GROUP   /* an object whose members we do not know */
};

enum rule_flags {
	RULE_REQUIRED = 1 << 0,
	RULE_LIST = 1 << 1,  /* an array of such, at most 'items' */
	RULE_APART = 1 << 2, /* checked, but not written: it is volatile */
	RULE_OPEN = 1 << 3   /* an object that also keeps unknown groups */
};

struct member_rule {
	const char *name; /* NULL ends a table */
	enum rule_kind kind;
	unsigned flags;
	int64_t least, most;
	unsigned items;
	const char *const *words; /* ends with NULL */
	const struct member_rule *members;
};

/* Checks 'v' (named by 'path') as an object of 'members' and writes it. */
bool rules_check(const struct json_value *v, const struct member_rule *rule,
    const char *path, struct json *out, struct mistake *mistake);

/* Would RULE_NAME and RULE_MAC let it pass, whatever its length? */
bool rules_is_name(const char *text);
bool rules_is_mac(const char *text);

/* Fills a mistake; gives false. */
bool mistake_say(struct mistake *m, const char *path, const char *format, ...)
    PRINTF_LIKE(3, 4);

#endif
