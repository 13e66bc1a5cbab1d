/*
 * incoming_heartbeat.h - a heartbeat: who is still heard, and when last.
 *
 *	incoming -> [incoming_heartbeat] -> lines of the report
 *
 * Memory, Errors, Units: as incoming.h.
 */
#ifndef COLLECTOR_INCOMING_HEARTBEAT_H
#define COLLECTOR_INCOMING_HEARTBEAT_H

#include "collector/reading.h"

bool incoming_heartbeat(struct reading *g, const struct json_value *document);

#endif
