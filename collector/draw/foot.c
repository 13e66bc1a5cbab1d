#include "collector/draw/foot.h"

#include <string.h>

#include "collector/draw/letters.h"
#include "collector/draw/put.h"
#include "collector/draw/rings.h"

enum {
	NOTE_TEXT_X = 34, /* right of the number */
	NOTE_MOST_W = 460,
	NOTE_GAP = 16,
	HEADING_SIZE = 21,
	HEADING_Y = 20, /* its baseline */
	LINE_SIZE = 18,
	FIRST_LINE = 25,
	LINE_PITCH = 22,
	COMMAND_X = 30, /* right of the lines: an arrow stands before it */
	ARROW_FROM = 1,
	ARROW_TO = 22,
	LINES_MOST = 5,
	COMMANDS_MOST = 4,
	ROW_GAP = 14,
	BLOCK_Y = 6,
	BLOCK_GAP = 24, /* between the notes and the block */
	FOOT_MARGIN = 36,
	BLOCK_X = 32 /* from the right edge */
};

static const char *const owners[] = { [OWNER_NETWORK] = "network",
	[OWNER_SYSTEMS] = "systems",
	[OWNER_BOTH] = "both" };
static const enum ink inks[] = { [OWNER_NETWORK] = INK_BLUE,
	[OWNER_SYSTEMS] = INK_GREEN,
	[OWNER_BOTH] = INK_BLACK };

