/*
 * fields.h - puts the elements of a value where the table of its shape says.
 *
 *	xml -> [fields] -> draft -> list
 *
 * Memory:  that of the draft.
 * Errors:  what is beyond a limit is counted in draft.lost.
 */
#ifndef VSPHERE_FIELDS_H
#define VSPHERE_FIELDS_H

#include "vsphere/soap.h"

/* An element begins, or ends, in a value whose path has 'base' octets. */
void fields_enter(struct draft *draft, const struct shape *shape, size_t base,
    const struct xml_element *element);
void fields_leave(struct draft *draft, const struct shape *shape, size_t base,
    const struct xml_element *element);

#endif
