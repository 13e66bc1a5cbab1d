#include "collector/draw/drawio.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "collector/draw/pens.h"
#include "collector/draw/spell.h"
#include "collector/draw/trace.h"
#include "collector/draw/xml.h"

/* Of a line of text: how much of its size is above the baseline, and all. */
#define ASCENT 0.95
#define LINE_HEIGHT 1.3

/* Fonts that stand in for the hand's are wider than it. */
#define SMALLER 0.9

enum {
	STEPS = 4, /* points for each curve that is no cable */
	HIGHLIGHT_PX = 17,
	NUMBER_PX = 26,   /* across the circle of a finding's number */
	POINTS_MOST = 256 /* of one mark */
};

#define SKETCH "sketch=1;curveFitting=1;jiggle=1;"

/* Ids are prefixed by what they are of, so that none is another's, or that of
 * a layer. */
enum { LAYER_CABLES = 1, LAYER_BOXES, LAYER_WORDS, LAYER_FINDINGS };

struct drawio {
	struct buffer *out;
	const struct sheet *sheet;
	uint32_t *labels; /* of each box: the text that is its label */
};

static void
put_style(struct buffer *out, const char *name, double number)
{
	buffer_printf(out, "%s=", name);
	spell_number(out, number);
	buffer_char(out, ';');
}

/* The parent's id: a box, or a layer. */
static void
put_parent(struct drawio *d, uint32_t box, unsigned layer)
{
	if (box < d->sheet->box_count)
		xml_id(d->out, "parent", "b-", d->sheet->boxes[box].id);
	else
		buffer_printf(d->out, " parent=\"%u\"", layer);
}

static void
put_geometry(struct drawio *d, struct rect at, uint32_t parent)
{
	if (parent < d->sheet->box_count) {
		at.x -= d->sheet->boxes[parent].at.x;
		at.y -= d->sheet->boxes[parent].at.y;
	}
	buffer_text(d->out, "<mxGeometry");
	xml_number(d->out, "x", at.x);
	xml_number(d->out, "y", at.y);
	xml_number(d->out, "width", at.w);
	xml_number(d->out, "height", at.h);
	buffer_text(d->out, " as=\"geometry\"/></mxCell>");
}

static void
put_font(struct buffer *out, const struct sheet_text *text)
{
	static const char *const aligns[] = { [ANCHOR_START] = "left",
		[ANCHOR_MIDDLE] = "center",
		[ANCHOR_END] = "right" };

	buffer_printf(out,
	    "html=0;fontFamily=" PEN_FONT ";fontColor=%s;fontStyle=%d;"
	    "align=%s;verticalAlign=top;",
	    pen_text_color(text->ink), text->bold, aligns[text->anchor]);
	put_style(out, "fontSize", text->size * SMALLER);
}

/* Where the label stands in its box: it goes with it when that is moved. */
static void
put_label_place(struct buffer *out, const struct sheet_text *text,
    const struct sheet_box *box)
{
	double left = text->x - box->at.x;

	if (text->anchor == ANCHOR_MIDDLE)
		left = 2 * left - box->at.w;
	put_style(out,
	    text->anchor == ANCHOR_END ? "spacingRight" : "spacingLeft",
	    round(text->anchor == ANCHOR_END ? box->at.w - left : left));
	put_style(out, "spacingTop",
	    round(text->y - ASCENT * text->size * SMALLER - box->at.y));
	buffer_text(out, "spacing=0;");
}

static void
put_box_style(struct drawio *d, const struct sheet_box *box, uint32_t label)
{
	struct buffer *out = d->out;
	const char *shape = box->kind == BOX_BOND
				? "shape=ellipse;perimeter=ellipsePerimeter;"
				: "rounded=1;absoluteArcSize=1;arcSize=10;";

	buffer_printf(out,
	    "%s" SKETCH "fillStyle=hachure;strokeColor=%s;fillColor=%s;", shape,
	    pen_color(box->faint ? INK_GREY : box->ink),
	    pen_fills(box) ? pen_fill(box->hatch) : "none");
	put_style(out, "strokeWidth", pen_width(box));
	if (box->hatch == HATCH_NONE)
		buffer_text(out, "fillStyle=solid;");
	if (box->hatch == HATCH_VIRTUAL)
		buffer_text(out, "hachureAngle=48;");
	buffer_text(out, "container=1;collapsible=0;");
	if (label == SHEET_NONE) {
		buffer_text(out, "noLabel=1;");
		return;
	}
	put_font(out, &d->sheet->texts[label]);
	put_label_place(out, &d->sheet->texts[label], box);
}

