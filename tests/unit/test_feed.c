#include "collector/feed.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/suite.h"

enum { ROOM = 256 };

/* A connection that never was on a wire. */
struct client {
	struct stream *stream;
	unsigned slept, woken;
	bool asleep, ended;
	char said[65536];
};

static struct feed *feed;
static struct client one, other;

static void
fall_asleep(void *context)
{
	struct client *c = context;

	ck_assert(!c->asleep);
	c->asleep = true;
	c->slept++;
}

static void
wake_up(void *context)
{
	struct client *c = context;

	ck_assert_msg(c->asleep, "who is awake is woken");
	c->asleep = false;
	c->woken++;
}

static void
begin(void)
{
	ck_assert_int_eq(feed_new(7, &feed), STATUS_OK);
	one = other = (struct client){ .slept = 0 };
}

static bool
listen_to(struct client *c, const char *host, const char *last)
{
	*c = (struct client){ .slept = 0 };
	c->stream = feed_listen(feed, &(struct feed_wish){ host, "", last });
	if (!c->stream)
		return false;
	c->stream->sleep = fall_asleep;
	c->stream->wake = wake_up;
	c->stream->connection = c;
	return true;
}

/* Reads as the library does, until it is put to sleep or the stream ends;
 * gives what came. */
static const char *
hear(struct client *c)
{
	size_t used = 0;

	c->said[0] = '\0';
	while (!c->asleep && !c->ended && used + ROOM < sizeof(c->said)) {
		size_t size = c->stream->read(c->stream, c->said + used, ROOM);

		c->ended = size == STREAM_END;
		if (!c->ended)
			used += size;
		ck_assert_msg(c->asleep || c->ended || size > 0,
		    "nothing is read and nobody sleeps: a busy loop");
		c->said[used] = '\0';
	}
	return c->said;
}

static void
leave(struct client *c)
{
	c->stream->done(c->stream);
}

static void
tell(const char *host, const char *text)
{
	struct change_list l;

	change_list_init(&l);
	change_add(
	    &l, &(struct change){ .kind = "nic", .thing = "e0" }, "%s", text);
	feed_tell(feed, &(struct feed_host){ host, "id", 1000 }, &l);
	change_list_done(&l);
}

START_TEST(who_listens_is_told_and_sleeps_between)
{
	begin();
	ck_assert(!feed_is_wanted(feed));
	ck_assert(listen_to(&one, "", ""));
	ck_assert(feed_is_wanted(feed));
	ck_assert_str_eq(
	    hear(&one), "retry: 2000\nid: 7-0\nevent: ready\ndata: {}\n\n");
	ck_assert(one.asleep);
	tell("hv1", "it moved");
	ck_assert(!one.asleep);
	ck_assert_str_eq(hear(&one),
	    "id: 7-1\nevent: change\ndata: {\"at\":1000,\"host\":\"hv1\","
	    "\"host_id\":\"id\",\"kind\":\"nic\",\"what\":\"began\","
	    "\"thing\":\"e0\",\"member\":\"\",\"was\":null,\"is\":null,"
	    "\"text\":\"it moved\"}\n\n");
	ck_assert_uint_eq(one.slept, 2);
	leave(&one);
	feed_free(feed);
}
END_TEST

START_TEST(who_wants_another_host_sleeps_on)
{
	begin();
	ck_assert(listen_to(&one, "hv1", ""));
	ck_assert(listen_to(&other, "hv2", ""));
	(void)hear(&one);
	(void)hear(&other);
	tell("hv1", "it moved");
	ck_assert(!one.asleep);
	ck_assert(other.asleep);
	leave(&one);
	leave(&other);
	feed_free(feed);
}
END_TEST

START_TEST(who_comes_back_misses_nothing)
{
	begin();
	ck_assert(listen_to(&one, "", ""));
	(void)hear(&one);
	tell("hv1", "first");
	leave(&one);
	tell("hv1", "second");
	ck_assert(listen_to(&one, "", "7-1"));
	ck_assert_ptr_nonnull(strstr(hear(&one), "second"));
	ck_assert_ptr_null(strstr(one.said, "first"));
	ck_assert_ptr_null(strstr(one.said, "reset"));
	leave(&one);
	feed_free(feed);
}
END_TEST

START_TEST(who_was_away_too_long_reads_anew)
{
	begin();
	ck_assert(listen_to(&one, "", "6-1"));
	ck_assert_ptr_nonnull(strstr(hear(&one), "event: reset\n"));
	ck_assert_ptr_nonnull(strstr(one.said, "id: 7-0\n"));
	tell("hv1", "after");
	ck_assert_ptr_nonnull(strstr(hear(&one), "after"));
	leave(&one);
	feed_sweep(feed, FEED_AWAY_MS + 1);
	ck_assert(!feed_is_wanted(feed));
	/* From then on nothing was kept. */
	ck_assert(listen_to(&one, "", "7-1"));
	ck_assert_ptr_nonnull(strstr(hear(&one), "event: reset\n"));
	leave(&one);
	feed_free(feed);
}
END_TEST

