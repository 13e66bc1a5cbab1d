#include "collector/change_cable.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "collector/change_facts.h"
#include "collector/facts.h"
#include "collector/portjoin.h"
#include "collector/said.h"
#include "collector/vlans.h"

enum { LABEL_SIZE = 160 };

/* One neighbor of one NIC, then and now. */
struct heard_pair {
	const struct change_pair *pair;
	const char *nic;
	const char *protocol;
	bool was, is, ended; /* it is current; it has ended */
	int64_t ended_at;
	const char *reason;
	char label[LABEL_SIZE]; /* "leaf1a Eth1/1" */
};

/* All of them on one NIC. */
struct nic_run {
	struct change_list *out;
	const char *host_name;
	struct heard_pair *items;
	size_t count;
};

/* ---- who is heard ----------------------------------------------------------
 */

static void
name_switch(const struct model_neighbor *n, char out[static SAID_NAME_SIZE])
{
	said_name(n, out);
	/* An address has dots, too: 10.0.0.1 stays whole. */
	if (strspn(out, "0123456789.") != strlen(out))
		out[strcspn(out, ".")] = '\0';
	if (out[0] == '\0')
		text_copy(out, SAID_NAME_SIZE,
		    n->chassis_id[0]         ? n->chassis_id
		    : n->addresses.count > 0 ? n->addresses.items[0]
		    : n->source_mac[0]       ? n->source_mac
					     : "(no name)");
}

static void
name_port(const struct model_neighbor *n, char out[static LABEL_SIZE])
{
	struct port_name name;

	if (portjoin_name(n, &name))
		text_copy(out, LABEL_SIZE, name.brief);
	else
		text_copy(out, LABEL_SIZE,
		    n->port_id[0] ? n->port_id : n->port_description);
}

static void
label(const struct model_neighbor *n, char out[static LABEL_SIZE])
{
	char device[SAID_NAME_SIZE], port[LABEL_SIZE];

	name_switch(n, device);
	name_port(n, port);
	(void)snprintf(
	    out, LABEL_SIZE, "%.90s%s%.60s", device, port[0] ? " " : "", port);
}

/* The NIC that a neighbor's key begins with; NULL: it is no such key. */
static const char *
nic_of(struct arena *a, const struct change_claim *c)
{
	struct json_value *key CLEANUP(json_cleanup) = json_parse_own(c->key);
	const char *name = json_string_of(json_first(key));

	return name ? arena_text(a, name) : NULL;
}

static bool
has_ended(const struct change_claim *c)
{
	return strstr(c->facts, "\"ended\":{") != NULL;
}

static void
read_said(
    struct arena *a, const struct change_claim *c, struct model_neighbor *out)
{
	facts_read_neighbor(a,
	    &(struct model_claim){
		.kind = c->kind, .key = c->key, .facts = c->facts },
	    out);
}

/* False: it is of no interest. */
static bool
read_pair(struct arena *a, const struct change_pair *p, struct heard_pair *out)
{
	const struct change_claim *c = p->is ? p->is : p->was, *ended = NULL;
	struct model_neighbor said;

	if (c->kind != CLAIM_NEIGHBOR)
		return false;
	*out = (struct heard_pair){ .pair = p,
		.was = p->was && !has_ended(p->was),
		.is = p->is && !has_ended(p->is) };
	if (p->is && !out->is)
		ended = p->is;
	else if (p->was && !out->was)
		ended = p->was;
	if (ended) {
		read_said(a, ended, &said);
		out->ended = true;
		out->ended_at = said.ended_at;
		out->reason = said.ended_reason;
	}
	read_said(a, c, &said);
	out->nic = nic_of(a, c);
	out->protocol = said.protocol;
	label(&said, out->label);
	return out->nic && !a->failed && !said.own;
}

static int
compare_nics(const void *a, const void *b)
{
	const struct heard_pair *p = a, *q = b;
	int order = port_compare(p->nic, q->nic);

	if (order == 0)
		order = strcmp(p->nic, q->nic);
	return order != 0 ? order : strcasecmp(p->label, q->label);
}

/* ---- one NIC ---------------------------------------------------------------
 */

/* Does any protocol name this port, then or now? */
static bool
is_heard(const struct nic_run *r, const char *name, bool now)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct heard_pair *h = &r->items[i];

		if ((now ? h->is : h->was) && text_same(h->label, name))
			return true;
	}
	return false;
}

