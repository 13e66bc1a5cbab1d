#include "cli/strip.h"

#include <stdio.h>
#include <string.h>

#include "cli/hops.h"
#include "cli/width.h"
#include "cli/words.h"

enum {
	BOXES_MOST = 20, /* 8 virtual switches, and what is around them */
	NAME_SIZE = 64,
	JOINT = 5, /* " ─── " between two boxes */
	JOINT_SHORT = 3,
	LINE = 9, /* "──╎──" with blanks around */
	ROWS_LEAST = NAME_SIZE / 2 + 8 /* the widest box and its cables */
};

struct box {
	char kind[NAME_SIZE], name[NAME_SIZE];
	enum tone tone;
	int width;
	bool past_line; /* the first box of the network's side */
};

struct chain {
	struct box boxes[BOXES_MOST];
	size_t count;
	bool certain; /* heard of late: the cable is drawn solid */
	int joint;
};

static void
copy_clean(char out[static NAME_SIZE], const char *text)
{
	struct buffer clean;

	buffer_init(&clean, PAGE_TEXT_SIZE + NAME_SIZE);
	page_clean(&clean, text);
	text = buffer_string(&clean);
	clean.size = width_fit(text, NAME_SIZE / 2);
	if (clean.size >= NAME_SIZE)
		clean.size = 0;
	memcpy(out, text, clean.size);
	out[clean.size] = '\0';
	buffer_done(&clean);
}

static struct box *
add_box(struct chain *chain, enum tone tone, const char *kind, const char *name)
{
	struct box *box = &chain->boxes[chain->count];
	int kind_width, name_width;

	if (chain->count == BOXES_MOST)
		return &chain->boxes[BOXES_MOST - 1];
	chain->count++;
	*box = (struct box){ .tone = tone };
	copy_clean(box->kind, kind);
	copy_clean(box->name, name ? name : "unnamed");
	kind_width = width_of(box->kind);
	name_width = width_of(box->name);
	box->width = kind_width > name_width ? kind_width : name_width;
	return box;
}

/* A switch in the host belongs to the network's colour, as on the page. */
static enum tone
tone_of(const char *kind)
{
	bool is_switch = kind && (strcmp(kind, "bridge") == 0 ||
				     strcmp(kind, "openvswitch") == 0);

	return is_switch ? TONE_NETWORK : TONE_SYSTEMS;
}

/* A hop that the path has; one that nobody tells is called unknown. */
static void
add_hop(struct chain *chain, enum tone tone, const char *kind,
    const struct json_value *hop)
{
	if (json_get_string(hop, "unknown"))
		add_box(chain, TONE_QUIET, kind, "unknown");
	else if (json_is_object(hop))
		add_box(chain, tone, kind, json_get_string(hop, "name"));
}

/* The kernel's links above the NIC; all, or only the bond below a VLAN. */
static void
add_links(struct chain *chain, const struct json_value *leg, const char *only)
{
	for (const struct json_value *l = json_first(json_get(leg, "chain"));
	     l && chain->count < BOXES_MOST - 4; l = json_next(l)) {
		const char *kind = json_get_string(l, "kind");

		if (only && !(kind && strcmp(kind, only) == 0))
			continue;
		add_box(chain, tone_of(kind), words_kind(kind),
		    json_get_string(l, "name"));
	}
}

/* A plain NIC as uplink is the NIC that follows. */
static void
add_uplink(struct chain *chain, const struct json_value *leg)
{
	const struct json_value *uplink = json_get(leg, "uplink");
	const char *kind = json_get_string(uplink, "kind");

	if (kind && strcmp(kind, "nic") == 0)
		return;
	add_hop(
	    chain, TONE_SYSTEMS, kind ? words_kind(kind) : "uplink", uplink);
	if (kind && strcmp(kind, "vlan") == 0)
		add_links(chain, leg, "bond");
}

/* "VM", "VM, off" */
static void
add_workload(struct chain *chain, const struct json_value *workload)
{
	const char *state = json_get_string(workload, "state");
	bool rests = state && strcmp(state, "running") != 0 &&
		     strcmp(state, "unknown") != 0;
	char kind[NAME_SIZE];

	(void)snprintf(kind, sizeof(kind), "%.20s%s%.20s",
	    words_kind(json_get_string(workload, "kind")), rests ? ", " : "",
	    rests ? state : "");
	add_hop(chain, TONE_SYSTEMS, kind, workload);
}

