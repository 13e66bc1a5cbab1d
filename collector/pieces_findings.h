/*
 * pieces_findings.h - which findings another answer names.
 *
 *	findings -> [pieces_findings] -> "findings": [{id, sentence ...}]
 *
 * Memory:  writes to the buffer of 'j'; keeps nothing.
 * Errors:  those of the buffer.
 */
#ifndef COLLECTOR_PIECES_FINDINGS_H
#define COLLECTOR_PIECES_FINDINGS_H

#include "collector/answers.h"
#include "collector/walk.h"

/* All that are open of a host; nothing of a moment that is past. */
void piece_findings_of_host(
    struct json *j, const struct view *v, const struct model_host *h);

/* Those that lie on this way: on its NIC, on the port group or virtual switch
 * that it passes, or on its machine. */
void piece_findings_of_leg(
    struct json *j, const struct view *v, const struct walk_leg *leg);

#endif
