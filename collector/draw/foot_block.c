#include "collector/draw/foot.h"

#include <time.h>

#include "collector/draw/letters.h"
#include "collector/draw/put.h"

enum {
	ROW = 40, /* below the title */
	SECOND = 79,
	SPLIT = 214, /* where the right column begins */
	TEXT_X = 12,
	TEXT_SIZE = 18,
	SMALL_SIZE = 15, /* of what would not fit else */
	LEFT_W = SPLIT - TEXT_X - 6,
	RIGHT_W = FOOT_BLOCK_W - SPLIT - TEXT_X
};

static const char *
moment_said(struct sheet *s, int64_t at)
{
	char out[40] = "";
	time_t t = at;
	struct tm tm;

	if (gmtime_r(&t, &tm))
		strftime(out, sizeof(out), "%Y-%m-%d %H:%M:%S UTC", &tm);
	return sheet_format(s, "%s", out);
}

const char *
foot_moment(struct board *b)
{
	return sheet_format(b->sheet, "%s, rev %llu",
	    moment_said(b->sheet, b->scene->now),
	    (unsigned long long)b->scene->revision);
}

static const char *
counted(struct sheet *s, size_t count, const char *thing, const char *many)
{
	return sheet_format(
	    s, "%zu %s%s", count, thing, count == 1 ? "" : many);
}

static void
put_block_lines(struct sheet *s, struct point at)
{
	static const double ends[][4] = {
		{ 0, ROW, FOOT_BLOCK_W, ROW },
		{ 0, SECOND, FOOT_BLOCK_W, SECOND },
		{ SPLIT, ROW, SPLIT, FOOT_BLOCK_H },
	};

	for (unsigned i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		put_line(s,
		    (struct sheet_mark){
			.id = sheet_format(s, "block:line%u", i), .size = 1.5 },
		    (struct point){ at.x + ends[i][0], at.y + ends[i][1] },
		    (struct point){ at.x + ends[i][2], at.y + ends[i][3] });
}

/* 'text' is placed from the corner of the block, as large as it fits. */
static void
put_cell(struct sheet *s, struct point corner, struct sheet_text text)
{
	while (text.size > SMALL_SIZE &&
	       letters_width(text.text, text.size) > text.width)
		text.size -= 1;
	text.x += corner.x + TEXT_X;
	text.y += corner.y;
	text.tilt = 0.1;
	(void)put_text(s, text);
}

static void
put_cells(const struct board *b, struct point at, const char *title)
{
	struct sheet *s = b->sheet;
	const struct scene *scene = b->scene;
	struct sheet_text cell = { .id = "block:title",
		.text = title,
		.y = 27,
		.size = 20,
		.width = FOOT_BLOCK_W - 2 * TEXT_X,
		.bold = true };

	put_cell(s, at, cell);
	put_cell(s, at,
	    (struct sheet_text){ .id = "block:moment",
		.text = moment_said(s, scene->now),
		.y = 66,
		.size = TEXT_SIZE,
		.width = LEFT_W });
	put_cell(s, at,
	    (struct sheet_text){ .id = "block:revision",
		.text = sheet_format(
		    s, "rev %llu", (unsigned long long)scene->revision),
		.x = SPLIT,
		.y = 66,
		.size = TEXT_SIZE,
		.width = RIGHT_W });
	put_cell(s, at,
	    (struct sheet_text){ .id = "block:seen",
		.text = scene->remark,
		.y = 105,
		.size = TEXT_SIZE,
		.width = LEFT_W });
	cell.id = "block:name";
	cell.text = "demarc";
	cell.x = SPLIT;
	cell.y = 105;
	cell.width = RIGHT_W;
	cell.ink = INK_RED;
	put_cell(s, at, cell);
}

void
foot_put_block(struct board *b, struct point at)
{
	struct sheet *s = b->sheet;
	const struct scene *scene = b->scene;
	const char *title = sheet_format(s, "%s, %s, %s", scene->title,
	    counted(s, scene->switch_count, "switch", "es"),
	    counted(s, scene->host_count, "host", "s"));

	(void)sheet_box(
	    s, (struct sheet_box){ .id = "block",
		   .label = title,
		   .about = scene->remark,
		   .title = "",
		   .href = scene->href,
		   .kind = BOX_FRAME,
		   .parent = SHEET_NONE,
		   .at = { at.x, at.y, FOOT_BLOCK_W, FOOT_BLOCK_H } });
	put_block_lines(s, at);
	put_cells(b, at, title);
}