static void
add_inside(struct chain *chain, const struct json_value *leg)
{
	const struct json_value *workload = json_get(leg, "workload");
	const struct json_value *s = json_first(json_get(leg, "vswitch"));

	if (!json_is_object(workload) &&
	    !json_is_object(json_get(leg, "port_group")))
		add_hop(chain, TONE_SYSTEMS, "host", json_get(leg, "host"));
	add_workload(chain, workload);
	add_hop(chain, TONE_SYSTEMS, "vNIC", json_get(leg, "vnic"));
	add_hop(chain, TONE_NETWORK, "port group", json_get(leg, "port_group"));
	for (; s && chain->count < BOXES_MOST - 6; s = json_next(s))
		add_hop(chain, TONE_NETWORK, "vSwitch", s);
	add_uplink(chain, leg);
}

static void
add_nic(struct chain *chain, const struct json_value *leg)
{
	const char *state = hops_member_state(leg);
	char kind[NAME_SIZE] = "NIC";

	/* The hop before has said why there is none. */
	if (hops_gap(leg))
		return;
	if (state)
		(void)snprintf(kind, sizeof(kind), "NIC, %.40s", state);
	add_box(chain, TONE_SYSTEMS, kind,
	    json_get_string(json_get(leg, "nic"), "name"));
}

static void
collect(struct chain *chain, const struct json_value *leg)
{
	const struct json_value *neighbor = json_get(leg, "neighbor");
	const char *state = json_get_string(neighbor, "state");
	const char *verdict = json_get_string(neighbor, "verdict");

	*chain = (struct chain){ .joint = JOINT,
		.certain = state && verdict && strcmp(state, "current") == 0 &&
			   strcmp(verdict, "yes") == 0 };
	if (hops_are_told(leg)) {
		add_inside(chain, leg);
	} else {
		add_hop(chain, TONE_SYSTEMS, "host", json_get(leg, "host"));
		add_links(chain, leg, NULL);
	}
	add_nic(chain, leg);
	if (!json_is_object(neighbor) || words_is_undecided(neighbor)) {
		add_box(chain, TONE_QUIET, "port", "unknown")->past_line = true;
		return;
	}
	add_box(chain, TONE_NETWORK, "port",
	    words_short_name(json_get(neighbor, "port")))
	    ->past_line = true;
	add_box(chain, TONE_NETWORK, "switch",
	    words_short_name(json_get(neighbor, "switch")));
}

static void
repeat(struct page *page, const char *text, int times)
{
	for (; times > 0; times--)
		buffer_text(page->out, text);
}

/* Blanks, or a cable over the same columns with a blank at each end. */
static void
draw_joint(struct page *page, const char *cable, int columns)
{
	if (!cable) {
		repeat(page, " ", columns);
		return;
	}
	buffer_char(page->out, ' ');
	repeat(page, cable, columns - 2);
	buffer_char(page->out, ' ');
}

/* The boxes from 'first' on, up to 'end'. */
struct part {
	size_t first, end;
};

static void
draw_row(
    struct page *page, const struct chain *chain, struct part part, bool names)
{
	const char *solid = names ? "─" : NULL;
	const char *last = names ? chain->certain ? "─" : "┄" : NULL;

	for (size_t i = part.first; i < part.end; i++) {
		const struct box *box = &chain->boxes[i];
		const char *text = names ? box->name : box->kind;
		int rest = box->width - width_of(text);

		if (box->past_line && i > part.first) {
			page_say(page, TONE_PROBLEM, "╎");
			draw_joint(page, last, LINE / 2);
		}
		page_say(page, names ? box->tone : TONE_QUIET, "%s", text);
		if (i + 1 == part.end)
			break;
		if (chain->boxes[i + 1].past_line)
			draw_joint(page, last, rest + LINE / 2);
		else
			draw_joint(page, solid, rest + chain->joint);
	}
}

/* The place of the first box past the line. */
static size_t
line_place(const struct chain *chain)
{
	size_t at = 0;

	while (at < chain->count && !chain->boxes[at].past_line)
		at++;
	return at;
}

