#include "collector/draw/clear.h"
#include "collector/draw/fit.h"
#include "collector/draw/ladder.h"
#include "collector/draw/letters.h"
#include "collector/draw/put.h"

enum {
	SIZE = 16,
	X = 7, /* right of its cable */
	Y = 26,
	ROW = 36,      /* with a ring around each */
	ROWS_MOST = 2, /* below the bars is no more room */
	WIDTH_MOST = 240,
	EDGE = 8, /* to the right end of the page */
	/* Those that found no room, below what is folded away. */
	LIST_W = 320,
	LIST_NAME_W = 130, /* of a host, and of a NIC */
	LIST_PITCH = 22,
	LIST_GAP = 34,
	LIST_LINES = 3, /* of one */
	LIST_MOST = 24
};

/* Sets the row nearest to the line that has room for all of it and a ring;
 * false: none. */
static bool
find_row(struct ladder *l, struct sheet_text *text)
{
	double first = text->y;

	if (text->width > WIDTH_MOST)
		return false;
	for (int row = 0; row < ROWS_MOST; row++) {
		struct sheet_ring ring;
		struct rect r;

		text->y = first - ROW * row;
		ring.around = put_bounds(text);
		r = put_ring_bounds(&ring);
		if (r.x + r.w + EDGE <= l->board.sheet->width &&
		    clear_cost(l->board.sheet, r) < CLEAR_TEXT)
			return true;
	}
	return false;
}

/* Where it leads, if that is not drawn, and what differs; "". */
static const char *
words(struct ladder *l, const struct bars *bars, uint32_t nic)
{
	struct sheet *s = l->board.sheet;
	struct setting it = normal_setting_of(l->board.scene, nic);
	const char *said = normal_difference(&s->arena, &bars->normal, &it);
	const char *to = ladder_elsewhere(l, nic);

	if (!*to)
		return said;
	return sheet_format(s, "to %s%s%s", to, *said ? "; " : "", said);
}

static void
put_difference(struct ladder *l, const struct bars *bars, uint32_t nic)
{
	struct board *b = &l->board;
	const char *said = words(l, bars, nic);
	uint32_t cable = b->nic_cable[nic];
	struct sheet_text text = { .id = sheet_format(b->sheet, "%s:differs",
				       b->scene->nics[nic].id),
		.text = said,
		.x = b->nic_x[nic] + X,
		.y = b->line_y - Y,
		.size = SIZE,
		.width = letters_width(said, SIZE),
		.ink = INK_BLUE,
		.wiped = true };

	if (!*said || cable == SHEET_NONE)
		return;
	b->sheet->cables[cable].net_text = said;
	if (!find_row(l, &text)) {
		l->unplaced[l->unplaced_count++] = nic;
		return;
	}
	text.width = put_claim(b->sheet, cable, text);
	b->nic_rows[nic] = put_bounds(&text);
}

void
ladder_put_differences(struct ladder *l, const struct bars *bars)
{
	for (uint32_t i = 0; i < bars->pod->hosts.count; i++) {
		const struct places *nics =
		    &l->board.sorted.nics[bars->pod->hosts.at[i]];

		for (uint32_t n = 0; n < nics->count; n++)
			put_difference(l, bars, nics->at[n]);
	}
}

/* ---- those without room
 * ------------------------------------------------------------ */

/* "esx-25 vmnic1: 120 not seen"; gives the y of its last line. */
static double
put_listed(struct ladder *l, uint32_t nic, struct point at)
{
	struct board *b = &l->board;
	struct sheet *s = b->sheet;
	const struct scene_nic *n = &b->scene->nics[nic];
	struct fit name = { SIZE, LIST_NAME_W }, fit = { SIZE, LIST_W };
	const char *lines[LIST_LINES];
	const char *said = sheet_format(s, "%s %s: %s",
	    fit_cut(&s->arena, b->scene->hosts[n->host].name, name),
	    fit_cut(&s->arena, n->name, name),
	    s->cables[b->nic_cable[nic]].net_text);
	size_t count = fit_lines(&s->arena, said, fit, lines, LIST_LINES);

	for (size_t i = 0; i < count; i++) {
		const char *id = sheet_format(s, "%s:differs", n->id);

		if (i)
			id = sheet_format(s, "%s:%zu", id, i);
		at.y += LIST_PITCH;
		(void)put_text(s, (struct sheet_text){ .id = id,
				      .text = lines[i],
				      .x = at.x,
				      .y = at.y,
				      .size = SIZE,
				      .ink = INK_BLUE });
	}
	return at.y;
}

double
ladder_put_unplaced(struct ladder *l, struct point at)
{
	struct sheet *s = l->board.sheet;
	struct sheet_text text = { .id = "differs:heading",
		.text = "differ, too, without room above",
		.x = at.x,
		.y = at.y + LIST_GAP,
		.size = 18,
		.ink = INK_BLUE,
		.bold = true };

	if (!l->unplaced_count)
		return at.y;
	(void)put_text(s, text);
	at.y = text.y;
	for (uint32_t i = 0; i < l->unplaced_count && i < LIST_MOST; i++)
		at.y = put_listed(l, l->unplaced[i], at);
	if (l->unplaced_count <= LIST_MOST)
		return at.y;
	text.id = "differs:more";
	text.text = sheet_format(s, "and %u more: open their hosts",
	    (unsigned)(l->unplaced_count - LIST_MOST));
	text.y = at.y + LIST_PITCH;
	text.size = SIZE;
	(void)put_text(s, text);
	return text.y;
}
