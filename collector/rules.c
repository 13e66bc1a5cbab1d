#include "collector/rules.h"

#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "collector/vlans.h"

enum {
	SHOWN_MOST = 40,           /* octets of a wrong value shown again */
	TEXT_FEW = 256,            /* most texts fit, cleaned */
	GROUP_TEXT_MOST = 12288,   /* as RULE_BASE64 of a frame */
	GROUP_MEMBERS_MOST = 2048, /* octets of a TLV as numbers */
	GROUPS_MOST = 32,          /* unknown groups of one object */
	DEPTH_MOST = 32            /* of tables within tables */
};

/* One step of a path: a member by name, or an item by number. */
struct step {
	const char *name; /* NULL: an item */
	size_t item;
};

struct check {
	const char *path; /* where the checked value stands */
	struct step steps[DEPTH_MOST];
	size_t depth;
	struct mistake *mistake;
	struct json *out;
};

bool
mistake_say(struct mistake *m, const char *path, const char *format, ...)
{
	va_list arguments;

	text_copy(m->path, sizeof(m->path), path);
	va_start(arguments, format);
	(void)vsnprintf(m->text, sizeof(m->text), format, arguments);
	va_end(arguments);
	return false;
}

/* Written only when it is needed: most reports are right. */
static const char *
path_of(const struct check *k, char out[static MISTAKE_PATH_SIZE])
{
	size_t length;

	text_copy(out, MISTAKE_PATH_SIZE, k->path);
	for (size_t i = 0; i < k->depth; i++) {
		const struct step *s = &k->steps[i];

		length = strlen(out);
		if (s->name)
			(void)snprintf(out + length, MISTAKE_PATH_SIZE - length,
			    "%s%s", length > 0 ? "." : "", s->name);
		else
			(void)snprintf(out + length, MISTAKE_PATH_SIZE - length,
			    "[%zu]", s->item);
	}
	return out;
}

/* The value as shown in a sentence: a short cleaned text, or its type. */
static const char *
shown(const struct json_value *v, char out[static SHOWN_MOST + 8])
{
	const char *text = json_string_of(v);
	bool cut;
	size_t size;

	if (json_is_object(v))
		return "an object";
	if (json_is_array(v))
		return "an array";
	if (json_is_boolean(v))
		return json_boolean_of(v, false) ? "true" : "false";
	if (json_is_number(v)) {
		long long n = json_number_of(v, INT64_MIN);

		(void)snprintf(out, SHOWN_MOST, "%lld", n);
		return n == INT64_MIN ? "this number" : out;
	}
	if (!text)
		return "null";
	out[0] = '"';
	size = text_clean(out + 1, SHOWN_MOST, text, strlen(text), &cut);
	text_copy(out + 1 + size, 5, cut ? "...\"" : "\"");
	return out;
}

static bool
wrong(const struct check *k, const struct json_value *v, const char *right)
{
	char value[SHOWN_MOST + 8], path[MISTAKE_PATH_SIZE];

	return mistake_say(k->mistake, path_of(k, path), "%s is not %s",
	    shown(v, value), right);
}

bool
rules_is_mac(const char *text)
{
	static const char hex[] = "0123456789abcdef";
	size_t length = strlen(text);

	if (length != 17)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (i % 3 == 2 ? text[i] != ':' : !strchr(hex, text[i]))
			return false;
	}
	return true;
}

static bool
is_ip(const char *text)
{
	uint8_t octets[16];

	return inet_pton(AF_INET, text, octets) == 1 ||
	       inet_pton(AF_INET6, text, octets) == 1;
}

bool
rules_is_name(const char *text)
{
	for (const char *c = text; *c; c++) {
		if ((uint8_t)*c <= ' ' || *c == '/' || *c == 0x7f)
			return false;
	}
	return *text != '\0';
}

static bool
is_base64(const char *text)
{
	size_t length =
	    strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			 "0123456789+/");
	size_t padding = strspn(text + length, "=");

	return text[length + padding] == '\0' && padding <= 2 &&
	       (length + padding) % 4 == 0;
}

/* Cleans and writes; the text may be at most 'most' octets. */
static bool
write_text(struct check *k, const char *text, size_t most)
{
	/* One octet may become the three of U+FFFD. */
	size_t size = strlen(text), capacity = size * 3;
	char few[TEXT_FEW], path[MISTAKE_PATH_SIZE], *clean = few;
	bool cut;

	if (size > most)
		return mistake_say(k->mistake, path_of(k, path),
		    "the text has %zu octets; at most %zu are taken", size,
		    most);
	if (capacity >= sizeof(few))
		clean = malloc(capacity + 1);
	if (!clean)
		return mistake_say(
		    k->mistake, path_of(k, path), "there is no memory left");
	size = text_clean(clean, capacity, text, size, &cut);
	json_text(k->out, clean, size);
	if (clean != few)
		free(clean);
	return true;
}

