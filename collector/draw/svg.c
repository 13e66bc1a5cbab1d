#include "collector/draw/svg.h"

#include <stdlib.h>

#include "collector/draw/font.h"
#include "collector/draw/path.h"
#include "collector/draw/spell.h"
#include "collector/draw/svg_text.h"
#include "collector/draw/svg_theme.h"
#include "collector/draw/svg_things.h"

bool
svg_has_outlines(void)
{
	return hand_font.letters != NULL;
}

/* ---- which texts belong to a thing ------------------------------------------
 */

/* Chains through the texts: the first of each thing, and what comes next. */
struct chains {
	uint32_t *first_of_box, *first_of_cable, *next;
};

static uint32_t *
nones(size_t count)
{
	uint32_t *out = calloc(count + 1, sizeof(*out));

	for (size_t i = 0; out && i < count; i++)
		out[i] = SHEET_NONE;
	return out;
}

static void
chains_done(struct chains *c)
{
	free(c->first_of_box);
	free(c->first_of_cable);
	free(c->next);
}

static bool
chains_make(struct chains *out, const struct sheet *s)
{
	*out = (struct chains){ nones(s->box_count), nones(s->cable_count),
		nones(s->text_count) };
	if (!out->first_of_box || !out->first_of_cable || !out->next)
		return false;
	for (uint32_t i = s->text_count; i-- > 0;) {
		const struct sheet_text *text = &s->texts[i];
		uint32_t *first = NULL;

		if (text->box < s->box_count)
			first = &out->first_of_box[text->box];
		else if (text->cable < s->cable_count)
			first = &out->first_of_cable[text->cable];
		if (!first)
			continue;
		out->next[i] = *first;
		*first = i;
	}
	return true;
}

/* ---- the document -----------------------------------------------------------
 */

struct writer {
	struct buffer *out;
	const struct sheet *sheet;
	struct svg_style style;
	struct chains chains;
	bool outlines;
};

/* What the drawing says, for who cannot see it. */
static void
describe(struct writer *w)
{
	const struct sheet *s = w->sheet;

	spell_xml(w->out, s->about);
	for (uint32_t i = 0; i < s->note_count; i++) {
		if (i > 0 || *s->about)
			buffer_text(w->out, "; ");
		spell_xml(w->out, s->notes[i].heading);
	}
}

static void
write_style(struct writer *w)
{
	buffer_text(w->out, "<style>");
	if (w->style.mode == SVG_EMBED && hand_font.base64) {
		buffer_text(w->out, "@font-face{font-family:'demarc hand';"
				    "src:url(data:font/woff2;base64,");
		buffer_append(w->out, hand_font.base64, hand_font.base64_size);
		buffer_text(w->out, ") format('woff2')}");
	}
	if (!w->outlines)
		buffer_text(w->out,
		    "\ntext{font-family:'demarc hand','Patrick Hand',"
		    "'Segoe Print','Bradley Hand','Comic Neue',cursive}");
	theme_write(w->out, w->style.theme);
	buffer_text(w->out, "</style>\n");
}

static void
write_head(struct writer *w)
{
	const struct sheet *s = w->sheet;
	struct buffer *out = w->out;

	buffer_text(out, "<svg xmlns=\"http://www.w3.org/2000/svg\""
			 " xmlns:xlink=\"http://www.w3.org/1999/xlink\""
			 " class=\"drawing\"");
	svg_number(out, "width", s->width);
	svg_number(out, "height", s->height);
	buffer_text(out, " viewBox=\"0 0 ");
	path_number(out, path_tenths(s->width));
	buffer_char(out, ' ');
	path_number(out, path_tenths(s->height));
	buffer_text(out, "\" role=\"img\"");
	svg_id(out, 's', s->id);
	buffer_text(out, ">\n<title>");
	spell_xml(out, s->title);
	buffer_text(out, "</title>\n<desc>");
	describe(w);
	buffer_text(out, "</desc>\n");
	if (w->style.mode == SVG_INLINE)
		return;
	if (*hand_font.licence) {
		buffer_text(out, "<metadata>");
		spell_xml(out, hand_font.licence);
		buffer_text(out, "</metadata>\n");
	}
	write_style(w);
}