/* Columns of a part, and those before the line. */
static int
measure(const struct chain *chain, struct part part, int *out_line)
{
	int columns = 2;

	for (size_t i = part.first; i < part.end; i++) {
		if (chain->boxes[i].past_line && i > part.first) {
			*out_line = columns + LINE / 2;
			columns += LINE;
		} else if (i > part.first) {
			columns += chain->joint;
		}
		columns += chain->boxes[i].width;
	}
	return columns;
}

static void
draw_both_rows(struct page *page, const struct chain *chain, struct part part)
{
	buffer_text(page->out, "  ");
	draw_row(page, chain, part, false);
	buffer_text(page->out, "\n  ");
	draw_row(page, chain, part, true);
}

static void
draw_across(struct page *page, const struct chain *chain, int line)
{
	repeat(page, " ", line - (int)strlen("demarc") / 2);
	page_say(page, TONE_PROBLEM, "demarc");
	buffer_char(page->out, '\n');
	draw_both_rows(page, chain, (struct part){ 0, chain->count });
	buffer_char(page->out, '\n');
	repeat(page, " ", line - (int)strlen("systems "));
	page_say(page, TONE_PROBLEM, "systems ╎ network");
	buffer_char(page->out, '\n');
}

static const char line_across[] = "╌╌╌╌╌╌╌╌ systems, demarc, network ╌╌╌╌╌╌╌╌";

/* The longest row from 'first' on that fits, on one side of the line. */
static struct part
next_row(const struct chain *chain, size_t first, size_t line, int columns)
{
	struct part part = { first, first + 1 };
	size_t most = first < line ? line : chain->count;

	while (part.end < most) {
		int unused;

		part.end++;
		if (measure(chain, part, &unused) > columns) {
			part.end--;
			break;
		}
	}
	return part;
}

/* The systems team's side above the line, the network team's below, each in as
 * many rows as it needs. */
static void
draw_in_rows(
    struct page *page, const struct chain *chain, size_t line, int columns)
{
	const char *cable = chain->certain ? "─" : "┄";
	struct part part = { .end = 0 };

	while (part.end < chain->count) {
		part = next_row(chain, part.end, line, columns);
		if (part.first == line)
			page_say(page, TONE_PROBLEM, "  %s\n", line_across);
		repeat(page, " ", part.first == 0 ? 2 : 4);
		draw_row(page, chain, part, false);
		buffer_printf(page->out, "\n  %s%s",
		    part.first == 0      ? ""
		    : part.first == line ? cable
					 : "─",
		    part.first == 0 ? "" : " ");
		draw_row(page, chain, part, true);
		if (part.end < chain->count)
			buffer_printf(
			    page->out, " %s", part.end == line ? cable : "─");
		buffer_char(page->out, '\n');
	}
}

static void
draw_down(struct page *page, const struct chain *chain)
{
	for (size_t i = 0; i < chain->count; i++) {
		const struct box *box = &chain->boxes[i];

		if (box->past_line)
			page_say(page, TONE_PROBLEM, "  %s\n", line_across);
		page_say(page, TONE_QUIET, "  %s", box->kind);
		repeat(page, " ", 14 - width_of(box->kind));
		page_say(page, box->tone, "%s", box->name);
		buffer_char(page->out, '\n');
	}
}

/* The longest joints with which the part fits; 0: none do. */
static int
fitting_joint(struct chain *chain, struct part part, int columns)
{
	static const int joints[] = { JOINT, JOINT_SHORT };
	int line;

	for (size_t i = 0; i < sizeof(joints) / sizeof(joints[0]); i++) {
		chain->joint = joints[i];
		if (measure(chain, part, &line) <= columns)
			return joints[i];
	}
	return 0;
}

void
strip_draw(struct page *page, const struct json_value *leg)
{
	struct chain chain;
	struct part all = { .first = 0 }, ours = { .first = 0 };
	int line = 0;

	collect(&chain, leg);
	all.end = chain.count;
	ours.end = line_place(&chain);
	if (fitting_joint(&chain, all, page->columns)) {
		(void)measure(&chain, all, &line);
		draw_across(page, &chain, line);
	} else if (page->columns >= ROWS_LEAST) {
		(void)fitting_joint(&chain, ours, page->columns - 4);
		draw_in_rows(page, &chain, ours.end, page->columns - 4);
	} else {
		draw_down(page, &chain);
	}
}
