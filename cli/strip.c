#include "cli/strip.h"

#include <string.h>

#include "cli/width.h"
#include "cli/words.h"

enum {
	BOXES_MOST = 12, /* a chain in one host is rarely longer than 5 */
	NAME_SIZE = 64,
	JOINT = 5, /* " ─── " between two boxes */
	LINE = 9   /* "──╎──" with blanks around */
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

static void
collect(struct chain *chain, const struct json_value *leg)
{
	const struct json_value *neighbor = json_get(leg, "neighbor");
	const char *state = json_get_string(neighbor, "state");
	const char *verdict = json_get_string(neighbor, "verdict");

	*chain = (struct chain){ .certain = state && verdict &&
					    strcmp(state, "current") == 0 &&
					    strcmp(verdict, "yes") == 0 };
	add_box(chain, TONE_SYSTEMS, "host",
	    json_get_string(json_get(leg, "host"), "name"));
	for (const struct json_value *l = json_first(json_get(leg, "chain"));
	     l && chain->count < BOXES_MOST - 3; l = json_next(l)) {
		const char *kind = json_get_string(l, "kind");

		add_box(chain, tone_of(kind), words_kind(kind),
		    json_get_string(l, "name"));
	}
	add_box(chain, TONE_SYSTEMS, "NIC",
	    json_get_string(json_get(leg, "nic"), "name"));
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

static void
draw_row(struct page *page, const struct chain *chain, bool names)
{
	const char *solid = names ? "─" : NULL;
	const char *last = names ? chain->certain ? "─" : "┄" : NULL;

	buffer_text(page->out, "  ");
	for (size_t i = 0; i < chain->count; i++) {
		const struct box *box = &chain->boxes[i];
		const char *text = names ? box->name : box->kind;
		int rest = box->width - width_of(text);

		if (box->past_line) {
			page_say(page, TONE_PROBLEM, "╎");
			draw_joint(page, last, LINE / 2);
		}
		page_say(page, names ? box->tone : TONE_QUIET, "%s", text);
		if (i + 1 == chain->count)
			break;
		if (chain->boxes[i + 1].past_line)
			draw_joint(page, last, rest + LINE / 2);
		else
			draw_joint(page, solid, rest + JOINT);
	}
	buffer_char(page->out, '\n');
}

/* Columns before the line, and the whole width. */
static int
measure(const struct chain *chain, int *out_line)
{
	int columns = 2;

	for (size_t i = 0; i < chain->count; i++) {
		if (chain->boxes[i].past_line) {
			*out_line = columns + LINE / 2;
			columns += LINE;
		} else if (i > 0) {
			columns += JOINT;
		}
		columns += chain->boxes[i].width;
	}
	return columns;
}

static void
draw_across(struct page *page, const struct chain *chain, int line)
{
	repeat(page, " ", line - (int)strlen("demarc") / 2);
	page_say(page, TONE_PROBLEM, "demarc");
	buffer_char(page->out, '\n');
	draw_row(page, chain, false);
	draw_row(page, chain, true);
	repeat(page, " ", line - (int)strlen("systems "));
	page_say(page, TONE_PROBLEM, "systems ╎ network");
	buffer_char(page->out, '\n');
}

static void
draw_down(struct page *page, const struct chain *chain)
{
	for (size_t i = 0; i < chain->count; i++) {
		const struct box *box = &chain->boxes[i];

		if (box->past_line)
			page_say(page, TONE_PROBLEM,
			    "  ╌╌╌╌╌╌╌╌ systems, demarc, network ╌╌╌╌╌╌╌╌\n");
		page_say(page, TONE_QUIET, "  %s", box->kind);
		repeat(page, " ", 14 - width_of(box->kind));
		page_say(page, box->tone, "%s", box->name);
		buffer_char(page->out, '\n');
	}
}

void
strip_draw(struct page *page, const struct json_value *leg)
{
	struct chain chain;
	int line = 0, columns;

	collect(&chain, leg);
	columns = measure(&chain, &line);
	if (columns <= page->columns)
		draw_across(page, &chain, line);
	else
		draw_down(page, &chain);
}
