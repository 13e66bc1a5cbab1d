/*
 * survey.h - a look at the links of this host, for commands that ask once.
 *
 *	netlink, ethtool -> [survey] -> listen, doctor
 *
 * Memory:  survey_init/survey_done.
 * Errors:  STATUS_SYSTEM (errno).
 */
#ifndef AGENT_SURVEY_H
#define AGENT_SURVEY_H

#include "agent/judge.h"
#include "agent/links.h"
#include "base/attributes.h"
#include "base/buffer.h"

struct survey {
	struct links links;
};

MUST_USE enum status survey_init(struct survey *survey);
void survey_done(struct survey *survey);

/* The link of that name when one can listen on it; else NULL and 'out_why'
 * says why, and what can be named instead. */
const struct link *survey_find(
    const struct survey *survey, const char *name, struct buffer *out_why);

/* What the kernel and the driver say of it now. */
void survey_examine(const struct survey *survey, const struct link *link,
    struct nic_evidence *out);

#endif
