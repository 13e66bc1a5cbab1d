/*
 * walked.h - a host in the model, loaded from a report, and a walk over it.
 *
 *	h = host_with(INSIDE_NICS, "\"vswitches\":[...]");
 *	walk_from_nic(&walk, h, 0); ... end();
 *
 * Memory:  end() frees all.
 */
#ifndef TESTS_SUPPORT_WALKED_H
#define TESTS_SUPPORT_WALKED_H

#include <check.h>

#include "collector/ingest.h"
#include "collector/store.h"
#include "collector/walk.h"
#include "tests/support/database.h"
#include "tests/support/inside.h"

static struct store *store;
static struct model model;
static struct walk walk;

/* Loads a host with these NICs and this inside; gives it. */
static inline const struct model_host *
host_with(const char *nics, const char *inside)
{
	char *text = inside_report(1, nics, inside);
	char error[STORE_ERROR_SIZE];
	struct ingest_result result;
	struct mistake mistake;
	struct incoming r;

	ck_assert_int_eq(
	    store_open(database_of_test(), &store, error), STATUS_OK);
	incoming_init(&r);
	ck_assert_msg(
	    incoming_read(&r, text, strlen(text), &mistake) == STATUS_OK,
	    "%s: %s", mistake.path, mistake.text);
	ck_assert_int_eq(ingest(store, &r, 1000, &result), STATUS_OK);
	incoming_done(&r);
	free(text);
	ck_assert_int_eq(model_load(&model, store), STATUS_OK);
	return model.hosts[0];
}

static inline void
end(void)
{
	walk_done(&walk);
	model_done(&model);
	store_close(store);
}

#endif