/* A 'javascript:' is no address. */
static void
put_link(struct buffer *out, const char *href)
{
	if (spell_is_address(href))
		xml_text(out, "link", href);
}

static void
put_box(struct drawio *d, uint32_t at)
{
	const struct sheet_box *box = &d->sheet->boxes[at];
	struct buffer *out = d->out;

	buffer_text(out, "<UserObject");
	xml_id(out, "id", "b-", box->id);
	xml_text(out, "label", box->label);
	xml_text(out, "kind", pen_kind(box->kind));
	if (*box->about)
		xml_text(out, "about", box->about);
	put_link(out, box->href);
	buffer_text(out, "><mxCell style=\"");
	put_box_style(d, box, d->labels[at]);
	buffer_text(out, "\" vertex=\"1\"");
	put_parent(d, box->parent, LAYER_BOXES);
	buffer_char(out, '>');
	put_geometry(d, box->at, box->parent);
	buffer_text(out, "</UserObject>\n");
}

static void
put_text(struct drawio *d, uint32_t at)
{
	const struct sheet_text *text = &d->sheet->texts[at];
	struct rect place = { text->x, text->y - ASCENT * text->size,
		text->width, LINE_HEIGHT * text->size };

	if (text->box < d->sheet->box_count && d->labels[text->box] == at)
		return;
	if (text->anchor == ANCHOR_MIDDLE)
		place.x -= text->width / 2;
	if (text->anchor == ANCHOR_END)
		place.x -= text->width;
	buffer_text(d->out, "<mxCell");
	xml_id(d->out, "id", "t-", text->id);
	xml_text(d->out, "value", text->text);
	buffer_text(d->out, " style=\"text;strokeColor=none;fillColor=none;"
			    "spacing=0;connectable=0;");
	put_font(d->out, text);
	buffer_text(d->out, "\" vertex=\"1\"");
	put_parent(d, text->box, LAYER_WORDS);
	buffer_char(d->out, '>');
	put_geometry(d, place, text->box);
	buffer_char(d->out, '\n');
}

/* Where on a box an end is fixed, as a part of its width and height. */
static void
put_fixed(struct buffer *out, const char *end, struct point p, struct rect at)
{
	if (at.w <= 0 || at.h <= 0)
		return;
	buffer_printf(out, "%sX=", end);
	spell_number(out, (p.x - at.x) / at.w);
	buffer_printf(out, ";%sY=", end);
	spell_number(out, (p.y - at.y) / at.h);
	buffer_printf(out, ";%sPerimeter=0;", end);
}

static void
put_point(struct buffer *out, struct point p, const char *as)
{
	buffer_text(out, "<mxPoint");
	xml_number(out, "x", p.x);
	xml_number(out, "y", p.y);
	if (as)
		buffer_printf(out, " as=\"%s\"", as);
	buffer_text(out, "/>");
}

/* The ends, and 'count' points between them. */
static void
put_way(struct buffer *out, const struct point *points, size_t count)
{
	buffer_text(out, "<mxGeometry relative=\"1\" as=\"geometry\">");
	if (count > 0) {
		put_point(out, points[0], "sourcePoint");
		put_point(out, points[count - 1], "targetPoint");
	}
	if (count > 2) {
		buffer_text(out, "<Array as=\"points\">");
		for (size_t i = 1; i + 1 < count; i++)
			put_point(out, points[i], NULL);
		buffer_text(out, "</Array>");
	}
	buffer_text(out, "</mxGeometry></mxCell>");
}

static void
put_cable_style(struct drawio *d, const struct sheet_cable *cable)
{
	struct trace t = trace_of_cable(cable);
	const struct sheet_box *boxes = d->sheet->boxes;

	buffer_printf(d->out,
	    "endArrow=none;html=0;curved=1;" SKETCH
	    "strokeWidth=2;strokeColor=%s;%s",
	    pen_color(cable->ink), pen_dashes(cable->state) ? "dashed=1;" : "");
	if (t.count == 0)
		return;
	if (cable->from < d->sheet->box_count)
		put_fixed(d->out, "exit", t.points[0], boxes[cable->from].at);
	if (cable->to < d->sheet->box_count)
		put_fixed(d->out, "entry", t.points[t.count - 1],
		    boxes[cable->to].at);
}

