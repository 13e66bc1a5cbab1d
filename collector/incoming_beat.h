/*
 * incoming_beat.h - reads a usual heartbeat without making a document of it.
 *
 *	octets -> [incoming_beat] -> number, digest, lines
 *
 * Of all that agents send, most are heartbeats, and they all look alike.
 *
 * Memory:  lines go to the report's arena.
 * Errors:  false: it is no heartbeat, an unusual or a wrong one, or there is
 *          no memory; incoming_heartbeat.h reads it whole, and says what is
 *          wrong.
 */
#ifndef COLLECTOR_INCOMING_BEAT_H
#define COLLECTOR_INCOMING_BEAT_H

#include "collector/incoming.h"

/* Fills 'r', which is empty, and stays so after false. */
bool incoming_beat(struct incoming *r, const char *text, size_t size);

#endif
