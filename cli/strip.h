/*
 * strip.h - the chain from host to switch as a drawing in text.
 *
 *	                                   demarc
 *	host     bridge   bond      NIC       ╎     port       switch
 *	hv1 ──── br0 ──── bond0 ─── ens1f0 ───╎──── Eth1/1 ─── leaf1a
 *	                              systems ╎ network
 *
 * Where that is wider than the terminal the network team's side stands below
 * the line, and each side has as many rows as it needs; on a terminal narrower
 * than one name it all runs downwards.
 *
 * Memory:  writes to the page; keeps nothing.
 * Errors:  those of the page.
 */
#ifndef CLI_STRIP_H
#define CLI_STRIP_H

#include "base/json_read.h"
#include "cli/page.h"

/* Draws one leg of an answer to path. */
void strip_draw(struct page *page, const struct json_value *leg);

#endif
