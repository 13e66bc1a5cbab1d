#include "collector/change_facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "collector/vlans.h"

enum { PATH_SIZE = 512, WORDS_SIZE = 128 };

/* ---- values --------------------------------------------------------------
 */

static bool
is_same(const struct json_value *a, const struct json_value *b)
{
	char *x, *y;
	bool same;

	if (!a || !b)
		return a == b;
	x = json_write_copy(a);
	y = json_write_copy(b);
	same = x && y && strcmp(x, y) == 0;
	free(x);
	free(y);
	return same;
}

/* Adds with a comma; false when it does not fit. */
static bool
add_item(char out[static CHANGE_VALUE_SIZE], const char *text)
{
	size_t size = strlen(out);

	if (size + strlen(text) + sizeof(", ...") > CHANGE_VALUE_SIZE) {
		text_copy(out + size, CHANGE_VALUE_SIZE - size, ", ...");
		return false;
	}
	if (size > 0) {
		text_copy(out + size, CHANGE_VALUE_SIZE - size, ", ");
		size += 2;
	}
	text_copy(out + size, CHANGE_VALUE_SIZE - size, text);
	return true;
}

static void
write_whole(const struct json_value *v, char out[static CHANGE_VALUE_SIZE])
{
	char *text = json_write_copy(v);

	text_copy(out, CHANGE_VALUE_SIZE, text ? text : "");
	free(text);
}

void
change_value(const struct json_value *v, char out[static CHANGE_VALUE_SIZE])
{
	char item[CHANGE_VALUE_SIZE];

	out[0] = '\0';
	if (!v)
		return;
	if (json_is_string(v)) {
		text_copy(out, CHANGE_VALUE_SIZE, json_string_of(v));
	} else if (json_is_boolean(v)) {
		text_copy(out, CHANGE_VALUE_SIZE,
		    json_boolean_of(v, false) ? "yes" : "no");
	} else if (json_is_array(v)) {
		for (v = json_first(v); v; v = json_next(v)) {
			if (json_is_object(v) || json_is_array(v))
				write_whole(v, item);
			else
				change_value(v, item);
			if (!add_item(out, item))
				return;
		}
	} else {
		write_whole(v, out);
	}
}

/* "10-12, 40": the ids of a list of objects. */
static void
write_ids(const struct json_value *list, char out[static CHANGE_VALUE_SIZE])
{
	bool set[VLAN_IDS] = { false };
	char item[32];

	out[0] = '\0';
	for (list = json_first(list); list; list = json_next(list)) {
		int64_t id = json_get_number(list, "id", -1);

		if (id >= 0 && id < VLAN_IDS)
			set[id] = true;
	}
	for (int from = 0, to; from < VLAN_IDS; from = to + 1) {
		to = from;
		while (set[from] && to + 1 < VLAN_IDS && set[to + 1])
			to++;
		if (!set[from])
			continue;
		(void)snprintf(
		    item, sizeof(item), to > from ? "%d-%d" : "%d", from, to);
		if (!add_item(out, item))
			return;
	}
}

void
change_place(const struct json_value *vnic, char out[static CHANGE_VALUE_SIZE])
{
	const char *on = json_get_string(vnic, "vswitch");
	const char *group = json_get_string(vnic, "port_group");
	const char *nic = json_get_string(vnic, "nic");
	const char *network = json_get_string(vnic, "network");
	int64_t vf = json_get_number(vnic, "vf", -1);

	out[0] = '\0';
	if (on)
		(void)snprintf(out, CHANGE_VALUE_SIZE, "%.90s%s%.90s", on,
		    group ? " " : "", group ? group : "");
	else if (nic && vf >= 0)
		(void)snprintf(out, CHANGE_VALUE_SIZE, "%.90s VF %lld", nic,
		    (long long)vf);
	else if (nic || network)
		text_copy(out, CHANGE_VALUE_SIZE, nic ? nic : network);
}

/* ---- one member ----------------------------------------------------------
 */

static const struct change_rule *
rule_of(const struct change_rule *rules, const char *name)
{
	for (; rules && rules->name; rules++) {
		if (strcmp(rules->name, name) == 0)
			return rules;
	}
	return NULL;
}

/* How the member is called: "LACP partner", "private VLAN primary". */
static void
find_words(const struct change_subject *s, const struct change_rule *rule,
    const char *name, char out[static WORDS_SIZE])
{
	(void)snprintf(out, WORDS_SIZE, "%.60s%.60s", s->words,
	    rule && rule->words ? rule->words : name);
	for (char *at = out; *at; at++) {
		if (*at == '_')
			*at = ' ';
	}
}

