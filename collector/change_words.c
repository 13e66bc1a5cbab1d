#include "collector/change_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "base/text.h"
#include "collector/change_cable.h"
#include "collector/change_facts.h"
#include "collector/index.h"

/* All that changed in one host. */
struct wording {
	struct change_list *out;
	const char *host_name;
	struct index vnics; /* names that a vNIC has, then or now */
	struct arena arena;
};

/* The facts of one pair, read. */
struct facts_pair {
	struct json_value *was, *is;
	const struct change_claim *claim; /* either */
};

/* ---- pairs -----------------------------------------------------------------
 */

static int
compare_claims(const struct change_claim *a, const struct change_claim *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return strcmp(a->key, b->key);
}

static int
compare_places(const void *a, const void *b)
{
	const struct change_claim *const *p = a, *const *q = b;

	return compare_claims(*p, *q);
}

/* The claims in the order of kind and key; NULL: no memory. */
static const struct change_claim **
in_order(struct change_claims claims)
{
	const struct change_claim **list =
	    calloc(claims.count + 1, sizeof(*list));

	for (size_t i = 0; list && i < claims.count; i++)
		list[i] = &claims.items[i];
	if (list && claims.count > 0)
		qsort(list, claims.count, sizeof(*list), compare_places);
	return list;
}

enum status
change_pairs(struct change_claims was, struct change_claims is,
    struct change_pair **out_pairs, size_t *out_count)
{
	const struct change_claim **a = in_order(was);
	const struct change_claim **b = in_order(is);
	struct change_pair *pairs =
	    calloc(was.count + is.count + 1, sizeof(*pairs));
	size_t i = 0, k = 0, count = 0;

	while (a && b && pairs && (a[i] || b[k])) {
		int order = !a[i] ? 1 : !b[k] ? -1 : compare_claims(a[i], b[k]);

		pairs[count++] = (struct change_pair){
			.was = order <= 0 ? a[i] : NULL,
			.is = order >= 0 ? b[k] : NULL,
		};
		i += order <= 0;
		k += order >= 0;
	}
	free(a);
	free(b);
	if (!a || !b || !pairs) {
		free(pairs);
		return STATUS_NO_MEMORY;
	}
	*out_pairs = pairs;
	*out_count = count;
	return STATUS_OK;
}

/* ---- things ----------------------------------------------------------------
 */

static const char *
text_of(const struct json_value *v, const char *name)
{
	const char *text = json_get_string(v, name);

	return text ? text : "";
}

/* "hv1 ens1f0" of what is a port of the host, "br0 on hv1" of what is in it. */
static void
name_thing(const struct wording *w, const struct facts_pair *p,
    char out[static CHANGE_NAME_SIZE])
{
	const struct json_value *v = p->is ? p->is : p->was;
	const char *name = text_of(v, "name");

	switch (p->claim->kind) {
	case CLAIM_NIC:
	case CLAIM_LINK:
		(void)snprintf(
		    out, CHANGE_NAME_SIZE, "%.100s %.100s", w->host_name, name);
		break;
	case CLAIM_PORT_GROUP:
		(void)snprintf(out, CHANGE_NAME_SIZE,
		    "port group %.90s on %.90s of %.90s", name,
		    text_of(v, "vswitch"), w->host_name);
		break;
	default:
		(void)snprintf(out, CHANGE_NAME_SIZE, "%.100s on %.100s",
		    name[0] ? name : text_of(v, "id"), w->host_name);
	}
}

static const char *
thing_of(const struct facts_pair *p)
{
	const struct json_value *v = p->is ? p->is : p->was;
	const char *name = text_of(v, "name");

	return name[0] ? name : text_of(v, "id");
}

/* ", vNIC vnet4 on br0 tag 140" for each. */
static void
list_vnics(const struct json_value *workload, struct buffer *out)
{
	const struct json_value *v = json_get(workload, "vnics");

	for (v = json_first(v); v; v = json_next(v)) {
		char place[CHANGE_VALUE_SIZE];

		change_place(v, place);
		buffer_printf(out, ", vNIC %s%s%s", text_of(v, "name"),
		    place[0] ? " on " : "", place);
	}
}

