#include "collector/draw/strip.h"

#include "collector/draw/fit.h"
#include "collector/draw/letters.h"
#include "collector/draw/put.h"

enum {
	HEADING_SIZE = 22,
	SIZE = 21,
	FIRST = 36, /* from a heading to the baseline of its first row */
	PITCH = 38,
	ADVICE_PITCH = 32,
	ADVICE_LINES = 3, /* that one line of advice is broken into */
	ADVICE_INDENT = 18,
	ROWS_MOST = 14,
	TICK = 13,
	TICK_X = 2,
	TICK_UP = 2,
	TEXT_X = 26, /* right of its tick */
	SIDE_X = 34, /* from the line */
	COLUMN_GAP = 44,
	AGE_SIZE = 17,
	RING_UP = 20, /* above a baseline, and how high the inside is */
	RING_H = 26,
	RING_MORE = 10, /* at both ends: a wide ring is drawn less true */
	HOLE = 13,      /* of the line, around a tick */
	HOLE_UP = 7,
	LINE_BELOW = 10
};

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

static double
smaller(double a, double b)
{
	return a < b ? a : b;
}

/* Of too many, the last says how many more there are. */
static size_t
shown(size_t rows)
{
	return rows < ROWS_MOST ? rows : ROWS_MOST;
}

static size_t
with_words(size_t rows)
{
	return rows <= ROWS_MOST ? rows : ROWS_MOST - 1;
}

static void
put_more(struct strip *s, const char *id, size_t count, struct point at)
{
	if (with_words(count) < count)
		(void)put_text(s->board.sheet,
		    (struct sheet_text){
			.id = sheet_format(s->board.sheet, "%s:more", id),
			.text = sheet_format(s->board.sheet, "and %zu more",
			    count - with_words(count)),
			.x = at.x,
			.y = at.y,
			.size = SIZE,
			.ink = INK_GREY });
}

/* Yes, no, or that nobody knows. */
static void
put_answer(
    struct strip *s, const char *id, struct point at, enum answer_value value)
{
	struct sheet *out = s->board.sheet;

	if (value == ANSWER_UNKNOWN) {
		(void)put_text(out, (struct sheet_text){ .id = id,
					.text = "?",
					.x = at.x + TICK / 2.0,
					.y = at.y + TICK_UP,
					.size = HEADING_SIZE,
					.anchor = ANCHOR_MIDDLE,
					.ink = INK_GREY,
					.bold = true });
		return;
	}
	if (value == ANSWER_NO) {
		at.x += TICK / 2.0;
		at.y -= TICK / 2.0 - TICK_UP;
	}
	(void)sheet_mark(
	    out, (struct sheet_mark){ .id = id,
		     .kind = value == ANSWER_YES ? MARK_TICK : MARK_CROSS,
		     .ink = value == ANSWER_YES ? INK_GREEN : INK_RED,
		     .points = sheet_points(out, &at, 1),
		     .point_count = out->arena.failed ? 0 : 1,
		     .size = TICK });
}

/* ---- remarks with a tick
 * ----------------------------------------------------- */

struct column {
	const char *id, *heading;
	enum ink ink;
	const struct scene_row *rows;
	size_t count;
	double x, width;
};

static double
column_w(const struct column *c)
{
	double w = letters_width(c->heading, HEADING_SIZE);

	for (size_t i = 0; i < shown(c->count); i++)
		w = larger(w, TEXT_X + letters_width(c->rows[i].left, SIZE));
	return c->count ? w : 0;
}

static void
put_heading(struct strip *s, const struct column *c, enum anchor anchor)
{
	(void)put_text(s->board.sheet,
	    (struct sheet_text){
		.id = sheet_format(s->board.sheet, "%s:heading", c->id),
		.text = c->heading,
		.x = c->x,
		.y = STRIP_COLUMN_Y,
		.size = HEADING_SIZE,
		.width = c->width,
		.anchor = anchor,
		.ink = c->ink,
		.bold = true,
		.tilt = 0.2 });
}

static void
put_column(struct strip *s, const struct column *c)
{
	struct sheet *out = s->board.sheet;
	double y = STRIP_COLUMN_Y + FIRST;

	if (!c->count)
		return;
	put_heading(s, c, ANCHOR_START);
	for (size_t i = 0; i < with_words(c->count); i++) {
		const char *id = sheet_format(out, "%s%u", c->id, (unsigned)i);

		put_answer(s, sheet_format(out, "%s:tick", id),
		    (struct point){ c->x + TICK_X, y - TICK_UP },
		    c->rows[i].value);
		(void)put_text(out, (struct sheet_text){ .id = id,
					.text = c->rows[i].left,
					.x = c->x + TEXT_X,
					.y = y,
					.size = SIZE,
					.width = c->width - TEXT_X,
					.tilt = 0.15 });
		y += PITCH;
	}
	put_more(s, c->id, c->count, (struct point){ c->x + TEXT_X, y });
}

