#include "collector/draw/vsdx_page.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "collector/draw/pens.h"
#include "collector/draw/spell.h"
#include "collector/draw/trace.h"
#include "collector/draw/xml.h"

enum {
	PX_PER_INCH = 96,
	FRACTIONS = 10000, /* of an inch */
	STEPS = 8,         /* points for each curve */
	HIGHLIGHT_PX = 17,
	NUMBER_PX = 26, /* across the circle of a finding's number */
	ROUNDING_PX = 8
};

/* Of a line of text: how much of its size is above the baseline, and all. */
#define ASCENT 0.95
#define LINE_HEIGHT 1.3

struct page {
	struct buffer *out;
	const struct sheet *sheet;
	uint32_t next_id; /* boxes and cables have theirs by their place */
};

static uint32_t
cable_id(uint32_t at)
{
	return 1 + at;
}

static uint32_t
box_id(const struct sheet *s, uint32_t at)
{
	return 1 + s->cable_count + at;
}

void
vsdx_cell(struct buffer *out, const char *name, double px)
{
	bool sane = px > -1e6 && px < 1e6;
	long value = sane ? lround(px / PX_PER_INCH * FRACTIONS) : 0;

	buffer_printf(out, "<Cell N=\"%s\" V=\"%s%ld.%04ld\"/>", name,
	    value < 0 ? "-" : "", labs(value) / FRACTIONS,
	    labs(value) % FRACTIONS);
}

static void
begin_shape(struct page *p, uint32_t id, const char *prefix, const char *name)
{
	buffer_printf(p->out, "<Shape ID=\"%u\" Type=\"Shape\"", id);
	xml_id(p->out, "NameU", prefix, name);
	buffer_text(
	    p->out, " LineStyle=\"0\" FillStyle=\"0\" TextStyle=\"0\">");
}

static void
put_place(struct page *p, struct rect at)
{
	vsdx_cell(p->out, "PinX", at.x + at.w / 2);
	vsdx_cell(p->out, "PinY", p->sheet->height - at.y - at.h / 2);
	vsdx_cell(p->out, "Width", at.w);
	vsdx_cell(p->out, "Height", at.h);
	vsdx_cell(p->out, "LocPinX", at.w / 2);
	vsdx_cell(p->out, "LocPinY", at.h / 2);
}

/* 'fill' NULL: none. */
static void
put_pen(struct page *p, const char *color, double width, const char *fill)
{
	buffer_printf(p->out,
	    "<Cell N=\"LineColor\" V=\"%s\"/>"
	    "<Cell N=\"FillForegnd\" V=\"%s\"/>"
	    "<Cell N=\"FillPattern\" V=\"%d\"/>",
	    color, fill ? fill : "#ffffff", fill != NULL);
	vsdx_cell(p->out, "LineWeight", width);
}

static void
put_corner(struct page *p, const char *kind, unsigned row, struct point at)
{
	buffer_printf(p->out, "<Row T=\"%s\" IX=\"%u\">", kind, row);
	vsdx_cell(p->out, "X", at.x);
	vsdx_cell(p->out, "Y", at.y);
	buffer_text(p->out, "</Row>");
}

static void
put_rectangle(struct page *p, double w, double h)
{
	buffer_text(p->out, "<Section N=\"Geometry\" IX=\"0\">");
	put_corner(p, "MoveTo", 1, (struct point){ 0, 0 });
	put_corner(p, "LineTo", 2, (struct point){ w, 0 });
	put_corner(p, "LineTo", 3, (struct point){ w, h });
	put_corner(p, "LineTo", 4, (struct point){ 0, h });
	put_corner(p, "LineTo", 5, (struct point){ 0, 0 });
	buffer_text(p->out, "</Section>");
}

static void
put_ellipse(struct page *p, double w, double h)
{
	buffer_text(p->out,
	    "<Section N=\"Geometry\" IX=\"0\"><Row T=\"Ellipse\" IX=\"1\">");
	vsdx_cell(p->out, "X", w / 2);
	vsdx_cell(p->out, "Y", h / 2);
	vsdx_cell(p->out, "A", w);
	vsdx_cell(p->out, "B", h / 2);
	vsdx_cell(p->out, "C", w / 2);
	vsdx_cell(p->out, "D", h);
	buffer_text(p->out, "</Row></Section>");
}

