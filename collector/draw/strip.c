#include "collector/draw/strip.h"

#include "collector/draw/foot.h"
#include "collector/draw/letters.h"
#include "collector/draw/put.h"

enum {
	LEAST_H = 660,
	TITLE_Y = 62,
	TITLE_SIZE = 38,
	TITLE_LEAST = 24,
	TITLE_GAP = 60, /* between question and answer */
	EDGE = 40,
	REMARK_Y = 96,
	EVIDENCE_Y = 110,
	WORD_Y = 130,
	TEAM_Y = 168,
	TEAM_SIZE = 21,
	TEAM_X = 14,
	ARROW_X = 22,
	ARROW_W = 26,
	RULE_Y = 38, /* from the lower edge */
	FOOT_Y = 14,
	FOOT_SIZE = 17,
	FOOT_H = 54 /* below the lowest row */
};

static double
fitting_size(const char *text, double width)
{
	double size = TITLE_SIZE;

	while (size > TITLE_LEAST && letters_width(text, size) > width)
		size--;
	return size;
}

static void
underline(struct strip *s, const char *id, struct point from, struct point to)
{
	put_line(s->board.sheet,
	    (struct sheet_mark){ .id = id,
		.kind = MARK_UNDERLINE,
		.ink = s->path->sure ? INK_GREEN : INK_GREY,
		.size = 2.6 },
	    from, to);
}

/* The answer at the right, underlined twice; where it begins. */
static double
put_answer(struct strip *s)
{
	struct sheet *out = s->board.sheet;
	double right = s->width - EDGE, most = s->width * 0.45, w;
	struct sheet_text text = { .id = "answer",
		.text = s->path->answer,
		.x = right,
		.y = TITLE_Y,
		.size = fitting_size(s->path->answer, most),
		.width = most,
		.anchor = ANCHOR_END,
		.ink = s->path->sure ? INK_GREEN : INK_BLACK,
		.bold = true,
		.tilt = 0.4 };

	w = put_text(out, text);
	if (w > 0) {
		underline(s, "answer:line1",
		    (struct point){ right - w, TITLE_Y + 12 },
		    (struct point){ right + 2, TITLE_Y + 9 });
		underline(s, "answer:line2",
		    (struct point){ right - w + 14, TITLE_Y + 20 },
		    (struct point){ right - 4, TITLE_Y + 17 });
	}
	text.id = "evidence";
	text.text = s->path->evidence;
	text.y = EVIDENCE_Y;
	text.size = 19;
	text.width = most;
	text.ink = INK_GREY;
	text.bold = false;
	text.tilt = 0.1;
	(void)put_text(out, text);
	return right - w;
}

static void
put_heading(struct strip *s)
{
	double most = put_answer(s) - TITLE_GAP - EDGE;
	struct sheet_text text = { .id = "title",
		.text = s->path->question,
		.x = EDGE,
		.y = TITLE_Y,
		.size = fitting_size(s->path->question, most),
		.width = most,
		.bold = true,
		.tilt = 0.4 };

	(void)put_text(s->board.sheet, text);
	text.id = "remark";
	text.text = s->path->remark;
	text.x += 2;
	text.y = REMARK_Y;
	text.size = 20;
	text.width = most;
	text.ink = INK_GREY;
	text.bold = false;
	text.tilt = 0.1;
	(void)put_text(s->board.sheet, text);
}

static void
put_team(struct strip *s, const char *name, int side)
{
	struct sheet *out = s->board.sheet;
	double x = s->line_x + side * TEAM_X;
	double far =
	    s->line_x + side * (ARROW_X + letters_width(name, TEAM_SIZE));

	(void)put_text(out, (struct sheet_text){ .id = name,
				.text = name,
				.x = x,
				.y = TEAM_Y,
				.size = TEAM_SIZE,
				.anchor = side < 0 ? ANCHOR_END : ANCHOR_START,
				.ink = INK_RED,
				.bold = true,
				.tilt = 0.2 });
	put_line(out,
	    (struct sheet_mark){ .id = sheet_format(out, "%s:arrow", name),
		.kind = MARK_ARROW,
		.ink = INK_RED,
		.size = 2.3 },
	    (struct point){ far, TEAM_Y - 6 },
	    (struct point){ far + side * ARROW_W, TEAM_Y - 5 });
}

static void
put_teams(struct strip *s)
{
	(void)put_text(s->board.sheet, (struct sheet_text){ .id = "demarc:word",
					   .text = "demarc",
					   .x = s->line_x,
					   .y = WORD_Y,
					   .size = 26,
					   .anchor = ANCHOR_MIDDLE,
					   .ink = INK_RED,
					   .bold = true,
					   .tilt = 2 });
	put_team(s, "systems team", -1);
	put_team(s, "network team", 1);
}

static void
put_foot(struct strip *s)
{
	struct sheet *out = s->board.sheet;
	double y = s->height - FOOT_Y, third = (s->width - 2 * EDGE) / 3;
	struct sheet_text text = { .id = "foot:title",
		.text = s->board.scene->title,
		.x = EDGE + 2,
		.y = y,
		.size = FOOT_SIZE,
		.width = third,
		.ink = INK_GREY };

	put_line(out,
	    (struct sheet_mark){
		.id = "foot:rule", .ink = INK_GREY, .size = 1.4 },
	    (struct point){ EDGE, s->height - RULE_Y },
	    (struct point){ s->width - EDGE, s->height - RULE_Y - 2 });
	(void)put_text(out, text);
	text.id = "foot:moment";
	text.text = foot_moment(&s->board);
	text.x = s->width / 2;
	text.width = third;
	text.anchor = ANCHOR_MIDDLE;
	(void)put_text(out, text);
	text.id = "foot:name";
	text.text = "demarc";
	text.x = s->width - EDGE;
	text.size = 19;
	text.anchor = ANCHOR_END;
	text.ink = INK_RED;
	text.bold = true;
	(void)put_text(out, text);
}

void
strip_layout(struct sheet *out, const struct scene *scene)
{
	struct strip s = { .path = scene->path };
	double low;

	if (!board_init(&s.board, out, scene))
		return;
	strip_put_way(&s);
	put_heading(&s);
	put_teams(&s);
	low = strip_put_said(&s);
	s.height = low + FOOT_H > LEAST_H ? low + FOOT_H : LEAST_H;
	put_foot(&s);
	out->title = s.path->question;
	out->about = s.path->answer;
	out->width = s.width;
	out->height = s.height;
}
