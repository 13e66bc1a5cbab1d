#include "collector/draw/line.h"

#include <stdlib.h>

#include "collector/draw/letters.h"
#include "collector/draw/put.h"

enum {
	NUMBER = 13, /* the radius of the circle around one */
	FIRST_X = 30,
	LAST_X = 28, /* from the right */
	TEAM_SIZE = 23,
	ARROW_X = 86,
	WORD_SIZE = 31,
	WORD_Y = 9,
	WORD_MARGIN = 10,
	BAND = 20, /* what is as near to the line stands in the way */
	CABLE_MARGIN = 3
};

struct team {
	const char *id, *name;
	double name_y, team_y, from_y, to_y; /* from the line */
};

static const struct team teams[] = {
	{ "network", "network", -42, -18, -16, -38 },
	{ "systems", "systems", 36, 60, 42, 64 },
};

static void
put_team(struct board *b, const struct team *t)
{
	struct sheet *s = b->sheet;
	struct sheet_text text = { .id = t->id,
		.text = t->name,
		.x = FIRST_X,
		.y = b->line_y + t->name_y,
		.size = TEAM_SIZE,
		.ink = INK_RED,
		.bold = true,
		.tilt = 0.4 };

	(void)put_text(s, text);
	text.id = sheet_format(s, "%s:team", t->id);
	text.text = "team";
	text.y = b->line_y + t->team_y;
	(void)put_text(s, text);
	put_line(s,
	    (struct sheet_mark){ .id = sheet_format(s, "%s:arrow", t->id),
		.kind = MARK_ARROW,
		.ink = INK_RED,
		.size = 2.4 },
	    (struct point){ ARROW_X, b->line_y + t->from_y },
	    (struct point){ ARROW_X, b->line_y + t->to_y });
}

/* ---- the widest gap
 * ----------------------------------------------------------- */

struct span {
	double from, to;
};

struct spans {
	struct span *at;
	size_t count;
};

static int
by_begin(const void *left, const void *right)
{
	const struct span *a = left, *b = right;

	return (a->from > b->from) - (a->from < b->from);
}

static void
take(struct spans *s, const struct board *b, struct rect r)
{
	if (r.y > b->line_y + BAND || r.y + r.h < b->line_y - BAND)
		return;
	s->at[s->count++] = (struct span){ r.x, r.x + r.w };
}

/* What stands at the line: texts, rings and their numbers, cables. */
static struct spans
taken(const struct board *b)
{
	struct sheet *s = b->sheet;
	struct spans out = { 0 };
	size_t most =
	    s->text_count + 2 * (size_t)s->ring_count + s->cable_count;

	out.at = arena_array(&s->arena, most + 1, sizeof(*out.at));
	if (!out.at)
		return out;
	for (uint32_t i = 0; i < s->text_count; i++)
		take(&out, b, put_bounds(&s->texts[i]));
	for (uint32_t i = 0; i < s->ring_count; i++) {
		struct point n = s->rings[i].number;

		if (s->rings[i].around.w > 0)
			take(&out, b, put_ring_bounds(&s->rings[i]));
		if (s->rings[i].n)
			take(&out, b,
			    (struct rect){ n.x - NUMBER, n.y - NUMBER,
				2.0 * NUMBER, 2.0 * NUMBER });
	}
	for (uint32_t i = 0; i < s->cable_count; i++) {
		const struct sheet_cable *c = &s->cables[i];
		double x = c->point_count ? c->points[c->point_count - 1].x : 0;

		if (c->crosses && c->point_count)
			take(&out, b,
			    (struct rect){ x - CABLE_MARGIN, b->line_y,
				2.0 * CABLE_MARGIN, 0 });
	}
	qsort(out.at, out.count, sizeof(*out.at), by_begin);
	return out;
}

static struct span
widest_gap(const struct spans *taken, double width)
{
	struct span out = { 0, 0 };
	double at = BOARD_FIRST_X;

	for (size_t i = 0; i <= taken->count; i++) {
		double to =
		    i < taken->count ? taken->at[i].from : width - LAST_X;

		if (to - at > out.to - out.from)
			out = (struct span){ at, to };
		if (i < taken->count && taken->at[i].to > at)
			at = taken->at[i].to;
	}
	return out;
}

void
line_put(struct board *b, double width)
{
	struct spans at_line = taken(b);
	struct span gap = widest_gap(&at_line, width);
	double word = letters_width("demarc", WORD_SIZE);

	put_line(b->sheet,
	    (struct sheet_mark){ .id = "demarc",
		.kind = MARK_DEMARC,
		.ink = INK_RED,
		.size = 3.4 },
	    (struct point){ FIRST_X, b->line_y },
	    (struct point){ width - LAST_X, b->line_y });
	for (size_t i = 0; i < sizeof(teams) / sizeof(*teams); i++)
		put_team(b, &teams[i]);
	if (gap.to - gap.from < word + 2 * WORD_MARGIN)
		return;
	(void)put_text(b->sheet, (struct sheet_text){ .id = "demarc:word",
				     .text = "demarc",
				     .x = (gap.from + gap.to) / 2,
				     .y = b->line_y + WORD_Y,
				     .size = WORD_SIZE,
				     .anchor = ANCHOR_MIDDLE,
				     .ink = INK_RED,
				     .bold = true,
				     .wiped = true,
				     .tilt = 2 });
}
