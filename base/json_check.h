/*
 * json_check.h - is this text one JSON document that we are willing to read?
 *
 *	octets -> [json_check] -> json_read -> values
 *
 * The library behind json_read is lenient (leading zeros, control characters,
 * any depth); this pass is not.  It builds nothing and allocates nothing.
 *
 * Memory:  none.
 * Errors:  STATUS_MALFORMED, STATUS_TOO_LARGE (too deep); 'error' then says
 *          line, column and what is wrong.
 * Source:  RFC 8259 (grammar), RFC 7493 (no lone surrogates), RFC 3629.
 */
#ifndef BASE_JSON_CHECK_H
#define BASE_JSON_CHECK_H

#include <stddef.h>

#include "base/attributes.h"
#include "base/json_read.h"
#include "base/status.h"

/* 'depth' is how deep the text stands in another one: 0, it stands alone. */
MUST_USE enum status json_check(const char *text, size_t size, int depth,
    char error[static JSON_ERROR_SIZE]);

#endif
