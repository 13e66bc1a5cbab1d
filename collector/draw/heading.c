#include "collector/draw/heading.h"

#include "collector/draw/fit.h"
#include "collector/draw/letters.h"
#include "collector/draw/put.h"

enum {
	TITLE_X = 34,
	TITLE_Y = 64,
	TITLE_SIZE = 46,
	UNDERLINE_Y = 76,
	QUESTION_X = 36,
	QUESTION_Y = 108,
	QUESTION_SIZE = 20,
	QUESTION_PITCH = 24,
	QUESTION_W = 210, /* when it stands beside the switches */
	LINES_MOST = 4,
	BESIDE_GAP = 30,
	BELOW_GAP = 48 /* for arrows out of the switches */
};

/* Beside the switches a question may have some lines of its own. */
static bool
fits_beside(const struct scene *s, double left)
{
	double title = letters_width(s->title, TITLE_SIZE);
	double question = letters_width(s->question, QUESTION_SIZE);

	if (question > QUESTION_W)
		question = question > QUESTION_W * (LINES_MOST - 1)
			       ? left
			       : QUESTION_W;
	return TITLE_X + title + BESIDE_GAP <= left &&
	       QUESTION_X + question + BESIDE_GAP <= left;
}

double
heading_needs(const struct scene *scene, double left, double width)
{
	(void)width;
	if (fits_beside(scene, left))
		return 0;
	return BELOW_GAP + (*scene->question ? QUESTION_PITCH : 0);
}

void
heading_put(struct board *b, double width)
{
	struct sheet *s = b->sheet;
	const struct scene *scene = b->scene;
	const char *lines[LINES_MOST];
	double most = width - TITLE_X - BOARD_MARGIN, left = most, w;
	struct fit fit = { QUESTION_SIZE, most };
	size_t count;

	for (uint32_t i = 0; i < b->sorted.switches.count; i++) {
		uint32_t box = b->switch_box[b->sorted.switches.at[i]];

		if (box != SHEET_NONE && s->boxes[box].at.x < left)
			left = s->boxes[box].at.x;
	}
	if (fits_beside(scene, left))
		fit.width = QUESTION_W;
	w = put_text(s, (struct sheet_text){ .id = "title",
			    .text = scene->title,
			    .x = TITLE_X,
			    .y = TITLE_Y,
			    .size = TITLE_SIZE,
			    .width = most,
			    .bold = true,
			    .tilt = 1 });
	put_line(s,
	    (struct sheet_mark){
		.id = "underline", .kind = MARK_UNDERLINE, .size = 2.6 },
	    (struct point){ TITLE_X + 2, UNDERLINE_Y + 2 },
	    (struct point){ TITLE_X + w, UNDERLINE_Y - 2 });
	count = fit_lines(&s->arena, scene->question, fit, lines,
	    fit.width < most ? LINES_MOST : 1);
	for (size_t i = 0; i < count; i++)
		(void)put_text(
		    s, (struct sheet_text){
			   .id = sheet_format(s, "question%u", (unsigned)i),
			   .text = lines[i],
			   .x = QUESTION_X,
			   .y = QUESTION_Y + QUESTION_PITCH * (double)i,
			   .size = QUESTION_SIZE,
			   .tilt = 0.2 });
}
