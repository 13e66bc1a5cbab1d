#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "tests/support/asking.h"
#include "tests/support/suite.h"

/* A reply that the test frees. */
static struct reply reply;

/* By which name the collector is asked. */
static const char *called;

/* The value of NAME in "a=1&b=2", in a room of its own. */
static const char *
argument(const struct request *r, const char *name)
{
	static char values[8][256];
	static size_t next;
	const char *at = r->context;
	size_t length = strlen(name);

	for (; at && *at; at += strcspn(at, "&")) {
		char *value = values[next % 8];
		size_t size;

		at += *at == '&';
		if (strncmp(at, name, length) != 0 || at[length] != '=')
			continue;
		size = strcspn(at + length + 1, "&");
		(void)snprintf(value, sizeof(values[0]), "%.*s", (int)size,
		    at + length + 1);
		next++;
		return value;
	}
	return NULL;
}

static const char *
draw_unless(
    const char *suffix, const char *query, const char *tag, unsigned status)
{
	static char path[64], question[512];
	struct request request = { .method = "GET",
		.path = path,
		.body = "",
		.if_none_match = tag,
		.host = called,
		.secure = true,
		.argument = argument,
		.context = question };

	(void)snprintf(path, sizeof(path), "/api/v1/draw.%s", suffix);
	(void)snprintf(question, sizeof(question), "%s", query);
	reply_done(&reply);
	reply_init(&reply);
	api_answer(asking_api, &request, &reply);
	ck_assert_msg(reply.status == status, "%s?%s: %u %s", suffix, query,
	    reply.status, buffer_string(&reply.body));
	return buffer_string(&reply.body);
}

static const char *
draw(const char *suffix, const char *query, unsigned status)
{
	return draw_unless(suffix, query, NULL, status);
}

static void
begin(void)
{
	asking_begin();
	reply_init(&reply);
	asking_post_file("tests/reports/hv1.json");
	asking_post_file("tests/reports/esx01.json");
	asking_post_file("tests/reports/esx02.json");
}

static void
end(void)
{
	reply_done(&reply);
	asking_end();
}

START_TEST(a_scope_is_drawn_in_each_format)
{
	begin();
	ck_assert(strstr(draw("svg", "scope=leaf1a", 200), "<svg"));
	ck_assert_str_eq(reply.content_type, "image/svg+xml");
	ck_assert_ptr_nonnull(strstr(reply.security, "font-src data:"));
	ck_assert(strstr(draw("drawio", "scope=hv1,esx01", 200), "<mxfile"));
	ck_assert_ptr_null(reply.security);
	ck_assert(strstr(draw("dot", "scope=hv1", 200), "leaf1a"));
	ck_assert(strstr(draw("excalidraw", "scope=hv1", 200), "leaf1a"));
	ck_assert(strstr(draw("graphml", "scope=hv1", 200), "leaf1a"));
	ck_assert(strstr(draw("mmd", "scope=hv1", 200), "leaf1a"));
	draw("jpg", "scope=hv1", 404);
	draw("SVG", "scope=hv1", 404);
	end();
}
END_TEST

START_TEST(one_thing_is_drawn_as_its_way)
{
	begin();
	draw("svg", "scope=vm:esx01 web", 200);
	ck_assert(strstr(
	    buffer_string(&reply.body), "Which switch port does web use?"));
	ck_assert(!strstr(draw("svg", "scope=vm:esx01 web&detail=full", 200),
	    "Which switch port"));
	draw("svg", "scope=hv1&detail=strip", 404);
	draw("svg", "scope=vm:esx01 web&highlight=vmnic1", 200);
	draw("svg", "scope=esx01&highlight=hv1 ens1f0", 404);
	draw("svg", "scope=esx01&highlight=esx01", 404);
	end();
}
END_TEST

