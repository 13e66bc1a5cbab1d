/*
 * model_build.h - one host of the model, made of its claims; pure.
 *
 *	claims -> [model_build] -> model
 *
 * Memory:  model_host_free frees what model_build gives; texts are copied.
 * Errors:  STATUS_NO_MEMORY.
 */
#ifndef COLLECTOR_MODEL_BUILD_H
#define COLLECTOR_MODEL_BUILD_H

#include "base/attributes.h"
#include "collector/model.h"

MUST_USE enum status model_build(
    const struct model_change *change, struct model_host **out);
void model_host_free(struct model_host *h);

#endif
