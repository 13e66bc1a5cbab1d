/*
 * domain.h - one machine of libvirt's and its NICs, as libvirt tells them.
 *
 *	demarc-libvirt: XML -> domain_xml -> [domain] -> a line of JSON
 *	demarc-agent:   a line of JSON -> [domain] -> domains -> inside
 *
 * The one that both programs share: the value, and its JSON.  All texts are
 * clean and cut to their room.
 *
 * Memory:  domain_done frees the NICs.
 * Errors:  domain_read: STATUS_MALFORMED, STATUS_NO_MEMORY.
 * Source:  https://libvirt.org/formatdomain.html#network-interfaces
 */
#ifndef AGENT_DOMAIN_H
#define AGENT_DOMAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attributes.h"
#include "base/json.h"
#include "base/json_read.h"
#include "base/status.h"
#include "report/virtual.h"

enum {
	/* A Q35 machine with all its PCI Express ports has no more slots that
	 * people fill with NICs; those beyond are counted. */
	DOMAIN_NICS_MOST = 64,
	/* 64 NICs, each with a trunk of some hundred VLANs. */
	DOMAIN_LINE_MOST = 256 * 1024,
	DOMAIN_NETWORK_SIZE = 128,
	DOMAIN_PATH_SIZE = 112, /* of a socket: sun_path has 108 octets */
	DOMAIN_PCI_SIZE = 20    /* "0000:3b:02.1" */
};

/* The type of an <interface>, of a running machine as it was resolved. */
enum domain_nic_kind {
	DOMAIN_NIC_OTHER, /* udp, mcast, server, client, vds, null */
	DOMAIN_NIC_BRIDGE,
	DOMAIN_NIC_NETWORK, /* of which only the name is known */
	DOMAIN_NIC_DIRECT,  /* macvtap */
	DOMAIN_NIC_HOSTDEV, /* a VF of an SR-IOV NIC, or a whole NIC */
	DOMAIN_NIC_VHOSTUSER,
	DOMAIN_NIC_VDPA,
	DOMAIN_NIC_ETHERNET, /* a tap that somebody else connects */
	DOMAIN_NIC_INTERNAL,
	DOMAIN_NIC_USER
};

struct domain_nic {
	enum domain_nic_kind kind;
	bool has_mac, has_vlans, has_vf;
	bool open_vswitch; /* its bridge is one of Open vSwitch's */
	bool link_down;    /* its cable was pulled */
	uint8_t mac[MAC_SIZE];
	uint16_t vf;                          /* of 'nic' */
	char target[PORT_NAME_SIZE];          /* device or port of this host */
	char source[PORT_NAME_SIZE];          /* bridge, or lower device */
	char mode[VNIC_TYPE_SIZE];            /* of a macvtap */
	char network[DOMAIN_NETWORK_SIZE];    /* libvirt's name of it */
	char port_group[DOMAIN_NETWORK_SIZE]; /* of that network */
	char interface_id[UUID_TEXT_SIZE];    /* at Open vSwitch's port */
	char path[DOMAIN_PATH_SIZE];          /* socket or device of a vhost */
	char pci[DOMAIN_PCI_SIZE];            /* of a device given away */
	char nic[LINK_NAME_SIZE];             /* whose VF it is */
	struct vlan_policy vlans;
};

struct domain {
	char uuid[UUID_TEXT_SIZE];
	char name[WORKLOAD_NAME_SIZE];
	enum workload_state state;
	uint16_t nics_lost; /* beyond DOMAIN_NICS_MOST, or not understood */
	uint16_t nic_count;
	struct domain_nic *nics;
};

/* Accepts a zeroed one. */
void domain_done(struct domain *domain);

/* Does it run here, so that its devices are there? */
static inline bool
domain_is_active(const struct domain *d)
{
	return d->state == STATE_RUNNING || d->state == STATE_PAUSED;
}

/* The word of libvirt for it; the enum that is meant by a word. */
const char *domain_nic_kind_name(enum domain_nic_kind kind);
enum domain_nic_kind domain_nic_kind_of(const char *word);

/* Writes it as one JSON object. */
void domain_write(struct json *j, const struct domain *domain);

/* Reads what domain_write wrote; 'out' is untouched on failure. */
MUST_USE enum status domain_read(
    const struct json_value *v, struct domain *out);

#endif