/* "native VLAN of leaf1a Eth1/1 changed from 1 to 10" */
static void
say_value(
    const struct change_subject *s, const char *words, const struct change *c)
{
	if (c->was && c->is)
		change_add(s->out, c, "%s of %s changed from %s to %s", words,
		    s->name, c->was[0] ? c->was : "nothing",
		    c->is[0] ? c->is : "nothing");
	else if (c->is)
		change_add(s->out, c, "%s of %s is now %s", words, s->name,
		    c->is[0] ? c->is : "nothing");
	else
		change_add(s->out, c, "%s of %s is no longer told, was %s",
		    words, s->name, c->was[0] ? c->was : "nothing");
}

static void
say_joined(const struct change_subject *s, const struct change *c)
{
	struct change moved = *c;

	moved.what = CHANGE_MOVED;
	if (c->was && c->is)
		change_add(s->out, &moved, "%s moved from %s to %s", s->name,
		    c->was, c->is);
	else if (c->is)
		change_add(s->out, c, "%s joined %s", s->name, c->is);
	else
		change_add(s->out, c, "%s left %s", s->name, c->was);
}

static void
say_member(const struct change_subject *s, const struct change_rule *rule,
    const char *name, const struct json_value *was, const struct json_value *is)
{
	enum change_form form = rule ? rule->form : CHANGE_FORM_VALUE;
	char path[PATH_SIZE], words[WORDS_SIZE];
	char before[CHANGE_VALUE_SIZE], after[CHANGE_VALUE_SIZE];
	struct change c = { .what = CHANGE_CHANGED,
		.kind = s->kind,
		.thing = s->thing,
		.member = path,
		.was = was ? before : NULL,
		.is = is ? after : NULL };

	(void)snprintf(path, sizeof(path), "%s%s", s->path, name);
	find_words(s, rule, name, words);
	if (form == CHANGE_FORM_IDS) {
		write_ids(was, before);
		write_ids(is, after);
		if (strcmp(before, after) == 0)
			return; /* a name of one has changed */
	} else {
		change_value(was, before);
		change_value(is, after);
	}
	if (form == CHANGE_FORM_JOINED)
		say_joined(s, &c);
	else if (form == CHANGE_FORM_THERE)
		change_add(
		    s->out, &c, "%s %s", s->name, is ? rule->yes : rule->no);
	else if (form == CHANGE_FORM_YES_NO && is && json_is_boolean(is))
		change_add(s->out, &c, "%s %s", s->name,
		    json_boolean_of(is, false) ? rule->yes : rule->no);
	else
		say_value(s, words, &c);
}

/* ---- parts, each known by its name -----------------------------------------
 */

static bool
has_same(
    const struct json_value *a, const struct json_value *b, const char *name)
{
	const char *one = json_get_string(a, name);
	const char *other = json_get_string(b, name);

	if (one || other)
		return one && other && strcmp(one, other) == 0;
	return json_get_number(a, name, -1) == json_get_number(b, name, -1);
}

/* The part of the list that is the same thing; NULL: none. */
static const struct json_value *
find_part(const struct json_value *list, const struct json_value *part,
    const struct change_rule *rule)
{
	bool by_mac = rule->form == CHANGE_FORM_VNICS && json_get(part, "mac");
	const struct json_value *v;

	/* A tap is named anew at each start; the MAC stays. */
	for (v = json_first(list); v && by_mac; v = json_next(v)) {
		if (has_same(v, part, "mac"))
			return v;
	}
	for (v = json_first(list); v; v = json_next(v)) {
		if (has_same(v, part, rule->key))
			return v;
	}
	return NULL;
}

/* The names of one part: its own, in sentences, and before its members. */
struct part_names {
	char own[CHANGE_VALUE_SIZE], full[CHANGE_NAME_SIZE];
	char path[PATH_SIZE], below[PATH_SIZE + 1];
	char place[CHANGE_VALUE_SIZE];
};

static void
name_part(const struct change_subject *s, const struct change_rule *rule,
    const struct json_value *part, struct part_names *out)
{
	change_value(json_get(part, rule->key), out->own);
	(void)snprintf(out->full, sizeof(out->full), "%s %.120s of %.160s",
	    rule->words, out->own, s->name);
	(void)snprintf(out->path, sizeof(out->path), "%.200s%s.%.200s", s->path,
	    rule->name, out->own);
	(void)snprintf(out->below, sizeof(out->below), "%s.", out->path);
	out->place[0] = '\0';
	if (rule->form == CHANGE_FORM_VNICS)
		change_place(part, out->place);
}

