/*
 * viewing.h - what a collector knows, as the answers see it.
 *
 *	asking_begin(); asking_post_file(...);
 *	view = viewing(); ... asking_end();
 *
 * Memory:  the view is the collector's, until something is posted.
 */
#ifndef TESTS_SUPPORT_VIEWING_H
#define TESTS_SUPPORT_VIEWING_H

#include "collector/api_inside.h"
#include "tests/support/asking.h"

static inline struct view
viewing(void)
{
	struct request request = { .method = "GET", .path = "/" };
	struct reply reply;
	struct view view;

	/* Who judges looks at the same topology. */
	docket_settle(asking_api->docket);
	reply_init(&reply);
	ck_assert(api_view(asking_api, &request, &view, &reply));
	reply_done(&reply);
	return view;
}

#endif
