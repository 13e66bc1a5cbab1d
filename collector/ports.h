/*
 * ports.h - interface names: one port, however it is spelled.
 *
 *	text of a neighbor or of a person -> [ports] -> key, short and long form
 *
 * "GigabitEthernet1/0/14", "Gi1/0/14" and "gi 1/0/14" have one key.  A Juniper
 * unit (xe-0/0/1.0) names the same port as the interface; a FEX port
 * (Ethernet110/1/13) is a port of the parent switch.
 *
 * Memory:  values of fixed size.
 * Errors:  false when the text does not look like an interface name.
 * Source:  spellings of Cisco IOS, IOS XR, NX-OS; Arista EOS; Juniper Junos;
 *          HPE Comware; Huawei VRP; Dell OS 9 and 10; SONiC; Linux.
 */
#ifndef COLLECTOR_PORTS_H
#define COLLECTOR_PORTS_H

#include <stdbool.h>
#include <stddef.h>

enum {
	PORT_TEXT_SIZE = 80, /* names are shorter than 64 */
	PORT_KEY_SIZE = 80
};

struct port_name {
	char key[PORT_KEY_SIZE];    /* compare with strcmp: "gi1/0/14" */
	char brief[PORT_TEXT_SIZE]; /* "Gi1/0/14" */
	char full[PORT_TEXT_SIZE];  /* "GigabitEthernet1/0/14" */
	bool spelled_out; /* the text was the full form, not a short one */
	bool known;       /* the letters are a kind that we know */
	int fex;          /* number of the fabric extender; 0: none */
	int member; /* number of the stack member; 0: not told by the name */
};

/* Reads an interface name; a text that is one in part only is none. */
bool port_name_read(const char *text, struct port_name *out);

/* Natural order: Eth1/2 before Eth1/10. */
int port_compare(const char *a, const char *b);

#endif