START_TEST(a_wrong_question_is_told_what_would_be_right)
{
	begin();
	ck_assert(strstr(draw("svg", "", 400), "scope=host:hv1"));
	ck_assert(strstr(draw("svg", "scope=nobody", 404), "nobody"));
	ck_assert(strstr(draw("svg", "scope=vmnic0", 409), "nic:esx01 vmnic0"));
	ck_assert(strstr(draw("svg", "scope=hv1&theme=red", 400), "light"));
	ck_assert(strstr(draw("svg", "scope=hv1&detail=all", 400), "ladder"));
	ck_assert(strstr(draw("svg", "scope=hv1&mode=x", 400), "outlines"));
	draw("svg", "scope=hv1&page=0", 400);
	draw("svg", "scope=hv1&page=1x", 400);
	draw("svg", "scope=hv1&page=7", 404);
	draw("svg", "scope=hv1&title=a\tb", 400);
	end();
}
END_TEST

START_TEST(what_a_format_does_not_have_is_refused)
{
	begin();
	draw("png", "scope=hv1&mode=inline", 400);
	draw("drawio", "scope=hv1&theme=dark", 400);
	ck_assert(strstr(
	    draw("txt", "scope=hv1&theme=dark", 400), "svg, png and pdf"));
	draw("txt", "scope=hv1&page=1", 400);
	draw("ascii", "scope=vm:esx01 web&detail=full", 400);
	draw("drawio", "scope=hv1&page=1&detail=full", 200);
	end();
}
END_TEST

START_TEST(a_file_leads_back_to_the_collector)
{
	begin();
	called = "demarc.example:7413";
	ck_assert(strstr(draw("svg", "scope=hv1", 200),
	    "href=\"https://demarc.example:7413/#/host/"));
	ck_assert(strstr(draw("svg", "scope=hv1", 200),
	    "href=\"https://demarc.example:7413/api/v1/draw.svg?scope=hv1\""));
	ck_assert(strstr(draw("drawio", "scope=hv1", 200),
	    "link=\"https://demarc.example:7413/#/host/"));
	ck_assert(strstr(
	    draw("svg", "scope=hv1&mode=inline", 200), "href=\"/#/host/"));
	called = NULL;
	ck_assert(strstr(draw("svg", "scope=hv1", 200), "href=\"/#/host/"));
	ck_assert(!strstr(draw("drawio", "scope=hv1", 200), "link="));
	end();
}
END_TEST

START_TEST(a_card_of_an_index_leads_to_its_page)
{
	static const char path[] = "/api/v1/draw.svg?";
	const char *found;
	char query[256];

	begin();
	found = strstr(draw("svg",
			   "scope=hv1,esx01&detail=index&theme=dark"
			   "&title=A + B",
			   200),
	    "page=1\"");
	ck_assert_ptr_nonnull(found);
	while (strncmp(found, path, strlen(path)) != 0)
		found--;
	(void)snprintf(query, sizeof(query), "%.*s",
	    (int)(strchr(found, '"') - found - (long)strlen(path)),
	    found + strlen(path));
	ck_assert_str_eq(query,
	    "scope=hv1%2Cesx01&amp;title=A%20%2B%20B&amp;detail=index"
	    "&amp;theme=dark&amp;page=1");
	draw("svg", "scope=hv1,esx01&detail=index&page=1", 200);
	ck_assert(strstr(buffer_string(&reply.body), "detail=index"));
	end();
}
END_TEST

START_TEST(the_same_state_is_the_same_drawing)
{
	char *first, *etag;

	begin();
	first = strdup(draw("svg", "scope=leaf1a", 200));
	etag = strdup(reply.etag);
	ck_assert_str_eq(draw("svg", "scope=leaf1a", 200), first);
	draw_unless("svg", "scope=leaf1a", etag, 304);
	asking_now = 1100;
	draw_unless("svg", "scope=leaf1a", etag, 304);
	/* What LLDP said is of then, from now on. */
	asking_now = 1111;
	ck_assert(strstr(
	    draw_unless("svg", "scope=leaf1a", etag, 200), "00:18:31 UTC"));
	free(etag);
	etag = strdup(reply.etag);
	asking_now = 1170;
	draw_unless("svg", "scope=leaf1a", etag, 304);
	asking_now = 1181; /* silent */
	draw_unless("svg", "scope=leaf1a", etag, 200);
	free(first);
	free(etag);
	end();
}
END_TEST