static void
put_facts(struct buffer *out, const struct sheet_cable *cable)
{
	xml_id(out, "id", "c-", cable->id);
	buffer_printf(
	    out, " label=\"\" kind=\"%s\"", cable->crosses ? "cable" : "wire");
	if (*cable->net_text)
		xml_text(out, "network", cable->net_text);
	if (*cable->sys_text)
		xml_text(out, "systems", cable->sys_text);
	if (*cable->title)
		xml_text(out, "about", cable->title);
}

/* The control points pull draw.io's curves, too, as theirs is a spline. */
static void
put_cable(struct drawio *d, const struct sheet_cable *cable)
{
	struct trace t = trace_of_cable(cable);
	const struct sheet_box *boxes = d->sheet->boxes;

	buffer_text(d->out, "<UserObject");
	put_facts(d->out, cable);
	buffer_text(d->out, "><mxCell style=\"");
	put_cable_style(d, cable);
	buffer_printf(d->out, "\" edge=\"1\" parent=\"%d\"", LAYER_CABLES);
	if (cable->from < d->sheet->box_count)
		xml_id(d->out, "source", "b-", boxes[cable->from].id);
	if (cable->to < d->sheet->box_count)
		xml_id(d->out, "target", "b-", boxes[cable->to].id);
	buffer_char(d->out, '>');
	if (trace_is_straight(t) && t.count > 0)
		put_way(d->out,
		    (struct point[]){ t.points[0], t.points[t.count - 1] }, 2);
	else
		put_way(d->out, t.points, t.count);
	buffer_text(d->out, "</UserObject>\n");
}

static void
put_line(struct drawio *d, const struct sheet_mark *mark)
{
	bool lit = mark->kind == MARK_HIGHLIGHT;
	struct trace t = trace_of_mark(mark);
	size_t count = trace_count(t, STEPS);
	struct point points[POINTS_MOST];

	if (count > POINTS_MOST)
		count = POINTS_MOST;
	for (size_t i = 0; i < count; i++)
		points[i] = trace_at(t, STEPS, i);
	buffer_text(d->out, "<mxCell");
	xml_id(d->out, "id", "m-", mark->id);
	buffer_printf(d->out,
	    " style=\"endArrow=%s;html=0;rounded=1;" SKETCH
	    "strokeColor=%s;%s%s",
	    mark->kind == MARK_ARROW ? "open" : "none",
	    lit ? PEN_HIGHLIGHT : pen_color(mark->ink),
	    mark->dashed || mark->kind == MARK_DEMARC
		? "dashed=1;dashPattern=10 4;"
		: "",
	    lit ? "opacity=45;" : "");
	put_style(d->out, "strokeWidth", lit ? HIGHLIGHT_PX : mark->size);
	buffer_printf(d->out, "\" edge=\"1\" parent=\"%d\">", LAYER_WORDS);
	put_way(d->out, points, count);
	buffer_char(d->out, '\n');
}

/* A sign of Unicode in the middle of its place. */
static void
put_sign(struct drawio *d, const struct sheet_mark *mark, const char *sign)
{
	double side = mark->size * 2;

	buffer_text(d->out, "<mxCell");
	xml_id(d->out, "id", "m-", mark->id);
	buffer_printf(d->out,
	    " value=\"%s\" style=\"text;html=0;strokeColor=none;"
	    "fillColor=none;align=center;verticalAlign=middle;fontColor=%s;",
	    sign, pen_color(mark->ink));
	put_style(d->out, "fontSize", mark->size);
	buffer_printf(d->out, "\" vertex=\"1\" parent=\"%d\">", LAYER_WORDS);
	put_geometry(d,
	    (struct rect){ mark->points[0].x - side / 2,
		mark->points[0].y - side / 2, side, side },
	    SHEET_NONE);
	buffer_char(d->out, '\n');
}

