#include "cli/hop_facts.h"

#include <string.h>

#include "cli/hops.h"
#include "cli/parts.h"
#include "cli/width.h"
#include "cli/words.h"

enum {
	HOPS_MOST = 16,  /* 8 virtual switches, and what is around them */
	KIND_WIDTH = 12, /* "port group", "kernel port" */
	NAME_MOST = 24,  /* a longer name moves its facts to the right */
	FACTS_SIZE = 2048
};

struct hop {
	const char *kind, *name;
	enum tone tone;
	const char *unknown; /* why nobody tells it; NULL: it is told */
	struct buffer facts;
};

struct list {
	struct hop hops[HOPS_MOST];
	size_t count;
};

static struct hop *
add_hop(struct list *list, enum tone tone, const char *kind,
    const struct json_value *hop)
{
	struct hop *h = &list->hops[list->count];

	if (!json_is_object(hop) || list->count == HOPS_MOST)
		return NULL;
	list->count++;
	*h = (struct hop){ .kind = kind,
		.name = json_get_string(hop, "name"),
		.tone = tone,
		.unknown = json_get_string(hop, "unknown") };
	buffer_init(&h->facts, FACTS_SIZE);
	return h;
}

/* Adds ", text" to the facts of a hop. */
static void
add_fact(struct hop *h, const char *before, const char *text)
{
	if (!text || *text == '\0')
		return;
	buffer_text(&h->facts, h->facts.size > 0 ? ", " : "");
	buffer_text(&h->facts, before);
	page_clean(&h->facts, text);
}

static void
add_number(struct hop *h, const char *before, int64_t number, const char *after)
{
	buffer_printf(&h->facts, "%s%s%lld%s", h->facts.size > 0 ? ", " : "",
	    before, (long long)number, after);
}

static void
add_workload(struct list *list, const struct json_value *leg)
{
	const struct json_value *w = json_get(leg, "workload");
	struct hop *h = add_hop(
	    list, TONE_SYSTEMS, words_kind(json_get_string(w, "kind")), w);

	if (!h)
		return;
	add_fact(h,
	    words_match(w, "state", "unknown") ? "state "
	    : hops_host_is_lost(leg)           ? "was "
					       : "",
	    json_get_string(w, "state"));
	if (json_get_string(w, "source"))
		add_fact(
		    h, "told by ", words_source(json_get_string(w, "source")));
}

static void
add_vnic(struct list *list, const struct json_value *n)
{
	struct hop *h = add_hop(list, TONE_SYSTEMS, "vNIC", n);
	int64_t vf = json_get_number(n, "vf", -1);

	if (!h)
		return;
	add_fact(h, "", json_get_string(n, "mac"));
	add_fact(h, "", json_get_string(n, "type"));
	add_fact(h, "mode ", json_get_string(n, "mode"));
	add_fact(h, "network ", json_get_string(n, "network"));
	if (vf >= 0)
		add_number(h, "VF ", vf, "");
	add_fact(h, "on ", json_get_string(n, "nic"));
	if (!json_get_boolean(n, "connected", true))
		add_fact(h, "", "not connected");
}

static void
add_group(struct list *list, const struct json_value *group)
{
	struct hop *h = add_hop(list, TONE_NETWORK, "port group", group);
	struct buffer team;

	if (!h)
		return;
	words_vlans(&h->facts, group);
	buffer_init(&team, PARTS_TEXT_SIZE);
	words_team(&team, json_get(group, "team"), false);
	add_fact(h, "", buffer_string(&team));
	buffer_done(&team);
}

static void
add_switches(struct list *list, const struct json_value *s)
{
	for (s = json_first(s); s; s = json_next(s)) {
		struct hop *h = add_hop(list, TONE_NETWORK, "vSwitch", s);

		if (!h)
			break;
		page_clean(&h->facts, words_kind(json_get_string(s, "kind")));
		add_fact(h, "", json_get_string(s, "uuid"));
	}
}

/* What the switch lets through is a fact of whatever it leaves by. */
static void
add_filter(struct hop *h, const struct json_value *uplink)
{
	int64_t untagged = json_get_number(uplink, "untagged", 0);

	add_fact(h, "lets through VLANs ", json_get_string(uplink, "carries"));
	if (untagged > 0)
		add_number(h, "untagged is VLAN ", untagged, "");
}

