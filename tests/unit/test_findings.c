#include "collector/findings.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/findings_store.h"
#include "collector/history.h"
#include "tests/support/database.h"
#include "tests/support/suite.h"

enum { HOST = 7, HOLD_S = 30, BEGIN = 1000 };

static const struct rule rules[] = {
	{ .id = "not-carried",
	    .group = RULES_VLAN,
	    .owner = OWNED_BY_NETWORK,
	    .severity = SEVERITY_ERROR,
	    .hold_s = HOLD_S },
	{ .id = "at-once", .group = RULES_BOND },
	{ .id = NULL },
};
static const struct rule *const held = &rules[0], *const at_once = &rules[1];

static struct findings findings;
static struct findings_news news;

static void
begin(void)
{
	findings_init(&findings, rules);
	news = (struct findings_news){ .first = NULL };
}

static void
end(void)
{
	findings_news_done(&news);
	findings_done(&findings);
}

/* What one rule says of one thing; 'sentence' NULL: nothing. */
static void
judge_as(const struct rule *rule, enum ruling ruling, const char *sentence,
    int64_t heard, int64_t now)
{
	struct judged_claim claim = { OWNED_BY_NETWORK, "carries VLAN 130",
		"LLDP on hv1 eno2", heard, true };
	struct judgements j;
	struct judgement *one;

	judgements_init(&j);
	one = sentence ? judgements_add(&j, rule, ruling) : NULL;
	if (one) {
		one->about = "eno2 120";
		one->sentence = sentence;
		one->wanting = ruling == RULING_UNKNOWN ? "LLDP on leaf1a" : "";
		one->listed = true;
		one->claims = &claim;
		one->claim_count = 1;
	}
	ck_assert_int_eq(
	    findings_take(&findings, HOST, &j, now, &news), STATUS_OK);
	judgements_done(&j);
}

static void
judge(const struct rule *rule, enum ruling ruling, int64_t now)
{
	judge_as(rule, ruling, "VLAN 120 does not arrive", now, now);
}

/* "opened broken@1030 closed broken@1099": all news by now. */
static const char *
told(void)
{
	static char text[512];
	size_t size = 0;

	text[0] = '\0';
	for (struct finding_news *n = news.first; n; n = n->next)
		size += (size_t)snprintf(text + size, sizeof(text) - size,
		    "%s%s %s@%d", size > 0 ? " " : "",
		    finding_event_word(n->event),
		    ruling_word(n->finding.ruling), (int)n->at);
	return text;
}

START_TEST(what_is_broken_is_told_when_it_lasts)
{
	begin();
	judge(held, RULING_BROKEN, BEGIN);
	ck_assert_str_eq(told(), "");
	ck_assert_int_eq(findings_of(&findings, HOST)->due, BEGIN + HOLD_S);
	judge(held, RULING_BROKEN, BEGIN + HOLD_S - 1);
	ck_assert_str_eq(told(), "");
	judge(held, RULING_BROKEN, BEGIN + HOLD_S);
	ck_assert_str_eq(told(), "opened broken@1030");
	ck_assert_int_eq(findings_of(&findings, HOST)->due, -1);
	end();
}
END_TEST

START_TEST(what_did_not_last_is_never_told)
{
	begin();
	judge(held, RULING_BROKEN, BEGIN);
	judge(held, RULING_HOLDS, BEGIN + 10);
	judge(held, RULING_BROKEN, BEGIN + 20);
	judge(held, RULING_BROKEN, BEGIN + HOLD_S + 10);
	ck_assert_str_eq(told(), "");
	end();
}
END_TEST

START_TEST(what_flaps_is_told_once)
{
	begin();
	judge(held, RULING_BROKEN, BEGIN);
	for (int64_t at = BEGIN + HOLD_S; at < BEGIN + 600; at += 20)
		judge(held, at % 40 == 0 ? RULING_HOLDS : RULING_BROKEN, at);
	ck_assert_str_eq(told(), "opened broken@1030");
	end();
}
END_TEST

START_TEST(what_is_mended_is_closed_when_that_lasts)
{
	begin();
	judge(held, RULING_BROKEN, BEGIN);
	judge(held, RULING_BROKEN, 1030);
	judge(held, RULING_HOLDS, 1050);
	ck_assert_int_eq(findings_of(&findings, HOST)->due, 1080);
	ck_assert_str_eq(told(), "opened broken@1030");
	judge(held, RULING_HOLDS, 1080);
	ck_assert_str_eq(told(), "opened broken@1030 closed broken@1080");
	ck_assert_uint_eq(findings_of(&findings, HOST)->count, 0);
	end();
}
END_TEST

