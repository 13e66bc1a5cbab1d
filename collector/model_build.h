/*
 * model_build.h - the outside of one host, made of its claims; pure.
 *
 *	claims -> [model_build] -> model
 *
 * Memory:  the arena of the host, begun anew: the one that was there is the
 *          caller's, who has a copy of the host.
 * Errors:  STATUS_NO_MEMORY; then there is no outside.
 */
#ifndef COLLECTOR_MODEL_BUILD_H
#define COLLECTOR_MODEL_BUILD_H

#include "base/attributes.h"
#include "collector/model.h"

MUST_USE enum status model_build_outside(struct model_host *h);

#endif