/* ---- both sides, at the line
 * -------------------------------------------------- */

struct sides {
	double left_w, right_w; /* of the widest texts */
};

static struct sides
measure_sides(const struct strip *s)
{
	const struct scene_path *p = s->path;
	struct sides out = { letters_width("the host says", HEADING_SIZE),
		letters_width("the switch says", HEADING_SIZE) };

	for (size_t i = 0; i < shown(p->side_count); i++) {
		out.left_w =
		    larger(out.left_w, letters_width(p->sides[i].left, SIZE));
		out.right_w =
		    larger(out.right_w, letters_width(p->sides[i].right, SIZE));
	}
	out.left_w = larger(out.left_w, letters_width(p->left_age, AGE_SIZE));
	out.right_w =
	    larger(out.right_w, letters_width(p->right_age, AGE_SIZE));
	return out;
}

/* One text of a row; -1: left of the line.  Gives how wide it is. */
static double
put_side(struct strip *s, int side, struct sheet_text text, double most)
{
	text.x = s->line_x + side * SIDE_X;
	text.width = most;
	text.anchor = side < 0 ? ANCHOR_END : ANCHOR_START;
	text.tilt = 0.15;
	return put_text(s->board.sheet, text);
}

static void
put_row(struct strip *s, const struct sides *sides, size_t i)
{
	struct sheet *out = s->board.sheet;
	const struct scene_row *row = &s->path->sides[i];
	double y = STRIP_COLUMN_Y + FIRST + PITCH * (double)i, left, right;
	const char *id = sheet_format(out, "side%u", (unsigned)i);
	struct sheet_text text = { .id = sheet_format(out, "%s:host", id),
		.text = row->left,
		.y = y,
		.size = SIZE,
		.ink = INK_GREEN };

	left = put_side(s, -1, text, sides->left_w);
	text.id = sheet_format(out, "%s:switch", id);
	text.text = row->right;
	text.ink = INK_BLUE;
	right = put_side(s, 1, text, sides->right_w);
	put_answer(s, sheet_format(out, "%s:tick", id),
	    (struct point){ s->line_x - TICK / 2.0, y - TICK_UP }, row->value);
	if (row->value == ANSWER_NO)
		(void)sheet_ring(out,
		    (struct sheet_ring){ .id = id,
			.around = { s->line_x - SIDE_X - left - RING_MORE,
			    y - RING_UP,
			    left + right + 2.0 * (SIDE_X + RING_MORE), RING_H },
			.cable = SHEET_NONE,
			.box = SHEET_NONE });
}

static void
put_ages(struct strip *s, const struct sides *sides, double y)
{
	struct sheet_text text = { .id = "side:host:age",
		.text = s->path->left_age,
		.y = y,
		.size = AGE_SIZE,
		.ink = INK_GREY };

	(void)put_side(s, -1, text, sides->left_w);
	text.id = "side:switch:age";
	text.text = s->path->right_age;
	(void)put_side(s, 1, text, sides->right_w);
}

/* The line, with a hole around each tick on it. */
static void
put_demarc(struct strip *s, size_t rows, double low)
{
	double from = STRIP_LINE_TOP;

	for (size_t i = 0; i <= rows; i++) {
		double tick =
		    STRIP_COLUMN_Y + FIRST + PITCH * (double)i - HOLE_UP;
		double to = i < rows ? tick - HOLE : low;

		put_line(s->board.sheet,
		    (struct sheet_mark){ .id = sheet_format(s->board.sheet,
					     "demarc%u", (unsigned)i),
			.kind = MARK_DEMARC,
			.ink = INK_RED,
			.size = 3.4 },
		    (struct point){ s->line_x, from },
		    (struct point){ s->line_x, to });
		from = tick + HOLE;
	}
}