/* "web-01 on hv3 got vNIC vnet5 on br0 tag 20" */
static void
say_part(const struct change_subject *s, const struct change_rule *rule,
    const struct json_value *part, bool got)
{
	struct change c = { .what = got ? CHANGE_BEGAN : CHANGE_ENDED,
		.kind = s->kind,
		.thing = s->thing };
	struct part_names n;

	name_part(s, rule, part, &n);
	c.member = n.path;
	*(got ? &c.is : &c.was) = n.place[0] ? n.place : n.own;
	change_add(s->out, &c, "%s %s %s %s%s%s", s->name, got ? "got" : "lost",
	    rule->words, n.own, n.place[0] ? " on " : "", n.place);
}

static void
compare_part(const struct change_subject *s, const struct change_rule *rule,
    const struct json_value *was, const struct json_value *is)
{
	struct part_names n, old;
	struct change_subject part = *s;
	struct change c = { .what = CHANGE_MOVED,
		.kind = s->kind,
		.thing = s->thing,
		.member = n.path,
		.was = old.place,
		.is = n.place };

	name_part(s, rule, is, &n);
	name_part(s, rule, was, &old);
	if (strcmp(n.place, old.place) != 0)
		change_add(s->out, &c, "%s moved from %s to %s", n.full,
		    old.place[0] ? old.place : "nothing",
		    n.place[0] ? n.place : "nothing");
	part.name = n.full;
	part.path = n.below;
	change_facts(&part, rule->rules, was, is);
}

static void
compare_parts(const struct change_subject *s, const struct change_rule *rule,
    const struct json_value *was, const struct json_value *is)
{
	const struct json_value *v;

	for (v = json_first(was); v; v = json_next(v)) {
		if (!find_part(is, v, rule))
			say_part(s, rule, v, false);
	}
	for (v = json_first(is); v; v = json_next(v)) {
		const struct json_value *old = find_part(was, v, rule);

		if (!old)
			say_part(s, rule, v, true);
		else if (!is_same(old, v))
			compare_part(s, rule, old, v);
	}
}

/* ---- all -------------------------------------------------------------------
 */

/* A group of values: each is told, its words begin with those of the group. */
static void
compare_group(const struct change_subject *s, const struct change_rule *rules,
    const char *name, const struct json_value *was, const struct json_value *is)
{
	struct change_subject group = *s;
	char path[PATH_SIZE], words[WORDS_SIZE];

	find_words(s, rule_of(rules, name), name, words);
	text_copy(words + strlen(words), sizeof(words) - strlen(words), " ");
	(void)snprintf(path, sizeof(path), "%.400s%.100s.", s->path, name);
	group.path = path;
	group.words = words;
	change_facts(&group, rules, was, is);
}

static void
compare_member(const struct change_subject *s, const struct change_rule *rules,
    const char *name, const struct json_value *was, const struct json_value *is)
{
	const struct change_rule *rule = rule_of(rules, name);
	enum change_form form = rule ? rule->form : CHANGE_FORM_VALUE;
	bool group =
	    (form == CHANGE_FORM_VALUE && (!was || json_is_object(was)) &&
		(!is || json_is_object(is))) ||
	    (form == CHANGE_FORM_THERE && was && is);

	if (form == CHANGE_FORM_QUIET || is_same(was, is))
		return;
	if (form == CHANGE_FORM_PARTS || form == CHANGE_FORM_VNICS)
		compare_parts(s, rule, was, is);
	else if (group && strlen(s->path) < PATH_SIZE / 2)
		compare_group(s, rules, name, was, is);
	else
		say_member(s, rule, name, was, is);
}

void
change_facts(const struct change_subject *s, const struct change_rule *rules,
    const struct json_value *was, const struct json_value *is)
{
	const struct json_value *v;

	for (v = json_first(was); v; v = json_next(v)) {
		if (!json_get(is, json_name_of(v)))
			compare_member(s, rules, json_name_of(v), v, NULL);
	}
	for (v = json_first(is); v; v = json_next(v))
		compare_member(s, rules, json_name_of(v),
		    json_get(was, json_name_of(v)), v);
}
