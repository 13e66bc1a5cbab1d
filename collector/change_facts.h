/*
 * change_facts.h - what differs between the facts of one claim then and now.
 *
 *	facts that were and are, change_rules -> [change_facts] -> change
 *
 * Memory:  writes to the list of the subject.
 * Errors:  those of the list.
 */
#ifndef COLLECTOR_CHANGE_FACTS_H
#define COLLECTOR_CHANGE_FACTS_H

#include "base/json_read.h"
#include "collector/change.h"
#include "collector/change_rules.h"

/* Of whom it is told. */
struct change_subject {
	struct change_list *out;
	const char *kind, *thing; /* of the changes */
	const char *name;         /* in sentences: "hv1 ens1f0" */
	const char *path;         /* before members: "uplinks.bond0." */
	const char *words;        /* before words: "LACP " */
};

/* Both are objects, or NULL. */
void change_facts(const struct change_subject *s,
    const struct change_rule *rules, const struct json_value *was,
    const struct json_value *is);

/* Where a vNIC hangs: "br0 tag 140", "ens1f0 VF 3"; "" when that is not told.
 */
void change_place(
    const struct json_value *vnic, char out[static CHANGE_VALUE_SIZE]);

/* A value in a few words: "yes", "10", "a, b"; "" for none. */
void change_value(
    const struct json_value *v, char out[static CHANGE_VALUE_SIZE]);

#endif
