/*
 * ticket_file.h - the key of the TLS session tickets, which outlives a restart.
 *
 *	file -> [ticket_file] -> http_tls
 *
 * What a client was given before a restart, or by another collector that has
 * the same file, resumes its session: 100,000 agents that come back at once
 * need not shake hands in full.  Who reads the file can read what was recorded,
 * so it is its owner's alone.
 *
 * Memory:  the caller's, who wipes it.
 * Errors:  STATUS_NOT_ALLOWED, with 'error'.
 * Units:   octets.
 * Source:  gnutls_session_ticket_key_generate(3): 64 random octets, from which
 *          keys are derived that change with the time.
 */
#ifndef COLLECTOR_TICKET_FILE_H
#define COLLECTOR_TICKET_FILE_H

#include <stdint.h>

#include "base/attributes.h"
#include "base/status.h"

enum { TICKET_KEY_SIZE = 64, TICKET_FILE_ERROR_SIZE = 256 };

/* Reads the key; makes one where there is no file. */
MUST_USE enum status ticket_file_get(const char *path,
    uint8_t out[static TICKET_KEY_SIZE],
    char error[static TICKET_FILE_ERROR_SIZE]);

#endif