/* A plain NIC as uplink is the NIC that follows. */
static void
add_uplink(struct list *list, const struct json_value *leg)
{
	const struct json_value *u = json_get(leg, "uplink");
	const char *kind = json_get_string(u, "kind");
	struct hop *h;

	if (kind && strcmp(kind, "nic") == 0)
		return;
	h = add_hop(list, TONE_SYSTEMS, kind ? words_kind(kind) : "uplink", u);
	if (!h)
		return;
	words_uplink(&h->facts, u, hops_vswitch_kind(leg));
	add_filter(h, u);
}

static void
add_nic(struct list *list, const struct json_value *leg)
{
	const struct json_value *nic = json_get(leg, "nic");
	const struct json_value *uplink = json_get(leg, "uplink");
	const char *state = hops_member_state(leg);
	int64_t mbps = json_get_number(nic, "speed_mbps", 0);
	struct hop *h =
	    hops_gap(leg) ? NULL : add_hop(list, TONE_SYSTEMS, "NIC", nic);

	if (!h)
		return;
	add_fact(h, "", state);
	if (state && json_get_boolean(uplink, "by_port_group", false))
		buffer_text(&h->facts, " for this port group");
	add_fact(h, "", json_get_string(nic, "mac"));
	if (mbps > 0)
		add_number(h, "", mbps, " Mbit/s");
	add_fact(h, "", json_get_string(nic, "driver"));
	add_fact(h, "port ", json_get_string(nic, "port_name"));
	add_fact(h, "slot ", json_get_string(nic, "slot"));
	if (words_match(uplink, "kind", "nic"))
		add_filter(h, uplink);
}

static int
name_width(const struct list *list)
{
	int most = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct hop *h = &list->hops[i];
		int own = h->unknown ? (int)strlen("unknown")
			  : h->name  ? width_of(h->name)
				     : 0;

		most = own > most ? own : most;
	}
	return most < NAME_MOST ? most : NAME_MOST;
}

static void
say_hop(struct page *page, const struct hop *h, int names)
{
	size_t start = page->out->size;
	const char *name = h->unknown ? "unknown" : h->name ? h->name : "";
	int pad = names - width_of(name);

	page_say(page, TONE_QUIET, "  %-*s", KIND_WIDTH, h->kind);
	page_quote(page, h->unknown ? TONE_QUIET : h->tone, name);
	if (h->unknown || h->facts.size > 0)
		page_say(page, TONE_PLAIN, "%*s  ", pad > 0 ? pad : 0, "");
	if (h->unknown)
		page_quote(page, TONE_PROBLEM, h->unknown);
	else
		buffer_text(page->out, buffer_string(&h->facts));
	page_say(page, TONE_PLAIN, "\n");
	page_wrap(page, start, 2 + KIND_WIDTH + names + 2);
}

/* "  hv5: report 2 s ago", and what makes that doubtful. */
static void
say_teller(struct page *page, const struct json_value *host)
{
	struct buffer text;

	buffer_init(&text, PARTS_TEXT_SIZE);
	words_told(&text, host, page->now);
	page_say(page, TONE_QUIET, "  as of ");
	page_quote(page, TONE_SYSTEMS, json_get_string(host, "name"));
	page_say(page, TONE_QUIET, ": %s\n", buffer_string(&text));
	buffer_clear(&text);
	words_trouble(&text, host, page->now);
	if (text.size > 0)
		page_say(page, TONE_PROBLEM, "  %s\n", buffer_string(&text));
	buffer_done(&text);
}

/* Legs of one vNIC differ in their uplink alone. */
static bool
goes_on(const struct json_value *leg, const struct json_value *before)
{
	return before && hops_same(leg, before, "host", "id") &&
	       hops_same(leg, before, "host", "name") &&
	       hops_same(leg, before, "workload", "id") &&
	       hops_same(leg, before, "vnic", "name") &&
	       hops_same(leg, before, "port_group", "name") &&
	       json_is_object(json_get(leg, "port_group"));
}

void
hop_facts_say(struct page *page, const struct json_value *leg,
    const struct json_value *before)
{
	bool again = goes_on(leg, before);
	struct list list = { .count = 0 };
	int names;

	if (!again) {
		add_workload(&list, leg);
		add_vnic(&list, json_get(leg, "vnic"));
		add_group(&list, json_get(leg, "port_group"));
		add_switches(&list, json_get(leg, "vswitch"));
	}
	if (!again || !hops_same(leg, before, "uplink", "name"))
		add_uplink(&list, leg);
	add_nic(&list, leg);
	names = name_width(&list);
	page_say(page, TONE_PLAIN, "\n");
	for (size_t i = 0; i < list.count; i++) {
		say_hop(page, &list.hops[i], names);
		buffer_done(&list.hops[i].facts);
	}
	if (!again)
		say_teller(page, json_get(leg, "host"));
}
