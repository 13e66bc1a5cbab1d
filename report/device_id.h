/*
 * device_id.h - the name and the serial that a device ID of CDP holds.
 *
 *	cdp, hints of vSphere -> [device_id] -> neighbor
 *
 * NX-OS calls itself name(SERIAL), CatOS SERIAL(name).
 *
 * Memory:  none.
 * Errors:  none; a device ID of another form is left as it is.
 * Source:  captures; docs/PROTOCOLS.md.
 */
#ifndef REPORT_DEVICE_ID_H
#define REPORT_DEVICE_ID_H

#include "report/neighbor.h"

/* Sets serial and system_name of 'n' from its chassis_id, where no TLV of
 * their own has told them. */
void device_id_split(struct neighbor *n);

#endif
