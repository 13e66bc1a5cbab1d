#include "collector/draw/dot.h"

#include "collector/draw/outline.h"
#include "collector/draw/pens.h"
#include "collector/draw/spell.h"

/* A quoted string; in labels an ampersand begins a sign of HTML. */
static void
put_quoted(struct buffer *out, const char *text, bool is_label)
{
	buffer_char(out, '"');
	for (const char *at = text; *at; at++) {
		if (*at == '"' || *at == '\\')
			buffer_char(out, '\\');
		buffer_char(out, *at);
		if (*at == '&' && is_label)
			buffer_text(out, "amp;");
	}
	buffer_char(out, '"');
}

static void
put_label(struct buffer *out, const char *text)
{
	struct spelled spelled;

	put_quoted(out, spell(&spelled, text), true);
}

static void
put_id(struct buffer *out, const char *id)
{
	struct spelled spelled;

	put_quoted(out, spell_id(&spelled, id), false);
}

/* Text in a label of HTML; there must be no empty elements around it. */
static void
put_words(struct buffer *out, const char *text, const char *color, bool bold)
{
	if (!*text)
		return;
	buffer_printf(out, "<FONT COLOR=\"%s\">%s", color, bold ? "<B>" : "");
	spell_xml(out, text);
	buffer_printf(out, "%s</FONT>", bold ? "</B>" : "");
}

static void
put_name(struct buffer *out, const struct sheet_box *box)
{
	const char *color = pen_text_color(box->ink);

	put_words(out, *box->label ? box->label : "?", color, true);
	if (*box->about) {
		buffer_text(out, "<BR/>");
		put_words(out, box->about, color, false);
	}
}

/* A row with a cell for each port. */
static void
put_ports(struct buffer *out, const struct sheet *s, uint32_t device)
{
	bool any = false;

	for (uint32_t i = device + 1; i < s->box_count; i++) {
		if (s->boxes[i].parent != device)
			continue;
		buffer_printf(out, "%s<TD PORT=\"p%u\">", any ? "" : "<TR>", i);
		put_name(out, &s->boxes[i]);
		buffer_text(out, "</TD>");
		any = true;
	}
	if (any)
		buffer_text(out, "</TR>");
}

static unsigned
count_ports(const struct sheet *s, uint32_t device)
{
	unsigned count = 0;

	for (uint32_t i = device + 1; i < s->box_count; i++)
		count += s->boxes[i].parent == device;
	return count ? count : 1;
}

static void
put_switch(struct buffer *out, const struct sheet *s, uint32_t at)
{
	const struct sheet_box *box = &s->boxes[at];

	put_id(out, box->id);
	buffer_printf(out,
	    " [shape=plain, label=<<TABLE BORDER=\"0\" CELLBORDER=\"1\" "
	    "CELLSPACING=\"0\" CELLPADDING=\"6\" COLOR=\"%s\">"
	    "<TR><TD COLSPAN=\"%u\">",
	    pen_color(box->ink), count_ports(s, at));
	put_name(out, box);
	buffer_text(out, "</TD></TR>");
	put_ports(out, s, at);
	buffer_text(out, "</TABLE>>];\n");
}

static void
put_node(struct buffer *out, const struct sheet_box *box)
{
	put_id(out, box->id);
	buffer_text(out, " [label=<");
	put_name(out, box);
	buffer_printf(out, ">, color=\"%s\"%s%s",
	    box->marked ? PEN_HIGHLIGHT : pen_color(box->ink),
	    box->marked ? ", penwidth=3" : "",
	    box->kind == BOX_BOND ? ", shape=ellipse" : "");
	if (spell_is_address(box->href)) {
		buffer_text(out, ", URL=");
		put_label(out, box->href);
	}
	buffer_text(out, "];\n");
}

static void
put_host(struct buffer *out, const struct sheet *s, uint32_t at)
{
	const struct sheet_box *box = &s->boxes[at];

	buffer_printf(out, "subgraph \"cluster_%u\" {\nlabel=<", at);
	put_name(out, box);
	buffer_printf(out, ">; color=\"%s\";\n", pen_color(box->ink));
	/* A host without anything in it is seen nevertheless, and a cable may
	 * end at it. */
	put_id(out, box->id);
	buffer_text(out, " [shape=point, style=invis, width=0];\n");
	for (uint32_t i = at + 1; i < s->box_count; i++)
		if (outline_home(s, i) == at && outline_shows(&s->boxes[i]))
			put_node(out, &s->boxes[i]);
	buffer_text(out, "}\n");
}

static void
put_box(struct buffer *out, const struct sheet *s, uint32_t at)
{
	const struct sheet_box *box = &s->boxes[at];

	if (!outline_shows(box))
		return;
	if (box->kind == BOX_HOST)
		put_host(out, s, at);
	else if (box->kind == BOX_SWITCH)
		put_switch(out, s, at);
	else if (outline_home(s, at) == SHEET_NONE)
		put_node(out, box);
}

/* A port is a cell of its switch. */
static void
put_end(
    struct buffer *out, const struct sheet *s, uint32_t at, const char *side)
{
	uint32_t home = s->boxes[at].parent;

	if (home < at && s->boxes[home].kind == BOX_SWITCH) {
		put_id(out, s->boxes[home].id);
		buffer_printf(out, ":p%u%s", at, side);
	} else {
		put_id(out, s->boxes[at].id);
	}
}

