/*
 * xml.h - octets of a document of others in, elements out; keeps no tree.
 *
 *	http -> [xml] -> soap
 *
 * A push parser: octets come in pieces, elements are told as they begin and
 * end.  Whatever a document may name outside of itself or define within - a
 * DTD, entities - makes it malformed, so none is ever followed or expanded.
 *
 * Memory:  xml_new/xml_free.  It keeps one path and one text.
 * Errors:  STATUS_MALFORMED, STATUS_TOO_LARGE (nested or as long as nobody
 *          writes it), STATUS_TRUNCATED (xml_end: it is not whole).
 * Source:  XML 1.0; libxml2's SAX2 interface.
 */
#ifndef VSPHERE_XML_H
#define VSPHERE_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attributes.h"
#include "base/status.h"

enum {
	/* An answer of a vCenter is at most about 20 deep. */
	XML_DEPTH_MOST = 64,
	XML_PATH_SIZE = 512,
	/* A text that we read has at most some hundred octets; beyond this it
	 * is cut. */
	XML_TEXT_SIZE = 4096,
	XML_TYPE_SIZE = 128
};

struct xml;

/* An element; lent for the call. */
struct xml_element {
	const char *path; /* local names, with '/' between */
	size_t path_size;
	unsigned depth;       /* 1: the root */
	const char *type;     /* the attribute 'type'; "": none */
	const char *xsi_type; /* that of XML Schema, without prefix */
	/* When it ends: what stands in it, if no other element does. */
	const char *text;
	size_t text_size;
};

struct xml_reader {
	void (*enter)(void *owner, const struct xml_element *element);
	void (*leave)(void *owner, const struct xml_element *element);
	void *owner;
};

MUST_USE enum status xml_new(
    const struct xml_reader *reader, struct xml **out_xml);
void xml_free(struct xml *xml);

MUST_USE enum status xml_take(struct xml *xml, const char *octets, size_t size);
MUST_USE enum status xml_end(struct xml *xml);

#endif
