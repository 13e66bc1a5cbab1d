#include "collector/draw/graphml.h"

#include "collector/draw/outline.h"
#include "collector/draw/pens.h"
#include "collector/draw/spell.h"
#include "collector/draw/trace.h"
#include "collector/draw/xml.h"

enum {
	STEPS = 4,  /* bends for each curve of a cable */
	BEYOND = 14 /* the square of what is not drawn */
};

static void
put_data(struct buffer *out, const char *key, const char *text)
{
	if (!*text)
		return;
	buffer_printf(out, "<data key=\"%s\">", key);
	spell_xml(out, text);
	buffer_text(out, "</data>");
}

static void
put_place(struct buffer *out, const struct sheet_box *box)
{
	buffer_text(out, "<y:Geometry");
	xml_number(out, "x", box->at.x);
	xml_number(out, "y", box->at.y);
	xml_number(out, "width", box->at.w);
	xml_number(out, "height", box->at.h);
	buffer_printf(out,
	    "/><y:Fill color=\"%s\" transparent=\"%s\"/>"
	    "<y:BorderStyle color=\"%s\" type=\"line\"",
	    pen_fill(box->hatch), pen_fills(box) ? "false" : "true",
	    pen_color(box->ink));
	xml_number(out, "width", pen_width(box));
	buffer_text(out, "/>");
}

/* The names of squares on an edge stand beside them. */
static void
put_label(struct buffer *out, const struct sheet_box *box)
{
	const char *where = "modelName=\"internal\" modelPosition=\"c\"";

	if (box->kind == BOX_PORT)
		where = "modelName=\"sides\" modelPosition=\"n\"";
	if (box->kind == BOX_NIC)
		where = "modelName=\"sides\" modelPosition=\"e\"";
	if (outline_holds(box))
		where = "modelName=\"internal\" modelPosition=\"tl\"";
	buffer_printf(out, "<y:NodeLabel %s textColor=\"%s\">", where,
	    pen_text_color(box->ink));
	spell_xml(out, box->label);
	if (*box->about) {
		buffer_char(out, '\n');
		spell_xml(out, box->about);
	}
	buffer_printf(out, "</y:NodeLabel><y:Shape type=\"%s\"/>",
	    box->kind == BOX_BOND ? "ellipse" : "roundrectangle");
}

static void
put_facts(struct buffer *out, const struct sheet_box *box)
{
	put_data(out, "kind", pen_kind(box->kind));
	put_data(out, "label", box->label);
	put_data(out, "about", box->about);
	if (spell_is_address(box->href))
		put_data(out, "url", box->href);
}

static void
put_node(struct buffer *out, const struct sheet_box *box)
{
	buffer_text(out, "<node");
	xml_id(out, "id", "b-", box->id);
	buffer_char(out, '>');
	put_facts(out, box);
	buffer_text(out, "<data key=\"node\"><y:ShapeNode>");
	put_place(out, box);
	put_label(out, box);
	buffer_text(out, "</y:ShapeNode></data></node>\n");
}

static void
put_group(struct buffer *out, const struct sheet *s, uint32_t at)
{
	const struct sheet_box *box = &s->boxes[at];

	buffer_text(out, "<node");
	xml_id(out, "id", "b-", box->id);
	buffer_text(out, " yfiles.foldertype=\"group\">");
	put_facts(out, box);
	buffer_text(out, "<data key=\"node\"><y:ProxyAutoBoundsNode>"
			 "<y:Realizers active=\"0\"><y:GroupNode>");
	put_place(out, box);
	put_label(out, box);
	buffer_text(out,
	    "<y:State closed=\"false\" innerGraphDisplayEnabled=\"true\"/>"
	    "</y:GroupNode></y:Realizers></y:ProxyAutoBoundsNode></data>"
	    "<graph edgedefault=\"undirected\"");
	xml_id(out, "id", "g-", box->id);
	buffer_text(out, ">\n");
	for (uint32_t i = at + 1; i < s->box_count; i++)
		if (outline_home(s, i) == at && outline_shows(&s->boxes[i]))
			put_node(out, &s->boxes[i]);
	buffer_text(out, "</graph></node>\n");
}

static void
put_boxes(struct buffer *out, const struct sheet *s)
{
	for (uint32_t i = 0; i < s->box_count; i++) {
		if (!outline_shows(&s->boxes[i]))
			continue;
		if (outline_holds(&s->boxes[i]))
			put_group(out, s, i);
		else if (outline_home(s, i) == SHEET_NONE)
			put_node(out, &s->boxes[i]);
	}
}

static void
put_edge_label(
    struct buffer *out, const char *text, const char *at, enum ink ink)
{
	if (!*text)
		return;
	buffer_printf(out,
	    "<y:EdgeLabel modelName=\"six_pos\" modelPosition=\"%s\" "
	    "textColor=\"%s\">",
	    at, pen_text_color(ink));
	spell_xml(out, text);
	buffer_text(out, "</y:EdgeLabel>");
}

/* Ends are counted from the middles of the boxes: 0 is there. */
static void
put_bends(struct buffer *out, const struct sheet_cable *cable)
{
	struct trace t = trace_of_cable(cable);
	size_t count = trace_count(t, STEPS);

	buffer_text(out, "<y:Path sx=\"0\" sy=\"0\" tx=\"0\" ty=\"0\">");
	for (size_t i = 1; i + 1 < count; i++) {
		struct point p = trace_at(t, STEPS, i);

		buffer_text(out, "<y:Point");
		xml_number(out, "x", p.x);
		xml_number(out, "y", p.y);
		buffer_text(out, "/>");
	}
	buffer_text(out, "</y:Path>");
}

