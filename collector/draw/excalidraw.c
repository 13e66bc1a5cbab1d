#include "collector/draw/excalidraw.h"

#include <stdio.h>

#include "base/json.h"
#include "collector/draw/excalidraw_element.h"
#include "collector/draw/pens.h"
#include "collector/draw/trace.h"

/* Of Excalifont: how much wider it is, and its lines. */
#define WIDER 1.12
#define LINE_HEIGHT 1.25
#define ASCENT 0.95

enum {
	VERSION = 2,
	STEPS = 4, /* points for each curve */
	EXCALIFONT = 5,
	HIGHLIGHT_PX = 17,
	HIGHLIGHT_OPACITY = 60,
	NUMBER_PX = 26 /* across the circle of a finding's number */
};

/* The cables of each box, one list behind the other. */
struct bindings {
	uint32_t *begin; /* boxes + 1 */
	uint32_t *cables;
};

/* Where the list of the end of a cable is counted; NULL: it ends at no box. */
static uint32_t *
list_of(const struct bindings *b, const struct sheet *s, uint32_t box)
{
	return box < s->box_count ? &b->begin[box] : NULL;
}

/* Both ends of a cable; of one whose ends are at one box, that end. */
static void
lists_of(const struct bindings *b, const struct sheet *s,
    const struct sheet_cable *cable, uint32_t *out[2])
{
	out[0] = list_of(b, s, cable->from);
	out[1] = cable->to != cable->from ? list_of(b, s, cable->to) : NULL;
}

/* Counts, and then fills from the back, so that lists begin where they began.
 */
static bool
bindings_init(struct bindings *b, const struct sheet *s, struct arena *a)
{
	uint32_t *ends[2], sum = 0;

	b->begin = arena_array(a, s->box_count + (size_t)1, sizeof(uint32_t));
	b->cables =
	    arena_array(a, 2 * (size_t)s->cable_count + 1, sizeof(uint32_t));
	if (a->failed)
		return false;
	for (uint32_t i = 0; i < s->cable_count; i++) {
		lists_of(b, s, &s->cables[i], ends);
		for (int e = 0; e < 2; e++)
			if (ends[e])
				++*ends[e];
	}
	for (uint32_t i = 0; i <= s->box_count; i++)
		b->begin[i] = sum += b->begin[i];
	for (uint32_t i = s->cable_count; i-- > 0;) {
		lists_of(b, s, &s->cables[i], ends);
		for (int e = 0; e < 2; e++)
			if (ends[e])
				b->cables[--*ends[e]] = i;
	}
	return true;
}

