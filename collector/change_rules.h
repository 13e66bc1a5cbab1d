/*
 * change_rules.h - which members of a claim matter when they change, and how
 * people call them: tables.
 *
 *	[change_rules] -> change_facts
 *
 * A member that stands in no table matters, too, and is called by its name.
 *
 * Memory:  constant.
 * Errors:  none.
 * Source:  schema/report.json.
 */
#ifndef COLLECTOR_CHANGE_RULES_H
#define COLLECTOR_CHANGE_RULES_H

enum change_form {
	CHANGE_FORM_VALUE,  /* a value, a list of values, or a group of both */
	CHANGE_FORM_QUIET,  /* changes of itself, or says nothing to people */
	CHANGE_FORM_YES_NO, /* 'yes' and 'no' are said of the thing */
	CHANGE_FORM_THERE,  /* a group; the same when it comes or goes */
	CHANGE_FORM_JOINED, /* a name: joined it, left it, moved from it */
	CHANGE_FORM_IDS,    /* a list of objects; their "id" counts */
	CHANGE_FORM_PARTS,  /* a list of objects, each known by 'key' */
	CHANGE_FORM_VNICS   /* the same; each also hangs somewhere */
};

struct change_rule {
	const char *name; /* NULL ends a table */
	enum change_form form;
	const char *words; /* NULL: the name */
	const char *yes, *no;
	const char *key;
	const struct change_rule *rules; /* of the parts */
};

extern const struct change_rule change_host_rules[];
extern const struct change_rule change_nic_rules[];
extern const struct change_rule change_link_rules[];
extern const struct change_rule change_neighbor_rules[];
extern const struct change_rule change_vswitch_rules[];
extern const struct change_rule change_port_group_rules[];
extern const struct change_rule change_workload_rules[];

#endif
