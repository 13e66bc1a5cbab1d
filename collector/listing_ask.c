#include "collector/listing_ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "collector/problem.h"

enum { NUMBER_DIGITS_MOST = 6, VLAN_MOST = 4094, NAMES_SIZE = 160 };

static const char csv_end[] = ".csv";

/* The words that a filter may have, whatever list it is of; NULL: any. */
static const char *const owners[] = { "network", "systems", "both", NULL };
static const char *const severities[] = { "remark", "warning", "error", NULL };
static const char *const groups[] = { "attachment", "vlan", "bond",
	"mtu, speed, duplex", "virtual", "plan", NULL };
static const char *const verdicts[] = { "broken", "unknown", NULL };
static const char *const answers[] = { "yes", "no", NULL };
static const char *const *const filter_words[LISTING_FILTERS] = {
	[LISTING_OWNER] = owners,
	[LISTING_SEVERITY] = severities,
	[LISTING_GROUP] = groups,
	[LISTING_VERDICT] = verdicts,
	[LISTING_ACKNOWLEDGED] = answers,
};

bool
listing_is_csv_path(const char *path, const char *list)
{
	size_t length = strlen(list);

	return strncmp(path, list, length) == 0 &&
	       strcmp(path + length, csv_end) == 0;
}

/* Either the path says so, or the client wants that and no JSON. */
static bool
wants_csv(const struct request *request)
{
	size_t length = strlen(request->path), end = sizeof(csv_end) - 1;

	if (length > end && strcmp(request->path + length - end, csv_end) == 0)
		return true;
	return request->accept && strcasestr(request->accept, "text/csv") &&
	       !strcasestr(request->accept, "application/json");
}

/* The names of all parameters, NULL after the last. */
static void
name_all(const struct listing_rule *rule,
    const char *names[static LISTING_FILTERS + 4])
{
	size_t count = 0;

	names[count++] = "limit";
	names[count++] = "after";
	/* What is of a span has no moment beside. */
	if (!(rule->filters & (1U << LISTING_SINCE | 1U << LISTING_FROM)))
		names[count++] = "at";
	for (size_t i = 0; i < LISTING_FILTERS; i++) {
		if (rule->filters & (1U << i))
			names[count++] = listing_filter_names[i];
	}
	names[count] = NULL;
}

static void
join(const char *const *words, char out[static NAMES_SIZE])
{
	size_t size = 0;

	out[0] = '\0';
	for (; *words; words++) {
		if (size > 0 && size + 3 < NAMES_SIZE) {
			text_copy(out + size, NAMES_SIZE - size, ", ");
			size += 2;
		}
		text_copy(out + size, NAMES_SIZE - size, *words);
		size += strlen(out + size);
	}
}

static bool
refuse(struct reply *reply, const struct request *request, const char *name,
    const char *wanted, const char *words)
{
	problem_reply(reply, &(struct problem){ 400, request->path, NULL },
	    "the parameter \"%.40s\" %s%s", name, wanted, words);
	return false;
}

/* 1 to 'most'; -1: something else. */
static int64_t
number_of(const char *text, int64_t most)
{
	size_t digits = strspn(text, "0123456789");
	int64_t number;

	if (digits == 0 || digits > NUMBER_DIGITS_MOST || text[digits])
		return -1;
	number = strtoll(text, NULL, 10);
	return number >= 1 && number <= most ? number : -1;
}

static bool
is_one_of(const char *text, const char *const *words)
{
	for (; *words; words++) {
		if (strcmp(text, *words) == 0)
			return true;
	}
	return false;
}

static bool
take_filter(struct listing *l, const struct request *request,
    const struct listing_rule *rule, enum listing_filter filter,
    struct reply *reply)
{
	const char *name = listing_filter_names[filter];
	const char *text = request->argument(request, name);
	const char *const *wanted =
	    filter == LISTING_STATE ? rule->states : filter_words[filter];
	char words[NAMES_SIZE];

	if (!text)
		return true;
	if (text[0] == '\0' || strlen(text) >= LISTING_KEY_SIZE ||
	    !text_is_utf8(text, strlen(text)))
		return refuse(reply, request, name, "is empty or no text", "");
	if (wanted && !is_one_of(text, wanted)) {
		join(wanted, words);
		return refuse(reply, request, name, "is one of: ", words);
	}
	if (filter == LISTING_VLAN) {
		l->vlan = number_of(text, VLAN_MOST);
		if (l->vlan < 0)
			return refuse(reply, request, name,
			    "is a number from 1 to 4094", "");
	}
	l->filters[filter] = text;
	return true;
}

static bool
take_page(struct listing *l, const struct request *request, struct reply *reply)
{
	const char *limit = request->argument(request, "limit");
	const char *after = request->argument(request, "after");

	if (limit) {
		int64_t number = number_of(limit, LISTING_LIMIT_MOST);

		if (number < 0)
			return refuse(reply, request, "limit",
			    "is a number from 1 to 100000", "");
		l->limit = (size_t)number;
	}
	if (after && (!text_is_utf8(after, strlen(after)) ||
			 !listing_continue(l, after)))
		return refuse(reply, request, "after",
		    "is what \"next\" of an answer says, nothing else", "");
	return true;
}

bool
listing_ask(struct listing *l, const struct request *request,
    const struct listing_rule *rule, struct reply *reply)
{
	const char *names[LISTING_FILTERS + 4], *other = NULL;
	char words[NAMES_SIZE];

	name_all(rule, names);
	if (request->other_argument)
		other = request->other_argument(request, names);
	if (other) {
		join(names, words);
		return refuse(reply, request, other,
		    "does not exist here; there are: ", words);
	}
	l->path = request->path;
	l->csv = wants_csv(request);
	for (unsigned i = 0; i < LISTING_FILTERS; i++) {
		if ((rule->filters & (1U << i)) &&
		    !take_filter(l, request, rule, i, reply))
			return false;
	}
	return take_page(l, request, reply);
}