/* The first port beyond place 'from' that was heard and is not, or is and was
 * not; once for all protocols. */
static const struct heard_pair *
next_port(const struct nic_run *r, bool came, size_t *from)
{
	while (*from < r->count) {
		const struct heard_pair *h = &r->items[(*from)++];
		bool first = *from < 2 || !text_same(h[-1].label, h->label);

		if (first && is_heard(r, h->label, came) &&
		    !is_heard(r, h->label, !came))
			return h;
	}
	return NULL;
}

/* What the NIC heard before it heard nothing; NULL: nobody knows. */
static const struct heard_pair *
find_former(const struct nic_run *r)
{
	const struct heard_pair *best = NULL;

	for (size_t i = 0; i < r->count; i++) {
		const struct heard_pair *h = &r->items[i];

		if (h->was)
			return NULL; /* it did hear somebody */
		if (h->ended && (!best || h->ended_at > best->ended_at))
			best = h;
	}
	return best;
}

static const char *
reason_words(const struct heard_pair *h)
{
	static const char *const words[][2] = {
		{ "expired", " (not heard any more)" },
		{ "goodbye", " (it said goodbye)" },
		{ "link_down", " (the link went down)" },
		{ "replaced", " (another took its place)" },
		{ "nic_removed", " (the NIC was removed)" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (h->ended && strcmp(h->reason, words[i][0]) == 0)
			return words[i][1];
	}
	return "";
}

static void
say_gone(const struct nic_run *r, const struct heard_pair *h)
{
	change_add(r->out,
	    &(struct change){ .what = CHANGE_ENDED,
		.kind = "neighbor",
		.thing = h->nic,
		.was = h->label },
	    "%s %s no longer hears %s%s", r->host_name, h->nic, h->label,
	    reason_words(h));
}

static void
say_come(const struct nic_run *r, const struct heard_pair *h,
    const struct heard_pair *former)
{
	struct change c = { .what = CHANGE_BEGAN,
		.kind = "neighbor",
		.thing = h->nic,
		.is = h->label };

	if (!former) {
		change_add(r->out, &c, "%s %s hears %s", r->host_name, h->nic,
		    h->label);
	} else if (text_same(former->label, h->label)) {
		change_add(r->out, &c, "%s %s hears %s again", r->host_name,
		    h->nic, h->label);
	} else {
		c.what = CHANGE_MOVED;
		c.was = former->label;
		change_add(r->out, &c, "%s %s moved from %s to %s",
		    r->host_name, h->nic, former->label, h->label);
	}
}

/* A port that is told by one protocol more or less is the same cable. */
static void
say_protocol(const struct nic_run *r, const struct heard_pair *h)
{
	char upper[16] = "";

	for (size_t i = 0; h->protocol[i] && i + 1 < sizeof(upper); i++)
		upper[i] = (char)(h->protocol[i] - 'a' + 'A');
	change_add(r->out,
	    &(struct change){ .what = h->is ? CHANGE_BEGAN : CHANGE_ENDED,
		.kind = "neighbor",
		.thing = h->nic,
		.member = h->protocol,
		.was = h->is ? NULL : h->label,
		.is = h->is ? h->label : NULL },
	    "%s %s %s %s by %s%s", r->host_name, h->nic,
	    h->is ? "hears" : "no longer hears", h->label, upper,
	    h->is ? ", too" : "");
}

static void
say_members(const struct nic_run *r, const struct heard_pair *h)
{
	struct json_value *was CLEANUP(json_cleanup) = NULL;
	struct json_value *is CLEANUP(json_cleanup) = NULL;
	const struct change_pair *p = h->pair;
	struct change_subject s = { r->out, "neighbor", h->nic, h->label, "",
		"" };

	if (change_is_none(p))
		return;
	was = json_parse_own(p->was->facts);
	is = json_parse_own(p->is->facts);
	if (was && is)
		change_facts(&s, change_neighbor_rules, was, is);
}

static void
say_nic(const struct nic_run *r)
{
	const struct heard_pair *former = find_former(r), *gone, *came;
	size_t from = 0, to = 0;

	do {
		gone = next_port(r, false, &from);
		came = next_port(r, true, &to);
		if (came)
			say_come(r, came, gone ? gone : former);
		else if (gone)
			say_gone(r, gone);
	} while (gone || came);
	for (size_t i = 0; i < r->count; i++) {
		const struct heard_pair *h = &r->items[i];

		if (h->was && h->is)
			say_members(r, h);
		else if (h->was != h->is && is_heard(r, h->label, true) &&
			 is_heard(r, h->label, false))
			say_protocol(r, h);
	}
}

static bool
is_any_changed(const struct change_pair *pairs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct change_claim *c =
		    pairs[i].is ? pairs[i].is : pairs[i].was;

		if (c->kind == CLAIM_NEIGHBOR && !change_is_none(&pairs[i]))
			return true;
	}
	return false;
}