/* The demarc line between both sides' claims. */
static void
put_claims(struct buffer *out, const struct sheet_cable *cable, unsigned n)
{
	if (!*cable->net_text && !*cable->sys_text)
		return;
	buffer_printf(out,
	    ", label=<<TABLE BORDER=\"0\" CELLSPACING=\"0\" COLOR=\"%s\">"
	    "<TR><TD>",
	    pen_color(INK_RED));
	put_words(out, *cable->net_text ? cable->net_text : "?",
	    pen_text_color(INK_BLUE), n > 0);
	buffer_text(out, "</TD></TR><HR/><TR><TD>");
	put_words(out, *cable->sys_text ? cable->sys_text : "?",
	    pen_text_color(INK_GREEN), n > 0);
	if (n > 0)
		buffer_printf(out, "<FONT COLOR=\"%s\"><B> (%u)</B></FONT>",
		    pen_text_color(INK_RED), n);
	buffer_text(out, "</TD></TR></TABLE>>");
}

/* What is not drawn, or not known, as something without an edge. */
static void
put_beyond(struct buffer *out, const struct sheet_cable *cable, uint32_t at)
{
	buffer_printf(out, "\"beyond %u\" [shape=plaintext, label=<", at);
	put_words(out, *cable->beyond ? cable->beyond : "?",
	    pen_text_color(INK_GREY), false);
	buffer_text(out, ">];\n");
}

static bool
joins_switches(const struct sheet *s, const struct sheet_cable *cable)
{
	return outline_joins(s, cable) &&
	       s->boxes[cable->from].kind == BOX_SWITCH &&
	       s->boxes[cable->to].kind == BOX_SWITCH;
}

static void
put_cable(struct buffer *out, const struct sheet *s, uint32_t at)
{
	const struct sheet_cable *cable = &s->cables[at];
	const char *color = pen_color(cable->ink);

	if (outline_leaves(s, cable)) {
		put_beyond(out, cable, at);
		buffer_printf(out, "\"beyond %u\"", at);
	} else {
		put_end(out, s, cable->from, ":s");
	}
	buffer_text(out, " -- ");
	put_end(out, s, cable->to, "");
	if (cable->marked)
		buffer_printf(out,
		    " [color=\"" PEN_HIGHLIGHT ":%s:" PEN_HIGHLIGHT
		    "\", penwidth=3",
		    color);
	else
		buffer_printf(out, " [color=\"%s\"", color);
	if (pen_dashes(cable->state))
		buffer_text(out, ", style=dashed");
	/* Switches stay beside each other. */
	if (joins_switches(s, cable))
		buffer_text(out, ", constraint=false");
	put_claims(out, cable, outline_finding(s, at));
	buffer_text(out, "];\n");
}

static void
put_note(struct buffer *out, const struct sheet_note *note)
{
	const char *color = pen_text_color(note->quiet ? INK_GREY : INK_RED);

	buffer_text(out, "<TR><TD ALIGN=\"LEFT\">");
	if (note->n > 0)
		buffer_printf(
		    out, "<FONT COLOR=\"%s\">%u </FONT>", color, note->n);
	put_words(out, *note->heading ? note->heading : "?", color, true);
	buffer_text(out, "<BR ALIGN=\"LEFT\"/>");
	for (size_t i = 0; i < note->line_count; i++) {
		put_words(
		    out, note->lines[i], pen_text_color(INK_BLACK), false);
		buffer_text(out, "<BR ALIGN=\"LEFT\"/>");
	}
	if (*note->command) {
		buffer_printf(out, "%s: ", outline_owner(note->owner));
		put_words(out, note->command, pen_text_color(INK_BLUE), false);
		buffer_text(out, "<BR ALIGN=\"LEFT\"/>");
	}
	buffer_text(out, "</TD></TR>");
}

/* The title, and the findings in words. */
static void
put_foot(struct buffer *out, const struct sheet *s)
{
	buffer_text(out, "label=<<TABLE BORDER=\"0\"><TR><TD ALIGN=\"LEFT\">");
	put_words(out, *s->title ? s->title : "demarc",
	    pen_text_color(INK_BLACK), true);
	buffer_text(out, "</TD></TR>");
	for (uint32_t i = 0; i < s->note_count; i++)
		put_note(out, &s->notes[i]);
	buffer_text(out, "</TABLE>>;\n");
}

enum status
dot_write(struct buffer *out, const struct sheet *s)
{
	buffer_text(out,
	    "graph demarc {\n"
	    "graph [rankdir=TB, ranksep=0.6, fontname=\"Helvetica\"];\n"
	    "node [shape=box, style=rounded, fontname=\"Helvetica\"];\n"
	    "edge [fontname=\"Helvetica\", fontsize=11];\n");
	put_foot(out, s);
	for (uint32_t i = 0; i < s->box_count; i++)
		put_box(out, s, i);
	for (uint32_t i = 0; i < s->box_count; i++) {
		uint32_t hook = outline_hook(s, i);

		if (hook == SHEET_NONE)
			continue;
		put_id(out, s->boxes[hook].id);
		buffer_text(out, " -- ");
		put_id(out, s->boxes[i].id);
		buffer_text(out, ";\n");
	}
	for (uint32_t i = 0; i < s->cable_count; i++)
		if (outline_joins(s, &s->cables[i]) ||
		    outline_leaves(s, &s->cables[i]))
			put_cable(out, s, i);
	buffer_text(out, "}\n");
	return STATUS_OK;
}