static bool
check_word(
    struct check *k, const struct json_value *v, const struct member_rule *rule)
{
	const char *text = json_string_of(v);
	char right[MISTAKE_TEXT_SIZE / 2] = "one of";
	size_t length = strlen(right);

	for (size_t i = 0; text && rule->words[i]; i++) {
		if (strcmp(text, rule->words[i]) == 0) {
			json_string(k->out, text);
			return true;
		}
	}
	for (size_t i = 0; rule->words[i] && length < sizeof(right); i++)
		length += (size_t)snprintf(right + length,
		    sizeof(right) - length, " %s", rule->words[i]);
	return wrong(k, v, right);
}

static bool
check_number(
    struct check *k, const struct json_value *v, const struct member_rule *rule)
{
	int64_t number = json_number_of(v, INT64_MIN);
	char right[80];

	if (number == INT64_MIN || number < rule->least ||
	    number > rule->most) {
		(void)snprintf(right, sizeof(right),
		    "a whole number from %lld to %lld", (long long)rule->least,
		    (long long)rule->most);
		if (rule->least == rule->most)
			(void)snprintf(right, sizeof(right),
			    "%lld, the only one that is known",
			    (long long)rule->least);
		return wrong(k, v, right);
	}
	json_number(k->out, number);
	return true;
}

static bool
check_hex(
    struct check *k, const struct json_value *v, const struct member_rule *rule)
{
	const char *text = json_string_of(v);
	char right[80];

	if (!text || (int64_t)strlen(text) != rule->most ||
	    strspn(text, "0123456789abcdef") != strlen(text)) {
		(void)snprintf(right, sizeof(right),
		    "a text of %lld hexadecimal digits in lower case",
		    (long long)rule->most);
		return wrong(k, v, right);
	}
	json_string(k->out, text);
	return true;
}

static bool
check_base64(
    struct check *k, const struct json_value *v, const struct member_rule *rule)
{
	const char *text = json_string_of(v);

	if (!text || !is_base64(text))
		return wrong(k, v, "octets in base64");
	return write_text(k, text, (size_t)rule->most);
}

/* The kinds that are a string of a certain form. */
static bool
check_string(
    struct check *k, const struct json_value *v, const struct member_rule *rule)
{
	const char *text = json_string_of(v);

	if (!text)
		return wrong(k, v, "a text");
	/* What is blank would be nothing once it is cleaned. */
	if (rule->kind == RULE_TEXT && rule->least > 0 &&
	    text[strspn(text, " \t\n\v\f\r")] == '\0')
		return wrong(k, v, "a name; it must not be empty or blank");
	if (rule->kind == RULE_VLANS && !vlans_read(text, NULL))
		return wrong(k, v, "a list of VLANs; write it as 10,20-30");
	if (rule->kind == RULE_MAC && !rules_is_mac(text))
		return wrong(
		    k, v, "a MAC address; write it as 00:11:22:aa:bb:cc");
	if (rule->kind == RULE_IP && !is_ip(text))
		return wrong(k, v,
		    "an IP address; write it as 192.0.2.1 or 2001:db8::1");
	if (rule->kind == RULE_NAME && !rules_is_name(text))
		return wrong(
		    k, v, "a name; it needs letters, no blank and no slash");
	return write_text(k, text, (size_t)rule->most);
}

static bool
too_many(const struct check *k, int most, const char *what)
{
	char path[MISTAKE_PATH_SIZE];

	return mistake_say(
	    k->mistake, path_of(k, path), "more than %d %s", most, what);
}

/* A value of a group that we do not know: kept, cleaned, bounded. */
static bool
write_any(struct check *k, const struct json_value *v)
{
	bool object = json_is_object(v);
	size_t count = 0;

	if (json_is_string(v))
		return write_text(k, json_string_of(v), GROUP_TEXT_MOST);
	if (json_is_boolean(v)) {
		json_boolean(k->out, json_boolean_of(v, false));
		return true;
	}
	if (!object && !json_is_array(v)) {
		int64_t number = json_number_of(v, INT64_MIN);

		if (number == INT64_MIN)
			json_null(k->out);
		else
			json_number(k->out, number);
		return true;
	}
	(object ? json_object_begin : json_array_begin)(k->out);
	for (v = json_first(v); v; v = json_next(v)) {
		if (++count > GROUP_MEMBERS_MOST)
			return too_many(k, GROUP_MEMBERS_MOST, "members");
		if (object) {
			const char *name = json_name_of(v);

			if (!rules_is_name(name) || strpbrk(name, "\"\\"))
				continue;
			json_name(k->out, name);
		}
		if (!write_any(k, v))
			return false;
	}
	(object ? json_object_end : json_array_end)(k->out);
	return true;
}

