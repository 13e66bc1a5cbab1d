/*
 * answer_diagnose.h - which hop of a thing's way is the first that is broken,
 * as JSON.
 *
 *	find -> hit -> knowing -> rules -> diagnosis -> [answer_diagnose] -> api
 *
 * Memory, Errors, Units: as answers.h.
 */
#ifndef COLLECTOR_ANSWER_DIAGNOSE_H
#define COLLECTOR_ANSWER_DIAGNOSE_H

#include "collector/answers.h"
#include "collector/fleet_index.h"
#include "collector/rules/rule.h"

enum diagnose_outcome {
	DIAGNOSE_DONE,
	DIAGNOSE_NONE,    /* nothing that has a way is called so */
	DIAGNOSE_SEVERAL, /* 'asked' names them */
	DIAGNOSE_NO_MEMORY
};

/* What is asked, and what it means; by what to judge, with whom to compare. */
struct diagnose_of {
	const struct query *query;
	const struct found *found;
	const struct rule *rules;
	struct fleet_index *fleet; /* NULL: no other host is looked at */
};

MUST_USE enum diagnose_outcome answer_diagnose(struct json *j,
    const struct view *v, const struct diagnose_of *of, struct asked *asked);

#endif