static void
put_box(struct json *j, const struct sheet *s, uint32_t at,
    const struct bindings *bindings)
{
	const struct sheet_box *box = &s->boxes[at];
	bool oval = box->kind == BOX_BOND;
	struct element e = { .id = element_id("b-", box->id),
		.type = oval ? "ellipse" : "rectangle",
		.at = box->at,
		.stroke = pen_color(box->faint ? INK_GREY : box->ink),
		.fill = pen_fills(box) ? pen_fill(box->hatch) : NULL,
		.width = pen_width(box),
		.opacity = 100,
		.round = oval ? ELEMENT_SHARP : ELEMENT_ROUND,
		.hatched = box->hatch != HATCH_NONE,
		.box = at,
		.kind = pen_kind(box->kind),
		.href = box->href };

	element_begin(j, s, &e);
	json_name(j, "boundElements");
	json_array_begin(j);
	for (uint32_t i = bindings->begin[at]; i < bindings->begin[at + 1];
	     i++) {
		const struct sheet_cable *c = &s->cables[bindings->cables[i]];

		json_object_begin(j);
		json_add_string(j, "id", element_id("c-", c->id).text);
		json_add_string(j, "type", "arrow");
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

static void
add_binding(
    struct json *j, const char *name, const struct sheet *s, uint32_t box)
{
	if (box >= s->box_count) {
		element_null(j, name);
		return;
	}
	json_name(j, name);
	json_object_begin(j);
	json_add_string(
	    j, "elementId", element_id("b-", s->boxes[box].id).text);
	json_add_number(j, "focus", 0);
	json_add_number(j, "gap", 1);
	json_object_end(j);
}

static void
add_points(struct json *j, struct trace t)
{
	size_t count = trace_count(t, STEPS);

	json_name(j, "points");
	json_array_begin(j);
	for (size_t i = 0; i < count; i++) {
		struct point p = trace_at(t, STEPS, i);

		json_array_begin(j);
		element_place(j, p.x - t.points[0].x);
		element_place(j, p.y - t.points[0].y);
		json_array_end(j);
	}
	json_array_end(j);
	element_null(j, "lastCommittedPoint");
}

/* A line's place is that of its first point. */
static struct rect
line_place(struct trace t)
{
	struct rect at = trace_around(t);

	if (t.count > 0) {
		at.x = t.points[0].x;
		at.y = t.points[0].y;
	}
	return at;
}

static void
put_cable(
    struct json *j, const struct sheet *s, const struct sheet_cable *cable)
{
	struct trace t = trace_of_cable(cable);
	struct element e = { .id = element_id("c-", cable->id),
		.type = "arrow",
		.at = line_place(t),
		.stroke = pen_color(cable->ink),
		.width = 2,
		.opacity = 100,
		.round = trace_is_straight(t) ? ELEMENT_SHARP : ELEMENT_CURVED,
		.dashed = pen_dashes(cable->state),
		.box = SHEET_NONE,
		.kind = cable->crosses ? "cable" : "wire" };

	element_begin(j, s, &e);
	add_points(j, t);
	add_binding(j, "startBinding", s, cable->from);
	add_binding(j, "endBinding", s, cable->to);
	element_null(j, "startArrowhead");
	element_null(j, "endArrowhead");
	json_add_boolean(j, "elbowed", false);
	element_end_unbound(j);
}

static void
put_words(struct json *j, const struct sheet *s, struct element *e,
    const struct sheet_text *text)
{
	static const char *const aligns[] = { [ANCHOR_START] = "left",
		[ANCHOR_MIDDLE] = "center",
		[ANCHOR_END] = "right" };
	double width = text->width * WIDER;

	e->type = "text";
	e->at = (struct rect){ text->x, text->y - ASCENT * text->size, width,
		LINE_HEIGHT * text->size };
	if (text->anchor == ANCHOR_MIDDLE)
		e->at.x -= width / 2;
	if (text->anchor == ANCHOR_END)
		e->at.x -= width;
	element_begin(j, s, e);
	element_text(j, "text", text->text);
	element_text(j, "originalText", text->text);
	element_number(j, "fontSize", text->size);
	json_add_number(j, "fontFamily", EXCALIFONT);
	json_add_string(j, "textAlign", aligns[text->anchor]);
	json_add_string(j, "verticalAlign", "top");
	element_null(j, "containerId");
	element_number(j, "lineHeight", LINE_HEIGHT);
	json_add_boolean(j, "autoResize", true);
	element_end_unbound(j);
}

static void
put_text(struct json *j, const struct sheet *s, const struct sheet_text *text)
{
	struct element e = { .id = element_id("t-", text->id),
		.stroke = pen_text_color(text->ink),
		.width = 1,
		.opacity = 100,
		.box = text->box,
		.kind = "text" };

	put_words(j, s, &e, text);
}

/* Crosses and ticks are signs of Unicode. */
static void
put_sign(struct json *j, const struct sheet *s, struct element *e,
    const struct sheet_mark *mark)
{
	struct sheet_text text = { .text = mark->kind == MARK_CROSS ? "\u2715"
								    : "\u2713",
		.x = mark->points[0].x,
		.y = mark->points[0].y + mark->size / 2,
		.size = mark->size,
		.width = mark->size,
		.anchor = ANCHOR_MIDDLE };

	put_words(j, s, e, &text);
}

static void
put_mark(struct json *j, const struct sheet *s, const struct sheet_mark *mark)
{
	bool lit = mark->kind == MARK_HIGHLIGHT;
	bool arrow = mark->kind == MARK_ARROW;
	struct trace t = trace_of_mark(mark);
	struct element e = { .id = element_id("m-", mark->id),
		.type = arrow ? "arrow" : "line",
		.at = line_place(t),
		.stroke = lit ? PEN_HIGHLIGHT : pen_color(mark->ink),
		.width = lit ? HIGHLIGHT_PX : mark->size,
		.opacity = lit ? HIGHLIGHT_OPACITY : 100,
		.round = t.cubic ? ELEMENT_CURVED : ELEMENT_SHARP,
		.dashed = mark->dashed || mark->kind == MARK_DEMARC,
		.box = SHEET_NONE,
		.kind = mark->kind == MARK_DEMARC ? "demarc" : "mark" };

	if (t.count == 0)
		return;
	if (mark->kind == MARK_CROSS || mark->kind == MARK_TICK) {
		put_sign(j, s, &e, mark);
		return;
	}
	element_begin(j, s, &e);
	add_points(j, t);
	element_null(j, "startBinding");
	element_null(j, "endBinding");
	element_null(j, "startArrowhead");
	json_name(j, "endArrowhead");
	if (arrow)
		json_string(j, "arrow");
	else
		json_null(j);
	element_end_unbound(j);
}

static void
put_ellipse(struct json *j, const struct sheet *s, struct element_id id,
    struct rect at, const char *color)
{
	struct element e = { .id = id,
		.type = "ellipse",
		.at = at,
		.stroke = color,
		.width = 2.5,
		.opacity = 100,
		.box = SHEET_NONE,
		.kind = "finding" };

	element_begin(j, s, &e);
	element_end_unbound(j);
}

static void
put_ring(struct json *j, const struct sheet *s, const struct sheet_ring *ring)
{
	const char *color = pen_color(ring->quiet ? INK_GREY : INK_RED);
	char digits[16];
	struct sheet_text text = { .text = digits,
		.x = ring->number.x,
		.y = ring->number.y + NUMBER_PX / 4.,
		.size = NUMBER_PX * .6,
		.width = NUMBER_PX * .5,
		.anchor = ANCHOR_MIDDLE };
	struct element number = { .id = element_id("i-", ring->id),
		.stroke = color,
		.width = 1,
		.opacity = 100,
		.box = SHEET_NONE,
		.kind = "number" };

	if (ring->around.w > 0)
		put_ellipse(
		    j, s, element_id("r-", ring->id), ring->around, color);
	if (ring->n == 0)
		return;
	(void)snprintf(digits, sizeof(digits), "%u", ring->n);
	put_ellipse(j, s, element_id("n-", ring->id),
	    (struct rect){ ring->number.x - NUMBER_PX / 2.,
		ring->number.y - NUMBER_PX / 2., NUMBER_PX, NUMBER_PX },
	    color);
	put_words(j, s, &number, &text);
}

static void
put_marks(struct json *j, const struct sheet *s, bool lit)
{
	for (uint32_t i = 0; i < s->mark_count; i++)
		if ((s->marks[i].kind == MARK_HIGHLIGHT) == lit)
			put_mark(j, s, &s->marks[i]);
}

static void
put_elements(
    struct json *j, const struct sheet *s, const struct bindings *bindings)
{
	put_marks(j, s, true);
	for (uint32_t i = 0; i < s->cable_count; i++)
		put_cable(j, s, &s->cables[i]);
	for (uint32_t i = 0; i < s->box_count; i++)
		put_box(j, s, i, bindings);
	put_marks(j, s, false);
	for (uint32_t i = 0; i < s->text_count; i++)
		put_text(j, s, &s->texts[i]);
	for (uint32_t i = 0; i < s->ring_count; i++)
		put_ring(j, s, &s->rings[i]);
}

static void
put_document(
    struct json *j, const struct sheet *s, const struct bindings *bindings)
{
	json_object_begin(j);
	json_add_string(j, "type", "excalidraw");
	json_add_number(j, "version", VERSION);
	json_add_string(j, "source", "demarc");
	json_name(j, "elements");
	json_array_begin(j);
	put_elements(j, s, bindings);
	json_array_end(j);
	json_name(j, "appState");
	json_object_begin(j);
	json_add_string(j, "viewBackgroundColor", "#ffffff");
	json_object_end(j);
	json_name(j, "files");
	json_object_begin(j);
	json_object_end(j);
	json_object_end(j);
}

enum status
excalidraw_write(struct buffer *out, const struct sheet *s)
{
	struct json j = json_over(out);
	struct arena arena = { 0 };
	struct bindings bindings;
	enum status status = STATUS_NO_MEMORY;

	if (bindings_init(&bindings, s, &arena)) {
		put_document(&j, s, &bindings);
		status = STATUS_OK;
	}
	arena_done(&arena);
	return status;
}