static double
put_sides(struct strip *s, const struct sides *sides)
{
	size_t rows = shown(s->path->side_count);
	double low = STRIP_COLUMN_Y + FIRST + PITCH * (double)rows;
	struct column host = { .id = "host",
		.heading = "the host says",
		.ink = INK_GREEN,
		.x = s->line_x - SIDE_X };
	struct column device = { .id = "switch",
		.heading = "the switch says",
		.ink = INK_BLUE,
		.x = s->line_x + SIDE_X };

	if (rows) {
		put_heading(s, &host, ANCHOR_END);
		put_heading(s, &device, ANCHOR_START);
	}
	for (size_t i = 0; i < with_words(s->path->side_count); i++)
		put_row(s, sides, i);
	put_more(s, "side", s->path->side_count,
	    (struct point){ s->line_x + SIDE_X, low - PITCH });
	put_ages(s, sides, low - LINE_BELOW / 2.0);
	put_demarc(s, rows, low + LINE_BELOW);
	return low;
}

/* ---- what to do
 * ---------------------------------------------------------------- */

static double
put_advice(struct strip *s, double x)
{
	struct sheet *out = s->board.sheet;
	struct column c = {
		.id = "advice", .heading = "what to do", .ink = INK_RED, .x = x
	};
	double y = STRIP_COLUMN_Y + FIRST, most = s->width - STRIP_RIGHT - x;

	if (!s->path->advice_count)
		return y;
	put_heading(s, &c, ANCHOR_START);
	for (size_t i = 0; i < shown(s->path->advice_count); i++) {
		const char *text = s->path->advice[i], *lines[ADVICE_LINES];
		double indent = *text == ' ' ? ADVICE_INDENT : 0;
		struct fit fit = { SIZE, most - indent };
		size_t count;

		while (*text == ' ')
			text++;
		count = fit_lines(&out->arena, text, fit, lines, ADVICE_LINES);
		for (size_t k = 0; k < count; k++)
			(void)put_text(
			    out, (struct sheet_text){
				     .id = sheet_format(out, "advice%u:%u",
					 (unsigned)i, (unsigned)k),
				     .text = lines[k],
				     .x = x + indent,
				     .y = y + ADVICE_PITCH * (double)k,
				     .size = SIZE,
				     .ink = i ? INK_BLUE : INK_RED,
				     .bold = i == 0,
				     .tilt = 0.15 });
		y += ADVICE_PITCH * (double)count;
	}
	return y;
}

/* ---- the whole
 * ------------------------------------------------------------------ */

/* Two columns share what is left of the line: each has half of it at least, and
 * what the other leaves. */
static void
share(struct column *a, struct column *b, double room)
{
	double of_a = a->width, of_b = b->width;

	a->width = smaller(of_a, larger(room / 2, room - of_b));
	b->width = smaller(of_b, larger(room / 2, room - of_a));
	b->x = a->x + a->width + COLUMN_GAP;
}

static const char *
host_name(const struct strip *s)
{
	const struct scene *scene = s->board.scene;
	uint32_t host = SCENE_NONE;

	if (s->path->nic < scene->nic_count)
		host = scene->nics[s->path->nic].host;
	else if (s->path->machine < scene->machine_count)
		host = scene->machines[s->path->machine].host;
	return host < scene->host_count ? scene->hosts[host].name : "the host";
}

double
strip_put_said(struct strip *s)
{
	const struct scene_path *p = s->path;
	struct sides sides = measure_sides(s);
	struct column inside = { .id = "inside",
		.heading =
		    sheet_format(s->board.sheet, "inside %s", host_name(s)),
		.ink = INK_GREEN,
		.rows = p->inside,
		.count = p->inside_count,
		.x = STRIP_LEFT };
	struct column other = { .id = "other",
		.heading = p->other_uplinks > 1 ? "the other uplinks"
						: "the other uplink",
		.ink = INK_GREEN,
		.rows = p->other,
		.count = p->other_count };
	double rows = larger(
	    (double)shown(p->inside_count), (double)shown(p->other_count));
	double least = STRIP_LEFT + COLUMN_GAP, x, most, low;

	/* No side takes more than half of what it has. */
	most = (s->line_x - least) / 2;
	sides.left_w = smaller(sides.left_w, most);
	most = s->width - s->line_x - SIDE_X - STRIP_RIGHT -
	       (p->advice_count ? STRIP_ADVICE : 0);
	sides.right_w = smaller(sides.right_w, most);
	inside.width = column_w(&inside);
	other.width = column_w(&other);
	share(&inside, &other,
	    s->line_x - SIDE_X - sides.left_w - 2 * COLUMN_GAP - STRIP_LEFT);
	put_column(s, &inside);
	put_column(s, &other);
	low = put_sides(s, &sides);
	x = s->line_x + SIDE_X + sides.right_w + COLUMN_GAP;
	low = larger(low, put_advice(s, x));
	return larger(low, STRIP_COLUMN_Y + FIRST + PITCH * rows);
}
