/*
 * documents.h - reports as an agent would send them, for tests.
 *
 * Memory:  constant texts; document_of gives heap text, free it.
 */
#ifndef TESTS_SUPPORT_DOCUMENTS_H
#define TESTS_SUPPORT_DOCUMENTS_H

#include <stdio.h>
#include <stdlib.h>

#define HOST_ID "0123456789abcdef0123456789abcdef"

static const char document_neighbor[] =
    "{\"protocol\":\"lldp\",\"source_mac\":\"b8:ce:f6:00:00:01\","
    "\"scope\":\"nearest-bridge\",\"ttl_s\":120,"
    "\"chassis_id\":{\"type\":\"mac\",\"value\":\"b8:ce:f6:00:00:00\"},"
    "\"port_id\":{\"type\":\"interface_name\",\"value\":\"Ethernet1/1\"},"
    "\"system_name\":\"leaf1a\",\"first_heard\":900,\"last_heard\":990,"
    "\"expires\":1110,\"frames\":4,\"frame\":\"AAEC\"}";

/* A report of one NIC with these neighbors: "" or JSON objects. */
static inline char *
document_of(int number, const char *neighbors)
{
	size_t size = 4096;
	char *text = malloc(size);

	if (text)
		(void)snprintf(text, size,
		    "{\"version\":1,\"number\":%d,\"sent_at\":1000,"
		    "\"digest\":\"%016x\","
		    "\"agent\":{\"version\":\"0.1.0\",\"started_at\":800},"
		    "\"host\":{\"id\":\"" HOST_ID "\",\"name\":\"hv1\"},"
		    "\"nics\":[{\"name\":\"ens1f0\","
		    "\"mac\":\"00:50:56:9a:1c:0e\",\"up\":true,"
		    "\"carrier\":true,\"frames_heard\":%d,"
		    "\"neighbors\":[%s]}],\"links\":[]}",
		    number, (unsigned)number, number, neighbors);
	return text;
}

#endif
