/*
 * routes.h - which route a request means.
 *
 *	request -> [routes] -> api
 *
 * Memory:  the table is constant.
 */
#ifndef COLLECTOR_ROUTES_H
#define COLLECTOR_ROUTES_H

#include "collector/api.h"

enum { ROUTE_WHICH_SIZE = 256 };

/* The route, with what stands for its '{which}'; NULL: there is none, and
 * '*out_allow' has the methods when only the method is wrong, else NULL. */
const struct api_route *route_of(const struct request *request,
    char which[static ROUTE_WHICH_SIZE], const char **out_allow);

/* HEAD is GET whose body the server keeps. */
bool route_is_method(const char *asked, const char *offered);

void route_refuse_method(
    struct reply *reply, const struct request *request, const char *allow);

#endif