START_TEST(a_thing_that_is_gone_closes_what_was_about_it)
{
	begin();
	judge(at_once, RULING_BROKEN, BEGIN);
	judge_as(at_once, RULING_BROKEN, NULL, -1, BEGIN + 1);
	ck_assert_str_eq(told(), "opened broken@1000 closed broken@1001");
	end();
}
END_TEST

START_TEST(what_is_no_longer_known_is_no_longer_called_broken)
{
	begin();
	judge(held, RULING_BROKEN, BEGIN);
	judge(held, RULING_BROKEN, 1030);
	judge(held, RULING_UNKNOWN, 1031);
	ck_assert_str_eq(told(), "opened broken@1030 changed unknown@1031");
	/* And must last again. */
	judge(held, RULING_BROKEN, 1040);
	ck_assert_str_eq(told(), "opened broken@1030 changed unknown@1031");
	judge(held, RULING_BROKEN, 1070);
	ck_assert_str_eq(told(), "opened broken@1030 changed unknown@1031 "
				 "changed broken@1070");
	end();
}
END_TEST

START_TEST(an_unknown_that_nobody_could_make_known_is_not_told)
{
	struct judgements j;

	begin();
	judgements_init(&j);
	judgements_add(&j, at_once, RULING_UNKNOWN)->sentence = "who knows";
	ck_assert_int_eq(
	    findings_take(&findings, HOST, &j, BEGIN, &news), STATUS_OK);
	judgements_done(&j);
	ck_assert_str_eq(told(), "");
	judge(at_once, RULING_UNKNOWN, BEGIN);
	ck_assert_str_eq(told(), "opened unknown@1000");
	end();
}
END_TEST

START_TEST(hearing_the_same_again_is_no_change)
{
	const struct finding *f;

	begin();
	judge_as(at_once, RULING_BROKEN, "no LLDP", 990, BEGIN);
	judge_as(at_once, RULING_BROKEN, "no LLDP", 1020, BEGIN + 30);
	ck_assert_str_eq(told(), "opened broken@1000");
	f = &findings_of(&findings, HOST)->items[0];
	ck_assert_ptr_nonnull(strstr(f->text, "\"last_heard\":1020"));
	judge_as(at_once, RULING_BROKEN, "no CDP", 1020, BEGIN + 30);
	ck_assert_str_eq(told(), "opened broken@1000 changed broken@1030");
	end();
}
END_TEST

START_TEST(an_id_is_of_rule_host_and_thing)
{
	int64_t id = finding_id_of("bond", HOST, "bond0"), read;
	char text[FINDING_ID_SIZE];

	ck_assert_int_eq(id, finding_id_of("bond", HOST, "bond0"));
	ck_assert_int_ne(id, finding_id_of("bond", HOST + 1, "bond0"));
	ck_assert_int_ne(id, finding_id_of("bond", HOST, "bond1"));
	ck_assert_int_ne(id, finding_id_of("bon", HOST, "dbond0"));
	finding_id_text(id, text);
	/* As it is stored: not to change. */
	ck_assert_str_eq(text, "01d0933aa21d547b");
	ck_assert(finding_id_read(text, &read));
	ck_assert_int_eq(read, id);
	ck_assert(!finding_id_read("0123", &read));
	ck_assert(!finding_id_read("012345678901234g", &read));
}
END_TEST

START_TEST(who_knows_of_it_is_told_until_it_closes_or_the_time_is_over)
{
	struct finding_ack ack = {
		.who = "ann", .note = "is ordered", .at = 1010, .until = -1
	};
	const struct finding *f;
	int64_t id;

	begin();
	judge(at_once, RULING_BROKEN, BEGIN);
	f = &findings_of(&findings, HOST)->items[0];
	id = f->id;
	ck_assert(!finding_is_acknowledged(f, 1010));
	ck_assert_int_eq(
	    findings_acknowledge(&findings, id, &ack, &news), STATUS_OK);
	ck_assert(finding_is_acknowledged(f, 99999));
	ack.until = 1100;
	ck_assert_int_eq(
	    findings_acknowledge(&findings, id, &ack, &news), STATUS_OK);
	ck_assert(finding_is_acknowledged(f, 1099));
	ck_assert(!finding_is_acknowledged(f, 1100));
	judge(at_once, RULING_HOLDS, 1200);
	ck_assert_int_eq(
	    findings_acknowledge(&findings, id, &ack, &news), STATUS_NOT_FOUND);
	end();
}
END_TEST