/* A note as it will stand. */
struct note {
	const struct scene_finding *finding;
	unsigned n;
	const char *commands[COMMANDS_MOST];
	size_t line_count, command_count;
	double w, h;
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

/* Who is to type it, and its lines; of more than fit the first. */
static void
take_commands(struct board *b, struct note *note)
{
	const char *at = note->finding->command;
	const char *owner = owners[note->finding->owner];

	while (*at && note->command_count < COMMANDS_MOST) {
		size_t size = strcspn(at, "\n");

		note->commands[note->command_count] = sheet_format(b->sheet,
		    "%s%s%.*s", note->command_count ? "" : owner,
		    note->command_count ? "" : ": ", (int)size, at);
		note->command_count++;
		at += size + (at[size] == '\n');
	}
}

static struct note
note_of(struct board *b, unsigned at)
{
	struct note out = { .n = at + 1 };
	const struct scene_finding *f =
	    &b->scene->findings[b->sorted.findings.at[at]];

	out.finding = f;
	out.line_count =
	    f->line_count < LINES_MOST ? f->line_count : LINES_MOST;
	take_commands(b, &out);
	out.w = letters_width(f->heading, HEADING_SIZE);
	for (size_t i = 0; i < out.line_count; i++)
		out.w = larger(out.w, letters_width(f->lines[i], LINE_SIZE));
	for (size_t i = 0; i < out.command_count; i++)
		out.w = larger(out.w,
		    COMMAND_X + letters_width(out.commands[i], LINE_SIZE));
	out.w = smaller(out.w + NOTE_TEXT_X, NOTE_MOST_W);
	out.h = HEADING_Y +
		LINE_PITCH * (double)(out.line_count + out.command_count) +
		ROW_GAP;
	return out;
}

static void
put_note_line(struct board *b, const struct note *note, struct sheet_text text,
    const char *part, size_t n)
{
	text.id = sheet_format(
	    b->sheet, "%s:%s%u", note->finding->id, part, (unsigned)n);
	(void)put_text(b->sheet, text);
}

static void
put_note(struct board *b, const struct note *note, struct point at)
{
	const struct scene_finding *f = note->finding;
	double w = note->w - NOTE_TEXT_X;
	struct sheet_text text = { .text = f->heading,
		.x = at.x + NOTE_TEXT_X,
		.y = at.y + HEADING_Y,
		.size = HEADING_SIZE,
		.width = w,
		.ink = f->quiet ? INK_BLACK : INK_RED,
		.bold = true,
		.tilt = 0.2 };

	(void)sheet_note(
	    b->sheet, (struct sheet_note){ .id = f->id,
			  .heading = f->heading,
			  .command = f->command,
			  .lines = f->lines,
			  .line_count = f->line_count,
			  .n = note->n,
			  .owner = f->owner,
			  .quiet = f->quiet,
			  .at = { at.x, at.y, note->w, note->h } });
	put_note_line(b, note, text, "heading", 0);
	text.y += FIRST_LINE - LINE_PITCH;
	text.size = LINE_SIZE;
	text.ink = INK_BLACK;
	text.bold = false;
	for (size_t i = 0; i < note->line_count; i++) {
		text.y += LINE_PITCH;
		text.text = f->lines[i];
		put_note_line(b, note, text, "line", i);
	}
	if (note->command_count)
		put_line(b->sheet,
		    (struct sheet_mark){
			.id = sheet_format(b->sheet, "%s:arrow", f->id),
			.kind = MARK_ARROW,
			.ink = inks[f->owner],
			.size = 2 },
		    (struct point){
			text.x + ARROW_FROM, text.y + LINE_PITCH - 6 },
		    (struct point){
			text.x + ARROW_TO, text.y + LINE_PITCH - 6 });
	text.x += COMMAND_X;
	text.width = w - COMMAND_X;
	text.ink = inks[f->owner];
	for (size_t i = 0; i < note->command_count; i++) {
		text.y += LINE_PITCH;
		text.text = note->commands[i];
		put_note_line(b, note, text, "command", i);
	}
}

/* ---- columns
 * ------------------------------------------------------------------ */

struct notes {
	struct note at[RINGS_MOST];
	size_t count;
	uint32_t more; /* findings that have no note */
};

static struct notes
notes_of(struct board *b)
{
	uint32_t all = b->sorted.findings.count;
	struct notes out = { .count = all < RINGS_MOST ? all : RINGS_MOST };

	for (unsigned i = 0; i < out.count; i++)
		out.at[i] = note_of(b, i);
	out.more = all - (uint32_t)out.count;
	return out;
}

static double
put_more(struct board *b, const struct notes *notes, double x, double y)
{
	if (!notes->more)
		return y;
	(void)put_text(b->sheet, (struct sheet_text){ .id = "notes:more",
				     .text = sheet_format(b->sheet,
					 "and %u more", (unsigned)notes->more),
				     .x = x + NOTE_TEXT_X,
				     .y = y + HEADING_Y,
				     .size = LINE_SIZE,
				     .ink = INK_GREY });
	return y + HEADING_Y + ROW_GAP;
}

/* How many notes from 'first' on stand side by side in 'width'. */
static size_t
row_of(const struct notes *notes, size_t first, double width, double *used)
{
	size_t n = first;

	*used = 0;
	for (; n < notes->count; n++) {
		double more = notes->at[n].w + (n > first ? NOTE_GAP : 0);

		if (n > first && *used + more > width)
			break;
		*used += more;
	}
	return n - first;
}

static double
put_rows(struct board *b, const struct notes *notes, struct rect room)
{
	double y = room.y;

	for (size_t first = 0, n; first < notes->count; first += n) {
		double used, highest = 0, x = room.x, gap = NOTE_GAP;

		n = row_of(notes, first, room.w, &used);
		if (n > 1)
			gap += (room.w - used) / (double)n;
		for (size_t i = first; i < first + n; i++) {
			put_note(b, &notes->at[i], (struct point){ x, y });
			x += notes->at[i].w + gap;
			highest = larger(highest, notes->at[i].h);
		}
		y += highest + ROW_GAP;
	}
	return put_more(b, notes, room.x, y);
}

double
foot_put_column(struct board *b, struct rect room)
{
	struct notes notes = notes_of(b);
	double y = room.y;

	for (size_t i = 0; i < notes.count; i++) {
		notes.at[i].w = smaller(notes.at[i].w, room.w);
		put_note(b, &notes.at[i], (struct point){ room.x, y });
		y += notes.at[i].h;
	}
	return put_more(b, &notes, room.x, y);
}

double
foot_put(struct board *b, double y, double left)
{
	struct notes notes = notes_of(b);
	double block = b->sheet->width - BLOCK_X - FOOT_BLOCK_W, low;
	struct rect room = { left, y, block - BLOCK_GAP - left, 0 };

	low = put_rows(b, &notes, room);
	foot_put_block(b, (struct point){ block, y + BLOCK_Y });
	return larger(low, y + BLOCK_Y + FOOT_BLOCK_H) + FOOT_MARGIN;
}