START_TEST(a_change_is_drawn_at_once)
{
	char *etag;

	begin();
	draw("svg", "scope=leaf1a", 200);
	etag = strdup(reply.etag);
	asking_post_file("tests/reports/esx03-disconnected.json");
	ck_assert(
	    strstr(draw_unless("svg", "scope=leaf1a", etag, 200), "esx03"));
	free(etag);
	end();
}
END_TEST

START_TEST(a_past_moment_is_drawn_as_it_was)
{
	begin();
	asking_now = 1060;
	/* It was told then, and nothing changed since. */
	ck_assert(strstr(draw("svg", "scope=leaf1a", 200), "00:16:40 UTC"));
	ck_assert(
	    strstr(draw("svg", "scope=leaf1a&at=1030", 200), "00:17:10 UTC"));
	ck_assert(strstr(draw("svg", "scope=leaf1a", 200), "00:16:40 UTC"));
	draw("svg", "scope=leaf1a&at=2000", 400);
	draw("svg", "scope=leaf1a&at=10", 410);
	end();
}
END_TEST

/* Who waits for an answer, and which thread gave it. */
struct waiting {
	struct later later; /* first */
	sem_t given;
	pthread_t by;
	bool asked;
};

static struct waiting waiting;

static void
take_answer(struct later *later, struct reply *taken)
{
	struct waiting *w = (struct waiting *)(void *)later;

	reply = *taken;
	w->by = pthread_self();
	(void)sem_post(&w->given);
}

static struct later *
postpone(const struct request *r)
{
	(void)r;
	waiting.later.answer = take_answer;
	waiting.asked = true;
	return &waiting.later;
}

/* Asks as the server does; was the answer given later? */
static bool
draw_later(char *query)
{
	static const char path[] = "/api/v1/draw.svg";
	struct request request = { .method = "GET",
		.path = path,
		.body = "",
		.argument = argument,
		.postpone = postpone,
		.context = query };
	struct reply now;

	waiting.asked = false;
	reply_done(&reply);
	reply_init(&now);
	api_answer(asking_api, &request, &now);
	if (!waiting.asked) {
		reply = now;
		return false;
	}
	reply_done(&now);
	while (sem_wait(&waiting.given) != 0)
		continue;
	return true;
}

START_TEST(a_drawing_is_made_elsewhere_and_once)
{
	char query[] = "scope=leaf1a", again[] = "scope=leaf1a";
	char none[] = "scope=hv1&detail=strip";

	begin();
	ck_assert_int_eq(sem_init(&waiting.given, 0, 0), 0);
	ck_assert(draw_later(query));
	ck_assert(!pthread_equal(waiting.by, pthread_self()));
	ck_assert_uint_eq(reply.status, 200);
	ck_assert(strstr(buffer_string(&reply.body), "<svg"));
	ck_assert_str_eq(reply.content_type, "image/svg+xml");
	ck_assert(!draw_later(again));
	ck_assert_uint_eq(reply.status, 200);
	ck_assert(draw_later(none));
	ck_assert_uint_eq(reply.status, 404);
	ck_assert(strstr(buffer_string(&reply.body), "/api/v1/draw.svg"));
	api_stop(asking_api);
	ck_assert(draw_later(none));
	ck_assert_uint_eq(reply.status, 503);
	ck_assert_uint_gt(reply.retry_after_s, 0);
	end();
}
END_TEST

SUITE("api_draw", a_scope_is_drawn_in_each_format,
    one_thing_is_drawn_as_its_way, a_wrong_question_is_told_what_would_be_right,
    what_a_format_does_not_have_is_refused, a_file_leads_back_to_the_collector,
    a_card_of_an_index_leads_to_its_page, the_same_state_is_the_same_drawing,
    a_change_is_drawn_at_once, a_past_moment_is_drawn_as_it_was,
    a_drawing_is_made_elsewhere_and_once)