static void
put_box(struct page *p, uint32_t at)
{
	const struct sheet_box *box = &p->sheet->boxes[at];

	begin_shape(p, box_id(p->sheet, at), "b-", box->id);
	put_place(p, box->at);
	put_pen(p, pen_color(box->faint ? INK_GREY : box->ink), pen_width(box),
	    pen_fills(box) ? pen_fill(box->hatch) : NULL);
	vsdx_cell(p->out, "Rounding", ROUNDING_PX);
	if (box->kind == BOX_BOND)
		put_ellipse(p, box->at.w, box->at.h);
	else
		put_rectangle(p, box->at.w, box->at.h);
	buffer_text(p->out, "</Shape>\n");
}

static void
put_way(struct page *p, struct trace t)
{
	size_t count = trace_count(t, STEPS);

	buffer_text(p->out,
	    "<Section N=\"Geometry\" IX=\"0\"><Cell N=\"NoFill\" V=\"1\"/>");
	for (size_t i = 0; i < count; i++) {
		struct point at = trace_at(t, STEPS, i);

		put_corner(p, i ? "LineTo" : "MoveTo", (unsigned)i + 1,
		    (struct point){
			at.x - t.points[0].x, t.points[0].y - at.y });
	}
	buffer_text(p->out, "</Section>");
}

/* A 1-D shape: from its first point to its last. */
static void
put_line(struct page *p, struct trace t, const char *color, double width,
    bool dashed)
{
	struct point a = t.points[0], b = t.points[t.count - 1];
	double height = p->sheet->height;

	put_place(p, (struct rect){ a.x, a.y, b.x - a.x, b.y - a.y });
	vsdx_cell(p->out, "BeginX", a.x);
	vsdx_cell(p->out, "BeginY", height - a.y);
	vsdx_cell(p->out, "EndX", b.x);
	vsdx_cell(p->out, "EndY", height - b.y);
	put_pen(p, color, width, NULL);
	buffer_printf(
	    p->out, "<Cell N=\"LinePattern\" V=\"%d\"/>", dashed ? 2 : 1);
	put_way(p, t);
	buffer_text(p->out, "</Shape>\n");
}

static void
put_cable(struct page *p, uint32_t at)
{
	const struct sheet_cable *cable = &p->sheet->cables[at];

	if (cable->point_count == 0)
		return;
	begin_shape(p, cable_id(at), "c-", cable->id);
	put_line(p, trace_of_cable(cable), pen_color(cable->ink), 2,
	    pen_dashes(cable->state));
}

static void
put_words(struct page *p, const struct sheet_text *text)
{
	static const int aligns[] = {
		[ANCHOR_START] = 0, [ANCHOR_MIDDLE] = 1, [ANCHOR_END] = 2
	};
	struct rect at = { text->x, text->y - ASCENT * text->size, text->width,
		LINE_HEIGHT * text->size };

	if (text->anchor == ANCHOR_MIDDLE)
		at.x -= text->width / 2;
	if (text->anchor == ANCHOR_END)
		at.x -= text->width;
	put_place(p, at);
	buffer_printf(p->out,
	    "<Cell N=\"LinePattern\" V=\"0\"/><Cell N=\"FillPattern\" "
	    "V=\"0\"/><Cell N=\"LeftMargin\" V=\"0\"/><Cell "
	    "N=\"RightMargin\" V=\"0\"/><Section N=\"Character\">"
	    "<Row IX=\"0\"><Cell N=\"Color\" V=\"%s\"/>"
	    "<Cell N=\"Style\" V=\"%d\"/>",
	    pen_text_color(text->ink), text->bold);
	vsdx_cell(p->out, "Size", text->size);
	buffer_printf(p->out,
	    "</Row></Section><Section N=\"Paragraph\"><Row IX=\"0\">"
	    "<Cell N=\"HorzAlign\" V=\"%d\"/></Row></Section>",
	    aligns[text->anchor]);
	put_rectangle(p, at.w, at.h);
	buffer_text(p->out, "<Text>");
	spell_xml(p->out, text->text);
	buffer_text(p->out, "</Text></Shape>\n");
}

static void
put_text(struct page *p, const struct sheet_text *text)
{
	begin_shape(p, p->next_id++, "t-", text->id);
	put_words(p, text);
}