START_TEST(a_host_has_no_more_than_it_may)
{
	struct judgements j;
	char about[16];

	begin();
	judgements_init(&j);
	for (int i = 0; i < FINDINGS_OF_HOST_MOST + 10; i++) {
		(void)snprintf(about, sizeof(about), "vnet%d", i);
		judgements_add(&j, at_once, RULING_BROKEN)->about =
		    arena_text(&j.arena, about);
	}
	ck_assert_int_eq(
	    findings_take(&findings, HOST, &j, BEGIN, &news), STATUS_OK);
	ck_assert_uint_eq(
	    findings_of(&findings, HOST)->count, FINDINGS_OF_HOST_MOST);
	judgements_done(&j);
	end();
}
END_TEST

/* ---- the store ----------------------------------------------------------- */

static struct store *
open_store(void)
{
	char error[STORE_ERROR_SIZE];
	struct store *s = NULL;

	ck_assert_msg(store_open(database_of_test(), &s, error) == STATUS_OK,
	    "%s", error);
	return s;
}

static void
keep(struct store *s)
{
	ck_assert_msg(findings_keep(s, &news) == STATUS_OK, "%s", s->error);
	ck_assert_ptr_null(news.first);
}

/* What the sentences were at a moment; 0: now. */
static const char *
stored(struct store *s, int64_t at)
{
	static char text[256];
	struct findings was;
	struct findings_host *h;

	findings_init(&was, rules);
	ck_assert_int_eq(
	    at ? findings_load_at(s, at, &was) : findings_load(s, &was),
	    STATUS_OK);
	text[0] = '\0';
	h = findings_of(&was, HOST);
	for (size_t i = 0; h && i < h->count; i++) {
		struct json_value *v = json_parse_own(h->items[i].text);
		size_t size = strlen(text);

		(void)snprintf(text + size, sizeof(text) - size, "%s%s%s%s",
		    finding_sentence(v), h->items[i].ack.at >= 0 ? ", " : "",
		    h->items[i].ack.at >= 0 ? h->items[i].ack.who : "",
		    finding_is_acknowledged(&h->items[i], at) ? " knows" : "");
		json_free(v);
	}
	findings_done(&was);
	return text;
}

START_TEST(what_was_open_at_a_moment_can_be_asked)
{
	struct finding_ack ack = {
		.who = "ann", .note = "is ordered", .at = 1025, .until = -1
	};
	struct store *s = open_store();

	begin();
	judge_as(at_once, RULING_BROKEN, "first", 999, BEGIN);
	keep(s);
	judge_as(at_once, RULING_BROKEN, "second", 999, 1020);
	keep(s);
	ck_assert_int_eq(
	    findings_acknowledge(&findings,
		findings_of(&findings, HOST)->items[0].id, &ack, &news),
	    STATUS_OK);
	keep(s);
	ck_assert_str_eq(stored(s, 0), "second, ann knows");
	judge_as(at_once, RULING_HOLDS, "", 999, 1040);
	keep(s);
	ck_assert_str_eq(stored(s, 999), "");
	ck_assert_str_eq(stored(s, 1000), "first");
	ck_assert_str_eq(stored(s, 1019), "first");
	ck_assert_str_eq(stored(s, 1020), "second");
	ck_assert_str_eq(stored(s, 1039), "second, ann knows");
	ck_assert_str_eq(stored(s, 1040), "");
	ck_assert_str_eq(stored(s, 0), "");
	end();
	store_close(s);
}
END_TEST

START_TEST(two_collectors_write_it_once)
{
	struct store *s = open_store();

	for (int collector = 0; collector < 2; collector++) {
		begin();
		judge_as(
		    at_once, RULING_BROKEN, "first", 999, BEGIN + collector);
		keep(s);
		end();
	}
	ck_assert_str_eq(stored(s, 0), "first");
	for (int collector = 0; collector < 2; collector++) {
		begin();
		ck_assert_int_eq(findings_load(s, &findings), STATUS_OK);
		judge_as(
		    at_once, RULING_BROKEN, "second", 999, 1020 + collector);
		keep(s);
		end();
	}
	ck_assert_str_eq(stored(s, 1019), "first");
	ck_assert_str_eq(stored(s, 1020), "second");
	ck_assert_str_eq(stored(s, 0), "second");
	store_close(s);
}
END_TEST