static void
put_line(struct buffer *out, const struct sheet_cable *cable)
{
	buffer_text(out, "<data key=\"edge\"><y:PolyLineEdge>");
	put_bends(out, cable);
	buffer_printf(out,
	    "<y:LineStyle color=\"%s\" type=\"%s\" width=\"2\"/>"
	    "<y:Arrows source=\"none\" target=\"none\"/>",
	    pen_color(cable->ink),
	    pen_dashes(cable->state) ? "dashed" : "line");
	put_edge_label(out, cable->net_text, "shead", INK_BLUE);
	put_edge_label(out, cable->sys_text, "thead", INK_GREEN);
	buffer_text(
	    out, "<y:BendStyle smoothed=\"true\"/></y:PolyLineEdge></data>");
}

static void
put_edge(struct buffer *out, const struct sheet *s, uint32_t from, uint32_t to)
{
	buffer_text(out, "<edge");
	xml_id(out, "source", "b-", s->boxes[from].id);
	xml_id(out, "target", "b-", s->boxes[to].id);
}

/* What is not drawn, or not known, where the cable ends. */
static void
put_beyond(struct buffer *out, const struct sheet_cable *cable)
{
	const char *label = *cable->beyond ? cable->beyond : "?";
	struct sheet_box box = { .label = label,
		.about = "",
		.kind = BOX_PORT,
		.ink = INK_GREY,
		.faint = true };

	if (cable->point_count)
		box.at = (struct rect){ cable->points[0].x - BEYOND / 2.0,
			cable->points[0].y - BEYOND, BEYOND, BEYOND };
	buffer_text(out, "<node");
	xml_id(out, "id", "e-", cable->id);
	buffer_char(out, '>');
	put_data(out, "kind", "beyond");
	put_data(out, "label", label);
	buffer_text(out, "<data key=\"node\"><y:ShapeNode>");
	put_place(out, &box);
	put_label(out, &box);
	buffer_text(out, "</y:ShapeNode></data></node>\n<edge");
	xml_id(out, "source", "e-", cable->id);
}

static void
put_cable(struct buffer *out, const struct sheet *s, uint32_t at)
{
	const struct sheet_cable *cable = &s->cables[at];
	unsigned finding = outline_finding(s, at);

	if (outline_leaves(s, cable)) {
		put_beyond(out, cable);
		xml_id(out, "target", "b-", s->boxes[cable->to].id);
	} else {
		put_edge(out, s, cable->from, cable->to);
	}
	xml_id(out, "id", "c-", cable->id);
	buffer_char(out, '>');
	put_data(out, "joins", cable->crosses ? "cable" : "wire");
	put_data(out, "network", cable->net_text);
	put_data(out, "systems", cable->sys_text);
	if (finding > 0)
		buffer_printf(out, "<data key=\"finding\">%u</data>", finding);
	put_line(out, cable);
	buffer_text(out, "</edge>\n");
}

static void
put_edges(struct buffer *out, const struct sheet *s)
{
	for (uint32_t i = 0; i < s->cable_count; i++)
		if (outline_joins(s, &s->cables[i]) ||
		    outline_leaves(s, &s->cables[i]))
			put_cable(out, s, i);
	for (uint32_t i = 0; i < s->box_count; i++) {
		uint32_t hook = outline_hook(s, i);

		if (hook == SHEET_NONE)
			continue;
		put_edge(out, s, hook, i);
		xml_id(out, "id", "h-", s->boxes[i].id);
		buffer_text(out, "><data key=\"joins\">hook</data></edge>\n");
	}
}

static void
put_keys(struct buffer *out)
{
	static const struct {
		const char *name, *of, *type;
	} keys[] = {
		{ "kind", "node", "string" },
		{ "label", "node", "string" },
		{ "about", "node", "string" },
		{ "url", "node", "string" },
		{ "joins", "edge", "string" },
		{ "network", "edge", "string" },
		{ "systems", "edge", "string" },
		{ "finding", "edge", "int" },
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		buffer_printf(out,
		    "<key id=\"%s\" for=\"%s\" attr.name=\"%s\" "
		    "attr.type=\"%s\"/>\n",
		    keys[i].name, keys[i].of, keys[i].name, keys[i].type);
	buffer_text(out,
	    "<key id=\"node\" for=\"node\" yfiles.type=\"nodegraphics\"/>\n"
	    "<key id=\"edge\" for=\"edge\" yfiles.type=\"edgegraphics\"/>\n");
}

enum status
graphml_write(struct buffer *out, const struct sheet *s)
{
	buffer_text(out, XML_DECLARATION
	    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
	    "xmlns:y=\"http://www.yworks.com/xml/graphml\">\n");
	put_keys(out);
	buffer_text(out, "<graph edgedefault=\"undirected\"");
	xml_id(out, "id", "d-", s->id);
	buffer_text(out, ">\n");
	put_boxes(out, s);
	put_edges(out, s);
	buffer_text(out, "</graph></graphml>\n");
	return STATUS_OK;
}