static bool check_members(struct check *k, const struct json_value *v,
    const struct member_rule *rule);

static bool
check_one(
    struct check *k, const struct json_value *v, const struct member_rule *rule)
{
	switch (rule->kind) {
	case RULE_NUMBER:
		return check_number(k, v, rule);
	case RULE_BOOLEAN:
		if (!json_is_boolean(v))
			return wrong(k, v, "true or false");
		json_boolean(k->out, json_boolean_of(v, false));
		return true;
	case RULE_WORD:
		return check_word(k, v, rule);
	case RULE_HEX:
		return check_hex(k, v, rule);
	case RULE_BASE64:
		return check_base64(k, v, rule);
	case RULE_GROUP:
		if (!json_is_object(v))
			return wrong(k, v, "an object");
		return write_any(k, v);
	case RULE_OBJECT:
		return check_members(k, v, rule);
	case RULE_TEXT:
	case RULE_NAME:
	case RULE_MAC:
	case RULE_IP:
	case RULE_VLANS:
		break;
	}
	return check_string(k, v, rule);
}

static bool
check_list(
    struct check *k, const struct json_value *v, const struct member_rule *rule)
{
	struct step *step = &k->steps[k->depth];
	char path[MISTAKE_PATH_SIZE];

	if (!json_is_array(v))
		return wrong(k, v, "an array");
	if (json_count(v) > rule->items)
		return mistake_say(k->mistake, path_of(k, path),
		    "the array has %zu items; at most %u are taken",
		    json_count(v), rule->items);
	json_array_begin(k->out);
	*step = (struct step){ .item = 0 };
	k->depth++;
	for (v = json_first(v); v; v = json_next(v), step->item++) {
		if (!check_one(k, v, rule))
			return false;
	}
	k->depth--;
	json_array_end(k->out);
	return true;
}

/* 'v' is NULL when the member is not there. */
static bool
check_member(
    struct check *k, const struct json_value *v, const struct member_rule *rule)
{
	struct json *out = k->out;
	struct buffer nowhere;
	struct json apart = json_over(&nowhere);
	char path[MISTAKE_PATH_SIZE];
	bool good;

	if (!v && !(rule->flags & RULE_REQUIRED))
		return true;
	k->steps[k->depth++] = (struct step){ .name = rule->name };
	if (!v)
		return mistake_say(
		    k->mistake, path_of(k, path), "it is missing");
	buffer_init(&nowhere, 0);
	if (rule->flags & RULE_APART)
		k->out = &apart;
	else
		json_name(k->out, rule->name);
	good = (rule->flags & RULE_LIST ? check_list : check_one)(k, v, rule);
	buffer_done(&nowhere);
	k->out = out;
	k->depth--;
	return good;
}

static bool
is_named(const struct member_rule *rules, const char *name)
{
	for (; rules->name; rules++) {
		if (strcmp(rules->name, name) == 0)
			return true;
	}
	return false;
}

/* The groups of an open object that its table does not name. */
static bool
write_groups(struct check *k, const struct json_value *v,
    const struct member_rule *members)
{
	size_t groups = 0;

	for (v = json_first(v); v; v = json_next(v)) {
		const char *name = json_name_of(v);

		if (!json_is_object(v) || is_named(members, name) ||
		    !rules_is_name(name) || strpbrk(name, "\"\\"))
			continue;
		if (++groups > GROUPS_MOST)
			return too_many(k, GROUPS_MOST, "groups");
		json_name(k->out, name);
		if (!write_any(k, v))
			return false;
	}
	return true;
}

static bool
check_members(
    struct check *k, const struct json_value *v, const struct member_rule *rule)
{
	const struct json_value *last = NULL;

	if (!json_is_object(v))
		return wrong(k, v, "an object");
	json_object_begin(k->out);
	for (const struct member_rule *r = rule->members; r->name; r++) {
		const struct json_value *member =
		    json_get_after(v, last, r->name);

		if (!check_member(k, member, r))
			return false;
		if (member)
			last = member;
	}
	if (rule->flags & RULE_OPEN && !write_groups(k, v, rule->members))
		return false;
	json_object_end(k->out);
	return true;
}

bool
rules_check(const struct json_value *v, const struct member_rule *rule,
    const char *path, struct json *out, struct mistake *mistake)
{
	struct check k = { .path = path, .mistake = mistake, .out = out };

	return check_one(&k, v, rule);
}
