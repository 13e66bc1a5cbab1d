/*
 * ovs.h - rows of Open vSwitch's database to bridges, ports and interfaces.
 *
 *	ovsdb -> [ovs] -> inside
 *
 * Keeps the rows as the database tells them, by their UUIDs; joining them is
 * done by who asks.  Pure: no socket, no clock, no log.
 *
 * Memory:  ovs_done frees; rows found are lent until the next update.
 * Errors:  STATUS_MALFORMED: no table updates; a row that cannot be read is
 *          left out and counted, as one beyond OVS_ROWS_MOST is.
 * Source:  RFC 7047, 4.1.6 and 5.1; ovs-vswitchd.conf.db(5).
 */
#ifndef AGENT_OVS_H
#define AGENT_OVS_H

#include "base/attributes.h"
#include "base/json_read.h"
#include "base/status.h"
#include "report/virtual.h"

enum {
	/* Of each table; a report holds no more vNICs than twice this. */
	OVS_ROWS_MOST = 8192,
	OVS_UUID_SIZE = 16,
	OVS_TYPE_SIZE = 24,
	OVS_MEMBERS_MOST = UPLINK_MEMBERS_MOST
};

struct ovs_uuid {
	uint8_t octets[OVS_UUID_SIZE];
};

struct ovs_bridge {
	struct ovs_uuid uuid;
	char name[PORT_NAME_SIZE];
	bool userspace;
	size_t port_count;
	struct ovs_uuid *ports;
};

struct ovs_port {
	struct ovs_uuid uuid;
	char name[PORT_NAME_SIZE];
	struct vlan_policy policy;
	char bond_mode[BOND_MODE_SIZE]; /* "": not said */
	bool lacp;                      /* configured */
	bool has_active;
	uint8_t active_mac[MAC_SIZE]; /* of the bond's active member */
	uint8_t interface_count;
	uint16_t interfaces_lost;
	struct ovs_uuid interfaces[OVS_MEMBERS_MOST];
};

enum ovs_truth { OVS_UNKNOWN, OVS_NO, OVS_YES };

struct ovs_interface {
	struct ovs_uuid uuid;
	char name[PORT_NAME_SIZE];
	char type[OVS_TYPE_SIZE]; /* "": a device of the system */
	char peer[PORT_NAME_SIZE];
	enum ovs_truth up, link, lacp_current;
	bool has_mac, has_attached_mac;
	uint8_t mac[MAC_SIZE];
	uint8_t attached_mac[MAC_SIZE];
	char vm_uuid[UUID_TEXT_SIZE];
	char iface_id[WORKLOAD_ID_SIZE];
};

/* Pointers to rows, ordered by UUID. */
struct ovs_table {
	void **rows;
	size_t count, capacity;
};

struct ovs {
	struct ovs_table bridges, ports, interfaces;
	uint32_t lost; /* rows that could not be read or kept */
};

/* What is to be asked of the database: tables, each with its columns as a JSON
 * array. */
enum { OVS_QUESTIONS = 3 };
extern const char *const ovs_questions[OVS_QUESTIONS][2];

/* Takes <table-updates>, of an update or as the first answer. */
MUST_USE enum status ovs_take(struct ovs *ovs, const struct json_value *tables);

/* Forgets all: the session ended. */
void ovs_done(struct ovs *ovs);

const struct ovs_bridge *ovs_bridge_at(const struct ovs *ovs, size_t place);
const struct ovs_port *ovs_find_port(
    const struct ovs *ovs, const struct ovs_uuid *uuid);
const struct ovs_interface *ovs_find_interface(
    const struct ovs *ovs, const struct ovs_uuid *uuid);

#endif
