/*
 * names.h - names of vSphere as a report takes them.
 *
 *	inventory -> [names] -> compose
 *
 * Memory:  the caller's.
 * Errors:  none; a name that does not fit is cut at a character.
 */
#ifndef VSPHERE_NAMES_H
#define VSPHERE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "report/host.h"
#include "vsphere/values.h"

/* vCenter writes '/', '\' and '%' of names as %2f, %5c and %25. */
void name_copy(char *out, size_t capacity, const char *in);

/* The name of a host or a NIC has neither blanks nor slashes: '_' there. */
void name_copy_plain(char *out, size_t capacity, const char *in);

/* "VirtualVmxnet3" -> "vmxnet3" */
void name_copy_type(char *out, size_t capacity, const char *in);

/* A distributed switch's "50 12 a0 ... 44-55 ..." as any other UUID is written;
 * what is none, as it is. */
void name_copy_uuid(char *out, size_t capacity, const char *in);

/* The NIC of a key that a switch names; NULL: no such NIC. */
const struct pnic_value *names_find_pnic(
    const struct list *pnics, const char *key);

/* Is 'text' one of the series? */
bool names_has(const struct list *list, struct place series, const char *text);

/* Splits "first\nsecond": is 'first' the first?  The second, or NULL. */
const char *names_second(const char *pair, const char *first);

#endif