static void
write_ground(struct writer *w)
{
	buffer_text(w->out, "<rect class=\"ground\"");
	svg_number(w->out, "width", w->sheet->width);
	svg_number(w->out, "height", w->sheet->height);
	buffer_text(w->out, "/>\n");
}

static void
write_texts(struct writer *w, uint32_t first, struct point origin)
{
	for (uint32_t i = first; i != SHEET_NONE; i = w->chains.next[i])
		svg_text(
		    w->out, w->sheet, &w->sheet->texts[i], origin, w->outlines);
}

static void
write_cable(struct writer *w, const struct sheet_cable *cable)
{
	struct svg_group group = svg_cable_group(cable);

	svg_begin(w->out, &group);
	svg_cable(w->out, w->sheet, cable);
	svg_end(w->out, &group);
}

static void
write_box(struct writer *w, uint32_t i)
{
	const struct sheet_box *box = &w->sheet->boxes[i];
	struct svg_group group = svg_box_group(box);

	svg_begin(w->out, &group);
	svg_box(w->out, w->sheet, box);
	write_texts(w, w->chains.first_of_box[i], group.origin);
	svg_end(w->out, &group);
}

/* Claims stand above all boxes; they say of which cable they are. */
static void
write_claims(struct writer *w, uint32_t i)
{
	struct svg_group group = svg_cable_group(&w->sheet->cables[i]);

	if (w->chains.first_of_cable[i] == SHEET_NONE)
		return;
	group.kind = 0;
	group.class = "claims";
	svg_begin(w->out, &group);
	write_texts(w, w->chains.first_of_cable[i], group.origin);
	svg_end(w->out, &group);
}

enum layer { LAYER_BELOW, LAYER_AMONG, LAYER_ABOVE };

/* Where a mark is painted: a highlighter below or above all, others among the
 * things that they belong to. */
static enum layer
layer_of(const struct sheet_mark *mark)
{
	if (mark->kind != MARK_HIGHLIGHT)
		return LAYER_AMONG;
	return mark->below ? LAYER_BELOW : LAYER_ABOVE;
}

static void
write_marks(struct writer *w, enum layer layer)
{
	const struct sheet *s = w->sheet;

	for (uint32_t i = 0; i < s->mark_count; i++)
		if (layer_of(&s->marks[i]) == layer)
			svg_mark(w->out, s, &s->marks[i]);
}

static void
write_loose_texts(struct writer *w)
{
	const struct sheet *s = w->sheet;

	for (uint32_t i = 0; i < s->text_count; i++)
		if (s->texts[i].box >= s->box_count &&
		    s->texts[i].cable >= s->cable_count)
			svg_text(w->out, s, &s->texts[i],
			    (struct point){ 0, 0 }, w->outlines);
}

/* In the order in which one would draw it. */
static void
write_things(struct writer *w)
{
	const struct sheet *s = w->sheet;

	write_marks(w, LAYER_BELOW);
	for (uint32_t i = 0; i < s->cable_count; i++)
		write_cable(w, &s->cables[i]);
	for (uint32_t i = 0; i < s->box_count; i++)
		write_box(w, i);
	write_marks(w, LAYER_AMONG);
	for (uint32_t i = 0; i < s->cable_count; i++)
		write_claims(w, i);
	write_loose_texts(w);
	write_marks(w, LAYER_ABOVE);
	for (uint32_t i = 0; i < s->ring_count; i++)
		svg_ring(w->out, s, &s->rings[i], w->outlines);
	for (uint32_t i = 0; i < s->note_count; i++)
		svg_note_number(w->out, s, &s->notes[i], w->outlines);
}

void
svg_write(
    struct buffer *out, const struct sheet *s, const struct svg_style *style)
{
	struct writer w = { .out = out,
		.sheet = s,
		.style = *style,
		.outlines = style->mode == SVG_OUTLINES && hand_font.letters };

	if (chains_make(&w.chains, s)) {
		write_head(&w);
		if (w.outlines)
			svg_letters(out, s);
		write_ground(&w);
		write_things(&w);
		buffer_text(out, "</svg>\n");
	} else {
		out->failed = true;
	}
	chains_done(&w.chains);
}