START_TEST(a_collector_that_starts_again_tells_nothing_twice)
{
	struct store *s = open_store();

	begin();
	judge(held, RULING_BROKEN, BEGIN);
	judge(held, RULING_BROKEN, BEGIN + HOLD_S);
	keep(s);
	end();
	begin();
	ck_assert_int_eq(findings_load(s, &findings), STATUS_OK);
	judge(held, RULING_BROKEN, 2000);
	ck_assert_str_eq(told(), "");
	ck_assert_int_eq(
	    findings_of(&findings, HOST)->items[0].opened_at, 1030);
	judge(held, RULING_HOLDS, 2001);
	judge(held, RULING_HOLDS, 2031);
	ck_assert_str_eq(told(), "closed broken@2031");
	keep(s);
	ck_assert_str_eq(stored(s, 0), "");
	end();
	store_close(s);
}
END_TEST

START_TEST(history_that_is_too_old_is_forgotten_with_who_knew)
{
	struct finding_ack ack = {
		.who = "ann", .note = "", .at = 1005, .until = -1
	};
	struct history_kept kept = { BEGIN, BEGIN };
	struct store *s = open_store();

	begin();
	judge(at_once, RULING_BROKEN, BEGIN);
	ck_assert_int_eq(
	    findings_acknowledge(&findings,
		findings_of(&findings, HOST)->items[0].id, &ack, &news),
	    STATUS_OK);
	judge(at_once, RULING_HOLDS, 1010);
	keep(s);
	ck_assert_str_ne(stored(s, 1005), "");
	ck_assert_int_eq(store_begin(s), STATUS_OK);
	ck_assert_int_eq(history_put(s, &kept), STATUS_OK);
	ck_assert_int_eq(history_forget(s, 1009, 100), STATUS_OK);
	ck_assert_int_eq(store_commit(s), STATUS_OK);
	ck_assert_str_ne(stored(s, 1005), "");
	ck_assert_int_eq(store_begin(s), STATUS_OK);
	ck_assert_int_eq(history_forget(s, 1010, 100), STATUS_OK);
	ck_assert_int_eq(store_commit(s), STATUS_OK);
	ck_assert_str_eq(stored(s, 1005), "");
	end();
	store_close(s);
}
END_TEST

/* Nothing is said of the host; 'silent': it is not heard. */
static void
judge_nothing(bool silent, int64_t now)
{
	struct judgements j;

	judgements_init(&j);
	j.silent = silent;
	ck_assert_int_eq(
	    findings_take(&findings, HOST, &j, now, &news), STATUS_OK);
	judgements_done(&j);
}

START_TEST(silence_of_a_host_mends_nothing)
{
	begin();
	judge(held, RULING_BROKEN, BEGIN);
	judge(held, RULING_BROKEN, BEGIN + HOLD_S);
	ck_assert_str_eq(told(), "opened broken@1030");
	judge_nothing(true, BEGIN + 200);
	judge_nothing(true, BEGIN + 900);
	ck_assert_uint_eq(findings_of(&findings, HOST)->count, 1);
	judge_nothing(false, BEGIN + 1000);
	judge_nothing(false, BEGIN + 1000 + HOLD_S);
	ck_assert_uint_eq(findings_of(&findings, HOST)->count, 0);
	end();
}
END_TEST

SUITE("findings", silence_of_a_host_mends_nothing,
    what_is_broken_is_told_when_it_lasts, what_did_not_last_is_never_told,
    what_flaps_is_told_once, what_is_mended_is_closed_when_that_lasts,
    a_thing_that_is_gone_closes_what_was_about_it,
    what_is_no_longer_known_is_no_longer_called_broken,
    an_unknown_that_nobody_could_make_known_is_not_told,
    hearing_the_same_again_is_no_change, an_id_is_of_rule_host_and_thing,
    who_knows_of_it_is_told_until_it_closes_or_the_time_is_over,
    a_host_has_no_more_than_it_may, what_was_open_at_a_moment_can_be_asked,
    two_collectors_write_it_once,
    a_collector_that_starts_again_tells_nothing_twice,
    history_that_is_too_old_is_forgotten_with_who_knew)
