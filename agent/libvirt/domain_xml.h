/*
 * domain_xml.h - the XML of one machine to its NICs.
 *
 *	session -> [domain_xml] -> domain -> a line to the agent
 *
 * Reads as the document goes by and keeps no tree of it, so a large one takes
 * no more memory than a small one.  A document with a document type is refused
 * before an entity of it could mean anything.  Pure.
 *
 * Memory:  domain_done frees what is read.
 * Errors:  STATUS_TOO_LARGE, STATUS_MALFORMED, STATUS_NO_MEMORY; 'out' is then
 *          untouched.  A part that is not understood costs itself.
 * Source:  https://libvirt.org/formatdomain.html#network-interfaces
 */
#ifndef AGENT_LIBVIRT_DOMAIN_XML_H
#define AGENT_LIBVIRT_DOMAIN_XML_H

#include <stddef.h>

#include "agent/domain.h"

enum {
	/* A machine with a hundred disks has some 100 KB. */
	DOMAIN_XML_MOST = 1 << 20
};

/* Reads name, UUID and NICs; the state is not in the document. */
MUST_USE enum status domain_xml_read(
    const char *xml, size_t size, struct domain *out);

#endif
