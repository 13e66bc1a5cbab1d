/*
 * search_sign.h - signs the texts of a host, and those of a switch.
 *
 * Memory:  none.
 * Errors:  none: there is room in the signature.
 */
#ifndef COLLECTOR_SEARCH_SIGN_H
#define COLLECTOR_SEARCH_SIGN_H

#include "collector/search_doc.h"
#include "collector/signature.h"
#include "collector/topology.h"

/* What is new in it; all of it if its outside is, or much has gone. */
void search_sign_host(
    struct signature *s, uint32_t at, struct search_doc *d, bool outside);

/* The device at this place of the topology, and its ports. */
void search_sign_device(
    struct signature *s, uint32_t at, const struct topology *t);

/* "chassis ABC bay 7": how people name the place of a blade; false: it has
 * none. */
enum { SEARCH_BAY_SIZE = 512 };
bool search_bay(const struct model_host *h, char out[static SEARCH_BAY_SIZE]);

#endif
