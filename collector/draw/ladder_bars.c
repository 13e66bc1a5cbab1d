#include "collector/draw/ladder.h"

#include <string.h>

#include "collector/draw/fit.h"
#include "collector/draw/letters.h"
#include "collector/draw/put.h"

enum {
	NAME_X = 14,
	NAME_Y = 27,
	ABOUT_Y = 48,
	LABEL_MARGIN = 30,
	OUT_X = 60, /* the arrow out of the upper bar */
	OUT_H = 26,
	OUT_TEXT = 120,
	SIDE_Y = 20, /* the arrow out of the lower one */
	SIDE_TEXT = 56,
	PEER_X = 17, /* from the right end: the outer of two lines */
	PEER_GAP = 9,
	PEER_TEXT_X = 12,
	PEER_TEXT_W = 40,
	NORMAL_LEFT = 200, /* what leads out has that much of the bar */
	NORMAL_PITCH = 20,
	NORMAL_LINES = 3,
	NORMAL_SIZE = 17,
	NORMAL_WORD = 48 /* what a line may leave free at its end */
};

static double
bar_y(const struct ladder *l, uint32_t n)
{
	return l->bar_y + LADDER_BAR_PITCH * (double)n;
}

static void
put_bar(struct ladder *l, const struct bars *bars, uint32_t n)
{
	struct sheet *s = l->board.sheet;
	uint32_t at = bars->pod->switches[n];
	const struct scene_switch *d = &l->board.scene->switches[at];
	double y = bar_y(l, n), most = bars->card_x - bars->x - LABEL_MARGIN;
	uint32_t box = sheet_box(
	    s, (struct sheet_box){ .id = d->id,
		   .label = d->name,
		   .about = d->about,
		   .title = sheet_format(s, "switch %s, %s", d->name, d->about),
		   .href = d->href,
		   .kind = BOX_SWITCH,
		   .ink = INK_BLUE,
		   .hatch = HATCH_PHYSICAL,
		   .parent = SHEET_NONE,
		   .at = { bars->x, y, bars->w, LADDER_BAR_H } });
	struct sheet_text text = { .id = sheet_format(s, "%s:name", d->id),
		.text = d->name,
		.x = bars->x + NAME_X,
		.y = y + NAME_Y,
		.size = 23,
		.width = most,
		.ink = INK_BLUE,
		.bold = true,
		.wiped = true,
		.tilt = 0.1 };

	l->board.switch_box[at] = box;
	(void)put_label(s, box, text);
	text.id = sheet_format(s, "%s:about", d->id);
	text.text = d->about;
	text.y = y + ABOUT_Y;
	text.size = 16;
	text.width = most;
	text.bold = false;
	(void)put_label(s, box, text);
}

/* The first way out of each bar: up, and to the left. */
static void
put_way_out(struct ladder *l, const struct bars *bars, uint32_t n)
{
	struct sheet *s = l->board.sheet;
	const struct places *trunks = &l->board.sorted.trunks;
	const struct scene_trunk *t = NULL;
	double x = bars->x, y = bar_y(l, n);
	struct point from = { x + OUT_X, y }, to = { x + OUT_X, y - OUT_H };
	struct sheet_text text = { .x = x + OUT_X + NAME_X,
		.y = y - 10,
		.size = 16,
		.width = OUT_TEXT,
		.ink = INK_BLUE,
		.tilt = 0.1 };

	for (uint32_t i = 0; i < trunks->count && !t; i++) {
		const struct scene_trunk *each =
		    &l->board.scene->trunks[trunks->at[i]];

		if (each->a == bars->pod->switches[n] &&
		    each->b >= l->board.scene->switch_count)
			t = each;
	}
	if (!t)
		return;
	text.id = sheet_format(s, "%s:name", t->id);
	text.text =
	    sheet_format(s, "%s%s%s", t->name, *t->to ? " to " : "", t->to);
	if (n) {
		from = (struct point){ x, y + SIDE_Y };
		to = (struct point){ x - OUT_H, y + SIDE_Y };
		text.text = *t->to ? t->to : t->name;
		text.x = x - 8;
		text.y = y + 2;
		text.width = SIDE_TEXT;
		text.anchor = ANCHOR_END;
	}
	put_line(s,
	    (struct sheet_mark){
		.id = t->id, .kind = MARK_ARROW, .ink = INK_BLUE, .size = 2 },
	    from, to);
	(void)put_text(s, text);
}

