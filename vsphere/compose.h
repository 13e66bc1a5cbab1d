/*
 * compose.h - the report of one ESXi host, written from the inventory.
 *
 *	inventory -> [compose] -> report -> teller
 *
 * Memory:  writes to the buffer given.
 * Errors:  those of the buffer.
 * Units:   times in unix seconds.
 * Source:  schema/report.json.
 */
#ifndef VSPHERE_COMPOSE_H
#define VSPHERE_COMPOSE_H

#include "base/buffer.h"
#include "report/report.h"
#include "vsphere/inventory.h"

/* Gives how many VLANs are heard beyond what fits into a report. */
uint32_t compose_report(const struct inventory *inventory,
    const struct esxi *host, const struct report_head *head, struct buffer *out,
    char out_digest[static REPORT_DIGEST_SIZE]);

/* Says again what its NICs hear; of a host that is not reached, nothing. */
void compose_heartbeat(const struct esxi *host, const struct report_head *head,
    const char digest[static REPORT_DIGEST_SIZE], struct buffer *out);

#endif