void
change_cables(struct change_list *out, const char *host_name,
    const struct change_pair *pairs, size_t count)
{
	struct arena a = { .blocks = NULL };
	struct heard_pair *items;
	size_t used = 0;

	if (!is_any_changed(pairs, count))
		return;
	items = calloc(count + 1, sizeof(*items));
	for (size_t i = 0; items && i < count; i++)
		used += read_pair(&a, &pairs[i], &items[used]);
	if (used > 0)
		qsort(items, used, sizeof(*items), compare_nics);
	for (size_t i = 0, end; i < used; i = end) {
		end = i;
		while (end < used && strcmp(items[end].nic, items[i].nic) == 0)
			end++;
		say_nic(
		    &(struct nic_run){ out, host_name, &items[i], end - i });
	}
	if (!items || a.failed)
		out->arena.failed = true;
	free(items);
	arena_done(&a);
}

/* ---- VLANs that are heard --------------------------------------------------
 */

/* "ens1f0 140": where the number begins; NULL: it is no such key. */
static const char *
id_in(const char *key)
{
	const char *blank = strrchr(key, ' ');

	return blank && blank > key ? blank + 1 : NULL;
}

static bool
is_on(const struct change_pair *p, const char *nic, size_t length)
{
	const struct change_claim *c = p->is ? p->is : p->was;

	return c->kind == CLAIM_HEARD_VLAN &&
	       strncmp(c->key, nic, length) == 0 && c->key[length] == ' ';
}

static void
say_vlans(struct change_list *out, const char *host_name, const char *nic,
    const bool *set, bool began)
{
	char list[VLANS_LIST_SIZE];
	struct change c = { .what = began ? CHANGE_BEGAN : CHANGE_ENDED,
		.kind = "heard_vlan",
		.thing = nic };
	bool several;

	vlans_list(set, list);
	several = strchr(list, ' ') != NULL;
	*(began ? &c.is : &c.was) = list;
	if (list[0] != '\0')
		change_add(out, &c, "%s %s %s VLAN%s %s", host_name, nic,
		    began ? "hears" : "no longer hears", several ? "s" : "",
		    list);
}

/* The pairs of one NIC stand together, as their keys do; gives how many. */
static size_t
say_heard_on(struct change_list *out, const char *host_name,
    const struct change_pair *pairs, size_t count)
{
	const struct change_claim *c = pairs->is ? pairs->is : pairs->was;
	size_t length = (size_t)(id_in(c->key) - c->key) - 1, i;
	bool gone[VLAN_IDS] = { false }, come[VLAN_IDS] = { false };
	char nic[CHANGE_VALUE_SIZE];

	for (i = 0; i < count && is_on(&pairs[i], c->key, length); i++) {
		const struct change_claim *one =
		    pairs[i].is ? pairs[i].is : pairs[i].was;
		long id = strtol(one->key + length + 1, NULL, 10);

		if (id > 0 && id < VLAN_IDS && !(pairs[i].was && pairs[i].is))
			(pairs[i].is ? come : gone)[id] = true;
	}
	text_copy(nic, length < sizeof(nic) ? length + 1 : sizeof(nic), c->key);
	say_vlans(out, host_name, nic, gone, false);
	say_vlans(out, host_name, nic, come, true);
	return i;
}

void
change_heard_vlans(struct change_list *out, const char *host_name,
    const struct change_pair *pairs, size_t count)
{
	size_t i = 0;

	while (i < count) {
		const struct change_claim *c =
		    pairs[i].is ? pairs[i].is : pairs[i].was;

		if (c->kind == CLAIM_HEARD_VLAN && id_in(c->key))
			i += say_heard_on(out, host_name, &pairs[i], count - i);
		else
			i++;
	}
}
