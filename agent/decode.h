/*
 * decode.h - one frame in, one neighbor out, whichever the protocol.
 *
 *	capture, savefile -> [decode] -> neighbors, read
 *
 * Stands on ethernet (which finds the payload under any stack of tags) and
 * on lldp, cdp, edp, fdp, sonmp.  Pure: no socket, no clock, no log, no
 * allocation.
 *
 * Memory:  '*out' is a plain value.
 * Errors:  see enum decode_result; 'out->protocol' is not PROTOCOL_NONE when
 *          something could be read, also of a malformed frame: to show, never
 *          to believe.
 */
#ifndef AGENT_DECODE_H
#define AGENT_DECODE_H

#include "base/attributes.h"
#include "base/cursor.h"
#include "report/neighbor.h"

/* The names are those of `read --json`: "ok", "malformed", "not_discovery". */
enum decode_result { DECODE_OK, DECODE_MALFORMED, DECODE_NOT_DISCOVERY };

enum link_type { LINK_ETHERNET, LINK_CISCO_HDLC };

/* '*out_reason' is a constant English clause when the result is not
 * DECODE_OK, else NULL. */
MUST_USE enum decode_result decode_frame(enum link_type link,
    struct cursor frame, struct neighbor *out, const char **out_reason);

const char *decode_result_name(enum decode_result result);

#endif
