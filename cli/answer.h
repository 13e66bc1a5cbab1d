/*
 * answer.h - each kind of answer as text for a person.
 *
 *	JSON of the API -> [answer] -> page
 *
 * Memory:  writes to the page; keeps nothing.
 * Errors:  a document with other members than ours makes a poorer page, never
 *          a crash: every member may be absent.
 */
#ifndef CLI_ANSWER_H
#define CLI_ANSWER_H

#include "base/json_read.h"
#include "cli/page.h"

/* Each writes its page and tells whether anything was found. */
bool answer_find(struct page *page, const struct json_value *answer);

/* The id of the switch that is the answer of find, and of which page.more then
 * holds the answer to "switch"; NULL: the answer is something else. */
const char *answer_find_switch(const struct json_value *answer);

bool answer_path(struct page *page, const struct json_value *answer);
bool answer_diagnose(struct page *page, const struct json_value *answer);
bool answer_impact(struct page *page, const struct json_value *answer);
bool answer_hosts(struct page *page, const struct json_value *answer);
bool answer_host(struct page *page, const struct json_value *answer);
bool answer_vms(struct page *page, const struct json_value *answer);
bool answer_vm(struct page *page, const struct json_value *answer);
bool answer_vswitches(struct page *page, const struct json_value *answer);
bool answer_vswitch(struct page *page, const struct json_value *answer);
bool answer_vlans(struct page *page, const struct json_value *answer);
bool answer_vlan(struct page *page, const struct json_value *answer);
bool answer_changes(struct page *page, const struct json_value *answer);
bool answer_diff(struct page *page, const struct json_value *answer);
bool answer_findings(struct page *page, const struct json_value *answer);
bool answer_finding(struct page *page, const struct json_value *answer);
bool answer_switches(struct page *page, const struct json_value *answer);
bool answer_switch(struct page *page, const struct json_value *answer);

#endif
