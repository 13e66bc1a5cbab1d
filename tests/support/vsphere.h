/*
 * vsphere.h - feeds documents to the reader of demarc-vsphere.
 *
 * Memory:  what is filled is the caller's.
 * Errors:  a document that is not there aborts the test.
 */
#ifndef TESTS_SUPPORT_VSPHERE_H
#define TESTS_SUPPORT_VSPHERE_H

#include "vsphere/inventory.h"

/* Reads 'size' octets in pieces of 'piece' as objects of 'inventory', or as
 * one list of 'shape'. */
struct vsphere_document {
	const char *octets;
	size_t size, piece;
	const struct shape *shape;   /* NULL: objects */
	struct inventory *inventory; /* NULL: they are dropped */
};
enum status vsphere_read(
    const struct vsphere_document *document, struct soap_result *out);

/* The same of a file of tests/xml/vsphere, which must be whole. */
struct soap_result vsphere_read_file(
    const char *name, const struct shape *shape, struct inventory *inventory);

#endif
