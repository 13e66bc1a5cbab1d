/*
 * answer_impact.h - who loses what without a NIC, a switch port, a switch, as
 * JSON.
 *
 *	find -> hit -> impact -> [answer_impact] -> api
 *
 * Memory, Errors, Units: as answers.h.
 */
#ifndef COLLECTOR_ANSWER_IMPACT_H
#define COLLECTOR_ANSWER_IMPACT_H

#include "collector/answers.h"

/* False: nothing with a cable is called so, or several that 'asked' names. */
MUST_USE bool answer_impact(struct json *j, const struct view *v,
    const struct query *q, const struct found *found, struct asked *asked);

#endif
