/*
 * packing.h - the last touch of a reply: its ETag, or that nothing has changed,
 * and gzip for those who take it.
 *
 *	api -> reply -> [packing] -> http
 *
 * An answer has the second that it is of, because ages are told by it: its ETag
 * is that of its octets, and it lasts as long as they would be the same.
 *
 * Memory:  works on the body of the reply.
 * Errors:  what cannot be packed goes as it is.
 * Source:  RFC 9110 8.8.3, 12.5.3, 13.1.2, 15.4.5.
 */
#ifndef COLLECTOR_PACKING_H
#define COLLECTOR_PACKING_H

#include <stdbool.h>

#include "collector/arena.h"
#include "collector/exchange.h"

void packing_finish(const struct request *request, struct reply *reply);

/* What packing_finish and a problem need of a request, for an answer that comes
 * later; 'texts' has failed if there was no memory. */
struct request packing_request(const struct request *r, struct arena *texts);

/* Does this Accept-Encoding take gzip?  NULL: it is not said. */
bool packing_takes_gzip(const char *accept_encoding);

/* Is the tag (without W/) among those of If-None-Match?  NULL: not said. */
bool packing_has_tag(const char *if_none_match, const char *tag);

#endif
