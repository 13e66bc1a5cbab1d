#include <stdlib.h>
#include <string.h>

#include "collector/answers.h"
#include "collector/findings.h"

/* One finding of a list. */
struct item {
	const struct finding *finding;
	const struct model_host *host;
};

struct gathering {
	const struct view *view;
	const struct listing *listing;
	struct item *items;
	size_t count, capacity;
	bool failed;
};

/* What is worst comes first, and what is known before what is not. */
static void
item_key(const void *at, struct listing_key *out)
{
	const struct item *item = at;
	const struct finding *f = item->finding;

	out->number[0] = f->ruling == RULING_BROKEN ? '0' : '1';
	out->number[1] = (char)('0' + SEVERITY_ERROR - f->severity);
	out->number[2] = '\0';
	out->parts[0] = out->number;
	out->parts[1] = item->host->name;
	out->parts[2] = f->rule->id;
	out->parts[3] = f->about;
}

static void
item_row(void *context, struct json *j, const void *at)
{
	const struct view *v = context;
	const struct item *item = at;

	finding_write(j, item->finding,
	    &(struct finding_host){ item->host->name, item->host->machine_id },
	    v->now);
}

static bool
is_owned(const struct listing *l, enum rule_owner owner)
{
	return listing_is(l, LISTING_OWNER, rule_owner_word(owner)) ||
	       owner == OWNED_BY_BOTH;
}

/* Or worse. */
static bool
is_severe(const struct listing *l, enum rule_severity severity)
{
	for (int s = (int)severity; s >= SEVERITY_REMARK; s--) {
		if (listing_is(l, LISTING_SEVERITY,
			rule_severity_word((enum rule_severity)s)))
			return true;
	}
	return false;
}

static bool
is_wanted(const struct gathering *g, const struct finding *f,
    const struct model_host *h)
{
	const struct listing *l = g->listing;

	return is_owned(l, f->owner) && is_severe(l, f->severity) &&
	       listing_is(l, LISTING_RULE, f->rule->id) &&
	       listing_is(l, LISTING_GROUP, rule_group_word(f->rule->group)) &&
	       listing_is(l, LISTING_VERDICT, ruling_word(f->ruling)) &&
	       listing_is(l, LISTING_ACKNOWLEDGED,
		   finding_is_acknowledged(f, g->view->now) ? "yes" : "no") &&
	       (listing_is(l, LISTING_HOST, h->name) ||
		   listing_is(l, LISTING_HOST, h->machine_id));
}

static void
gather(void *context, const struct finding *f)
{
	struct gathering *g = context;
	const struct model_host *h = model_find(g->view->model, f->host_id);

	if (!h || !is_wanted(g, f, h))
		return;
	if (g->count == g->capacity) {
		size_t capacity = g->capacity * 2 + 64;
		struct item *more = realloc(g->items, capacity * sizeof(*more));

		g->failed |= !more;
		if (!more)
			return;
		g->items = more;
		g->capacity = capacity;
	}
	g->items[g->count++] = (struct item){ f, h };
}

/* Until all are judged, a list may lack something. */
static void
write_judged(void *context, struct json *j)
{
	const struct view *v = context;

	json_name(j, "judged");
	json_object_begin(j);
	json_add_number(j, "hosts", (int64_t)v->findings->judged);
	json_add_number(j, "of", (int64_t)v->model->count);
	json_object_end(j);
}

void
answer_findings(struct json *j, const struct view *v, struct listing *l)
{
	static const char *const columns[] = { "id", "rule", "group", "verdict",
		"severity", "owner", "host", "nic", "about", "sentence",
		"opened_at", "changed_at", NULL };
	struct gathering g = { .view = v, .listing = l };
	struct view view = *v;
	struct listing_source all = { .name = "findings",
		.size = sizeof(struct item),
		.key = item_key,
		.row = item_row,
		.context = &view,
		.columns = columns,
		.head = v->when.asked_at > 0 ? NULL : write_judged };

	findings_visit(v->findings, gather, &g);
	all.items = g.items;
	all.count = g.count;
	if (g.failed)
		j->out->failed = true;
	else
		listing_write(l, j, v->now, &all);
	free(g.items);
}

bool
answer_finding(struct json *j, const struct view *v, struct asked *asked)
{
	const struct finding *f = NULL;
	const struct model_host *h;
	int64_t id;

	if (finding_id_read(asked->which, &id))
		f = findings_find(v->findings, id);
	h = f ? model_find(v->model, f->host_id) : NULL;
	if (!h)
		return false;
	json_object_begin(j);
	when_write(j, v->now, &v->when);
	json_name(j, "finding");
	json_object_begin(j);
	finding_write(
	    j, f, &(struct finding_host){ h->name, h->machine_id }, v->now);
	json_add_string(j, "why", f->rule->why);
	json_object_end(j);
	json_object_end(j);
	return true;
}
