#include "cli/host_inside.h"

#include <string.h>

#include "cli/parts.h"
#include "cli/words.h"

enum {
	NAMED_MOST = 24, /* of a port group; a host is no list of VMs */
	INDENT = 2
};

static const struct table_column vf_columns[] = {
	{ "VF OF", 8 },
	{ "VF", 3 },
	{ "MAC", 17 },
	{ "VLAN", 4 },
	{ "LINK", 4 },
	{ "TRUSTED", 3 },
};

/* ---- the NICs ---------------------------------------------------------- */

/* Adds "; " between what is said of one thing. */
static void
next_fact(struct buffer *out)
{
	buffer_text(out, out->size > 0 ? "; " : "");
}

/* Either those that hold now or those that do not. */
static void
list_heard(
    struct buffer *out, const struct json_value *heard, bool stale, int64_t now)
{
	const char *between = stale ? "heard VLANs " : "hears VLANs ";
	int64_t last = 0;

	for (heard = json_first(heard); heard; heard = json_next(heard)) {
		int64_t own = json_get_number(heard, "last_heard", 0);

		if (words_match(heard, "state", "stale") != stale)
			continue;
		if (*between != ',')
			next_fact(out);
		buffer_printf(out, "%s%lld", between,
		    (long long)json_get_number(heard, "id", 0));
		between = ", ";
		last = own > last ? own : last;
	}
	if (last != 0) {
		buffer_text(out, " (last ");
		words_ago(out, last, now);
		buffer_text(out, stale ? ", stale)" : ")");
	}
}

static void
list_nic(struct buffer *out, const struct json_value *nic, int64_t now)
{
	const char *port = json_get_string(nic, "port_name");
	const char *slot = json_get_string(nic, "slot");

	if (port) {
		buffer_text(out, "port ");
		page_clean(out, port);
	}
	if (slot) {
		next_fact(out);
		buffer_text(out, "slot ");
		page_clean(out, slot);
	}
	list_heard(out, json_get(nic, "heard_vlans"), false, now);
	list_heard(out, json_get(nic, "heard_vlans"), true, now);
}

/* The VFs of all NICs are one table; -1 is a VLAN that is not set. */
static void
add_vfs(struct table *table, const struct json_value *nic)
{
	for (const struct json_value *f = json_first(json_get(nic, "vfs")); f;
	     f = json_next(f)) {
		bool trusted = json_get_boolean(f, "trust", false);

		table_add(table, TONE_SYSTEMS, json_get_string(nic, "name"));
		table_say(table, TONE_SYSTEMS, "%lld",
		    (long long)json_get_number(f, "index", 0));
		table_add(table, TONE_PLAIN, json_get_string(f, "mac"));
		parts_number(table, json_get_number(f, "vlan", 0));
		table_add(table, TONE_PLAIN, json_get_string(f, "link"));
		table_add(table, TONE_PLAIN, trusted ? "yes" : NULL);
	}
}

void
host_inside_nics(struct page *page, const struct json_value *nics)
{
	const char *before = "\n";
	struct table vfs;

	table_init(&vfs, vf_columns, sizeof(vf_columns) / sizeof(*vf_columns));
	for (const struct json_value *n = json_first(nics); n;
	     n = json_next(n)) {
		size_t start = page->out->size;
		struct buffer text;

		buffer_init(&text, PARTS_TEXT_SIZE);
		list_nic(&text, n, page->now);
		add_vfs(&vfs, n);
		if (text.size > 0) {
			page_say(page, TONE_PLAIN, "%s  ", before);
			page_quote(
			    page, TONE_SYSTEMS, json_get_string(n, "name"));
			page_say(page, TONE_PLAIN, ": ");
			buffer_text(page->out, buffer_string(&text));
			page_say(page, TONE_PLAIN, "\n");
			page_wrap(page, start, 2 * INDENT);
			before = "";
		}
		buffer_done(&text);
	}
	if (vfs.cell_count > 0)
		page_say(page, TONE_PLAIN, "\n");
	table_write(&vfs, page, INDENT);
	table_done(&vfs);
}

/* ---- the virtual switches ---------------------------------------------- */

static void
list_members(struct buffer *out, const struct json_value *uplink)
{
	const struct json_value *m = json_first(json_get(uplink, "members"));
	const char *before = " (";

	for (; m; m = json_next(m)) {
		const char *state = json_get_string(m, "state");

		buffer_text(out, before);
		page_clean(out, json_get_string(m, "nic"));
		buffer_text(out, state ? " " : "");
		page_clean(out, state);
		before = ", ";
	}
	if (*before == ',')
		buffer_char(out, ')');
}

void
host_inside_uplinks(struct buffer *out, const struct json_value *uplinks)
{
	const char *between = "";

	for (const struct json_value *u = json_first(uplinks); u;
	     u = json_next(u)) {
		const struct json_value *m = json_first(json_get(u, "members"));
		bool alone = words_match(u, "kind", "nic");

		/* a plain NIC may have another name as uplink */
		buffer_text(out, between);
		page_clean(out, alone && m ? json_get_string(m, "nic")
					   : json_get_string(u, "name"));
		between = ", ";
		if (!alone)
			list_members(out, u);
	}
}

