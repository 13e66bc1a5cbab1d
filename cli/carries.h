/*
 * carries.h - does a leg carry a VLAN, and who says so, in words.
 *
 *	carries VLAN 140: told by LLDP 3 s ago, heard on the wire 20 s ago
 *	carries VLAN 150: unknown, ...
 *
 * Memory:  writes to the page or the caller's buffer; keeps nothing.
 * Errors:  a wrong or absent member is not said.
 */
#ifndef CLI_CARRIES_H
#define CLI_CARRIES_H

#include "base/json_read.h"
#include "cli/page.h"

/* One line for each VLAN of a leg's "carries". */
void carries_say(struct page *page, const struct json_value *carries);

/* "yes", "NO" or "unknown". */
const char *carries_verdict(const struct json_value *one);

/* Not to carry what nobody needs is no problem. */
enum tone carries_tone(const struct json_value *one, bool needed);

/* "told by LLDP 3 s ago, heard on the wire 20 s ago (10.1.140.0/24)", else
 * the collector's sentence. */
void carries_why(struct buffer *out, const struct json_value *one, int64_t now);

#endif
