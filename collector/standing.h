/*
 * standing.h - how what a host says stands, and until when it stays so without
 * a word from it; pure.
 *
 *	host, moment -> [standing] -> a number, the moment of another look
 *
 * What was heard expires and hosts fall silent: then the same claims are judged
 * otherwise.  Two moments with the same number are judged alike.
 *
 * Memory:  none.
 * Errors:  none.
 * Units:   unix seconds.
 */
#ifndef COLLECTOR_STANDING_H
#define COLLECTOR_STANDING_H

#include "collector/model.h"

enum {
	/* A heartbeat brings back what had expired, and changes no claim. */
	STANDING_LOOK_S = 60
};

uint64_t standing_of(
    const struct model_host *h, int64_t now, int64_t *out_until);

#endif