/* What joins the two bars: two lines at their right ends. */
static void
put_peer(struct ladder *l, const struct bars *bars, const struct scene_trunk *t)
{
	struct sheet *s = l->board.sheet;
	double x = bars->x + bars->w - PEER_X, low = bar_y(l, 1);
	double high = bar_y(l, 0) + LADDER_BAR_H;
	struct point ends[] = { { x, high }, { x, low } };
	struct sheet_cable cable = { .id = t->id,
		.title = sheet_format(s, "%s %s", t->name, t->ports),
		.from = l->board.switch_box[bars->pod->switches[0]],
		.to = l->board.switch_box[bars->pod->switches[1]],
		.state = CABLE_SURE,
		.ink = INK_BLUE,
		.net_text = "",
		.sys_text = "" };

	put_way(s, &cable, ends, 2);
	(void)sheet_cable(s, cable);
	put_line(s,
	    (struct sheet_mark){ .id = sheet_format(s, "%s:second", t->id),
		.kind = MARK_LINE,
		.ink = INK_BLUE,
		.size = 1.9 },
	    (struct point){ x + PEER_GAP, high },
	    (struct point){ x + PEER_GAP, low });
	(void)put_text(
	    s, (struct sheet_text){ .id = sheet_format(s, "%s:name", t->id),
		   .text = t->name,
		   .x = bars->x + bars->w + PEER_TEXT_X,
		   .y = high + 27,
		   .size = 17,
		   .width = PEER_TEXT_W,
		   .ink = INK_BLUE,
		   .tilt = 0.2 });
}

static void
put_peers(struct ladder *l, const struct bars *bars)
{
	const struct places *trunks = &l->board.sorted.trunks;
	const uint32_t *pair = bars->pod->switches;

	for (uint32_t i = 0; i < trunks->count; i++) {
		const struct scene_trunk *t =
		    &l->board.scene->trunks[trunks->at[i]];

		if ((t->a == pair[0] && t->b == pair[1]) ||
		    (t->a == pair[1] && t->b == pair[0])) {
			put_peer(l, bars, t);
			return;
		}
	}
}

/* "native 1, unless marked"; "every port" is said only of those told of. */
static const char *
rest_said(struct sheet *s, const struct setting *normal,
    const struct normal_count *count)
{
	const char *native = "", *marked = "";

	if (normal->native >= 0)
		native =
		    sheet_format(s, "native %lld", (long long)normal->native);
	if (!count->untold)
		return sheet_format(
		    s, "%s%sunless marked", native, *native ? ", " : "");
	if (count->differing)
		marked =
		    sheet_format(s, "%u marked, ", (unsigned)count->differing);
	return sheet_format(s, "%s%s%s%u not told", native, *native ? "; " : "",
	    marked, (unsigned)count->untold);
}

/* The VLANs are cut to what all else leaves of the lines, so that nothing is
 * cut of how many ports it is said of. */
static const char *
normal_said(struct ladder *l, const struct bars *bars, struct fit fit)
{
	struct sheet *s = l->board.sheet;
	struct normal_count count = normal_count(
	    &l->board.sorted, bars->pod->hosts, &bars->normal, &s->arena);
	const char *who = "every port", *verb = "carries ", *carries, *rest;

	if (!count.same)
		return count.all ? "what these ports carry is not told" : "";
	if (count.untold) {
		who = sheet_format(s, "%u of %u ports", (unsigned)count.same,
		    (unsigned)count.all);
		verb = count.same == 1 ? verb : "carry ";
	}
	rest = rest_said(s, &bars->normal, &count);
	if (!bars->normal.carries)
		return sheet_format(s, "%s: %s", who, rest);
	fit.width = NORMAL_LINES * (fit.width - NORMAL_WORD) -
		    letters_width(who, fit.size) -
		    letters_width(rest, fit.size);
	carries = fit_vlans(&s->arena, verb, bars->normal.carries, fit);
	return sheet_format(s, "%s %s%s %s", who, carries,
	    count.untold && bars->normal.native < 0 ? ";" : ",", rest);
}

/* Once, above the bars: how their ports are set. */
static void
put_normal(struct ladder *l, const struct bars *bars)
{
	struct sheet *s = l->board.sheet;
	struct fit fit = { NORMAL_SIZE, bars->w - NORMAL_LEFT };
	const char *lines[NORMAL_LINES], *said = normal_said(l, bars, fit);
	size_t count = fit_lines(&s->arena, said, fit, lines, NORMAL_LINES);

	for (size_t i = 0; i < count; i++)
		(void)put_text(s,
		    (struct sheet_text){
			.id = sheet_format(s, "normal:%s:%u",
			    l->board.scene->switches[bars->pod->switches[0]].id,
			    (unsigned)i),
			.text = lines[i],
			.x = bars->x + bars->w,
			.y = l->bar_y - 10 -
			     NORMAL_PITCH * (double)(count - 1 - i),
			.size = NORMAL_SIZE,
			.anchor = ANCHOR_END,
			.ink = INK_BLUE,
			.tilt = 0.1 });
}

void
ladder_put_bars(struct ladder *l, struct bars *bars)
{
	for (uint32_t n = 0; n < bars->pod->switch_count; n++) {
		put_bar(l, bars, n);
		put_way_out(l, bars, n);
	}
	if (!bars->pod->switch_count)
		return;
	if (bars->pod->switch_count == POD_SWITCHES)
		put_peers(l, bars);
	put_normal(l, bars);
}
