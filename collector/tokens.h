/*
 * tokens.h - who may report, and who may ask: the list of tokens.
 *
 *	token file -> [tokens] -> guard -> caller of a request
 *
 * A token is NAME~SECRET.  The list holds its SHA-256, never the token; the
 * secret has 256 bits, so no slow hash is needed.  Pure: text in, text out.
 * A line of the list: name, role, binding, created, revoked, hash; between
 * them a TAB.
 *
 * Memory:  tokens_init/tokens_done; what is found is lent until then.
 * Errors:  STATUS_MALFORMED, with the line; STATUS_NO_MEMORY,
 *          STATUS_TOO_LARGE; STATUS_CONFLICT: the name is taken.
 * Units:   unix seconds.
 * Source:  decision 0011; demarc-collector(8).
 */
#ifndef COLLECTOR_TOKENS_H
#define COLLECTOR_TOKENS_H

#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"
#include "collector/exchange.h"

enum {
	TOKENS_MOST = 1000000, /* a host each of the largest fleet */
	TOKENS_SIZE_MOST = 256 * 1024 * 1024,
	TOKEN_SECRET_SIZE = 32, /* octets; twice as many digits */
	TOKEN_TEXT_SIZE = TOKEN_NAME_SIZE + 2 * TOKEN_SECRET_SIZE + 1
};

struct token {
	const char *name, *binding;
	enum role role;
	int64_t created, revoked; /* revoked -1: it is good */
	uint8_t hash[TOKEN_HASH_SIZE];
};

struct tokens {
	struct token *items; /* ordered by name */
	size_t count;
	char *text; /* what the items point into */
};

static inline void
tokens_init(struct tokens *t)
{
	*t = (struct tokens){ .count = 0 };
}
void tokens_done(struct tokens *t);

/* Reads a list.  '*out_line' is that of a mistake. */
MUST_USE enum status tokens_read(
    struct tokens *t, const char *text, size_t *out_line);

/* Writes one line of a list. */
void tokens_write(struct buffer *out, const struct token *token);

const struct token *tokens_find(
    const struct tokens *t, const char *name, size_t length);

/* Whose token 'shown' is; NULL: of nobody, or revoked. */
const struct token *tokens_check(const struct tokens *t, const char *shown);

/* The SHA-256 of a token. */
MUST_USE bool token_hash(
    const char *shown, uint8_t out[static TOKEN_HASH_SIZE]);

/* Names: letters, digits, ".", "-" and "_". */
bool token_is_name(const char *name);
bool token_is_binding(const char *binding);

/* "agent", "vcenter", "viewer", "network", "systems", "admin". */
const char *role_name(enum role role);
bool role_from_word(const char *word, enum role *out);

/* May it report?  Then it is bound, and may not ask. */
static inline bool
role_reports(enum role role)
{
	return role == ROLE_AGENT || role == ROLE_VCENTER;
}

#endif
