/*
 * said.h - what a neighbor says of who it is; pure.
 *
 *	neighbor -> [said] -> identity, summary
 *
 * Memory:  the caller's; texts are lent from the neighbor.
 * Errors:  none; "" or NULL when it does not say.
 * Source:  CDP device ids as IOS, NX-OS and CBS switches send them.
 */
#ifndef COLLECTOR_SAID_H
#define COLLECTOR_SAID_H

#include "collector/model.h"

enum {
	SAID_NAME_SIZE = 256, /* a name of DNS has at most 253 octets */
	SAID_SERIAL_SIZE = 64
};

/* The system name that a neighbor gives itself: "leaf1a.dc1.example.net"; ""
 * when it gives none. */
void said_name(const struct model_neighbor *n, char out[static SAID_NAME_SIZE]);

/* Its serial; "" when it tells none that can be one. */
void said_serial(
    const struct model_neighbor *n, char out[static SAID_SERIAL_SIZE]);

/* Its chassis MAC; NULL when it tells none.  '*out_real': it is not merely
 * that of the port. */
const char *said_chassis_mac(const struct model_neighbor *n, bool *out_real);

/* Is this what a device is called before somebody names it? */
bool said_is_factory_name(const char *name);

/* Is it a MAC of one device, neither of a group nor zero? */
bool said_is_usable_mac(const char *mac);

/* A CDP device id such as 8c1e80725126 is the chassis MAC without colons. */
bool said_is_bare_mac(const char *text);

#endif
