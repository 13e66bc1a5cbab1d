/*
 * answers.h - answers of the API as JSON.
 *
 *	model, topology, verdict, find -> [answers] -> api
 *
 * Memory:  writes to the buffer of 'j'; keeps nothing.
 * Errors:  those of the buffer; false: there is no such thing.
 * Units:   unix seconds.  Every answer has "now", so that a client needs no
 *          clock of its own to show an age.
 * Source:  schema/api.yaml.
 */
#ifndef COLLECTOR_ANSWERS_H
#define COLLECTOR_ANSWERS_H

#include "base/json.h"
#include "collector/asked.h"
#include "collector/find.h"
#include "collector/listing.h"
#include "collector/verdict.h"
#include "collector/walk.h"
#include "collector/when.h"

/* What is known, at one moment. */
struct view {
	const struct model *model;
	const struct topology *topology; /* judged at 'now' */
	int64_t now;
	struct when when;
	const struct search *search; /* NULL: there is none */
	const struct findings *findings;
};

void answer_find(struct json *j, const struct view *v, const struct query *q,
    const struct found *found);

/* One leg for each NIC that the hits mean; false when they mean none. */
bool answer_path(struct json *j, const struct view *v, const struct query *q,
    const struct found *found);

/* "legs" of the open object. */
void answer_legs(struct json *j, const struct view *v, const struct walk *w);

/* One page. */
void answer_hosts(struct json *j, const struct view *v, struct listing *l);
void answer_switches(struct json *j, const struct view *v, struct listing *l);
void answer_vms(struct json *j, const struct view *v, struct listing *l);
void answer_vswitches(struct json *j, const struct view *v, struct listing *l);
void answer_vlans(struct json *j, const struct view *v, struct listing *l);
void answer_findings(struct json *j, const struct view *v, struct listing *l);

/* By id or name; false: there is none, or several that 'asked' names. */
bool answer_host(struct json *j, const struct view *v, struct asked *asked);
bool answer_vm(struct json *j, const struct view *v, struct asked *asked);
bool answer_vswitch(struct json *j, const struct view *v, struct asked *asked);
bool answer_vlan(struct json *j, const struct view *v, struct asked *asked);
bool answer_switch(struct json *j, const struct view *v, struct asked *asked);
bool answer_finding(struct json *j, const struct view *v, struct asked *asked);

#endif