START_TEST(who_is_slow_is_told_to_read_anew_and_let_go)
{
	static char words[900];

	memset(words, 'x', sizeof(words) - 1);
	begin();
	ck_assert(listen_to(&one, "", ""));
	ck_assert(listen_to(&other, "", ""));
	(void)hear(&one);
	(void)hear(&other);
	for (size_t i = 0; i < FEED_SIZE_MOST / sizeof(words) + 100; i++) {
		tell("hv1", words);
		(void)hear(&other);
		ck_assert_ptr_null(strstr(other.said, "event: reset\n"));
	}
	ck_assert_ptr_nonnull(strstr(hear(&one), "event: reset\n"));
	ck_assert(one.ended);
	ck_assert(!other.ended);
	leave(&one);
	leave(&other);
	feed_free(feed);
}
END_TEST

START_TEST(who_hears_nothing_gets_a_comment)
{
	begin();
	feed_sweep(feed, 1000000);
	ck_assert(listen_to(&one, "", ""));
	(void)hear(&one);
	feed_sweep(feed, 1000000 + FEED_COMMENT_MS - 1);
	ck_assert(one.asleep);
	feed_sweep(feed, 1000000 + FEED_COMMENT_MS);
	ck_assert(!one.asleep);
	ck_assert_str_eq(hear(&one), ":\n\n");
	feed_sweep(feed, 1000000 + 2 * FEED_COMMENT_MS - 1);
	ck_assert(one.asleep);
	leave(&one);
	feed_free(feed);
}
END_TEST

START_TEST(only_so_many_may_listen)
{
	static struct client many[FEED_LISTENERS_MOST];

	begin();
	for (size_t i = 0; i < FEED_LISTENERS_MOST; i++)
		ck_assert(listen_to(&many[i], "", ""));
	ck_assert(!listen_to(&one, "", ""));
	ck_assert_uint_eq(feed_count(feed), FEED_LISTENERS_MOST);
	leave(&many[200]);
	ck_assert(listen_to(&one, "", ""));
	leave(&one);
	for (size_t i = 0; i < FEED_LISTENERS_MOST; i++) {
		if (i != 200)
			leave(&many[i]);
	}
	ck_assert_uint_eq(feed_count(feed), 0);
	feed_free(feed);
}
END_TEST

START_TEST(all_are_let_go_at_the_end)
{
	begin();
	ck_assert(listen_to(&one, "", ""));
	(void)hear(&one);
	ck_assert(listen_to(&other, "", ""));
	tell("hv1", "the last");
	feed_stop(feed);
	ck_assert_ptr_nonnull(strstr(hear(&one), "the last"));
	ck_assert(one.ended);
	/* Who has not begun to read gets what was prepared. */
	ck_assert_ptr_nonnull(strstr(hear(&other), "ready"));
	ck_assert(other.ended);
	ck_assert(!feed_is_wanted(feed));
	leave(&one);
	leave(&other);
	ck_assert(!listen_to(&one, "", ""));
	feed_free(feed);
}
END_TEST

START_TEST(changes_that_nobody_can_tell_are_a_reset)
{
	begin();
	ck_assert(listen_to(&one, "", ""));
	(void)hear(&one);
	feed_lose(feed);
	ck_assert_ptr_nonnull(strstr(hear(&one), "event: reset\n"));
	leave(&one);
	feed_free(feed);
}
END_TEST

START_TEST(changes_without_end_are_one_sentence)
{
	struct change_list l;

	begin();
	ck_assert(listen_to(&one, "", ""));
	(void)hear(&one);
	change_list_init(&l);
	l.left_out = 12;
	feed_tell(feed, &(struct feed_host){ "hv1", "id", 1000 }, &l);
	change_list_done(&l);
	ck_assert_ptr_nonnull(strstr(hear(&one), "12 more changes of hv1"));
	leave(&one);
	feed_free(feed);
}
END_TEST

SUITE("feed", who_listens_is_told_and_sleeps_between,
    who_wants_another_host_sleeps_on, who_comes_back_misses_nothing,
    who_was_away_too_long_reads_anew,
    who_is_slow_is_told_to_read_anew_and_let_go,
    who_hears_nothing_gets_a_comment, only_so_many_may_listen,
    all_are_let_go_at_the_end, changes_that_nobody_can_tell_are_a_reset,
    changes_without_end_are_one_sentence)
