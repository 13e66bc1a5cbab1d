/*
 * telling.h - reports put together claim by claim, any of which may be left
 * out, and what the rules say of them.
 *
 *	asking_begin(); telling_begin(&t);
 *	tell_host(&t, "hv1"); tell_nic(&t, "eno1", ""); ... tell_end(&t);
 *	telling_judge(&t); ck_assert(telling_finds(&t, "vlan-not-carried",
 *...)); telling_done(&t); asking_end();
 *
 * Lists come in the order of a report: NICs with what they hear, then
 * tell_list "links", "vswitches", "port_groups", "workloads" with tell_claim.
 *
 * Memory:  telling_begin/telling_done; verdicts hold copies.
 * Units:   unix seconds, as asking.h: it is 1000.
 */
#ifndef TESTS_SUPPORT_TELLING_H
#define TESTS_SUPPORT_TELLING_H

#include <stdarg.h>
#include <stdlib.h>

#include "collector/knowing.h"
#include "collector/rules/rules.h"
#include "tests/support/viewing.h"

enum { TELLING_CLAIMS = 256, TELLING_VERDICTS = 1024 };

struct telling_verdict {
	const struct rule *rule;
	enum ruling ruling;
	enum rule_severity severity;
	char host[32], about[96], sentence[512];
};

struct telling {
	struct buffer text;
	bool without[TELLING_CLAIMS]; /* by their order */
	size_t claims;                /* told, or left out */
	int number;                   /* of the report */
	bool nic_is_out, in_nic, first;
	size_t host_count;
	struct telling_verdict *verdicts;
	size_t verdict_count;
};

static inline void
telling_begin(struct telling *t)
{
	*t = (struct telling){ .number = 0 };
	t->verdicts = calloc(TELLING_VERDICTS, sizeof(*t->verdicts));
	buffer_init(&t->text, 1 << 20);
}

static inline void
telling_done(struct telling *t)
{
	buffer_done(&t->text);
	free(t->verdicts);
}

/* The same hosts from the beginning, as they are told now. */
static inline void
telling_again(struct telling *t)
{
	t->claims = t->host_count = 0;
}

static inline bool
telling_is_out(struct telling *t)
{
	ck_assert_uint_lt(t->claims, TELLING_CLAIMS);
	return t->without[t->claims++];
}

static inline void
tell_host(struct telling *t, const char *name, const char *more)
{
	buffer_clear(&t->text);
	t->number++;
	t->first = true;
	t->host_count++;
	buffer_printf(&t->text,
	    "{\"version\":1,\"number\":%d,\"sent_at\":1000,"
	    "\"digest\":\"%016x\",\"agent\":{\"version\":\"0.1.0\","
	    "\"started_at\":800},\"host\":{\"id\":\"%08x%024x\","
	    "\"name\":\"%s\"%s},\"nics\":[",
	    t->number, (unsigned)t->number, (unsigned)(0x1000 + t->host_count),
	    1U, name, more);
}

/* 'facts' begins with a comma. */
static inline void
tell_nic(struct telling *t, const char *name, const char *facts)
{
	if (t->in_nic && !t->nic_is_out)
		buffer_text(&t->text, "]}");
	t->in_nic = true;
	t->nic_is_out = telling_is_out(t);
	if (t->nic_is_out)
		return;
	buffer_printf(&t->text,
	    "%s{\"name\":\"%s\",\"up\":true,\"listening\":true%s,"
	    "\"neighbors\":[",
	    t->first ? "" : ",", name, facts);
	t->first = false;
}

/* A member of the list that is open: a neighbor, a link, a port group. */
static inline void tell_claim(struct telling *t, const char *format, ...)
    PRINTF_LIKE(2, 3);
static inline void
tell_claim(struct telling *t, const char *format, ...)
{
	const char *text = buffer_string(&t->text);
	char claim[4096];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(claim, sizeof(claim), format, arguments);
	va_end(arguments);
	if (telling_is_out(t) || (t->in_nic && t->nic_is_out))
		return;
	buffer_printf(
	    &t->text, "%s%s", text[strlen(text) - 1] == '[' ? "" : ",", claim);
}

/* From here on the NIC's claims are VLANs whose frames arrive. */
static inline void
tell_heard(struct telling *t)
{
	if (!t->nic_is_out)
		buffer_text(&t->text, "],\"heard_vlans\":[");
}

