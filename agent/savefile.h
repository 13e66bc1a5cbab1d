/*
 * savefile.h - the frames of a capture file, one after the other.
 *
 *	file -> [savefile] -> decode -> read
 *
 * Reads what tcpdump, Wireshark and switches save: pcap in both byte orders
 * and resolutions, and pcapng.  Frames of Ethernet and of Cisco HDLC; a file
 * with others is refused by name.
 *
 * Memory:  savefile_open or savefile_open_stream gives a file, savefile_free
 *          ends it.  A frame is lent until the next call.
 * Errors:  STATUS_NOT_FOUND, STATUS_NOT_ALLOWED, STATUS_MALFORMED (no capture
 *          file, or its end is missing), STATUS_UNKNOWN (a link type that we
 *          do not read); 'error' then says it in English.
 * Source:  pcap_open_offline(3PCAP), pcap-linktype(7).
 */
#ifndef AGENT_SAVEFILE_H
#define AGENT_SAVEFILE_H

#include <stdio.h>

#include "agent/decode.h"
#include "base/attributes.h"
#include "base/cursor.h"
#include "base/status.h"

enum { SAVEFILE_ERROR_SIZE = 320 };

struct savefile; /* opaque */

/* Opens 'path'; "-" is the standard input. */
MUST_USE enum status savefile_open(const char *path, struct savefile **out_file,
    char error[static SAVEFILE_ERROR_SIZE]);

/* The same on a stream, which is closed with the file, or at once when this
 * fails. */
MUST_USE enum status savefile_open_stream(FILE *taken_stream,
    struct savefile **out_file, char error[static SAVEFILE_ERROR_SIZE]);
void savefile_free(struct savefile *file);

enum link_type savefile_link(const struct savefile *file);

/* Gives the next frame.  At the end of the file '*out_frame' has failed and
 * the status is STATUS_OK. */
MUST_USE enum status savefile_next(struct savefile *file,
    struct cursor *out_frame, char error[static SAVEFILE_ERROR_SIZE]);

#endif