static void
put_mark(struct drawio *d, const struct sheet_mark *mark)
{
	if (mark->point_count == 0)
		return;
	if (mark->kind == MARK_CROSS)
		put_sign(d, mark, "\u2715");
	else if (mark->kind == MARK_TICK)
		put_sign(d, mark, "\u2713");
	else
		put_line(d, mark);
}

static void
put_ellipse(struct drawio *d, const struct sheet_ring *ring, const char *prefix,
    struct rect at, bool numbered)
{
	const char *color = pen_color(ring->quiet ? INK_GREY : INK_RED);

	buffer_text(d->out, "<mxCell");
	xml_id(d->out, "id", prefix, ring->id);
	if (numbered)
		buffer_printf(d->out, " value=\"%u\"", ring->n);
	buffer_printf(d->out,
	    " style=\"shape=ellipse;perimeter=ellipsePerimeter;html=0;" SKETCH
	    "fillColor=none;strokeWidth=2.5;strokeColor=%s;fontColor=%s;"
	    "fontSize=16;fontStyle=1;\" vertex=\"1\" parent=\"%d\">",
	    color, color, LAYER_FINDINGS);
	put_geometry(d, at, SHEET_NONE);
	buffer_char(d->out, '\n');
}

static void
put_ring(struct drawio *d, const struct sheet_ring *ring)
{
	struct rect number = { ring->number.x - NUMBER_PX / 2.,
		ring->number.y - NUMBER_PX / 2., NUMBER_PX, NUMBER_PX };

	if (ring->around.w > 0)
		put_ellipse(d, ring, "r-", ring->around, false);
	if (ring->n > 0)
		put_ellipse(d, ring, "n-", number, true);
}

static void
put_head(struct drawio *d)
{
	static const char *const layers[] = { [LAYER_CABLES] = "cables",
		[LAYER_BOXES] = "drawing",
		[LAYER_WORDS] = "words",
		[LAYER_FINDINGS] = "findings" };
	struct buffer *out = d->out;

	buffer_text(out, XML_DECLARATION "<mxfile host=\"demarc\"><diagram");
	xml_id(out, "id", "", d->sheet->id);
	xml_text(out, "name", d->sheet->title);
	buffer_text(out, "><mxGraphModel grid=\"0\" page=\"1\" math=\"0\"");
	xml_number(out, "pageWidth", d->sheet->width);
	xml_number(out, "pageHeight", d->sheet->height);
	buffer_text(out, "><root>\n<mxCell id=\"0\"/>\n");
	for (int i = LAYER_CABLES; i <= LAYER_FINDINGS; i++)
		buffer_printf(out,
		    "<mxCell id=\"%d\" value=\"%s\" parent=\"0\"/>\n", i,
		    layers[i]);
}

/* The first of its texts that says the same. */
static uint32_t *
find_labels(const struct sheet *s)
{
	uint32_t *labels = calloc(s->box_count + 1, sizeof(*labels));

	if (!labels)
		return NULL;
	for (uint32_t i = 0; i < s->box_count; i++)
		labels[i] = SHEET_NONE;
	for (uint32_t i = 0; i < s->text_count; i++) {
		uint32_t box = s->texts[i].box;

		if (box < s->box_count && labels[box] == SHEET_NONE &&
		    strcmp(s->texts[i].text, s->boxes[box].label) == 0)
			labels[box] = i;
	}
	return labels;
}

enum status
drawio_write(struct buffer *out, const struct sheet *s)
{
	struct drawio d = { out, s, find_labels(s) };

	if (!d.labels)
		return STATUS_NO_MEMORY;
	put_head(&d);
	for (uint32_t i = 0; i < s->box_count; i++)
		put_box(&d, i);
	for (uint32_t i = 0; i < s->cable_count; i++)
		put_cable(&d, &s->cables[i]);
	for (uint32_t i = 0; i < s->mark_count; i++)
		put_mark(&d, &s->marks[i]);
	for (uint32_t i = 0; i < s->text_count; i++)
		put_text(&d, i);
	for (uint32_t i = 0; i < s->ring_count; i++)
		put_ring(&d, &s->rings[i]);
	buffer_text(out, "</root></mxGraphModel></diagram></mxfile>\n");
	free(d.labels);
	return STATUS_OK;
}
