/*
 * address.h - MAC and IP addresses as people write them.
 *
 * Memory:  the caller's; texts are always ended by a NUL.
 * Errors:  false when the text is no such address.
 * Source:  RFC 5952 for IPv6 texts; IEEE 802 (MAC), Cisco's dotted form.
 */
#ifndef REPORT_ADDRESS_H
#define REPORT_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/neighbor.h"

enum { MAC_TEXT_SIZE = 18, ADDRESS_TEXT_SIZE = 46 };

/* "00:11:22:aa:bb:cc": lower case, colons. */
const char *mac_format(
    const uint8_t mac[static MAC_SIZE], char out[static MAC_TEXT_SIZE]);

/* Reads 00:11:22:aa:bb:cc, 00-11-22-AA-BB-CC, 0011.22aa.bbcc, 001122aabbcc. */
bool mac_parse(const char *text, uint8_t out_mac[static MAC_SIZE]);

const char *address_format(
    const struct address *a, char out[static ADDRESS_TEXT_SIZE]);
bool address_parse(const char *text, struct address *out);

#endif
