#include "collector/findings.h"

#include <stdlib.h>
#include <string.h>

/* ---- hosts --------------------------------------------------------------- */

static size_t
place_of(const struct findings *f, int64_t host_id)
{
	size_t low = 0, high = f->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (f->hosts[middle].host_id < host_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct findings_host *
findings_of(const struct findings *f, int64_t host_id)
{
	size_t at = place_of(f, host_id);

	return at < f->count && f->hosts[at].host_id == host_id ? &f->hosts[at]
								: NULL;
}

static struct findings_host *
host_of(struct findings *f, int64_t host_id)
{
	size_t at = place_of(f, host_id);

	if (at < f->count && f->hosts[at].host_id == host_id)
		return &f->hosts[at];
	if (f->count == f->capacity) {
		size_t capacity = f->capacity * 2 + 64;
		struct findings_host *more =
		    realloc(f->hosts, capacity * sizeof(*more));

		if (!more)
			return NULL;
		f->hosts = more;
		f->capacity = capacity;
	}
	memmove(&f->hosts[at + 1], &f->hosts[at],
	    (f->count - at) * sizeof(*f->hosts));
	f->count++;
	f->hosts[at] = (struct findings_host){
		.host_id = host_id, .judged_at = -1, .due = -1
	};
	return &f->hosts[at];
}

/* NULL also when the host has as many as it may. */
static struct finding *
add(struct findings_host *h)
{
	if (h->count == FINDINGS_OF_HOST_MOST)
		return NULL;
	if (h->count == h->capacity) {
		size_t capacity = h->capacity * 2 + 2;
		struct finding *more =
		    realloc(h->items, capacity * sizeof(*more));

		if (!more)
			return NULL;
		h->items = more;
		h->capacity = capacity;
	}
	h->items[h->count] = (struct finding){ .host_id = h->host_id,
		.opened_at = -1,
		.changed_at = -1,
		.seen_at = -1,
		.broken_at = -1,
		.mended_at = -1,
		.ack = { .at = -1, .until = -1 } };
	return &h->items[h->count++];
}

static struct finding *
find(const struct findings_host *h, int64_t id)
{
	for (size_t i = 0; i < h->count; i++) {
		if (h->items[i].id == id)
			return &h->items[i];
	}
	return NULL;
}

static void
drop(struct findings_host *h, struct finding *one)
{
	finding_done(one);
	*one = h->items[--h->count];
}

/* ---- news ---------------------------------------------------------------- */

static void
tell(struct findings_news *news, enum finding_event event,
    const struct finding *one, int64_t now)
{
	struct finding_news *n = calloc(1, sizeof(*n));

	if (!n || !finding_copy(&n->finding, one)) {
		free(n);
		news->lost = true;
		return;
	}
	n->event = event;
	n->at = now;
	if (news->last)
		news->last->next = n;
	else
		news->first = n;
	news->last = n;
}

void
findings_news_done(struct findings_news *news)
{
	while (news->first) {
		struct finding_news *n = news->first;

		news->first = n->next;
		finding_done(&n->finding);
		free(n);
	}
	*news = (struct findings_news){ .first = NULL };
}

void
findings_news_move(struct findings_news *to, struct findings_news *from)
{
	if (to->last)
		to->last->next = from->first;
	else
		to->first = from->first;
	if (from->last)
		to->last = from->last;
	to->lost |= from->lost;
	*from = (struct findings_news){ .first = NULL };
}

/* ---- hold-down ----------------------------------------------------------- */

/* One host that is being judged. */
struct taking {
	struct findings_host *host;
	int64_t now;
	struct findings_news *news;
	const struct judgements *judged;
	bool failed;
};

/* Is it over, for how long something must be so?  If not, the host is due
 * then. */
static bool
held(struct taking *t, const struct rule *rule, int64_t since)
{
	int64_t due = since + rule->hold_s;

	if (t->now >= due)
		return true;
	if (t->host->due < 0 || due < t->host->due)
		t->host->due = due;
	return false;
}

/* Says it anew; a finding that is open is told when that is something else. */
static void
say(struct taking *t, struct finding *one, const struct judgement *j)
{
	uint64_t before = one->digest;

	if (!finding_say(one, j, j->ruling)) {
		t->failed = true;
		return;
	}
	if (!one->open) {
		one->open = true;
		one->opened_at = one->changed_at = t->now;
		tell(t->news, FINDING_OPENED, one, t->now);
	} else if (one->digest != before) {
		one->changed_at = t->now;
		tell(t->news, FINDING_CHANGED, one, t->now);
	}
}

static void
take_one(struct taking *t, struct finding *one, const struct judgement *j)
{
	bool broken = j->ruling == RULING_BROKEN;

	one->judged = true;
	one->judged_at = t->now;
	one->mended_at = -1;
	if (one->seen_at < 0)
		one->seen_at = t->now;
	if (!broken)
		one->broken_at = -1;
	else if (one->broken_at < 0)
		one->broken_at = t->now;
	/* That it is worse must last; what is no longer sure, or only said in
	 * other words, is told at once. */
	if ((!one->open || one->ruling != RULING_BROKEN) &&
	    !held(t, j->rule, broken ? one->broken_at : one->seen_at))
		return;
	say(t, one, j);
}

static void
take_judgement(struct taking *t, const struct judgement *j)
{
	int64_t id = finding_id_of(j->rule->id, t->host->host_id, j->about);
	struct finding *one = find(t->host, id);

	/* What is told stays until it is known to be mended. */
	if (!finding_matters(j) &&
	    (!one || !one->open || j->ruling == RULING_HOLDS))
		return;
	if (!one) {
		one = add(t->host);
		if (!one)
			return;
		one->id = id;
		one->rule = j->rule;
		one->about = strdup(j->about);
		if (!one->about) {
			drop(t->host, one);
			t->failed = true;
			return;
		}
	}
	/* The first of several that are about the same is the one. */
	if (!one->judged)
		take_one(t, one, j);
}

/* Is its rule unable to tell, on the NIC that it is about? */
static bool
is_in_doubt(const struct taking *t, const struct finding *one)
{
	for (size_t i = 0; i < t->judged->count; i++) {
		const struct judgement *j = &t->judged->items[i];
		size_t length = strlen(j->nic);

		if (j->rule == one->rule && j->ruling == RULING_UNKNOWN &&
		    length > 0 && strncmp(one->about, j->nic, length) == 0 &&
		    (one->about[length] == ' ' || one->about[length] == '\0'))
			return true;
	}
	return false;
}

/* Of what no judgement was. */
static void
mend(struct taking *t)
{
	struct findings_host *h = t->host;

	for (size_t i = h->count; i-- > 0;) {
		struct finding *one = &h->items[i];

		/* Silence mends nothing: of a host that is not heard, of a
		 * switch that tells no more. */
		if (one->judged ||
		    (one->open && (t->judged->silent || is_in_doubt(t, one))))
			continue;
		if (one->open && one->mended_at < 0)
			one->mended_at = t->now;
		if (one->open && !held(t, one->rule, one->mended_at))
			continue;
		if (one->open)
			tell(t->news, FINDING_CLOSED, one, t->now);
		drop(h, one);
	}
}

enum status
findings_take(struct findings *f, int64_t host_id,
    const struct judgements *judged, int64_t now, struct findings_news *news)
{
	struct taking t = { .host = host_of(f, host_id),
		.now = now,
		.news = news,
		.judged = judged };

	if (!t.host || judged->arena.failed)
		return STATUS_NO_MEMORY;
	t.host->due = -1;
	for (size_t i = 0; i < t.host->count; i++)
		t.host->items[i].judged = false;
	for (size_t i = 0; i < judged->count; i++)
		take_judgement(&t, &judged->items[i]);
	if (!t.failed)
		mend(&t);
	f->judged += t.host->judged_at < 0;
	t.host->judged_at = now;
	return t.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- what was open before ------------------------------------------------ */

static const struct rule *
rule_of(const struct findings *f, const char *id)
{
	for (const struct rule *r = f->rules; r->id; r++) {
		if (strcmp(r->id, id) == 0)
			return r;
	}
	return NULL;
}

enum status
findings_restore(
    struct findings *f, const char *rule, struct finding *taken_finding)
{
	const struct rule *known = rule_of(f, rule);
	struct findings_host *h = host_of(f, taken_finding->host_id);
	struct finding *one = known && h ? add(h) : NULL;

	if (!one) {
		finding_done(taken_finding);
		return h ? STATUS_OK : STATUS_NO_MEMORY;
	}
	*one = *taken_finding;
	one->rule = known;
	one->open = true;
	one->seen_at = one->opened_at;
	one->broken_at = one->ruling == RULING_BROKEN ? one->opened_at : -1;
	one->mended_at = -1;
	return STATUS_OK;
}

/* ---- asking -------------------------------------------------------------- */

const struct finding *
findings_find(const struct findings *f, int64_t id)
{
	for (size_t i = 0; i < f->count; i++) {
		struct finding *one = find(&f->hosts[i], id);

		if (one)
			return one->open ? one : NULL;
	}
	return NULL;
}

enum status
findings_acknowledge(struct findings *f, int64_t id,
    const struct finding_ack *ack, struct findings_news *news)
{
	struct finding *one = NULL;

	for (size_t i = 0; i < f->count && !one; i++)
		one = find(&f->hosts[i], id);
	if (!one || !one->open)
		return STATUS_NOT_FOUND;
	if (!finding_acknowledge(one, ack))
		return STATUS_NO_MEMORY;
	tell(news, FINDING_ACKNOWLEDGED, one, ack->at);
	return STATUS_OK;
}

void
findings_visit(const struct findings *f,
    void (*visit)(void *context, const struct finding *one), void *context)
{
	for (size_t i = 0; i < f->count; i++) {
		const struct findings_host *h = &f->hosts[i];

		for (size_t k = 0; k < h->count; k++) {
			if (h->items[k].open)
				visit(context, &h->items[k]);
		}
	}
}

const char *
finding_event_word(enum finding_event event)
{
	static const char *const words[] = {
		[FINDING_OPENED] = "opened",
		[FINDING_CHANGED] = "changed",
		[FINDING_CLOSED] = "closed",
		[FINDING_ACKNOWLEDGED] = "acknowledged",
	};

	return words[event];
}

/* ---- life ---------------------------------------------------------------- */

void
findings_init(struct findings *f, const struct rule *rules)
{
	*f = (struct findings){ .rules = rules };
}

void
findings_done(struct findings *f)
{
	for (size_t i = 0; i < f->count; i++) {
		struct findings_host *h = &f->hosts[i];

		for (size_t k = 0; k < h->count; k++)
			finding_done(&h->items[k]);
		free(h->items);
	}
	free(f->hosts);
	findings_init(f, f->rules);
}