static bool
is_machine(const struct json_value *v)
{
	return strcmp(text_of(v, "kind"), "kernel_port") != 0;
}

/* "web-01 started on hv3, vNIC vnet4 on br0 tag 140" */
static void
say_workload_began(
    struct wording *w, const struct facts_pair *p, const struct change *c)
{
	const char *state = text_of(p->is, "state");
	bool runs = is_machine(p->is) &&
		    (state[0] == '\0' || strcmp(state, "running") == 0);
	struct buffer vnics;

	buffer_init(&vnics, CHANGE_TEXT_MOST);
	list_vnics(p->is, &vnics);
	change_add(w->out, c, "%s%s %s on %s%s%s%s",
	    is_machine(p->is) ? "" : "kernel port ", c->thing,
	    runs ? "started" : "appeared", w->host_name,
	    runs || state[0] == '\0' ? "" : ", ", runs ? "" : state,
	    buffer_string(&vnics));
	buffer_done(&vnics);
}

static void
say_began(struct wording *w, const struct facts_pair *p, bool began)
{
	char name[CHANGE_NAME_SIZE];
	struct change c = { .what = began ? CHANGE_BEGAN : CHANGE_ENDED,
		.kind = claim_kind_name(p->claim->kind),
		.thing = thing_of(p) };

	*(began ? &c.is : &c.was) = c.thing;
	name_thing(w, p, name);
	if (began && p->claim->kind == CLAIM_WORKLOAD)
		say_workload_began(w, p, &c);
	else if (p->claim->kind == CLAIM_WORKLOAD)
		change_add(w->out, &c, "%s%s is gone from %s",
		    is_machine(p->was) ? "" : "kernel port ", c.thing,
		    w->host_name);
	else
		change_add(
		    w->out, &c, "%s %s", name, began ? "appeared" : "is gone");
}

static void
say_state(struct wording *w, const struct facts_pair *p, const char *was,
    const char *is)
{
	char name[CHANGE_NAME_SIZE];
	struct change c = { .what = CHANGE_CHANGED,
		.kind = "workload",
		.thing = thing_of(p),
		.member = "state",
		.was = was[0] ? was : NULL,
		.is = is[0] ? is : NULL };

	name_thing(w, p, name);
	if (strcmp(is, "running") == 0 && strcmp(was, "off") == 0)
		change_add(
		    w->out, &c, "%s started on %s", c.thing, w->host_name);
	else if (strcmp(is, "off") == 0)
		change_add(w->out, &c, "%s was switched off", name);
	else
		change_add(w->out, &c, "%s is %s now, was %s", name,
		    is[0] ? is : "unknown", was[0] ? was : "unknown");
}

static const struct change_rule *
rules_of(enum claim_kind kind)
{
	switch (kind) {
	case CLAIM_NIC:
		return change_nic_rules;
	case CLAIM_LINK:
		return change_link_rules;
	case CLAIM_VSWITCH:
		return change_vswitch_rules;
	case CLAIM_PORT_GROUP:
		return change_port_group_rules;
	case CLAIM_WORKLOAD:
		return change_workload_rules;
	case CLAIM_HOST:
	case CLAIM_NEIGHBOR:
	case CLAIM_HEARD_VLAN:
		break;
	}
	return NULL;
}

static void
say_changed(struct wording *w, const struct facts_pair *p)
{
	enum claim_kind kind = p->claim->kind;
	const char *was = text_of(p->was, "state");
	const char *is = text_of(p->is, "state");
	char name[CHANGE_NAME_SIZE];
	struct change_subject s = { w->out, claim_kind_name(kind), thing_of(p),
		name, "", "" };

	name_thing(w, p, name);
	if (kind == CLAIM_WORKLOAD && strcmp(was, is) != 0)
		say_state(w, p, was, is);
	change_facts(&s, rules_of(kind), p->was, p->is);
}

/* ---- hosts -----------------------------------------------------------------
 */