static void
list_switch(struct buffer *out, const struct json_value *s)
{
	bool alone = json_count(json_get(s, "uplinks")) == 0 &&
		     json_count(json_get(s, "patches")) == 0;
	const char *before = ", patched to ";

	page_clean(out, words_kind(json_get_string(s, "kind")));
	if (words_match(s, "datapath", "userspace"))
		buffer_text(out, " in userspace");
	if (json_count(json_get(s, "uplinks")) > 0) {
		buffer_text(out, ", over ");
		host_inside_uplinks(out, json_get(s, "uplinks"));
	}
	for (const struct json_value *p = json_first(json_get(s, "patches")); p;
	     p = json_next(p)) {
		const char *peer = json_get_string(p, "peer_vswitch");

		buffer_text(out, before);
		page_clean(out, peer ? peer : "a switch that is not told");
		before = ", ";
	}
	buffer_text(out, alone ? ", no uplink" : "");
}

static bool
same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Those whose vNIC is on this switch and in this group; NULL: not told. */
static unsigned
list_workloads(struct buffer *out, const struct json_value *workloads,
    const char *vswitch, const char *group)
{
	unsigned count = 0;

	for (const struct json_value *w = json_first(workloads); w;
	     w = json_next(w)) {
		const struct json_value *n = json_first(json_get(w, "vnics"));
		const char *name = json_get_string(w, "name");

		for (; n; n = json_next(n)) {
			if (!same(json_get_string(n, "vswitch"), vswitch) ||
			    !same(json_get_string(n, "port_group"), group))
				continue;
			if (++count > NAMED_MOST)
				continue;
			buffer_text(out, count > 1 ? ", " : "");
			page_clean(out, name ? name : json_get_string(w, "id"));
			if (!json_get_boolean(n, "connected", true))
				buffer_text(out, " (not connected)");
		}
	}
	if (count > NAMED_MOST)
		buffer_printf(out, " and %u more", count - NAMED_MOST);
	return count;
}

/* "    tag 10: web-01, db-01" */
static void
say_group(struct page *page, const struct json_value *group,
    const struct json_value *workloads)
{
	const char *name = json_get_string(group, "name");
	size_t start = page->out->size;
	struct buffer text;

	buffer_init(&text, PARTS_TEXT_SIZE);
	words_vlans(&text, group);
	page_say(page, TONE_PLAIN, "    ");
	page_quote(page, TONE_NETWORK, name);
	if (text.size > 0 && !same(name, buffer_string(&text)))
		page_say(page, TONE_QUIET, " (%s)", buffer_string(&text));
	buffer_clear(&text);
	if (list_workloads(&text, workloads, json_get_string(group, "vswitch"),
		name) > 0) {
		page_say(page, TONE_PLAIN, ": ");
		buffer_text(page->out, buffer_string(&text));
	}
	page_say(page, TONE_PLAIN, "\n");
	page_wrap(page, start, 3 * INDENT);
	buffer_done(&text);
}

/* Of 'vswitch'; NULL: of those that do not tell theirs. */
static void
say_ungrouped(
    struct page *page, const struct json_value *workloads, const char *vswitch)
{
	size_t start = page->out->size;
	struct buffer text;

	buffer_init(&text, PARTS_TEXT_SIZE);
	if (list_workloads(&text, workloads, vswitch, NULL) > 0) {
		page_say(page, TONE_QUIET,
		    vswitch ? "    port group not told: "
			    : "\n  virtual switch not told: ");
		buffer_text(page->out, buffer_string(&text));
		page_say(page, TONE_PLAIN, "\n");
		page_wrap(page, start, 3 * INDENT);
	}
	buffer_done(&text);
}

static void
say_switch(struct page *page, const struct json_value *s,
    const struct json_value *answer)
{
	const struct json_value *g =
	    json_first(json_get(answer, "port_groups"));
	const struct json_value *workloads = json_get(answer, "workloads");
	const char *name = json_get_string(s, "name");
	size_t start = page->out->size;
	struct buffer text;

	buffer_init(&text, PARTS_TEXT_SIZE);
	list_switch(&text, s);
	page_say(page, TONE_PLAIN, "\n  ");
	page_quote(page, TONE_NETWORK, name);
	page_say(page, TONE_PLAIN, "  ");
	buffer_text(page->out, buffer_string(&text));
	page_say(page, TONE_PLAIN, "\n");
	page_wrap(page, start, 2 * INDENT);
	buffer_done(&text);
	for (; g; g = json_next(g)) {
		if (same(json_get_string(g, "vswitch"), name))
			say_group(page, g, workloads);
	}
	if (name)
		say_ungrouped(page, workloads, name);
}

void
host_inside_switches(struct page *page, const struct json_value *answer)
{
	const struct json_value *s = json_first(json_get(answer, "vswitches"));

	for (; s; s = json_next(s))
		say_switch(page, s, answer);
	say_ungrouped(page, json_get(answer, "workloads"), NULL);
}