static void
put_mark(struct page *p, const struct sheet_mark *mark)
{
	bool lit = mark->kind == MARK_HIGHLIGHT;

	if (mark->point_count == 0)
		return;
	begin_shape(p, p->next_id++, "m-", mark->id);
	if (mark->kind == MARK_CROSS || mark->kind == MARK_TICK) {
		put_words(p,
		    &(struct sheet_text){
			.text = mark->kind == MARK_CROSS ? "\u2715" : "\u2713",
			.x = mark->points[0].x,
			.y = mark->points[0].y + mark->size / 2,
			.size = mark->size,
			.width = mark->size * 2,
			.anchor = ANCHOR_MIDDLE,
			.ink = mark->ink });
		return;
	}
	if (mark->kind == MARK_ARROW)
		buffer_text(p->out, "<Cell N=\"EndArrow\" V=\"1\"/>");
	put_line(p, trace_of_mark(mark),
	    lit ? PEN_HIGHLIGHT : pen_color(mark->ink),
	    lit ? HIGHLIGHT_PX : mark->size,
	    mark->dashed || mark->kind == MARK_DEMARC);
}

static void
put_oval(struct page *p, const char *prefix, const struct sheet_ring *ring,
    struct rect at)
{
	begin_shape(p, p->next_id++, prefix, ring->id);
	put_place(p, at);
	put_pen(p, pen_color(ring->quiet ? INK_GREY : INK_RED), 2.5, NULL);
	put_ellipse(p, at.w, at.h);
	buffer_text(p->out, "</Shape>\n");
}

static void
put_ring(struct page *p, const struct sheet_ring *ring)
{
	char digits[16];
	struct sheet_text number = { .id = ring->id,
		.text = digits,
		.x = ring->number.x,
		.y = ring->number.y + NUMBER_PX / 4.,
		.size = NUMBER_PX * .6,
		.width = NUMBER_PX,
		.anchor = ANCHOR_MIDDLE,
		.ink = ring->quiet ? INK_GREY : INK_RED };

	if (ring->around.w > 0)
		put_oval(p, "r-", ring, ring->around);
	if (ring->n == 0)
		return;
	(void)snprintf(digits, sizeof(digits), "%u", ring->n);
	put_oval(p, "n-", ring,
	    (struct rect){ ring->number.x - NUMBER_PX / 2.,
		ring->number.y - NUMBER_PX / 2., NUMBER_PX, NUMBER_PX });
	begin_shape(p, p->next_id++, "i-", ring->id);
	put_words(p, &number);
}

/* Where a box moves, the ends of its cables move. */
static void
put_glue(struct page *p, uint32_t at, uint32_t box, bool end)
{
	if (box < p->sheet->box_count && p->sheet->cables[at].point_count > 0)
		buffer_printf(p->out,
		    "<Connect FromSheet=\"%u\" FromCell=\"%s\" "
		    "FromPart=\"%d\" ToSheet=\"%u\" ToCell=\"PinX\" "
		    "ToPart=\"3\"/>\n",
		    cable_id(at), end ? "EndX" : "BeginX", end ? 12 : 9,
		    box_id(p->sheet, box));
}

static void
put_marks(struct page *p, bool lit)
{
	for (uint32_t i = 0; i < p->sheet->mark_count; i++)
		if ((p->sheet->marks[i].kind == MARK_HIGHLIGHT) == lit)
			put_mark(p, &p->sheet->marks[i]);
}

void
vsdx_page(struct buffer *out, const struct sheet *s)
{
	struct page p = { out, s, box_id(s, s->box_count) };

	buffer_text(
	    out, XML_DECLARATION "<PageContents " VSDX_NAMESPACE "><Shapes>\n");
	put_marks(&p, true);
	for (uint32_t i = 0; i < s->cable_count; i++)
		put_cable(&p, i);
	for (uint32_t i = 0; i < s->box_count; i++)
		put_box(&p, i);
	put_marks(&p, false);
	for (uint32_t i = 0; i < s->text_count; i++)
		put_text(&p, &s->texts[i]);
	for (uint32_t i = 0; i < s->ring_count; i++)
		put_ring(&p, &s->rings[i]);
	buffer_text(out, "</Shapes><Connects>\n");
	for (uint32_t i = 0; i < s->cable_count; i++) {
		put_glue(&p, i, s->cables[i].from, false);
		put_glue(&p, i, s->cables[i].to, true);
	}
	buffer_text(out, "</Connects></PageContents>\n");
}