/* "hv9 reported for the first time: 4 NICs, 3 VMs and the like" */
static void
say_host_began(struct wording *w, const struct change_pair *pairs, size_t count)
{
	size_t nics = 0, workloads = 0;

	for (size_t i = 0; i < count; i++) {
		nics += pairs[i].is && pairs[i].is->kind == CLAIM_NIC;
		workloads += pairs[i].is && pairs[i].is->kind == CLAIM_WORKLOAD;
	}
	change_add(w->out,
	    &(struct change){
		.what = CHANGE_BEGAN, .kind = "host", .is = w->host_name },
	    "%s reported for the first time: %zu NIC%s, %zu workload%s",
	    w->host_name, nics, nics == 1 ? "" : "s", workloads,
	    workloads == 1 ? "" : "s");
}

static void
say_host_changed(struct wording *w, const struct facts_pair *p)
{
	struct change_subject s = { w->out, "host", "", w->host_name, "", "" };

	change_facts(&s, change_host_rules, json_get(p->was, "host"),
	    json_get(p->is, "host"));
	s.path = "agent.";
	change_facts(&s, change_host_rules, json_get(p->was, "agent"),
	    json_get(p->is, "agent"));
}

/* ---- all -------------------------------------------------------------------
 */

static bool
read_facts(const struct change_claim *c, struct json_value **out)
{
	*out = c ? json_parse_own(c->facts) : NULL;
	return !c || *out;
}

/* A NIC that was removed is reported on, for what was heard on it. */
static void
forget_removed(struct json_value **v)
{
	if (!json_get(*v, "removed_at"))
		return;
	json_free(*v);
	*v = NULL;
}

/* A tap appears with its vNIC: that is told once. */
static bool
is_told_as_vnic(const struct wording *w, const struct facts_pair *p)
{
	return p->claim->kind == CLAIM_LINK &&
	       index_find(&w->vnics, p->claim->key) != INDEX_NONE;
}

static void
say_pair(struct wording *w, const struct change_pair *pair)
{
	struct facts_pair p = { .claim = pair->is ? pair->is : pair->was };
	enum claim_kind kind = p.claim->kind;

	/* These are told by NIC. */
	if (kind == CLAIM_NEIGHBOR || kind == CLAIM_HEARD_VLAN ||
	    change_is_none(pair))
		return;
	if (!read_facts(pair->was, &p.was) || !read_facts(pair->is, &p.is))
		w->out->left_out++;
	forget_removed(&p.was);
	forget_removed(&p.is);
	if (!p.was && !p.is)
		return;
	if (kind == CLAIM_HOST)
		say_host_changed(w, &p);
	else if (p.was && p.is)
		say_changed(w, &p);
	else if (!is_told_as_vnic(w, &p))
		say_began(w, &p, p.is != NULL);
	json_free(p.was);
	json_free(p.is);
}

static void
note_vnics(struct wording *w, const struct change_claim *c)
{
	struct json_value *v CLEANUP(json_cleanup) = NULL;
	const struct json_value *list;

	if (!c || c->kind != CLAIM_WORKLOAD || !read_facts(c, &v))
		return;
	list = json_first(json_get(v, "vnics"));
	for (; list; list = json_next(list)) {
		const char *name =
		    arena_text(&w->arena, json_get_string(list, "name"));

		if (name)
			(void)index_add(&w->vnics, name, 0);
	}
}

void
change_words(struct change_list *out, const char *host_name,
    const struct change_pair *pairs, size_t count)
{
	struct wording w = { .out = out, .host_name = host_name };
	bool is_new = count > 0 && !pairs[0].was && pairs[0].is &&
		      pairs[0].is->kind == CLAIM_HOST;

	if (is_new) {
		say_host_began(&w, pairs, count);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (change_is_none(&pairs[i]))
			continue;
		note_vnics(&w, pairs[i].was);
		note_vnics(&w, pairs[i].is);
	}
	change_cables(out, host_name, pairs, count);
	for (size_t i = 0; i < count; i++)
		say_pair(&w, &pairs[i]);
	change_heard_vlans(out, host_name, pairs, count);
	index_done(&w.vnics);
	arena_done(&w.arena);
}
