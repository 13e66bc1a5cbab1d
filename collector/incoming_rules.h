/*
 * incoming_rules.h - what a report may hold, as tables for rules.h.
 *
 * Memory:  constant tables.
 * Errors:  none.
 * Units:   unix seconds, octets; every limit has its reason in the table.
 * Source:  schema/report.json; a test holds both alike.
 */
#ifndef COLLECTOR_INCOMING_RULES_H
#define COLLECTOR_INCOMING_RULES_H

#include "collector/rules.h"

/* Beyond the year 9999 a time is a mistake of units. */
#define REPORT_TIME_MOST 253402300799

enum {
	/* A host with 8 cards of 4 ports and 128 representors each. */
	REPORT_NICS_MOST = 1024,
	/* One tap for each of 4000 workloads, and what connects them. */
	REPORT_LINKS_MOST = 8192,
	/* The agent keeps 32 current ones and 8 that ended. */
	REPORT_NEIGHBORS_MOST = 64,
	REPORT_HEARD_MOST = REPORT_NICS_MOST * 4,
	REPORT_HEARD_VLANS_MOST = 4094, /* of one NIC: there are no more */
	REPORT_HEARD_VLANS_ALL = 32768, /* all of them on 8 NICs */
	REPORT_NAME_MOST = 128, /* alternative names of links are 127 long */
	REPORT_VSWITCHES_MOST = 256,
	REPORT_PORT_GROUPS_MOST = 4096, /* one for each VLAN there can be */
	REPORT_WORKLOADS_MOST = 8192,
	REPORT_VNICS_MOST = 16384 /* of all workloads */
};

extern const struct member_rule
    incoming_head_rule; /* the members of version 1 */
extern const struct member_rule incoming_host_rule; /* host, written as facts */
extern const struct member_rule incoming_agent_rule; /* agent */
extern const struct member_rule incoming_nic_rule; /* of nics, less neighbors */
extern const struct member_rule incoming_link_rule;       /* of links */
extern const struct member_rule incoming_vswitch_rule;    /* of vswitches */
extern const struct member_rule incoming_port_group_rule; /* of port_groups */
extern const struct member_rule incoming_workload_rule;   /* of workloads */
extern const struct member_rule
    incoming_neighbor_rule; /* of nics[].neighbors */
extern const struct member_rule
    incoming_frame_rule; /* of neighbors, the frame */
extern const struct member_rule incoming_host_id_rule; /* host of a heartbeat */
extern const struct member_rule incoming_heard_rule;   /* of heard */
extern const struct member_rule
    incoming_heard_vlan_rule; /* of nics[].heard_vlans */
extern const struct member_rule incoming_vlan_line_rule; /* of heard_vlans */

/* Is it one of those in which neighbors speak? */
bool incoming_is_protocol(const char *text);

#endif