static inline void
tell_heard_vlan(struct telling *t, int vlan)
{
	tell_claim(t,
	    "{\"id\":%d,\"first_heard\":900,\"last_heard\":990,"
	    "\"expires\":4580,\"frames\":3}",
	    vlan);
}

static inline void
tell_list(struct telling *t, const char *name)
{
	if (t->in_nic && !t->nic_is_out)
		buffer_text(&t->text, "]}");
	t->in_nic = t->nic_is_out = false;
	buffer_printf(&t->text, "],\"%s\":[", name);
}

static inline void
tell_end(struct telling *t)
{
	buffer_text(&t->text, "]}");
	asking_post(buffer_string(&t->text));
}

/* ---- what the rules say ---------------------------------------------------
 */

static inline void
telling_keep(
    struct telling *t, const struct known *k, const struct judgements *said)
{
	for (size_t i = 0; i < said->count; i++) {
		const struct judgement *j = &said->items[i];
		struct telling_verdict *v = &t->verdicts[t->verdict_count++];

		ck_assert_uint_lt(t->verdict_count, TELLING_VERDICTS);
		v->rule = j->rule;
		v->ruling = j->ruling;
		v->severity = j->severity;
		(void)snprintf(v->host, sizeof(v->host), "%s", k->name);
		(void)snprintf(v->about, sizeof(v->about), "%s", j->about);
		(void)snprintf(
		    v->sentence, sizeof(v->sentence), "%s", j->sentence);
		for (size_t b = 0; b < i; b++)
			ck_assert_msg(
			    said->items[b].rule != j->rule ||
				strcmp(said->items[b].about, j->about) != 0,
			    "%s says twice: %s", j->rule->id, j->about);
		/* A sentence, and when it is over. */
		ck_assert_msg(
		    j->sentence[0] != '\0', "%s says nothing", j->rule->id);
		ck_assert_msg(
		    j->ruling != RULING_BROKEN || j->closes[0] != '\0',
		    "%s never closes", j->rule->id);
	}
}

static inline void
telling_judge(struct telling *t)
{
	struct view view = viewing();
	struct fleet_index *fleet;

	ck_assert_int_eq(fleet_index_new(&fleet), STATUS_OK);
	for (size_t i = 0; i < view.model->count; i++)
		fleet_index_take_host(fleet, view.model->hosts[i], true);
	t->verdict_count = 0;
	for (size_t i = 0; i < view.model->count; i++) {
		struct judgements said;
		struct known k;

		judgements_init(&said);
		ck_assert_int_eq(
		    knowing_make(&k, &view, fleet, view.model->hosts[i]),
		    STATUS_OK);
		rules_judge(&k, &said);
		telling_keep(t, &k, &said);
		judgements_done(&said);
		known_done(&k);
	}
	fleet_index_free(fleet);
}

/* NULL: the rule says nothing of it; 'about' NULL: of anything. */
static inline const struct telling_verdict *
telling_of(const struct telling *t, const char *rule, const char *host,
    const char *about)
{
	for (size_t i = 0; i < t->verdict_count; i++) {
		const struct telling_verdict *v = &t->verdicts[i];

		if (strcmp(v->rule->id, rule) == 0 &&
		    strcmp(v->host, host) == 0 &&
		    (!about || strcmp(v->about, about) == 0))
			return v;
	}
	return NULL;
}

/* Whoever knows less may only have become unsure; 'at' names the try. */
static inline void
telling_hold_against(
    const struct telling *whole, const struct telling *less, int at)
{
	for (size_t i = 0; i < less->verdict_count; i++) {
		const struct telling_verdict *now = &less->verdicts[i];
		const struct telling_verdict *was =
		    telling_of(whole, now->rule->id, now->host, now->about);

		if (now->ruling == RULING_BROKEN)
			ck_assert_msg(was && was->ruling == RULING_BROKEN,
			    "%d: broken by knowing less: %s", at,
			    now->sentence);
		if (now->ruling == RULING_HOLDS && was)
			ck_assert_msg(was->ruling != RULING_BROKEN,
			    "%d: mended by knowing less: %s", at,
			    now->sentence);
	}
}

#endif
