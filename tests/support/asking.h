/*
 * asking.h - a collector's API without its server: post reports, ask.
 *
 *	asking_begin(); asking_post_file("tests/reports/hv1.json");
 *	v = asking("/api/v1/path", "hv1 br0", 200); ... json_free(v);
 *	asking_end();
 *
 * Memory:  an answer is the caller's.
 * Units:   unix seconds; asking_now is the collector's clock.
 */
#ifndef TESTS_SUPPORT_ASKING_H
#define TESTS_SUPPORT_ASKING_H

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/json_read.h"
#include "collector/api.h"
#include "collector/store.h"
#include "tests/support/database.h"

static struct store *asking_store;
static struct api *asking_api;
static int64_t asking_now = 1000;

static inline int64_t
asking_time(void)
{
	return asking_now;
}

/* The one argument of a question; "" for none. */
static inline const char *
asking_argument(const struct request *r, const char *name)
{
	const char *question = r->context;

	if (strcmp(name, "q") != 0 && strcmp(name, "of") != 0)
		return NULL;
	return question && question[0] != '\0' ? question : NULL;
}

static inline void
asking_begin(void)
{
	char error[STORE_ERROR_SIZE];

	asking_now = 1000;
	ck_assert_int_eq(
	    store_open(database_of_test(), &asking_store, error), STATUS_OK);
	ck_assert_int_eq(
	    api_new(asking_store, NULL, asking_time, &asking_api), STATUS_OK);
}

static inline void
asking_end(void)
{
	api_free(asking_api);
	store_close(asking_store);
}

static inline void
asking_post(const char *body)
{
	struct request request = { .method = "POST",
		.path = "/api/v1/reports",
		.content_type = "application/json",
		.body = body,
		.body_size = strlen(body),
		.argument = asking_argument };
	struct reply reply;

	reply_init(&reply);
	api_answer(asking_api, &request, &reply);
	ck_assert_msg(reply.status == 204, "%s", buffer_string(&reply.body));
	reply_done(&reply);
}

static inline void
asking_post_file(const char *path)
{
	struct buffer text;

	buffer_init(&text, 1 << 20);
	ck_assert_int_eq(buffer_read_file(&text, path), STATUS_OK);
	asking_post(buffer_string(&text));
	buffer_done(&text);
}

static inline struct json_value *
asking(const char *path, const char *question, unsigned status)
{
	char copy[128] = "";
	struct request request = { .method = "GET",
		.path = path,
		.body = "",
		.argument = asking_argument,
		.context = copy };
	struct json_value *document = NULL;
	char error[JSON_ERROR_SIZE];
	struct reply reply;

	(void)snprintf(copy, sizeof(copy), "%s", question);
	reply_init(&reply);
	api_answer(asking_api, &request, &reply);
	ck_assert_msg(reply.status == status, "%s %s: %u %s", path, question,
	    reply.status, buffer_string(&reply.body));
	ck_assert_int_eq(json_parse(buffer_string(&reply.body), reply.body.size,
			     &document, error),
	    STATUS_OK);
	reply_done(&reply);
	return document;
}

#endif
