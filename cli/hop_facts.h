/*
 * hop_facts.h - each hop of a leg inside the host with its facts, a line each.
 *
 *	VM          web-01   running, told by libvirt
 *	port group  tag 140  VLAN 140
 *	hv5: report 2 s ago
 *
 * Memory:  writes to the page; keeps nothing.
 * Errors:  an absent or wrong member is not said.
 */
#ifndef CLI_HOP_FACTS_H
#define CLI_HOP_FACTS_H

#include "base/json_read.h"
#include "cli/page.h"

/* 'before' is the leg shown before; what is the same is not said again.
 * NULL: none was. */
void hop_facts_say(struct page *page, const struct json_value *leg,
    const struct json_value *before);

#endif
